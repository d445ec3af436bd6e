"""A vragenlijst on paper: tagged A4 as a PDF, or the same as printable HTML.

Both come from the same `Papier`. Every vraag looks alike: number, sentence, boxes with their words, and apart from
those the three ways to skip it. Nothing tells which schaal a vraag belongs to or whether it counts reversed.
"""

from __future__ import annotations

import json
import re
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.formulier import NEDERLANDS
from regiekit.domain.papiercode import make_papiercode
from regiekit.errors import RegiekitError
from regiekit.render.html import html_page
from regiekit.render.pdf import HERE, NoPdfLibrary, compile_pdf, missing_glyph, plain

if TYPE_CHECKING:
    from regiekit.domain.formulier import Formulier, Formuliervraag, Keuze

TEMPLATE = HERE / "papier.typ"
QR_EDGE = 4  # white modules around a QR, as its standard asks
MODULE = 0.9  # millimeters for each module of the QR
LINES = 5  # to write on, under an open vraag
BETWEEN = ", "  # the parts of the footer
# In Dutch on every form, since it is for the coach and not for the client.
COACH = (
    "Coach: typ deze opdracht over op je computer. In de QR-code staat dezelfde code (voor een scanner die aan de "
    "computer zit)."
)
OPDRACHT = "regiekit vragenlijst invullen"


class NoLetters(NoPdfLibrary):
    """No font of regiekit has a character of this form; a browser, which has the fonts of the machine, often does."""

    def __init__(self, genoemd: str) -> None:
        RegiekitError.__init__(
            self,
            f"het teken {genoemd} zit niet in de letters van regiekit, dus een pdf kan niet. Het wordt HTML: open die "
            "in je browser, kijk of je elk teken ziet, en print daar",
        )


class Vak(NamedTuple):
    """A box to tick with its words (which may be empty); `getal` is for who types the answers over."""

    getal: str
    tekst: str


class Papiervraag(NamedTuple):
    """A vraag on paper; with `rij` the boxes stand side by side, with words under both ends only."""

    nummer: int
    tekst: str
    rij: bool
    vakken: list[Vak]


class Papier(NamedTuple):
    """Everything that stands on the sheets; `teksten` are those of the language, filled in (`Papierteksten`)."""

    taal: str
    richting: str
    groot: bool
    titel: str
    boven: list[str]
    uitleg: list[tuple[str, str]]
    teksten: dict[str, str]
    client: str
    coach: str
    opdracht: list[list[str]]
    qr: str
    qr_maat: float
    vragen: list[Papiervraag]
    overslaan: list[str]
    open_kop: str
    open_vragen: list[Papiervraag]
    regels: int
    voet: str


def make_papier(formulier: Formulier, *, groot: bool = False) -> Papier:
    """What stands on paper for one form; `groot` is large print."""
    teksten = formulier.teksten
    code = make_papiercode(formulier)
    qr, qr_maat = make_qr(code)
    eigen = _papierteksten(formulier, code)
    voet = [eigen["voet_lijst"], *([eigen["voet_moment"]] if formulier.meetmoment else [])]
    return Papier(
        taal=formulier.taal,
        richting=teksten.richting,
        groot=groot,
        titel=plain(formulier.naam),
        boven=[plain(t) for t in (teksten.vertaald, formulier.toestemming and teksten.toestemming) if t],
        uitleg=[(plain(a.kop), plain(a.tekst)) for a in teksten.uitleg],
        teksten=eigen,
        client=formulier.client or "",
        coach=COACH,
        opdracht=make_opdracht(formulier),
        qr=qr,
        qr_maat=qr_maat,
        vragen=[_vraag(n, vraag) for n, vraag in enumerate(formulier.vragen, 1)],
        overslaan=[plain(tekst) for tekst in vars(teksten.overslaan).values()],
        open_kop=plain(teksten.open_kop),
        open_vragen=[
            Papiervraag(n, plain(vraag.tekst), rij=False, vakken=[])
            for n, vraag in enumerate(formulier.open_vragen, len(formulier.vragen) + 1)
        ],
        regels=LINES,
        voet=BETWEEN.join(voet),
    )


def _papierteksten(formulier: Formulier, code: str) -> dict[str, str]:
    """The texts of paper, filled in but for the number of the page."""
    values = {
        **vars(formulier.teksten.overslaan),
        "code": code,
        "lijst": formulier.vragenlijst,
        "versie": formulier.versie,
        "moment": formulier.meetmoment or "",
    }
    return {naam: plain(_filled(tekst, values)) for naam, tekst in vars(formulier.teksten.papier).items()}


