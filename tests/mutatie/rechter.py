"""Judges the mutants of one run: for each the tests that touch its function, up to the first that notices.

Started by mutaties.py in the copy that mutmut made: python rechter.py SETTINGS, a file of JSON. The tests are collected
once; mutmut's own runner does that for each mutant, which takes most of its time. Where a test that noticed a mutant
fails without it too, the mutant left something behind, and what follows is judged in a fresh process.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutmut.mutation import trampoline

UNDER_TEST = "MUTANT_UNDER_TEST"
SLACK, TIMES = 20, 10  # seconds, and times as long as all tests that touch the function took
RECENT = 12  # tests that noticed something lately go first
BATCH = 40
POLLUTED = "vervuild"


class Rechter:
    """A plugin of pytest in the place of its loop over the tests."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.items: list[pytest.Item] = []
        self.seconds: list[float] = []
        self.touched: list[set[str]] = []  # by each test: functions, as 'regiekit.domain.uitslag.x_score'
        self.recent: list[int] = []
        self.noticed_by: dict[str, set[int]] = defaultdict(set)
        self.outcome: dict[str, str] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = list(session.items)
        self.run_clean()
        self.judge_all()
        self.keep()
        return True

    def keep(self) -> None:
        Path(self.settings["uitkomst"]).write_text(json.dumps(self.outcome, indent=1), encoding="utf-8")

    def run_clean(self) -> None:
        """Every test without a fault: all must pass. In a fork, as threads that they start would not live in the next;
        what they imported is imported here, so that it need not be for each mutant."""
        place = Path(self.settings["uitkomst"]).with_suffix(".schoon")
        if (child := os.fork()) == 0:
            try:
                self._measure()
            except BaseException as error:  # a fork never goes on as if it were the parent
                sys.stderr.write(f"{error}\n")
                os._exit(1)
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
        """Batch by batch, each in a fork; what a fork did not come to waits for the next."""
        waiting, running = list(self.settings["mutanten"]), {}
        while waiting or running:
            while waiting and len(running) < self.settings["kinderen"]:
                batch, waiting = waiting[:BATCH], waiting[BATCH:]
                running[self.start(batch)] = batch
            child, status = os.wait()
            waiting = self.note(child, running.pop(child), status) + waiting
            self.keep()

    def start(self, batch: list[str]) -> int:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            try:
                self.judge_batch(batch)
            except BaseException:
                os._exit(1)
            os._exit(0)
        return child

    def judge_batch(self, batch: list[str]) -> None:
        """In a fork: one line a verdict, for as long as nothing is left behind by a mutant."""
        with self.place_of(os.getpid()).open("w", encoding="utf-8") as told:
            for mutant in batch:
                verdict = self.judge(mutant)
                if verdict == POLLUTED and mutant != batch[0]:
                    return  # the next fork begins with it
                told.write(f"{mutant} {'gedood' if verdict == POLLUTED else verdict}\n")
                told.flush()
                if verdict == POLLUTED:
                    return

    def judge(self, mutant: str) -> str:
        """The verdict on one; POLLUTED where the test that noticed it fails also without it, from here on."""
        order = self.order_for(mutant)
        signal.alarm(int(SLACK + TIMES * sum(self.seconds[n] for n in order)))
        for n in order:
            os.environ[UNDER_TEST] = mutant
            failed = run_item(self.items[n])
            os.environ[UNDER_TEST] = ""
            if failed:
                self.noticed_by[function_of(mutant)].add(n)
                self.recent = [n, *(m for m in self.recent if m != n)][:RECENT]
                return POLLUTED if run_item(self.items[n]) else "gedood"
        return "overleefd" if order else "zonder_test"

    def order_for(self, mutant: str) -> list[int]:
        """The tests that touch the function: those that noticed a fault in it, or lately in others, then those that
        touch little else, then the quick."""
        function = function_of(mutant)
        found = [n for n, touched in enumerate(self.touched) if function in touched]
        own = self.noticed_by[function]
        return sorted(
            found, key=lambda n: (n not in own, n not in self.recent, len(self.touched[n]) // 8, self.seconds[n])
        )

    def place_of(self, child: int) -> Path:
        return Path(self.settings["uitkomst"]).with_suffix(f".{child}")

    def note(self, child: int, batch: list[str], status: int) -> list[str]:
        """Takes in what a fork found; gives what it did not come to."""
        place = self.place_of(child)
        found = dict(line.split() for line in place.read_text(encoding="utf-8").splitlines())
        place.unlink()
        self.outcome |= found
        left = [mutant for mutant in batch if mutant not in found]
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the judge itself failed"
        if left and os.WIFSIGNALED(status):
            self.outcome[left.pop(0)] = "te_lang" if os.WTERMSIG(status) == signal.SIGALRM else "gedood"
        return left


def function_of(mutant: str) -> str:
    return mutant.rpartition("__mutmut_")[0]


def run_item(item: pytest.Item) -> bool:
    """Whether one test fails, whatever the way; it can be run again."""
    try:
        item._initrequest()  # type: ignore[attr-defined]
        return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))
    except BaseException:
        return True


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.path[:0] = [str(Path("src").resolve()), str(Path("tests").resolve())]
    os.environ[UNDER_TEST] = ""
    # nobody reads why a test fails: no smaller example, no words to an assert, no traceback
    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("rechter", derandomize=True, max_examples=60, deadline=None, phases=phases)
    options = ["--hypothesis-profile=rechter", "--assert=plain", "--tb=native"]
    sys.exit(pytest.main([*options, *given["pytest"]], plugins=[Rechter(given)]))
