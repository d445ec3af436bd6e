"""An inoculatie in five steps, word for word, and the list that the client takes home (R34)."""

from __future__ import annotations

import io
import json
import re
import subprocess
import unicodedata
from datetime import date
from html.parser import HTMLParser
from statistics import mean
from typing import TYPE_CHECKING, Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import make_client, opened, quick_keys, run_dossier
from regiekit.cli.dossier_inoculatie import _OORDEEL
from regiekit.domain.aantekening import Gesprek, Inoculatie
from regiekit.domain.clientdossier import open_punten
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from regiekit.dossier.opslag import Opslag
from regiekit.render.document import Alinea, Document, Kop, Letterlijk, to_html, to_text
from regiekit.render.docx import to_docx
from regiekit.render.inoculatie import make_lijst

if TYPE_CHECKING:
    from pathlib import Path

    from util import Result

DAG = date(2026, 3, 4)
LITERAL = [
    "zij zei: \"je komt er 'nooit'\" \\n",
    "moe 😀👩‍👩‍👧 \U0001fae8",
    "een café, naïef, ‘één’ – en zo…",
    "cafe\u0301 met losse accenten n\u0303",
    "  vooraan spaties, en achteraan  ",
    "\tmet een tab\tertussen",
    "אני עייף ומבולבל \u200fكتير",
    "=cmd|' /C calc'!A0",
    "[b]vet[/b] {{ x }} #let y = 1 *ster* _laag_ $1 @naam",
    "</script><script>alert(1)</script> &amp; <b>",
    "-- --obstakel ; DROP TABLE client",
    "x" * 4000,
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    quick_keys(monkeypatch)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "d.regiekit"
    make_client(made)
    with opened(made) as boek:
        boek.add("R-014", date(2026, 3, 2), Gesprek(volgende=date(2026, 3, 12)))
    return made


def go(path: Path, *typed: str, options: tuple[object, ...] = ()) -> Result:
    stdin = "".join(f"{line}\n" for line in typed)
    return run_dossier(path, "dossier", "inoculatie", "R-014", "--datum", DAG, *options, stdin=stdin)


def kept(path: Path) -> list[Any]:
    with opened(path) as boek:
        return boek.read("R-014").of("inoculatie")


def last(path: Path) -> dict[str, Any]:
    return dict(kept(path)[-1].inhoud.model_dump(exclude_defaults=True))


# The five steps -------------------------------------------------------------------------------------------------------

WHOLE = ("ik durf niet te bellen", "de bus is traag", "", "2", "fietsen", "een taxi", "", "lopen", "", "3", "morgen",
         "", "n")  # fmt: skip


def test_the_five_steps(path: Path) -> None:
    result = go(path, *WHOLE)
    assert (result.code, result.err) == (0, "")
    assert [f"Stap {n} van 5." in result.out for n in range(1, 6)] == [True] * 5
    assert last(path) == {
        "obstakels": ("ik durf niet te bellen", "de bus is traag"), "gekozen": "de bus is traag",
        "oplossingen": ("fietsen", "een taxi", "lopen"), "actie": "lopen", "wanneer": date(2026, 3, 5),
        "terug_op": date(2026, 3, 12),
    }  # fmt: skip
    assert "Enter = het volgende gesprek,\ndonderdag 12 maart 2026" in result.out
    assert "De cliënt bedacht 3 ideeën." in result.out
    assert all(len(line) <= 80 for line in re.split(r"\n|\) |\? ", result.out))
    with opened(path) as boek:
        (punt,) = open_punten(boek.read("R-014"))
    assert (punt.nummer, punt.soort, punt.wat) == ("3.1", "inoculatie", "lopen")


def test_it_may_stop_after_each_step(path: Path) -> None:
    assert go(path, "").out.endswith("Zonder obstakel is er niets te bewaren.\n")
    assert kept(path) == []
    assert go(path, "een", "twee", "", "", "n").code == 0
    assert last(path) == {"obstakels": ("een", "twee")}
    assert go(path, "een", "", "", "", "", "n").code == 0  # no idea yet, asked twice, and no action
    assert last(path) == {"obstakels": ("een",), "gekozen": "een"}
    assert go(path, "een", "", *"abcde", "", "", "n").code == 0
    assert last(path) == {"obstakels": ("een",), "gekozen": "een", "oplossingen": tuple("abcde")}
    assert go(path, "een", "", *"abcde", "", "iets heel anders", "", "over een week", "n").code == 0
    assert last(path)["actie"] == "iets heel anders"
    assert last(path)["terug_op"] == date(2026, 3, 11)


def test_without_a_next_talk_there_is_no_usual_day(path: Path) -> None:
    result = go(path, "een", "", *"abcde", "", "1", "13 maart", "", "n")  # the talk is before the action
    assert "Enter = nog geen dag" in result.out
    assert "terug_op" not in last(path)


def test_with_few_ideas_there_is_asked_once_more(path: Path) -> None:
    assert "Valt het stil? Neem de tijd." in go(path, "een", "", "a", "", "", "", "n").out
    assert "Valt het stil?" not in go(path, "een", "", *"abcde", "", "", "n").out


@pytest.mark.parametrize("line", ["ja maar dat kost geld", "Dat kan niet", "niet haalbaar", "Dat is te duur",
                                  "te moeilijk", "slecht idee", "Ja, maar de bus", "dat werkt toch niet", "onmogelijk",
                                  "is haalbaar", "goed idee", "'dat lukt me nooit'", "dat heeft geen zin"])  # fmt: skip
def test_judging_comes_later_and_nothing_is_dropped(path: Path, line: str) -> None:
    result = go(path, "een", "", "fietsen", line, "lopen", "", "", "", "n")
    assert "Dat staat erbij. Oordelen komt straks, bij stap 4." in result.out
    assert last(path)["oplossingen"] == ("fietsen", line, "lopen")


@pytest.mark.parametrize("line", ["fietsen", "Niet meer met de auto", "Te voet gaan", "een haalbaar doel stellen",
                                  "Geen bus maar een fiets", "Vragen of het kan", "Gaan lopen", "te water gaan",
                                  "kantoor dichterbij zoeken", "Mijn baas bellen", "goede schoenen kopen"])  # fmt: skip
def test_an_idea_is_no_judgement(line: str) -> None:
    assert not _OORDEEL.match(line)


def test_a_wrong_number_is_asked_again(path: Path) -> None:
    result = go(path, "een", "twee", "", "3", "nul", "1.", *"abcde", "", "", "n")
    assert result.err.count("typ een nummer van 1 tot en met 2") == 2
    assert last(path)["gekozen"] == "een"


@pytest.mark.parametrize("lines", range(11))
def test_nothing_half_is_kept(path: Path, lines: int) -> None:
    result = go(path, *WHOLE[:lines])
    assert result.code == 130
    assert result.out.endswith("Gestopt. Er is niets bewaard.\n")
    assert kept(path) == []


def test_stopping_at_the_list_says_that_it_is_kept(path: Path) -> None:
    result = go(path, *WHOLE[:-1])
    assert result.code == 130
    assert result.out.endswith("Gestopt. De inoculatie is bewaard; er is geen lijst gemaakt.\n")
    assert len(kept(path)) == 1


def test_a_list_has_room_for_fifty(path: Path) -> None:
    result = go(path, *["x"] * 50, "1", *["y"] * 50, "", "n")
    assert result.code == 0
    assert len(last(path)["obstakels"]) == len(last(path)["oplossingen"]) == 50
    assert result.out.count("meer passen er niet in één lijst") == 2


# Word for word --------------------------------------------------------------------------------------------------------


def test_typed_texts_stay_as_they_were_typed(path: Path) -> None:
    result = go(path, *LITERAL, "", "1", *LITERAL, "", LITERAL[0], "", "", "n")
    assert result.code == 0, result.err
    found = last(path)
    assert list(found["obstakels"]) == list(found["oplossingen"]) == LITERAL
    assert found["gekozen"] == found["actie"] == LITERAL[0]


def test_texts_in_options_stay_as_they_were_given(path: Path) -> None:
    given_texts = [*LITERAL, "twee\nregels", ""]
    options = [part for text in given_texts[:-1] for part in ("--obstakel", text, "--oplossing", text)]
    result = go(path, options=(*options, "--gekozen", LITERAL[8], "--actie", LITERAL[9]))
    assert result.code == 0
    assert result.out.startswith("Bewaard als nummer 3. Wat de cliënt koos blijft open staan, tot je vertelt hoe")
    found = last(path)
    assert list(found["obstakels"]) == list(found["oplossingen"]) == given_texts[:-1]
    shown = go(path, options=("--nummer", 3, "--json")).json
    assert shown["obstakels"] == given_texts[:-1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1).filter(str.strip),
                      min_size=1, max_size=4))  # fmt: skip
