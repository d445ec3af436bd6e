"""The long run: every target in a process of its own, under libFuzzer where atheris is installed.

    python tests/fuzz/lang.py --uitvoeringen 1000000 [--doelen lezer csv …] [--zaad 20261122]

With --doelen it runs those alone; they get what they would get in a whole run, and the figures of the others stay.

It writes tests/fuzz/uitkomst.json, and the table in docs/proeven-invoer.md: of each target how many inputs were tried,
in how many seconds, how much of the program they reached, and what was found. The input of a finding comes in
tests/fuzz/gevonden/DOEL/ once it gives the same finding again in a plain process. Without atheris the inputs are
changed at random, and nothing is said of what they reached.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, nullcontext
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
sys.dont_write_bytecode = True

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from fuzz.doelen import Doel
    from fuzz.rechter import Rechter, Vondst

PAGINA = ROOT / "docs/proeven-invoer.md"
UITKOMST, GEVONDEN = HERE / "uitkomst.json", HERE / "gevonden"
TIMEOUT, RSS = 60, 2_000  # seconds of one input, megabytes of the whole process: then libFuzzer stops by itself
MOST_FOUND = 20  # different findings of one target, that are kept
INSTRUMENTED = ("regiekit", "joserfc")
# Of a million executions: the quick targets get more, the slow ones fewer; what is not here gets STANDARD.
STANDARD, MILLION = 21_900, 1_000_000
EACH = {
    "lezer": 200_000, "datum": 200_000, "inzending": 45_000, "sleutel": 45_000, "code": 40_000, "antwoord": 30_000,
    "tabel": 12_000, "herstel": 8_000, "opdrachtregel": 8_000, "zoeken": 500,
}  # fmt: skip


def main() -> int:
    """The whole run, or one target of it (`--werker`)."""
    asked = _arguments()
    if asked.werker:
        return _work(asked)
    names = [] if asked.bladzijde else asked.doelen or _names()
    result = _read_result()
    _write_result(result)
    for name in names:
        count = max(1, round(EACH.get(name, STANDARD) * asked.uitvoeringen / MILLION))
        result["doelen"][name] = found = _run(name, count, asked.zaad)
        _write_result(result)
        sys.stdout.write(
            f"{name}: {found['uitvoeringen']} in {found['seconden']} s, {len(found['vondsten'])} gevonden\n"
        )
        sys.stdout.flush()
    return 1 if any(d["vondsten"] for d in result["doelen"].values()) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uitvoeringen", type=int, default=MILLION, help="over alle doelen samen")
    parser.add_argument("--doelen", nargs="*", help="alleen deze")
    parser.add_argument("--zaad", type=int, default=20261122)
    parser.add_argument("--bladzijde", action="store_true", help="schrijf alleen de tabel in de bladzijde opnieuw")
    parser.add_argument("--werker", help=argparse.SUPPRESS)
    parser.add_argument("--werkmap", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _names() -> list[str]:
    from fuzz.doelen import DOELEN

    return [doel.naam for doel in DOELEN]


# One target, from outside -------------------------------------------------------------------------------------------


def _run(name: str, count: int, seed: int) -> dict[str, Any]:
    """One target in a process of its own; what it found is tried again in another one, where nothing is measured."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="regiekit-fuzz-", dir=_quick_disk()) as folder:
        work = Path(folder)
        command = [sys.executable, str(HERE / "lang.py"), "--werker", name, "--werkmap", folder, "--uitvoeringen",
                   str(count), "--zaad", str(seed)]  # fmt: skip
        with open(work / "verslag", "wb") as log:
            code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
        told = (work / "verslag").read_text(encoding="utf-8", errors="replace")
        found = [*_kept(name, work), *_stopped(name, work, code, told)]
        stats = _stats(told, work)
    stats |= {
        "seconden": round(time.monotonic() - start, 1),
        "zaad": seed,
        "broncode": source_hash(),
        "vondsten": found,
    }
    return stats


