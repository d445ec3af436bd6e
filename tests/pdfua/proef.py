"""Whether outside judges find every PDF accessible (PDF/UA-1): run by hand or by .ci/run, in two steps.

python tests/pdfua/proef.py --maak MAP   makes one of every kind in MAP (in the environment of the tests)
python tests/pdfua/proef.py MAP          judges them and writes uitkomst.json (in one with JUDGES)
python tests/pdfua/proef.py --rechters   prints what to install for the second step
python tests/pdfua/proef.py --zelfde     exit code 0 when uitkomst.json is of the present templates
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTCOME = HERE / "uitkomst.json"
JUDGES = {"page-validation": "0.11.0", "outloud": "0.2.1", "pdfua": "0.1.3"}
# Data that happens to end in a carriage return, before the line end of the file: this rule takes them for one.
MISTAKEN = {"PDFA2A-STREAM-LENGTH-001"}
BROKEN = "kapot"  # the folder of what a judge must refuse


def engine_hash() -> str:
    """SHA-256 over what decides the outcome, the same with any line ends."""
    render = ROOT / "src/regiekit/render"
    files = [*sorted(render.glob("*.typ")), render / "pdf.py", ROOT / "tests/stukken.py", HERE / "proef.py"]
    pinned = [line for line in (ROOT / "eisen.txt").read_text(encoding="ascii").split("\n") if "typst==" in line]
    texts = [path.read_text(encoding="utf-8") for path in files] + pinned
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def kept() -> dict[str, Any]:
    """The outcome that was kept, or nothing."""
    return json.loads(OUTCOME.read_text(encoding="utf-8")) if OUTCOME.exists() else {}  # type: ignore[no-any-return]


# Making -------------------------------------------------------------------------------------------------------------


def make(folder: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from stukken import make_alle

    folder.mkdir(exist_ok=True)
    made = make_alle(".pdf", folder)
    (folder / BROKEN).mkdir()
    for name, change in CHANGES.items():
        break_pdf(made["groep"], change, folder / BROKEN / f"{name}.pdf")


def break_pdf(source: Path, change: Any, to: Path) -> None:
    """A copy with something taken away that who cannot see it needs."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(source))
    change(writer, writer.root_object)
    writer.write(to)


def _without_alt(writer: Any, _: Any) -> None:
    for element in writer._objects:
        if isinstance(element, dict) and element.get("/S") == "/Figure":
            element.pop("/Alt", None)


CHANGES: dict[str, Any] = {
    "geen-taal": lambda _, root: root.pop("/Lang"),
    "niet-gemerkt": lambda _, root: root.pop("/MarkInfo"),
    "geen-labels": lambda _, root: root.pop("/StructTreeRoot"),
    "geen-metagegevens": lambda _, root: root.pop("/Metadata"),
    "titel-niet-getoond": lambda _, root: root.pop("/ViewerPreferences"),
    "beeld-zonder-tekst": _without_alt,
}


# Judging ------------------------------------------------------------------------------------------------------------


def judge(folder: Path) -> dict[str, Any]:
    files = {path.parent.name: path for path in sorted(folder.glob("*/*.pdf")) if path.parent.name != BROKEN}
    return {
        "engine": engine_hash(),
        "rechters": {name: metadata.version(name) for name in JUDGES},
        "regels": {"page-validation": rules_of_page(next(iter(files.values()))), **other_rules()},
        "bestanden": {naam: judge_file(path) for naam, path in files.items()},
        "kapot": {path.stem: sorted(failures(path, "ua1")) for path in sorted((folder / BROKEN).glob("*.pdf"))},
    }


def judge_file(path: Path) -> dict[str, Any]:
    """What each judge has against one file."""
    return {
        "page: PDF/UA-1": sorted(failures(path, "ua1")),
        "page: PDF/A-2a": sorted(failures(path, "2a") - MISTAKEN),
        **of_outloud(path),
        "pdfua": of_pdfua(path),
    }


def failures(path: Path, profile: str) -> set[str]:
    import page

    return {failure.rule_id for failure in page.validate_pdf(str(path), profile=profile).failures}


def rules_of_page(path: Path) -> dict[str, int]:
    import page

    return {profile: page.validate_pdf(str(path), profile=profile).rules.total for profile in ("ua1", "2a")}


def other_rules() -> dict[str, int]:
    listed = command("outloud", "--list-rules").splitlines()
    return {"outloud": sum(line[:3].isupper() and line[3:4] == "-" for line in (row.strip() for row in listed))}


def of_outloud(path: Path) -> dict[str, Any]:
    """Its errors, and how often it has a doubt by each rule."""
    report = json.loads(command("outloud", str(path), "--json", "-", "--fail-on", "never", "-q"))
    found = report["results"][0]["findings"]
    doubts = Counter(one["rule"] for one in found if one["severity"] == "warning")
    errors = sorted({one["rule"] for one in found if one["severity"] == "error"})
    return {"outloud: fouten": errors, "outloud: twijfels": dict(sorted(doubts.items()))}


def of_pdfua(path: Path) -> str:
    said = [line for line in command("pdfua", "check", str(path)).splitlines() if "result:" in line]
    return said[0].split("result:")[1].split("(")[0].strip()


def command(name: str, *arguments: str) -> str:
    """What a program beside this Python prints."""
    program = str(Path(sys.executable).with_name(name))
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout


def main(arguments: list[str]) -> int:
    if arguments == ["--zelfde"]:
        return int(kept().get("engine") != engine_hash())
    if arguments == ["--rechters"]:
        print(" ".join(f"{name}=={version}" for name, version in JUDGES.items()))  # noqa: T201
    elif arguments[0] == "--maak":
        make(Path(arguments[1]))
    else:
        text = json.dumps(judge(Path(arguments[0])), indent=1, ensure_ascii=False)
        OUTCOME.write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