def test_any_text_comes_back(path: Path, texts: list[str]) -> None:
    result = go(path, options=(*(f"--obstakel={text}" for text in texts), "--geen-bsn"))
    assert result.code == 0, result.err
    assert list(kept(path)[-1].inhoud.obstakels) == texts


def test_one_character_too_many_is_one_line(path: Path) -> None:
    result = go(path, options=("--obstakel", "x" * 4001))
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert "te lang (hoogstens 4000 tekens)" in result.err
    typed = go(path, "x" * 4001, "kort", "", "", "", "", "n")  # asked again, and the rest goes on
    assert (typed.code, len(typed.err.splitlines())) == (0, 1)
    assert "er passen er 4000" in typed.err
    assert last(path)["obstakels"] == ("kort",)


# From options ---------------------------------------------------------------------------------------------------------


def test_numbers_stand_for_what_was_named(path: Path) -> None:
    steps = ("--obstakel", "a", "--obstakel", "b", "--gekozen", 2, "--oplossing", "c", "--oplossing", "d", "--actie", 1)
    result = go(path, options=(*steps, "--wanneer", "over 2 dagen", "--terug-op", "2026-03-20"))
    assert result.code == 0
    assert last(path) == {"obstakels": ("a", "b"), "gekozen": "b", "oplossingen": ("c", "d"), "actie": "c",
                          "wanneer": date(2026, 3, 6), "terug_op": date(2026, 3, 20)}  # fmt: skip