def _quick_disk() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _stats(told: str, work: Path) -> dict[str, Any]:
    """Of libFuzzer's own words: executions, lines reached (cov) and what they do (ft), inputs that taught something."""
    counted, codes = json.loads((work / "aantal").read_text()) if (work / "aantal").exists() else (0, {})
    shown = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", told)
    cov, ft, corp = map(int, shown[-1]) if shown else (None, None, None)
    return {"uitvoeringen": counted, "exitcodes": codes, "dekking": cov, "kenmerken": ft, "leerzaam": corp}


def _kept(name: str, work: Path) -> list[dict[str, str]]:
    """The findings that the worker wrote down, each once, if a plain process finds the same."""
    made = []
    for path in sorted((work / "gevonden").glob("*.json")):
        said = json.loads(path.read_text())
        raw = path.with_suffix("").read_bytes()
        if again := _again(name, path.with_suffix("")):
            made.append({**again, "invoer": _keep(name, raw)})
        elif said["soort"] not in ("tijd", "geheugen"):  # these two are larger where everything is counted
            made.append({**said, "invoer": _keep(name, raw), "herhaald": "nee"})
    return made


def _stopped(name: str, work: Path, code: int, told: str) -> list[dict[str, str]]:
    """A process that ended by itself: stuck for a minute, or out of memory, or a crash in a library."""
    if code == 0:
        return []
    kept = [
        _keep(name, path.read_bytes()) for path in work.glob("*-*") if path.name.startswith(("crash", "timeout", "oom"))
    ]
    return [{"soort": "gestopt", "plaats": f"code {code}: {told[-300:]}", "invoer": " ".join(kept)}]


def _again(name: str, path: Path) -> dict[str, str] | None:
    command = [sys.executable, str(HERE / "lang.py"), "--werker", name, "--werkmap", str(path), "--uitvoeringen", "0"]
    said = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace").strip()
    return json.loads(said.splitlines()[-1]) if said else None


def _keep(name: str, raw: bytes) -> str:
    target = GEVONDEN / name / hashlib.sha256(raw).hexdigest()[:12]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    return str(target.relative_to(ROOT))


def _read_result() -> dict[str, Any]:
    from fuzz.doelen import DOELEN
    from regiekit import __version__

    kept = json.loads(UITKOMST.read_text(encoding="utf-8"))["doelen"] if UITKOMST.exists() else {}
    names = [doel.naam for doel in DOELEN]
    return {
        "versie": __version__,
        "python": platform.python_version(),
        "atheris": metadata.version("atheris") if find_spec("atheris") else None,
        "totaal": 0,
        "doelen": {name: kept[name] for name in names if name in kept},
    }


