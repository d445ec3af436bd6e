"""Which sturing fits: the loosest one that connects or challenges at every level still possible (ontwerp 5).

Safety goes first, in this order: crisis, rouw or overbelasting, little room or support, strak only for a while,
hoog by score alone. All of it is regiekit's own reading of the sources and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.herkomst import herkomst_line
from regiekit.domain.niveau import (
    REGIE,
    STURING,
    Niveau,
    Regie,
    Sturing,
    Waarnemingswoord,
    decide_niveau,
    read_waarneming,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regiekit.domain.record import Uitspraak
    from regiekit.domain.stuurmatrix import Stuurmatrix

GOOD = ("aansluiting", "uitdaging")


class Situatie(NamedTuple):
    """What the coach ticks, and what the scores say about room and support."""

    crisis: bool = False
    rouw: bool = False
    rouw_uitslag: str | None = None
    belast: bool = False
    weinig_ruimte: bool = False
    weinig_steun: bool = False
    sturing_nu: Sturing | None = None

    @property
    def rouwt(self) -> bool:
        """Rouw as ticked, or as an outcome of the WerkVerliesLijst that asks for help."""
        return self.rouw or self.rouw_uitslag in ("oranje", "rood")

    @property
    def zonder_uitdaging(self) -> bool:
        """Rule 2: with rouw or overbelasting nothing is made harder."""
        return self.rouwt or self.belast

    @property
    def zonder_strak(self) -> bool:
        """Rule 3: little room or support is never answered with more steering."""
        return self.weinig_ruimte or self.weinig_steun


class Bronnen(NamedTuple):
    """What the coach adds to the scores."""

    inschatting: Regie | None = None
    sturing: Sturing | None = None
    waarneming: Waarnemingswoord | None = None
    crisis: bool = False
    rouw: bool = False
    rouw_uitslag: str | None = None
    belast: bool = False


def situatie_of(bronnen: Bronnen, *, weinig_ruimte: bool = False, weinig_steun: bool = False) -> Situatie:
    """The situation as the coach ticks it."""
    return Situatie(
        crisis=bronnen.crisis,
        rouw=bronnen.rouw,
        rouw_uitslag=bronnen.rouw_uitslag,
        belast=bronnen.belast,
        weinig_ruimte=weinig_ruimte,
        weinig_steun=weinig_steun,
        sturing_nu=bronnen.sturing,
    )


class LetOp(NamedTuple):
    """A safety note: a code, the sentence, and where it comes from."""

    code: str
    tekst: str
    herkomst: str


class Advies(NamedTuple):
    """An advice. Without `sturing` there are `opties` and the `vragen` that would settle it."""

    sturing: Sturing | None
    aansluiting: Sturing | None
    uitdaging: Sturing | None
    opties: tuple[Sturing, ...]
    vragen: tuple[str, ...]
    reden: str
    kantelt_als: tuple[str, ...]
    herkomst: str
    let_op: tuple[LetOp, ...]
    in_stappen: bool = False


Cellen = dict[tuple[Sturing, Regie], Waarnemingswoord]


class Keuze(NamedTuple):
    """The sturing chosen and why; no sturing means the options remain."""

    sturing: Sturing | None
    opties: tuple[Sturing, ...]
    reden: str
    in_stappen: bool = False


def cellen_of(matrix: Stuurmatrix) -> Cellen:
    """The nine cells as a table from (sturing, regie) to the word."""
    return {(c.sturing, c.regie): c.waarneming for c in matrix.cellen}


def advise(matrix: Stuurmatrix, niveau: Niveau, situatie: Situatie) -> Advies:
    """The advice for a level and a situation. Pure: the same input gives the same advice."""
    cellen = cellen_of(matrix)
    if situatie.crisis:
        return Advies(
            None, None, None, (), (), matrix.veiligheid.crisis[0].tekst,
            ("de crisis voorbij is: begin dan opnieuw met inschatten",), "Eigen redenering van regiekit.",
            (*(_note("crisis", u) for u in matrix.veiligheid.crisis), *_outcome_notes(matrix, situatie, "rood")),
        )  # fmt: skip
    keuze = choose(cellen, niveau.mogelijk, situatie)
    return Advies(
        sturing=keuze.sturing,
        aansluiting=_fitting(cellen, niveau.waarde, "aansluiting", situatie),
        uitdaging=_fitting(cellen, niveau.waarde, "uitdaging", situatie),
        opties=keuze.opties,
        vragen=_questions(matrix, niveau, situatie),
        reden=keuze.reden,
        kantelt_als=_tips_over(cellen, niveau, situatie, keuze),
        herkomst=matrix.bron,
        let_op=tuple(_notes(matrix, niveau, situatie, keuze)),
        in_stappen=keuze.in_stappen,
    )


def choose(cellen: Cellen, levels: tuple[Regie, ...], situatie: Situatie) -> Keuze:
    """The loosest sturing that is good at every level, at most one step from the sturing used now."""
    target = _loosest(cellen, levels, situatie)
    if target is None:
        opties = _in_order(s for level in levels if (s := _loosest(cellen, (level,), situatie)))
        return Keuze(None, opties, _why_none(levels, opties))
    now = situatie.sturing_nu
    if now is None or abs(STURING.index(target) - STURING.index(now)) < 2:
        return Keuze(target, (), _why(cellen, levels, target, situatie))
    if _good(cellen, "gedeeld", levels, situatie):
        reden = f"Het doel is {target}; vanaf {now} zijn dat twee stappen. Zet er nu één. "
        return Keuze("gedeeld", (), reden + _why(cellen, levels, "gedeeld", situatie))
    reden = _why_in_steps(cellen, levels, target, now, situatie)
    return Keuze(None, _in_order(("gedeeld", target)), reden, in_stappen=True)


def _why_in_steps(cellen: Cellen, levels: tuple[Regie, ...], target: Sturing, now: Sturing, situatie: Situatie) -> str:
    """Why the goal is not reached in one step, and what the step between asks for."""
    goal = f"Het doel is {target}; vanaf {now} zijn dat twee stappen."
    if situatie.zonder_uitdaging:
        return f"{goal} Ga er in kleine stappen heen, en vraag onderweg niets extra's van de cliënt."
    between = " en ".join(f"bij regie {r} {cellen['gedeeld', r]}" for r in levels)
    return f"{goal} De stap ertussen (gedeeld) geeft {between}: houd die kort, en spreek af wanneer je doorgaat."


def _loosest(cellen: Cellen, levels: tuple[Regie, ...], situatie: Situatie) -> Sturing | None:
    for sturing in reversed(STURING):
        if not (sturing == "strak" and situatie.zonder_strak) and _good(cellen, sturing, levels, situatie):
            return sturing
    if situatie.zonder_strak and situatie.zonder_uitdaging and _good(cellen, "gedeeld", levels, Situatie()):
        return "gedeeld"  # rules 2 and 3 together: gedeeld, in smaller steps
    return None


def _good(cellen: Cellen, sturing: Sturing, levels: tuple[Regie, ...], situatie: Situatie) -> bool:
    allowed = ("aansluiting",) if situatie.zonder_uitdaging else GOOD
    return all(cellen[sturing, r] in allowed for r in levels)


def _fitting(cellen: Cellen, level: Regie | None, word: str, situatie: Situatie) -> Sturing | None:
    """The sturing whose cell is `word` at this level, unless a safety rule removes it."""
    if level is None or (word == "uitdaging" and situatie.zonder_uitdaging):
        return None
    found = next((s for s in STURING if cellen[s, level] == word), None)
    return None if found == "strak" and situatie.zonder_strak else found


def _in_order(sturingen: Iterable[Sturing]) -> tuple[Sturing, ...]:
    chosen = set(sturingen)
    return tuple(s for s in STURING if s in chosen)


def _why(cellen: Cellen, levels: tuple[Regie, ...], sturing: Sturing, situatie: Situatie) -> str:
    gives = " en ".join(f"bij regie {r} {cellen[sturing, r]}" for r in levels)
    reden = f"{STYLE_NAMES[sturing]} sturing geeft {gives}."
    looser = STURING[STURING.index(sturing) + 1 : STURING.index(sturing) + 2]
    if looser and not situatie.zonder_uitdaging:
        worse = " en ".join(f"bij regie {r} {cellen[looser[0], r]}" for r in levels if cellen[looser[0], r] not in GOOD)
        reden += f" Losser ({looser[0]}) geeft {worse}." if worse else ""
    if situatie.zonder_uitdaging and any(cellen[sturing, r] != "aansluiting" for r in levels):
        return reden + " Uitdagen kan nu niet: neem kleinere stappen."
    return reden + (" Uitdagen kan nu niet; zoek aansluiting." if situatie.zonder_uitdaging else "")


def _why_none(levels: tuple[Regie, ...], opties: tuple[Sturing, ...]) -> str:
    if levels == REGIE:
        return "Elk niveau is nog mogelijk. Er is geen sturing die bij alle drie past: vraag eerst door."
    return (
        f"Mogelijk is regie {' of '.join(levels)}, en geen sturing past bij allebei. "
        f"Het gaat tussen {' en '.join(opties)}: de vragen hieronder helpen kiezen."
    )


STYLE_NAMES: dict[Sturing, str] = {"strak": "Strakke", "gedeeld": "Gedeelde", "los": "Losse"}


def _questions(matrix: Stuurmatrix, niveau: Niveau, situatie: Situatie) -> tuple[str, ...]:
    """What to ask the client; a level that is sure always has a sturing, so that only doubt asks the last ones."""
    safety = matrix.veiligheid
    questions = []
    if situatie.weinig_ruimte:
        questions.append(safety.ruimte.tekst)
    if situatie.weinig_steun:
        questions.append(safety.steun.tekst)
    if niveau.zekerheid not in ("vast", "besluit"):
        fitting = (u for u in matrix.vragen_bij_twijfel if not (u.daagt_uit and situatie.zonder_uitdaging))
        questions += [u.tekst for u in fitting]
    return tuple(questions)


def _tips_over(cellen: Cellen, niveau: Niveau, situatie: Situatie, keuze: Keuze) -> tuple[str, ...]:
    """What would change the advice: each line was tried with the rules above, and does change it."""
    tried = [*_other_levels(cellen, niveau, situatie), *_other_sights(cellen, niveau, situatie, keuze)]
    tried += _other_burden(cellen, niveau, situatie)
    lines = [f"{line} (dan: {_outcome(new)})" for line, new in tried if _differs(new, keuze)]
    return (*lines, "er een crisis is (dan: geen sturing, eerst hulp)")


def _differs(new: Keuze, keuze: Keuze) -> bool:
    return (new.sturing, new.opties) != (keuze.sturing, keuze.opties)


def _outcome(keuze: Keuze) -> str:
    """'los', or 'gedeeld of los'; strak never goes without its limit."""
    words = [keuze.sturing] if keuze.sturing else keuze.opties
    return " of ".join(f"{w}, tijdelijk en met een datum" if w == "strak" else str(w) for w in words)


def _other_levels(cellen: Cellen, niveau: Niveau, situatie: Situatie) -> Iterable[tuple[str, Keuze]]:
    decided = niveau.zekerheid == "besluit"
    for level in REGIE:
        if level != niveau.inschatting:
            levels = (level,) if decided else decide_niveau(niveau.score, level, niveau.waarneming).mogelijk
            verb = "besluit" if decided else "zelf inschat"
            yield f"je {verb} dat de regie {level} is", choose(cellen, levels, situatie)


def _other_sights(cellen: Cellen, niveau: Niveau, situatie: Situatie, keuze: Keuze) -> Iterable[tuple[str, Keuze]]:
    """What the coach may come to see with the advised sturing; after a besluit a waarneming changes nothing."""
    if keuze.sturing is None or niveau.zekerheid == "besluit":
        return
    after = situatie._replace(sturing_nu=keuze.sturing)
    for level in REGIE:
        word = cellen[keuze.sturing, level]
        seen = read_waarneming(cellen, keuze.sturing, word)
        new = decide_niveau(niveau.score, niveau.inschatting, seen)
        line = f"je bij {keuze.sturing} sturen {word} ziet, want dat wijst op {level}"
        yield line, choose(cellen, new.mogelijk, after)


def _other_burden(cellen: Cellen, niveau: Niveau, situatie: Situatie) -> Iterable[tuple[str, Keuze]]:
    if situatie.zonder_uitdaging:
        lighter = situatie._replace(rouw=False, rouw_uitslag=None, belast=False)
        yield "de rouw of de overbelasting voorbij is", choose(cellen, niveau.mogelijk, lighter)
    else:
        yield "er rouw of overbelasting speelt", choose(cellen, niveau.mogelijk, situatie._replace(rouw=True))


def _notes(matrix: Stuurmatrix, niveau: Niveau, situatie: Situatie, keuze: Keuze) -> Iterable[LetOp]:
    safety = matrix.veiligheid
    if situatie.rouwt:
        yield from (_note("rouw", u) for u in safety.rouw)
        yield _note("rouw-lijst", safety.rouw_lijst)
    yield from _outcome_notes(matrix, situatie, "groen", "oranje", "rood")
    if situatie.belast:
        yield _note("belast", safety.belast)
    if situatie.weinig_ruimte:
        yield _note("weinig-ruimte", safety.ruimte)
    if situatie.weinig_steun:
        yield _note("weinig-steun", safety.steun)
    if situatie.zonder_uitdaging and situatie.zonder_strak and keuze.sturing == "gedeeld" and "laag" in niveau.mogelijk:
        yield _note("kleinere-stappen", safety.kleinere_stappen)
    if "laag" in niveau.mogelijk and not situatie.zonder_strak:
        yield _note("strak-tijdelijk", safety.strak_tijdelijk)
    if niveau.waarde == "hoog" and niveau.zekerheid == "voorlopig" and niveau.inschatting is None:
        yield _note("hoog-alleen-score", safety.hoog_alleen_score)
    too_loose = niveau.waarneming is not None and niveau.waarneming.oordeel == "te los"
    if niveau.waarde == "hoog" and keuze.sturing == "los" and not (situatie.zonder_uitdaging or too_loose):
        yield _note("hoog-andere-uitdaging", safety.hoog_andere_uitdaging)


def _outcome_notes(matrix: Stuurmatrix, situatie: Situatie, *told: str) -> Iterable[LetOp]:
    """What the outcome of the WerkVerliesLijst asks for; rood always refers, also in a crisis."""
    for uitslag in matrix.veiligheid.rouw_uitslagen:
        if uitslag.id == situatie.rouw_uitslag and uitslag.id in told:
            yield _note("rouw-uitslag", uitslag)


def _note(code: str, uitspraak: Uitspraak) -> LetOp:
    return LetOp(code, uitspraak.tekst, herkomst_line(uitspraak))
