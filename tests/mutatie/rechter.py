"""Judges the mutants of one run: collects the tests once, then forks for each mutant and stops at the first test that
notices. Started by mutaties.py in the copy that mutmut made: python rechter.py SETTINGS, a file of JSON.

mutmut's own runner collects the tests anew for each mutant, which takes most of its time.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

UNDER_TEST = "MUTANT_UNDER_TEST"
SLACK, TIMES = 20, 10  # seconds, and times as long as all tests that touch the function took
RECENT = 12  # tests that killed lately go first


class Rechter:
    """A plugin of pytest in the place of its loop over the tests."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.items: list[pytest.Item] = []
        self.seconds: list[float] = []
        self.touched: list[set[str]] = []  # by each test: functions, as 'regiekit.domain.uitslag.x_score'
        self.recent: list[int] = []
        self.outcome: dict[str, str] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = list(session.items)
        self.run_clean()
        self.judge_all()
        Path(self.settings["uitkomst"]).write_text(json.dumps(self.outcome, indent=1), encoding="utf-8")
        return True

    def run_clean(self) -> None:
        """Every test without a fault: all must pass. In a fork, as threads that they start would not live in the next;
        what they imported is imported here, so that it need not be for each mutant."""
        place = Path(self.settings["uitkomst"]).with_suffix(".schoon")
        if (child := os.fork()) == 0:
            self._measure()
            imported = sorted(name for name in sys.modules if name.startswith("regiekit."))
            found = [self.seconds, [sorted(t) for t in self.touched], imported]
            place.write_text(json.dumps(found), encoding="utf-8")
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0, "the tests do not pass without a fault"
        self.seconds, touched, imported = json.loads(place.read_text(encoding="utf-8"))
        self.touched = [set(t) for t in touched]
        for name in imported:
            importlib.import_module(name)

    def _measure(self) -> None:
        hits: set[str] = set()
        trampoline.record_trampoline_hit = lambda name, caller=None: hits.add(name)
        os.environ[UNDER_TEST] = "stats"
        for item in self.items:
            hits.clear()
            begin = time.monotonic()
            failed = run_item(item)
            assert not failed, f"{item.nodeid} fails without a fault"
            self.seconds.append(time.monotonic() - begin)
            self.touched.append(set(hits))
        os.environ[UNDER_TEST] = ""

    def judge_all(self) -> None:
        waiting, running = list(self.settings["mutanten"]), {}
        while waiting or running:
            while waiting and len(running) < self.settings["kinderen"]:
                mutant = waiting.pop(0)
                if order := self.order_for(mutant):
                    running[self.start(mutant, order)] = mutant
                else:
                    self.outcome[mutant] = "zonder_test"
            if running:
                child, status = os.wait()
                self.note(running.pop(child), status)
            if len(self.outcome) % 50 == 0:
                counts = {w: list(self.outcome.values()).count(w) for w in set(self.outcome.values())}
                sys.stderr.write(f"{len(self.outcome)} van {len(self.settings['mutanten'])} {counts}\n")

    def order_for(self, mutant: str) -> list[int]:
        """The tests that touch the function: those that killed lately, then the quick ones first."""
        function = mutant.rpartition("__mutmut_")[0]
        found = [n for n, touched in enumerate(self.touched) if function in touched]
        return sorted(found, key=lambda n: (n not in self.recent, self.seconds[n]))

    def start(self, mutant: str, order: list[int]) -> int:
        child = os.fork()
        if child:
            return child
        os.environ[UNDER_TEST] = mutant
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(SLACK + TIMES * sum(self.seconds[n] for n in order)))
        for n in order:
            try:
                failed = run_item(self.items[n])
            except BaseException:  # whatever a fault brings about, it was noticed
                failed = True
            if failed:
                self.place_of(os.getpid()).write_text(str(n), encoding="utf-8")
                os._exit(1)
        os._exit(0)

    def place_of(self, child: int) -> Path:
        return Path(self.settings["uitkomst"]).with_suffix(f".{child}")

    def note(self, mutant: str, status: int) -> None:
        if os.WIFSIGNALED(status):
            self.outcome[mutant] = "te_lang" if os.WTERMSIG(status) == signal.SIGALRM else "gedood"
        else:
            self.outcome[mutant] = "gedood" if os.WEXITSTATUS(status) else "overleefd"
        for place in Path(self.settings["uitkomst"]).parent.glob(f"{Path(self.settings['uitkomst']).stem}.[0-9]*"):
            killer = place.read_text(encoding="utf-8")
            if killer:
                place.unlink()
                self.recent = [int(killer), *(n for n in self.recent if n != int(killer))][:RECENT]


def run_item(item: pytest.Item) -> bool:
    """Whether one test fails; it can be run again."""
    item._initrequest()  # type: ignore[attr-defined]
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.path[:0] = [str(Path("src").resolve()), str(Path("tests").resolve())]
    os.environ[UNDER_TEST] = ""
    sys.exit(pytest.main(given["pytest"], plugins=[Rechter(given)]))
