"""The handbook as a site: it builds without a warning, opens from the disk, leads everywhere, and all can read it."""

from __future__ import annotations

import importlib.util
import re
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag

import pytest

from browser import Findings, _findings, axe
from engels import english_words
from util import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

spec = importlib.util.spec_from_file_location("handboek", ROOT / "uitgave/handboek.py")
assert spec and spec.loader
handboek = importlib.util.module_from_spec(spec)
sys.modules["handboek"] = handboek
spec.loader.exec_module(handboek)

NAMES = [
    "index.html",
    "search.html",
    *(n.replace(".md", ".html") for part in handboek.load_parts() for _, n in part.pages),
]
FOR_WHOM = re.compile(r"Voor ((een )?coach(es)?|wie|onderzoekers|bureaus|organisaties|jou)\b|Deze bladzijde is voor ")


class Site(HTMLParser):
    """What one page has: its anchors, links, what it loads, pictures, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"]} if given.get("id") else set()  # type: ignore[arg-type]
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("script", "link", "img", "source", "iframe"):
            self.loads += [str(given[name]) for name in ("src", "href") if given.get(name)]
        if tag == "img":
            self.pictures.append(given)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook, built once; a warning of Sphinx ends it."""
    import subprocess

    folder = tmp_path_factory.mktemp("handboek")
    done = subprocess.run([sys.executable, ROOT / "uitgave/handboek.py", folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Site]:
    return {path.name: Site(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}


# The files ------------------------------------------------------------------------------------------------------------


def test_every_page_is_in_the_tree_once(pages: dict[str, Site]) -> None:
    assert sorted(NAMES) == sorted(set(NAMES)) == sorted(pages)
    sources = {path.name for path in (ROOT / "docs").glob("*.md")} | set(handboek.OUTSIDE.values()) - {"LICENSE"}
    kept = {name for name in sources if (ROOT / "docs" / name).exists() or name in handboek_sources()}
    assert {name.replace(".md", ".html") for name in kept} == set(NAMES) - {"search.html"}


def handboek_sources() -> set[str]:
    return {own for name, own in handboek.OUTSIDE.items() if (ROOT / name).exists()}


def test_every_page_is_reached_from_the_first(pages: dict[str, Site]) -> None:
    """By the links of its own text: on a code host there is no menu."""
    listed = {n.replace(".md", ".html") for part in handboek.load_parts() for _, n in part.pages}
    assert listed <= {urldefrag(link).url for link in pages["index.html"].links}
    assert len(handboek.load_parts()) >= 7


def test_links_and_anchors_are_right(site: Path, pages: dict[str, Site]) -> None:
    for name, page in pages.items():
        for link in page.links:
            if re.match(r"https?:", link):
                continue
            url, anchor = urldefrag(unquote(link))
            assert not url or (site / url).exists(), f"{name}: {link}"
            target = pages.get(url or name)
            assert not anchor or not target or anchor in target.ids, f"{name}: {link}"


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[str, Site]) -> None:
    for name, page in pages.items():
        for load in page.loads:
            assert not re.match(r"(\w+:)?//", load), f"{name}: {load}"
            assert (site / unquote(load.partition("?")[0].partition("#")[0])).exists(), f"{name}: {load}"
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", text), style.name


def test_pictures_say_what_they_show(pages: dict[str, Site]) -> None:
    pictures = [picture for page in pages.values() for picture in page.pictures]
    assert len(pictures) >= 6
    assert all(picture.get("alt") for picture in pictures)


def test_the_words_around_the_text_are_dutch(site: Path) -> None:
    for name in ("index.html", "search.html"):
        text = (site / name).read_text(encoding="utf-8")
        around = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]+)"', text) + re.findall(
            r"<title>(.*?)</title>", text
        )
        assert len(around) >= 10
        assert {words for label in around for words in english_words(label)} == set()
        assert not re.search(r"Skip to|Back to top|Made with|On this page|Please|Toggle|\bSphinx\b", text)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name)
def test_a_page_begins_with_for_whom_it_is(page: Path) -> None:
    heading, first, *_ = page.read_text(encoding="utf-8").split("\n\n")
    assert heading.startswith("# ") and "\n" not in heading
    assert page.name == "index.md" or FOR_WHOM.match(first), first


def test_the_page_for_the_client_is_in_plain_words() -> None:
    text = (ROOT / "docs/voor-de-client.md").read_text(encoding="utf-8")
    plain = re.sub(r"\|[-| ]+\||[*`#]|\[([^\]]+)\]\([^)]+\)", r"\1", text).replace("|", "\n")
    plain = re.sub(r"(?m)^\s*[-]\s+|\n(?=\n|- )", ". ", plain)
    sentences = [len(s.split()) for s in re.split(r"[.!?:]+\s", " ".join(plain.split())) if s.strip(" .")]
    assert len(sentences) > 50
    assert sum(sentences) / len(sentences) <= 12 and max(sentences) <= 18


