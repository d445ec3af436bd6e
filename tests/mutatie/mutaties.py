"""Mutation testing of scoring and advice: thousands of small faults put in one by one, and who of the tests notices.

Run by hand, in an environment with eisen-test.txt and mutmut (docs/onderhoud.md):

python tests/mutatie/mutaties.py                    everything, from the start; writes uitkomst.json beside this file
python tests/mutatie/mutaties.py --map FOLDER       works in FOLDER and leaves everything there
python tests/mutatie/mutaties.py --map FOLDER --weer   only what was not noticed there yet
python tests/mutatie/mutaties.py --proef kern       one of the runs below; the kept figures of the others stay

mutmut makes the faults, in a copy of the project and never in the project itself; rechter.py runs the tests on each.
overlevers.md explains what survives.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTCOME = HERE / "uitkomst.json"
COPIED = ("src", "data", "tests", "voorbeelden", "docs", "README.md", "start.py", "pyproject.toml")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".*", "mutants", "handboek")

GEDOOD, TE_LANG, OVERLEEFD, ZONDER_TEST = "gedood", "te_lang", "overleefd", "zonder_test"
VERDICTS = "oordeel.json"  # what rechter.py writes, also while it is busy
NOTICED = (GEDOOD, TE_LANG)
MAKE = """
from mutmut.__main__ import create_mutants
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

set_mutant_under_test("mutant_generation")
copy_src_dir()
copy_also_copy_files()
setup_source_paths()
create_mutants(1)
"""


class Proef(NamedTuple):
    """One run: which modules are changed, which tests judge, and (where not all) which functions count."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    keuze: str = ""
    functies: tuple[str, ...] = ()


PROEVEN = {
    # from answers to a level, an advice, and a comparison
    "kern": Proef(
        tuple(
            f"domain/{name}.py"
            for name in (
                "uitslag", "niveau", "advies", "vergelijking", "beoordeling", "signalen", "gespreksadvies", "meetfout",
            )
        ),
        (
            "test_score.py", "test_niveau.py", "test_adviezen.py", "test_advies.py", "test_beoordeling.py",
            "test_vergelijking.py", "test_referentie.py", "test_score_cli.py",
            "test_importeer.py::test_a_table_is_scored_as_one_afname_is",
        ),
        # a hundred thousand combinations each: what they notice, quicker tests notice too
        keuze="not under_every_combination and not no_style_of_stress and not at_most_two_technieken",
    ),
    # what keeps a wrong vragenlijst, afname or referentiebestand away from a score
    "controle": Proef(
        ("domain/checks.py", "domain/referentie.py"),
        (
            "test_fouten.py", "test_controle.py", "test_score.py", "test_referentie.py", "test_score_cli.py",
        ),
        functies=(
            "suggestion", "nearest", "check_vragenlijst", "_first", "_has", "_antwoordschalen", "_antwoordschaal",
            "_vertalingen", "_needed_texts", "_same_keys", "_double_ids", "_meetmomenten", "_schalen", "_schaal",
            "_voorbeeld_ids", "_outside", "_proof", "_number", "check_afname", "_antwoorden", "_open",
            "numeric_answers", "show", "unproven", "_noticed", "_with_schaal", "_flips", "_losses", "_shifts",
            "check_referentie", "_check_border", "_wrong", "_written",
        ),
    ),
}  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(allow_abbrev=False)
    words.add_argument("--map", type=Path)
    words.add_argument("--weer", action="store_true")
    words.add_argument("--proef", choices=PROEVEN, action="append")
    words.add_argument("--kinderen", type=int, default=1)
    asked = words.parse_args()
    names = asked.proef or list(PROEVEN)
    if asked.map:
        found = {name: run(name, asked.map.resolve() / name, asked.weer, asked.kinderen) for name in names}
    else:
        with TemporaryDirectory() as folder:
            found = {name: run(name, Path(folder) / name, False, asked.kinderen) for name in names}
    keep(found)


