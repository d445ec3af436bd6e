"""The page before a talk: on the terminal, as one tagged A4 PDF, and as HTML to print. All three from one `Blad`."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from regiekit.domain.dagen import datum_text
from regiekit.domain.getal import short
from regiekit.domain.niveau import third
from regiekit.domain.voorbereiding import WEKEN, Gegevens, next_rapportage
from regiekit.errors import RegiekitError
from regiekit.render.html import html_page
from regiekit.render.pdf import HERE, compile_pdf, missing_glyph, plain
from regiekit.render.uitslag import direction_of, general_direction, moment, score_number, visible
from regiekit.render.zone import ZEKERHEID, advies_line, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from regiekit.domain.gespreksadvies import Gespreksadvies
    from regiekit.domain.signaal import Keuzeregels
    from regiekit.domain.uitslag import Schaaluitslag
    from regiekit.domain.vergelijking import Verschil
    from regiekit.render.document import Document

Soort = Literal["tekst", "letterlijk", "keuze", "punt", "vakje", "vraag", "letop", "leeg", "klein"]
LEEG = "nog niet ingevuld"
INGEKORT = " … [ingekort]"
GEEN_TEST = "Niet gevalideerd, geen normen: bedoeld voor het gesprek."
CONTEXT = 2  # factors on the page; the others stand with 'advies'
PLACES = {"laag": "aan de lage kant", "midden": "in het midden", "hoog": "aan de hoge kant"}
CHARACTERS, LINES = 88, 62  # of a line, and of a page with the smallest letters: a first guess, the template decides
LINES_HTML = 54  # a browser cannot be asked, so this one is careful
TE_LANG = "voorbereiding-te-lang"
OWN: tuple[Soort, ...] = ("letterlijk", "vakje", "keuze")  # what the coach or the client wrote: it has no known length


class Regel(NamedTuple):
    """One line of a block, and what kind of line it is."""

    soort: Soort
    tekst: str


class Blok(NamedTuple):
    """One block of the page."""

    id: str
    kop: str
    regels: tuple[Regel, ...]


class Blad(NamedTuple):
    """The whole page."""

    client: str | None
    datum: str | None
    blokken: tuple[Blok, ...]
    bron: str
    verzonnen: bool = False

    @property
    def wie(self) -> str | None:
        """The code, and that nobody is behind it where that is so."""
        return f"{self.client} (verzonnen)" if self.client and self.verzonnen else self.client


class Grens(NamedTuple):
    """How long a text of the coach may be on paper, and how many lines a list; the screen always shows everything.

    `krap`: what else may play a part goes too (never safety, room or support), and says where it stands.
    """

    tekens: int
    regels: int
    krap: bool = False


GRENZEN = (
    Grens(4000, 100),
    Grens(900, 12),
    Grens(450, 9),
    Grens(220, 7),
    Grens(130, 5),
    Grens(80, 3),
    Grens(60, 2),
    Grens(60, 2, True),
    Grens(60, 1, True),
)


class Losse(NamedTuple):
    """Two scale questions that open a talk: the last answers, when, what changed since the first time (`sinds`), and
    of which `lijst` they are: id, versie and hash."""

    schalen: Sequence[Schaaluitslag]
    wanneer: str
    lijst: str
    verschillen: Sequence[Verschil] = ()
    sinds: str = ""


def make_blad(
    gegevens: Gegevens, gesprek: Gespreksadvies, verschillen: Sequence[Verschil], sinds: str, regels: Keuzeregels,
    losse: Losse | None = None,
) -> Blad:  # fmt: skip
    """Put the blocks together; `sinds` names the first of several afnames."""
    blokken = (
        Blok("doel", "Doel van de cliënt", tuple(_doel(gegevens))),
        Blok("afspraken", "Open afspraken", tuple(_afspraken(gegevens))),
        Blok("scores", "Scores in woorden", (*_scores(gesprek, verschillen, sinds, losse), *_losse(losse))),
        Blok("sturing", "Sturing", tuple(_sturing(gesprek, gegevens))),
        Blok("techniek", "Eén techniek", (*_techniek(gesprek, regels), *_vorige(gegevens))),
        Blok("letten", "Waar op letten", tuple(_letten(gesprek))),
        Blok("rapportage", "Volgende rapportage", tuple(_rapportage(gegevens))),
    )
    if gesprek.situatie.crisis:  # safety is read first
        blokken = (blokken[5]._replace(kop="Eerst veiligheid"), *blokken[:5], blokken[6])
    datum = datum_text(gegevens.datum) if gegevens.datum else None
    return Blad(gegevens.client, datum, blokken, gesprek.geldt.herkomst, gegevens.verzonnen)


def _doel(gegevens: Gegevens) -> Iterator[Regel]:
    if not gegevens.doelen:
        yield Regel("leeg", LEEG)
    yield from (Regel("letterlijk", doel) for doel in gegevens.doelen)
    yield from (Regel("keuze", f"De cliënt koos: {keuze}") for keuze in gegevens.keuzes)


def _afspraken(gegevens: Gegevens) -> Iterator[Regel]:
    if not (gegevens.afspraken or gegevens.acties):
        yield Regel("leeg", "niets open" if gegevens.uit_dossier else LEEG)
    yield from (Regel("vakje", afspraak) for afspraak in gegevens.afspraken)
    yield from (Regel("vakje", f"De cliënt zou dit proberen: {actie}") for actie in gegevens.acties)
    if gegevens.acties:
        yield Regel("punt", "Vraag hoe dat ging. Niet gedaan? Dat is geen verwijt: zoek samen wat er tussen kwam.")
    if gegevens.uit_dossier and (gegevens.afspraken or gegevens.acties):
        yield Regel("klein", f"Hoe het afliep, zet je in het dossier: regiekit dossier opvolging {gegevens.client}.")


def _losse(losse: Losse | None) -> Iterator[Regel]:
    """The scale questions, each with its own direction: they run against each other and are never added up."""
    if losse is None:
        return
    changes = {v.schaal: v for v in losse.verschillen}
    for schaal in losse.schalen:
        change = changes.get(schaal.id)
        since = ""
        if change and change.van is not None:
            since = f" Vergeleken met {losse.sinds} ({short(change.van)}): {_conclusion(change)}"
        yield Regel("punt", f"{question_in_words(schaal, losse.wanneer)}{since}")


def question_in_words(schaal: Schaaluitslag, wanneer: str) -> str:
    """'Onzekerheid over het traject: 8 op 1–10 (hoger = meer onzekerheid), 2 maart 2026.'"""
    ends = f"{short(schaal.bodem)}–{short(schaal.top)}"
    said = "niet beantwoord" if schaal.score is None else f"{short(schaal.score)} op {ends} ({direction_of(schaal)})"
    return f"{schaal.naam}: {said}{f', {wanneer}' if wanneer else ''}."


def _vorige(gegevens: Gegevens) -> Iterator[Regel]:
    """What was used in the last talk."""
    vorige = gegevens.vorige
    if vorige and (vorige.sturing or vorige.technieken):
        used = [*vorige.technieken, *([f"je stuurde {vorige.sturing}"] if vorige.sturing else [])]
        yield Regel("klein", f"Vorige keer ({datum_text(vorige.datum)}): {', '.join(used)}.")


def _scores(
    gesprek: Gespreksadvies, verschillen: Sequence[Verschil], sinds: str, losse: Losse | None
) -> Iterator[Regel]:
    if gesprek.beoordeling is None:
        if losse is None:
            yield Regel("leeg", LEEG)
        else:
            yield Regel("klein", f"{GEEN_TEST} Vragenlijst {losse.lijst}.")
        return
    afname = gesprek.beoordeling.afname
    changes = {v.schaal: v for v in verschillen}
    if sinds:
        yield Regel("tekst", f"Vergeleken met {sinds} (de band is het verschil dat 'duidelijk' heet):")
    for schaal in gesprek.beoordeling.uitslag.schalen:
        yield Regel("punt", score_in_words(schaal) + _change(changes.get(schaal.id)))
    lijst, ends = afname.vragenlijst, afname.vragenlijst.antwoordschaal
    yield Regel(
        "klein",
        f"{GEEN_TEST} Lage kant, midden en hoge kant zijn derden van de "
        f"schaal, een keuze van regiekit. Een score is een gemiddelde, tenzij er som staat. "
        f"Vragenlijst {lijst.id}, versie {lijst.versie}, hash {afname.hash}"
        f"{f', {when}' if (when := moment(afname)) else ''}"
        f"{f'; de schaal {ends.min}–{ends.max} is een aanname' if ends.aanname else ''}.",
    )


def score_in_words(schaal: Schaaluitslag) -> str:
    """'Autonomie: aan de lage kant (2,2 op 1–5; 5 van 5 vragen).', or why there is no score."""
    if schaal.score is None:
        return f"{schaal.naam}: geen score, want {schaal.reden}."
    place = PLACES[third(schaal.som, schaal.laagste, schaal.hoogste)]
    value = score_number(schaal.score, schaal.regel, schaal.van)
    ends = f"{value} op {short(schaal.bodem)}–{short(schaal.top)}{', som' if schaal.regel == 'som' else ''}"
    answered = f"{schaal.beantwoord} van {schaal.van} {'vraag' if schaal.van == 1 else 'vragen'}"
    return f"{schaal.naam}: {place} ({ends}; {answered}; {general_direction(schaal.richting)})."


def _change(verschil: Verschil | None) -> str:
    if verschil is None:
        return ""
    found = _conclusion(verschil)
    return f" {found[:1].upper()}{found[1:]}"


def _conclusion(v: Verschil) -> str:
    """'duidelijk hoger (+1,6; band 1,0).', or why there is none; short, as the page is one page."""
    if v.conclusie is None or v.verschil is None or v.band is None:
        return f"geen conclusie, want {v.opmerking}."
    moved, band = (score_number(n, v.regel, v.gedeelde_vragen) for n in (v.verschil, v.band))
    room = f" Let op: {v.opmerking}." if v.opmerking and v.conclusie == "geen duidelijk verschil" else ""
    return f"{v.conclusie} ({'+' if v.verschil > 0 else ''}{moved}; band {band}).{room}"


def _sturing(gesprek: Gespreksadvies, gegevens: Gegevens) -> Iterator[Regel]:
    """Decision and advice; nothing is said where nothing is known."""
    niveau, besluit, seen = gesprek.niveau, gesprek.besluit, gesprek.niveau.waarneming
    if besluit:
        when = f" ({datum_text(besluit.datum)})" if besluit.datum else ""
        yield Regel("tekst", f"Jouw besluit{when}: regie {besluit.niveau}. De reden:")
        yield Regel("letterlijk", besluit.reden)
        if gegevens.besluit_toen:
            yield Regel("tekst", f"Toen je dat besloot, gaven de bronnen: {' of '.join(gegevens.besluit_toen)}.")
    if gesprek.situatie.crisis:
        yield Regel("tekst", "Nu geen sturing kiezen: eerst veiligheid.")
        return
    if not besluit and niveau.zekerheid == "onbekend" and not seen:
        yield Regel("leeg", LEEG)
        return
    named = "; ".join(f"{name}: {text}" for name, text in sources(niveau)).capitalize()
    label = "Zonder jouw besluit" if besluit else "Niveau"
    label = f"{label} zou het nu zijn" if besluit and gegevens.uit_dossier else label
    yield Regel("tekst", f"{label}: {niveau.waarde or 'geen niveau'} ({ZEKERHEID[niveau.zekerheid]}). {named}.")
    nu = gesprek.situatie.sturing_nu
    yield Regel("tekst", f"{advies_line(gesprek.geldt)}. {gesprek.geldt.reden}{f' Nu stuur je {nu}.' if nu else ''}")


def _techniek(gesprek: Gespreksadvies, regels: Keuzeregels) -> Iterator[Regel]:
    keus = gesprek.keus
    if gesprek.situatie.crisis:
        yield Regel("tekst", "Nu geen techniek.")
        return
    if keus.technieken:
        first = keus.technieken[0]
        yield Regel("tekst", f"{first.naam}. {first.reden}")
    else:
        yield Regel("tekst", "Nu geen techniek: sluit eerst aan.")
    for note in gesprek.opmerkingen:
        if note.code == "techniek-bij-strak" and note.tekst.startswith(keus.technieken[0].naam):
            yield Regel("tekst", note.tekst)
    yield from (Regel("vraag", vraag) for vraag in keus.vragen_bij_een)
    yield Regel("klein", regels.iets_anders.tekst)


def _letten(gesprek: Gespreksadvies) -> Iterator[Regel]:
    """Safety, room and support, notes about the answers, and what else may play a part."""
    unknown = gesprek.niveau_geldt.zekerheid == "onbekend"  # then no style stands on the page
    yield from (Regel("letop", n.tekst) for n in gesprek.geldt.let_op if not (unknown and n.code == "strak-tijdelijk"))
    if gesprek.situatie.crisis:
        return
    shown = ("rechte-lijn", "botsing", "volgorde-onbekend", "volgorde", "eerst-ruimte", "signalen-twee-kanten",
             "niet-losser")  # fmt: skip
    yield from (Regel("letop", n.tekst) for n in gesprek.opmerkingen if n.code in shown)
    if refused := gesprek.keus.past_nu_niet:
        more = f" Ook nu niet: {', '.join(r.naam for r in refused[1:])}." if refused[1:] else ""
        yield Regel("letop", f"{refused[0].naam} nu niet. {refused[0].reden}{more}")
    situatie = gesprek.situatie
    if not (situatie.rouwt or situatie.belast):
        yield Regel("punt", "Rouw, overbelasting of crisis: niet aangegeven.")
    yield from (Regel("punt", c.vraag) for c in gesprek.keus.contextfactoren[:CONTEXT])


def _rapportage(gegevens: Gegevens) -> Iterator[Regel]:
    found = next_rapportage(gegevens)
    if found.datum is None and gegevens.afgesloten:
        yield Regel("tekst", f"Het traject is afgesloten op {datum_text(gegevens.afgesloten)}.")
        return
    if found.datum is None:
        yield Regel("leeg", f"{LEEG}. Vuistregel: elke {WEKEN} weken, tenzij jullie iets anders afspraken.")
        return
    why = ""
    if found.berekend and not gegevens.laatste_rapportage and gegevens.begin:
        why = f", {gegevens.weken} weken na het begin van het traject ({datum_text(gegevens.begin)}); controleer dit"
    elif found.berekend and gegevens.laatste_rapportage:
        why = f", {gegevens.weken} weken na de laatste ({datum_text(gegevens.laatste_rapportage)}); controleer dit"
    yield Regel("tekst", f"Op {datum_text(found.datum)}{why}.{_days(found.dagen)}")
    if found.voor_de_vorige:
        yield Regel("letop", "De volgende rapportage ligt niet na de vorige: controleer de twee data.")


def _days(dagen: int | None) -> str:
    """How far that is from the talk, which is not always today."""
    if not dagen:
        return "" if dagen is None else " Dat is op de dag van het gesprek."
    count = f"{abs(dagen)} {'dag' if abs(dagen) == 1 else 'dagen'}"
    return f" Let op: dat is {count} voor het gesprek." if dagen < 0 else f" Dat is {count} na het gesprek."


# Screen and JSON ------------------------------------------------------------------------------------------------------


def title_of(blad: Blad) -> str:
    """'Voorbereiding gesprek, cliënt R-021, 2 maart 2026'."""
    known = (blad.wie and f"cliënt {blad.wie}", blad.datum)
    return ", ".join(["Voorbereiding gesprek", *(k for k in known if k)])


def render_blad(blad: Blad) -> Iterator[RenderableType]:
    """The page on the terminal: complete, nothing shortened."""
    from regiekit.render.parts import bullet, heading, paragraph

    marks = {"punt": "-", "keuze": "-", "vakje": "[ ]", "letop": "!", "vraag": "-"}
    yield paragraph(title_of(blad), style="bold")
    for blok in blad.blokken:
        yield heading(blok.kop)
        for soort, tekst in blok.regels:
            shown = f"“{visible(tekst)}”" if soort in ("vraag", "letterlijk") else visible(tekst)
            if soort in marks:
                yield bullet(shown, mark=marks[soort])
            else:
                yield paragraph(shown, 2, "dim" if soort in ("klein", "leeg") else "")
    yield paragraph("")
    yield paragraph(f"Bron: {blad.bron}", style="dim")
    yield paragraph("Op papier, met ruimte om te schrijven: zet er --print bij.", style="dim")


def json_blad(blad: Blad, rapportage: str | None) -> dict[str, object]:
    """`voorbereiding --json`."""
    blokken = [{"id": b.id, "naam": b.kop, "regels": [r._asdict() for r in b.regels]} for b in blad.blokken]
    return {"client": blad.client, "datum": blad.datum, "rapportage": rapportage, "blokken": blokken, "bron": blad.bron}


def document_of(blad: Blad) -> Document:
    """All that the page says, as a document of blocks, to be checked before it is written."""
    from regiekit.render.document import Alinea, Document, Kop

    blokken: list[Kop | Alinea] = []
    for blok in blad.blokken:
        blokken += [Kop(blok.kop), *(Alinea(regel.tekst) for regel in blok.regels)]
    return Document(title_of(blad), blad.bron, tuple(blokken))


# Paper ----------------------------------------------------------------------------------------------------------------


class Papier(NamedTuple):
    """A page that fits, the template's input for it, and the blocks in which something was shortened."""

    blad: Blad
    ingekort: tuple[str, ...]


