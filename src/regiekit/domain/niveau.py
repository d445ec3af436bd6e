"""The level of regie from three sources, shown side by side (ontwerp 5): regiekit's own reading, not the source's.

Words: regie laag, midden, hoog; sturing strak, gedeeld, los; waarneming is what the coach sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.domain.uitslag import Schaaluitslag

Regie = Literal["laag", "midden", "hoog"]
Sturing = Literal["strak", "gedeeld", "los"]
Waarnemingswoord = Literal["aansluiting", "uitdaging", "stress", "verveling", "irritatie"]
Zekerheid = Literal["vast", "voorlopig", "niet-eenduidig", "onbekend", "besluit"]

REGIE: tuple[Regie, ...] = ("laag", "midden", "hoog")
STURING: tuple[Sturing, ...] = ("strak", "gedeeld", "los")
WAARNEMINGEN: tuple[Waarnemingswoord, ...] = ("aansluiting", "uitdaging", "stress", "verveling", "irritatie")
BORDER_DIVISOR = 12  # ontwerp 5: a twelfth of the range of the sum, and never less than one point

Matrix = "Mapping[tuple[Sturing, Regie], Waarnemingswoord]"


class Scoreniveau(NamedTuple):
    """What the score of eigen regie says: its third, and every level that a small slip in the answers would give."""

    waarde: Regie
    mogelijk: tuple[Regie, ...]

    @property
    def grensgebied(self) -> bool:
        """Whether the sum lies close to a sum of another level."""
        return len(self.mogelijk) > 1


class Waarneming(NamedTuple):
    """What the coach sees with the sturing used now, and what the matrix makes of it."""

    sturing: Sturing
    woord: Waarnemingswoord
    wijst_op: Regie | None
    oordeel: Literal["te strak", "te los", "past", "past niet in de matrix"]


class Niveau(NamedTuple):
    """The level, how sure it is, and the levels still possible."""

    waarde: Regie | None
    zekerheid: Zekerheid
    mogelijk: tuple[Regie, ...]
    score: Scoreniveau | None
    inschatting: Regie | None
    waarneming: Waarneming | None
    tegengesproken: bool


def third(som: int, laagste: int, hoogste: int) -> Regie:
    """The third in which a sum falls: laag if 3(S - L) < H - L, hoog if 3(S - L) > 2(H - L), else midden."""
    if 3 * (som - laagste) < hoogste - laagste:
        return "laag"
    return "hoog" if 3 * (som - laagste) > 2 * (hoogste - laagste) else "midden"


def favourable_sum(schaal: Schaaluitslag) -> int:
    """The sum counted so that more is better, also for a schaal in which higher is unfavourable."""
    return schaal.som if schaal.richting == "hoger-is-gunstig" else schaal.laagste + schaal.hoogste - schaal.som


def in_lowest_third(schaal: Schaaluitslag | None) -> bool:
    """Whether a scored schaal lies in its lowest third."""
    return schaal is not None and third(favourable_sum(schaal), schaal.laagste, schaal.hoogste) == "laag"


def score_niveau(schaal: Schaaluitslag | None) -> Scoreniveau | None:
    """The level that the score alone gives, or None without a score.

    Border: within max(1, ceil((H - L) / 12)) of a sum of another level; for k vragen H - L is k(hi - lo).
    """
    if schaal is None:
        return None
    som, low, high = favourable_sum(schaal), schaal.laagste, schaal.hoogste
    margin = max(1, -(-(high - low) // BORDER_DIVISOR))
    near = {third(s, low, high) for s in range(max(low, som - margin), min(high, som + margin) + 1)}
    return Scoreniveau(third(som, low, high), in_order(near))


def in_order(levels: set[Regie]) -> tuple[Regie, ...]:
    """Levels from laag to hoog."""
    return tuple(r for r in REGIE if r in levels)


def read_waarneming(
    cellen: Mapping[tuple[Sturing, Regie], Waarnemingswoord], sturing: Sturing | None, woord: Waarnemingswoord | None
) -> Waarneming | None:
    """The matrix read backwards: in each row the three words differ, so sturing and word point at one level or none."""
    if sturing is None or woord is None:
        return None
    wijst_op = next((r for r in REGIE if cellen[sturing, r] == woord), None)
    if wijst_op is None:
        return Waarneming(sturing, woord, None, "past niet in de matrix")
    if woord in ("irritatie", "verveling"):
        return Waarneming(sturing, woord, wijst_op, "te strak")
    return Waarneming(sturing, woord, wijst_op, "te los" if woord == "stress" else "past")


def decide_niveau(
    score: Scoreniveau | None,
    inschatting: Regie | None,
    waarneming: Waarneming | None = None,
    besluit: Regie | None = None,
) -> Niveau:
    """The level from the sources (ontwerp 5); a besluit of the coach is final. A waarneming never sets a level."""
    waarde, zekerheid, mogelijk = _weigh(score, inschatting)
    if besluit is not None:
        waarde, zekerheid, mogelijk = besluit, "besluit", (besluit,)
    points_at = waarneming.wijst_op if waarneming else None
    contradicted = points_at is not None and points_at not in mogelijk
    if contradicted and zekerheid == "vast":
        zekerheid = "voorlopig"
    if zekerheid == "voorlopig" and len(mogelijk) == 1:
        mogelijk = in_order({*mogelijk, *_next_lower(mogelijk[0])})
    return Niveau(waarde, zekerheid, mogelijk, score, inschatting, waarneming, contradicted)


def _next_lower(level: Regie) -> tuple[Regie, ...]:
    return REGIE[max(0, REGIE.index(level) - 1) : REGIE.index(level)]


def _weigh(score: Scoreniveau | None, inschatting: Regie | None) -> tuple[Regie | None, Zekerheid, tuple[Regie, ...]]:
    """Value, certainty and the levels still possible, before the waarneming is heard."""
    if score is None and inschatting is None:
        return None, "onbekend", REGIE
    if score is None:
        assert inschatting is not None
        return inschatting, "voorlopig", (inschatting,)
    if inschatting is None:
        return score.waarde, "voorlopig", score.mogelijk
    if inschatting in score.mogelijk:
        return inschatting, "vast", (inschatting,)
    return None, "niet-eenduidig", in_order({*score.mogelijk, inschatting})
