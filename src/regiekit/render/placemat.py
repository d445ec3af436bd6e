"""The placemat: one A4 landscape page for each techniek, as a tagged PDF or as printable HTML.

Both forms come from the same `Kaart`: the statements that were chosen with `placemat: true`. A techniek in which
nothing was chosen shows everything. Every step keeps its name and number, so that no step seems to be missing.
"""

from __future__ import annotations

import json
import math
import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.herkomst import source_line
from regiekit.domain.niveau import REGIE, STURING
from regiekit.errors import WRONG_FILE, RegiekitError
from regiekit.render.html import html_page
from regiekit.render.pdf import HERE, compile_pdf, missing_glyph
from regiekit.render.pdf import plain as _plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.domain.record import Uitspraak
    from regiekit.domain.stuurmatrix import Cel
    from regiekit.domain.techniek import Blok, Techniek

KOP_BEELD = {"stuurmatrix": "Stuurmatrix", "cirkels": "De ringen"}
KOP_ONDERDELEN = {"stuurmatrix": "De stijlen", "cirkels": "Wat hoort waar"}
MERK = "°"


class Regel(NamedTuple):
    """A statement as printed; `eigen` gets the mark."""

    tekst: str
    eigen: bool


class Onderdeel(NamedTuple):
    """A step, or a part of the model: always its name, its text and points where they were chosen."""

    naam: str
    tekst: Regel | None
    punten: list[Regel]


class Kaart(NamedTuple):
    """What stands on one placemat."""

    id: str
    naam: str
    samenvatting: Regel
    doel: list[Regel]
    wel: list[Regel]
    niet: list[Regel]
    valkuilen: list[Regel]
    zinnen: list[Regel]
    stappen: list[Onderdeel]
    onderdelen: list[Onderdeel]
    beeld: str | None
    kop_beeld: str
    kop_onderdelen: str
    bron: str
    uitleg: str
    hele_kaart: str


def render_placemat_pdf(technieken: Sequence[Techniek], cellen: Sequence[Cel]) -> bytes:
    """One page for each techniek: PDF/UA-1 and PDF/A-2a at once. The same input gives the same bytes."""
    kaarten = [make_kaart(techniek) for techniek in technieken]
    inputs = make_inputs(kaarten, cellen)
    return compile_pdf(HERE / "placemat.typ", inputs, "de placemat", lambda message: _clear_error(message, kaarten))


def make_title(kaarten: Sequence[Kaart]) -> str:
    """The title of the document, as a PDF reader or a browser shows it."""
    return f"Placemat {kaarten[0].naam}" if len(kaarten) == 1 else "Placemats van regiekit"


def make_matrix(cellen: Iterable[Cel]) -> list[tuple[str, list[Cel]]]:
    """The rows of the stuurmatrix by name, each with its cells from laag to hoog; empty without cells."""
    at = {(cel.sturing, cel.regie): cel for cel in cellen}
    return [(sturing, [at[sturing, regie] for regie in REGIE]) for sturing in STURING] if at else []


def make_kaart(techniek: Techniek) -> Kaart:
    """Choose what is printed."""
    alles = not any(u.placemat for u in _every(techniek))
    gedrukt = [techniek.samenvatting, *(u for u in _every(techniek) if alles or u.placemat)]
    merken = any(u.herkomst != "eigen" for u in gedrukt)

    def regels(uitspraken: Iterable[Uitspraak]) -> list[Regel]:
        return [_regel(u, merken) for u in uitspraken if alles or u.placemat]

    def onderdelen(blokken: Iterable[Blok]) -> list[Onderdeel]:
        return [Onderdeel(_plain(b.naam), next(iter(regels([b])), None), regels(b.punten)) for b in blokken]

    return Kaart(
        id=techniek.id,
        naam=_plain(techniek.naam),
        samenvatting=_regel(techniek.samenvatting, merken),
        doel=regels(techniek.doel),
        wel=regels(techniek.wanneer_wel),
        niet=regels(techniek.wanneer_niet),
        valkuilen=regels(techniek.valkuilen),
        zinnen=regels(techniek.voorbeeldvragen),
        stappen=onderdelen(techniek.stappen),
        onderdelen=[o for o in onderdelen(techniek.onderdelen) if o.tekst],
        beeld=techniek.beeld,
        kop_beeld=KOP_BEELD.get(techniek.beeld or "", ""),
        kop_onderdelen=KOP_ONDERDELEN.get(techniek.beeld or "", "Onderdelen"),
        bron=_bron(gedrukt),
        uitleg=_uitleg(gedrukt, merken),
        hele_kaart=f"De hele kaart: regiekit techniek {techniek.id}",
    )


