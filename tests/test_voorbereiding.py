"""The page before a talk: one A4 whatever is given, every block there, nothing invented, every word as it was typed."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape
from math import hypot
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from regiekit.domain.voorbereiding import Gegevens, next_rapportage
from regiekit.render.pdf import HERE
from regiekit.render.voorbereiding import make_inputs
from util import ROOT, afname_yaml, answers, query_template, run, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

START, EINDE = ROOT / "voorbeelden/R-021-start.yaml", ROOT / "voorbeelden/R-021-einde.yaml"
KOPPEN = ["Doel van de cliënt", "Open afspraken", "Scores in woorden", "Sturing", "Eén techniek", "Waar op letten",
          "Volgende rapportage"]  # fmt: skip
ODD = '"q" \'s\' \\ # $x$ * _y_ [x] <b>&amp; `z` @ref #panic("nee") // ~ 100 % {a} é ≥'
LONG = "Ik wil weer werken in een baan waar ik rust heb en mijn dag zelf indeel. " * 12
EVERYTHING: list[object] = [
    START, EINDE, "--inschatting", "laag", "--sturing", "strak", "--waarneming", "irritatie", "--rouw",
    "--rouw-uitslag", "rood", "--belast", "--signaal", "ja-maar", "--signaal", "ik-los-op", "--signaal", "machteloos",
    "--datum", "2026-07-02", "--laatste-rapportage", "2026-06-01",
]  # fmt: skip
CONTENT: dict[str, list[object]] = {
    "niets": [],
    "kort": [START, "--doel", "Weer werken.", "--afspraak", "Bellen.", "--signaal", "ja-maar"],
    "crisis": [START, "--crisis", "--doel", "Weer werken."],
    "alles": [*EVERYTHING, "--doel", "Weer werken."],
    "lang": [*EVERYTHING, "--doel", LONG, "--besluit", "laag", "--reden", LONG, "--actie", LONG,
             *(part for n in range(30) for part in ("--afspraak", f"{n} {LONG}"))],
    "een woord": ["--doel", "a" * 4000, *(part for n in range(9) for part in ("--afspraak", f"{n}" * 300))],
}  # fmt: skip


def pdf(tmp_path: Path, *arguments: object) -> PdfReader:
    path = tmp_path / "blad.pdf"
    result = run("voorbereiding", *arguments, "--print", "--uit", path, "--overschrijf")
    assert result.code == 0, result.err
    return PdfReader(io.BytesIO(path.read_bytes()))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def sizes(reader: PdfReader) -> dict[float, int]:
    """How many characters are printed at each size."""
    found: dict[float, int] = {}

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        if text.strip():
            real = round(size * hypot(tm[0], tm[1]) * hypot(cm[0], cm[1]), 1)
            found[real] = found.get(real, 0) + len(text.strip())

    reader.pages[0].extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize("name", CONTENT)
def test_always_one_page_with_every_block_and_room_to_write(name: str, tmp_path: Path) -> None:
    reader = pdf(tmp_path, *CONTENT[name])
    assert len(reader.pages) == 1
    assert [round(float(v)) for v in reader.pages[0].mediabox[2:]] == [595, 842]
    text = squeezed(reader.pages[0].extract_text())
    for kop in [k for k in KOPPEN if name != "crisis" or k != "Waar op letten"]:
        assert squeezed(kop) in text, kop
    assert squeezed("Ruimte om te schrijven") in text
    body = sizes(reader)
    assert all(size >= 10 or size in (8.5, 9.0) for size in body)
    assert sum(n for size, n in body.items() if size < 10) < sum(body.values()) / 2
    xmp = reader.xmp_metadata
    assert xmp is not None
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    raw = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in raw
    assert "pdfaid:part>2<" in raw


def test_when_everything_plays_at_once_safety_stays_whole(tmp_path: Path) -> None:
    first = write(tmp_path, "a.yaml", afname_yaml(answers("15115", "51155", "1111", "1.3")))
    last = write(tmp_path, "b.yaml", afname_yaml(answers("11155", "51155", "1111", "333"), datum="2026-05-05"))
    full = [
        first,
        last,
        *EVERYTHING[2:],
        "--doel",
        LONG,
        "--besluit",
        "midden",
        "--reden",
        LONG,
        "--signaal",
        "raakt-mij",
    ]
    reader = pdf(tmp_path, *full, *(part for _ in range(20) for part in ("--afspraak", LONG)))
    assert len(reader.pages) == 1
    text = squeezed(reader.pages[0].extract_text())
    for line in run("voorbereiding", *full, "--json").json["blokken"][5]["regels"]:
        assert (squeezed(line["tekst"]) in text) == (line["soort"] == "letop"), line
    assert squeezed("Meer om na te gaan") in text


def test_what_is_long_is_shortened_where_it_can_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "blad.pdf"
    result = run("voorbereiding", *CONTENT["lang"], "--print", "--uit", path)
    assert "Ingekort om op één bladzijde te passen: Doel van de cliënt, Open afspraken, Sturing" in result.out
    text = squeezed(PdfReader(path).pages[0].extract_text())
    assert text.count("[ingekort]") >= 4
    assert "…ennog" in text
    screen = squeezed(run("voorbereiding", *CONTENT["lang"]).out)
    assert screen.count(squeezed(LONG)) == 33  # the screen has all of it
    assert "ingekort" not in screen


def test_what_fits_is_printed_word_for_word(tmp_path: Path) -> None:
    given = ["--doel", f"Doel {ODD}", "--afspraak", f"Eerst {ODD}", "--afspraak", "Dan “dit” – en dat…", "--actie", ODD]
    decided = ["--besluit", "midden", "--reden", f"Omdat {ODD}"]
    page = squeezed(pdf(tmp_path, *given, *decided).pages[0].extract_text())
    html_path = tmp_path / "blad.html"
    assert run("voorbereiding", *given, *decided, "--uit", html_path).code == 0
    html = squeezed(unescape(re.sub(r"<[^>]+>", " ", html_path.read_text(encoding="utf-8"))))
    screen = squeezed(run("voorbereiding", *given, *decided).out)
    for text in (f"Doel {ODD}", f"Eerst {ODD}", "Dan “dit” – en dat…", f"Omdat {ODD}"):
        for where in (page, html, screen):
            assert squeezed(text) in where


def test_a_character_that_no_font_has_is_named(tmp_path: Path) -> None:
    result = run("voorbereiding", "--doel", "Lachen 😀", "--print", "--uit", tmp_path / "x.pdf")
    assert result.code == 2
    assert "U+1F600" in result.err


def test_missing_data_is_no_error() -> None:
    blokken = {b["id"]: b["regels"] for b in run("voorbereiding", "--json").json["blokken"]}
    assert list(blokken) == ["doel", "afspraken", "scores", "sturing", "techniek", "letten", "rapportage"]
    for name in ("doel", "afspraken", "scores", "sturing", "rapportage"):
        assert blokken[name][0]["soort"] == "leeg"
        assert blokken[name][0]["tekst"].startswith("nog niet ingevuld")
    assert run("voorbereiding", "--doel", "  ", "--afspraak", "").out == run("voorbereiding").out


def test_scores_are_words_first_and_never_alone() -> None:
    out = " ".join(run("voorbereiding", START).out.split())
    assert "Autonomie: aan de lage kant (2,2 op 1–5; 5 van 5 vragen; hoger is gunstig)." in out
    for text in ("Niet gevalideerd, geen normen", "vragenlijst eigen-regie, versie 1, hash", "is een aanname"):
        assert text.lower() in out.lower()
    several = " ".join(run("voorbereiding", EINDE, START).out.split())
    assert "Vergeleken met start, 12 januari 2026 (de band" in several
    assert "Duidelijk hoger (+1,4; band 1,0)." in several
    assert "het verschil dat 'duidelijk' heet" in several
    assert not re.search(r"bewezen|significant|effect|door de coaching", several)


def test_a_ceiling_stands_beside_the_conclusion(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, f"{day}.yaml", afname_yaml(answers("55554"[:5], "33333", "3333", regie), datum=day))
        for day, regie in (("2026-01-12", "555"), ("2026-05-12", "455"))
    ]
    out = " ".join(run("voorbereiding", *paths, "--zelfde-client").out.split())
    assert "Geen duidelijk verschil (-0,33; band 1,33). Let op: kan niet duidelijk hoger worden." in out


def test_two_of_one_day_give_no_conclusion_and_the_page_says_so(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, f"{n}.yaml", afname_yaml(answers("33333", "33333", "3333", regie), datum="2026-01-12"))
        for n, regie in enumerate(("111", "555"))
    ]
    out = " ".join(run("voorbereiding", *paths, "--zelfde-client").out.split())
    assert "niet te zien welke eerst was" in out
    assert "Eigen regie" in out and "uidelijk hoger (" not in out and "uidelijk lager (" not in out


def test_a_score_that_is_withheld_says_why(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", afname_yaml(answers("33...", "33333", "3333", "3.3")))
    out = " ".join(run("voorbereiding", path).out.split())
    assert "Autonomie: geen score, want 2 van 5 vragen beantwoord, er zijn er 4 nodig." in out


def test_one_techniek_with_three_questions() -> None:
    data = run("voorbereiding", "--signaal", "ja-maar", "--signaal", "ik-los-op", "--json").json
    lines = next(b["regels"] for b in data["blokken"] if b["id"] == "techniek")
    assert [r["soort"] for r in lines] == ["tekst", "vraag", "vraag", "vraag", "klein"]
    assert lines[0]["tekst"].startswith("Reparatiereflex.")
    assert "iets anders" in lines[-1]["tekst"]


def test_safety_and_room_stand_on_the_page(tmp_path: Path) -> None:
    low = write(tmp_path, "a.yaml", afname_yaml(answers("11155", "33333", "1111", "333")))
    out = " ".join(run("voorbereiding", low, "--rouw").out.split())
    for text in ("hoeveel ruimte voel je", "wie steunt jou nu", "WerkVerliesLijst", "laatste tien minuten"):
        assert text in out
    assert "strakke sturing." not in out
    crisis = run("voorbereiding", "--crisis", "--signaal", "ja-maar", "--inschatting", "laag").out
    assert crisis.index("Eerst veiligheid") < crisis.index("Doel van de cliënt")
    assert "112" in crisis
    assert "Inoculatie" not in crisis
    assert "Nu geen sturing kiezen" in crisis


def test_an_action_of_last_time_is_asked_after_without_a_reproach() -> None:
    out = " ".join(run("voorbereiding", "--actie", "Morgen de buurman bellen.").out.split())
    assert "De cliënt zou dit proberen: Morgen de buurman bellen." in out
    assert "Niet gedaan? Dat is geen verwijt" in out


def test_a_besluit_is_shown_with_what_the_sources_say() -> None:
    out = " ".join(
        run(
            "voorbereiding", START, "--besluit", "hoog", "--reden", "Ze belde zelf.", "--datum", "2026-03-02"
        ).out.split()
    )
    assert "Jouw besluit (2 maart 2026): regie hoog. De reden: “Ze belde zelf.”" in out
    assert "Zonder jouw besluit: midden" in out
    assert "Advies: losse sturing." in out


# The next report ------------------------------------------------------------------------------------------------------

LAST = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("talk", "text"),
    [(LAST + timedelta(days=41), "Dat is 1 dag na het gesprek."),
     (LAST + timedelta(days=42), "Dat is op de dag van het gesprek."),
     (LAST + timedelta(days=45), "Let op: dat is 3 dagen voor het gesprek.")],
)  # fmt: skip
def test_the_reminder_before_on_and_after_the_date(talk: date, text: str) -> None:
    out = " ".join(run("voorbereiding", "--laatste-rapportage", LAST, "--datum", talk).out.split())
    assert "Op 13 april 2026, 6 weken na de laatste (2 maart 2026); controleer dit." in out
    assert text in out


def test_a_date_that_is_given_goes_first_and_the_weeks_can_differ() -> None:
    assert next_rapportage(Gegevens(rapportage=LAST, laatste_rapportage=LAST)).datum == LAST
    assert next_rapportage(Gegevens(laatste_rapportage=date(2028, 2, 15), weken=2)).datum == date(2028, 2, 29)
    assert (
        run("voorbereiding", "--laatste-rapportage", LAST, "--weken", "4", "--json").json["rapportage"] == "2026-03-30"
    )


def test_dates_of_reports_that_cannot_be_right_give_one_line() -> None:
    turned = run("voorbereiding", "--laatste-rapportage", "2026-10-01", "--rapportage", "2026-09-01")
    assert (turned.code, turned.err) == (0, "")
    assert turned.out.count("ligt niet na de vorige") == 1
    past = run("voorbereiding", "--rapportage", "2019-01-01")
    assert past.code == 0
    assert past.err == "regiekit: let op, de volgende rapportage (2019-01-01) is al voorbij; controleer de datum\n"
    for fine in (["--rapportage", "2099-01-01"], ["--rapportage", "2019-01-01", "--datum", "2018-12-01"]):
        result = run("voorbereiding", *fine)
        assert result.err == ""
        assert "ligt niet na" not in result.out


# Files and clients ----------------------------------------------------------------------------------------------------


def test_the_client_comes_from_the_afname_and_two_that_differ_are_refused() -> None:
    assert "cliënt R-021" in run("voorbereiding", START).out
    assert "cliënt R-014" in run("voorbereiding", "--client", "R-014").out
    assert run("voorbereiding", START, "--client", "R-021").code == 0
    result = run("voorbereiding", START, "--client", "R-014")
    assert (result.code, result.out) == (4, "")
    assert run("voorbereiding", "--client", "Jan de Vries").code == 2
    assert run("voorbereiding", "--client", "111222333").code == 2


@pytest.mark.parametrize("option", ["--doel", "--afspraak", "--actie"])
def test_a_number_that_can_be_a_bsn_is_refused_unless_it_is_none(option: str) -> None:
    result = run("voorbereiding", option, "Bel over 111222333.")
    assert (result.code, result.out) == (4, "")
    assert "burgerservicenummer" in result.err
    assert run("voorbereiding", option, "Bel over 111222333.", "--geen-bsn").code == 0
    assert run("voorbereiding", option, "Bel 06-12345678.").code == 0
    assert run("advies", "--besluit", "laag", "--reden", "Zie 111222333").code == 4


def test_print_writes_a_file_named_after_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("voorbereiding", START, "--print")
    path = tmp_path / "voorbereiding-R-021.pdf"
    assert str(path) in result.out
    before = path.read_bytes()
    assert run("voorbereiding", START, "--print").code == 0  # the same bytes
    assert path.read_bytes() == before
    assert run("voorbereiding", START, "--doel", "Anders.", "--print").code == 2
    assert path.read_bytes() == before


def test_the_html_needs_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "blad.html"
    assert run("voorbereiding", *EVERYTHING, "--uit", path).code == 0
    html = path.read_text(encoding="utf-8")
    assert '<html lang="nl">' in html
    assert not re.search(r'(?:src|href)="?http|url\("?http', html)
    assert [unescape(k) for k in re.findall(r"<h2>(.*?)</h2>", html)] == [*KOPPEN, "Ruimte om te schrijven"]


def test_short_content_gets_large_letters() -> None:
    from regiekit.render.voorbereiding import Blad, Blok, Regel

    blad = Blad(None, None, (Blok("doel", "Doel", (Regel("leeg", "nog niet ingevuld"),)),), "Bron.")
    (chosen,) = query_template(HERE / "voorbereiding.typ", make_inputs(blad), "<keuze>")
    assert chosen["letter"] == 11.5
    assert chosen["schrijfruimte"] > 150
