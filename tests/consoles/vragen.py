"""Sits at a terminal before a command that asks, and stops it at a question: Ctrl-C, or the end of the input.

A session answers what it is asked until the command ends, and remembers at which questions it was. Each question is
then the end of a session of its own. Only where Linux tells what a process waits for.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import select
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from consoles.keuren import BUG, Afloop, files_in, read_dossier
from consoles.opdrachten import ANDERE, C2, COMMAND, S
from consoles.standen import GEWOON, environment
from dossiers import WACHTZIN

if TYPE_CHECKING:
    from collections.abc import Iterator

CTRL_C, CTRL_D = "\x03", "\x04"
MOST = 60
# The calls by which a process waits for a key: read, and those that wait for any of several files.
WAITING = {"x86_64": ({"0"}, {"7", "23", "270", "271"}), "aarch64": ({"63"}, {"72", "73"})}


class Gesprek(NamedTuple):
    """A call that asks, and what to answer where a question has these words; elsewhere Enter."""

    call: str
    antwoorden: tuple[tuple[str, str], ...] = ()
    eerst: tuple[str, ...] = ()
    """What is typed at the first questions, whatever they are."""


REGIE = (("laag, midden of hoog", "laag"), ("strak, gedeeld of los", "strak"), ("Wat zie je dan", "irritatie"))
PAPIER = ((r"^\s*1?\d: ?$", "3"), ("Klopt dit met het papier", "j"))
INVULLEN = (("Typ k als je klaar", "k"), ("Typ het nummer", "1"))
NIEUW = ("ieuwe wachtzin|Nog een keer dezelfde", ANDERE)
OUD = ("achtzin", WACHTZIN)
GESPREKKEN = [
    Gesprek("zone", REGIE),
    Gesprek("advies", (*REGIE, ("Welke herken je", "1, 2"))),
    Gesprek("vragenlijst invullen eigen-regie", (*INVULLEN, ("Code", "R-014"), ("antwoord", "3"))),
    Gesprek("vragenlijst invullen eigen-regie --client R-014 --meetmoment start --snel --datum 2026-03-02", PAPIER),
    Gesprek("vragenlijst importeer a.csv --uit afnames", (("j/n", "j"),)),
    Gesprek("verslag --voor intervisie"),
    Gesprek("sleutel maak", (OUD,)),
    Gesprek("sleutel wachtzin --sleutel sleutel", (NIEUW, OUD)),
    Gesprek("dossier nieuw R-015 --dossier n.regiekit", (("1 van 4", "2026-01-05"), OUD)),
    Gesprek("dossier nieuw Jan", (("lijkt een naam", "j"),)),
    Gesprek("dossier lijst --dossier echt.regiekit", (OUD,)),
    Gesprek("dossier wachtzin --dossier echt.regiekit", (NIEUW, OUD)),
    Gesprek(f"dossier traject {C2}", (("Welk veld", "4"), ("Wat hoort", "Iets anders"), ("Waarom", "Anders"))),
    Gesprek("dossier corrigeer VERZONNEN-1 22", (("Welk veld", "1"), ("Wat hoort", "Proefplaats"), ("Waarom", "Lang"))),
    Gesprek("dossier corrigeer VERZONNEN-1 22 --weg", (("Typ VERZONNEN-1", "VERZONNEN-1"), ("Waarom", "Fout"))),
    Gesprek(f"dossier sluit {C2}", (("Waarom", "Werk"),)),
    Gesprek(f"dossier gesprek {C2}", (("1 van 7", "Terugkijken met Jan Jansen"), ("j/n", "j"))),
    Gesprek(f"dossier opvolging {C2}", (("Hoe liep het", "niet gedaan"), ("nieuwe ronde", "n"))),
    Gesprek(f"dossier inoculatie {C2}", (("Obstakel 1", "Te moe"), ("Typ het nummer", "1"), ("Idee 1", "Rust eerst"),
                                         ("lijst maken", "j"))),
    Gesprek(f"dossier afname {C2} zonder.yaml", (("j/n", "j"), ("Op welke dag", "2026-03-02"))),
    Gesprek(f"dossier afname {C2} --invullen --lijst schaalvragen", (*INVULLEN, ("antwoord", "3"))),
    Gesprek(f"dossier schaalvraag {C2}", (("Enter = overslaan", "4"),)),
    Gesprek(f"dossier besluit {C2}", (*REGIE, ("Waarom", "Hij koos zelf"))),
    Gesprek("dossier herstel kopie.regiekit", (("vervangen", "j"),)),
    Gesprek("dossier wis VERZONNEN-1 --echt", (("Typ VERZONNEN-1", "VERZONNEN-1"),)),
    Gesprek(f"dossier bewaartermijn {C2} --tot 2030-01-01", (("Waarom", "Een vraag loopt nog"),)),
]  # fmt: skip


def menu_gesprekken() -> list[Gesprek]:
    """Every job of the menu, chosen by its numbers; at a question Enter, and 0 where it comes back."""
    from regiekit.cli.menu import BEGIN
    from regiekit.cli.menu_klus import Menu

    def walk_menu(here: Menu, path: tuple[str, ...]) -> Iterator[Gesprek]:
        for number, keuze in enumerate(here.keuzes, 1):
            chosen = (*path, f"{number}\n")
            if isinstance(keuze, Menu):
                yield from walk_menu(keuze, chosen)
            else:
                yield Gesprek("menu", (*REGIE, *PAPIER, OUD), chosen)

    return list(walk_menu(BEGIN, ()))


class Zitting:
    """regiekit at a pseudo-terminal of its own, and what was shown on it."""

    def __init__(self, call: str, werk: Path) -> None:
        import fcntl
        import pty
        import struct
        import termios

        def own_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background hands down that it is ignored

        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        self.before, self.shown, self.typed = termios.tcgetattr(self.slave), "", 0
        self.process = subprocess.Popen(
            [*COMMAND, *call.split()], cwd=werk, env=environment(GEWOON, werk), stdin=self.slave, stdout=self.slave,
            stderr=self.slave, start_new_session=True, preexec_fn=own_terminal,
        )  # fmt: skip

    def read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        self.shown += os.read(self.master, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
        return True

    def wait_for_question(self, seconds: float = 40) -> bool:
        """True when it waits for an answer, False when it ended; raises AssertionError when neither comes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.read(0.02):
                continue
            if self.process.poll() is not None:
                while self.read(0):
                    pass
                return False
            if self.waits() and not self.read(0.03):
                return True
        raise AssertionError(f"geen vraag en geen einde: {self.shown[-300:]!r}")

    def waits(self) -> bool:
        """Whether it waits for the terminal."""
        with contextlib.suppress(OSError):
            with open(f"/proc/{self.process.pid}/syscall", encoding="ascii") as file:
                number, *rest = file.read().split()
            reads, several = WAITING[platform.machine()]
            if number in reads:
                return "/dev/" in str(Path(f"/proc/{self.process.pid}/fd/{int(rest[0], 16)}").readlink())
            return number in several
        return False

    def question(self) -> str:
        """What was shown since the last answer, at its end."""
        return self.shown[self.typed :].strip("\n")[-200:]

    def type(self, text: str) -> None:
        self.typed = len(self.shown)
        os.write(self.master, text.encode())

    def is_as_before(self) -> bool:
        import termios

        return bool(termios.tcgetattr(self.slave) == self.before)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        os.close(self.slave)
        os.close(self.master)


