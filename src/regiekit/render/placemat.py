"""The placemat: one A4 landscape page for each techniek, as a tagged PDF or as printable HTML.

Both forms come from the same `Kaart`: the statements that were chosen with `placemat: true`. A techniek in which nothing
was chosen shows everything. Every step keeps its name and number, so that no step seems to be missing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regiekit.errors import WRONG_FILE, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.domain.record import Uitspraak
    from regiekit.domain.stuurmatrix import Cel
    from regiekit.domain.techniek import Blok, Techniek

HERE = Path(__file__).parent
STURING = ("strak", "gedeeld", "los")
REGIE = ("laag", "midden", "hoog")
KOP_BEELD = {"stuurmatrix": "Stuurmatrix", "cirkels": "De ringen"}
KOP_ONDERDELEN = {"stuurmatrix": "De stijlen", "cirkels": "Wat hoort waar"}
KOPPEN_GENOEMD = 3
DOCUMENTEN = {
    "handleiding": "handleiding eigen regie (2026)",
    "eindrapportage": "eindrapportage eigen regie (2026)",
    "movisie-wat-werkt": "Movisie, Wat werkt bij eigen regie",
    "movisie-zelfregie-hoe": "Movisie, Werken vanuit zelfregie",
    "movisie-werkzame-elementen": "Movisie, Werkzame elementen",
}


class NoPdfLibrary(RegiekitError):
    """There is no build of the PDF library for this machine; the same placemat exists as printable HTML."""

    def __init__(self) -> None:
        super().__init__("op deze computer kan regiekit geen pdf maken; de placemat kan wel als HTML om te printen")


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
    try:
        import typst
    except ImportError as error:
        raise NoPdfLibrary from error
    kaarten = [make_kaart(techniek) for techniek in technieken]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
    compiler = typst.Compiler(HERE / "placemat.typ", root=HERE, font_paths=fonts)
    inputs = {"placemats": json.dumps(_invoer(kaarten, cellen))}
    try:
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"], timestamp=0)
    except typst.TypstError as error:
        if clear := _clear_error(error.message, kaarten):
            raise clear from error
        raise
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


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


def _plain(tekst: str) -> str:
    """Line ends and runs of spaces in YAML are no part of the statement."""
    return re.sub(r"[ \t\r\n]+", " ", tekst).strip()


def _bron(gedrukt: Iterable[Uitspraak]) -> str:
    """The source line: documents and headings, what is used most first."""
    koppen: dict[str, Counter[str]] = {}
    for uitspraak in gedrukt:
        if not isinstance(uitspraak.herkomst, str):
            herkomst = uitspraak.herkomst
            koppen.setdefault(herkomst.document, Counter())[_plain(herkomst.kop)] += 1
    if not koppen:
        return "Bron: geen. Deze tekst is van de maker van deze techniek."
    genoemd = (f"{DOCUMENTEN[document]}, onder {_opsomming(telling)}" for document, telling in koppen.items())
    return f"Bron: {'; '.join(genoemd)}."


def _opsomming(telling: Counter[str]) -> str:
    namen = [f"‘{kop}’" for kop, _ in telling.most_common(KOPPEN_GENOEMD)]
    laatste = "elders" if len(telling) > KOPPEN_GENOEMD else namen.pop()
    return f"{', '.join(namen)} en {laatste}" if namen else laatste


def _uitleg(gedrukt: Iterable[Uitspraak], merken: bool) -> str:
    if not merken:
        return ""
    eigen = any(u.herkomst == "eigen" for u in gedrukt)
    return "In eigen woorden." + (" Wat met ° is gemerkt, is een eigen aanvulling en staat niet in de bron." * eigen)


def _invoer(kaarten: Sequence[Kaart], cellen: Iterable[Cel]) -> dict[str, object]:
    """What the template reads: names and texts only, never markup."""

    def regels(gekozen: Iterable[Regel]) -> list[dict[str, object]]:
        return [regel._asdict() for regel in gekozen]

    def onderdeel(deel: Onderdeel) -> dict[str, object]:
        tekst = deel.tekst._asdict() if deel.tekst else None
        return {"naam": deel.naam, "tekst": tekst, "punten": regels(deel.punten)}

    def kaart(kaart: Kaart) -> dict[str, object]:
        delen: dict[str, object] = {
            naam: regels(getattr(kaart, naam)) for naam in ("doel", "wel", "niet", "valkuilen", "zinnen")
        }
        delen |= {naam: [onderdeel(d) for d in getattr(kaart, naam)] for naam in ("stappen", "onderdelen")}
        return kaart._asdict() | delen | {"samenvatting": kaart.samenvatting._asdict()}

    def cel(cel: Cel) -> dict[str, str]:
        return {"waarneming": cel.waarneming, "tekst": cel.tekst}

    return {
        "titel": make_title(kaarten),
        "omschrijving": "Coachingstechniek om op tafel te leggen: " + "; ".join(k.naam for k in kaarten),
        "kaarten": [kaart(k) for k in kaarten],
        "kolommen": REGIE,
        "matrix": [{"naam": naam, "cellen": [cel(c) for c in rij]} for naam, rij in make_matrix(cellen)],
    }


def _clear_error(message: str, kaarten: Sequence[Kaart]) -> RegiekitError | None:
    """Two things can be wrong with a text: too long for one page, or with a character that no font has."""
    if found := re.search(r"placemat-te-lang:([a-z0-9-]+)", message):
        return RegiekitError(
            f"de placemat van techniek '{found[1]}' past niet op één bladzijde, ook niet met kleine letters; "
            "zet bij minder uitspraken 'placemat: true', of maak ze korter",
            WRONG_FILE,
        )
    if found := re.search(r"the (?:text|codepoint|PDF contains the codepoint) `\"(.+?)\"`", message):
        teken = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1])
        namen = [k.id for k in kaarten if teken in json.dumps(k, ensure_ascii=False)]
        zichtbaar = f"'{teken}' " if teken.isprintable() else ""
        return RegiekitError(
            f"het teken {zichtbaar}(U+{ord(teken[0]):04X}) in techniek '{', '.join(namen)}' kan niet gedrukt worden; "
            "haal het weg of schrijf het in woorden",
            WRONG_FILE,
        )
    return None