def _filled(tekst: str, values: dict[str, str]) -> str:
    """A text with its places filled in; a place that it does not know stays as it is."""
    for naam, value in values.items():
        tekst = tekst.replace(f"{{{naam}}}", value)
    return tekst


def _vraag(nummer: int, vraag: Formuliervraag) -> Papiervraag:
    """In a row when no answer between the first and the last has words."""
    first, *inner, last = vraag.keuzes
    rij = not any(k.label for k in inner) and (bool(inner) or not (first.label or last.label))
    return Papiervraag(nummer, plain(vraag.tekst), rij, [_vak(k) for k in vraag.keuzes])


def _vak(keuze: Keuze) -> Vak:
    return Vak(str(keuze.waarde).replace("-", "\u2212"), plain(keuze.label))


def make_opdracht(formulier: Formulier) -> list[list[str]]:
    """The command to type this sheet over, word by word; a line ends in a word only where it is wider than the sheet,
    and then between its parts."""
    parts = f'"{make_papiercode(formulier)}"'.replace(":", ":\n").replace("@", "@\n").split("\n")
    taal = [] if formulier.taal == NEDERLANDS else ["--taal", formulier.taal]
    training = [] if formulier.training else ["--zonder-training"]
    toestemming = ["--ik-heb-toestemming"] if formulier.toestemming else []
    after = ["--snel", *taal, *training, *toestemming]
    return [*([word] for word in OPDRACHT.split()), parts, *([word] for word in after)]


def make_qr(code: str) -> tuple[str, float]:
    """A text as a QR in SVG, and how wide that is to be printed, in millimeters with its white edge."""
    import segno

    made, out = segno.make(code, error="m", micro=False), BytesIO()
    made.save(out, kind="svg", border=QR_EDGE, light="#fff", omitsize=True, xmldecl=False, nl=False)
    return out.getvalue().decode(), made.symbol_size(border=QR_EDGE)[0] * MODULE


# --- as a PDF --------------------------------------------------------------------------------------------------------


def render_papier_pdf(papier: Papier) -> bytes:
    """PDF/UA-1 and PDF/A-2a at once; the same input gives the same bytes. NoLetters when a character has no font."""
    return compile_pdf(TEMPLATE, {"papier": json.dumps(_data(papier))}, "de vragenlijst", _clear_error)


def _data(value: object) -> object:
    """A named tuple as a dictionary, all the way down."""
    if hasattr(value, "_asdict"):
        return {naam: _data(inhoud) for naam, inhoud in value._asdict().items()}
    return [_data(item) for item in value] if isinstance(value, list) else value


def _clear_error(message: str) -> RegiekitError | None:
    glyph = missing_glyph(message)
    return NoLetters(glyph.genoemd) if glyph else None


# --- as HTML ---------------------------------------------------------------------------------------------------------

VAKJE = '<span class="vakje"></span>'
KRUIS = (
    '<svg viewBox="0 0 10 10" aria-hidden="true"><path d="M2 2 8 8M8 2 2 8" stroke="#000" stroke-width="1.6"/></svg>'
)
TEKENS = (VAKJE.replace("</", f"{KRUIS}</"), VAKJE.replace("vakje", "vakje zwart"), VAKJE)
STREEP = '<span class="streep"></span>'


def render_papier_html(papier: Papier) -> str:
    """The same sheets as one HTML file that needs nothing beside it."""
    t = papier.teksten
    uitleg = "".join(f"<h2>{escape(kop)}</h2><p>{escape(tekst)}</p>" for kop, tekst in papier.uitleg)
    tekens = zip(TEKENS, (t["kruis_aan"], t["verbeter"], t["sla_over"]), strict=True)
    regels = "".join(f"<li>{teken}{escape(tekst)}</li>" for teken, tekst in tekens)
    vragen = [_html_vraag(vraag, papier) for vraag in papier.vragen]
    open_vragen = [_html_open(vraag, papier.regels) for vraag in papier.open_vragen]
    last = open_vragen or vragen
    last[-1] = last[-1].removesuffix("</section>") + f"<p><strong>{escape(t['slot'])}</strong></p></section>"
    body = [
        f'<main class="{"groot" if papier.groot else "gewoon"}">',
        _html_kop(papier),
        f"{uitleg}<p><strong>{escape(t['bewaren'])}</strong></p>",
        _html_coach(papier),
        f'<section><h2>{escape(t["invullen_kop"])}</h2><ul class="zo">{regels}</ul></section>',
        f"<h2>{escape(t['vragen_kop'])}</h2>",
        *vragen,
        f'<h2>{escape(papier.open_kop)}</h2><p class="bij">{escape(t["open_uitleg"])}</p>' if open_vragen else "",
        *open_vragen,
        "</main>",
    ]
    return html_page(
        papier.titel,
        "papier.css",
        "\n".join(body),
        taal=papier.taal,
        richting=papier.richting,
        own_css=_html_voet(papier),
    )