def shorten_blad(blad: Blad, grens: Grens) -> Papier:
    """Texts and lists of the coach cut off where the page needs it, always visibly."""
    blokken = tuple(_shorten_blok(blok, grens) for blok in blad.blokken)
    if grens.krap:
        more = Regel("klein", "Meer om na te gaan, en de bron voluit: regiekit advies.")
        blokken = tuple(
            b._replace(regels=(*(r for r in b.regels if r.soort != "punt"), more)) if b.id == "letten" else b
            for b in blokken
        )
        blad = blad._replace(bron=". ".join(blad.bron.split(". ")[:2]).rstrip(".") + ".")
    changed = tuple(new.kop for old, new in zip(blad.blokken, blokken, strict=True) if old != new)
    return Papier(blad._replace(blokken=blokken), changed)


def _shorten_blok(blok: Blok, grens: Grens) -> Blok:
    kept, counts = [], dict.fromkeys(OWN, 0)
    for regel in blok.regels:
        if regel.soort in counts:
            counts[regel.soort] += 1
            if counts[regel.soort] == grens.regels + 1:
                left_out = sum(r.soort == regel.soort for r in blok.regels) - grens.regels
                more = f"… en nog {left_out} [ingekort]; de hele lijst staat op het scherm."
                kept.append(Regel("punt", more))
            if counts[regel.soort] > grens.regels:
                continue
            regel = regel._replace(tekst=_cut(regel.tekst, grens.tekens))
        kept.append(regel)
    return blok._replace(regels=tuple(kept))