def source_hash() -> str:
    """Of every line of the program."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _write_result(result: dict[str, Any]) -> None:
    result["totaal"] = sum(d["uitvoeringen"] for d in result["doelen"].values())
    order = {name: n for n, name in enumerate(_names())}
    result["doelen"] = dict(sorted(result["doelen"].items(), key=lambda item: order[item[0]]))
    UITKOMST.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _write_page(result)


def _write_page(result: dict[str, Any]) -> None:
    """The table in the page of the handbook, and the total above it."""
    from fuzz.doelen import DOELEN

    about = {doel.naam: doel.wat for doel in DOELEN}
    rows = [
        f"| `{name}` | {about[name]} | {_dotted(found['uitvoeringen'])} | {_dotted(found['dekking'] or 0)} |\n"
        for name, found in result["doelen"].items()
    ]
    page = PAGINA.read_text(encoding="utf-8")
    page = re.sub(r"(?<=^\|---\|---\|---\|---\|\n)(?:\|.*\n)*", lambda _: "".join(rows), page, flags=re.MULTILINE)
    page = re.sub(r"In totaal \S+ uitvoeringen", f"In totaal {_dotted(result['totaal'])} uitvoeringen", page)
    PAGINA.write_text(page, encoding="utf-8")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


# One target, from inside --------------------------------------------------------------------------------------------


def _work(asked: argparse.Namespace) -> int:
    """Run a target; with no executions asked, one input alone, whose finding is printed."""
    guided = bool(asked.uitvoeringen) and find_spec("atheris") is not None
    with ExitStack() as stack:
        with _watched() if guided else nullcontext():
            from fuzz.doelen import DOELEN, prepare
            from fuzz.rechter import Rechter

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="regiekit-fuzz-", dir=_quick_disk())))
            stack.enter_context(prepare(folder))
            doel = next(d for d in DOELEN if d.naam == asked.werker)
            seeds = doel.zaden()
            rechter = Rechter(folder / "werk")
            for seed in seeds if asked.uitvoeringen else seeds[:1]:  # what is imported at the first time is watched too
                rechter.judge(doel, seed)
        if not asked.uitvoeringen:
            found = rechter.judge(doel, asked.werkmap.read_bytes())
            sys.stdout.write(f"{json.dumps(found._asdict())}\n" if found else "")
            return 0
        note = Aantekenaar(asked.werkmap, rechter, doel)
        if guided:
            _fuzz(note, seeds, asked)
        return _at_random(note, seeds, asked)


def _watched() -> AbstractContextManager[None]:
    """Of what is imported in it, atheris sees which lines are run and what is compared with what."""
    import atheris

    return cast("AbstractContextManager[None]", atheris.instrument_imports(include=list(INSTRUMENTED)))


class Aantekenaar:
    """Writes down how many inputs were tried, and each finding once."""

    def __init__(self, work: Path, rechter: Rechter, doel: Doel) -> None:
        self.work, self.rechter, self.doel = work, rechter, doel
        self.codes: Counter[int] = Counter()
        self.count = 0
        self.seen: set[Vondst] = set()
        (work / "gevonden").mkdir(exist_ok=True)

    def one(self, data: bytes) -> None:
        """One input."""
        found = self.rechter.judge(self.doel, data)
        self.codes[self.rechter.code] += 1
        self.count += 1
        if found and found not in self.seen and len(self.seen) < MOST_FOUND:
            self.seen.add(found)
            path = self.work / "gevonden" / hashlib.sha256(data).hexdigest()[:12]
            path.write_bytes(data)
            path.with_suffix(".json").write_text(json.dumps(found._asdict()))
        if self.count % 100 == 0 or self.count < 3:
            self.tell()

    def tell(self) -> None:
        (self.work / "aantal").write_text(json.dumps([self.count, dict(sorted(self.codes.items()))]))


def _fuzz(note: Aantekenaar, seeds: list[bytes], asked: argparse.Namespace) -> None:
    """Under libFuzzer; it does not come back."""
    import atheris

    corpus, words = asked.werkmap / "zaden", asked.werkmap / "woorden"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / f"{number:04}").write_bytes(seed)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in note.doel.woorden), encoding="ascii")
    known = [f"-dict={words}"] if note.doel.woorden else []
    options = [
        f"-runs={asked.uitvoeringen}", f"-seed={asked.zaad % 2**31}", f"-max_len={note.doel.langste}",
        f"-timeout={TIMEOUT}", f"-rss_limit_mb={RSS}", *known, f"-artifact_prefix={asked.werkmap}/",
        "-print_final_stats=1", "-len_control=20",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], note.one)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    raw = word.encode("utf-8", "surrogatepass")
    return "".join(chr(b) if 32 <= b < 127 and b not in b'\\"' else f"\\x{b:02x}" for b in raw)


def _at_random(note: Aantekenaar, seeds: list[bytes], asked: argparse.Namespace) -> int:
    from fuzz.toeval import changed

    for data in changed(seeds, note.doel.woorden, note.doel.langste, asked.uitvoeringen, asked.zaad):
        note.one(data)
    note.tell()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
