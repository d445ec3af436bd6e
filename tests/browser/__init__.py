"""A page in a real browser: nothing may leave it, and axe-core judges it.

The browser is the Chromium of the machine, found by name. Tests take the fixture `page` of conftest.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from browser.haal import FILES, is_ready, load_pakketten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Request

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # what a page asks of the network is seen, and gets nowhere
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "async tags => { const r = await axe.run(document, {runOnly: tags}); return [r.violations, r.incomplete]; }"


def find_chromium() -> str | None:
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def is_there(name: str) -> bool:
    """Whether this machine has what a test needs: a program, a Chromium by whatever name, or a package of haal.py."""
    if name == "chromium":
        return find_chromium() is not None
    package = {"axe": "axe-core", "xforms": "@getodk/xforms-engine"}.get(name, name)
    return is_ready(load_pakketten()[package]) if package in FILES else shutil.which(name) is not None


def package_files(name: str) -> dict[str, Path]:
    """The files of a package of haal.py, by their names."""
    return {path.name: path for path in load_pakketten()[name].paths.values()}


@contextmanager
def open_browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # root has no sandbox to give
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), headless=True, chromium_sandbox=not is_root, args=QUIET
        )
        try:
            yield browser
        finally:
            browser.close()


def record_requests(context: BrowserContext) -> list[str]:
    """A list that fills with each request that a page of `context` makes, save for opening a file by itself."""
    asked: list[str] = []

    def note(request: Request) -> None:
        own = request.url.startswith(("data:", "blob:"))
        if not own and not (request.url.startswith("file:") and request.is_navigation_request()):
            asked.append(request.url)

    def watch(page: Page) -> None:
        page.on("websocket", lambda socket: asked.append(socket.url))

    context.on("request", note)
    context.on("page", watch)
    return asked


@contextmanager
def offline_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page with nothing kept from another; fails when it asked anything of a network. `options`: of new_context."""
    context = browser.new_context(accept_downloads=True, locale="nl-NL", **options)
    try:
        asked = record_requests(context)
        yield context.new_page()
    finally:
        context.close()
    assert asked == [], f"requests by the page: {asked}"


def load_lforms(page: Page) -> None:
    """A blank page with LHC-Forms in it, ready for LForms.Util.addFormToPage(…, 'form', {fhirVersion: 'R4'})."""
    texts = {name: path.read_text(encoding="utf-8") for name, path in package_files("lforms").items()}
    page.set_content("<!doctype html><title>LHC-Forms</title><div id=form></div>")
    page.add_style_tag(content=texts["styles.css"])
    for name in ("zone.min.js", "lhc-forms.js", "lformsFHIR.min.js"):  # the order in which they need each other
        page.add_script_tag(content=texts[name])


class Finding(NamedTuple):
    """A rule of axe-core and the elements that it names."""

    rule: str
    text: str
    elements: list[str]


class Findings(NamedTuple):
    """What is wrong by axe-core, and what it could not decide."""

    violations: list[Finding]
    incomplete: list[Finding]


def axe(page: Page) -> Findings:
    """The judgement on the page in the state it is in now: WCAG 2.2 A and AA, and good practice."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(package_files("axe-core")["axe.min.js"].read_text(encoding="utf-8"))
    violations, incomplete = page.evaluate(RUN_AXE, TAGS)
    return Findings(_findings(violations), _findings(incomplete))


def _findings(results: list[dict[str, Any]]) -> list[Finding]:
    return [Finding(r["id"], r["help"], [str(node["target"]) for node in r["nodes"]]) for r in results]
