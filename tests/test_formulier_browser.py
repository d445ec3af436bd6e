"""The offline form in a real browser: every state by axe, the keyboard alone, and what comes back to `score`."""

from __future__ import annotations

import io
import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from browser import QUIET, axe, find_chromium, offline_page
from formulieren import (
    HAND_IN,
    HOSTILE,
    WACHTZIN,
    arabic_library,
    begin,
    click,
    data_of,
    fill_in,
    load,
    make_form,
    make_key,
    private_key,
    save,
    write_library,
)
from regiekit.content.library import load_formulierteksten
from regiekit.domain.formulier import talen_of
from util import EIGEN_REGIE, VRAGEN, afname_yaml, answers, run, schaal, small_lijst, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs("chromium")

NO_CRYPTO = "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})"
BROKEN_CRYPTO = "SubtleCrypto.prototype.encrypt = () => Promise.reject(new Error('stuk'))"
EIGEN = ("--client", "R-014", "--meetmoment", "start")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formulieren")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Path:
    """The form of eigen-regie at the start, without a lock."""
    return make_form(folder, *EIGEN)


@pytest.fixture(scope="module")
def key(folder: Path) -> Path:
    return make_key(folder)


@pytest.fixture(scope="module")
def locked(folder: Path, key: Path) -> Path:
    """The same with the lock of a coach."""
    return make_form(folder, *EIGEN, "--sleutel", key, name="slot.html")


GIVEN = answers("43215", "1.345", "1234", "123")
BY_NAAM = {f"v{n}": GIVEN[v] for n, v in enumerate(VRAGEN, 1)}


# What comes back ----------------------------------------------------------------------------------------------------


def test_the_answer_file_scores_as_the_afname(page: Page, plain: Path, tmp_path: Path) -> None:
    fill_in(begin(page, plain), BY_NAAM, {"o2": "Wat er kan."})
    path = save(page, HAND_IN, tmp_path)
    assert path.name == "antwoorden-R-014-start.json"
    back = run("score", path, "--json").json
    by_hand = afname_yaml(GIVEN, "R-014", meetmoment="start", datum=json.loads(path.read_bytes())["datum"])
    wanted = run("score", write(tmp_path, "a.yaml", by_hand), "--json").json
    assert back.pop("open") == {"start-1": None, "start-2": "Wat er kan.", "start-3": None}
    wanted.pop("open")
    assert back == wanted


def test_blanks_of_every_kind_come_back(page: Page, plain: Path, tmp_path: Path) -> None:
    fill_in(begin(page, plain), {"v1": "weet-niet", "v2": "wil-niet-zeggen", "v3": "nvt", "v4": 5})
    saved = json.loads(save(page, HAND_IN, tmp_path).read_bytes())
    assert list(saved["antwoorden"].values())[:5] == ["weet-niet", "wil-niet-zeggen", "nvt", 5, None]
    assert saved["open"] == {"o1": None, "o2": None, "o3": None}


def test_the_day_is_that_of_the_client(browser: Browser, plain: Path) -> None:
    with offline_page(browser, timezone_id="Europe/Amsterdam") as page:
        page.clock.install(time="2026-03-01T23:30:00Z")
        assert json.loads(load(page, plain).evaluate("makeAnswerFile()"))["datum"] == "2026-03-02"


NASTY = {
    "line ends": "een\u2028twee\u2029drie\nvier\u0085vijf",
    "signs": "\"'\\ </script> {n} $& `${x}` \u0000\u001f\u007f\ufeff\ufffe",
    "emoji": "🙂👩🏽‍🦽🇳🇱 e\u0301",
    "right to left": "مرحبا \u202eabc\u202c שלום",
    "half a pair": "voor \ud800 na \udc00",
    "long": "Zo veel te zeggen. " * 210,
    "yaml": "# - : | > & * ! %YAML null 0x10 ---",
}


def type_raw(page: Page, text: str) -> None:
    """Put a text in the first open vraag that no keyboard can type."""
    page.evaluate(
        "text => { const veld = document.getElementById('o1'); veld.value = JSON.parse(text);"
        " veld.dispatchEvent(new Event('input')) }",
        json.dumps(text),
    )


@pytest.mark.parametrize("kind", NASTY)
def test_every_text_survives(page: Page, locked: Path, key: Path, tmp_path: Path, kind: str) -> None:
    from regiekit.cli.sleutel import make_opener
    from regiekit.kanaal.antwoordbestand import read_afnames

    click(begin(page, locked), "Toon alle vragen onder elkaar")
    type_raw(page, NASTY[kind])
    written = page.evaluate("JSON.stringify(JSON.parse(makeAnswerFile()).open.o1)")
    assert json.loads(written) == NASTY[kind]
    click(page, "Naar het overzicht")
    path = save(page, HAND_IN, tmp_path)
    (tmp_path / "wachtzin").write_text(WACHTZIN, encoding="utf-8")
    with open(tmp_path / "wachtzin") as file:
        (made,) = read_afnames([str(path)], make_opener(key, file.fileno()))
    assert made.open["start-1"] == re.sub("[\0\ud800-\udfff\ufffe]", "\ufffd", NASTY[kind])  # these are no characters


