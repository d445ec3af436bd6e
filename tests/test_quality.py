"""The house rules: layers, types, style, short functions, the glossary, and no word about where it was made."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from util import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = sorted((ROOT / "src").rglob("*.py"))
TOOLS = {
    "ruff": ["-m", "ruff", "check", "src", "tests", "benchmarks"],
    "mypy": ["-m", "mypy"],
    "lagen": ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
}


@pytest.mark.parametrize("name", TOOLS)
def test_tool(name: str) -> None:
    result = subprocess.run([sys.executable, *TOOLS[name]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length in lines of each function, its docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first, *rest = node.body
            is_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            documented = (first.end_lineno or 0) - first.lineno + 1 if is_doc and rest else 0
            found.append((f"{path.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - documented))
    return found


def test_functions_are_short() -> None:
    lengths = [item for path in SOURCE for item in functions(path)]
    assert [name for name, length in lengths if length > 50] == []
    assert statistics.median(length for _, length in lengths) <= 10


def test_public_things_have_a_docstring() -> None:
    bare = [
        f"{path.name}:{node.name}"
        for path in SOURCE
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert bare == []


def forbidden_twins() -> list[str]:
    """The English words of the last column of BEGRIPPEN.md."""
    rows = [
        line.split("|")
        for line in (ROOT / "BEGRIPPEN.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return [word.strip() for row in rows[2:] for word in row[3].split(",") if word.strip()]


OF_OTHERS = {  # names of the standard library and of libraries
    "__main__.py": {"signal"},
    "sleutelbos.py": {"get_password", "set_password", "delete_password"},
    "odk.py": {"add_worksheet"},  # of XlsxWriter, which calls it nothing else
    "schrijven.py": {"add_worksheet"},
}


@pytest.mark.parametrize("twin", forbidden_twins())
def test_one_concept_one_word(twin: str) -> None:
    """No English twin in a name of the code (comments may explain in English)."""
    for path in SOURCE:
        names = {n for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for n in _names(node)}
        names -= OF_OTHERS.get(path.name, set())
        assert not [n for n in names if twin in re.split(r"[_\W]+|(?<=[a-z])(?=[A-Z])", n.lower())], path


def _names(node: ast.AST) -> list[str]:
    return [
        str(value) for field in ("id", "name", "arg", "attr") if isinstance(value := getattr(node, field, None), str)
    ]


# Spelled in pieces, so that this file does not name them either.
FOREIGN = [
    "cla" + "ude",
    "anthro" + "pic",
    "/ro" + "ot/",
    "/wo" + "rk/",
    "/tm" + "p/",
    "py" + "pi.org",
    "pythonhost" + "ed",
    "subag" + "ent",
]


def test_the_project_speaks_of_itself_alone() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    names = listed or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and ".venv" not in p.parts]
    for name in names:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".typ", ".css", ".html", ".R"} and path.exists():
            text = path.read_text(encoding="utf-8", errors="replace").lower()
            assert not [word for word in FOREIGN if word in text], name