def _every(techniek: Techniek) -> list[Uitspraak]:
    """Every statement that may be on a placemat, the summary aside (that one is always there)."""
    los = [techniek.doel, techniek.wanneer_wel, techniek.wanneer_niet, techniek.valkuilen, techniek.voorbeeldvragen]
    blokken = [*techniek.stappen, *techniek.onderdelen]
    return [*(u for uitspraken in los for u in uitspraken), *blokken, *(punt for b in blokken for punt in b.punten)]


def _regel(uitspraak: Uitspraak, merken: bool) -> Regel:
    return Regel(_plain(uitspraak.tekst), merken and uitspraak.herkomst == "eigen")


def _bron(gedrukt: Iterable[Uitspraak]) -> str:
    """The source line."""
    bron = source_line(gedrukt)
    return f"Bron: {bron}." if bron else "Bron: geen. Deze tekst is van de maker van deze techniek."


def _uitleg(gedrukt: Iterable[Uitspraak], merken: bool) -> str:
    if not merken:
        return ""
    eigen = any(u.herkomst == "eigen" for u in gedrukt)
    return "In eigen woorden." + (" Wat met ° is gemerkt, is een eigen aanvulling en staat niet in de bron." * eigen)


def make_inputs(kaarten: Sequence[Kaart], cellen: Iterable[Cel]) -> dict[str, str]:
    """What the template reads: names and texts only, never markup."""
    matrix = [
        {"naam": naam, "cellen": [{"waarneming": cel.waarneming, "tekst": _plain(cel.tekst)} for cel in rij]}
        for naam, rij in make_matrix(cellen)
    ]
    invoer = {
        "titel": make_title(kaarten),
        "omschrijving": "Coachingstechniek om op tafel te leggen: " + "; ".join(k.naam for k in kaarten),
        "kaarten": [_data(kaart) for kaart in kaarten],
        "kolommen": REGIE,
        "matrix": matrix,
    }
    return {"placemats": json.dumps(invoer)}


def _data(value: object) -> object:
    """A named tuple as a dictionary, all the way down."""
    if isinstance(value, (Kaart, Onderdeel, Regel)):
        return {naam: _data(inhoud) for naam, inhoud in value._asdict().items()}
    return [_data(item) for item in value] if isinstance(value, list) else value


def _clear_error(message: str, kaarten: Sequence[Kaart]) -> RegiekitError | None:
    """Two things can be wrong with a text: too long for one page, or with a character that no font has."""
    if found := re.search(r"placemat-te-lang:([a-z0-9-]+)", message):
        return RegiekitError(
            f"de placemat van techniek '{found[1]}' past niet op één bladzijde, ook niet met kleine letters; "
            "zet bij minder uitspraken 'placemat: true', of maak ze korter",
            WRONG_FILE,
        )
    if glyph := missing_glyph(message):
        namen = [k.id for k in kaarten if json.dumps(glyph.teken)[1:-1] in json.dumps(k)]
        return RegiekitError(
            f"het teken {glyph.genoemd} in techniek '{', '.join(namen)}' kan niet gedrukt worden; "
            "haal het weg of schrijf het in woorden",
            WRONG_FILE,
        )
    return None


# --- the same card as printable HTML ---------------------------------------------------------------------------------

LETTERS = (11.5, 11.0, 10.5, 10.0)
BREEDTE = 717  # points, the three columns together
VERHOUDINGEN = ((29, 36, 35), (26, 39, 35))
HOOGTE = 450  # points between the summary and the footer
RUIMTE_BEELD = {"stuurmatrix": 140, "cirkels": 187}
TEKENS = {
    "punt": '<circle cx="6" cy="6" r="1.4" fill="#000"/>',
    "vinkje": '<path d="M1 6.5 4.5 10.5 11 1.5"/>',
    "kruisje": '<path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5"/>',
    "letop": '<path d="M6 1 11.5 11H.5Z"/>',
    "streepje": '<path d="M2 6H9"/>',
}
ALT_RINGEN = (
    "Drie ringen om elkaar heen. De buitenste ring is wat buiten je invloed ligt, de middelste je indirecte invloed, "
    "de binnenste je directe invloed."
)
RINGEN = (  # radius, line, where the first word stands, the first word
    (98, 'stroke-width="1" stroke-dasharray="5 3"', 16, "buiten je"),
    (69, 'stroke-width="1.4"', 46, "indirecte"),
    (38, 'stroke-width="2.8"', 80, "directe"),
)


