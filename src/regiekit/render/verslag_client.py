"""The verslag for the client: in plain words, without a score, and it ends in questions to talk about.

All that it says itself stands in `TEKSTEN`; the rest are the words of the client and of the talks.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from regiekit.domain.dagen import datum_text
from regiekit.render.dagen import wie_en_wanneer
from regiekit.render.document import Alinea, Beeld, Document, Kop, Letterlijk, Lijst, Tabel
from regiekit.render.verslag import plain, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.verslag import Antwoorden, Clientverslag, Getalvraag, Lijstje, Opgevolgd

    Blok = Kop | Alinea | Lijst | Tabel | Letterlijk | Beeld

TEKSTEN = {
    "titel": "Jouw traject tot nu toe",
    "onder": "Code {code}. Dit gaat over {van} tot en met {tot}.",
    "intro": "Dit verslag is voor jou. Je leest wat je wilde, wat je koos en wat jullie deden. Klopt er iets niet? Zeg "
    "het tegen je coach.",
    "leeg": "Hier is nog niets ingevuld.",
    "doelen": "Wat jij wilt bereiken",
    "doelen-leeg": "Dit is nog niet ingevuld. Wat wil jij bereiken? Praat er samen over.",
    "keuzes": "Wat jij hebt gekozen",
    "gesprekken": "Wat jullie deden",
    "gesprekken-leeg": "Er staan hier nog geen gesprekken.",
    "dag": "Dag",
    "gedaan": "Wat jullie deden",
    "gedaan-leeg": "Dit is nog niet ingevuld.",
    "niet-door": "Dit gesprek ging niet door.",
    "afspraken": "Wat jullie afspraken",
    "afspraken-leeg": "Er staan hier nog geen afspraken.",
    "proberen": "Wat jij wilde proberen",
    "proberen-leeg": "Hier staat nog niets. Wat wil je als eerste proberen?",
    "wat": "Wat",
    "wie": "Wie en wanneer",
    "hoe": "Hoe het ging",
    "uitkomst-gedaan": "Gedaan",
    "uitkomst-niet-gedaan": "Niet gedaan, en dat mag",
    "uitkomst-vervallen": "Niet meer nodig",
    "uitkomst-open": "Nog open",
    "lijstje": "Jouw lijst van {dag}",
    "obstakels": "Dit kon er volgens jou tussen komen:",
    "gekozen": "Hier ging je mee verder:",
    "oplossingen": "Dit bedacht je zelf:",
    "actie": "Dit koos je om te doen:",
    "actie-dag": "Je koos daarvoor {dag}.",
    "antwoorden": "Jouw antwoorden op de vragen",
    "geen-test": "Deze vragen zijn geen test. Er zijn ook geen cijfers van anderen om je antwoorden naast te leggen. "
    "Elk antwoord is goed. Jullie gesprek telt meer.",
    "andere-vragen": "Deze vragen zijn anders dan die hierboven. Een ander antwoord kan dus door de vraag komen. "
    "Daarom staan ze apart.",
    "twee-keer": "Je vulde de vragen in op {eerste}, en weer op {laatste}.",
    "een-keer": "Je vulde de vragen in op {laatste}. Dit koos je:",
    "veranderd": "Bij deze vragen koos je de laatste keer iets anders:",
    "niets-veranderd": "Waar je twee keer antwoord gaf, koos je weer hetzelfde.",
    "andere-beantwoord": "Je gaf steeds bij andere vragen antwoord. Dit koos je de laatste keer:",
    "gelijk": "Bij deze vragen koos je weer hetzelfde:",
    "vraag": "Vraag",
    "eerst": "Eerst koos je",
    "nu": "Nu koos je",
    "beide": "Jij koos",
    "antwoorden-leeg": "Hier staan nog geen antwoorden van jou.",
    "getalvragen": "Vragen met een cijfer",
    "richting": "Zo lees je dit: {betekenis}.",
    "getal-alt": "Je kon kiezen van {laagste} tot en met {hoogste}. {punten}",
    "getal-punt": "Op {dag} koos je {getal}.",
    "open": "Wat jij zelf opschreef",
    "open-vraag": "{vraag} ({dag})",
    "praten": "Om samen over te praten",
    "volgende": "Jullie spreken elkaar weer op {dag}.",
    "praat-doelen": "Passen je doelen nog bij wat je nu wilt?",
    "praat-geen-doelen": "Wat wil jij bereiken met dit traject?",
    "praat-veranderd": "Je koos iets anders bij: '{vraag}' Wat is er gebeurd?",
    "praat-open": "Hoe gaat het met: '{wat}'?",
    "praat-gedaan": "Wat ging goed, en wat deed jij daarvoor?",
    "praat-niet-gedaan": "Wat kwam ertussen, en wat heb je nu nodig?",
    "praat-keuze": "Wat wil je zelf kiezen: tempo, volgorde, dag of vorm?",
    "praat-coach": "Wat kan je coach anders doen, zodat het beter bij je past?",
    "alles": "Dit verslag is een keuze uit wat er over jou bewaard is. Wil je alles lezen? Vraag het aan je coach. Je "
    "krijgt dan ook de notities van je coach.",
}
_CLIENT, _COACH = r"\b(?:de )?cli[ëe]nt\b", r"\b(?:de )?coach\b"
PRAAT_MEEST = 2  # questions of one kind
PUNTEN_MEEST = 8  # days in one picture


def client_document(verslag: Clientverslag) -> Document:
    """What the client reads."""
    van, tot = map(datum_text, verslag.periode)
    onder = TEKSTEN["onder"].format(code=verslag.code, van=van, tot=tot)
    return Document(TEKSTEN["titel"], onder, tuple(_blokken(verslag)), lopend=running(verslag.verzonnen))


def json_client(verslag: Clientverslag) -> dict[str, Any]:
    """The same as plain values, and what the answers are not."""
    told = [TEKSTEN["geen-test"]] if verslag.antwoorden or verslag.getalvragen else []
    return {"voor": "client", **plain(verslag), "opmerkingen": told}


def _blokken(verslag: Clientverslag) -> Iterator[Blok]:
    yield Alinea(TEKSTEN["intro"])
    yield Kop(TEKSTEN["doelen"])
    yield from map(Letterlijk, verslag.doelen)
    if not verslag.doelen:
        yield Alinea(TEKSTEN["doelen-leeg"])
    yield Kop(TEKSTEN["keuzes"])
    yield Lijst(verslag.keuzes) if verslag.keuzes else Alinea(TEKSTEN["leeg"])
    yield Kop(TEKSTEN["gesprekken"])
    yield _talks(verslag)
    yield Kop(TEKSTEN["afspraken"])
    agreed = [p for p in verslag.punten if p.soort == "afspraak"]
    yield _points(agreed) if agreed else Alinea(TEKSTEN["afspraken-leeg"])
    yield Kop(TEKSTEN["proberen"])
    tried = [p for p in verslag.punten if p.soort != "afspraak"]
    yield _points(tried) if tried else Alinea(TEKSTEN["proberen-leeg"])
    for lijstje in verslag.lijstjes:
        yield from _list(lijstje)
    yield from _answers(verslag)
    yield from _numbers(verslag)
    yield from _written(verslag)
    yield from _talk_about(verslag)


def _talks(verslag: Clientverslag) -> Blok:
    rows = tuple(
        (datum_text(g.datum), g.gedaan or TEKSTEN["gedaan-leeg" if g.aanwezig == "ja" else "niet-door"])
        for g in verslag.gesprekken
    )
    return Tabel((TEKSTEN["dag"], TEKSTEN["gedaan"]), rows, (5, 14)) if rows else Alinea(TEKSTEN["gesprekken-leeg"])


def _points(punten: list[Opgevolgd]) -> Tabel:
    rows = tuple((p.wat, spoken_to(wie_en_wanneer(p)), _how(p)) for p in punten)
    return Tabel((TEKSTEN["wat"], TEKSTEN["wie"], TEKSTEN["hoe"]), rows, (7, 5, 7))


def spoken_to(wie: str) -> str:
    """'de cliënt, deze week' as the client reads it: 'jij, deze week'; 'coach en cliënt' becomes 'jij en je coach'."""
    for pattern, read in ((rf"^{_COACH} en {_CLIENT}|^{_CLIENT} en {_COACH}", "jij en je coach"),
                          (rf"(?<!je ){_COACH}", "je coach"), (_CLIENT, "jij")):  # fmt: skip
        wie = re.sub(pattern, read, wie, flags=re.IGNORECASE)
    return wie


def _how(punt: Opgevolgd) -> str:
    outcome = TEKSTEN[f"uitkomst-{punt.uitkomst or 'open'}"]
    return f"{outcome}\n{punt.toelichting}" if punt.toelichting else outcome


def _list(lijstje: Lijstje) -> Iterator[Blok]:
    yield Kop(TEKSTEN["lijstje"].format(dag=datum_text(lijstje.datum)))
    chosen, action = [(part,) if part else () for part in (lijstje.gekozen, lijstje.actie)]
    parts = (("obstakels", lijstje.obstakels), ("gekozen", chosen), ("oplossingen", lijstje.oplossingen),
             ("actie", action))  # fmt: skip
    for name, punten in parts:
        if punten:
            yield Alinea(TEKSTEN[name])
            yield Lijst(punten)
    if lijstje.actie and lijstje.wanneer:
        yield Alinea(TEKSTEN["actie-dag"].format(dag=datum_text(lijstje.wanneer)))


def _answers(verslag: Clientverslag) -> Iterator[Blok]:
    yield Kop(TEKSTEN["antwoorden"])
    yield Alinea(TEKSTEN["geen-test" if verslag.antwoorden or verslag.getalvragen else "antwoorden-leeg"])
    for place, antwoorden in enumerate(verslag.antwoorden):
        if place:
            yield Alinea(TEKSTEN["andere-vragen"])
        yield from _answers_of(antwoorden)


def _answers_of(antwoorden: Antwoorden) -> Iterator[Blok]:
    laatste = datum_text(antwoorden.laatste)
    if antwoorden.eerste is None:
        yield Alinea(TEKSTEN["een-keer"].format(laatste=laatste))
        yield _chosen(antwoorden)
        return
    yield Alinea(TEKSTEN["twee-keer"].format(eerste=datum_text(antwoorden.eerste), laatste=laatste))
    if not (antwoorden.veranderd or antwoorden.gelijk):
        yield Alinea(TEKSTEN["andere-beantwoord"])
        yield _chosen(antwoorden)
        return
    yield Alinea(TEKSTEN["veranderd" if antwoorden.veranderd else "niets-veranderd"])
    if antwoorden.veranderd:
        moved = tuple((a.vraag, a.eerst or "", a.nu) for a in antwoorden.veranderd)
        yield Tabel((TEKSTEN["vraag"], TEKSTEN["eerst"], TEKSTEN["nu"]), moved, (8, 5, 5))
    if antwoorden.gelijk:
        yield Alinea(TEKSTEN["gelijk"])
        stayed = tuple((a.vraag, a.nu) for a in antwoorden.gelijk)
        yield Tabel((TEKSTEN["vraag"], TEKSTEN["beide"]), stayed, (8, 10))


def _chosen(antwoorden: Antwoorden) -> Tabel:
    return Tabel((TEKSTEN["vraag"], TEKSTEN["beide"]), tuple((a.vraag, a.nu) for a in antwoorden.alle), (3, 2))


def _numbers(verslag: Clientverslag) -> Iterator[Blok]:
    if verslag.getalvragen:
        yield Kop(TEKSTEN["getalvragen"])
    for vraag in verslag.getalvragen:
        yield Alinea(vraag.vraag)
        yield _picture(vraag)
        if vraag.betekenis:
            yield Alinea(TEKSTEN["richting"].format(betekenis=vraag.betekenis))


def _written(verslag: Clientverslag) -> Iterator[Blok]:
    if verslag.open:
        yield Kop(TEKSTEN["open"])
    for answer in verslag.open:
        yield Alinea(TEKSTEN["open-vraag"].format(vraag=answer.vraag, dag=datum_text(answer.datum)))
        yield Letterlijk(answer.antwoord)


def _talk_about(verslag: Clientverslag) -> Iterator[Blok]:
    yield Kop(TEKSTEN["praten"])
    if verslag.volgend_gesprek:
        yield Alinea(TEKSTEN["volgende"].format(dag=datum_text(verslag.volgend_gesprek)))
    yield Lijst(tuple(_questions(verslag)), "☐")
    yield Alinea(TEKSTEN["alles"], "klein")


def _questions(verslag: Clientverslag) -> Iterator[str]:
    yield TEKSTEN["praat-doelen" if verslag.doelen else "praat-geen-doelen"]
    moved = [a.vraag for part in verslag.antwoorden for a in part.veranderd]
    yield from (TEKSTEN["praat-veranderd"].format(vraag=vraag) for vraag in moved[:PRAAT_MEEST])
    still = [p.wat for p in verslag.punten if p.uitkomst is None and p.soort != "afspraak"]
    yield from (TEKSTEN["praat-open"].format(wat=wat.rstrip(".?! ")) for wat in still[-PRAAT_MEEST:])
    outcomes = {p.uitkomst for p in verslag.punten}
    yield from (TEKSTEN[f"praat-{outcome}"] for outcome in ("gedaan", "niet-gedaan") if outcome in outcomes)
    yield TEKSTEN["praat-keuze"]
    yield TEKSTEN["praat-coach"]


# The picture of a vraag with a number: a line from the lowest to the highest for each day, and a dot on it -----------

_LEFT, _RIGHT, _ROW, _WIDTH = 160, 560, 30, 600


def _picture(vraag: Getalvraag) -> Beeld:
    """First and last days; each number stands beside its dot, so that nothing hangs on the place alone."""
    shown = vraag.punten if len(vraag.punten) <= PUNTEN_MEEST else (vraag.punten[0], *vraag.punten[1 - PUNTEN_MEEST :])
    points = " ".join(TEKSTEN["getal-punt"].format(dag=datum_text(day), getal=value) for day, value in shown)
    alt = TEKSTEN["getal-alt"].format(laagste=vraag.laagste, hoogste=vraag.hoogste, punten=points)
    rows = "".join(_row(vraag, place, datum_text(day), value) for place, (day, value) in enumerate(shown))
    height = _ROW * len(shown) + 24
    ends = "".join(
        f'<text x="{x}" y="{height - 6}" text-anchor="middle" font-size="11">{value}</text>'
        for x, value in ((_LEFT, vraag.laagste), (_RIGHT, vraag.hoogste))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="Atkinson Hyperlegible Next, Arial, sans-serif" font-size="13">'
        f"<title>{escape(vraag.vraag)}</title><desc>{escape(alt)}</desc>{rows}{ends}</svg>"
    )
    return Beeld(svg, alt)


def _row(vraag: Getalvraag, place: int, day: str, value: int) -> str:
    y = _ROW * place + 18
    steps = range(vraag.laagste, vraag.hoogste + 1)

    def at(number: int) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (number - vraag.laagste) / (vraag.hoogste - vraag.laagste), 1)

    ticks = "".join(f'<path d="M{at(n)} {y - 4}V{y + 4}" stroke="#777"/>' for n in steps)
    return (
        f'<text x="{_LEFT - 16}" y="{y + 4}" text-anchor="end">{escape(day)}</text>'
        f'<path d="M{_LEFT} {y}H{_RIGHT}" stroke="#444" stroke-width="1.5"/>{ticks}'
        f'<circle cx="{at(value)}" cy="{y}" r="10" fill="#fff" stroke="#000" stroke-width="2"/>'
        f'<text x="{at(value)}" y="{y + 4}" text-anchor="middle" font-weight="bold" font-size="12">{value}</text>'
    )
