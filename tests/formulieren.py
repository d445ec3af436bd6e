"""Offline forms for tests: made by the command, of vragenlijsten and languages as a user writes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from util import ROOT, run, schaal, small_lijst

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

WACHTZIN = "een verzonnen wachtzin voor de test"
HOSTILE = "</script><img src=x onerror=alert(1)> <b>vet</b> {n} & 'twee' \"drie\" <!-- \\u0041"


def make_form(folder: Path, *arguments: object, lijst: str = "eigen-regie", name: str = "formulier.html") -> Path:
    """The HTML file that the command makes; without a key of the coach unless the arguments name one."""
    target = folder / name
    lock = [] if "--sleutel" in arguments else ["--open"]
    result = run("vragenlijst", "formulier", lijst, "--uit", target, "--overschrijf", *lock, *arguments)
    assert result.code == 0, result.err
    return target


def data_of(path: Path) -> Any:
    """The data block of a form."""
    found = re.search(r'<script type="application/json" id="gegevens">(.*?)</script>', path.read_text("utf-8"))
    assert found
    return json.loads(found[1])


def make_key(folder: Path) -> Path:
    """A key of the coach that is not the tester's own."""
    from datetime import date

    from regiekit.kanaal import sleutel

    path = folder / "sleutel.json"
    sleutel.save_key(sleutel.place_of(path), *sleutel.make_key(WACHTZIN, date(2026, 3, 2)))
    return path


def private_key(path: Path) -> dict[str, str]:
    """The private JWK in a key file of `make_key`."""
    from regiekit.kanaal import sleutel

    geheim = sleutel.load_secret(sleutel.place_of(path))
    assert geheim
    return sleutel.unlock(geheim, WACHTZIN).private


def write_library(folder: Path, *lijsten: str) -> Path:
    """A library of the coach with these vragenlijsten."""
    library = folder / "bibliotheek"
    library.mkdir(exist_ok=True)
    for number, text in enumerate(lijsten):
        (library / f"lijst-{number}.yaml").write_text(text, encoding="utf-8")
    return library


def arabic_library(folder: Path) -> Path:
    """A vragenlijst in Arabic, and the texts of the form too: each with words of its own, its fields kept."""
    vragen = {f"v-{n}": f"هل تشعر أنك تختار طريقك بنفسك؟ {n}" for n in range(1, 4)}
    labels = {1: "لا أوافق", 2: "بين بين", 3: "أوافق"}
    own = "antwoordschaal: {min: 1, max: 3, labels: {1: nee, 2: soms, 3: ja}}"
    lijst = small_lijst(schaal("geheim", "1 2 3", 1), high=3).replace("antwoordschaal: {min: 1, max: 3}", own)
    translation = {"naam": "قائمة صغيرة", "labels": labels, "vragen": vragen}
    lijst += yaml.safe_dump({"teksten": {"ar": translation}}, allow_unicode=True)
    library = write_library(folder, lijst)
    teksten = yaml.safe_load((ROOT / "data/formulieren/nl.yaml").read_text(encoding="utf-8"))
    teksten = {k: v if k in ("id", "versie") else _in_arabic(v, [0]) for k, v in teksten.items()}
    teksten |= {"id": "ar", "richting": "rtl", "vertaald": "هذه الترجمة لم تختبر.", "naam": "العربية"}
    (library / "ar.yaml").write_text(yaml.safe_dump(teksten, allow_unicode=True), encoding="utf-8")
    return library


def _in_arabic(value: Any, count: list[int]) -> Any:
    if isinstance(value, dict):
        return {k: _in_arabic(v, count) for k, v in value.items()}
    if isinstance(value, list):
        return [_in_arabic(v, count) for v in value]
    count[0] += 1
    return " ".join([f"نص عربي قصير رقم {count[0]}", *re.findall(r"\{\w+\}", value)])


# In the browser ----------------------------------------------------------------------------------------------------

HAND_IN = "Maak het bestand voor mijn coach"


def load(page: Page, form: Path) -> Page:
    """Open the form; an error in the script, or anything that its policy stops, fails the test that goes on."""
    page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
    page.on("console", lambda message: pytest.fail(f"console: {message.text}"))
    page.goto(form.as_uri())
    return page


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def begin(page: Page, form: Path) -> Page:
    click(load(page, form), "Begin met de vragen")
    return page


def save(page: Page, button: str, target: Path) -> Path:
    """What a button saves, under the name that the browser was given."""
    with page.expect_download() as waiting:
        click(page, button)
    path = target / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def fill_in(page: Page, given: dict[str, Any], texts: dict[str, str] | None = None) -> None:
    """Answer everything on one page; an answer is a number or a kind of blank."""
    click(page, "Toon alle vragen onder elkaar")
    for naam, waarde in given.items():
        if waarde is not None:
            page.locator(f'input[name="{naam}"][value="{waarde}"]').check()
    for naam, text in (texts or {}).items():
        page.locator(f"#{naam}").fill(text)
    click(page, "Naar het overzicht")
