"""The tools of the browser tests: a bad page is judged bad, and a page cannot ask anything of a network unseen."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from browser import axe, haal, is_there, load_lforms, offline_page
from util import write

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

GOOD = (
    '<!doctype html><html lang="nl"><title>Goed</title>'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><main><h1>Goed</h1></main></html>'
)
BAD = '<!doctype html><html><title>Fout</title><main><h1>Fout</h1><input><img src="data:,"></main></html>'
ASKS = {
    "picture": '<img src="http://example.org/a.png">',
    "other file": '<link rel="stylesheet" href="anders.css">',
    "script": "<script>fetch('https://example.org/').catch(() => 0)</script>",
    "socket": "<script>new WebSocket('ws://127.0.0.1:9/')</script>",
    "page": '<meta http-equiv="refresh" content="0; url=http://example.org/">',
    "frame": '<iframe src="http://example.org/frame"></iframe>',
    "new tab": "<script>window.open('http://example.org/tab')</script>",
}
OWN = (
    '<!doctype html><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script>'
    "fetch(URL.createObjectURL(new Blob(['x']))).then(() => { document.title = 'gelezen' })</script>"
)


@pytest.mark.needs("chromium", "axe")
def test_axe_tells_bad_from_good(page: Page, tmp_path: Path) -> None:
    page.goto(write(tmp_path, "goed.html", GOOD).as_uri())  # its policy forbids every script, and axe runs all the same
    assert axe(page) == ([], [])
    page.goto(write(tmp_path, "fout.html", BAD).as_uri())
    found = {finding.rule: finding.elements for finding in axe(page).violations}
    assert found == {"html-has-lang": ["['html']"], "image-alt": ["['img']"], "label": ["['input']"]}


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("way", ASKS)
def test_no_request_goes_unseen(browser: Browser, tmp_path: Path, way: str) -> None:
    path = write(tmp_path, "vraagt.html", "<!doctype html><title>Vraagt</title>" + ASKS[way])

    def is_other(request: Request) -> bool:
        return request.url != path.as_uri()

    with pytest.raises(AssertionError, match=r"requests by the page: \['(http|ws|file)"), offline_page(browser) as page:
        event = page.expect_websocket() if way == "socket" else page.context.expect_event("request", is_other)
        with event:
            page.goto(path.as_uri(), wait_until="commit")


@pytest.mark.needs("chromium")
def test_what_a_page_holds_itself_is_no_request(browser: Browser, tmp_path: Path) -> None:
    with offline_page(browser) as page:
        page.goto(write(tmp_path, "eigen.html", OWN).as_uri())
        page.wait_for_function("document.title === 'gelezen'")


@pytest.mark.needs("chromium")
def test_nothing_is_kept_between_pages(browser: Browser, tmp_path: Path) -> None:
    path = write(tmp_path, "bewaart.html", "<!doctype html><title>Bewaart</title>")
    kept = []
    for _ in range(2):
        with offline_page(browser) as page:
            page.goto(path.as_uri())
            kept.append(page.evaluate("() => { const n = localStorage.length; localStorage.a = 1; return n }"))
    assert kept == [0, 0]


ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
SUM = "%resource.item.where(linkId='v').answer.value.ordinal().sum()"


def two_items() -> dict[str, Any]:
    """An R4 Questionnaire of a choice and its score."""
    choices = [
        {"valueCoding": {"code": f"c{n}", "display": f"Keus {n}"}, "extension": [{"url": ORDINAL, "valueDecimal": n}]}
        for n in (3, 7)
    ]
    expression = {"language": "text/fhirpath", "expression": SUM}
    score = [{"url": CALCULATED, "valueExpression": expression}]
    items = [
        {"linkId": "v", "type": "choice", "text": "Vraag", "answerOption": choices},
        {"linkId": "s", "type": "decimal", "text": "Som", "readOnly": True, "extension": score},
    ]
    return {"resourceType": "Questionnaire", "status": "draft", "title": "Proef", "item": items}


@pytest.mark.needs("chromium", "lforms")
def test_lforms_scores_without_a_network(page: Page) -> None:
    load_lforms(page)
    page.evaluate("form => LForms.Util.addFormToPage(form, 'form', {fhirVersion: 'R4'})", two_items())
    page.get_by_role("combobox").click()
    page.get_by_text("Keus 7").click()
    page.wait_for_function("LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4').item?.length === 2")
    response = page.evaluate("LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')")
    assert response["item"][1]["answer"] == [{"valueDecimal": 7}]


def archive(names: tuple[str, ...]) -> bytes:
    """A package as npm hands it over, each file holding its own name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as file:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = len(name)
            file.addfile(info, io.BytesIO(name.encode()))
    return buffer.getvalue()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which haal.py has fetched nothing."""
    monkeypatch.setattr(haal, "FOLDER", tmp_path / "pakketten")
    return tmp_path / "pakketten"


def test_another_package_than_the_pinned_one_is_refused(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haal, "download", lambda pakket: archive(haal.FILES[pakket.name]))
    with pytest.raises(SystemExit, match=r"axe-core \S+ is niet het pakket uit pakketten\.txt"):
        haal.main()
    assert not empty.exists()


def test_a_package_is_fetched_once_and_again_when_a_file_is_lost(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []

    def download(pakket: haal.Pakket) -> bytes:
        fetched.append(pakket.name)
        return archive((*haal.FILES[pakket.name], "package/overbodig.js"))

    monkeypatch.setattr(haal, "download", download)
    monkeypatch.setattr(haal, "check_integrity", lambda pakket, content: None)
    assert not is_there("axe")
    for _ in range(2):
        haal.main()
    assert fetched == ["axe-core", "lforms", "@getodk/xforms-engine"]
    assert is_there("axe")
    assert (empty / "axe-core/axe.min.js").read_text() == "package/axe.min.js"
    assert not list(empty.rglob("overbodig.js"))
    (empty / "lforms/lhc-forms.js").unlink()
    assert not is_there("lforms")
    haal.main()
    assert fetched == ["axe-core", "lforms", "@getodk/xforms-engine", "lforms"]
