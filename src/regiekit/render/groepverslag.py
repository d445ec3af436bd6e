"""The report of a group: one page for coaches, then tables and pictures, then how it was computed and from what.

Everything comes from `Groepscijfers`, which holds only what may be shown. There is no clock in it: the same figures
give the same bytes. The first page is in groepblad.py, the pictures are in groepplot.py.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from regiekit import __version__
from regiekit.domain.dagen import datum_text
from regiekit.domain.getal import short
from regiekit.errors import visible
from regiekit.render.document import Alinea, Document, Kop, Lijst, Tabel
from regiekit.render.groepblad import make_blad
from regiekit.render.groepmethode import BRONNEN, BRONNEN_VERANDERING, METHODE, METHODE_VERANDERING
from regiekit.render.groepplot import MAX_ANTWOORDEN, verandering_beelden, verdeling_beelden, vraag_beelden
from regiekit.render.groepwoorden import (
    STER,
    WAT_KLEIN_IS,
    WAT_STER_IS,
    Noten,
    figure,
    has_moments,
    is_small,
    people,
    per_schaal,
    whole,
)
from regiekit.render.uitslag import general_direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.groepscijfers import Groepscijfers, Momentcijfers, Schaalcijfers, Verandering, Vraagcijfers
    from regiekit.render.document import Beeld

    Blok = Kop | Alinea | Lijst | Tabel | Beeld

LETTERLIJK = ("--bron",)  # options with a text of one's own, where a slash is no place
WAT_SPREIDING_IS = (
    "n: mensen met een score. Spreiding: hoe ver mensen van elkaar liggen (standaarddeviatie). Laagste en hoogste: "
    "hoeveel mensen op het eind van de schaal zitten. Zij kunnen daar niet verder omlaag of omhoog."
)
WAT_ALPHA_IS = (
    "Alpha en omega zeggen hoe goed de vragen van een schaal samenhangen: 0 is niet, 1 is volledig. Ze zeggen niet of "
    "de schaal het goede meet. n: mensen die alle vragen van de schaal beantwoordden."
)
WAT_TEGENRICHTING_IS = (
    "Tegenrichting: de samenhang van gewone en omgekeerde vragen, zoals ze beantwoord zijn. Die hoort onder 0 te zijn."
)
WAT_VRAAG_IS = (
    "Gem.: gemiddelde. SD: spreiding. Beide van omgedraaide antwoorden, als de vraag omgekeerd is. Vraag-rest: hoe de "
    "vraag meegaat met de andere vragen van de schaal, van -1 tot 1. Zonder: alpha van de schaal zonder deze vraag. "
    "Lading: op de ene factor van omega. Kijk na: de vraag loopt misschien de andere kant op."
)
WAT_GRENS_IS = (
    "Grens: vanaf dit verschil is het bij één mens meer dan een meetfout. Hoger, gelijk en lager: hoeveel mensen. Dat "
    "zegt niet waardoor het kwam."
)
WAT_EFFECT_IS = "Effect: het verschil, gedeeld door de spreiding aan het begin."


class Verantwoording(NamedTuple):
    """What made the report: the command as typed (`command_of`), names of programs with their versions, and the day,
    only where it was asked for, as a report with another day has other bytes.
    """

    opdracht: str
    versies: tuple[tuple[str, str], ...]
    datum: date | None = None


def command_of(words: Sequence[str]) -> str:
    """The command as somebody could type it again; of a place on a computer only the name of the file stays."""
    kept = [
        word if before in LETTERLIJK else re.sub(r"^(--[a-z-]+=)?.*[/\\](?=.)", r"\1", word)
        for before, word in zip(("", *words), words, strict=False)
    ]
    return " ".join(["regiekit", *map(shlex.quote, kept)])


def library_versions() -> tuple[tuple[str, str], ...]:
    """The versions of regiekit and of what computes the figures, as installed here."""
    from importlib.metadata import version

    return (("regiekit", __version__), *((name, version(name)) for name in ("polars", "numpy", "scipy", "narwhals")))


def make_groepverslag(cijfers: Groepscijfers, herkomst: Verantwoording) -> Document:
    """The whole report; `herkomst` says what made it."""
    onder = f"Vragenlijst {cijfers.vragenlijst}, versie {cijfers.versie}. Bestand: {visible(cijfers.bestand)}."
    if herkomst.datum:
        onder += f" Gemaakt op {datum_text(herkomst.datum)}."
    blokken = (
        *make_blad(cijfers),
        *_rijen(cijfers),
        *_schalen(cijfers.momenten),
        *_betrouwbaarheid(cijfers.momenten),
        *_veranderingen(cijfers),
        *_vragen(cijfers.momenten),
        *_leeg(cijfers.momenten),
        *_opmerkingen(cijfers),
        *_methode(cijfers),
        *_narekenen(cijfers, herkomst),
    )
    return Document(f"Groepsverslag: {cijfers.naam}", onder, blokken)


# Rows and schalen ---------------------------------------------------------------------------------------------------


def _rijen(cijfers: Groepscijfers) -> Iterator[Blok]:
    yield Kop("De rijen van het bestand", nieuw=True)
    rijen = cijfers.rijen
    numbers = tuple(map(whole, (rijen.gelezen, rijen.goed, rijen.geweigerd, rijen.leeg)))
    yield Tabel(("Gelezen", "Goed", "Geweigerd", "Leeg"), (numbers,), (1, 1, 1, 1))
    if has_moments(cijfers.momenten):
        rows = tuple((m.naam, people(m.mensen)) for m in cijfers.momenten)
        yield Tabel(("Meetmoment", "Mensen"), rows, (3, 1), rijkop=True)
        yield from _star(rows)


def _star(rows: Sequence[Sequence[str]]) -> Iterator[Blok]:
    if any(STER in cel for rij in rows for cel in rij[1:]):
        yield Alinea(WAT_STER_IS, "klein")


def _name(moment: Momentcijfers, schaal: Schaalcijfers, momenten: Sequence[Momentcijfers]) -> str:
    return f"{schaal.naam}, {moment.naam.lower()}" if has_moments(momenten) else schaal.naam


def _noted(tabel: Tabel, noten: Noten, *uitleg: str) -> Iterator[Blok]:
    """A table, why figures are not there, and what its columns are."""
    yield tabel
    yield from (Alinea(line, "klein") for line in noten.lines())
    yield from _star(tabel.rijen)
    yield from (Alinea(text, "klein") for text in uitleg)


def _schalen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    noten = Noten()
    rows = tuple(
        (_name(m, s, momenten), people(s.met_score), figure(s.gemiddelde, s.met_score, noten),
         figure(s.sd, s.met_score, noten), people(s.op_bodem), people(s.op_plafond))
        for m, s in per_schaal(momenten)
    )  # fmt: skip
    columns = ("Schaal", "n", "Gemiddelde", "Spreiding", "Laagste", "Hoogste")
    few = [WAT_KLEIN_IS] if any(is_small(s.met_score) for _, s in per_schaal(momenten)) else []
    yield Kop("Scores per schaal")
    yield from _noted(Tabel(columns, rows, (8, 3, 6, 5, 4, 4), rijkop=True), noten, WAT_SPREIDING_IS, *few)
    yield Lijst(tuple({s.id: _about(s) for _, s in per_schaal(momenten)}.values()))
    if any(s.verdeling for _, s in per_schaal(momenten)):
        yield Kop("Verdeling van de scores")
        yield Alinea("Elke balk zegt hoeveel mensen een score hebben van het eerste tot het tweede getal.")
        yield from verdeling_beelden(momenten)


def _about(schaal: Schaalcijfers) -> str:
    ends = f"van {short(schaal.bodem)} tot en met {short(schaal.top)}"
    return (
        f"{schaal.naam}: {schaal.regel} van {len(schaal.vragen)} vragen, {ends}; {general_direction(schaal.richting)}."
    )


def _betrouwbaarheid(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    noten = Noten()
    pairs = tuple(per_schaal(momenten))
    turned = any(s.tegenrichting for _, s in pairs)
    columns = ("Schaal", "n", "Alpha", "Omega", *(["Tegenrichting"] * turned))
    rows = []
    for moment, s in pairs:
        against = figure(s.tegenrichting, s.volledig, noten) if s.tegenrichting else "geen omgekeerde vragen"
        cells = (people(s.volledig), figure(s.alpha, s.volledig, noten), figure(s.omega, s.volledig, noten))
        rows.append((_name(moment, s, momenten), *cells, *([against] * turned)))
    shares = (8, 3, 6, 4, *([6] * turned))
    yield Kop("Hangen de vragen van een schaal samen?")
    yield from _noted(
        Tabel(columns, tuple(rows), shares, rijkop=True), noten, WAT_ALPHA_IS, *([WAT_TEGENRICHTING_IS] * turned)
    )


# Change -------------------------------------------------------------------------------------------------------------


def _veranderingen(cijfers: Groepscijfers) -> Iterator[Blok]:
    namen = {m.id: m.naam.lower() for m in cijfers.momenten if m.id}
    ends = {s.id: (s.bodem, s.top) for _, s in per_schaal(cijfers.momenten)}
    for van, naar in dict.fromkeys((v.van, v.naar) for v in cijfers.veranderingen):
        found = [v for v in cijfers.veranderingen if (v.van, v.naar) == (van, naar)]
        yield Kop(f"Verandering van {namen[van]} naar {namen[naar]}")
        yield from _differences(found)
        yield from verandering_beelden(found, ends, namen)
        yield from _per_mens(found)


def _differences(found: Sequence[Verandering]) -> Iterator[Blok]:
    noten = Noten()
    rows = tuple(
        (v.naam, people(v.n), figure(v.gemiddelde_van, v.n, noten), figure(v.gemiddelde_naar, v.n, noten),
         figure(v.verschil, v.n, noten, sign=True), figure(v.effect, v.n, noten, sign=True))
        for v in found
    )  # fmt: skip
    columns = ("Schaal", "n", "Eerder", "Later", "Verschil", "Effect")
    few = [WAT_KLEIN_IS] if any(is_small(v.n) for v in found) else []
    yield from _noted(Tabel(columns, rows, (7, 3, 4, 4, 7, 7), rijkop=True), noten, WAT_EFFECT_IS, *few)


def _per_mens(found: Sequence[Verandering]) -> Iterator[Blok]:
    if all(v.grens.waarde is None for v in found):
        return
    noten = Noten()
    rows = tuple(
        (v.naam, f"{figure(v.r._replace(onder=None, boven=None), v.n, noten)}\n({v.r_soort})",
         figure(v.s_diff, v.n, noten), figure(v.grens, v.n, noten), people(v.hoger), people(v.geen), people(v.lager))
        for v in found
    )  # fmt: skip
    columns = ("Schaal", "r", "S_diff", "Grens", "Hoger", "Gelijk", "Lager")
    yield Alinea("Hoeveel mensen meer veranderden dan een meetfout:")
    yield from _noted(Tabel(columns, rows, (7, 5, 4, 4, 4, 4, 4), rijkop=True), noten, WAT_GRENS_IS)


# Vragen -------------------------------------------------------------------------------------------------------------


def _vragen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    for place, moment in enumerate(momenten):
        yield Kop(f"De vragen, {moment.naam.lower()}" if has_moments(momenten) else "De vragen")
        if not place:
            yield Alinea(WAT_VRAAG_IS)
            yield from _star([("", _given(v)) for s in moment.schalen for v in s.vragen])
        for schaal in moment.schalen:
            yield Kop(f"{schaal.naam}, {moment.naam.lower()}" if has_moments(momenten) else schaal.naam, 3)
            yield from _of_schaal(schaal)


def _of_schaal(schaal: Schaalcijfers) -> Iterator[Blok]:
    noten = Noten()
    yield from _noted(_vraag_table(schaal, noten), noten)
    beelden = vraag_beelden(schaal)
    if beelden:
        yield Alinea("Welke antwoorden mensen kozen, van links naar rechts van laag naar hoog:")
        yield from beelden
    rows = tuple((_vraag_name(v), _given(v)) for v in schaal.vragen)
    yield Tabel(("Vraag", "Hoeveel mensen elk antwoord gaven"), rows, (1, 1), rijkop=True)


def _vraag_table(schaal: Schaalcijfers, noten: Noten) -> Tabel:
    rows = tuple(
        (_vraag_name(v), *(
            figure(cijfer._replace(onder=None, boven=None), schaal.volledig, noten)
            for cijfer in (v.gemiddelde, v.sd, v.item_rest, v.alpha_zonder, v.lading)
        ))
        for v in schaal.vragen
    )  # fmt: skip
    return Tabel(("Vraag", "Gem.", "SD", "Vraag-rest", "Zonder", "Lading"), rows, (10, 3, 3, 4, 4, 4), rijkop=True)


def _vraag_name(vraag: Vraagcijfers) -> str:
    marks = [word for word, holds in (("omgekeerd", vraag.omgekeerd), ("kijk na", vraag.verkeerd_om)) if holds]
    return f"{vraag.tekst} ({', '.join(marks)})" if marks else vraag.tekst


def _given(vraag: Vraagcijfers) -> str:
    """'1: 3; 2: 14', or that there are too many answers for that."""
    if len(vraag.aantallen) > MAX_ANTWOORDEN:
        return f"{len(vraag.aantallen)} verschillende antwoorden: dat past hier niet. Met --json staan ze er wel."
    return "; ".join(f"{telling.antwoord}: {people(telling.aantal)}" for telling in vraag.aantallen)


# Blanks and remarks -------------------------------------------------------------------------------------------------


def _leeg(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    """Which vragen were left open, with the kind of blank; and which together."""
    yield Kop("Leeg gelaten vragen")
    rows, together = [], []
    for moment in momenten:
        before = f"{moment.naam}: " if has_moments(momenten) else ""
        for vraag in {v.vraag: v for s in moment.schalen for v in s.vragen}.values():
            kinds = [f"{soort}: {people(aantal)}" for soort, aantal in vraag.leeg if aantal != 0]
            rows += [(f"{before}{vraag.tekst}", "; ".join(kinds))] * bool(kinds)
        together += [(f"{before}{', '.join(p.leeg)}", whole(p.aantal)) for p in moment.patronen if p.leeg]
        together += [(f"{before}andere vragen, of een andere combinatie", people(moment.overige))] * (
            moment.overige != 0
        )
    if not rows:
        yield Alinea("Niets: overal staat een antwoord.")
        return
    yield from _noted(Tabel(("Vraag", "Mensen"), tuple(rows), (3, 2), rijkop=True), Noten())
    if together:
        yield Alinea("Wat mensen samen openlieten:")
        yield from _noted(Tabel(("Vragen", "Mensen"), tuple(together), (5, 1), rijkop=True), Noten())


def _opmerkingen(cijfers: Groepscijfers) -> Iterator[Blok]:
    """The notes of everything, each sentence once, with what it is about."""
    namen = {m.id: m.naam.lower() for m in cijfers.momenten}
    lines = [o.tekst for o in (*cijfers.opmerkingen, *(o for m in cijfers.momenten for o in m.opmerkingen))]
    for moment, schaal in per_schaal(cijfers.momenten):
        lines += [f"{_name(moment, schaal, cijfers.momenten)}: {o.tekst}" for o in schaal.opmerkingen]
    for v in cijfers.veranderingen:
        about = f"{v.naam}, {namen[v.van]} naar {namen[v.naar]}"
        lines += [f"{about}: {o.tekst}" for o in v.opmerkingen]
    if lines:
        yield Kop("Opmerkingen")
        yield Lijst(tuple(dict.fromkeys(lines)))


# How and from what --------------------------------------------------------------------------------------------------


def _methode(cijfers: Groepscijfers) -> Iterator[Blok]:
    more = bool(cijfers.veranderingen)
    rows = (*METHODE, *(METHODE_VERANDERING if more else ()))
    bronnen = sorted((*BRONNEN, *(BRONNEN_VERANDERING if more else ())))
    yield Kop("Hoe deze cijfers zijn uitgerekend")
    yield Alinea(
        "Elke schaal is apart uitgerekend. Intervallen zijn van 95 %. Aantallen onder de vijf mensen staan er niet in."
    )
    yield Tabel(("Cijfer", "Formule en uitleg", "Bron"), rows, (3, 11, 3), rijkop=True)
    yield Kop("Bronnen")
    yield Lijst(tuple(bronnen))


def _narekenen(cijfers: Groepscijfers, herkomst: Verantwoording) -> Iterator[Blok]:
    yield Kop("Dit verslag narekenen")
    yield Alinea("Met hetzelfde bestand, dezelfde vragenlijst en dezelfde versies komt er hetzelfde uit.")
    rows = (
        ("Opdracht", herkomst.opdracht),
        ("Bestand", visible(cijfers.bestand)),
        ("SHA-256 van het bestand", cijfers.invoer_hash),
        ("Vragenlijst", f"{cijfers.vragenlijst}, versie {cijfers.versie}"),
        ("Hash van de vragenlijst", cijfers.hash),
        ("Gemaakt met", ", ".join(f"{name} {version}" for name, version in herkomst.versies)),
    )
    yield Tabel(("Wat", "Waarde"), rows, (1, 3), rijkop=True)
