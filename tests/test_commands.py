"""Every command: what it shows, its JSON, its files, its errors; and no English anywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from engels import command_paths, english_words
from regiekit.cli.app import regiekit
from regiekit.cli.taal import DutchGroup, Lazy, load
from regiekit.content.reader import read_yaml
from regiekit.domain.record import Record
from regiekit.domain.techniek import Techniek
from util import ROOT, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from pathlib import Path

TECHNIEKEN = ["vragen", "zones", "reparatiereflex", "inoculatie", "cirkel-van-invloed"]


def lazy_entries(group: DutchGroup) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, entry in group.table.items():
        found += lazy_entries(entry) if isinstance(entry, DutchGroup) else [(name, entry)]
    return found


# Help and errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", list(command_paths(regiekit)), ids=" ".join)
def test_help_is_dutch(path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.code == 0
    assert "Gebruik: regiekit" in result.out
    assert english_words(result.out) == []
    assert all(len(line) <= 80 for line in result.out.splitlines())


@pytest.mark.parametrize(("name", "entry"), lazy_entries(regiekit))
def test_the_list_of_commands_says_what_their_help_says(name: str, entry: Lazy) -> None:
    assert (load(entry, name).help or "").strip().partition("\n")[0] == entry.summary


WRONG = [
    ["zoen"],
    ["zone", "--regi", "laag"],
    ["zone", "--regie"],
    ["zone", "--regie", "lag"],
    ["zone", "--sturing", "laag"],
    ["zone", "--sturing", "xyz"],
    ["zone", "--waarneming", "stress"],
    ["zone", "laag"],
    ["techniek", "inoculatei"],
    ["techniek", "xyzzy"],
    ["techniek", "--print"],
    ["techniek", "vragen", "zones"],
    ["score"],
    ["score", "bestaat-niet.yaml"],
    ["score", str(ROOT)],
    ["vragenlijst", "toon"],
    ["vragenlijst", "toon", "eigen-regi"],
    ["vragenlijst", "invulblad", "eigen-regie", "--meetmoment", "midden"],
    ["vragenlijst", "invulblad", "eigen-regie", "--client", "Jan de Vries"],
    ["vragenlijst", "invulblad", "eigen-regie", "--client", "111222333"],
    ["kennis", "--voor", "buurman"],
    ["kennis", "--dekking", "xyzzy"],
    ["kennis", "--dekking", "--voor", "coach"],
    ["plan", "--stap", ";"],
    ["plan", "--rol", "iemand"],
    ["plan", "--manier", "xyzzy"],
    ["plan", "--uit", "plan.odt"],
    ["plan", "--datum", "morgen"],
    ["plan", "bestaat-niet.yaml"],
    ["mijlpalen"],
    ["mijlpalen", "--eerste-ziektedag", "morgen"],
    ["mijlpalen", "--eerste-ziektedag", "1800-01-01"],
    ["mijlpalen", "--eerste-ziektedag", "2026-01-05", "--datum", "xyzzy=2026-01-01"],
    ["verslag"],
    ["verslag", "--voor", "werkgever"],
    ["verslag", "--voor", "intervisie", "--minuten", "5"],
    ["controleer"],
    ["controleer", "bestaat-niet"],
    ["schema", "boek"],
    ["score", "x.yaml", "--bibliotheek", "bestaat-niet"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_is_one_dutch_line(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    first, *rest = result.err.splitlines()
    assert first.startswith("regiekit: ")
    assert all(line.startswith("Hulp: regiekit") for line in rest)
    assert english_words(result.err) == []


def test_nearest_name_is_offered() -> None:
    assert "bedoelde je 'inoculatie'" in run("techniek", "inoculatei").err
    assert "bedoel je los?" in run("zone", "--sturing", "laag").err
    assert "--regie" in run("zone", "--regi", "laag").err
    assert "'eigen-regie'" in run("vragenlijst", "toon", "eigen-regi").err


# Zone -------------------------------------------------------------------------------------------------------------


def test_zone_json() -> None:
    data = run("zone", "--regie", "laag", "--json").json
    assert list(data)[:5] == ["regie", "sturing", "waarneming", "cellen", "advies"]
    assert data["regie"] == "laag"
    assert data["cellen"] == {"strak": "aansluiting", "gedeeld": "uitdaging", "los": "stress"}
    assert list(data["advies"]) == [
        "sturing", "aansluiting", "uitdaging", "opties", "vragen", "reden", "kantelt_als", "herkomst",
    ]  # fmt: skip
    assert (data["advies"]["sturing"], data["advies"]["aansluiting"], data["advies"]["uitdaging"]) == (
        "gedeeld", "strak", "gedeeld",
    )  # fmt: skip


@pytest.mark.parametrize(("regie", "sturing"), [("laag", "gedeeld"), ("midden", "los"), ("hoog", "los")])
def test_zone_advises_and_lets_it_be_heard(regie: str, sturing: str) -> None:
    out = run("zone", "--regie", regie).out
    names = {"gedeeld": "gedeelde", "los": "losse"}
    assert f"Advies: {names[sturing]} sturing" in out
    assert out.count("“") == 3
    for text in ("Verveling op den", "Irritatie", "Stress", "Vermunt", "kantelt als", "Lezing van regiekit"):
        assert text in out


def test_zone_without_options_in_a_pipe_is_the_matrix() -> None:
    result = run("zone")
    assert result.code == 0
    for text in ("Strakke sturing", "Gedeelde sturing", "Losse sturing", "Aansluiting", "Wat de woorden betekenen"):
        assert text in result.out
    assert "Advies" not in result.out


def test_zone_shows_both_when_besluit_and_waarneming_differ() -> None:
    out = run("zone", "--regie", "laag", "--sturing", "strak", "--waarneming", "irritatie").out
    assert "Lage mate van eigen regie" in out
    assert "Hoge mate van eigen regie" in out


def test_zone_pair_outside_the_matrix_asks_where_it_comes_from() -> None:
    out = " ".join(run("zone", "--regie", "laag", "--sturing", "los", "--waarneming", "irritatie").out.split())
    assert "past niet in de matrix" in out
    assert "vraag waar het vandaan komt" in out


# Techniek ---------------------------------------------------------------------------------------------------------


def test_list_of_technieken() -> None:
    data = run("techniek", "--json").json
    assert [t["id"] for t in data] == TECHNIEKEN
    assert all({"id", "naam", "versie"} <= set(t) for t in data)


@pytest.mark.parametrize("naam", TECHNIEKEN)
def test_the_card_on_screen_is_complete(naam: str) -> None:
    path = ROOT / f"data/technieken/{naam}.yaml"
    techniek = Techniek.model_validate_json(json.dumps(read_yaml(path.read_bytes(), str(path))[0].data))
    screen = "".join(run("techniek", naam).out.split())
    for text in _texts(techniek):
        assert "".join(text.split()) in screen


def _texts(record: Record) -> list[str]:
    found = [record.tekst] if hasattr(record, "tekst") else []
    for name in type(record).model_fields:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else (value,):
            found += _texts(part) if isinstance(part, Record) else []
    return found


@pytest.mark.parametrize(
    ("typed", "naam"),
    [("Vragen stellen", "vragen"), ("sturing aanpassen", "zones"), ("Reparatie reflex", "reparatiereflex"),
     ("INOCULATIE", "inoculatie"), ("Cirkel van Invloed", "cirkel-van-invloed"), ("cirkel", "cirkel-van-invloed")],
)  # fmt: skip
def test_other_names_from_the_sources_work(typed: str, naam: str) -> None:
    assert run("techniek", typed, "--json").json["id"] == naam


@pytest.mark.parametrize("naam", [*TECHNIEKEN, "alle"])
def test_print_makes_a_pdf_in_this_folder(naam: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("techniek", naam, "--print")
    assert result.code == 0, result.err
    path = tmp_path / f"placemat-{naam}.pdf"
    assert str(path) in result.out
    assert path.read_bytes().startswith(b"%PDF")
    before = path.read_bytes()
    assert run("techniek", naam, "--print").code == 0  # the same bytes may stand there
    assert path.read_bytes() == before


def test_an_existing_file_is_kept_unless_asked(tmp_path: Path) -> None:
    path = write(tmp_path, "kaart.pdf", "van iemand anders")
    result = run("techniek", "vragen", "--print", "--uit", path)
    assert result.code == 2
    assert "--overschrijf" in result.err
    assert path.read_text() == "van iemand anders"
    assert run("techniek", "vragen", "--print", "--uit", path, "--overschrijf").code == 0


def test_a_techniek_of_the_coach_stands_beside_the_five(tmp_path: Path) -> None:
    write(tmp_path, "eigen.yaml", own_techniek())
    data = run("techniek", "--json", "--bibliotheek", tmp_path).json
    assert [t["id"] for t in data] == [*TECHNIEKEN, "rustmoment"]
    assert "Adem eerst" in run("techniek", "rustmoment", "--bibliotheek", tmp_path).out


def own_techniek(extra: str = "") -> str:
    own = "herkomst: eigen, redenering: Uit mijn praktijk."
    return (
        f'id: rustmoment\nversie: "1"\nnaam: Rustmoment\n{extra}'
        f"samenvatting: {{tekst: Even niets., {own}}}\ndoel:\n  - {{tekst: Rust., {own}}}\n"
        f"wanneer_wel:\n  - {{tekst: Bij haast., {own}}}\n"
        f"stappen:\n  - {{naam: Adem eerst, tekst: Drie keer., {own}}}\n"
    )


def test_a_name_may_lead_to_one_techniek_only(tmp_path: Path) -> None:
    write(tmp_path, "eigen.yaml", own_techniek("aliassen: [inoculatie]\n"))
    result = run("techniek", "--bibliotheek", tmp_path)
    assert result.code == 3
    assert "inoculatie" in result.err


# Vragenlijst ------------------------------------------------------------------------------------------------------


def test_list_of_vragenlijsten() -> None:
    data = run("vragenlijst", "lijst", "--json").json
    assert [(v["id"], v["versie"]) for v in data] == [("eigen-regie", "1"), ("schaalvragen", "1")]


def test_toon_shows_vragen_schalen_and_rules() -> None:
    out = run("vragenlijst", "toon", "eigen-regie").out
    assert out.count("[telt omgekeerd]") == 3
    assert "minstens 4 van 5" in out
    assert "aanname" in out


def test_an_invulblad_can_be_filled_in_and_scored(tmp_path: Path) -> None:
    path = tmp_path / "blad.yaml"
    result = run("vragenlijst", "invulblad", "eigen-regie", "--uit", path, "--client", "R-9", "--meetmoment", "start")
    assert result.code == 0
    assert run("score", path).code == 0  # empty: no scores, no error
    text = path.read_text(encoding="utf-8")
    assert "halverwege-1" not in text
    for vraag in ("autonomie-1", "autonomie-2", "autonomie-3", "autonomie-4", "autonomie-5"):
        text = text.replace(f"  {vraag}:", f"  {vraag}: 4")
    path.write_text(text, encoding="utf-8")
    data = run("score", path, "--json").json
    assert (data["client"], data["meetmoment"], data["schalen"][0]["score"]) == ("R-9", "start", 3.6)


def test_an_invulblad_for_who_does_no_online_training(tmp_path: Path) -> None:
    out = run("vragenlijst", "invulblad", "eigen-regie", "--uit", "-", "--zonder-training")
    assert out.code == 0


@pytest.mark.parametrize("licentie", ["toestemming", "onbekend"])
def test_a_list_that_is_not_free_needs_permission(tmp_path: Path, licentie: str) -> None:
    text = small_lijst(schaal("s", "1 2 3", 2)).replace("licentie: vrij", f"licentie: {licentie}")
    path = write(tmp_path, "lijst.yaml", text)
    target = tmp_path / "uit.yaml"
    assert run("vragenlijst", "invulblad", path, "--uit", target).code == 4
    assert run("vragenlijst", "invulblad", path, "--uit", target, "--ik-heb-toestemming").code == 0
    assert "toestemming" in target.read_text(encoding="utf-8").splitlines()[0]


def test_equal_id_and_versie_with_another_content_names_both(tmp_path: Path) -> None:
    text = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    write(tmp_path, "mijn.yaml", text.replace("Ik twijfel", "Ik aarzel", 1).replace("naam: Start", "naam: Begin"))
    result = run("vragenlijst", "lijst", "--bibliotheek", tmp_path)
    assert result.code == 3
    assert "mijn.yaml" in result.err
    assert "eigen-regie.yaml" in result.err


def test_another_versie_stands_beside_it(tmp_path: Path) -> None:
    text = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
    write(tmp_path, "mijn.yaml", text.replace('versie: "1"', 'versie: "2"'))
    data = run("vragenlijst", "lijst", "--json", "--bibliotheek", tmp_path).json
    assert [v["versie"] for v in data if v["id"] == "eigen-regie"] == ["1", "2"]
    assert run("vragenlijst", "toon", "eigen-regie@2", "--json", "--bibliotheek", tmp_path).json["versie"] == "2"


# Controleer and schema --------------------------------------------------------------------------------------------


def test_all_that_ships_is_right() -> None:
    result = run("controleer", ROOT / "data")
    assert result.code == 0, result.out
    good = [p for p in sorted((ROOT / "voorbeelden").glob("*.yaml")) if p.name != "met-fouten.yaml"]
    assert run("controleer", *good).code == 0


def test_controleer_json() -> None:
    result = run("controleer", ROOT / "voorbeelden/met-fouten.yaml", "--json")
    assert result.code == 3
    assert list(result.json[0]) == ["bestand", "regel", "kolom", "code", "melding"]
    assert run("controleer", ROOT / "voorbeelden/vragenlijst.yaml", "--json").json == []


LIJST_TEXT = (ROOT / "data/vragenlijsten/eigen-regie.yaml").read_text(encoding="utf-8")
KEYED = [line for line in LIJST_TEXT.splitlines() if "omgekeerd:" in line]


@pytest.mark.parametrize("line", KEYED, ids=lambda s: s.split("vraag: ")[1].split(",")[0])
def test_controleer_notices_a_flipped_or_lost_vraag(tmp_path: Path, line: str) -> None:
    other = line.replace("false", "TRUE").replace("true", "false").replace("TRUE", "true")
    for changed in (LIJST_TEXT.replace(line, other), LIJST_TEXT.replace(line + "\n", "")):
        assert changed != LIJST_TEXT
        result = run("controleer", write(tmp_path, "lijst.yaml", changed), "--json")
        assert result.code == 3
        assert {p["code"] for p in result.json} & {"bewijs-klopt-niet", "vraag-zonder-schaal"}


@pytest.mark.parametrize("name", ["eigen-regie", "schaalvragen"])
@pytest.mark.parametrize(
    "change", [("  min: 1\n", "  min: 0\n"), ("  min: 1\n", "  min: 2\n"), ("max", -1), ("max", 1)]
)
def test_controleer_notices_a_shifted_scale(tmp_path: Path, name: str, change: tuple[str, Any]) -> None:
    text = (ROOT / f"data/vragenlijsten/{name}.yaml").read_text(encoding="utf-8")
    high = 5 if name == "eigen-regie" else 10
    old, new = change if change[0] != "max" else (f"  max: {high}\n", f"  max: {high + change[1]}\n")
    changed = text.replace(old, new, 1)
    assert changed != text
    assert run("controleer", write(tmp_path, "lijst.yaml", changed)).code == 3


@pytest.mark.parametrize(
    ("soort", "folder"),
    [("vragenlijst", "vragenlijsten"), ("techniek", "technieken"), ("formulier", "formulieren")],
)
def test_schema_accepts_what_ships(soort: str, folder: str) -> None:
    schema = run("schema", soort).json
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in (ROOT / "data" / folder).glob("*.yaml"):
        data = json.loads(json.dumps(read_yaml(path.read_bytes(), str(path))[0].data))
        jsonschema.validate(data, schema)


def test_schema_of_an_afname_refuses_an_unknown_key() -> None:
    schema = run("schema", "afname").json
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"vragenlijst": "x", "versie": "1", "antwoorden": {}, "naam": "Jan"}, schema)
