"""The content: every fact of the register is said where it should be, sources are real, and client texts are plain."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from regiekit.content.compile import model_of, read_file
from regiekit.content.reader import read_yaml
from regiekit.domain.record import Record
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("technieken", "sturing", "vragenlijsten", "signalen", "werkbladen")
FILES = sorted(p for kind in KINDS for p in (ROOT / "data" / kind).glob("*.yaml"))
KENNIS = sorted((ROOT / "data/kennis").glob("*.yaml"))
# The groups of the register that the technieken and the stuurmatrix have to say in full.
GROUPS = ("techniek-vorm", "technieken-", "activerende-houding-handleiding", "vragen-", "zones-", "reparatiereflex-",
          "inoculatie-", "cirkel-")  # fmt: skip
BULLETS = {
    "vragen": {"vragen-doelen-realiseren": 6, "vragen-focus-houden": 6, "vragen-nuttigheid": 3, "vragen-verkleining": 3,
               "vragen-goed-fout": 4},
    "inoculatie": {"inoculatie-vragen-stap1": 2, "inoculatie-vragen-stap4": 2},
    "reparatiereflex": {"reparatiereflex-voorbeeldvragen": 2},
}  # fmt: skip


@cache
def register() -> dict[str, dict[str, Any]]:
    """Each fact by its id, with the heading of its group."""
    groups = yaml.load((ROOT / "data/bronnen/register.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {e["id"]: {**e, "bron": g["bron"], "kop": g["kop"]} for g in groups for e in g["elementen"]}


@cache
def model(path: Path) -> Record:
    read, problems = read_file(path)
    assert not problems
    return model_of(path.parent.name, read.data).model_validate_json(json.dumps(read.data))


def walk(part: Any) -> Iterator[Record]:
    """Every record in a file."""
    if isinstance(part, Record):
        yield part
        for name in type(part).model_fields:
            yield from walk(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from walk(item)


def sourced(path: Path) -> list[Any]:
    return [p for p in walk(model(path)) if not isinstance(getattr(p, "herkomst", "eigen"), str)]


def cited(paths: list[Path]) -> Counter[str]:
    return Counter(i for path in paths for p in sourced(path) for i in p.herkomst.ids)


def test_the_register_is_whole() -> None:
    assert len(register()) == 1007


def test_every_fact_about_the_technieken_is_said() -> None:
    wanted = {i for i, e in register().items() if i.startswith(GROUPS) and e["bron"] == "handleiding"}
    assert len(wanted) > 200
    assert wanted - set(cited(FILES)) == set()


def test_the_stuurmatrix_has_its_nine_cells_from_the_source() -> None:
    matrix: Any = model(ROOT / "data/sturing/stuurmatrix.yaml")
    names = {"Strak": "strak", "Middel": "gedeeld", "Laag": "los"}
    levels = {"Hoge mate": "hoog", "Middel hoge mate": "midden", "Lage mate": "laag"}
    for cel in matrix.cellen:
        fact = register()[cel.herkomst.ids[0]]
        assert (names[fact["rij"]], levels[fact["kolom"]], fact["cel"]) == (cel.sturing, cel.regie, cel.tekst)


def test_the_vragenlijst_follows_bijlage_3() -> None:
    lijst: Any = model(ROOT / "data/vragenlijsten/eigen-regie.yaml")
    reverse = {item.vraag for s in lijst.schalen for item in s.vragen if item.omgekeerd}
    for vraag in lijst.vragen:
        assert vraag.herkomst.ids == (f"gesloten-items-{vraag.id[:-2]}-0{vraag.id[-1]}",)
        assert register()[vraag.herkomst.ids[0]]["omgekeerd"] == (vraag.id in reverse)
    moments = {"start": "1", "halverwege": "2", "einde": "3"}
    for vraag in lijst.open_vragen:
        name, _, number = vraag.id.rpartition("-")
        assert vraag.meetmoment == name
        assert vraag.herkomst.ids == (f"open-vragen-vragenlijst-{moments[name]}-0{number}",)


@pytest.mark.parametrize("path", [*FILES, *KENNIS], ids=lambda p: p.stem)
def test_sources_are_real(path: Path) -> None:
    for part in sourced(path):
        facts = [register().get(i) for i in part.herkomst.ids]
        assert all(facts), part.herkomst.ids
        assert {f["bron"] for f in facts if f} == {part.herkomst.document}
        koppen = {f["kop"].replace("Reparatie reflex", "Reparatiereflex") for f in facts if f}
        assert part.herkomst.kop in koppen


@pytest.mark.parametrize("naam", BULLETS)
def test_each_example_question_of_the_source_stands_here_once(naam: str) -> None:
    techniek: Any = model(ROOT / f"data/technieken/{naam}.yaml")
    asked = Counter(i for v in techniek.voorbeeldvragen if v.herkomst != "eigen" for i in v.herkomst.ids)
    wanted = {f"{group}-{n:02d}": 1 for group, count in BULLETS[naam].items() for n in range(1, count + 1)}
    assert asked == wanted


@pytest.mark.parametrize("naam", ["zones", "cirkel-van-invloed"])
def test_where_the_source_has_no_questions_there_are_three_of_our_own(naam: str) -> None:
    techniek: Any = model(ROOT / f"data/technieken/{naam}.yaml")
    assert [v.herkomst for v in techniek.voorbeeldvragen] == ["eigen"] * 3


@pytest.mark.parametrize("path", sorted((ROOT / "data/technieken").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_placemat_is_a_choice(path: Path) -> None:
    t: Any = model(path)
    chosen = {name: sum(u.placemat for u in getattr(t, name)) for name in
              ("doel", "wanneer_wel", "wanneer_niet", "valkuilen", "voorbeeldvragen")}  # fmt: skip
    assert t.samenvatting.placemat
    assert 1 <= chosen["doel"] <= 2
    assert 2 <= chosen["wanneer_wel"] <= 4
    assert chosen["wanneer_niet"] == 2
    assert 2 <= chosen["valkuilen"] <= 3
    assert chosen["voorbeeldvragen"] == 3
    assert all(s.placemat for s in t.stappen)


def test_the_rings_have_the_right_names() -> None:
    t: Any = model(ROOT / "data/technieken/cirkel-van-invloed.yaml")
    names = [o.naam.lower() for o in t.onderdelen[:3]]
    assert ["buiten" in names[0], "indirecte" in names[1], "directe" in names[2]] == [True, True, True]
    assert "indirecte" not in names[2]


# Language -----------------------------------------------------------------------------------------------------------


def client_texts() -> list[str]:
    """What a client reads: vragen, open vragen and labels."""
    texts = []
    for path in sorted((ROOT / "data/vragenlijsten").glob("*.yaml")):
        lijst: Any = model(path)
        texts += [v.tekst for v in lijst.vragen] + [v.tekst for v in lijst.open_vragen]
        texts += [v.zonder_training for v in lijst.open_vragen if v.zonder_training]
        texts += list(lijst.antwoordschaal.labels.values())
    return texts


def sentences(text: str) -> list[list[str]]:
    return [s.split() for s in re.split(r"(?<=[.?!])\s+", text) if s.strip()]


def test_client_texts_are_short_and_plain() -> None:
    lengths = [len(s) for text in client_texts() for s in sentences(text)]
    assert max(lengths) <= 18
    assert sum(lengths) / len(lengths) <= 12


def test_client_texts_betray_no_scoring() -> None:
    for text in client_texts():
        assert not re.search(r"omgekeerd|autonomie|competentie|verbondenheid|capaciteit|toegerust", text, re.IGNORECASE)
        assert len(re.findall(r"\b(?:niet|geen|nooit|zonder)\b", text.lower())) <= 1, text


def test_no_promise_of_effect() -> None:
    """Nothing that regiekit says promises that something works."""
    for path in [*FILES, *KENNIS]:
        for part in walk(model(path)):
            text = str(getattr(part, "tekst", "")).lower()
            assert not re.search(r"\b(bewezen|garande\w+|gegarandeerd|altijd werkt|lost .* op)\b", text), text


def test_the_yaml_of_the_project_reads_the_same_for_others() -> None:
    """Our reader and PyYAML agree on every content file (but for dates and the like, which are text here)."""
    for path in [*FILES, *KENNIS]:
        ours = read_yaml(path.read_bytes(), str(path))[0].data
        theirs = json.loads(json.dumps(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)))
        assert json.loads(json.dumps(ours)) == theirs
