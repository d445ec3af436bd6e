"""The strict reader holds on anything: every file gives its data or problems with a place, and never a traceback."""

import contextlib
import errno
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from corpus import AFNAME, HOSTILE, base_files, mutants
from regiekit.content import reader
from regiekit.content.reader import Place, Yaml, read_yaml
from regiekit.content.validate import validate
from regiekit.domain.afname import Afname
from regiekit.domain.plain_afname import plain_afname
from regiekit.domain.record import Record
from regiekit.domain.uitslag import score
from regiekit.domain.vragenlijst import Vragenlijst
from regiekit.errors import MAX_PROBLEMS, MELDINGEN, Problem
from util import EIGEN_REGIE, ROOT, run

SLOW_OK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def lines_of(raw: bytes) -> list[str]:
    return re.split(r"\r\n|\r|\n", raw.decode("utf-8-sig", errors="replace"))


def check_places(problems: list[Problem], raw: bytes) -> None:
    """Every problem has a known code and stands within the file (a column after the last character is its end)."""
    lines = lines_of(raw)
    for found in problems:
        assert found.code in MELDINGEN
        assert found.regel <= len(lines)
        if found.regel:
            assert 1 <= found.kolom <= len(lines[found.regel - 1]) + 1, found
        else:
            assert found.code in ("leeg-bestand", "bestand-te-groot")


def read(raw: str | bytes) -> tuple[Yaml, list[Problem]]:
    return read_yaml(raw.encode() if isinstance(raw, str) else raw, "f.yaml")


def places(text: str | bytes) -> list[tuple[int, int, str]]:
    return [(p.regel, p.kolom, p.code) for p in read(text)[1]]


# The corpus ---------------------------------------------------------------------------------------------------------

PLACE = re.compile(r"\.yaml:\d+:\d+: ")
WITHOUT_LINE = re.compile(r"\.yaml: dit bestand is (leeg|te groot)")


def check_through_main(path: Path, raw: bytes) -> bool:
    """Run `controleer` and `score`; whether the file was fine. A traceback ends the test by itself."""
    path.write_bytes(raw)
    result = run("controleer", path)
    assert result.code in (0, 3)
    scored = run("score", path)
    assert scored.code in (0, 2, 3)
    if scored.code == 2:
        assert "is een vragenlijst" in scored.err
    if result.code == 3:
        *found, summary = result.out.splitlines()
        assert " in 1 van 1 bestand." in summary
        assert found
        assert all(PLACE.search(line) or WITHOUT_LINE.search(line) for line in found)
        assert len(found) <= 2 * (MAX_PROBLEMS + 1)
    return result.code == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str, tmp_path: Path) -> None:
    assert not check_through_main(tmp_path / "f.yaml", HOSTILE[name])


def test_mutated_files(tmp_path: Path) -> None:
    made = list(mutants())
    wrong = [name for name, raw in made if not check_through_main(tmp_path / "f.yaml", raw)]
    assert len(wrong) + len(HOSTILE) >= 300, "of the files in the corpus, at least so many are wrong"


@pytest.mark.parametrize("name", HOSTILE)
def test_parser_in_python_holds_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CLoader", raising=False)
    raw = HOSTILE[name][:20_000]
    check_places(read(raw)[1], raw)