def test_what_was_left_out_follows(path: Path) -> None:
    assert go(path, options=("--obstakel", "a", "--actie", "bellen")).code == 0
    assert last(path) == {"obstakels": ("a",), "gekozen": "a", "actie": "bellen", "terug_op": date(2026, 3, 12)}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--oplossing", "a"), "geef minstens één --obstakel"),
        (("--obstakel", "a", "--gekozen", "b"), "--gekozen is geen van de obstakels"),
        (("--obstakel", "a", "--wanneer", "morgen"), "bij --wanneer hoort --actie"),
        (("--obstakel", "a", "--terug-op", "gisteren"), "--terug-op: 'gisteren' lees ik niet als dag"),
        (("--obstakel", ""), "veld 'obstakels': 'obstakels' is te kort"),
        (("--obstakel", "a\x1b[31m"), "onzichtbaar stuurteken"),
        (("--obstakel", "a", "--uit", "lijst.odt"), "laat de naam eindigen op"),
        (("--obstakel", "a", "--uit", "weg/lijst.pdf"), "de map van weg/lijst.pdf bestaat niet"),
        (("--obstakel", "a", "--uit", "d.txt"), "d.txt bestaat al"),
        (("--nummer", "3", "--actie", "x"), "--nummer toont wat er al staat"),
        (("--nummer", "2"), "inoculatie 2 van R-014 is er niet; er is er nog geen"),
        (("--json",), "bij --json hoort --nummer"),
    ],
)
def test_wrong_options_are_one_line_and_keep_nothing(
    path: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "d.txt").write_text("van een ander")
    result = go(path, options=options)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert said in result.err
    assert kept(path) == []
    assert (tmp_path / "d.txt").read_text() == "van een ander"


def test_a_bsn_is_refused_with_its_field(path: Path) -> None:
    result = go(path, options=("--obstakel", "a", "--oplossing", "bel 111222333"))
    assert result.code == 4
    assert "veld 'oplossingen'" in result.err
    assert kept(path) == []


# Coming back to it ----------------------------------------------------------------------------------------------------


def follow(path: Path, *typed: str, options: tuple[object, ...] = ()) -> Result:
    stdin = "".join(f"{line}\n" for line in typed)
    return run_dossier(path, "dossier", "opvolging", "R-014", "--datum", "2026-03-12", *options, stdin=stdin)


@pytest.fixture
def tried(path: Path) -> Path:
    go(path, options=("--obstakel", "de bus is traag", "--oplossing", "fietsen", "--actie", "1", "--wanneer", "morgen"))
    return path


def test_done_asks_what_is_learned(tried: Path) -> None:
    result = follow(tried, "gedaan", "Ik kwam fris aan, dat kan ik vaker")
    assert "3.1 fietsen (5 maart 2026)" in result.out
    assert "Wat ging er goed, en wat kan de cliënt daar later van gebruiken?" in " ".join(result.out.split())
    assert result.out.endswith("Bewaard: 1. Er staat niets meer open.\n")