# The lock -----------------------------------------------------------------------------------------------------------


def test_the_key_is_derived_as_the_standard_says(page: Page, plain: Path) -> None:
    """RFC 7518, appendix C."""
    secret = [158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156,
              251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196]  # fmt: skip
    derived = load(page, plain).evaluate(
        "secret => deriveKey(secret, 'A128GCM', utf8('Alice'), utf8('Bob'), 128).then(base64url)", secret
    )
    assert derived == "VqqN6vgjbSBcIijNcacQGg"


def test_another_library_opens_what_the_form_locked(page: Page, locked: Path, key: Path, tmp_path: Path) -> None:
    from joserfc import jwe
    from joserfc.jwk import ECKey

    fill_in(begin(page, locked), BY_NAAM)
    path = save(page, HAND_IN, tmp_path)
    assert path.name == "antwoorden-R-014-start.jwe"
    opened = jwe.decrypt_compact(path.read_text(), ECKey.import_key(dict(private_key(key))), ["ECDH-ES", "A256GCM"])
    header = opened.headers()
    assert set(header) == {"alg", "enc", "epk", "kid"} and set(header["epk"]) == {"kty", "crv", "x", "y"}
    assert (header["alg"], header["enc"], header["kid"]) == ("ECDH-ES", "A256GCM", data_of(locked)["sleutel"]["kid"])
    assert opened.plaintext and json.loads(opened.plaintext)["antwoorden"] == BY_NAAM
    assert page.locator("#kopie").input_value() == path.read_text()
    again = save(page, "Bewaar het bestand nog een keer", tmp_path)
    assert again.read_bytes() == path.read_bytes()


def test_each_lock_is_a_new_one(page: Page, locked: Path) -> None:
    load(page, locked)
    one, two = (page.evaluate("lock('x', formulier.sleutel)").split(".") for _ in range(2))
    assert one[0] != two[0] and one[2] != two[2] and len(one[2]) == len(two[2]) == 16  # 96 bits


@pytest.mark.parametrize("fault", [NO_CRYPTO, BROKEN_CRYPTO])
def test_without_a_lock_nothing_is_saved_unless_the_client_chooses(
    page: Page, locked: Path, tmp_path: Path, fault: str
) -> None:
    page.add_init_script(fault)
    downloads: list[Any] = []
    page.on("download", lambda download: downloads.append(download))
    load(page, locked)
    assert page.get_by_text("Deze browser kan je bestand niet op slot doen.").count() == (fault == NO_CRYPTO)
    click(page, "Begin met de vragen")
    fill_in(page, BY_NAAM)
    click(page, HAND_IN)
    page.get_by_role("heading", name="Je bestand kan hier niet op slot").wait_for()
    page.wait_for_timeout(300)
    assert downloads == []
    assert "Wie het kan openen" in page.inner_text("main") or "wie het kan openen" in page.inner_text("main")
    path = save(page, "Bewaar een bestand dat niet op slot zit", tmp_path)
    assert path.name == "antwoorden-R-014-start.json"
    assert json.loads(path.read_bytes())["antwoorden"] == BY_NAAM
    assert "Mail het daarom liever niet." in page.inner_text("main")


# Stopping and going on ------------------------------------------------------------------------------------------------


def pause(page: Page, form: Path, folder: Path) -> Path:
    """A pause file with the first three vragen answered, and the fifth."""
    begin(page, form)
    for naam, waarde in (("v1", 4), ("v2", "nvt"), ("v3", 1), ("v4", None), ("v5", 2)):
        if waarde is not None:
            page.locator(f'input[name="{naam}"][value="{waarde}"]').check()
        click(page, "Volgende")
    click(page, "Stoppen en later verder")
    return save(page, "Bewaar mijn antwoorden", folder)


def test_a_pause_file_brings_back_where_you_were(page: Page, browser: Browser, plain: Path, tmp_path: Path) -> None:
    path = pause(page, plain, tmp_path)
    assert path.name == "antwoorden-R-014-start-pauze.json"
    assert page.get_by_text("Wie het kan openen, kan je antwoorden lezen.").is_visible()
    refused = run("score", path)
    assert refused.code == 4 and "pauzebestand" in refused.err
    with offline_page(browser) as later:
        load(later, plain).set_input_files("#bestand", path)
        told = later.get_by_text("Je antwoorden staan er weer in: 4 van de 20.")
        told.wait_for()
        assert told.evaluate("node => node === document.activeElement")
        assert later.title() == "Vraag 6 van 20 – Eigen regie in het tweede spoor"
        click(later, "Vorige")
        assert later.locator('input[name="v5"][value="2"]').is_checked()
        fill_in(later, {"v4": 3})
        assert "Je hebt 5 van de 20" in later.inner_text("main")
        saved = json.loads(save(later, HAND_IN, tmp_path).read_bytes())
        assert list(saved["antwoorden"].values())[:6] == [4, "nvt", 1, 3, 2, None]