def run(name: str, folder: Path, again: bool, children: int) -> dict[str, Any]:
    """One run in a copy of the project; gives its figures."""
    proef, kept_here = PROEVEN[name], folder / "uitkomst.json"
    folder.mkdir(parents=True, exist_ok=True)
    for part in COPIED:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=LEFT_BEHIND, dirs_exist_ok=True)
        elif (ROOT / part).exists():
            shutil.copy2(ROOT / part, folder / part)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings(proef))
    subprocess.run([sys.executable, "-c", MAKE], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    names = {module: mutants_of(folder, module, proef) for module in proef.modules}
    sources = {module: source_hash(folder, module) for module in proef.modules}
    same = read(folder / "bronnen.json") if again else {}
    before = read(kept_here) | read(folder / VERDICTS)
    stay = [m for module in names if same.get(module) == sources[module] for m in names[module]]
    outcomes = {m: before[m] for m in stay if before.get(m) in NOTICED}
    kept_here.write_text(json.dumps(outcomes, indent=1), encoding="utf-8")
    (folder / "bronnen.json").write_text(json.dumps(sources, indent=1), encoding="utf-8")
    outcomes |= judge(proef, folder, [m for found in names.values() for m in found if m not in outcomes], children)
    kept_here.write_text(json.dumps(outcomes, indent=1), encoding="utf-8")
    return {module: figures(folder, module, proef, outcomes) for module in proef.modules}


def settings(proef: Proef) -> str:
    """The part of pyproject.toml that mutmut reads."""
    lines = {
        "source_paths": ["src"],
        "only_mutate": [f"src/regiekit/{module}" for module in proef.modules],
        "also_copy": list(COPIED),
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


def mutants_of(folder: Path, module: str, proef: Proef) -> list[str]:
    """The faults that were put into a module, as 'regiekit.domain.uitslag.x_score__mutmut_3'."""
    path = folder / "mutants/src/regiekit" / f"{module}.meta"
    names: list[str] = list(json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"])
    return [name for name in names if not proef.functies or function_of(name) in proef.functies]


def judge(proef: Proef, folder: Path, mutants: list[str], children: int) -> dict[str, str]:
    """What came of each fault, by rechter.py in a process of its own."""
    given = {
        "pytest": [
            *("-q", "-p", "no:cacheprovider"),
            *(("-k", proef.keuze) if proef.keuze else ()),
            *(f"tests/{test}" for test in proef.tests),
        ],
        "mutanten": mutants,
        "kinderen": children,
        "uitkomst": str(folder / VERDICTS),
    }
    (folder / "rechter.json").write_text(json.dumps(given, indent=1), encoding="utf-8")
    command = [sys.executable, str(HERE / "rechter.py"), str(folder / "rechter.json")]
    subprocess.run(command, cwd=folder / "mutants", check=True)
    return read(folder / VERDICTS)


def figures(folder: Path, module: str, proef: Proef, outcomes: dict[str, str]) -> dict[str, Any]:
    """How many faults were put into a module and what came of them; those that survived by name."""
    mine = {name: outcomes[name] for name in mutants_of(folder, module, proef)}
    counts = Counter(mine.values())
    return {
        "mutanten": len(mine),
        **{word: counts[word] for word in (GEDOOD, TE_LANG, OVERLEEFD, ZONDER_TEST)},
        "procent": round(100 * sum(counts[word] for word in NOTICED) / len(mine), 1),
        "bron": source_hash(folder, module),
        "niet_gedood": sorted(short(name) for name, outcome in mine.items() if outcome not in NOTICED),
    }


def function_of(mutant: str) -> str:
    """The name of the function in 'regiekit.domain.checks.x__proof__mutmut_3'."""
    return mutant.rpartition("__mutmut_")[0].rpartition(".")[2].removeprefix("x_")


def short(mutant: str) -> str:
    """'checks._proof 3': module, function and number; a method as 'vergelijking._Band.reached_by 1'."""
    place, _, number = mutant.rpartition("__mutmut_")
    module, _, function = place.rpartition(".")
    function = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module.rpartition('.')[2]}.{function} {number}"


def source_hash(folder: Path, module: str) -> str:
    """SHA-256 of the module that the faults were put into, the same with any line ends."""
    return hashlib.sha256((folder / "src/regiekit" / module).read_text(encoding="utf-8").encode()).hexdigest()


def kept() -> dict[str, Any]:
    """The outcome that was kept, or nothing."""
    return read(OUTCOME)


def read(path: Path) -> dict[str, Any]:
    """A file of JSON, or nothing where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}  # type: ignore[no-any-return]


def keep(found: dict[str, dict[str, Any]]) -> None:
    """The new figures in the place of the old."""
    versions = {"python": platform.python_version(), **{n: version(n) for n in ("mutmut", "pytest", "hypothesis")}}
    before = kept().get("proeven", {})
    proeven = {name: found.get(name) or before.get(name, {}) for name in PROEVEN}
    modules = [figures for proef in proeven.values() for figures in proef.values()]
    total = sum(m["mutanten"] for m in modules)
    stopped = sum(m[GEDOOD] + m[TE_LANG] for m in modules)
    outcome = {
        "versies": versions,
        "samen": {"mutanten": total, "gedood": stopped, "procent": round(100 * stopped / total, 1)},
        "proeven": proeven,
    }
    OUTCOME.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(outcome["samen"]))  # noqa: T201


if __name__ == "__main__":
    main()