def test_the_questions_are_those_of_a_coach() -> None:
    text = (ROOT / "docs/vragen.md").read_text(encoding="utf-8")
    questions = re.findall(r"^### (.+)$", text, flags=re.MULTILINE)
    assert len(questions) >= 25 and all(question.endswith("?") for question in questions)
    named = set(re.findall(r"V\d\d", text))
    known = set(
        re.findall(r"^\| (V\d\d) \|", (ROOT / "docs/valkuilen.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert len(named) >= 15 and named <= known


# In a browser, from the disk ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Page]:
    """One page for the whole module, that notes what it asks of anything but a file."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1100, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
    page = context.new_page()
    page.on("pageerror", lambda error: asked.append(f"script: {error}"))
    yield page
    context.close()
    assert asked == []


CONTRAST = """async () => {
  const r = await axe.run(document, {runOnly: ['color-contrast']});
  return [r.violations, r.incomplete];
}"""


@pytest.mark.needs("chromium", "axe")
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, site: Path, tab: Page) -> None:
    """Everything in light; of what differs in the dark, the contrast."""
    tab.emulate_media(color_scheme="light")
    tab.goto((site / name).as_uri())
    assert axe(tab).violations == []
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_timeout(50)
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", dark)[:3])) < 64
    violations, incomplete = tab.evaluate(CONTRAST)
    assert Findings(_findings(violations), _findings(incomplete)).violations == []


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("wachtzin kwijt", "reservekopie.html"),
        ("overtypen", "overtypen.html"),
        ("--rouw-uitslag", "scoren.html"),
        ("--toch", "opties.html"),
        ("toch", "opties.html"),  # a stop word that is an option
        ("--uit", "opties.html"),
        ("uit", "verloop.html"),
        ("wachtwoord", "reservekopie.html"),
        ("backup", "reservekopie.html"),
        ("brieven", "verslag.html"),
        ("verslagen", "intervisie.html"),
        ("privacy", "voor-de-client.html"),
        ("AVG", "avg.html"),
    ],
)
def test_search_finds_a_word_from_the_disk(words: str, page: str, site: Path, tab: Page) -> None:
    tab.emulate_media(color_scheme="light")
    tab.goto((site / "index.html").as_uri())
    tab.get_by_role("textbox", name="Zoeken").fill(words)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#search-results ul.search li a")
    tab.wait_for_function("/gevonden/.test(document.querySelector('#search-results').innerText)")
    found = [link.get_attribute("href") or "" for link in tab.query_selector_all("#search-results ul.search a")]
    assert any(link.startswith(page) for link in found), found
    assert english_words(tab.inner_text("#search-results h2")) == []


@pytest.mark.needs("chromium")
def test_accents_and_plurals_find_the_same(site: Path, tab: Page) -> None:
    def found(words: str) -> set[str]:
        tab.goto((site / "search.html").as_uri() + f"?q={words}")
        tab.wait_for_function("/gevonden/.test(document.querySelector('#search-results').innerText)")
        links = tab.query_selector_all("#search-results ul.search a")
        return {urldefrag(link.get_attribute("href") or "").url for link in links}

    for words in (
        ["client", "cliënt", "cliënten"],
        ["verslag", "verslagen"],
        ["afspraak", "afspraken"],
        ["brief", "brieven"],
    ):
        one, *others = map(found, words)
        assert one and all(other == one for other in others), words


@pytest.mark.needs("chromium")
def test_what_is_searched_is_cut_as_what_is_indexed(site: Path, tab: Page) -> None:
    """The two halves of the search language, in Python and in the browser, agree on every word and option."""
    sys.path.insert(0, str(ROOT / "uitgave/handboek"))
    from zoektaal import Zoektaal  # type: ignore[import-not-found]

    taal = Zoektaal({})
    text = " ".join(page.read_text(encoding="utf-8").lower() for page in (ROOT / "docs").glob("*.md"))
    words = sorted(set(taal.split(text)))
    assert len(words) > 3000 and "optie_rouw_uitslag" in words
    tab.goto((site / "search.html").as_uri() + "?q=xyzzy")
    assert tab.evaluate("words => words.map(w => new Stemmer().stemWord(w))", words) == [taal.stem(w) for w in words]
    for typed in ("--rouw-uitslag en cliënten", "hoe print ik een kaart", "--toch"):
        assert set(tab.evaluate("typed => splitQuery(typed)", typed)) <= set(taal.split(typed))


@pytest.mark.needs("chromium")
def test_a_search_without_result_says_so(site: Path, tab: Page) -> None:
    tab.goto((site / "search.html").as_uri() + "?q=xyzzy")
    tab.wait_for_function("/Niets gevonden/.test(document.querySelector('#search-results').innerText)")


@pytest.mark.needs("chromium")
def test_a_page_fits_a_phone_and_prints_its_text_alone(site: Path, tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    for name in ("index.html", "beginnen.html", "groepen.html", "niveau-en-advies.html"):
        tab.goto((site / name).as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, name
    tab.set_viewport_size({"width": 1100, "height": 900})
    tab.goto((site / "scoren.html").as_uri())
    tab.emulate_media(media="print")
    shown = tab.evaluate(
        "[...document.querySelectorAll('.sidebar-drawer, .toc-drawer, .related-pages')].map(e => e.checkVisibility())"
    )
    tab.emulate_media(media="screen")
    assert shown and not any(shown)


SEEN = """e => {
  const box = e.getBoundingClientRect();
  return [box.right > 0 && box.left < innerWidth, !!e.closest('article'), getComputedStyle(e).outlineStyle,
          e.getAttribute('aria-label') || e.textContent.trim()];
}"""


def next_stop(tab: Page) -> tuple[bool, bool, str, str]:
    tab.keyboard.press("Tab")
    seen, inside, outline, name = tab.evaluate(f"({SEEN})(document.activeElement)")
    return seen, inside, outline, name


@pytest.mark.needs("chromium", "axe")
@pytest.mark.parametrize("width", [640, 390])
def test_by_keyboard_in_a_narrow_window(width: int, site: Path, tab: Page) -> None:
    """The way to the text is short and seen; the menu opens and closes by key, and all in it has an outline."""
    tab.set_viewport_size({"width": width, "height": 450})
    try:
        tab.goto((site / "beginnen.html").as_uri())
        stops = [next_stop(tab)]
        while not stops[-1][1] and len(stops) < 12:
            stops.append(next_stop(tab))
        assert stops[0][3] == "Naar de tekst" and stops[-1][1], stops
        assert all(seen and outline != "none" for seen, _, outline, _ in stops[1:]), stops
        for key in ("Enter", " "):
            tab.locator(".nav-overlay-icon").focus()
            tab.keyboard.press(key)
            assert tab.locator(".nav-overlay-icon").get_attribute("aria-expanded") == "true"
            tab.wait_for_timeout(300)
            assert axe(tab).violations == []
            assert tab.evaluate("!!document.activeElement.closest('.sidebar-drawer')")
            seen, inside, outline, _ = next_stop(tab)
            assert seen and not inside and outline != "none" and tab.evaluate("document.activeElement.name") == "q"
            tab.keyboard.press("Escape")
            assert not tab.locator(".sidebar-drawer").is_visible()
            assert tab.evaluate("document.activeElement.className") == "nav-overlay-icon"
        tab.locator(".toc-header-icon").focus()
        tab.keyboard.press("Enter")
        assert tab.evaluate("!!document.activeElement.closest('.toc-drawer')")
    finally:
        tab.set_viewport_size({"width": 1100, "height": 900})


@pytest.mark.needs("chromium")
def test_a_picture_of_a_screen_can_be_read_on_a_phone(site: Path, tab: Page) -> None:
    """Its letters keep their size; it scrolls in its own place, by keyboard too."""
    tab.set_viewport_size({"width": 390, "height": 800})
    try:
        tab.goto((site / "beginnen.html").as_uri())
        screens = tab.query_selector_all("article img[src$='.svg']")
        shown = [screen.evaluate("i => [i.clientWidth, i.parentElement.tabIndex]") for screen in screens]
        assert len(shown) >= 4 and all(width >= 620 and stop == 0 for width, stop in shown), shown
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        tab.set_viewport_size({"width": 1100, "height": 900})


@pytest.mark.needs("chromium")
def test_the_sheet_for_the_client_is_one_leaf_of_paper(site: Path, tab: Page) -> None:
    """Two sides at most, titled for the client; the line for the coach stays on the screen."""
    from io import BytesIO

    from pypdf import PdfReader

    tab.goto((site / "voor-de-client.html").as_uri())
    assert "Voor de coach" in tab.inner_text("article") and "je cliënt" not in tab.inner_text("h1")
    tab.emulate_media(media="print")
    sides = [side.extract_text() for side in PdfReader(BytesIO(tab.pdf(format="A4"))).pages]
    tab.emulate_media(media="screen")
    assert len(sides) <= 2
    assert "heeft geen gevolgen voor je traject" in sides[0] and "Waarom deze vragen?" in sides[0]
    assert "Voor de coach" not in "".join(sides)


def test_help_of_the_builder_makes_no_folder(tmp_path: Path) -> None:
    import subprocess

    command = [sys.executable, str(ROOT / "uitgave/handboek.py"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "usage" in done.stdout and not any(tmp_path.iterdir())