def _html_kop(papier: Papier) -> str:
    t = papier.teksten
    code = f"<strong>{escape(papier.client)}</strong>" if papier.client else f"{STREEP} ({escape(t['code_leeg'])})"
    boven = "".join(f"<p>{escape(tekst)}</p>" for tekst in papier.boven)
    return (
        f"<h1>{escape(papier.titel)}</h1>{boven}"
        f'<p class="kop"><span>{escape(t["code"])}: {code}</span> <span>{escape(t["datum"])}: {STREEP}</span></p>'
    )


def _html_coach(papier: Papier) -> str:
    t = papier.teksten
    words = ("<wbr>".join(escape(part) for part in word) for word in papier.opdracht)
    opdracht = " ".join(f"<span>{word}</span>" for word in words)
    return (
        f'<section class="coach"><div class="qr" role="img" aria-label="{escape(t["qr_alt"])}" '
        f'style="width: {papier.qr_maat:g}mm">{papier.qr}</div><div><h2>{escape(t["coach_kop"])}</h2>'
        f'<p>{escape(t["coach"])}</p><p lang="nl" dir="ltr">{escape(papier.coach)}</p></div>'
        f'<p class="opdracht" lang="nl" dir="ltr">{opdracht}</p></section>'
    )


def _html_zin(vraag: Papiervraag) -> str:
    return f"<h3>{vraag.nummer}. {escape(vraag.tekst)}</h3>"


def _html_vraag(vraag: Papiervraag, papier: Papier) -> str:
    redenen = "".join(f"<li>{VAKJE}{escape(tekst)}</li>" for tekst in papier.overslaan)
    overslaan = f'<div class="overslaan"><p>{escape(papier.teksten["overslaan_kop"])}</p><ul>{redenen}</ul></div>'
    antwoorden = _html_rij(vraag.vakken) if vraag.rij else _html_lijst(vraag.vakken)
    vorm = "rij" if vraag.rij else "lijst"
    return f'<section class="vraag {vorm}">{_html_zin(vraag)}<div>{antwoorden}{overslaan}</div></section>'


def _html_lijst(vakken: list[Vak]) -> str:
    items = "".join(f"<li>{VAKJE}<small>{vak.getal}</small><span>{escape(vak.tekst)}</span></li>" for vak in vakken)
    return f'<ul class="antwoorden">{items}</ul>'


def _html_rij(vakken: list[Vak]) -> str:
    items = "".join(f"<li>{VAKJE}<span>{vak.getal}</span></li>" for vak in vakken)
    eind = f"<span>{escape(vakken[0].tekst)}</span><span>{escape(vakken[-1].tekst)}</span>"
    return f'<div><ul class="antwoorden">{items}</ul><p class="eind">{eind}</p></div>'


def _html_open(vraag: Papiervraag, regels: int) -> str:
    lines = f'<div class="regels" aria-hidden="true">{"<span></span>" * regels}</div>'
    return f'<section class="vraag">{_html_zin(vraag)}{lines}</section>'


def _html_voet(papier: Papier) -> str:
    """What a browser prints at the foot of each page: which form it is, and the number of the page."""
    t = papier.teksten
    links = BETWEEN.join([papier.voet, f"{t['voet_code']} {papier.client or '_' * 12}"])
    rechts = " ".join(
        {"{n}": "counter(page)", "{totaal}": "counter(pages)"}.get(part) or _css(part)
        for part in re.split(r"(\{n\}|\{totaal\})", t["bladzijde"])
    )
    letter = "12pt" if papier.groot else "10pt"
    places = (("bottom-left", _css(links)), ("bottom-right", rechts))
    margins = (f"@{place} {{ content: {content}; font: {letter} sans-serif }}" for place, content in places)
    return f"@page {{ {' '.join(margins)} }}\n"


def _css(tekst: str) -> str:
    """A text as a string of CSS that cannot end it, nor the style sheet."""
    return '"' + "".join(c if c.isalnum() or c in " ,._-" else f"\\{ord(c):x} " for c in tekst) + '"'