def prepare(werk: Path) -> Path:
    """What the sessions need beside the work folder: a table that makes regiekit ask, answers without a code."""
    lines = (werk / S).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("client:", "datum:"))]
    (werk / "zonder.yaml").write_text("".join(kept), encoding="utf-8")
    table = (werk / "voorbeelden/antwoorden.csv").read_text(encoding="utf-8")
    (werk / "a.csv").write_text(table.replace("Ik kan zelf kiezen", "Ik kan kiezen", 1), encoding="utf-8")
    return werk


def walk(gesprek: Gesprek, werk: Path) -> tuple[list[tuple[str, str]], int, str]:
    """The whole talk: each question with what was answered, the exit code and what was shown."""
    zitting, asked = Zitting(gesprek.call, werk), []
    try:
        while len(asked) < MOST and zitting.wait_for_question():
            question = last_line(zitting.question())
            times = sum(shown == question for shown, _ in asked)
            typed = answer_to(gesprek, zitting.question(), len(asked), times)
            asked.append((question, typed))
            zitting.type(typed)
        return asked, zitting.process.wait(30) if len(asked) < MOST else -1, zitting.shown
    finally:
        zitting.close()


def last_line(shown: str) -> str:
    return shown.rpartition("\n")[2]


def answer_to(gesprek: Gesprek, question: str, place: int, times: int) -> str:
    """What to type. Choosing a second time, or again what the menu asked, is how a talk would go on for ever."""
    if place < len(gesprek.eerst):
        return gesprek.eerst[place]
    for words, answer in gesprek.antwoorden:
        if re.search(words, last_line(question) if words.startswith("^") else question):
            if words.startswith("Welk veld") and times:
                return "\n"
            return answer if words.startswith("^") else f"{answer}\n"
    leave = gesprek.call == "menu" and (times or "Typ een nummer, of ?" in question)
    return "0\n" if leave else "\n"


def stop_at(gesprek: Gesprek, typed: list[str], how: str, werk: Path) -> tuple[Afloop, bool]:
    """The talk up to a question, and then Ctrl-C or the end of input, until it ends; also whether the terminal is as
    it was. Raises AssertionError when it does not end."""
    begin, zitting = time.monotonic(), Zitting(gesprek.call, werk)
    try:
        for answer in typed:
            assert zitting.wait_for_question(), f"eindigt te vroeg: {zitting.shown[-300:]!r}"
            zitting.type(answer)
        shown = 0
        for _ in range(4):  # who presses Ctrl-C presses it again; three more times is enough for everybody
            if not zitting.wait_for_question():
                break
            shown = shown or len(zitting.shown)
            zitting.type(how)
        code = zitting.process.wait(10)
        is_same = zitting.is_as_before()
        return Afloop(code, zitting.shown[shown:].encode(), b"", files_in(werk), time.monotonic() - begin), is_same
    finally:
        zitting.close()


def complaints_of_stop(ended: Afloop, is_same: bool, before: dict[str, bytes]) -> list[str]:
    """What is wrong with how it stopped: its code, a traceback, what is left, a dossier, the terminal."""
    out = ended.out.decode()
    found = [f"{word}: {out[-500:]!r}" for word in BUG if word in out]
    found += [] if ended.code == 130 else [f"code {ended.code}: {out[-300:]!r}"]
    found += [] if re.search(r"\w{4,}", out) else ["geen woord bij het stoppen"]
    found += [] if is_same else ["de terminal is niet meer zoals hij was"]
    found += [f"achtergebleven: {n}" for n in ended.files if ".regiekit-" in n or n.endswith("-journal")]
    found += [f"weg: {n}" for n in before.keys() - ended.files.keys()]
    for name, content in ended.files.items():
        if name.endswith(".regiekit") and content != before.get(name):
            read_dossier(content)
    return found
