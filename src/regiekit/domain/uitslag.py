"""Scoring: raw answers in, a score a schaal out. Everything is decided on whole sums (ontwerp 4).

Keyed value of a reversed vraag: min + max - answer, from the declared antwoordschaal. The score is the keyed sum,
divided once by the number answered for a gemiddelde. Too few answers: no score and the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regiekit.domain.vragenlijst import Antwoordschaal, Schaal, Vragenlijst

STRAIGHT_LINE_FROM = 10  # ontwerp 4: ten or more answers, all equal
REMAINING_NUMERATOR, REMAINING_DENOMINATOR = 3, 4  # 75 % of the vragen that remain without the reversed ones
MAX_REMEMBERED = 8_000  # patterns of answers a schaal, so that a long table takes no more memory than a short one


class Rekenvraag(NamedTuple):
    """How one vraag counts in a schaal: keyed value = sign * answer + offset; lo and hi as in Keyed."""

    vraag: str
    sign: int
    offset: int
    lo: int
    hi: int
    omgekeerd: bool


class Rekenregel(NamedTuple):
    """How a schaal is scored: the one definition for one afname and for a table of them."""

    vragen: tuple[Rekenvraag, ...]
    minimaal: int
    regel: str


class Keyed(NamedTuple):
    """One answered vraag in a schaal, turned the right way round; lo and hi are the ends of its antwoordschaal."""

    vraag: str
    value: int
    lo: int
    hi: int
    omgekeerd: bool


class Schaaluitslag(NamedTuple):
    """What scoring gives for one schaal. `som` is the keyed sum; `laagste`, `hoogste` the sums that were possible."""

    id: str
    naam: str
    score: float | None
    beantwoord: int
    van: int
    minimaal: int
    regel: str
    richting: str
    betekenis: str | None
    som: int
    laagste: int
    hoogste: int
    bodem: float
    top: float
    zonder_omgekeerd: float | None
    omgekeerd: int
    botsing: bool
    reden: str | None


class Uitslag(NamedTuple):
    """All schalen of one afname, and whether every answer was the same."""

    schalen: tuple[Schaaluitslag, ...]
    rechte_lijn: int | None

    def schaal(self, schaal_id: str) -> Schaaluitslag | None:
        """The schaal with this id, when it is there and has a score."""
        return next((s for s in self.schalen if s.id == schaal_id and s.score is not None), None)


def antwoordschaal_of(vragenlijst: Vragenlijst, vraag_id: str) -> Antwoordschaal:
    """The antwoordschaal of one vraag: its own, or that of the vragenlijst."""
    own = next(v.antwoordschaal for v in vragenlijst.vragen if v.id == vraag_id)
    return own or vragenlijst.antwoordschaal


def make_rekenregel(vragenlijst: Vragenlijst, schaal: Schaal) -> Rekenregel:
    """How this schaal is scored. Only a som needs all its vragen; a reversed answer is min + max - answer."""
    own = {v.id: v.antwoordschaal for v in vragenlijst.vragen}
    vragen = []
    for item in schaal.vragen:
        ends = own[item.vraag] or vragenlijst.antwoordschaal
        sign, offset = (-1, ends.min + ends.max) if item.omgekeerd else (1, 0)
        vragen.append(Rekenvraag(item.vraag, sign, offset, ends.min, ends.max, item.omgekeerd))
    minimaal = len(vragen) if schaal.regel == "som" else schaal.minimaal_beantwoord
    return Rekenregel(tuple(vragen), minimaal, schaal.regel)


def keyed_values(vragenlijst: Vragenlijst, schaal: Schaal, antwoorden: Mapping[str, int | None]) -> tuple[Keyed, ...]:
    """The answered vragen of a schaal, each turned the right way round."""
    return _keyed(make_rekenregel(vragenlijst, schaal), antwoorden)


def _keyed(regel: Rekenregel, antwoorden: Mapping[str, int | None]) -> tuple[Keyed, ...]:
    return tuple(
        Keyed(v.vraag, v.sign * answer + v.offset, v.lo, v.hi, v.omgekeerd)
        for v in regel.vragen
        if (answer := antwoorden.get(v.vraag)) is not None
    )


def score(vragenlijst: Vragenlijst, antwoorden: Mapping[str, int | None]) -> Uitslag:
    """Score every schaal of `vragenlijst`.

    `antwoorden` maps vraag ids to whole numbers within the antwoordschaal; None or absent is not answered.
    """
    schalen = tuple(score_schaal(vragenlijst, s, antwoorden) for s in vragenlijst.schalen)
    given = [a for v in vragenlijst.vragen if (a := antwoorden.get(v.id)) is not None]
    straight = len(given) >= STRAIGHT_LINE_FROM and len(set(given)) == 1
    return Uitslag(schalen, given[0] if straight else None)


def score_schaal(vragenlijst: Vragenlijst, schaal: Schaal, antwoorden: Mapping[str, int | None]) -> Schaaluitslag:
    """The score of one schaal, with how many vragen it rests on and why there is none."""
    rekenregel = make_rekenregel(vragenlijst, schaal)
    keyed = _keyed(rekenregel, antwoorden)
    answered, total, minimaal = len(keyed), len(schaal.vragen), rekenregel.minimaal
    enough = answered >= minimaal
    bodem, top = reach(vragenlijst, schaal)
    return Schaaluitslag(
        id=schaal.id,
        naam=schaal.naam,
        score=score_of(rekenregel, sum(k.value for k in keyed), answered),
        beantwoord=answered,
        van=total,
        minimaal=minimaal,
        regel=schaal.regel,
        richting=schaal.richting,
        betekenis=schaal.betekenis,
        som=sum(k.value for k in keyed),
        laagste=sum(k.lo for k in keyed),
        hoogste=sum(k.hi for k in keyed),
        bodem=bodem,
        top=top,
        zonder_omgekeerd=without_reversed(schaal, keyed) if enough else None,
        omgekeerd=sum(item.omgekeerd for item in schaal.vragen),
        botsing=clashes(keyed),
        reden=None if enough else too_few(answered, total, minimaal),
    )


def too_few(answered: int, total: int, minimaal: int, when: str = "") -> str:
    """'3 van 5 vragen beantwoord, er zijn er 4 nodig'; `when` like 'beide keren '."""
    noun, need = "vraag" if total == 1 else "vragen", "is er 1" if minimaal == 1 else f"zijn er {minimaal}"
    return f"{answered} van {total} {noun} {when}beantwoord, er {need} nodig"


def value_of(regel: str, keyed: Sequence[Keyed]) -> float:
    """Whole sum, divided once for a gemiddelde. `keyed` is not empty."""
    return _value(regel, sum(k.value for k in keyed), len(keyed))


def score_of(regel: Rekenregel, som: int, beantwoord: int) -> float | None:
    """The score of a schaal from its keyed sum and how many vragen were answered; None when that is too few."""
    return _value(regel.regel, som, beantwoord) if beantwoord >= regel.minimaal else None


def _value(regel: str, som: int, beantwoord: int) -> float:
    return som if regel == "som" else som / beantwoord


Rijscore = tuple[float | None, int]  # of one schaal: the score, and how many vragen were answered


def make_kolom_scorer(vragenlijst: Vragenlijst) -> Callable[[Sequence[Sequence[int | None]]], list[list[Rijscore]]]:
    """A function for many afnames: from a column of answers for each vraag to a column of scores for each schaal.

    It gives what `score` gives, to the bit, without the rest of an Uitslag. Much quicker than row by row: a score is
    looked up by the answers that it rests on.
    """
    place = {v.id: n for n, v in enumerate(vragenlijst.vragen)}
    regels = [make_rekenregel(vragenlijst, schaal) for schaal in vragenlijst.schalen]
    schalen = [([place[v.vraag] for v in regel.vragen], _Scores(regel)) for regel in regels]

    def score_kolommen(kolommen: Sequence[Sequence[int | None]]) -> list[list[Rijscore]]:
        return [
            [scores[antwoorden] for antwoorden in zip(*[kolommen[p] for p in places], strict=True)]
            for places, scores in schalen
        ]

    return score_kolommen


class _Scores(dict[tuple[int | None, ...], Rijscore]):
    """The score of one schaal for each pattern of answers, computed when it is first met."""

    def __init__(self, regel: Rekenregel) -> None:
        super().__init__()
        self.regel = regel

    def __missing__(self, antwoorden: tuple[int | None, ...]) -> Rijscore:
        given = [(v, a) for v, a in zip(self.regel.vragen, antwoorden, strict=True) if a is not None]
        made = score_of(self.regel, sum(v.sign * a + v.offset for v, a in given), len(given)), len(given)
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        self[antwoorden] = made
        return made


def reach(vragenlijst: Vragenlijst, schaal: Schaal) -> tuple[float, float]:
    """The lowest and highest score that this schaal can give with every vraag answered."""
    own = {v.id: v.antwoordschaal for v in vragenlijst.vragen}
    ends = [own[item.vraag] or vragenlijst.antwoordschaal for item in schaal.vragen]
    low, high = sum(e.min for e in ends), sum(e.max for e in ends)
    return (low, high) if schaal.regel == "som" else (low / len(ends), high / len(ends))


def straight_line(vragenlijst: Vragenlijst, schaal: Schaal, *, highest: bool) -> float | None:
    """The score when every vraag gets its lowest, or its highest, answer: not the floor where vragen are reversed."""
    ends = {item.vraag: antwoordschaal_of(vragenlijst, item.vraag) for item in schaal.vragen}
    answers = {vraag: e.max if highest else e.min for vraag, e in ends.items()}
    return score_schaal(vragenlijst, schaal, answers).score


def without_reversed(schaal: Schaal, keyed: Sequence[Keyed]) -> float | None:
    """The mean of the vragen that are not reversed, when there are reversed ones and 75 % of the others is answered.

    A som has no such score: over fewer vragen it would lie on another range.
    """
    normal = [k for k in keyed if not k.omgekeerd]
    remaining = sum(not item.omgekeerd for item in schaal.vragen)
    if schaal.regel == "som" or remaining == len(schaal.vragen) or not normal:
        return None
    if REMAINING_DENOMINATOR * len(normal) < REMAINING_NUMERATOR * remaining:
        return None
    return value_of(schaal.regel, normal)


def clashes(keyed: Sequence[Keyed]) -> bool:
    """Whether the keyed means of normal and reversed vragen differ by half the range or more.

    With means a/n and b/m and range r that is 2·|a·m - b·n| >= r·n·m, in whole numbers. For vragen with different
    antwoordschalen (only in a som) each value counts from the start of its own scale and nothing is compared.
    """
    normal = [k for k in keyed if not k.omgekeerd]
    reverse = [k for k in keyed if k.omgekeerd]
    if not normal or not reverse or len({(k.lo, k.hi) for k in keyed}) > 1:
        return False
    n, m = len(normal), len(reverse)
    distance = abs(sum(k.value for k in normal) * m - sum(k.value for k in reverse) * n)
    return 2 * distance >= (keyed[0].hi - keyed[0].lo) * n * m
