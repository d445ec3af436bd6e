"""Answer files: known by their content, and scored as the afname that they are."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formulieren import WACHTZIN, make_form, make_key, private_key
from regiekit.content.reader import read_json
from regiekit.errors import RegiekitError
from util import EIGEN_REGIE, VRAGEN, afname_yaml, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = answers("43215", "1.345", "1234", "123")


def antwoord(**change: Any) -> dict[str, Any]:
    """The answer file of the form as the browser writes it."""
    made = {
        "formulier": 1, "klaar": True, "vragenlijst": "eigen-regie", "versie": "1", "hash": EIGEN_REGIE.hash,
        "taal": "nl", "training": True, "client": "R-001", "meetmoment": "start", "datum": "2026-03-02",
        "antwoorden": {f"v{n}": GIVEN[v] for n, v in enumerate(VRAGEN, 1)},
        "open": {"o2": "Rust\u2028en \u0085“tijd” 🙂"},
    }  # fmt: skip
    return {k: v for k, v in {**made, **change}.items() if v is not ...}


def save(folder: Path, data: Any) -> Path:
    path = folder / "antwoorden.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_file_of_the_form_scores_as_the_afname(tmp_path: Path) -> None:
    result = run("score", save(tmp_path, antwoord()), "--json").json
    yaml = afname_yaml(GIVEN, meetmoment="start", datum="2026-03-02")
    by_hand = run("score", write(tmp_path, "a.yaml", yaml), "--json").json
    assert result.pop("open") == {"start-2": "Rust\u2028en \u0085“tijd” 🙂"}
    by_hand.pop("open")
    assert result == by_hand


def test_blanks_of_every_kind(tmp_path: Path) -> None:
    data = antwoord(antwoorden={"v1": "weet-niet", "v2": "wil-niet-zeggen", "v3": "nvt", "v4": None})
    assert run("score", save(tmp_path, data), "--json").json["schalen"][0]["beantwoord"] == 0


def test_what_the_client_did_not_hand_in_is_refused(tmp_path: Path) -> None:
    for unfinished in (False, "ja", ...):
        result = run("score", save(tmp_path, antwoord(klaar=unfinished)))
        assert result.code == 4 and "niet ingeleverd" in result.err


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formulier": 2}, "vorm 2"),
        ({"hash": "0" * 16}, "is veranderd sinds"),
        ({"vragenlijst": "anders"}, "geef dan --bibliotheek"),
        ({"hash": None}, "hash onbekend, nu"),
        ({"formulier": True}, "die ken ik niet"),
        ({"antwoorden": {"v1": 3, "autonomie-1": 5}}, "heten de vragen v1"),
        ({"antwoorden": {"v18": 1}}, "de vraag 'v18' bestaat niet"),
        ({"antwoorden": {"v1": 6}}, "buiten de schaal 1 tot en met 5"),
        ({"antwoorden": {"v1": 4.5}}, "'4.5' is geen antwoord"),
        ({"open": {"o4": "x"}}, "de open vraag 'o4' bestaat niet"),
        ({"client": "Jan Jansen"}, "geen cliëntcode"),
        ({"meer": 1}, "'meer' hoort hier niet"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    result = run("score", save(tmp_path, antwoord(**change)))
    assert result.code == 3 and code in result.err and result.out == ""
    assert "antwoorden.json:1:" in result.err and result.err.count("\n") == 1


def test_an_afname_may_be_json(tmp_path: Path) -> None:
    data = {"vragenlijst": "eigen-regie", "versie": "1", "antwoorden": GIVEN, "open": {"start-1": "a\u2028b"}}
    result = run("score", save(tmp_path, data), "--json").json
    assert result["open"] == {"start-1": "a\u2028b"}


def test_json_with_a_double_key_or_without_end(tmp_path: Path) -> None:
    text = json.dumps(antwoord()).replace('"v1": 4', '"v1": 4, "v1": 5')
    assert "staat hier nog een keer" in run("score", write(tmp_path, "a.json", text)).err
    result = run("score", write(tmp_path, "b.json", json.dumps(antwoord())[:-40]))
    assert result.code == 3 and "b.json:" in result.err


def test_half_a_character_loses_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(antwoord(open={"o1": "Rust \ud83d tijd"})), encoding="utf-8")
    assert run("score", path, "--json").json["open"] == {"start-1": "Rust \ufffd tijd"}


def test_a_file_that_another_made_opens_no_path(tmp_path: Path) -> None:
    lijst = write(tmp_path, "klein.yaml", small_lijst(schaal("s", "1 2 3", 3)))
    response = {
        "resourceType": "QuestionnaireResponse", "status": "completed",
        "questionnaire": f"urn:regiekit:vragenlijst:{lijst}|1",
        "item": [{"linkId": "v-1", "answer": [{"valueInteger": 1}]}],
    }  # fmt: skip
    result = run("score", save(tmp_path, response))
    assert result.code == 3 and "antwoorden.json:1:" in result.err and result.out == ""
    by_hand = {"vragenlijst": "./klein.yaml", "versie": "1", "antwoorden": {"v-1": 1}}
    assert run("score", save(tmp_path, by_hand)).code == 0


# Inside other text ----------------------------------------------------------------------------------------------------

BEFORE = "Van: Cliënt\nOnderwerp: antwoorden\n\nHallo {coach}. Hier zijn mijn\nantwoorden:\n\n"
AFTER = "Groet, R. { zie boven }\n"


def in_mail(block: str, times: int = 1) -> bytes:
    return (BEFORE + f"{block}\n\n" * times + AFTER).encode()


def make_text(folder: Path, raw: bytes) -> Path:
    path = folder / "antwoorden.txt"
    path.write_bytes(raw)
    return path


def answer_text(**change: Any) -> str:
    return json.dumps(antwoord(**change), ensure_ascii=False, indent=1)


def test_the_text_of_the_form_is_found_in_a_mail(tmp_path: Path) -> None:
    wanted = run("score", save(tmp_path, antwoord()), "--json").json
    for raw in (
        in_mail(answer_text()), b"\xef\xbb\xbf" + in_mail(answer_text()).replace(b"\n", b"\r\n"),
        in_mail(answer_text(), times=2), answer_text().encode() + b"\n-- \nVerzonden vanaf mijn telefoon\n",
        in_mail(json.dumps(antwoord())).replace("ë".encode(), b"\xeb"),
    ):  # fmt: skip
        assert run("score", make_text(tmp_path, raw), "--json").json == wanted


def test_a_line_that_a_mail_broke_is_whole_again(tmp_path: Path) -> None:
    text = answer_text(open={"o1": "een lange regel"}).replace("lange regel", "lange\nregel")
    assert run("score", make_text(tmp_path, in_mail(text)), "--json").json["open"] == {"start-1": "een lange regel"}


def test_a_locked_text_is_found_in_a_mail(tmp_path: Path) -> None:
    from joserfc import jwe
    from joserfc.jwk import ECKey

    from regiekit.cli.sleutel import make_opener
    from regiekit.kanaal.antwoordbestand import read_afnames
    from regiekit.kanaal.sleutel import ANSWER_ALG, ENC

    key = make_key(tmp_path)
    public: Any = {k: v for k, v in private_key(key).items() if k != "d"}
    kid = json.loads(key.with_name("sleutel.openbaar.json").read_bytes())["kid"]
    header = {"alg": ANSWER_ALG, "enc": ENC, "kid": kid}

    def seal(**change: Any) -> str:
        return jwe.encrypt_compact(header, answer_text(**change), ECKey.import_key(public), [ANSWER_ALG, ENC])

    def opened(raw: bytes) -> Any:
        (tmp_path / "wachtzin").write_text(WACHTZIN, encoding="utf-8")
        with open(tmp_path / "wachtzin") as file:
            (made,) = read_afnames([str(make_text(tmp_path, raw))], make_opener(key, file.fileno()))
        return made

    sealed = seal()
    for width in (len(sealed), 76, 33, 3):
        folded = "\r\n".join(sealed[i : i + width] for i in range(0, len(sealed), width))
        for raw in (folded.encode(), in_mail(folded), in_mail(folded, 2), f"{folded}\nGroeten, R.".encode()):
            assert opened(raw).client == "R-001", (width, raw)
    for raw, said in (
        (in_mail(sealed + "\n\n" + seal()), "meer dan één formulier"),
        (in_mail(sealed + "\n\n" + answer_text()), "meer dan één formulier"),
        (in_mail(sealed[:-40] + "."), "cliënt"),
        (in_mail(sealed[:200]), "niet heel"),
    ):
        with pytest.raises(RegiekitError, match=said) as caught:
            opened(raw)
        assert caught.value.exit_code == 3 and "antwoorden.txt" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (answer_text() + "\n\n" + answer_text(client="R-002"), "meer dan één formulier"),
        (answer_text() + "\n\n" + answer_text()[:-50], "meer dan één formulier"),
        (answer_text()[:-50], "niet heel"),
        (answer_text(open={}).replace('"', "”"), "krom"),
        (answer_text(open={}).replace('"', "“"), "krom"),
    ],
)
def test_a_text_that_is_not_one_whole_answer(tmp_path: Path, text: str, said: str) -> None:
    for encoding in ("utf-8", "cp1252") if said == "krom" else ("utf-8",):
        result = run("score", make_text(tmp_path, b"Hallo, hier is het.\n" + text.encode(encoding)))
        assert (result.code, result.out, result.err.count("\n")) == (3, "", 1)
        assert said in result.err and "antwoorden.txt" in result.err
    if said == "krom":
        assert "krom" in run("score", make_text(tmp_path, text.encode())).err


def test_an_answer_that_looks_like_a_block_stays_an_answer(tmp_path: Path) -> None:
    inner = 'Zie {"formulier": 1} en eyJhbGciOiJFQ0RILUVTIn0..AAAAAAAAAAAAAAAA.BBBB.CCCCCCCCCCCCCCCCCCCCCC'
    assert run("score", save(tmp_path, antwoord(open={"o1": inner})), "--json").json["open"] == {"start-1": inner}
    text = afname_yaml(GIVEN) + f"open:\n  start-1: {json.dumps(inner)}\n"
    assert run("score", write(tmp_path, "a.yaml", text), "--json").json["open"] == {"start-1": inner}


@given(st.text(st.sampled_from('eyJ.- \n{}":aformulier1<'), max_size=200).map(str.encode) | st.binary(max_size=80))
def test_any_text_gives_bytes_or_one_clear_error(raw: bytes) -> None:
    from regiekit.kanaal.ingesloten import take_out

    for text in (raw, b'{"formulier": 1, "x": ' + raw, b"Hallo eyJ" + raw):
        try:
            assert isinstance(take_out(text, "a.txt"), bytes)
        except RegiekitError as error:
            assert error.exit_code == 3 and "a.txt" in str(error)


@pytest.mark.parametrize("piece", ["eyJ", "eyJ ", "..", ". .", '{"formulier":', "a", "..AAAAAAAAAAAAAAAA.", "{ ", "\n"])
def test_a_long_hostile_text_takes_no_time(piece: str) -> None:
    from regiekit.kanaal.ingesloten import take_out

    start = perf_counter()
    with suppress(RegiekitError):
        take_out((piece * (1_000_000 // len(piece))).encode(), "a.txt")
    assert perf_counter() - start < 2


# What is no answer file -----------------------------------------------------------------------------------------------


def as_zip(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x" * 5000)
    return made.getvalue()


OLD = b"\xd0\xcf\x11\xe0" + bytes(600)
EML = b"From: client@voorbeeld.nl\nSubject: a\n b\nMIME-Version: 1.0\nContent-Type: text/plain\n\nHallo\n"


@pytest.mark.parametrize(
    ("name", "raw", "code", "said"),
    [
        ("a.docx", as_zip("[Content_Types].xml", "word/document.xml"), 3, "Word-document. Kopieer de tekst eruit"),
        ("a.odt", as_zip("mimetype", "content.xml"), 3, "LibreOffice. Kopieer de tekst eruit"),
        ("a.xlsx", as_zip("[Content_Types].xml", "xl/workbook.xml"), 3, "geen rekenblad"),
        ("a.zip", as_zip("antwoorden.json"), 3, "Pak het uit"),
        ("a.doc", OLD + "WordDocument".encode("utf-16-le"), 3, "Word-document"),
        ("a.msg", OLD + "__substg1.0_".encode("utf-16-le"), 3, "bewaarde mail"),
        ("a.xls", OLD + "Workbook".encode("utf-16-le"), 2, "vragenlijst importeer"),
        ("a.pdf", b"%PDF-1.7\n...", 3, "PDF. Kopieer de tekst eruit"),
        ("a.rtf", b"{\\rtf1 tekst}", 3, "RTF"),
        ("a.eml", EML, 3, "bewaarde mail"),
        ("a.eml", EML + answer_text().encode(), 3, "bewaarde mail"),
        ("a.html", b"<!DOCTYPE html><html lang=nl><p>Hallo", 3, "webpagina"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0 eyJ formulier" + bytes(2_000_000), 3, "is een foto, en geen"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "is een foto, en geen ingevulde"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", 3, "is een foto, en geen ingevulde"),
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 ", 3, "is een foto, en geen ingevulde"),
        ("a.gif", b"GIF89a\1\1", 3, "is een foto, en geen ingevulde"),
        ("a.exe", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0", 3, "een ander soort bestand"),
        ("a.yaml", "vragenlijst: regie\n".encode("utf-16"), 3, "bewaar dit in Kladblok opnieuw"),
        ("a.yaml", "vragenlijst: regie\n".encode("utf-16-le"), 3, "bewaar dit in Kladblok opnieuw"),
        ("a.yaml", "naam: café\n".encode("cp1252"), 3, "bewaar dit in Kladblok opnieuw"),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_told_what_to_do(tmp_path: Path, name: str, raw: bytes, code: int, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    result = run("score", path)
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    assert said in result.err and name in result.err


def test_the_form_itself_has_no_answers(tmp_path: Path) -> None:
    result = run("score", make_form(tmp_path))
    assert result.code == 3 and "is het formulier zelf" in result.err and "map Downloads" in result.err


ODD = "\u2028\u2029\u00a0\ufeff😀\\\"/'{}[]:,#&*!|>%@`"
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from(ODD), max_size=12)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=6)
LEAVES = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | TEXTS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_json_reads_it(value: Any) -> None:
    for indent in (None, 2):
        raw = json.dumps({"x": value}, ensure_ascii=False, indent=indent).encode()
        read, problems = read_json(raw, "b")
        assert (read.data, problems) == ({"x": value}, [])
