"""Trials of the store of the dossier: killed, full disk, many writers, damaged bytes. They fail with AssertionError.

The suite runs each small, benchmarks/dossier.py whole; both in a process of their own, for they fork:

    .venv/bin/python tests/opslagproef.py kill --runs 25 --seed 7
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.aantekening import (
    Afname,
    Afspraak,
    Besluit,
    Bewaartermijn,
    Gesprek,
    Inoculatie,
    Opvolging,
    Sluiting,
    Traject,
)
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from regiekit.domain.record import Record

DAY = date(2026, 1, 5)
SLOW = 20.0  # seconds: longer than this is called hanging
WORDS = ("afspraak", "beroep", "collega", "dag", "eigen", "fiets", "gesprek", "huis", "idee", "jaar", "kantoor", "lach")

Row = tuple[str, str, str, int | None]  # code, soort, digest of the content, the one it replaces
Group = tuple[Row, ...]  # what is written at once


class State(NamedTuple):
    """A dossier as a killed process left it: the bytes of file and journal, what was confirmed, what may be there."""

    file: bytes
    journal: bytes | None
    key: bytes
    confirmed: dict[int, Row]
    possible: frozenset[Group]


# one dossier ----------------------------------------------------------------------------------------------------------


def make(path: Path, verzonnen: bool = False) -> bytes:
    """A new dossier; gives its key."""
    opslag.ROUNDS = dict.fromkeys(opslag.ROUNDS, 2)  # scrypt would be most of the time
    head = opslag.new_head(verzonnen)
    key = opslag.derive_key("fiets lantaarn kaneel brug", head)
    opslag.make_file(path, key, head)
    return key


@contextmanager
def opened(path: Path, key: bytes, wait: Callable[[], None] = lambda: None) -> Iterator[Boek]:
    with opslag.Opslag(path, key, opslag.read_head(path), wait) as found:
        yield Boek(found)


def read_rows(boek: Boek) -> dict[int, Row]:
    """Everything in the dossier, read as the commands read it."""
    found: dict[int, Row] = {}
    for code in boek.codes():
        dossier = boek.read(code)
        for a in dossier.aantekeningen:
            found[a.nummer] = (code, a.soort, digest(a.inhoud), a.vervangt)
            if a.soort == "afname":
                assert dossier.vragenlijsten[a.inhoud.hash] == lijst_of(a.inhoud.hash)
    return found


def digest(inhoud: Record) -> str:
    return hashlib.sha256(inhoud.model_dump_json().encode()).hexdigest()


def lijst_of(name: str) -> dict[str, Any]:
    """What stands for a vragenlijst; it takes several pages."""
    return {"id": name, "vragen": [f"{name} {i} {WORDS[i % len(WORDS)]}" for i in range(400)]}


def check(boek: Boek, confirmed: dict[int, Row], possible: frozenset[Group], what: object) -> dict[int, Row]:
    """Every confirmed row is there as it was, of what was not confirmed all that was begun at once or nothing, and
    nothing that nobody wrote."""
    found = read_rows(boek)
    lost = {n: row for n, row in confirmed.items() if found.get(n) != row}
    assert not lost, (what, "lost or changed", list(lost.items())[:3])
    strange = {row for n, row in found.items() if n not in confirmed}
    for group in possible:
        assert strange >= set(group) or not strange & set(group), (what, "half of what was written at once")
        strange -= set(group)
    assert not strange, (what, "never written", list(strange)[:3])
    return found


# a process that writes ------------------------------------------------------------------------------------------------


def text(chance: random.Random, most: int = 500) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))[:4000].strip()


def new_inhoud(chance: random.Random) -> Record:
    """The content of some aantekening, from a few bytes to several pages."""
    pick = chance.random()
    if pick < 0.1:
        name = f"{chance.getrandbits(64):016x}"
        return Afname(vragenlijst="proef", versie="1", hash=name, antwoorden={"v-1": 3}, open={"o-1": text(chance)})
    if pick < 0.2:
        return Besluit(niveau="midden", reden=text(chance, 20))
    return Gesprek(doel=text(chance), gedaan=text(chance, 30), afspraken=(Afspraak(wat=text(chance, 10)),),
                   client_doet=(text(chance, 5), text(chance)), notitie=text(chance))  # fmt: skip


class Writer:
    """A process that adds, corrects and makes clients until it is stopped, and says on a pipe what it is about to write
    ('wil') and what was confirmed ('is')."""

    def __init__(self, path: Path, key: bytes, seed: object) -> None:
        self.chance = random.Random(repr(seed))
        self.path, self.key, self.name = path, key, "".join(self.chance.choices("ABCDEFGHJK", k=6))
        self.mine: list[tuple[str, int, str]] = []

    def step(self, boek: Boek, say: Callable[[Any], None]) -> None:
        """Write one thing."""
        pick, codes = self.chance.random(), boek.codes()
        day = DAY + timedelta(days=self.chance.randrange(300))
        if pick < 0.1 or not codes:
            code, inhoud = f"{self.name}-{len(codes)}", Traject(begin=day, visie_werknemer=text(self.chance))
            self.write(say, code, [inhoud], lambda: [boek.new_client(code, day, inhoud)])
        elif pick < 0.25 and self.mine:
            code, nummer, soort = self.mine.pop(self.chance.randrange(len(self.mine)))
            new = Gesprek(doel=text(self.chance)) if soort == "gesprek" else Besluit(niveau="hoog", reden="anders")
            self.write(say, code, [new], lambda: [boek.correct(code, nummer, day, new, "verschreven")], nummer)
        elif pick < 0.35:
            code, several = self.chance.choice(codes), [Gesprek(notitie=text(self.chance)) for _ in range(15)]
            self.write(say, code, several, lambda: self.write_several(boek, code, day, several))
        else:
            code, one = self.chance.choice(codes), new_inhoud(self.chance)
            lijst = lijst_of(one.hash) if isinstance(one, Afname) else None
            (nummer,) = self.write(say, code, [one], lambda: [boek.add(code, day, one, lijst)])
            if lijst is None:
                self.mine.append((code, nummer, type(one).__name__.lower()))

    def write(self, say: Callable[[Any], None], code: str, given: Sequence[Record], act: Callable[[], list[int]],
              replaces: int | None = None) -> list[int]:  # fmt: skip
        """Say it, do it, and say that it was confirmed."""
        rows = [(code, type(one).__name__.lower(), digest(one), replaces) for one in given]
        say(["wil", rows])
        numbers = act()
        say(["is", rows, numbers])
        return numbers

    def write_several(self, boek: Boek, code: str, day: date, several: Sequence[Record]) -> list[int]:
        """In one transaction, of which a part goes to the file before the end."""
        boek.opslag.connection.execute("PRAGMA cache_size=10").fetchall()
        with boek.opslag.write():
            client, _ = boek._find(code)
            numbers = [boek._insert(client, day, one) for one in several]
        boek.opslag.connection.execute("PRAGMA cache_size=-2000").fetchall()
        return numbers

    def run(self, say: Callable[[Any], None], times: int = 1_000_000) -> None:
        """Write so many times."""
        with opened(self.path, self.key, lambda: say(["wacht"])) as boek:
            for _ in range(times):
                self.step(boek, say)


class Child(NamedTuple):
    """A forked process and the pipe on which it says things."""

    number: int
    pipe: int

    def wait(self) -> tuple[int, list[list[Any]]]:
        """How it ended and what it said; a line that was cut off by SIGKILL was never said."""
        with open(self.pipe, "rb") as file:
            lines = file.read().split(b"\n")[:-1]
        code = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        return code, [json.loads(line) for line in lines]


def fork(work: Callable[[Callable[[Any], None]], None]) -> Child:
    """Do work in a process of its own; what it gives to `say` is said at once."""
    reader, writer = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1 << 20)
    number = os.fork()
    if number:
        os.close(writer)
        return Child(number, reader)
    try:
        work(lambda value: os.write(writer, json.dumps(value).encode() + b"\n") and None)
        os._exit(0)
    except BaseException:
        os.write(writer, json.dumps(["fout", traceback.format_exc()]).encode() + b"\n")
    os._exit(1)


def confirmed_in(said: list[list[Any]]) -> dict[int, Row]:
    """The rows that were confirmed, by number; raises AssertionError when the process failed."""
    for line in said:
        assert line[0] != "fout", line[1]
    pairs = [pair for line in said if line[0] == "is" for pair in zip(line[2], line[1], strict=True)]
    assert len(dict(pairs)) == len(pairs)
    return {number: tuple(row) for number, row in pairs}


def begun_in(said: list[list[Any]]) -> frozenset[Group]:
    """What was begun last, and not confirmed."""
    last = next((line for line in reversed(said) if line[0] in ("wil", "is")), ["is"])
    return frozenset([tuple(tuple(row) for row in last[1])]) if last[0] == "wil" else frozenset()


# killed ---------------------------------------------------------------------------------------------------------------


def kill(folder: Path, runs: int, seed: int, keep: int = 0) -> tuple[dict[str, int], list[State]]:
    """Writers killed at random moments. Gives figures, and up to `keep` dossiers as they were found with a journal."""
    chance, figures, states = random.Random(seed), Counter[str](), list[State]()
    path, key = folder / "dossier.regiekit", b""
    confirmed: dict[int, Row] = {}
    for run in range(runs):
        if run % 20 == 0:
            for left in (path, opslag.journal_of(path), opslag.doubt_of(path)):
                left.unlink(missing_ok=True)
            key, confirmed, possible = make(path), {}, frozenset[Group]()
        writer = Writer(path, key, (seed, run))
        child = fork(writer.run)
        if chance.random() < 0.9:  # else also while it opens
            select.select([child.pipe], [], [], 10)
        time.sleep(chance.uniform(0, 0.04))
        os.kill(child.number, signal.SIGKILL)
        code, said = child.wait()
        new = confirmed_in(said)
        confirmed |= new
        possible |= begun_in(said)
        assert code == -signal.SIGKILL, (seed, run, code)
        journal = opslag.journal_of(path)
        if journal.exists():
            figures["journals"] += 1
            if len(states) < keep and journal.stat().st_size > 512 and confirmed:
                states.append(State(path.read_bytes(), journal.read_bytes(), key, dict(confirmed), possible))
        if chance.random() < 0.7 or run % 20 == 19:  # else the next writer is the one that mends
            with opened(path, key) as boek:
                assert boek.faults() == [], (seed, run)
                confirmed = check(boek, confirmed, possible, (seed, run))
                possible = frozenset()
            figures["checked"] += 1
        figures["confirmed"] += len(new)
    return {"runs": runs, **figures}, states


# a full disk ----------------------------------------------------------------------------------------------------------


def fill(path: Path, key: bytes, seed: object, limit: int | None) -> Callable[[Callable[[Any], None]], None]:
    """Work for a child: write until it does not fit, then once more with room."""

    def work(say: Callable[[Any], None]) -> None:
        writer = Writer(path, key, seed)
        with opened(path, key) as boek:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                while True:
                    writer.step(boek, say)
            except opslag.DossierError as error:
                say(["vol", str(error), error.exit_code])
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            (path.parent / "ballast").unlink(missing_ok=True)
            writer.step(boek, say)

    return work


def full(folder: Path, runs: int, seed: int, limited: bool = True) -> dict[str, int]:
    """Writers that run into a limit of the size of a file, or into the end of the disk that `folder` is on."""
    chance, figures = random.Random(seed), Counter[str]()
    path = folder / "dossier.regiekit"
    for run in range(runs):
        if run % 10 == 0 or path.stat().st_size > 150_000:
            path.unlink(missing_ok=True)
            key, confirmed = make(path), dict[int, Row]()
        size = path.stat().st_size
        if not limited:
            (folder / "ballast").write_bytes(bytes(chance.randint(60_000, 200_000)))
        limit = chance.randint(size - 8192 if chance.random() < 0.2 else size, size + 100_000) if limited else None
        child = fork(fill(path, key, (seed, run), limit))
        code, said = child.wait()
        new = confirmed_in(said)
        confirmed |= new
        assert code == 0, (seed, run, said[-1:])
        (last,) = [line for line in said if line[0] == "vol"]
        assert "schijf is vol" in last[1], last
        assert "niets bewaard" in last[1], last
        assert last[2] == 2, last
        with opened(path, key) as boek:
            assert boek.faults() == [], (seed, run)
            found = check(boek, confirmed, frozenset(), (seed, run))
        assert found == confirmed, (seed, run)
        figures["confirmed"] += len(new)
    return {"runs": runs, **figures}


def small_disk(folder: Path, runs: int, seed: int) -> dict[str, int] | None:
    """The same on a small disk of its own; None when this user cannot make one."""
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        return None
    try:
        return full(folder, runs, seed, limited=False)
    finally:
        subprocess.run(["umount", folder], check=True)


# many at once ---------------------------------------------------------------------------------------------------------


def many(folder: Path, processes: int, each: int, seed: int) -> dict[str, float]:
    """Processes that write at once; all that each wrote is there, once."""
    path = folder / "dossier.regiekit"
    key = make(path)
    start = time.perf_counter()
    children = [
        fork(lambda say, n=n: Writer(path, key, (seed, n)).run(say, each))  # type: ignore[misc]
        for n in range(processes)
    ]
    ended = [child.wait() for child in children]
    seconds = time.perf_counter() - start
    said = [lines for _, lines in ended]
    each_said = [confirmed_in(lines) for lines in said]
    confirmed = {number: row for one in each_said for number, row in one.items()}
    assert [code for code, _ in ended] == [0] * processes
    assert sum(map(len, each_said)) == len(confirmed) >= processes * each
    with opened(path, key) as boek:
        assert boek.faults() == []
        assert check(boek, confirmed, frozenset(), seed) == confirmed
        assert sorted(confirmed) == list(range(1, len(confirmed) + 1))
    waited = sum(1 for lines in said for line in lines if line[0] == "wacht")
    return {"processes": processes, "records": len(confirmed), "seconds": round(seconds, 1), "told to wait": waited}


# damaged bytes --------------------------------------------------------------------------------------------------------


def large_state(folder: Path, seed: int) -> State:
    """A dossier in the middle of a large transaction, of which half stands in the file."""
    path, chance = folder / "groot.regiekit", random.Random(seed)
    key = make(path)
    said: list[Any] = []
    writer = Writer(path, key, seed)
    writer.run(said.append, 60)
    with opened(path, key) as boek:
        rows = read_rows(boek)
        boek.opslag.connection.execute("PRAGMA cache_size=5").fetchall()
        with suppress(KeyError), boek.opslag.write():
            for _ in range(60):
                boek._insert(1, DAY, new_inhoud(chance))
            journal = opslag.journal_of(path).read_bytes()
            copy = subprocess.run(["cat", path], capture_output=True, check=True).stdout  # not here: the lock would go
            raise KeyError
    return State(copy, journal, key, rows, frozenset())


def whole_state(folder: Path, seed: int) -> State:
    """A dossier that was closed as it should."""
    path = folder / "heel.regiekit"
    key = make(path)
    Writer(path, key, seed).run(lambda _: None, 60)
    with opened(path, key) as boek:
        rows = read_rows(boek)
    return State(path.read_bytes(), None, key, rows, frozenset())


def put(path: Path, state: State, file: bytes, journal: bytes | None) -> None:
    """Lay a state down as it was found."""
    for left in (opslag.journal_of(path), opslag.doubt_of(path)):
        left.unlink(missing_ok=True)
    path.write_bytes(file)
    if journal is not None:
        opslag.journal_of(path).write_bytes(journal)


def look(path: Path, state: State, what: object) -> str:
    """Open and read everything: 'right' when it is all there, else in which words it was refused."""
    start = time.perf_counter()
    try:
        with opened(path, state.key) as boek:
            check(boek, state.confirmed, state.possible, what)
            outcome = "right"
    except opslag.DossierError as error:
        assert "\n" not in str(error)
        outcome = "wachtzin" if isinstance(error, opslag.WrongKeyError) else "refused"
    assert time.perf_counter() - start < SLOW, (what, "slow")
    return outcome


def damage(state: State, chance: random.Random) -> tuple[str, bytes, bytes | None]:
    """What is damaged, and the bytes of file and journal after it."""
    kind = "file" if state.journal is None else chance.choice(["journal", "journal", "journal", "file", "cut", "gone"])
    if kind == "gone":
        return kind, state.file, None
    if kind == "cut":
        return kind, state.file, state.journal and state.journal[: chance.randrange(len(state.journal))]
    if kind == "journal":
        return kind, state.file, flip(state.journal or b"", chance)
    return kind, flip(state.file, chance), state.journal


def flip(content: bytes, chance: random.Random) -> bytes:
    """The same with one byte that is another; one in five in the first 32, where the head is."""
    place = chance.randrange(32 if chance.random() < 0.2 else len(content))
    return content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]


def flips(folder: Path, runs: int, seed: int) -> dict[str, int]:
    """One byte damaged in the file or in a journal that was left behind (or that cut off, or gone): what was confirmed
    is shown as it was, or it is refused; also the second time."""
    chance, figures = random.Random(seed), Counter[str]()
    _, killed = kill(folder, max(20, runs // 10), seed, keep=12)
    states = [whole_state(folder, seed), *killed, large_state(folder, seed)]
    path = folder / "proef.regiekit"
    for run in range(runs):
        state = states[0] if run % 2 else chance.choice(states[1:])
        what, file, journal = damage(state, chance)
        put(path, state, file, journal)
        outcome = look(path, state, (seed, run, what))
        figures[f"{what}: {outcome}"] += 1
        look(path, state, (seed, run, what, "again"))
    return {"runs": runs, "journals": len(states) - 1, **dict(sorted(figures.items()))}


# readable bytes -------------------------------------------------------------------------------------------------------

CANARY = "kanarievogel"


def canaries() -> list[Record]:
    """One aantekening of each soort with the word in every text that may hold one."""
    word = CANARY
    return [
        Gesprek(doel=word, met=word, gedaan=word, afspraken=(Afspraak(wat=word, wie=word, wanneer=word),),
                client_doet=(word,), notitie=word, technieken=(word,)),
        Opvolging(van=1, wat=word, uitkomst="gedaan", toelichting=word),
        Inoculatie(obstakels=(word,), gekozen=word, oplossingen=(word,), actie=word),
        Besluit(niveau="laag", reden=word),
        Afname(vragenlijst=word, versie=word, hash="0" * 16, antwoorden={word: 1}, open={word: word}),
        Sluiting(reden=word),
        Bewaartermijn(tot=DAY, reden=word),
    ]  # fmt: skip


def readable(*folders: Path) -> list[str]:
    """The files in which the word stands, in any case of encoding."""
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms) or CANARY in file.name]


def canary(folder: Path) -> dict[str, int]:
    """The word is in every field, and in no file: in the middle of a transaction, after SIGKILL, after deleting."""
    home, scratch = folder / "home", folder / "scratch"
    home.mkdir()
    scratch.mkdir()
    os.environ |= {"TMPDIR": str(scratch), "SQLITE_TMPDIR": str(scratch)}
    path = home / "dossier.regiekit"
    key = make(path)

    def work(say: Callable[[Any], None]) -> None:
        with opened(path, key) as boek:
            boek.new_client(CANARY, DAY, Traject(begin=DAY, eigen_doelen=(CANARY,), visie_werknemer=CANARY))
            for inhoud in canaries():
                nummer = boek.add(CANARY, DAY, inhoud, {CANARY: CANARY} if isinstance(inhoud, Afname) else None)
                boek.correct(CANARY, nummer, DAY, inhoud, CANARY)
            boek.note_uitvoer(CANARY, CANARY, Path(CANARY), b"")
            with boek.opslag.write():
                boek.opslag.execute("DELETE FROM aantekening WHERE id = 2")
                boek.opslag.execute("INSERT INTO wissing (geschreven, aantekeningen, clienten) VALUES ('', 2, 0)")
            boek.opslag.connection.execute("VACUUM").fetchall()
            boek.opslag.connection.execute("PRAGMA cache_size=5").fetchall()
            with boek.opslag.write():
                for _ in range(200):
                    boek._insert(1, DAY, Gesprek(notitie=f"{CANARY} " * 300))
                boek.opslag.rows("SELECT DISTINCT inhoud, reden FROM aantekening ORDER BY reden, inhoud")
                say(["klaar"])
                signal.pause()

    child = fork(work)
    said = os.read(child.pipe, 100_000)
    sizes = {"file": path.stat().st_size, "journal": opslag.journal_of(path).stat().st_size}
    assert said == b'["klaar"]\n', said.decode()
    assert readable(home, scratch) == []
    os.kill(child.number, signal.SIGKILL)
    child.wait()
    assert readable(home, scratch) == []
    with opened(path, key) as boek:
        assert boek.faults() == []
        assert len(boek.read(CANARY).aantekeningen) == 1 + 2 * len(canaries()) - 2  # a correction went with the first
        assert readable(home, scratch) == []
    (scratch / "plain").write_text(CANARY, encoding="utf-16-le")
    assert readable(home, scratch) == ["plain"]  # it can see
    return sizes


TRIALS: dict[str, Callable[[Path, argparse.Namespace], Any]] = {
    "kill": lambda folder, chosen: kill(folder, chosen.runs, chosen.seed)[0],
    "full": lambda folder, chosen: full(folder, chosen.runs, chosen.seed),
    "disk": lambda folder, chosen: small_disk(folder, chosen.runs, chosen.seed),
    "many": lambda folder, chosen: many(folder, 8, chosen.runs // 8, chosen.seed),
    "canary": lambda folder, _: canary(folder),
    "flips": lambda folder, chosen: flips(folder, chosen.runs, chosen.seed),
}


def main() -> None:
    """One trial; its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trial", choices=TRIALS)
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(TRIALS[chosen.trial](Path(folder), chosen)) + "\n")


if __name__ == "__main__":
    main()
