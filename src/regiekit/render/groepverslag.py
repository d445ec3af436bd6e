"""The report of a group: one page for coaches, then tables and pictures, then how it was computed and from what.

Everything comes from `Groepscijfers`, which holds only what may be shown. There is no clock in it: the same figures
give the same bytes. The first page is in groepblad.py, the pictures are in groepplot.py.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from regiekit import __version__
from regiekit.domain.getal import short
from regiekit.errors import visible
from regiekit.render.document import Alinea, Document, Kop, Lijst, Tabel
from regiekit.render.groepblad import PER_MENS_VERBORGEN, make_blad
from regiekit.render.groepmethode import BRONNEN, BRONNEN_VERANDERING, METHODE, METHODE_VERANDERING
from regiekit.render.groepplot import (
    MAX_ANTWOORDEN,
    has_bars,
    has_stack,
    verandering_beelden,
    verdeling_beelden,
    vraag_beelden,
)
from regiekit.render.groepwoorden import (
    GEEN,
    HOGER,
    LAGER,
    STER,
    STREEP,
    WAT_KLEIN_IS,
    WAT_STER_IS,
    WAT_STREEP_IS,
    Noten,
    cut_middle,
    figure,
    has_moments,
    is_small,
    people,
    people_words,
    per_schaal,
    point,
    remarks_of,
    row_names,
    short_names,
    told_columns,
    whole,
)
from regiekit.render.uitslag import general_direction, reachable_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from regiekit.domain.groepscijfers import Groepscijfers, Momentcijfers, Schaalcijfers, Verandering, Vraagcijfers
    from regiekit.render.document import Beeld

    Blok = Kop | Alinea | Lijst | Tabel | Beeld

MAX_TITEL = 60  # characters of a name in the title; a longer one comes below it
MAX_NAAM, MAX_MOMENT, MAX_VRAAG = 40, 24, 80  # characters in a table; names in full are in the list of schalen
LANG = 90  # rows of tables, a picture counted as PLAATJE rows: longer than some six pages, and there are contents
PLAATJE = 8
TE_WEINIG_VERDELING = "Er zijn te weinig mensen om de verdeling van de scores te tonen zonder iemand te verraden."
TE_WEINIG_VRAGEN = "Er zijn te weinig mensen om hier cijfers per vraag te tonen"
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
    "Duidelijk vanaf: het kleinste verschil dat bij één mens meer is dan een meetfout, als die beide keren alle vragen "
    "beantwoordde. Daarnaast hoeveel mensen dat haalden. Dat zegt niet waardoor het kwam."
)
WAT_EFFECT_IS = "Effect: het verschil, gedeeld door de spreiding aan het begin."


class Verantwoording(NamedTuple):
    """What made the report: the command as typed (`command_of`), and names of programs with their versions."""

    opdracht: str
    versies: tuple[tuple[str, str], ...]


def command_of(words: Sequence[str]) -> str:
    """The command as somebody could type it again."""
    return " ".join(["regiekit", *map(shlex.quote, words)])


def library_versions() -> tuple[tuple[str, str], ...]:
    """The versions of regiekit and of what computes the figures, as installed here."""
    from importlib.metadata import version

    return (("regiekit", __version__), *((name, version(name)) for name in ("polars", "numpy", "scipy", "narwhals")))


def make_groepverslag(cijfers: Groepscijfers, herkomst: Verantwoording) -> Document:
    """The whole report; `herkomst` says what made it."""
    titel, onder = "Groepsverslag", ""
    if len(cijfers.naam) > MAX_TITEL:
        onder = f"{cijfers.naam}. "
    else:
        titel += f": {cijfers.naam}"
    onder += f"Vragenlijst {cijfers.vragenlijst}, versie {cijfers.versie}. Bestand: {visible(cijfers.bestand)}."
    rest = (
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
    return Document(titel, onder, (*make_blad(cijfers), *_with_contents(rest)))


def _with_contents(blokken: Sequence[Blok]) -> Iterator[Blok]:
    """The parts on pages of their own; when these are many, first what they are."""
    first, *rest = blokken
    assert isinstance(first, Kop)
    long = sum(len(b.rijen) if isinstance(b, Tabel) else PLAATJE * (not isinstance(b, Kop | Alinea | Lijst))
               for b in blokken) > LANG  # fmt: skip
    if long:
        yield Kop("Wat er verder in staat", nieuw=True)
        yield Lijst(tuple(b.tekst for b in blokken if isinstance(b, Kop) and b.niveau == 2), kolommen=2)
    yield first._replace(nieuw=not long)
    yield from rest


# Rows and schalen ---------------------------------------------------------------------------------------------------


def _rijen(cijfers: Groepscijfers) -> Iterator[Blok]:
    rijen = cijfers.rijen
    if rijen is None:
        return
    yield Kop("De rijen van het bestand")
    yield Alinea(
        f"Gelezen: {whole(rijen.gelezen)}. Goed: {whole(rijen.goed)}. Geweigerd: {whole(rijen.geweigerd)}. Leeg: "
        f"{whole(rijen.leeg)}."
    )


def _star(rows: Sequence[Sequence[str]]) -> Iterator[Blok]:
    if any(STER in cel for rij in rows for cel in rij[1:]):
        yield Alinea(WAT_STER_IS, "klein")


def _name(moment: Momentcijfers, schaal: Schaalcijfers, momenten: Sequence[Momentcijfers]) -> str:
    return f"{schaal.naam}, {moment.naam.lower()}" if has_moments(momenten) else schaal.naam


def _noted(tabel: Tabel, noten: Noten, *uitleg: str) -> Iterator[Blok]:
    """A table without the columns that say nothing, why figures are not there, and what its columns are."""
    kept = told_columns(tabel.rijen, len(tabel.koppen))
    koppen, breedtes = tuple(tabel.koppen[n] for n in kept), tuple(tabel.breedtes[n] for n in kept)
    rijen = tuple(tuple(rij[place] for place in kept) for rij in tabel.rijen)
    yield tabel._replace(koppen=koppen, breedtes=breedtes, rijen=rijen)
    yield from (Alinea(line, "klein") for line in noten.lines())
    yield from _star(rijen)
    if any(cel == STREEP for rij in rijen for cel in rij):
        yield Alinea(WAT_STREEP_IS, "klein")
    yield from (Alinea(text, "klein") for text in uitleg)


def _schalen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    noten, names = Noten(), row_names(momenten, MAX_NAAM, MAX_MOMENT)
    rows = tuple(
        (names[m.id, s.id], people(s.met_score), figure(s.gemiddelde, s.met_score, noten, below=False),
         point(s.sd, s.met_score, noten), people(s.op_bodem), people(s.op_plafond))
        for m, s in per_schaal(momenten)
    )  # fmt: skip
    columns = ("Schaal", "n", "Gemiddelde", "Spreiding", "Laagste", "Hoogste")
    few = [WAT_KLEIN_IS] if any(is_small(s.met_score) for _, s in per_schaal(momenten)) else []
    yield Kop("Scores per schaal")
    yield from _noted(Tabel(columns, rows, (7, 3, 8, 5, 4, 4), rijkop=True), noten, WAT_SPREIDING_IS, *few)
    yield Lijst(tuple({s.id: _about(s) for _, s in per_schaal(momenten)}.values()))
    yield from _verdelingen(momenten)


def _verdelingen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    """The distributions, and of which schalen there is none."""
    names = row_names(momenten, MAX_NAAM, MAX_MOMENT)
    without = [names[m.id, s.id] for m, s in per_schaal(momenten) if not has_bars(s)]
    beelden = verdeling_beelden(momenten)
    if not beelden:
        yield Alinea(TE_WEINIG_VERDELING)
        return
    yield Kop("Verdeling van de scores")
    yield Alinea("Elke balk zegt hoeveel mensen een score hebben van het eerste tot het tweede getal.")
    yield from beelden
    if without:
        yield Alinea(f"Niet getekend: {'; '.join(without)}. {TE_WEINIG_VERDELING}", "klein")


def _about(schaal: Schaalcijfers) -> str:
    ends = f"van {short(schaal.bodem)} tot en met {short(schaal.top)}"
    vragen = "1 vraag" if len(schaal.vragen) == 1 else f"{len(schaal.vragen)} vragen"
    return f"{schaal.naam}: {schaal.regel} van {vragen}, {ends}; {general_direction(schaal.richting)}."


def _betrouwbaarheid(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    noten, names = Noten(), row_names(momenten, MAX_NAAM, MAX_MOMENT)
    pairs = tuple(per_schaal(momenten))
    turned = any(s.tegenrichting for _, s in pairs)
    columns = ("Schaal", "n", "Alpha", "Omega", *(["Tegenrichting"] * turned))
    rows = []
    for moment, s in pairs:
        against = figure(s.tegenrichting, s.volledig, noten) if s.tegenrichting else "geen omgekeerde vragen"
        cells = (
            people(s.volledig),
            figure(s.alpha, s.volledig, noten, below=False),
            figure(s.omega, s.volledig, noten),
        )
        rows.append((names[moment.id, s.id], *cells, *([against] * turned)))
    shares = (7, 3, 8, 4, *([6] * turned))
    yield Kop("Hangen de vragen van een schaal samen?")
    yield from _noted(
        Tabel(columns, tuple(rows), shares, rijkop=True), noten, WAT_ALPHA_IS, *([WAT_TEGENRICHTING_IS] * turned)
    )


# Change -------------------------------------------------------------------------------------------------------------


def _veranderingen(cijfers: Groepscijfers) -> Iterator[Blok]:
    namen = {m.id: m.naam.lower() for m in cijfers.momenten if m.id}
    schalen = {s.id: s for _, s in per_schaal(cijfers.momenten)}
    ends = {naam: (s.bodem, s.top) for naam, s in schalen.items()}
    for van, naar in dict.fromkeys((v.van, v.naar) for v in cijfers.veranderingen):
        found = [v for v in cijfers.veranderingen if (v.van, v.naar) == (van, naar)]
        yield Kop(f"Verandering van {namen[van]} naar {namen[naar]}")
        yield from _differences(found)
        yield from verandering_beelden(found, ends, namen)
        yield from _per_mens(found, schalen)


def _differences(found: Sequence[Verandering]) -> Iterator[Blok]:
    noten, names = Noten(), short_names([v.naam for v in found], MAX_NAAM)
    rows = tuple(
        (names[v.naam], people(v.n), figure(v.gemiddelde_van, v.n, noten), figure(v.gemiddelde_naar, v.n, noten),
         figure(v.verschil, v.n, noten, sign=True, below=False), figure(v.effect, v.n, noten, sign=True, below=False))
        for v in found
    )  # fmt: skip
    columns = ("Schaal", "n", "Eerder", "Later", "Verschil", "Effect")
    few = [WAT_KLEIN_IS] if any(is_small(v.n) for v in found) else []
    yield from _noted(Tabel(columns, rows, (6, 3, 4, 4, 9, 9), rijkop=True), noten, WAT_EFFECT_IS, *few)


def _per_mens(found: Sequence[Verandering], schalen: Mapping[str, Schaalcijfers]) -> Iterator[Blok]:
    """How many people changed clearly, and what that rests on; one sentence where no number may be shown."""
    known = [v for v in found if v.grens.waarde is not None]
    if not any(n is not None for v in known for n in (v.hoger, v.geen, v.lager)):
        yield from [Alinea(PER_MENS_VERBORGEN)] * bool(known)
        return
    noten, names = Noten(), short_names([v.naam for v in found], MAX_NAAM)
    rows = tuple(
        (names[v.naam], _reliability(v, noten), point(v.s_diff, v.n, noten), _least(v, schalen[v.schaal], noten),
         *((STREEP,) * 3 if v.grens.waarde is None else map(people_words, (v.hoger, v.geen, v.lager))))
        for v in found
    )  # fmt: skip
    columns = ("Schaal", "r", "S_diff", "Duidelijk vanaf", *(title.capitalize() for title in (HOGER, GEEN, LAGER)))
    yield Alinea("Hoeveel mensen meer veranderden dan een meetfout:")
    yield from _noted(Tabel(columns, rows, (7, 4, 4, 5, 5, 5, 5), rijkop=True), noten, WAT_GRENS_IS)


def _reliability(v: Verandering, noten: Noten) -> str:
    text = point(v.r._replace(onder=None, boven=None), v.n, noten)
    return f"{text}\n({v.r_soort})" if v.r.waarde is not None and text != STREEP else text


def _least(v: Verandering, schaal: Schaalcijfers, noten: Noten) -> str:
    """From which difference it is clear, as that can occur."""
    if v.grens.waarde is None:
        return noten.mark(v.grens.reden or "")
    return reachable_number(v.grens.waarde, schaal.regel, len(schaal.vragen))


# Vragen -------------------------------------------------------------------------------------------------------------


def _vragen(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    """The vragen of each schaal of which there is something to show; of the others only which these are."""
    told = set[str]()  # the vragen whose text stands there in full
    without = []
    names = row_names(momenten, MAX_NAAM, MAX_MOMENT)
    for moment in momenten:
        shown = [s for s in moment.schalen if _has_figures(s) or any(map(has_stack, s.vragen))]
        without += [names[moment.id, s.id] for s in moment.schalen if s not in shown]
        if not shown:
            continue
        yield Kop(f"De vragen, {moment.naam.lower()}" if has_moments(momenten) else "De vragen")
        yield from [Alinea(WAT_VRAAG_IS)] * (not told)
        for schaal in shown:
            yield Kop(_name(moment, schaal, momenten), 3)
            yield from _of_schaal(schaal, told)
            told |= {v.vraag for v in schaal.vragen}
    if without:
        yield from [Kop("De vragen")] * (not told)
        yield Alinea(f"{TE_WEINIG_VRAGEN}{': ' + '; '.join(without) if told else ''}.")


def _has_figures(schaal: Schaalcijfers) -> bool:
    """Whether the table of its vragen says something; these figures have no interval, so of few people nothing."""
    figures = [c for v in schaal.vragen for c in (v.gemiddelde, v.sd, v.item_rest, v.alpha_zonder, v.lading)]
    return not is_small(schaal.volledig) and any(c.waarde is not None for c in figures)


def _of_schaal(schaal: Schaalcijfers, told: Collection[str]) -> Iterator[Blok]:
    noten = Noten()
    if _has_figures(schaal):
        yield from _noted(_vraag_table(schaal, told, noten), noten)
    beelden = vraag_beelden(schaal)
    if beelden:
        yield Alinea("Welke antwoorden mensen kozen, van links naar rechts van laag naar hoog:")
        yield from beelden
    yield from (Alinea(text, "klein") for text in _not_drawn(schaal))


def _not_drawn(schaal: Schaalcijfers) -> Iterator[str]:
    """Why there are vragen without a bar."""
    without = [v for v in schaal.vragen if not has_stack(v)]
    many = max((len(v.aantallen) for v in without), default=0)
    if many > MAX_ANTWOORDEN:
        yield f"{many} verschillende antwoorden: dat past hier niet. Met --json staan ze er wel."
    elif without:
        who = "Geen balken" if len(without) == len(schaal.vragen) else f"Vragen zonder balk: {len(without)}"
        yield f"{who}: een antwoord van enkele mensen zou eruit af te leiden zijn."


def _vraag_table(schaal: Schaalcijfers, told: Collection[str], noten: Noten) -> Tabel:
    """The figures of its vragen; the text of one in `told` may be cut short."""
    rows = tuple(
        (_vraag_name(v, short=v.vraag in told), *(
            point(cijfer, schaal.volledig, noten)
            for cijfer in (v.gemiddelde, v.sd, v.item_rest, v.alpha_zonder, v.lading)
        ))
        for v in schaal.vragen
    )  # fmt: skip
    return Tabel(("Vraag", "Gem.", "SD", "Vraag-rest", "Zonder", "Lading"), rows, (15, 4, 4, 5, 4, 4), rijkop=True)


def _vraag_name(vraag: Vraagcijfers, *, short: bool = False) -> str:
    marks = [word for word, holds in (("omgekeerd", vraag.omgekeerd), ("kijk na", vraag.verkeerd_om)) if holds]
    text = cut_middle(vraag.tekst, MAX_VRAAG) if short else vraag.tekst
    return f"{text} ({', '.join(marks)})" if marks else text


# Blanks and remarks -------------------------------------------------------------------------------------------------


def _leeg(momenten: Sequence[Momentcijfers]) -> Iterator[Blok]:
    """Which vragen were left open, with the kind of blank; and which together. Only where a number may be shown."""
    if not any(v.leeg for m in momenten for s in m.schalen for v in s.vragen):
        return  # not shared, and so not known here
    yield Kop("Leeg gelaten vragen")
    rows, together, hidden = [], [], False
    for moment in momenten:
        before = f"{moment.naam}: " if has_moments(momenten) else ""
        for vraag in {v.vraag: v for s in moment.schalen for v in s.vragen}.values():
            kinds = [f"{soort}: {people(aantal)}" for soort, aantal in vraag.leeg if aantal != 0]
            shown = any(aantal for _, aantal in vraag.leeg)
            rows += [(f"{before}{vraag.tekst}", "; ".join(kinds))] * shown
            hidden |= bool(kinds) and not shown
        together += [(f"{before}{', '.join(p.leeg)}", whole(p.aantal)) for p in moment.patronen if len(p.leeg) > 1]
    if rows:
        yield from _noted(Tabel(("Vraag", "Mensen"), tuple(rows), (3, 2), rijkop=True), Noten())
    if hidden:
        yield Alinea(f"{'Ook andere' if rows else 'Een paar'} vragen zijn leeg gelaten, door enkele mensen.")
    elif not rows:
        yield Alinea("Niets: overal staat een antwoord.")
    if together:
        yield Alinea("Wat mensen samen openlieten:")
        yield from _noted(Tabel(("Vragen", "Mensen"), tuple(together), (5, 1), rijkop=True), Noten())


def _opmerkingen(cijfers: Groepscijfers) -> Iterator[Blok]:
    """The notes of everything, each sentence once, with what it is about."""
    found = remarks_of(cijfers).items()
    lines = tuple(f"{', '.join(places)}: {tekst}" if places else tekst for tekst, places in found)
    if lines:
        yield Kop("Opmerkingen")
        yield Lijst(lines)


# How and from what --------------------------------------------------------------------------------------------------


def _methode(cijfers: Groepscijfers) -> Iterator[Blok]:
    more = bool(cijfers.veranderingen)
    rows = (*METHODE, *(METHODE_VERANDERING if more else ()))
    bronnen = sorted((*BRONNEN, *(BRONNEN_VERANDERING if more else ())))
    yield Kop("Hoe deze cijfers zijn uitgerekend")
    yield Alinea(
        "Elke schaal is apart uitgerekend. Intervallen zijn van 95 %. Er staat niets in over minder dan vijf mensen."
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
