"""The pages of the handbook as tests read them: blocks, lines that are commands, and a folder to run them in."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from dossiers import BEGIN, WACHTZIN, make_client, opened
from regiekit.cli.app import regiekit
from regiekit.cli.taal import DutchGroup, load
from regiekit.domain.aantekening import Afname, Afspraak, Gesprek, Inoculatie
from test_sleutel import ANTWOORD, jwe
from util import EIGEN_REGIE, ROOT, VRAGEN, Result, run

if TYPE_CHECKING:
    from pathlib import Path

    from typer._click import Command

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
GENERATED = {"opdrachten.md", "niveau-en-advies.md"}  # their tests compare every byte
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:regiekit|py start\.py) [^`]+)`")
START = re.compile(r"^(python|py) start\.py ")
COMMENT = re.compile(r"\s{2,}(?:#\s.*|\S.*)?$")  # what stands after two spaces says what a line does
SEALED = re.compile(r"R-\d+|\S+\.jwe|\S+\.regiekit")
SAMPLE = {"NUMMER": "12", "CODE": "R-014", "NAAM": "eigen-regie"}  # words in capitals that stand for a value


class Block(NamedTuple):
    """A block of code: the page that it is on, its language ('' for none), and its text."""

    page: str
    language: str
    text: str


def load_blocks() -> list[Block]:
    """Every block of every page, in order; those of the generated pages left out."""
    return [
        Block(page.name, *found)
        for page in PAGES
        if page.name not in GENERATED
        for found in BLOCK.findall(page.read_text(encoding="utf-8"))
    ]


def command_lines(block: Block) -> list[str]:
    """The lines that call regiekit, without what explains them; `python start.py` is another way to write it."""
    lines = (START.sub("regiekit ", line) for line in block.text.splitlines())
    return [COMMENT.sub("", line) for line in lines if line.startswith("regiekit ") or line == "regiekit"]


def inline_commands() -> list[tuple[str, str]]:
    """Page and command of all that stands as `regiekit …` in running text."""
    found = []
    for page in PAGES:
        text = BLOCK.sub("", page.read_text(encoding="utf-8"))
        found += [(page.name, START.sub("regiekit ", " ".join(command.split()))) for command in INLINE.findall(text)]
    return found


def find_command(words: list[str]) -> tuple[Command, list[str]]:
    """The command that the words lead to, and the words that are left for it."""
    command: Command = regiekit
    while isinstance(command, DutchGroup) and words and words[0] in command.table:
        name, *words = words
        command = load(command.table[name], name)
    return command, words


def parse(line: str) -> None:
    """Lets the command read its options; raises what it finds wrong. An ellipsis stands for what the reader adds."""
    words = [SAMPLE.get(word, word) for word in shlex.split(line)[1:]]
    command, rest = find_command([word for word in words if word != "…"])
    if isinstance(command, DutchGroup) and rest and not rest[0].startswith("-"):
        assert command.invoke_without_command or command is not regiekit, f"{line}: no such command"
    asks_nothing = not rest or {"…", "--versie", "--help"} & {*words}
    command.make_context("regiekit", rest, resilient_parsing=bool(asks_nothing))


def asks_wachtzin(words: list[str]) -> bool:
    """Whether the command opens a dossier or a sealed file; one that is given a table refuses a wachtzin."""
    command, _ = find_command(words)
    knows = any("--wachtzin-fd" in parameter.opts for parameter in command.params)
    return knows and "--help" not in words and (words[0] == "dossier" or any(SEALED.fullmatch(w) for w in words))


def run_line(line: str, stdin: str = "") -> Result:
    """The line, run as a coach types it; a wachtzin that it would ask for comes from a file descriptor."""
    words = shlex.split(line.removesuffix(" --wachtzin-fd 3 3< wachtzin.txt"))[1:]
    if not asks_wachtzin(words):
        return run(*words, stdin=stdin)
    reader, writer = os.pipe()
    os.write(writer, f"{WACHTZIN}\n{WACHTZIN}\n".encode())
    os.close(writer)
    try:
        return run(*words, "--wachtzin-fd", reader, stdin=stdin)
    finally:
        os.close(reader)


def make_folder(folder: Path, page: str) -> None:
    """What a coach has when the page begins: the examples, and the files that the page speaks of."""
    shutil.copytree(ROOT / "voorbeelden", folder / "voorbeelden")
    for moment in ("start", "einde"):
        shutil.copy(ROOT / f"voorbeelden/R-021-{moment}.yaml", folder / f"{moment}.yaml")
    shutil.copy(ROOT / "voorbeelden/groep.csv", folder / "tabel.csv")
    save_rekenblad(ROOT / "voorbeelden/antwoorden.csv", folder / "export.xlsx")
    for name in ("antwoorden-R-014-start.json", "antwoorden.json"):
        (folder / name).write_text(json.dumps(json.loads(ANTWOORD) | {"datum": "2026-01-12"}), encoding="utf-8")
    if page == "verloop.md":
        (referentie,) = (b.text for b in load_blocks() if (b.page, b.language) == ("referentie.md", "yaml"))
        (folder / "bureau.yaml").write_text(referentie, encoding="utf-8")


def save_rekenblad(source: Path, target: Path) -> None:
    """A CSV as a spreadsheet, as an online form gives it."""
    import xlsxwriter

    with xlsxwriter.Workbook(target) as book, source.open(encoding="utf-8", newline="") as rows:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(rows, delimiter=";")):
            sheet.write_row(number, 0, row)


def make_sealed(folder: Path, key: Path) -> None:
    """A key of the coach at `key`, and answers that it opens."""
    from regiekit.kanaal import sleutel

    made = sleutel.make_key(WACHTZIN, BEGIN)
    sleutel.save_key(sleutel.place_of(key), *made)
    (folder / "antwoorden-R-014.jwe").write_bytes(jwe(ANTWOORD, made[1]))


def make_dossier(path: Path) -> None:
    """R-014 with the numbers that the pages use: 7 is an afname, 12 a gesprek, 13 an inoculatie."""
    make_client(path, laatste_rapportage=BEGIN)
    afname = Afname(
        vragenlijst="eigen-regie", versie="1", hash=EIGEN_REGIE.hash, meetmoment="halverwege",
        antwoorden=dict.fromkeys(VRAGEN, 3),
    )  # fmt: skip
    inoculatie = Inoculatie(
        obstakels=("Ik weet niet wat ik moet zeggen",),
        gekozen="Ik weet niet wat ik moet zeggen",
        oplossingen=("Eerst oefenen",),
        actie="Eerst oefenen",
    )
    with opened(path) as boek:
        from regiekit.content.library import to_json

        for number in range(2, 14):
            day = date(2026, 2, number)
            if number == 7:
                boek.add("R-014", day, afname, vragenlijst=to_json(EIGEN_REGIE.inhoud))
            else:
                afspraken = (Afspraak(wat="cv maken", wie="cliënt"),)
                boek.add("R-014", day, inoculatie if number == 13 else Gesprek(doel="Kenis maken", afspraken=afspraken))
