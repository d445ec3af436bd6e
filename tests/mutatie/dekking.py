"""How much of the domain the tests reach, branches counted: writes dekking.json beside this file.

Run by hand, in an environment with eisen-test.txt and coverage (docs/onderhoud.md):

python tests/mutatie/dekking.py            runs the tests below, about ten minutes
python tests/mutatie/dekking.py --map FOLDER   keeps what was measured in FOLDER, with a report in HTML

Left out are the tests that need a browser, LibreOffice or a second environment, those that start a program for each
command, and the slow trials of great tables and of the store: what they reach of the domain others reach too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTCOME = HERE / "dekking.json"
TESTS = (
    "advies", "adviezen", "beoordeling", "bewaking", "bfi", "commands", "content", "controle", "dagen",
    "document_bladen", "dossier_afname", "dossier_avg", "dossier_cijfers", "dossier_cli", "dossier_demo",
    "dossier_gesprek", "dossier_inoculatie", "dossier_privacy",
    "dossier_vullen", "exporteer", "formulier", "formulierdefinitie", "formulierteksten", "fouten", "groep_cli",
    "groep_tabel", "groep_onderdelen", "groep_plan", "groep_simulatie", "importeer", "intervisie", "invullen", "kennis",
    "library", "mijlpalen", "niveau", "onthulling", "opslag", "papier", "placemat", "plain_afname", "plan",
    "referentie", "score", "score_cli", "sleutel", "valkuilen", "vergelijking", "verloop",
    "verslag", "voorbereiding", "werkblad", "zelfcheck",
)  # fmt: skip
# a hundred thousand combinations each, slow when every line is counted, and the same lines as in other tests
CHOSEN = "not under_every_combination and not no_style_of_stress and not at_most_two_technieken"
SETTINGS = """
[run]
branch = true
source = regiekit.domain
[report]
exclude_also =
    if TYPE_CHECKING:
"""


def main() -> None:
    words = argparse.ArgumentParser(allow_abbrev=False)
    words.add_argument("--map", type=Path)
    asked = words.parse_args()
    with TemporaryDirectory() as folder:
        outcome = measure(asked.map or Path(folder))
    OUTCOME.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    print({key: outcome[key] for key in ("procent", "takken", "geraakt")})  # noqa: T201


def measure(folder: Path) -> dict[str, Any]:
    """Runs the tests under coverage and gives the figures of every module, with the branches that none of them took."""
    folder.mkdir(parents=True, exist_ok=True)
    settings, raw, table = folder / "dekking.cfg", folder / "dekking.data", folder / "alles.json"
    settings.write_text(SETTINGS, encoding="utf-8")
    tests = [f"tests/test_{name}.py" for name in TESTS]
    pytest = ["-m", "pytest", "-p", "no:cacheprovider", "--hypothesis-profile=ci", "-k", CHOSEN, *tests]
    places = [f"--rcfile={settings}", f"--data-file={raw}"]
    passed = call("run", *places, *pytest) == 0
    call("json", *places, "-o", str(table))
    call("html", *places, "-d", str(folder / "html"))
    return {"geslaagd": passed, **figures(json.loads(table.read_text(encoding="utf-8")))}


def call(word: str, *arguments: str) -> int:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run([sys.executable, "-m", "coverage", word, *arguments], cwd=ROOT, env=environment).returncode


def figures(table: dict[str, Any]) -> dict[str, Any]:
    files = {Path(name).name: found for name, found in table["files"].items()}
    total = table["totals"]
    return {
        "versies": {"python": platform.python_version(), **{n: version(n) for n in ("coverage", "pytest")}},
        "procent": round(total["percent_covered"], 2),
        "takken": total["num_branches"],
        "geraakt": total["covered_branches"],
        "procent_takken": round(100 * total["covered_branches"] / total["num_branches"], 2),
        "modules": {
            name: figures_of(found) for name, found in sorted(files.items()) if found["summary"]["num_statements"]
        },
    }


def figures_of(found: dict[str, Any]) -> dict[str, Any]:
    counts = found["summary"]
    made: dict[str, Any] = {
        "procent": round(counts["percent_covered"], 1),
        "takken": counts["num_branches"],
        "geraakt": counts["covered_branches"],
    }
    if found["missing_branches"] or found["missing_lines"]:
        made["niet_geraakt"] = [f"{a} -> {b}" for a, b in found["missing_branches"]] or found["missing_lines"]
    return made


if __name__ == "__main__":
    main()