def restore(page: Page, form: Path, path: Path) -> None:
    load(page, form).set_input_files("#bestand", path)
    page.get_by_text("Je antwoorden staan er weer in").wait_for()


def test_the_place_stands_in_the_pause_file_alone(page: Page, plain: Path, tmp_path: Path) -> None:
    saved = json.loads(pause(page, plain, tmp_path).read_bytes())
    assert (saved["klaar"], saved["plaats"]) == (False, "v6")
    click(page, "Terug naar de vragen")
    click(page, "Toon alle vragen onder elkaar")
    click(page, "Naar het overzicht")
    handed_in = json.loads(save(page, HAND_IN, tmp_path).read_bytes())
    assert (handed_in["klaar"], "plaats" in handed_in) == (True, False)


def test_every_place_to_stop_is_where_you_go_on(page: Page, browser: Browser, plain: Path, tmp_path: Path) -> None:
    begin(page, plain)
    page.evaluate("go({blad: 'vragen', n: 17})")
    page.locator("textarea").fill("Eerst dit.")
    click(page, "Stoppen en later verder")
    at_open = save(page, "Bewaar mijn antwoorden", tmp_path).rename(tmp_path / "open.json")
    click(page, "Terug naar de vragen")
    assert page.title().startswith("Vraag 18 ")
    click(page, "Toon alle vragen onder elkaar")
    page.locator('input[name="v9"][value="3"]').check()  # where the client scrolled to
    click(page, "Stoppen en later verder")
    at_nine = save(page, "Bewaar mijn antwoorden", tmp_path).rename(tmp_path / "negen.json")
    page.evaluate("go({blad: 'overzicht'})")
    click(page, "Stoppen en later verder")
    at_end = save(page, "Bewaar mijn antwoorden", tmp_path).rename(tmp_path / "eind.json")
    click(page, "Naar het overzicht")
    assert page.title().startswith("Dit heb je ingevuld")
    old = json.loads(at_end.read_bytes())
    del old["plaats"]
    (tmp_path / "oud.json").write_text(json.dumps(old), encoding="utf-8")
    places = {at_open: "Vraag 18 ", at_nine: "Vraag 9 ", at_end: "Dit heb", tmp_path / "oud.json": "Vraag 1 "}
    for path, title in places.items():
        with offline_page(browser) as later:
            restore(later, plain, path)
            assert later.title().startswith(title)
    with offline_page(browser, viewport={"width": 600, "height": 500}) as later:
        load(later, plain).get_by_label("Alle vragen onder elkaar").check()
        later.set_input_files("#bestand", at_nine)
        told = later.get_by_text("Je antwoorden staan er weer in")
        told.wait_for()
        assert told.evaluate("node => node === document.activeElement")
        assert told.evaluate("node => node.nextSibling.querySelector('h2').id") == "kop-v9"
        assert later.locator("#kop-v9").bounding_box()["y"] < 500  # type: ignore[index]


def test_a_file_of_another_form_is_refused_with_the_reason(page: Page, plain: Path, tmp_path: Path) -> None:
    good = json.loads(pause(page, plain, tmp_path).read_bytes())
    cases: dict[str, list[Any]] = {
        "andere vragen": [{"hash": "0" * 16}, {"vragenlijst": "anders"}, {"training": False}],
        "andere code": [{"client": "R-015"}, {"client": None}],
        "ander moment": [{"meetmoment": "einde"}],
        "kan ik niet lezen": [
            {"formulier": 2}, {"antwoorden": {**good["antwoorden"], "v1": 6}}, {"antwoorden": {"v99": 1}},
            {"antwoorden": {"v1": "4"}}, {"antwoorden": []}, {"open": {"o1": 3}}, {"open": None},
            {"antwoorden": {"__proto__": 1}}, {"antwoorden": {"v1": True}},
        ],
    }  # fmt: skip
    texts = [(said, json.dumps({**good, **change})) for said, changes in cases.items() for change in changes]
    texts += [("kan ik niet lezen", text) for text in ("", "[]", "null", "{", "\x00\xff", "7", '"tekst"')]
    texts += [("kan ik niet lezen", json.dumps(good) + " " * 5_000_000)]
    texts += [("zit op slot", "eyJhbGciOiJFQ0RILUVTIn0..aaaa.bbbb.cccc\n")]
    page.evaluate("window.onbeforeunload = null")
    load(page, plain)
    for said, text in texts:
        page.set_input_files("#bestand", {"name": "x.json", "mimeType": "", "buffer": text.encode()})
        page.locator("#fout", has_text=said).wait_for(timeout=3000)
        assert page.evaluate("antwoorden.size") == 0, text
        page.evaluate("document.getElementById('fout').remove()")
    bom = b"\xef\xbb\xbf" + json.dumps(good, indent=4).encode()
    page.set_input_files("#bestand", {"name": "x.json", "mimeType": "", "buffer": bom})
    page.get_by_text("Je antwoorden staan er weer in").wait_for()


