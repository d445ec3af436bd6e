"""Werkbladen as one HTML file that needs nothing beside it; printing it gives A4 portrait, one page each."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from regiekit.render.html import html_page
from regiekit.render.werkblad import MERK, make_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.render.werkblad import Deel, Pagina, Regel

REGELHOOG = 8.5  # millimeters between two lines to write on
VAKJE = '<span class="vakje"></span>'
RINGEN = (  # radius, line, where the name stands
    (99, 'stroke-width="0.8" stroke-dasharray="4 3"', 18),
    (69, 'stroke-width="1"', 49),
    (40, 'stroke-width="2"', 82),
)
AFSTANDEN = ((74, "dichtbij"), (42, "verder weg"), (10, "ver weg"))


def render_werkblad_html(paginas: Sequence[Pagina]) -> str:
    """The same pages as the PDF."""
    bladen = "\n".join(_blad(pagina) for pagina in paginas)
    return html_page(make_title(paginas), "werkblad.css", f"<main>\n{bladen}\n</main>")


def _blad(pagina: Pagina) -> str:
    code = _invulling("Code", pagina.code) if pagina.code or pagina.voor == "coach" else ""
    voet = "".join(f"<p>{escape(tekst)}</p>" for tekst in (*pagina.van_buiten, pagina.bron, pagina.gemaakt))
    letter = 11 if pagina.voor == "client" else 10.5
    return (
        f'<article id="{pagina.id}-{pagina.voor}" style="font-size: {letter:g}pt">\n<header>'
        f'<p class="kop"><span>Werkblad {pagina.lezer}</span>{code}{_invulling("Datum", pagina.datum)}</p>'
        f"<h1>{escape(pagina.titel)}</h1><p>{' '.join(map(_uitspraak, pagina.inleiding))}</p></header>\n"
        + "\n".join(map(_rij, pagina.rijen))
        + f"\n<footer>{voet}</footer>\n</article>"
    )


def _invulling(naam: str, waarde: str) -> str:
    return f"<span>{naam}: {f'<strong>{escape(waarde)}</strong>' if waarde else '<i></i>'}</span>"


def _rij(rij: list[Deel]) -> str:
    groei = max(_gewicht(deel) for deel in rij)
    return f'<div class="rij" style="flex-grow: {groei}">{"".join(map(_sectie, rij))}</div>'


def _gewicht(deel: Deel) -> float:
    """How much of the room that is left it takes."""
    if deel.soort == "tabel":
        return (len(deel.uitspraken) + deel.lege_rijen) * deel.rijhoogte / REGELHOOG
    return deel.regels + (sum(u.regels for u in deel.uitspraken) if deel.soort != "tekening" else 0)


def _sectie(deel: Deel) -> str:
    kop = f"<h2>{escape(deel.kop)}</h2>" if deel.kop else ""
    return f"<section>{kop}{_SOORTEN[deel.soort](deel)}</section>"


def _tekst(regel: Regel) -> str:
    return escape(regel.tekst) + MERK * regel.eigen


def _uitspraak(regel: Regel) -> str:
    return (f"<strong>{escape(regel.naam)}</strong><br>" if regel.naam else "") + _tekst(regel)


def _lijnen(aantal: int) -> str:
    if not aantal:
        return ""
    lines = f"<div>{'<span></span>' * 30}</div>"
    return f'<div class="lijnen" style="flex: {aantal} 0 {aantal * REGELHOOG:g}mm" aria-hidden="true">{lines}</div>'


def _alineas(deel: Deel) -> str:
    """Sentences, each with lines to write on; points and steps as a list."""
    if deel.vorm == "alinea":
        parts = "".join(f"<p>{_uitspraak(u)}</p>{_lijnen(u.regels)}" for u in deel.uitspraken)
        return f'<div class="groei">{parts}{_lijnen(deel.regels)}</div>'
    tag = "ol" if deel.vorm == "stappen" else "ul"
    items = "".join(f"<li>{_uitspraak(u)}</li>" for u in deel.uitspraken)
    return f'<{tag} class="{deel.vorm}">{items}</{tag}>'


def _kruislijst(deel: Deel) -> str:
    items = "".join(f"<li>{VAKJE}{_uitspraak(u)}</li>" for u in deel.uitspraken)
    return f'<ul class="kruis">{items}</ul>{_lijnen(sum(u.regels for u in deel.uitspraken))}'


def _tabel(deel: Deel) -> str:
    rest = len(deel.kolommen) - 1
    wijd = [f"{100 * v / sum(deel.verdeling):.1f}%" for v in deel.verdeling]
    first, *others = (
        f'<th scope="col" style="width: {w}">{escape(k)}</th>' for w, k in zip(wijd, deel.kolommen, strict=True)
    )
    kruis = "".join(
        f'<th scope="col" class="aan" style="width: {max(13, 2.3 * len(v)):g}mm">{escape(v)}</th>' for v in deel.vakjes
    )
    cellen = f'<td class="aan">{VAKJE}</td>' * len(deel.vakjes) + "<td></td>" * rest
    namen = [f'<th scope="row">{_uitspraak(u)}</th>' for u in deel.uitspraken] + ["<td></td>"] * deel.lege_rijen
    rijen = "".join(f'<tr style="height: {deel.rijhoogte}mm">{naam}{cellen}</tr>' for naam in namen)
    return f"<table><thead><tr>{first}{kruis}{''.join(others)}</tr></thead><tbody>{rijen}</tbody></table>"


# --- drawings --------------------------------------------------------------------------------------------------------


def _svg(deel: Deel, inhoud: str, breed: int = 200, hoog: int = 200) -> str:
    wijd = deel.hoogte * breed / hoog
    return (
        f'<svg viewBox="0 0 {breed} {hoog}" style="width: {wijd:g}mm; height: {deel.hoogte}mm" role="img" '
        f'aria-label="{escape(deel.omschrijving)}">{inhoud}</svg>'
    )


def _cirkels(lijnen: Sequence[tuple[float, str]]) -> str:
    cirkels = "".join(f'<circle cx="100" cy="100" r="{straal:g}" {lijn}/>' for straal, lijn in lijnen)
    return f'<g fill="none" stroke="#000">{cirkels}</g>'


def _woord(x: float, y: float, tekst: str, anker: str = "middle", dik: str = "bold", maat: float = 7) -> str:
    vorm = f'text-anchor="{anker}" font-weight="{dik}" font-size="{maat:g}"'
    return f'<text x="{x:g}" y="{y:g}" {vorm}>{escape(tekst)}</text>'


def _ringen(deel: Deel) -> str:
    namen = "".join(_woord(100, y, u.naam) for (_, _, y), u in zip(RINGEN, deel.uitspraken, strict=False))
    uitleg = "".join(f"<p>{_uitspraak(u)}</p>" for u in deel.uitspraken)
    return f"{_svg(deel, _cirkels([(r, lijn) for r, lijn, _ in RINGEN]) + namen)}<div>{uitleg}</div>"


def _netwerk(deel: Deel) -> str:
    ringen = _cirkels([(99, 'stroke-width="0.8" stroke-dasharray="4 3"'), (68, ""), (37, "")])
    assen = '<path d="M0 100H200M100 12V24M100 44V60M100 76V200" stroke="#666" stroke-dasharray="3 3"/>'
    ik = '<circle cx="100" cy="100" r="14" fill="#fff" stroke="#000" stroke-width="2"/>' + _woord(100, 102.5, "ik")
    ver = "".join(_woord(100, y, tekst, "middle", "normal", 6) for y, tekst in AFSTANDEN)
    hoeken = ((0, 8, "start"), (300, 8, "end"), (300, 188, "end"), (0, 188, "start"))
    namen = "".join(
        _woord(x, y, u.naam, anker) + _woord(x, y + 8, u.tekst, anker, "normal", 6)
        for (x, y, anker), u in zip(hoeken, deel.uitspraken, strict=False)
    )
    kaart = f'<g transform="translate(50 0)">{assen + ringen + ik + ver}</g>'
    return _svg(deel, kaart + namen, 300)


def _driehoek(deel: Deel) -> str:
    hoeken = ((60, 18), (240, 18), (150, 150))
    lijn = '<path d="M60 18H240L150 150Z" fill="none" stroke="#000" stroke-width="2"/>'
    namen = "".join(
        f'<rect x="{x - 45}" y="{y - 13}" width="90" height="26" rx="4" fill="#fff" stroke="#000"/>'
        + _woord(x, y + 5, u.naam, maat=14)
        for (x, y), u in zip(hoeken, deel.uitspraken, strict=False)
    )
    return _svg(deel, lijn + namen, 300, 170)


def _pijl(hoek: int) -> str:
    return (
        f'<svg viewBox="0 0 40 12" style="width: 9mm; transform: rotate({hoek}deg)" aria-hidden="true">'
        '<path d="M0 6H32" stroke="#000" stroke-width="2"/><path d="M30 1 40 6 30 11Z"/></svg>'
    )


def _kwadrant(deel: Deel) -> str:
    kwaliteit, valkuil, uitdaging, allergie = (f"<div>{_uitspraak(u)}</div>" for u in deel.uitspraken)
    return (
        f'<div class="kwadrant" style="height: {deel.hoogte}mm; width: 100%" role="group" '
        f'aria-label="{escape(deel.omschrijving)}">{kwaliteit}<p>{_pijl(0)}<br>te veel van het goede</p>{valkuil}'
        f"<p>{_pijl(-90)}het tegendeel</p><p></p><p>{_pijl(90)}het goede tegendeel</p>"
        f"{allergie}<p>{_pijl(180)}<br>te veel van het goede</p>{uitdaging}</div>"
    )


_FIGUREN = {"ringen": _ringen, "netwerk": _netwerk, "driehoek": _driehoek, "kwadrant": _kwadrant}


def _tekening(deel: Deel) -> str:
    return f'<div class="tekening">{_FIGUREN[deel.figuur](deel)}</div>'


_SOORTEN = {
    "tekst": _alineas,
    "vragen": _alineas,
    "lijnen": _alineas,
    "aankruislijst": _kruislijst,
    "tabel": _tabel,
    "tekening": _tekening,
}