class Sectie(NamedTuple):
    """A part of the page in HTML, with the texts that tell how high it gets."""

    kop: str
    html: str
    teksten: list[str]
    vast: float = 0


NOTITIES = Sectie("Mijn notities", f"<div>{'<span></span>' * 20}</div>", [], 75)


def render_placemat_html(technieken: Sequence[Techniek], cellen: Sequence[Cel]) -> str:
    """The same cards as one HTML file that needs nothing beside it; printing it gives A4 landscape."""
    kaarten = [make_kaart(techniek) for techniek in technieken]
    bladen = "\n".join(_blad(kaart, cellen) for kaart in kaarten)
    return html_page(make_title(kaarten), "placemat.css", f"<main>\n{bladen}\n</main>")


def _blad(kaart: Kaart, cellen: Sequence[Cel]) -> str:
    (letter, _), breedtes, kolommen = max(
        (
            (_fit(kolommen, breedtes), breedtes, kolommen)
            for kolommen in _ways(kaart, cellen)
            for breedtes in VERHOUDINGEN
        ),
        key=lambda found: found[0],
    )
    html = "".join(f'<div class="kolom">{"".join(map(_sectie, kolom))}</div>\n' for kolom in kolommen)
    raster = " ".join(f"{breedte}fr" for breedte in breedtes)
    return (
        f'<article id="{escape(kaart.id)}" style="font-size: {letter:g}pt">\n<h1>{escape(kaart.naam)}</h1>\n'
        f'<p class="samenvatting">{_tekst(kaart.samenvatting)}</p>\n'
        f'<div class="kolommen" style="grid-template-columns: {raster}">\n{html}</div>\n'
        f'<footer><p class="bron">{escape(kaart.bron)}</p><p>{escape(kaart.uitleg)}</p>'
        f"<p>{escape(kaart.hele_kaart)}</p></footer>\n</article>"
    )


def _ways(kaart: Kaart, cellen: Sequence[Cel]) -> list[list[list[Sectie]]]:
    """Every way to divide the sections over three columns, with the room to write under the second or the third."""
    context = [
        _lijst("Doel", "punt", kaart.doel),
        _lijst("Wanneer wel", "vinkje", kaart.wel),
        _lijst("Wanneer niet", "kruisje", kaart.niet),
    ]
    valkuilen = _lijst("Valkuilen", "letop", kaart.valkuilen)
    stappen, onderdelen, beeld, zinnen = _stappen(kaart), _onderdelen(kaart), _beeld(kaart, cellen), _zinnen(kaart)
    ways = [
        [[*context, valkuilen], [stappen], [beeld, onderdelen, zinnen]],
        [[*context, valkuilen], [stappen, onderdelen], [beeld, zinnen]],
        [context, [stappen, valkuilen], [beeld, onderdelen, zinnen]],
        [context, [stappen], [beeld, onderdelen, zinnen, valkuilen]],
    ]
    return [[*way[:k], [*way[k], NOTITIES], *way[k + 1 :]] for way in ways for k in (2, 1)]


def _fit(kolommen: list[list[Sectie]], delen: tuple[int, ...]) -> tuple[float, float]:
    """The largest letters with which no column is too high, and what is left (negative when even the smallest fail).

    A browser cannot be asked what fits before it prints, so this is an estimate; what is too long takes two pages.
    """
    breedtes = [BREEDTE * deel / 100 for deel in delen]
    for letter in LETTERS:
        hoogtes = [sum(_hoogte(s, breedte, letter) for s in k) for k, breedte in zip(kolommen, breedtes, strict=True)]
        if max(hoogtes) <= HOOGTE:
            break
    return letter, HOOGTE - max(hoogtes)


def _hoogte(sectie: Sectie, breedte: float, letter: float) -> float:
    if not sectie.html:
        return 0
    per_regel = (breedte - 2 * letter) / (0.5 * letter)
    regels = 2.7 + sum(math.ceil(len(tekst) / per_regel) + 0.2 for tekst in sectie.teksten)
    return regels * letter * 1.24 + sectie.vast