def test_the_browser_warns_while_answers_are_not_saved(page: Page, plain: Path, tmp_path: Path) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    begin(page, plain)
    page.goto("about:blank")
    assert asked == []
    begin(page, plain).get_by_label("helemaal mee eens").check()
    page.goto("about:blank")
    assert asked == ["beforeunload"]
    begin(page, plain).get_by_label("helemaal mee eens").check()
    click(page, "Stoppen en later verder")
    save(page, "Bewaar mijn antwoorden", tmp_path)
    page.goto("about:blank")
    assert asked == ["beforeunload"]


def test_after_handing_in_an_answer_can_be_corrected(page: Page, plain: Path, tmp_path: Path) -> None:
    fill_in(begin(page, plain), BY_NAAM)
    save(page, HAND_IN, tmp_path)
    click(page, "Naar het overzicht")
    page.get_by_role("button", name="Wijzig bij vraag 3", exact=True).click()
    assert page.evaluate("document.activeElement.textContent").startswith("Vraag 3 van 20")
    page.get_by_label("helemaal mee eens").check()
    click(page, "Naar het overzicht")
    assert page.evaluate("document.activeElement.textContent") == "Wijzig bij vraag 3"
    page.go_back()
    page.go_back()
    page.go_back()  # to where the old file was offered: it is not offered again
    assert page.get_by_role("button", name="Bewaar het bestand nog een keer").count() == 0
    saved = json.loads(save(page, HAND_IN, tmp_path).read_bytes())
    assert saved["antwoorden"] == {**BY_NAAM, "v3": 5}


def test_a_chosen_answer_can_be_taken_back(page: Page, plain: Path, tmp_path: Path) -> None:
    begin(page, plain)
    wis = page.get_by_role("button", name="Wis mijn antwoord bij vraag 1")
    assert wis.count() == 0
    for chosen in ("mee eens", "Wil ik niet zeggen"):
        page.get_by_label(chosen, exact=True).check()
        assert page.get_by_role("status").inner_text() == ""
        wis.focus()
        page.keyboard.press("Enter")
        assert page.locator("input:checked").count() == 0 and wis.count() == 0
        assert page.get_by_role("status").inner_text() == "Je antwoord is gewist."
        assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["v1", "1"]
    page.keyboard.press("Space")
    assert page.locator("input:checked").count() == 1 and wis.count() == 1
    click(page, "Volgende")
    click(page, "Vorige")
    click(page, "Wis mijn antwoord")
    click(page, "Toon alle vragen onder elkaar")
    page.locator('input[name="v2"][value="2"]').check()
    assert page.get_by_role("button", name="Wis mijn antwoord").count() == 1
    click(page, "Wis mijn antwoord bij vraag 2")
    click(page, "Naar het overzicht")
    assert "Je hebt 0 van de 20" in page.inner_text("main")
    saved = json.loads(save(page, HAND_IN, tmp_path).read_bytes())
    assert set(saved["antwoorden"].values()) == {None}


def test_at_the_end_first_the_file_and_then_the_coach(page: Page, plain: Path, locked: Path, tmp_path: Path) -> None:
    for form, ending in ((plain, "json"), (locked, "jwe")):
        fill_in(begin(page, form), BY_NAAM)
        text = save(page, HAND_IN, tmp_path).read_text(encoding="utf-8")
        steps = page.locator("main li").all_inner_texts()
        assert len(steps) == 2 and f"antwoorden-R-014-start.{ending}" in steps[0] and "Downloads" in steps[0]
        assert steps[1].startswith("Geef het bestand")
        assert page.locator("button.eerst").count() == 0  # nothing more has to be done here
        assert not page.locator("#kopie").is_visible() and text not in page.inner_text("main")
        page.get_by_text("Lukt het niet met het bestand?").click()
        assert page.locator("#kopie").is_visible()
        page.evaluate("window.onbeforeunload = null")


def test_the_key_of_the_coach_stands_below_all_else(page: Page, locked: Path) -> None:
    load(page, locked)
    told = page.get_by_text("Voor je coach: sleutel ")
    box, other = told.bounding_box(), page.locator("#bestand").bounding_box()
    assert box and other and box["y"] > other["y"]
    click(page, "Begin met de vragen")
    assert not told.is_visible()


def test_gone_from_the_page_after_handing_in_nothing_comes_back(page: Page, plain: Path, tmp_path: Path) -> None:
    """Even where the browser keeps the page as it was."""
    fill_in(begin(page, plain), BY_NAAM, {"o1": "geheim"})
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("antwoorden.size") == 17  # not yet handed in: nothing is lost
    save(page, HAND_IN, tmp_path)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("[antwoorden.size, handedIn]") == [0, None]
    assert "geheim" not in page.evaluate("document.documentElement.outerHTML")
    page.evaluate("go({blad: 'klaar'})")
    assert "geheim" not in page.evaluate("document.documentElement.outerHTML")


