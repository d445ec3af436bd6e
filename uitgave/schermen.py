"""Makes the pictures of the handbook from real screens: docs/beeld/.

    .venv/bin/python uitgave/schermen.py           every picture
    .venv/bin/python uitgave/schermen.py score     one

A picture of the terminal is an SVG whose text can be selected. A page of paper and a page in the browser are PNG; what
could be read there goes into docs/beeld/teksten.json, so that tests/test_schermen.py sees when a picture is behind.
Runs where there is a pseudo-terminal, pdftoppm and Chromium; every client in a picture is verzonnen.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
BEELD = ROOT / "docs/beeld"
TEKSTEN = BEELD / "teksten.json"
WIDTH = 80  # columns of the terminal
CELL, LINE, EDGE = 7.8, 17, 14  # pixels: the width and height of a letter, and the margin
PROMPT = "Typ een nummer, of ? voor uitleg: "


class Screen(NamedTuple):
    """A picture of the terminal: what is typed, and which lines are shown (from, up to and including)."""

    command: str
    first: int = 1
    last: int = 200
    before: tuple[str, ...] = ()  # commands that make what it needs
    typed: tuple[str, ...] = ()  # what a person answers, each after the program waits


DEMO = ("dossier demo --datum 2025-01-06",)
SCREENS = {
    "menu": Screen("regiekit menu", last=14, typed=("0",)),
    "score": Screen("regiekit score voorbeelden/vragenlijst.yaml", last=30),
    "zone": Screen("regiekit zone --regie laag", last=24),
    "techniek": Screen("regiekit techniek inoculatie", last=40),
    "dossier": Screen("regiekit dossier lijst --dossier demo.regiekit --datum 2026-01-05", before=DEMO),
    "verloop": Screen("regiekit verloop VERZONNEN-1 --dossier demo.regiekit", last=30, before=DEMO),
}


# The terminal ---------------------------------------------------------------------------------------------------------


def make_place(folder: Path, before: tuple[str, ...]) -> None:
    """A folder as a coach has it."""
    shutil.copytree(ROOT / "voorbeelden", folder / "voorbeelden")
    for command in before:
        subprocess.run([sys.executable, "-m", "regiekit", *command.split()], cwd=folder, env=quiet(folder), check=True,
                       capture_output=True)  # fmt: skip


def quiet(folder: Path) -> dict[str, str]:
    """The environment: this regiekit, nobody's own dossier, and a plain terminal."""
    own = {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm-256color", "COLUMNS": str(WIDTH), "LINES": "50"}
    own |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return own


def read_screen(screen: Screen) -> str:
    """What a terminal of 80 columns gets to see, with its colours as escape sequences."""
    import pexpect

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make_place(folder, screen.before)
        words = screen.command.split()[1:]
        child = pexpect.spawn(sys.executable, ["-m", "regiekit", *words], cwd=made, env=quiet(folder), encoding="utf-8",
                              dimensions=(200, WIDTH), timeout=60)  # fmt: skip
        seen = ""
        for answer in screen.typed:
            child.expect_exact(PROMPT)
            seen += child.before + PROMPT
            child.sendline(answer)
        child.expect(pexpect.EOF)
        return f"{seen}{child.before}"


class Run(NamedTuple):
    """Letters beside each other that look the same."""

    column: int
    text: str
    colour: str
    bold: bool


# Of the terminal to a colour that is 4.5 against white; what is not here is black.
COLOURS = {"red": "#a40000", "green": "#1d6b1d", "yellow": "#7a5600", "blue": "#1f4e9e", "magenta": "#7a1f7a",
           "cyan": "#0b5f6b", "bright_black": "#5a5a5a"}  # fmt: skip


def as_lines(screen: Screen) -> list[list[Run]]:
    """The lines to show, each as runs; the command itself is the first."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=WIDTH + 40, color_system="standard")
    shown = [[Run(0, f"$ {screen.command}", "", True)], []]
    lines = Text.from_ansi(read_screen(screen).replace("\r", "")).split()
    while lines and not lines[-1].plain.strip():
        lines.pop()
    for line in lines[screen.first - 1 : screen.last]:
        column, runs = 0, []
        for segment in line.render(console, end=""):
            style = segment.style
            colour = style.color.name if style and style.color else ("bright_black" if style and style.dim else "")
            runs.append(Run(column, segment.text, COLOURS.get(colour, ""), bool(style and style.bold)))
            column += segment.cell_length
        shown.append(runs)
    whole = screen.typed or screen.last >= len(lines)
    return shown if whole else [*shown, [Run(0, "…", "", False)]]


def as_svg(screen: Screen) -> str:
    """The picture: white paper, so that it is the same in a light and a dark handbook and on print."""
    lines = as_lines(screen)
    width, height = round(WIDTH * CELL + 2 * EDGE), len(lines) * LINE + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{html.escape(screen.command)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff" stroke="#8a8a8a"/>',
        '<g font-family="Cascadia Mono,Consolas,Menlo,DejaVu Sans Mono,Liberation Mono,monospace" font-size="13" '
        'fill="#1a1a1a">',
    ]
    for row, runs in enumerate(lines):
        for run in runs:
            for word in re.finditer(r"\S+(?: \S+)*", run.text):  # SVG does not keep two spaces
                at = run._replace(column=run.column + word.start(), text=word[0])
                parts.append(as_text(at, round(EDGE + (row + 0.8) * LINE, 1)))
    return "\n".join([*parts, "</g>", "</svg>", ""])


def as_text(run: Run, y: float) -> str:
    """Letters at their place; the length is given, so that columns stay straight in every font."""
    x, length = EDGE + run.column * CELL, len(run.text) * CELL
    look = f' fill="{run.colour}"' * bool(run.colour) + ' font-weight="bold"' * run.bold
    return f'<text x="{x:g}" y="{y:g}" textLength="{length:g}"{look}>{html.escape(run.text)}</text>'


# Paper and browser ----------------------------------------------------------------------------------------------------


def make_file(folder: Path, command: str) -> Path:
    """The file that a command makes, in an empty folder."""
    make_place(folder, (f"{command} --uit {folder / 'beeld'}{'.html' if 'formulier' in command else '.pdf'}",))
    (made,) = folder.glob("beeld.*")
    return made


PLACEMAT = "techniek inoculatie --print"
FORMULIER = "vragenlijst formulier eigen-regie --client R-014 --meetmoment start --open"


def text_of_pdf(path: Path) -> str:
    from pypdf import PdfReader

    return PdfReader(path).pages[0].extract_text()


def draw_placemat(target: Path) -> str:
    """The page in 16 greys; returns the text on it."""
    with tempfile.TemporaryDirectory() as made:
        path = make_file(Path(made), PLACEMAT)
        subprocess.run(["pdftoppm", "-r", "80", "-gray", "-singlefile", str(path), f"{made}/blad"], check=True)
        target.write_bytes(grey_png(Path(made, "blad.pgm").read_bytes()))
        return text_of_pdf(path)


def grey_png(pgm: bytes) -> bytes:
    """A PNG of 4 bits a pixel from a binary PGM of 8."""
    found = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm)
    assert found
    width, height = int(found[1]), int(found[2])
    pixels = [value * 15 // 255 for value in pgm[found.end() :]]
    rows = bytearray()
    for y in range(height):
        row = [*pixels[y * width : (y + 1) * width], 0]
        rows += b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, width, 2))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([4, 0, 0, 0, 0])
    parts = (b"IHDR" + head, b"IDAT" + zlib.compress(bytes(rows), 9), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(part) - 4).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big") for part in parts
    )


def draw_formulier(target: Path, opened: Any = None) -> str:
    """The first question as the client sees it; returns the text of it. `opened`: a browser that is open already."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser import offline_page, open_browser

    with tempfile.TemporaryDirectory() as made:
        path = make_file(Path(made), FORMULIER)
        window = nullcontext(opened) if opened else open_browser()
        with window as browser, offline_page(browser, viewport={"width": 640, "height": 665}) as page:
            page.goto(path.as_uri())
            page.get_by_role("button", name="Begin met de vragen").click()
            page.screenshot(path=target)
            return str(page.inner_text("body"))


DRAWN = {"placemat": draw_placemat, "formulier": draw_formulier}


def fingerprint(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def main(names: list[str]) -> None:
    BEELD.mkdir(exist_ok=True)
    texts = json.loads(TEKSTEN.read_text(encoding="utf-8")) if TEKSTEN.exists() else {}
    for name in names or [*SCREENS, *DRAWN]:
        if name in SCREENS:
            (BEELD / f"{name}.svg").write_text(as_svg(SCREENS[name]), encoding="utf-8")
        else:
            texts[name] = fingerprint(DRAWN[name](BEELD / f"{name}.png"))
    TEKSTEN.write_text(json.dumps(texts, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