def _cut(tekst: str, tekens: int) -> str:
    return tekst if len(tekst) <= tekens else tekst[:tekens].rsplit(" ", 1)[0].rstrip(",;:. ") + INGEKORT


def render_blad_pdf(blad: Blad) -> tuple[bytes, tuple[str, ...]]:
    """One A4 page, and the blocks that had to be shortened; texts get shorter until it fits."""
    for grens in GRENZEN[GRENZEN.index(likely_grens(blad)) :]:
        papier = shorten_blad(blad, grens)
        try:
            pdf = compile_pdf(HERE / "voorbereiding.typ", make_inputs(papier.blad), "de voorbereiding", _clear_error)
        except TeLangError:
            continue
        return pdf, papier.ingekort
    raise RegiekitError(
        "de voorbereiding past niet op één bladzijde: er speelt te veel tegelijk. "
        "Lees haar zonder --print, of kies --uit blad.html"
    )


def likely_grens(blad: Blad, room: int = LINES) -> Grens:
    """The first limit with which the page may fit, by counting lines: to make a page that is too long takes time."""

    def lines(grens: Grens) -> float:
        blokken = shorten_blad(blad, grens).blad.blokken
        return sum(max(2, sum(-(-len(r.tekst) // CHARACTERS) for r in b.regels)) + 0.7 for b in blokken)

    return next((g for g in GRENZEN if lines(g) <= room), GRENZEN[-1])


class TeLangError(RegiekitError):
    """The page is full, even with the smallest letters."""


def _clear_error(message: str) -> RegiekitError | None:
    if TE_LANG in message:
        return TeLangError("de voorbereiding past niet op één bladzijde")
    if glyph := missing_glyph(message):
        return RegiekitError(
            f"het teken {glyph.genoemd} kan niet gedrukt worden; haal het weg of schrijf het in woorden"
        )
    return None


def make_inputs(blad: Blad) -> dict[str, str]:
    """What the template reads: texts only, never markup; lines of one kind stand together."""
    blokken = [
        {"kop": b.kop, "groepen": [{"soort": s, "teksten": t} for s, t in group_regels(b.regels)]} for b in blad.blokken
    ]
    data = {"titel": title_of(blad), "client": blad.wie, "datum": blad.datum, "blokken": blokken, "bron": blad.bron}
    return {"blad": json.dumps(data)}


def group_regels(regels: Iterable[Regel]) -> list[tuple[Soort, list[str]]]:
    """Lines of one kind after each other, as one list."""
    return [(soort, [plain(r.tekst) for r in lines]) for soort, lines in groupby(regels, key=lambda r: r.soort)]


def render_blad_html(blad: Blad) -> str:
    """The page as one HTML file that needs nothing beside it; it prints on A4."""
    blad = shorten_blad(blad, likely_grens(blad, LINES_HTML)).blad
    sections = "\n".join(
        f'<section id="{b.id}"><h2>{escape(b.kop)}</h2><div>'
        f"{''.join(map(_html, group_regels(b.regels)))}</div></section>"
        for b in blad.blokken
    )
    body = f"""<main>
<header><h1>Voorbereiding gesprek</h1><p>Cliënt: {escape(blad.wie or "……………")}</p>
<p>Gesprek op: {escape(blad.datum or "……………")}</p></header>
{sections}
<section id="notities"><h2>Ruimte om te schrijven</h2><div><p>{"<span></span>" * 24}</p></div></section>
<footer>Bron: {escape(blad.bron)}</footer>
</main>"""
    return html_page(title_of(blad), "voorbereiding.css", body)


def _html(group: tuple[Soort, list[str]]) -> str:
    soort, texts = group
    if soort in ("punt", "keuze", "vakje", "vraag", "letop"):
        quote = ("“", "”") if soort == "vraag" else ("", "")
        return f'<ul class="{soort}">{"".join(f"<li>{quote[0]}{escape(t)}{quote[1]}</li>" for t in texts)}</ul>'
    return "".join(f'<p class="{soort}">{escape(f"“{t}”" if soort == "letterlijk" else t)}</p>' for t in texts)