def test_nothing_is_kept_on_the_disk(browser: Browser, plain: Path, tmp_path: Path) -> None:
    """A browser writes down what stands in a page, to bring it back after a crash; not what stands in this one."""
    profile = tmp_path / "profiel"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=find_chromium(), args=QUIET, chromium_sandbox=False, accept_downloads=True
    )
    page = context.new_page()
    fill_in(begin(page, plain), BY_NAAM, {"o1": "zeergeheimwoord"})
    for _ in range(3):
        page.evaluate("go({blad: 'vragen', n: 17})")
        page.wait_for_timeout(1500)  # it writes now and then
    page.evaluate("go({blad: 'overzicht'})")
    save(page, HAND_IN, tmp_path)
    context.close()
    written = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    assert any("Session" in path.name for path in written)
    word = "zeergeheimwoord"
    assert [p for p in written if any(word.encode(kind) in p.read_bytes() for kind in ("utf-8", "utf-16-le"))] == []


def test_nothing_is_kept_in_the_browser(page: Page, plain: Path, tmp_path: Path) -> None:
    fill_in(begin(page, plain), BY_NAAM, {"o1": "geheim"})
    save(page, HAND_IN, tmp_path)
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, JSON.stringify(history.state)]")
    assert kept == [0, 0, "", '{"blad":"klaar"}']
    page.reload()
    assert page.evaluate("antwoorden.size") == 0
    assert page.get_by_role("button", name="Begin met de vragen").is_visible()


# One vraag at a time --------------------------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_skipping_is_no_error(page: Page, plain: Path) -> None:
    begin(page, plain)
    for n in range(1, 21):
        assert page.title() == f"Vraag {n} van 20 – Eigen regie in het tweede spoor"
        assert page.evaluate("document.activeElement.tagName") == "H1"
        assert page.locator("input:checked").count() == 0
        assert page.get_by_role("alert").count() == 0
        click(page, "Volgende" if n < 20 else "Naar het overzicht")
    assert page.get_by_text("Nog leeg").count() == 20
    assert "Je hebt 0 van de 20" in page.inner_text("main")


def test_the_group_has_the_vraag_as_its_name_and_all_choices_as_words(page: Page, plain: Path) -> None:
    group = begin(page, plain).get_by_role("group", name=re.compile(r"Vraag 1 van 20 Ik kan zelf kiezen"))
    assert [r.get_attribute("value") for r in group.get_by_role("radio").all()] == [
        "1", "2", "3", "4", "5", "weet-niet", "wil-niet-zeggen", "nvt",
    ]  # fmt: skip
    assert group.get_by_role("radio", name="een beetje mee eens, een beetje niet", exact=True).count() == 1
    assert group.get_by_role("radio", name="Past niet bij mij", exact=True).count() == 1


def test_the_buttons_back_of_the_page_and_of_the_browser(page: Page, plain: Path) -> None:
    begin(page, plain).get_by_label("niet mee eens", exact=True).check()
    click(page, "Volgende")
    click(page, "Volgende")
    click(page, "Vorige")
    assert page.title().startswith("Vraag 2 ")
    page.go_back()
    assert page.title().startswith("Vraag 3 ")
    page.go_back()
    page.go_back()
    assert page.title().startswith("Vraag 1 ") and page.get_by_label("niet mee eens", exact=True).is_checked()
    page.go_back()
    assert page.get_by_role("heading", name="Waarom deze vragen?").is_visible()


def test_one_vraag_or_all_can_be_changed_at_any_time(page: Page, plain: Path) -> None:
    begin(page, plain).get_by_label("niet mee eens", exact=True).check()
    click(page, "Volgende")
    click(page, "Toon alle vragen onder elkaar")
    assert page.locator("fieldset").count() == 17 and page.locator("textarea").count() == 3
    assert page.evaluate("document.activeElement.textContent").startswith("Vraag 2 van 20")
    assert page.locator('input[name="v1"][value="2"]').is_checked()
    click(page, "Toon één vraag per keer")
    assert page.locator("fieldset").count() == 1


# Keyboard -----------------------------------------------------------------------------------------------------------


