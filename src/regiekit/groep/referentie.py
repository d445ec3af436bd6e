"""A referentiebestand from the figures of a group: how precise the vragenlijst was there, so from where a difference of
one client is clear.

Under 50 people it is not made: such a band could be far too narrow, and would tell a client of a change that is
none. Under 200 the lower end of the interval of the reliability is used, which gives a wider band.
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING

from regiekit.domain.meetfout import DECIMALEN, Z, grens_of, s_diff_of
from regiekit.domain.referentie import (
    GROTE_GROEP,
    MAX_BRON,
    MAX_NAAM,
    MINSTE_GROEP,
    Betrouwbaarheid,
    Referentie,
    Referentieschaal,
)
from regiekit.errors import REFUSED, WRONG_FILE, RegiekitError, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from regiekit.domain.groepscijfers import Momentcijfers, Schaalcijfers
    from regiekit.domain.vragenlijst import Vragenlijst

TE_WEINIG = (
    f"een referentiebestand vraagt {MINSTE_GROEP} mensen of meer, en hier zijn het er {{aantal}}. Met minder mensen "
    "is de band te onzeker: dan zou een cliënt een verschil te horen krijgen dat er niet is"
)


def make_referentie(
    momenten: Sequence[Momentcijfers],
    vragenlijst: Vragenlijst,
    code: str,
    *,
    naam: str,
    bron: str,
    datum: date,
    gemaakt_met: str,
    r_test_hertest: Mapping[str, float] | None = None,
) -> tuple[Referentie, tuple[str, ...]]:
    """The referentiebestand of the first meetmoment (or the only one), and why a schaal is not in it, as sentences.

    `code` is the hash of the vragenlijst, `bron` says who the group was and when. Raises RegiekitError: exit code 4 for
    fewer than 50 people, 3 when the table has no figures of the first meetmoment, 2 for a `bron` that is too long.
    """
    bron, naam = read_bron(bron), one_line(naam)[:MAX_NAAM] or vragenlijst.id
    start = _start_of(momenten, vragenlijst)
    given = r_test_hertest or {}
    schalen, left_out = {}, []
    for schaal in start.schalen:
        if why := _why_not(schaal, given.get(schaal.id)):
            left_out.append(f"{schaal.naam} staat niet in het referentiebestand: {why}.")
        else:
            schalen[schaal.id] = _make_schaal(schaal, given.get(schaal.id))
    if not schalen:
        raise RegiekitError(f"geen enkele schaal kan in een referentiebestand. {' '.join(left_out)}", REFUSED)
    made = Referentie(
        naam=naam, bron=bron, vragenlijst=vragenlijst.id, versie=vragenlijst.versie, hash=code, meetmoment=start.id,
        n=start.mensen or 0, datum=datum, gemaakt_met=gemaakt_met, schalen=schalen,
    )  # fmt: skip
    return made, tuple(left_out)


def read_bron(given: str | None) -> str:
    """What --bron says, on one line; raises RegiekitError when that is nothing, or too long to be read."""
    bron = one_line(given or "")
    if not 0 < len(bron) <= MAX_BRON:
        raise RegiekitError(
            "bij --maak-referentie hoort --bron: van wie deze cijfers zijn en van wanneer, in hoogstens "
            f"{MAX_BRON} tekens. Geen namen van cliënten"
        )
    return bron


def _start_of(momenten: Sequence[Momentcijfers], vragenlijst: Vragenlijst) -> Momentcijfers:
    start = momenten[0] if momenten else None
    first = next((m.id for m in vragenlijst.meetmomenten), None)
    if start is None or (len(momenten) > 1 and start.id != first):
        raise RegiekitError(f"deze tabel heeft geen metingen bij '{first}', en daar is een referentiebestand van",
                            WRONG_FILE)  # fmt: skip
    if (start.mensen or 0) < MINSTE_GROEP:
        shown = "minder dan 5" if start.mensen is None else start.mensen
        raise RegiekitError(TE_WEINIG.format(aantal=shown), REFUSED)
    return start


def _why_not(schaal: Schaalcijfers, given: float | None) -> str:
    """Why there is no band for this schaal; '' when there is one."""
    if (schaal.volledig or 0) < MINSTE_GROEP:
        return f"minder dan {MINSTE_GROEP} mensen vulden deze schaal helemaal in"
    if given is None and schaal.alpha.waarde is None:
        return schaal.alpha.reden or "alpha is niet te berekenen"
    if not schaal.sd.waarde or schaal.gemiddelde.waarde is None:
        return schaal.sd.reden or "iedereen had dezelfde score"
    if not 0 <= _reliability(schaal, given).gebruikt < 1:
        return "de betrouwbaarheid is te laag of te onzeker voor een band"
    return ""


def _make_schaal(schaal: Schaalcijfers, given: float | None) -> Referentieschaal:
    r = _reliability(schaal, given)
    assert schaal.sd.waarde is not None
    assert schaal.gemiddelde.waarde is not None
    sd = round(schaal.sd.waarde, DECIMALEN)
    s_diff = round(s_diff_of(sd, r.gebruikt), DECIMALEN)
    return Referentieschaal(
        met_score=schaal.met_score or 0, volledig=schaal.volledig or 0,
        gemiddelde=round(schaal.gemiddelde.waarde, DECIMALEN), sd=sd, betrouwbaarheid=r,
        s_diff=s_diff, grens=grens_of(s_diff),
    )  # fmt: skip


def _reliability(schaal: Schaalcijfers, given: float | None) -> Betrouwbaarheid:
    """The reliability with its interval and what of it is used. May hold what a file may not: see `_why_not`."""
    n = schaal.volledig or 0
    if given is None:
        alpha = schaal.alpha
        waarde = alpha.waarde or 0.0
        ends = alpha.onder if alpha.onder is not None else waarde, alpha.boven if alpha.boven is not None else waarde
    else:
        waarde, ends = given, fisher(given, n)
    waarde, onder, boven = (round(number, DECIMALEN) for number in (waarde, *ends))
    return Betrouwbaarheid.model_construct(
        waarde=waarde, soort="alpha" if given is None else "test-hertest", onder=onder, boven=boven,
        gebruikt=onder if n < GROTE_GROEP else waarde,
    )  # fmt: skip


def fisher(r: float, n: int) -> tuple[float, float]:
    """The interval of 95 % of a correlation over n people, by Fisher's z; n > 3.

    How many people a test–retest correlation from elsewhere rests on is not known. The number in the table stands in
    for it, so that such a figure is not taken for certain.
    """
    half = Z / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


# The file -----------------------------------------------------------------------------------------------------------


def referentie_text(referentie: Referentie) -> str:
    """The file itself, with the explanation that a reader needs. The same figures give the same bytes."""
    return "\n".join(_lines(referentie)) + "\n"


def _lines(made: Referentie) -> Iterator[str]:
    yield "# Referentiebestand: hoe precies een vragenlijst in een groep mat. Geen norm; alleen cijfers van een groep."
    yield "# Gebruik: regiekit score START EINDE --referentie DIT-BESTAND (of regiekit verloop)."
    yield f"naam: {_quoted(made.naam)}"
    yield f"bron: {_quoted(made.bron)}"
    yield f"vragenlijst: {made.vragenlijst}"
    yield f"versie: {_quoted(made.versie)}"
    yield f'hash: "{made.hash}"'
    yield f"meetmoment: {made.meetmoment}" if made.meetmoment else "meetmoment:"
    yield f"n: {made.n}"
    yield f"datum: {made.datum.isoformat()}"
    yield f"gemaakt_met: {_quoted(made.gemaakt_met)}"
    yield "# met_score: van deze mensen zijn gemiddelde en sd. volledig: van deze mensen is de betrouwbaarheid."
    yield "# sd: spreiding bij de start. s_diff = sd x wortel 2 x wortel (1 - gebruikt)."
    yield "# grens = 1,96 x s_diff: vanaf dit verschil heet het duidelijk."
    if any(s.volledig < GROTE_GROEP for s in made.schalen.values()):
        yield f"# Onder {GROTE_GROEP} mensen is 'gebruikt' de onderkant van het interval. Dat geeft een ruimere band."
    if any(s.betrouwbaarheid.soort == "test-hertest" for s in made.schalen.values()):
        yield "# test-hertest: opgegeven door de maker. Het interval is gerekend met 'volledig'."
    yield "schalen:"
    for naam, schaal in made.schalen.items():
        r = schaal.betrouwbaarheid
        yield f"  {naam}:"
        yield f"    met_score: {schaal.met_score}"
        yield f"    volledig: {schaal.volledig}"
        yield f"    gemiddelde: {_number(schaal.gemiddelde)}"
        yield f"    sd: {_number(schaal.sd)}"
        yield "    betrouwbaarheid:"
        yield f"      waarde: {_number(r.waarde)}"
        yield f"      soort: {r.soort}"
        yield from (f"      {k}: {_number(v)}" for k, v in (("onder", r.onder), ("boven", r.boven)))
        yield f"      gebruikt: {_number(r.gebruikt)}"
        yield f"    s_diff: {_number(schaal.s_diff)}"
        yield f"    grens: {_number(schaal.grens)}"


def _number(value: float) -> str:
    """Six decimals, never with an exponent."""
    return f"{value:.{DECIMALEN}f}"


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML reads it back."""
    import json

    return json.dumps(text, ensure_ascii=False)