def _sectie(sectie: Sectie) -> str:
    soort = ' class="notities"' if sectie is NOTITIES else ""
    return f"<section{soort}><h2>{escape(sectie.kop)}</h2>{sectie.html}</section>" if sectie.html else ""


def _tekst(regel: Regel) -> str:
    return escape(regel.tekst) + MERK * regel.eigen


def _teken(naam: str) -> str:
    return f'<svg class="teken" viewBox="0 0 12 12" aria-hidden="true">{TEKENS[naam]}</svg>'


def _items(teken: str, regels: Iterable[Regel]) -> str:
    items = "".join(f"<li>{_teken(teken)}{_tekst(regel)}</li>" for regel in regels)
    return f"<ul>{items}</ul>" if items else ""


def _lijst(kop: str, teken: str, regels: list[Regel]) -> Sectie:
    return Sectie(kop, _items(teken, regels), [regel.tekst for regel in regels])


def _onderdeel(deel: Onderdeel) -> str:
    tekst = f"<p>{_tekst(deel.tekst)}</p>" if deel.tekst else ""
    return f"<p><strong>{escape(deel.naam)}</strong></p>{tekst}{_items('streepje', deel.punten)}"


def _teksten(delen: Iterable[Onderdeel]) -> list[str]:
    return [tekst for d in delen for tekst in (d.naam, d.tekst.tekst if d.tekst else "", *(p.tekst for p in d.punten))]


def _stappen(kaart: Kaart) -> Sectie:
    items = (
        f'<li><span class="nummer">{nummer}</span>{_onderdeel(stap)}</li>'
        for nummer, stap in enumerate(kaart.stappen, 1)
    )
    return Sectie("Stappen", f"<ol>{''.join(items)}</ol>", _teksten(kaart.stappen))


def _onderdelen(kaart: Kaart) -> Sectie:
    html = "".join(
        f"<p><strong>{escape(d.naam.rstrip('.'))}.</strong> {_tekst(d.tekst)}</p>{_items('streepje', d.punten)}"
        for d in kaart.onderdelen
        if d.tekst
    )
    return Sectie(kaart.kop_onderdelen, html, _teksten(kaart.onderdelen))


def _zinnen(kaart: Kaart) -> Sectie:
    items = "".join(f"<li>{_tekst(zin)}</li>" for zin in kaart.zinnen)
    html = f'<ul class="zinnen">{items}</ul>' if items else ""
    return Sectie("Zo kan het klinken", html, [zin.tekst for zin in kaart.zinnen])


def _beeld(kaart: Kaart, cellen: Sequence[Cel]) -> Sectie:
    if kaart.beeld is None:
        return Sectie("", "", [])
    html = _stuurmatrix(cellen) if kaart.beeld == "stuurmatrix" else _cirkels()
    return Sectie(kaart.kop_beeld, html, [], RUIMTE_BEELD[kaart.beeld])


def _stuurmatrix(cellen: Sequence[Cel]) -> str:
    koppen = "".join(f'<th scope="col">{regie}</th>' for regie in REGIE)
    rijen = "".join(
        f'<tr><th scope="row">{naam}</th>'
        + "".join(f'<td class="{escape(cel.waarneming)}">{escape(_plain(cel.tekst))}</td>' for cel in rij)
        + "</tr>"
        for naam, rij in make_matrix(cellen)
    )
    return (
        '<table><thead><tr><th scope="col" rowspan="2" class="hoek">sturing</th><th scope="colgroup" colspan="3" '
        f'class="as">eigen regie van de cliënt</th></tr><tr>{koppen}</tr></thead><tbody>{rijen}</tbody></table>'
    )


def _cirkels() -> str:
    lijnen = "".join(f'<circle cx="100" cy="100" r="{straal}" {lijn}/>' for straal, lijn, _, _ in RINGEN)
    namen = "".join(
        f'<text x="100" y="{y}">{woord}</text><text x="100" y="{y + 11}">invloed</text>' for _, _, y, woord in RINGEN
    )
    return (
        f'<svg class="ringen" viewBox="0 0 200 200" role="img" aria-label="{ALT_RINGEN}"><g fill="none" stroke="#000">'
        f'{lijnen}</g><g font-weight="bold" font-size="10.8" text-anchor="middle">{namen}</g></svg>'
    )