def test_not_done_leads_to_a_new_round_with_the_new_obstakel(tried: Path) -> None:
    result = follow(tried, "niet gedaan", "  de fiets was 'stuk' 😀", "j", "geen geld", "", "1", "lenen", "", "", "1",
                    "", "over een week")  # fmt: skip
    assert result.code == 0, result.err
    assert "Niet gedaan is geen verwijt." in result.out
    assert "Welk obstakel kwam ertussen" in result.out
    _, new = kept(tried)
    assert new.inhoud.obstakels == ("  de fiets was 'stuk' 😀", "geen geld")
    assert (new.inhoud.gekozen, new.inhoud.actie) == ("  de fiets was 'stuk' 😀", "lenen")
    assert new.inhoud.terug_op == date(2026, 3, 19)
    with opened(tried) as boek:
        dossier = boek.read("R-014")
    (how,) = dossier.of("opvolging")
    assert (how.inhoud.uitkomst, how.inhoud.toelichting) == ("niet-gedaan", "  de fiets was 'stuk' 😀")
    assert [p.wat for p in open_punten(dossier)] == ["lenen"]


def test_not_done_in_words_that_blame_nobody(tried: Path) -> None:
    result = follow(tried, "n", "", "n")
    said = (result.out + follow(tried).out).lower()
    assert not re.search(r"helaas|jammer|waarom niet|mislukt|gefaald|had moeten|toch niet|verzuim|nagelaten", said)


def test_not_done_in_a_script_points_at_a_new_round(tried: Path) -> None:
    result = follow(tried, options=("--punt", "3.1", "--niet-gedaan"))
    assert "regiekit dossier inoculatie R-014" in " ".join(result.out.split())


def test_stopping_in_the_new_round_keeps_what_was_answered(tried: Path) -> None:
    result = follow(tried, "n", "stuk", "j", "")
    assert result.code == 130
    assert result.out.endswith("Gestopt. Bewaard: 1. Er staat niets meer open.\n")
    assert len(kept(tried)) == 1


# The list -------------------------------------------------------------------------------------------------------------

ALL_OF_IT = Inoculatie(
    obstakels=("ik durf niet", "de bus"), gekozen="de bus", oplossingen=("fiets", "taxi", "lopen"), actie="lopen",
    wanneer=date(2026, 3, 5), terug_op=date(2026, 3, 12),
)  # fmt: skip
FORMS = [
    ALL_OF_IT,
    Inoculatie(obstakels=("een", "twee")),
    Inoculatie(obstakels=("een",), gekozen="een", oplossingen=("a",), actie="a"),
    Inoculatie(obstakels=("een",), gekozen="een", oplossingen=("a", "b")),
    Inoculatie(obstakels=("een",), gekozen="een", actie="a", wanneer=DAG),
]


def own_sentences(document: Document) -> list[str]:
    """What the list says itself, beside the words of the client."""
    texts = [document.titel, document.onder, *(b.tekst for b in document.blokken if isinstance(b, Alinea | Kop))]
    return [s.strip() for text in texts for s in re.split(r"(?<=[.?!:])\s", text) if s.strip()]


@pytest.mark.parametrize("inhoud", FORMS)
def test_the_list_is_in_words_for_a_client(inhoud: Inoculatie) -> None:
    sentences = own_sentences(make_lijst(inhoud, DAG))
    lengths = [len(s.split()) for s in sentences]
    assert mean(lengths) <= 12
    assert max(lengths) <= 18
    said = " ".join(sentences).lower()
    assert not re.search(r"cliënt|obstakels\b|inoculatie|dossier|regie|score|niveau|sturing|niet\b.*\bgeen|r-014", said)


def test_the_list_says_everything(path: Path) -> None:
    words = [b.tekst for b in make_lijst(ALL_OF_IT, DAG).blokken if isinstance(b, Letterlijk)]
    assert words == ["ik durf niet", "de bus", "de bus", "fiets", "taxi", "lopen", "lopen"]
    text = to_text(make_lijst(ALL_OF_IT, DAG))
    assert "donderdag 5 maart 2026" in text and "donderdag 12 maart 2026" in text