def tab_to(page: Page, what: str, limit: int = 30) -> None:
    """Press Tab until the focus is on an element that matches; it must be seen, whole, and have a visible mark."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            break
    seen = page.evaluate("""() => {
        const active = document.activeElement, holder = active.closest('label') || active;
        const box = holder.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return [active.matches(':focus-visible'), holder.contains(top), getComputedStyle(holder).outlineStyle,
                box.top >= 0 && box.bottom <= innerHeight];
    }""")
    assert page.evaluate("what => document.activeElement.matches(what)", what), what
    assert seen == [True, True, "solid", True]


def test_from_start_to_answer_file_by_keyboard(page: Page, plain: Path, tmp_path: Path) -> None:
    """No mouse: choices 1 to 5 with the arrows, a kind of blank, open vragen, the overview, and the file."""
    page.set_viewport_size({"width": 800, "height": 700})
    load(page, plain)
    tab_to(page, "input[name=manier]")
    tab_to(page, "button.eerst")
    page.keyboard.press("Enter")
    wanted: dict[str, Any] = {}
    for n in range(1, 18):
        assert page.title().startswith(f"Vraag {n} van 20")
        steps = (n - 1) % 6  # the sixth is the first kind of blank
        tab_to(page, f"input[name=v{n}]")
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        wanted[f"v{n}"] = steps + 1 if steps < 5 else "weet-niet"
        tab_to(page, "button.eerst")
        page.keyboard.press("Enter")
    for n in range(1, 4):
        tab_to(page, "textarea")
        page.keyboard.type(f"Antwoord {n}")
        page.keyboard.press("Enter")
        page.keyboard.type("en meer")
        tab_to(page, "button.eerst")
        page.keyboard.press("Enter")
    tab_to(page, "li:nth-child(2) button")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=v2]")
    page.keyboard.press("ArrowUp")
    tab_to(page, "button.eerst")
    page.keyboard.press("Enter")
    tab_to(page, "button.eerst", 40)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "a.json")
    saved = json.loads((tmp_path / "a.json").read_bytes())
    assert saved["antwoorden"] == {**wanted, "v2": 1}
    assert saved["open"] == {f"o{n}": f"Antwoord {n}\nen meer" for n in range(1, 4)}
    assert run("score", tmp_path / "a.json").code == 0


# Every state by axe ---------------------------------------------------------------------------------------------------

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}},
}


def states(page: Page, form: Path) -> Iterator[str]:
    """Walk through every page of the form, in any language; the buttons by their place."""
    load(page, form)
    yield "start"
    page.set_input_files("#bestand", {"name": "x.json", "mimeType": "", "buffer": b"{"})
    page.locator("#fout").wait_for()
    yield "load error"
    page.locator("button.eerst").click()
    yield "one vraag"
    page.locator("input").first.check()
    yield "answered"
    page.locator(".wissen button").click()
    yield "taken back"
    page.locator(".knoppen.rustig button").first.click()
    yield "stop"
    page.evaluate("go({blad: 'pauze', n: 0})")
    yield "paused"
    page.evaluate("go({blad: 'vragen', n: 1, hersteld: true})")
    yield "gone on with a file"
    page.evaluate("go({blad: 'vragen', n: vragen.length - 1})")
    yield "last vraag"
    page.evaluate("turn(true, 0)")
    yield "all on one page"
    page.locator("button.eerst").click()
    yield "overview"
    with page.expect_download():
        page.locator("button.eerst").click()
    page.locator("summary").wait_for()
    yield "handed in"
    page.locator("summary").click()
    page.locator("details button").click()
    yield "copied"
    page.evaluate("go({blad: 'geenSlot'})")
    yield "no lock"


def judge(page: Page, form: Path) -> dict[str, Any]:
    """What axe finds in each state, and whether anything is wider than the window."""
    found: dict[str, Any] = {}
    for state in states(page, form):
        height = page.evaluate("document.documentElement.scrollHeight")
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.set_viewport_size({"width": width, "height": max(height, 640)})  # axe leaves out what is half in view
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[state] = (*axe(page), wide)
    return {state: what for state, what in found.items() if what != ([], [], False)}


@pytest.mark.needs("axe")
@pytest.mark.parametrize("look", LOOKS)
def test_every_state_in_every_look(browser: Browser, plain: Path, look: str) -> None:
    with offline_page(browser, **LOOKS[look]) as page:
        assert judge(page, plain) == {}


@pytest.mark.needs("axe")
@pytest.mark.parametrize("look", ["light", "dark", "320 px"])
def test_every_state_with_a_lock_that_cannot_be_made(browser: Browser, locked: Path, look: str) -> None:
    with offline_page(browser, **LOOKS[look]) as page:
        page.add_init_script(NO_CRYPTO)
        load(page, locked)
        assert axe(page) == ([], [])
        page.locator("button.eerst").click()
        page.evaluate("go({blad: 'overzicht'})")
        page.locator("button.eerst").click()
        page.get_by_role("heading", name="niet op slot").wait_for()
        assert axe(page) == ([], [])


@pytest.fixture(scope="module")
def arabic(folder: Path) -> Path:
    library = arabic_library(folder)
    return make_form(folder, "--taal", "ar", "--bibliotheek", library, lijst="klein", name="ar.html")


@pytest.mark.needs("axe")
@pytest.mark.parametrize("look", ["light", "320 px"])
def test_every_state_from_right_to_left(browser: Browser, arabic: Path, look: str) -> None:
    with offline_page(browser, **LOOKS[look]) as page:
        assert judge(page, arabic) == {}


def test_right_to_left_stands_right(page: Page, arabic: Path) -> None:
    load(page, arabic)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.get_by_text("هذه الترجمة لم تختبر.").is_visible()
    page.locator("button.eerst").click()
    radio, word = (page.locator(f".keuze {tag}").first.bounding_box() for tag in ("input", "span"))
    assert radio and word and radio["x"] > word["x"]


TALEN = [t for t in talen_of(EIGEN_REGIE.inhoud, load_formulierteksten()) if t != "nl"]


@pytest.mark.needs("axe")
@pytest.mark.parametrize("taal", TALEN)
def test_every_state_in_every_language(page: Page, folder: Path, taal: str) -> None:
    form = make_form(folder, *EIGEN, "--taal", taal, name=f"{taal}.html")
    assert judge(page, form) == {}
    assert page.evaluate("document.documentElement.lang") == taal
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000


@pytest.mark.parametrize("state", ["vragen", "overzicht", "alles"])
def test_targets_are_large(browser: Browser, plain: Path, state: str) -> None:
    with offline_page(browser, viewport={"width": 320, "height": 640}) as page:
        begin(page, plain)
        page.evaluate("turn(true, 0)" if state == "alles" else f"go({{blad: '{state}', n: 1}})")
        boxes = [node.bounding_box() for node in page.locator("button:visible, .keuze, textarea").all()]
        assert len(boxes) > 8
        assert [box for box in boxes if box and min(box["width"], box["height"]) < 44] == []


def test_zoom_to_400_percent(browser: Browser, plain: Path) -> None:
    """1280 pixels wide at 400 % is 320 wide and 256 high: nothing is lost and nothing needs a scroll sideways."""
    with offline_page(browser, viewport={"width": 320, "height": 256}, device_scale_factor=4) as page:
        for state in states(page, plain):
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, state
            assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 256, state


# Other lists, and other places ----------------------------------------------------------------------------------------


def test_a_scale_of_numbers_with_words_at_its_ends(page: Page, folder: Path, tmp_path: Path) -> None:
    begin(page, make_form(folder, lijst="schaalvragen", name="cijfers.html"))
    names = [label.inner_text() for label in page.locator("fieldset > .keuzes .keuze").all()]
    assert names == ["1: het minst", *map(str, range(2, 10)), "10: het meest"]
    page.get_by_role("radio", name="10: het meest").check()
    click(page, "Volgende")
    page.get_by_role("radio", name="2", exact=True).check()
    click(page, "Naar het overzicht")
    assert page.locator(".antwoord").all_inner_texts() == ["10: het meest", "2"]
    saved = save(page, HAND_IN, tmp_path)
    assert list(json.loads(saved.read_bytes())["antwoorden"].values()) == [10, 2]
    assert run("score", saved).code == 0


def test_a_scale_from_nought(page: Page, folder: Path, tmp_path: Path) -> None:
    library = write_library(tmp_path, small_lijst(schaal("een", "1 2 3", 1), low=0, high=10))
    begin(page, make_form(folder, "--bibliotheek", library, lijst="klein", name="nul.html"))
    page.get_by_role("radio", name="0", exact=True).check()
    page.evaluate("go({blad: 'overzicht'})")
    assert page.locator(".antwoord").all_inner_texts() == ["0"]
    saved = save(page, HAND_IN, tmp_path)
    assert json.loads(saved.read_bytes())["antwoorden"] == {"v1": 0, "v2": None, "v3": None}
    assert run("score", saved, "--bibliotheek", library).code == 0


def test_the_longest_list(page: Page, folder: Path, tmp_path: Path) -> None:
    """300 vragen, with texts up to 4,000 characters (more do not fit in a file of a vragenlijst)."""
    numbers = " ".join(str(n) for n in range(1, 301))
    text = small_lijst(schaal("een", numbers, 1), vragen=300)
    for n in range(1, 221):
        text = text.replace(f"tekst: Vraag {n}.", f"tekst: {('Lange vraag ' + str(n) + ' ') * 400:.3990}!")
    library = write_library(tmp_path, text)
    begin(page, make_form(folder, "--bibliotheek", library, lijst="klein", name="lang.html"))
    assert len(page.locator("fieldset h1").inner_text()) > 3900
    click(page, "Toon alle vragen onder elkaar")
    assert page.locator("fieldset").count() == 300
    page.locator('input[name="v300"][value="5"]').check()
    click(page, "Naar het overzicht")
    saved = save(page, HAND_IN, tmp_path)
    assert json.loads(saved.read_bytes())["antwoorden"]["v300"] == 5
    assert run("score", saved, "--bibliotheek", library).code == 0


def test_a_text_is_shown_as_it_is(page: Page, folder: Path, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: pytest.fail("a text was run as a script"))
    text = small_lijst(schaal("een", "1 2 3", 1)).replace("Vraag 1.", json.dumps(HOSTILE))
    library = write_library(tmp_path, text.replace("naam: Klein", f"naam: {json.dumps(HOSTILE)}"))
    load(page, make_form(folder, "--bibliotheek", library, lijst="klein", name="vijandig.html"))
    assert page.locator("h1").inner_text() == HOSTILE and page.title() == HOSTILE
    click(page, "Begin met de vragen")
    assert page.locator("fieldset h1").inner_text().endswith(HOSTILE)
    assert page.locator("main img, main b, main script").count() == 0


def test_without_a_script_there_is_the_explanation_and_another_way(browser: Browser, plain: Path) -> None:
    with offline_page(browser, java_script_enabled=False) as page:
        page.goto(plain.as_uri())
        assert page.get_by_role("heading", name="Waarom deze vragen?").is_visible()
        assert page.get_by_text("Vraag je coach dan om de vragen op papier.").is_visible()
    with offline_page(browser) as page:
        assert load(page, plain).get_by_text("Vraag je coach dan om de vragen op papier.").count() == 0


VOICES = """
  window.spoken = []; window.voices = [];
  const own = Object.getOwnPropertyDescriptor(window, 'speechSynthesis') || {};
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: class { constructor(t) { this.text = t } }});
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => window.voices, speak: u => window.spoken.push([u.text, u.voice.name]),
    cancel: () => window.spoken.push('cancel'), onvoiceschanged: null}});
