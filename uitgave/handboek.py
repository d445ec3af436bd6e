"""Builds the handbook: docs/ in, a site in handboek/ out that opens from the disk with a double click.

    .venv/bin/python uitgave/handboek.py [FOLDER]

The structure is the one of docs/index.md: a heading of the second level is a part, and each item of its list a page.
A warning of Sphinx is an error.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SETTINGS = ROOT / "uitgave/handboek"
# What lies outside docs/ and belongs in the handbook, and the name that it has there.
OUTSIDE = {
    "BEGRIPPEN.md": "begrippen.md",
    "ARCHITECTURE.md": "architectuur.md",
    "CHANGELOG.md": "wijzigingen.md",
    "SECURITY.md": "beveiliging.md",
    "LICENSE": "LICENSE",
}
ITEM = re.compile(r"^- \[([^\]]+)\]\((?:\.\./)?([\w.-]+\.md)\)", re.MULTILINE)
# The theme has these words in English in its HTML, out of reach of a translation.
DUTCH = {
    "Toggle site navigation sidebar": "Menu van het handboek tonen of verbergen",
    "Toggle table of contents sidebar": "Inhoud van deze bladzijde tonen of verbergen",
    "Toggle Light / Dark / Auto color theme": "Licht, donker of zoals de computer",
    "Toggle navigation of ": "Bladzijden tonen of verbergen onder ",
    "Skip to content": "Naar de tekst",
    "Back to top": "Naar boven",
    "On this page": "Op deze bladzijde",
    "Link to this heading": "Verwijzing naar deze kop",
    "Link to this image": "Verwijzing naar dit beeld",
    "Link to this table": "Verwijzing naar deze tabel",
    "<title>Contents</title>": "<title>Inhoud</title>",
    "<title>Expand</title>": "<title>Uitklappen</title>",
    "<title>Light mode</title>": "<title>Licht</title>",
    "<title>Dark mode</title>": "<title>Donker</title>",
    "<title>Auto light/dark, in light mode</title>": "<title>Zoals de computer, nu licht</title>",
    "<title>Auto light/dark, in dark mode</title>": "<title>Zoals de computer, nu donker</title>",
    "Please activate JavaScript to enable the search functionality.": "Zoeken werkt alleen als JavaScript aan staat.",
}


class Part(NamedTuple):
    """A part of the handbook: its heading, and the pages in it as (short title, file name in the handbook)."""

    heading: str
    pages: list[tuple[str, str]]


def load_parts() -> list[Part]:
    """The parts, in the order of docs/index.md."""
    _, *pieces = re.split(r"^## ", (DOCS / "index.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [Part(piece.splitlines()[0], [(t, OUTSIDE.get(n, n)) for t, n in ITEM.findall(piece)]) for piece in pieces]


def toctree(part: Part) -> str:
    lines = [f"{title} <{name.removesuffix('.md')}>" for title, name in part.pages]
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {part.heading}", "", *lines, "```", ""])


def gather(folder: Path) -> None:
    """All sources of the site in one folder, with links between them that are right there."""
    shutil.copytree(SETTINGS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for name, own in OUTSIDE.items():
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / own)
    for page in folder.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        for name, own in OUTSIDE.items():
            text = re.sub(rf"\]\((?:\.\./)?{re.escape(name)}(?=[)#])", f"]({own}", text)
        page.write_text(text.replace("](docs/", "]("), encoding="utf-8")
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n" + "\n".join(map(toctree, load_parts())))


# What it does not say to a screen reader.
ACCESS = {
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
    '<aside class="sidebar-drawer"': '<aside class="sidebar-drawer" aria-label="Het handboek"',
    '<aside class="toc-drawer': '<aside aria-label="Deze bladzijde" class="toc-drawer',
}


def finish(html: str) -> str:
    """A page as it is handed out: all words Dutch, and every part with its name."""
    for found, better in (DUTCH | ACCESS).items():
        html = html.replace(found, better)
    return re.sub(r"\s*<!-- Generated with .*? -->", "", html)


def build(site: Path) -> None:
    """The site in `site`, which is emptied first; stops at a warning."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as work:
        source, made = Path(work, "bron"), Path(work, "html")
        gather(source)
        code = build_main(
            ["-q", "-W", "--keep-going", "-n", "-b", "html", "-d", f"{work}/tussen", str(source), str(made)]
        )
        if code:
            raise SystemExit(code)
        for name in (".buildinfo", "objects.inv", ".nojekyll"):
            (made / name).unlink(missing_ok=True)
        shutil.rmtree(made / "_sources", ignore_errors=True)
        for page in made.glob("*.html"):
            page.write_text(finish(page.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(made, site)


if __name__ == "__main__":
    from argparse import ArgumentParser

    parser = ArgumentParser(description="Builds the handbook as a site that opens from the disk.")
    parser.add_argument(
        "folder", nargs="?", type=Path, default=ROOT / "handboek", help="emptied first; handboek/ when left out"
    )
    build(parser.parse_args().folder)
