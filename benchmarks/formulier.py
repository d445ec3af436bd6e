"""How large the offline form is, and how soon it can be read.

    .venv/bin/python benchmarks/formulier.py
    .venv/bin/python benchmarks/formulier.py -n 20

Each run opens the file afresh in a headless Chromium: the time to the first paint with text, and from the press on the
start button to the next frame with the first vraag in it. Nothing here fails on a time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import offline_page, open_browser  # noqa: E402 - the browser of the tests

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TARGET = 200  # ms to the first vraag
LARGEST = 120_000  # bytes
PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
  const paint = list.getEntries().find(entry => entry.name === 'first-contentful-paint');
  if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""
FIRST_VRAAG = """() => new Promise(done => {
  const start = performance.now();
  document.querySelector('button.eerst').click();
  document.body.getBoundingClientRect();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


class Form(NamedTuple):
    """A form to measure: its name in the table, and what the command is asked."""

    name: str
    arguments: tuple[str, ...]


FORMS = (
    Form("eigen-regie, start", ("eigen-regie", "--meetmoment", "start")),
    Form("eigen-regie, einde", ("eigen-regie", "--meetmoment", "einde")),
    Form("schaalvragen", ("schaalvragen",)),
)


def make(form: Form, folder: Path) -> Path:
    """The HTML file, made as a coach makes it."""
    target = folder / f"{form.name}.html"
    command = [sys.executable, "-m", "regiekit", "vragenlijst", "formulier", *form.arguments]
    subprocess.run([*command, "--open", "--client", "R-014", "--uit", str(target)], check=True, capture_output=True)
    return target


def measure(browser: Browser, path: Path) -> tuple[float, float]:
    """Milliseconds to the first paint with text, and from the start button to the first vraag."""
    with offline_page(browser) as page:
        page.goto(path.as_uri())
        return page.evaluate(PAINTED), page.evaluate(FIRST_VRAAG)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=10, help="runs of each form")
    runs = parser.parse_args().n
    print(f"{'form':22}{'kB':>7}{'paint ms':>11}{'vraag ms':>11}{'together':>11}")
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        for form in FORMS:
            path = make(form, Path(folder))
            measure(browser, path)  # the first is for the browser itself
            paints, vragen = zip(*(measure(browser, path) for _ in range(runs)), strict=True)
            both = median(p + v for p, v in zip(paints, vragen, strict=True))
            size = path.stat().st_size / 1000
            print(f"{form.name:22}{size:7.1f}{median(paints):11.0f}{median(vragen):11.0f}{both:11.0f}")
    print(f"targets: {LARGEST / 1000:.0f} kB, {TARGET} ms to the first vraag")


if __name__ == "__main__":
    main()