"""


def test_reading_aloud_uses_a_voice_of_this_device_alone(page: Page, plain: Path) -> None:
    page.add_init_script(VOICES)
    begin(page, plain)
    button = page.get_by_role("button", name="Lees voor bij vraag 1")
    assert not button.is_visible()
    others = "{name: 'ver', lang: 'nl-NL', localService: false}, {name: 'en', lang: 'en-GB', localService: true}"
    page.evaluate(f"voices = [{others}]; speechSynthesis.onvoiceschanged()")
    assert not button.is_visible()
    page.evaluate(f"voices = [{others}, {{name: 'hier', lang: 'nl_NL', localService: true}}]")
    page.evaluate("speechSynthesis.onvoiceschanged()")
    button.click()
    spoken = page.evaluate("spoken")
    assert spoken[0] == ["Ik kan zelf kiezen hoe ik dingen aanpak in mijn traject.", "hier"]
    assert [text for text, _ in spoken][-1] == "Past niet bij mij" and len(spoken) == 9
    page.get_by_role("button", name="Stop met voorlezen bij vraag 1").click()
    assert page.evaluate("spoken.length") == 10
    button.click()
    click(page, "Volgende")
    assert page.evaluate("spoken[spoken.length - 1]") == "cancel"
    assert page.get_by_role("button", name="Lees voor bij vraag 2").is_visible()


def test_on_paper_stand_all_vragen_with_the_answers(page: Page, plain: Path) -> None:
    from pypdf import PdfReader

    def on_paper() -> str:
        return "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)

    begin(page, plain)
    empty = on_paper()
    assert "×" not in empty and empty.count("Past niet bij mij") == 17
    fill_in(page, {"v1": 4, "v2": "nvt"}, {"o1": "Regel een\nen regel twee"})
    filled = on_paper()
    assert filled.count("×") == 2 and "en regel twee" in filled
    for vraag in data_of(plain)["vragen"] + data_of(plain)["open_vragen"]:
        assert vraag["tekst"] in filled.replace("\n", " ")
    assert "R-014 · start" in filled
    numbers = re.findall(r"([1-5])\s*(?:helemaal )?(?:niet )?(?:mee eens|een beetje)", empty)
    assert numbers == list("12345") * 17
    assert page.get_by_role("button", name=HAND_IN).is_visible()


def test_the_print_can_be_typed_over_with_its_own_command(page: Page, tmp_path: Path) -> None:
    from pypdf import PdfReader

    begin(page, make_form(tmp_path, "--client", "R-014"))
    text = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].extract_text()
    opdracht = page.evaluate("formulier.overtypen[1]")
    assert opdracht in " ".join(text.split()) and opdracht.startswith("regiekit vragenlijst invullen ")
    _, *arguments = shlex.split(opdracht)
    target = tmp_path / "a.yaml"
    typed = run(*arguments, "--uit", target, stdin="4" * 17 + "j\n")
    assert typed.code == 0, typed.err
    assert run("score", target, "--json").json["client"] == "R-014"


def test_the_copy_button_takes_the_whole_text(page: Page, plain: Path, tmp_path: Path) -> None:
    fill_in(begin(page, plain), BY_NAAM)
    path = save(page, HAND_IN, tmp_path)
    page.get_by_text("Lukt het niet met het bestand?").click()
    page.context.grant_permissions(["clipboard-read"])
    click(page, "Kopieer de tekst")
    assert page.get_by_role("status").inner_text() == "De tekst is gekopieerd."
    assert page.evaluate("navigator.clipboard.readText()") == path.read_text(encoding="utf-8")


def test_the_letters_are_in_the_file(page: Page, plain: Path) -> None:
    load(page, plain)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight)")
    assert sorted(loaded) == ["400", "700"]