def test_interpreter_survives_deep_nesting(tmp_path: Path) -> None:
    path = tmp_path / "diep.yaml"
    path.write_bytes(b"[" * 400_000)
    command = [sys.executable, "-m", "regiekit", "controleer", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stdout.startswith(f"{path}:1:41: ")
    assert done.stderr == ""


# Properties -----------------------------------------------------------------------------------------------------------

MUTANTS = [raw for _, raw in mutants(count=2, seed=7)]
WORDS = st.sampled_from(["antwoorden", "vragen", "schalen", "id", "herkomst", "a", "autonomie-1", "- ", "? ", ": ", ":",
                         "\n", "\n  ", "\n\t", "[", "]", "{", "}", ", ", "'", '"', "|", ">", "&a", "*a", "!x", "<<",
                         "%", "---\n", "...\n", "#", "\r\n", "\r", "1", "01", "0x1F", "1e3", ".inf", "~", "é", "😀",
                         "\\", "\u2028", "\ufeff", "null", "true", "no"])  # fmt: skip


@SLOW_OK
@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    check_places(read(raw)[1], raw)


@SLOW_OK
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    raw = text.encode("utf-8", errors="surrogatepass")
    check_places(read(raw)[1], raw)


@settings(SLOW_OK, max_examples=150)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_anything_like_yaml(text: str) -> None:
    made, problems = read(text)
    check_places(problems, text.encode())
    assert made.complete or problems


@FEW
@given(st.lists(WORDS, max_size=40).map("".join))
def test_anything_like_yaml_with_the_parser_in_python(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CLoader", raising=False)
        check_places(read(text)[1], text.encode())


@FEW
@given(st.sampled_from(MUTANTS), st.integers(0, 20_000), st.binary(max_size=6), st.integers(0, 6))
def test_mutated_files_through_the_program(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, at: int, put: bytes, gone: int
) -> None:
    at %= len(raw) + 1
    check_through_main(tmp_path_factory.getbasetemp() / "m.yaml", raw[:at] + put + raw[at + gone :])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=8) | st.sampled_from(["1", "start"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=12,
)
FIELDS = {
    "vragenlijst": st.sampled_from(["eigen-regie", "x", "./a.yaml"]),
    "versie": st.sampled_from(["1", "2"]),
    "client": st.sampled_from(["R-014", "Jan de Vries", "123456782"]),
    "meetmoment": st.sampled_from(["start", "begin"]),
    "datum": st.sampled_from(["2026-03-02", "2026-02-30", "0000-00-00"]),
    "antwoorden": st.dictionaries(st.sampled_from(["autonomie-1", "autonomie-2", "x"]), JSON, max_size=3),
    "open": st.dictionaries(st.sampled_from(["start-1", "x"]), st.text(max_size=5) | JSON, max_size=2),
}
AFNAMES = st.fixed_dictionaries({}, optional={k: v | JSON for k, v in FIELDS.items()})
PLAUSIBLE = st.fixed_dictionaries(
    {"vragenlijst": FIELDS["vragenlijst"], "versie": FIELDS["versie"], "antwoorden": FIELDS["antwoorden"]},
    optional={k: FIELDS[k] for k in ("client", "meetmoment", "datum", "open")},
)


@FEW
@given(AFNAMES | PLAUSIBLE)
def test_any_afname_through_the_program(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    raw = json.dumps(data).encode()
    check_through_main(tmp_path_factory.getbasetemp() / "a.yaml", raw)


@settings(SLOW_OK, max_examples=200)
@given(AFNAMES | PLAUSIBLE)
@example({"vragenlijst": "a", "versie": "1\n", "antwoorden": {}})
@example({"vragenlijst": "a", "versie": "1", "antwoorden": {}, "client": "R-014\n"})
@example({"vragenlijst": "a", "versie": "1", "antwoorden": {}, "meetmoment": "a\n"})
@example({"vragenlijst": "a", "versie": "1", "antwoorden": {}, "datum": "2026-03-02\n"})
@example({"vragenlijst": "a", "versie": "1", "antwoorden": {}, "open": None})
@example({"vragenlijst": "a", "versie": "1", "antwoorden": {"a": True}})
def test_plain_afname_accepts_nothing_that_the_model_refuses(data: dict[str, Any]) -> None:
    plain = plain_afname(json.loads(json.dumps(data)))
    if plain is None:
        return
    by_model = Afname.model_validate_json(json.dumps(data))
    for name in Afname.model_fields:
        assert getattr(plain, name) == getattr(by_model, name)
    assert isinstance(plain.datum, date | None)


@settings(SLOW_OK, max_examples=100)
@given(st.dictionaries(st.sampled_from([v.id for v in EIGEN_REGIE.inhoud.vragen]), st.none() | st.integers(1, 5)))
def test_scorer_takes_any_answers_within_the_scale(antwoorden: dict[str, int | None]) -> None:
    for schaal in score(EIGEN_REGIE.inhoud, antwoorden).schalen:
        given_answers = [
            antwoorden.get(v.vraag) for s in EIGEN_REGIE.inhoud.schalen if s.id == schaal.id for v in s.vragen
        ]
        assert schaal.beantwoord == sum(a is not None for a in given_answers)
        assert (schaal.score is None) == (schaal.beantwoord < schaal.minimaal)
        assert schaal.score is None or 1 <= schaal.score <= 5


# Beside PyYAML --------------------------------------------------------------------------------------------------------

SIMPLE = st.recursive(
    st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@settings(SLOW_OK, max_examples=150)
@given(SIMPLE, st.booleans(), st.integers(1, 200))
def test_same_data_as_pyyaml(data: Any, flow: bool, width: int) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, width=width)
    made, problems = read(text)
    if not problems:
        assert made.data == yaml.safe_load(text) == data


@settings(SLOW_OK, max_examples=150)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_same_shape_as_pyyaml(text: str) -> None:
    made, problems = read(text)
    try:
        theirs = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar as text
    except (yaml.YAMLError, ValueError):
        return
    if not problems:
        assert shape(made.data) == shape(theirs)


def shape(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: shape(v) for k, v in data.items()}
    return [shape(v) for v in data] if isinstance(data, list) else "scalar"


SCALARS: dict[str, Any] = {
    "no": "no", "on": "on", "yes": "yes", "ja": "ja", "nee": "nee", "y": "y", "12:30": "12:30", "1_000": "1_000",
    "2026-01-05": "2026-01-05", "012": 12, "-7": -7, "+3": 3, "0o17": 15, "0x1F": 31, "0b1": "0b1", "1.10": 1.1,
    "1e3": 1000.0, ".5": 0.5, "1.": 1.0, "-.5e-3": -0.0005, ".": ".", "true": True, "False": False, "tRUE": "tRUE",
    "null": None, "~": None, "": None, "NULL": None, "nULL": "nULL", "'1'": "1", '"true"': "true", "''": "",
    "1.2.3": "1.2.3", "=": "=", "0x": "0x", "1e": "1e", "infinity": "infinity", "nan": "nan", "٣": "٣",
}  # fmt: skip


@pytest.mark.parametrize("written", SCALARS)
def test_scalars_of_yaml_1_2(written: str) -> None:
    made, problems = read(f"a: {written}\n")
    assert not problems
    assert made.data == {"a": SCALARS[written]}
    assert type(made.data["a"]) is type(SCALARS[written])


# Places, counted by hand ----------------------------------------------------------------------------------------------

TEXT = """\
# een lijst
naam: Ëen 😀
vragen:
  - id: a
    tekst: |
      eerste regel
      tweede regel
  - {id: "😀", tekst: b}
lijst: [1, [2, 3]]
leeg:
"""
PLACES: dict[tuple[str | int, ...], Place] = {
    (): (2, 1),
    ("naam",): (2, 7),
    ("vragen",): (4, 3),
    ("vragen", 0): (4, 5),
    ("vragen", 0, "id"): (4, 9),
    ("vragen", 0, "tekst"): (5, 12),
    ("vragen", 1): (8, 5),
    ("vragen", 1, "id"): (8, 10),
    ("vragen", 1, "tekst"): (8, 22),
    ("lijst", 1, 1): (9, 16),
    ("leeg",): (10, 6),
}
KEYS: dict[tuple[str | int, ...], Place] = {
    ("naam",): (2, 1), ("vragen", 0, "tekst"): (5, 5), ("vragen", 1, "tekst"): (8, 15), ("leeg",): (10, 1),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("in_c", [True, False])
def test_places(end: str, mark: bytes, in_c: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not in_c:
        monkeypatch.delattr(yaml, "CLoader", raising=False)
    made, problems = read(mark + TEXT.replace("\n", end).encode())
    assert not problems
    assert {loc: made.values[loc] for loc in PLACES} == PLACES
    assert {loc: made.keys[loc] for loc in KEYS} == KEYS


def test_what_is_missing_points_at_its_parent() -> None:
    made, _ = read(TEXT)
    assert made.place_of(("vragen", 1, "herkomst", "kop")) == (8, 5)
    assert made.place_of(("nergens", "naam")) == (2, 1)
    assert made.place_of(("vragen", 0, "tekst"), key=True) == (5, 5)


SYNTAX: list[tuple[str | bytes, tuple[int, int, str]]] = [
    ('a: 1\nb: "één\nc: 2\n', (2, 4, "yaml-fout")),
    ("a: 1\r\nb: [1,\r\nc: 2\r\n", (2, 4, "yaml-fout")),
    ("a: {b: 1\nc: 2\n", (2, 2, "yaml-fout")),
    ("[\n\n", (1, 2, "yaml-fout")),
    ("é: 1\n\tb: 2\n", (2, 1, "yaml-fout")),
    ("a: 1\rb: 2\r\x07", (3, 1, "stuurteken")),
    ("a: é😀\x07", (1, 6, "stuurteken")),
    (b"\xef\xbb\xbfa: \xc3\xa9\xff", (1, 5, "geen-utf8")),
    (b"a: 1\r\nb: \xff", (2, 4, "geen-utf8")),
    ("a: 1\n---\nb: 2\n", (2, 1, "yaml-meer-documenten")),
    ("a: {b: 1, b: 2}\n", (1, 11, "yaml-dubbele-sleutel")),
    ("a: [x, *y]\n", (1, 8, "yaml-anker")),
    ("a:\n  <<: {b: 1}\n", (2, 3, "yaml-samenvoeging")),
    ("a: " + "[" * 40, (1, 43, "yaml-te-diep")),
]


@pytest.mark.parametrize(("text", "expected"), SYNTAX)
def test_place_of_a_problem(text: str | bytes, expected: tuple[int, int, str]) -> None:
    assert places(text) == [expected]


def test_all_problems_at_once() -> None:
    text = "a: &x 1\nb: *x\na: 2\nc: !t 3\nd: 1e999\ne: .nan\n<<: {f: 1}\n"
    codes = ["anker", "anker", "dubbele-sleutel", "label", "getal-te-lang", "geen-getal", "samenvoeging"]
    assert [code for _, _, code in places(text)] == [f"yaml-{c}" for c in codes]


def test_second_of_two_equal_keys_does_not_count() -> None:
    made, problems = read("a:\n  b: 1\na:\n  b: 2\n  c: 3\n")
    assert made.data == {"a": {"b": 1}}
    assert [(p.regel, p.code) for p in problems] == [(3, "yaml-dubbele-sleutel")]


@pytest.mark.parametrize("count", [MAX_PROBLEMS - 1, MAX_PROBLEMS, MAX_PROBLEMS + 50])
def test_number_of_problems_is_limited(count: int, tmp_path: Path) -> None:
    read_problems = read("- *a\n" * count)[1]
    assert len(read_problems) == min(count, MAX_PROBLEMS + 1)
    path = tmp_path / "a.yaml"
    path.write_bytes(AFNAME + b"".join(b"  x%d: 1\n" % i for i in range(count)))
    found = run("controleer", path, "--json").json
    assert len(found) == min(count, MAX_PROBLEMS + 1)
    assert (found[-1]["code"] == "te-veel-fouten") == (count > MAX_PROBLEMS)


@pytest.mark.parametrize(
    ("text", "code"), [("- 1\n" * reader.MAX_PARTS, "yaml-te-veel"), ("#" * 1_000_001, "bestand-te-groot")]
)
def test_limits(text: str, code: str) -> None:
    assert [found for _, _, found in places(text)] == [code]


# Wrong types everywhere -----------------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (None, True, 7, 2.5, "", "Foo Bar\n", [], ["x"], {}, {"x": 1}, [[1]], "x" * 5000)


def paths_in(data: Any, loc: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the data; of a list the first item only."""
    steps = data.keys() if isinstance(data, dict) else range(min(len(data), 1)) if isinstance(data, list) else ()
    return [loc, *(deeper for s in steps for deeper in paths_in(data[s], (*loc, s)))] if loc or data else []


def with_wrong(data: Any, loc: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(data))
    here = copy
    for step in loc[:-1]:
        here = here[step]
    here[loc[-1]] = value
    return copy


@pytest.mark.parametrize(
    "path", [p for p in base_files() if p.parent.name != "voorbeelden" or "start" in p.name], ids=lambda p: p.stem
)
def test_wrong_type_for_every_field(path: Path, tmp_path: Path) -> None:
    data = read(path.read_bytes())[0].data
    target = tmp_path / "f.yaml"
    for number, loc in enumerate(paths_in(data)[1:]):
        for value in (WRONG[number % len(WRONG)], WRONG[(number + 5) % len(WRONG)]):
            raw = json.dumps(with_wrong(data, loc, value)).encode()
            target.write_bytes(raw)
            result = run("controleer", target, "--json")
            assert result.code in (0, 3)
            check_places([Problem(**p) for p in result.json], raw)


# What is not a plain file ---------------------------------------------------------------------------------------------


def test_folder_with_odd_things(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").mkdir()
    (tmp_path / "map.yaml" / "a.yaml").write_bytes(AFNAME)
    (tmp_path / ".verborgen.yaml").write_text("[")
    with contextlib.suppress(OSError, NotImplementedError):
        (tmp_path / "kring.yaml").symlink_to("kring.yaml")
        (tmp_path / "nergens.yaml").symlink_to("bestaat-niet")
        (tmp_path / "terug").symlink_to(tmp_path)
    result = run("controleer", tmp_path, "--json")
    found = {Path(p["bestand"]).name: p["code"] for p in result.json}
    linked = {p.name for p in tmp_path.iterdir() if p.is_symlink()} - {"terug"}
    assert found.keys() == linked
    assert found.get("nergens.yaml", "bestand-ontbreekt") == "bestand-ontbreekt"
    assert found.get("kring.yaml", "bestand-onleesbaar") == "bestand-onleesbaar"


def test_empty_folder(tmp_path: Path) -> None:
    result = run("controleer", tmp_path, "--json")
    assert (result.code, [p["code"] for p in result.json]) == (3, ["lege-map"])


def test_pipe_and_device_do_not_hang(tmp_path: Path) -> None:
    odd = [p for p in (Path("/dev/zero"), Path("/dev/tty")) if p.exists()]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp.yaml")
        odd.append(tmp_path / "pijp.yaml")
        assert run("controleer", tmp_path).code == 3
    for path in odd:
        result = run("controleer", path, "--json")
        assert (result.code, [p["code"] for p in result.json]) == (3, ["bestand-onleesbaar"])
        assert run("score", path).code == 2


@pytest.mark.parametrize("name", ["bestaat-niet.yaml", "x" * 300 + ".yaml"])
def test_path_that_cannot_be(name: str, tmp_path: Path) -> None:
    for command in ("controleer", "score"):
        result = run(command, tmp_path / name)
        assert (result.code, result.out) == (2, "")
        assert "bestaat niet" in result.err or "naam is te lang" in result.err
    assert run("controleer", ROOT / "voorbeelden", "--bibliotheek", "x" * 300).code == 2


def test_path_is_printed_without_terminal_commands(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[2J\u202e.yaml"
    try:
        path.write_text("- a\n")
    except OSError:
        return  # Windows has no such names
    for result in (run("controleer", path), run("score", path)):
        shown = result.out + result.err
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert r"a\n\x1b[2J\u202e.yaml:1:1: " in shown
    assert run("controleer", path, "--json").json[0]["bestand"] == str(path)


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.yaml"
    try:
        with open(path, "wb") as file:
            file.write(b"- a\n")
    except (OSError, UnicodeError):
        return  # Windows and macOS have no such names
    name = os.fsdecode(path)
    assert [run(*words).code for words in (("controleer", name), ("controleer", name, "--json"), ("score", name))] == [
        3
    ] * 3


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dicht.yaml"
    path.write_bytes(AFNAME)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(reader, "open", refuse, raising=False)
    (found,) = run("controleer", path, "--json").json
    assert found["code"] == "bestand-onleesbaar"
    assert "geen toegang" in found["melding"]


# What no file of the folder `fouten` shows ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["- a\n", "hallo\n", "5\n"])
def test_score_wants_names_and_values(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    result = run("score", path)
    assert result.code == 3
    assert result.err.startswith(f"{path}:1:1: hier hoort 'naam: waarde'")


def test_complaint_that_has_no_sentence_of_its_own() -> None:
    class Even(Record):
        getal: Annotated[int, Field(multiple_of=2)]

    made, problems = validate(Even, read("getal: 3\n")[0], "f.yaml")
    assert made is None
    assert [(p.regel, p.kolom, p.code) for p in problems] == [(1, 8, "klopt-niet")]
    assert "multiple" not in problems[0].melding


def test_wrong_library_does_not_hide_the_file(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text("vragen: 1\nschalen: 2\n")
    path = tmp_path / "a.yaml"
    path.write_bytes(AFNAME + b"  autonomie-1: 3\n")
    found = {
        (Path(p["bestand"]).name, p["code"]) for p in run("controleer", path, "--bibliotheek", tmp_path, "--json").json
    }
    assert ("a.yaml", "yaml-dubbele-sleutel") in found
    assert ("eigen.yaml", "geen-lijst") in found


def test_label_keys_have_one_way_to_be_written() -> None:
    lijst = (ROOT / "data" / "vragenlijsten" / "eigen-regie.yaml").read_text(encoding="utf-8")
    for name in ("01", "+1", "1.0", "' 1'", "1_0", "-0", "een", "99999999999999999999"):
        data = read(lijst.replace("    1: hele", f"    {name}: hele"))[0].data
        with pytest.raises(ValidationError, match="geen heel getal"):
            Vragenlijst.model_validate_json(json.dumps(data))
