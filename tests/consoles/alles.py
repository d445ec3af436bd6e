"""Every call under every condition, in a process of its own; keeps the figures in uitkomst.json. Some fifteen minutes.

    python tests/consoles/alles.py [kort] [CONDITION ...]
    python tests/consoles/alles.py vragen

`kort`: of each command the first call. With names of conditions it runs only those and
keeps nothing. `vragen` stops every command that asks, and every job of the menu, at each of its questions. Needs Linux;
a full file system needs root, or the right to make a user namespace (`unshare`). Leaves with 1 when anything was wrong.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from consoles.keuren import Afloop, complaints, copy_into, files_in, perform, register_handler
from consoles.opdrachten import EXAMPLES, Voorbeeld, all_examples, make_werkmap
from consoles.standen import GEWOON, STANDEN, Stand
from consoles.vragen import (
    CTRL_C,
    CTRL_D,
    GESPREKKEN,
    Gesprek,
    complaints_of_stop,
    menu_gesprekken,
    prepare,
    stop_at,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

UITKOMST = Path(__file__).parent / "uitkomst.json"
PAGINA = Path(__file__).parents[2] / "docs/computers.md"
IN_NAMESPACE = "REGIEKIT_PROEF_NAAMRUIMTE"
WERKERS = 4
VOL = 24  # MiB


def enter_namespace() -> None:
    """Start again where file systems can be mounted that nobody else sees."""
    if os.environ.get(IN_NAMESPACE):
        return
    root = [] if os.geteuid() == 0 else ["-r"]
    os.environ[IN_NAMESPACE] = "1"
    os.execvp("unshare", ["unshare", "-m", *root, sys.executable, *sys.argv])


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def make_places(folder: Path) -> tuple[Path, SimpleQueue[Path]]:
    """The work folder with everything, and for each worker a place of its own with a small file system in it."""
    template = folder / "werk"
    template.mkdir()
    prepare(make_werkmap(template))
    places: SimpleQueue[Path] = SimpleQueue()
    for number in range(WERKERS):
        place = folder / f"plek-{number}"
        (place / "vol").mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={VOL}m", "tmpfs", place / "vol"], check=True)
        places.put(place)
    return template, places


@contextmanager
def taken(places: SimpleQueue[Path]) -> Iterator[Path]:
    place = places.get()
    try:
        yield place
    finally:
        places.put(place)


def run_all(standen: list[Stand], examples: list[Voorbeeld], folder: Path) -> Counter[str]:
    """How often something was wrong under each condition; every complaint is shown."""
    template, places = make_places(folder)
    before, wrong = files_in(template), Counter[str]()

    def one(voorbeeld: Voorbeeld, stand: Stand) -> Afloop:
        with taken(places) as place:
            return perform(voorbeeld, stand, template, place / ("vol" if stand.schijf else "map"))

    def judge(job: tuple[Voorbeeld, Stand]) -> None:
        voorbeeld, stand = job
        for what in complaints(voorbeeld, stand, one(*job), usual[voorbeeld], before):
            wrong[stand.naam] += 1
            say(f"{stand.naam} | {voorbeeld.call} | {what}")

    with ThreadPoolExecutor(WERKERS) as pool:
        usual = dict(zip(examples, pool.map(lambda v: one(v, GEWOON), examples), strict=True))
        list(pool.map(judge, [(v, s) for s in standen for v in examples]))
    return wrong


def run_stops(folder: Path) -> dict[str, int]:
    """Stops every talk at every question that is worded anew, with Ctrl-C and with the end of the input."""
    template, places = make_places(folder)
    before, counts = files_in(template), Counter[str]()
    seen: set[str] = set()

    def walk_one(gesprek: Gesprek) -> tuple[Gesprek, list[tuple[str, str]]]:
        with taken(places) as place:
            copy_into(template, place / "map")
            asked, code, shown = walk(gesprek, place / "map")
        if code:
            counts["klachten"] += 1
            say(f"{gesprek.call} {gesprek.eerst} | code {code} | {shown[-300:]!r}")
        return gesprek, asked

    def stop_one(job: tuple[Gesprek, list[str], str, str]) -> None:
        gesprek, typed, question, how = job
        try:
            with taken(places) as place:
                copy_into(template, place / "map")
                wrong = complaints_of_stop(*stop_at(gesprek, typed, how, place / "map"), before)
        except Exception as error:
            wrong = [repr(error)]
        counts["gestopt"] += 1
        counts["klachten"] += len(wrong)
        for what in wrong:
            say(f"{gesprek.call} {gesprek.eerst} | {how!r} bij {question!r} | {what}")

    jobs: list[tuple[Gesprek, list[str], str, str]] = []
    with ThreadPoolExecutor(WERKERS) as pool:
        for gesprek, asked in pool.map(walk_one, [*GESPREKKEN, *menu_gesprekken()]):
            counts["gesprekken"] += 1
            for number, (question, _) in enumerate(asked):
                worded = f"{gesprek.call} {re.sub('[0-9]', '', question)}"
                if worded not in seen:
                    seen.add(worded)
                    jobs += [(gesprek, [typed for _, typed in asked[:number]], question, h) for h in (CTRL_C, CTRL_D)]
        counts["vragen"] = len(seen)
        list(pool.map(stop_one, jobs))
    return dict(counts)


def parts() -> Iterator[tuple[str, str]]:
    from importlib.metadata import version

    yield "python", platform.python_version()
    yield "systeem", f"{platform.system()} {platform.machine()}"
    for name in ("typer", "rich", "pydantic", "apsw-sqlite3mc", "typst"):
        yield name, version(name)


def keep(part: str, found: dict[str, object]) -> None:
    kept = json.loads(UITKOMST.read_text(encoding="utf-8")) if UITKOMST.exists() else {}
    kept[part] = {"datum": date.today().isoformat(), "onderdelen": dict(parts()), **found}
    UITKOMST.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if kept.keys() == {"standen", "vragen"}:
        told = iter(figures(kept))
        page = PAGINA.read_text(encoding="utf-8")
        PAGINA.write_text(re.sub(r"\*\*[\d.]+\*\*", lambda _: f"**{next(told)}**", page), encoding="utf-8")


def figures(kept: dict[str, Any]) -> list[int]:
    """The figures of docs/computers.md, in the order of that page."""
    standen, vragen = kept["standen"], kept["vragen"]
    return [standen["aanroepen"], len(standen["standen"]), standen["gedraaid"], vragen["vragen"], vragen["gestopt"]]


def main(names: list[str]) -> int:
    enter_namespace()
    register_handler()
    is_short, chosen = "kort" in names, set(names) - {"kort", "vragen"}
    standen = [stand for stand in STANDEN if not chosen or stand.naam in chosen]
    examples = [rows[0] for rows in EXAMPLES.values()] if is_short else all_examples()
    begin = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="regiekit-consoles-"))
    folder.chmod(0o755)
    try:
        if "vragen" in names:
            found: dict[str, object] = dict(run_stops(folder))
            wrong = int(str(found.get("klachten", 0)))
        else:
            per_stand = run_all(standen, examples, folder)
            wrong = per_stand.total()
            found = {
                "aanroepen": len(examples), "standen": {stand.naam: per_stand[stand.naam] for stand in standen},
                "gedraaid": len(examples) * len(standen), "klachten": wrong,
            }  # fmt: skip
    finally:
        subprocess.run(["umount", *folder.glob("plek-*/vol")], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    found["seconden"] = round(time.monotonic() - begin)
    say(json.dumps(found, ensure_ascii=False))
    if not chosen:
        keep("vragen" if "vragen" in names else "standen", found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