class _Quotes(HTMLParser):
    """The texts of the blockquotes, and whether there is a script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.inside = tag == "blockquote"
        self.found += [""] * self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def test_the_words_are_literal_in_every_form() -> None:
    document = make_lijst(Inoculatie(obstakels=tuple(LITERAL)), DAG)
    page = _Quotes(to_html(document))
    assert page.found == LITERAL
    assert "script" not in page.tags
    assert all(text in to_text(document).split("\n") for text in LITERAL)
    paragraphs = docx.Document(io.BytesIO(to_docx(document))).paragraphs
    assert [p.text for p in paragraphs if p.style and p.style.name == "Quote"] == LITERAL


@pytest.mark.needs("pdftotext")
def test_the_list_on_paper(path: Path, tmp_path: Path) -> None:
    texts = [text for text in LITERAL if text.isprintable() and not re.search("[😀א]", text)]
    options = [part for text in texts for part in ("--obstakel", text)]
    result = go(path, options=(*options, "--uit", "lijst.pdf"))
    assert (result.code, result.err.count("webpagina")) == (0, 0), result.err
    assert "De lijst staat in" in result.out
    read = subprocess.run(["pdftotext", "-raw", tmp_path / "lijst.pdf", "-"], check=True, capture_output=True)
    shown = unicodedata.normalize("NFC", re.sub(r"\s|\u200b", "", read.stdout.decode()))
    assert all(unicodedata.normalize("NFC", re.sub(r"\s", "", text)) in shown for text in texts)


@pytest.mark.parametrize("name", ["lijst.pdf", "lijst.html", "lijst.docx", "lijst.txt"])
def test_a_list_is_known_and_private(path: Path, tmp_path: Path, name: str) -> None:
    assert go(path, *WHOLE[:-1], "j", name).code == 0
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    with opened(path) as boek:
        assert [u.pad for u in boek.uitvoer("R-014")] == [str(tmp_path / name)]
    refused = go(path, options=("--nummer", 3, "--uit", name))
    assert (refused.code, refused.out) == (2, "")
    assert go(path, options=("--nummer", 3, "--uit", name, "--overschrijf")).code == 0


def test_a_wrong_name_for_the_list_is_asked_again(path: Path, tmp_path: Path) -> None:
    (tmp_path / "er.html").write_text("van een ander")
    result = go(path, *WHOLE[:-1], "j", "lijst.odt", "er.html", "")
    assert result.code == 0
    assert "laat de naam eindigen op" in result.err and "er.html bestaat al" in result.err
    assert (tmp_path / "inoculatie-R-014-2026-03-04.pdf").exists()
    assert (tmp_path / "er.html").read_text() == "van een ander"


def test_a_list_that_is_there_on_the_screen(path: Path) -> None:
    go(path, *WHOLE)
    result = go(path, options=("--nummer", 3))
    assert (result.code, result.err) == (0, "")
    assert result.out == to_text(make_lijst(kept(path)[0].inhoud, DAG))
    found = json.loads(go(path, options=("--nummer", 3, "--json")).out)
    assert (found["nummer"], found["datum"], found["actie"]) == (3, "2026-03-04", "lopen")


def test_the_code_of_another_client_stops_the_list(path: Path, tmp_path: Path) -> None:
    make_client(path, "R-020")
    result = go(path, options=("--obstakel", "net als R-020", "--uit", "lijst.html"))
    assert result.code == 4
    assert result.out.startswith("Bewaard als nummer 4.")  # the words are safe, the list is not made
    assert not (tmp_path / "lijst.html").exists()
    assert go(path, options=("--obstakel", "de R-021", "--uit", "a.html")).code == 4
    assert go(path, options=("--obstakel", "de R-021", "--uit", "a.html", "--toch")).code == 0


def test_a_demonstration_says_so(tmp_path: Path) -> None:
    path = tmp_path / "demo.regiekit"
    head = opslag.new_head(verzonnen=True)
    key = opslag.derive_key(opslag.WACHTZIN_VERZONNEN, head)
    opslag.make_file(path, key, head)
    with Opslag(path, key, head) as found:
        from regiekit.domain.aantekening import Traject

        Boek(found).new_client("R-014", DAG, Traject(begin=DAG))
    result = go(path, options=("--obstakel", "a", "--uit", "l.html"))
    assert "verzonnen" in result.err
    assert "verzonnen" in (tmp_path / "l.html").read_text(encoding="utf-8")
