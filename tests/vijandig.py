"""What an attacker puts in every text that regiekit takes, and the programs that judge what became of it.

The judges are not ours: Chromium, a terminal (pyte and tmux), pypdf and LibreOffice. Most payloads say VIJAND or ask
something of vijand.invalid, so that a judge can tell a text that is shown from a text that did something.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, cast

import yaml
from pydantic import ValidationError

from kanaries import Kanaries, _accepts
from regiekit.content.compile import model_of
from regiekit.content.library import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog

WEB = "vijand.invalid"
FORMULE = f'=HYPERLINK("http://{WEB}/h","VIJAND")'
MARKUP = (
    '</script></style></title></textarea></text></svg><script id="vijand">window.vijand=1;document.title="VIJAND";'
    f'alert(1)</script><img id="vijand" src=http://{WEB}/a onerror="window.vijand=2"><svg onload="window.vijand=3">'
    f'<image href="http://{WEB}/b"/></svg><iframe src="javascript:alert(4)"></iframe>" autofocus onfocus="vijand=5" '
    f'id="vijand" x="\' onmouseover=\'alert(6)<style>body{{background:url(http://{WEB}/c)}}</style>'
    f'<a id="vijand" href="javascript:alert(7)">k</a><meta http-equiv="refresh" content="0;url=http://{WEB}/">'
    f'<base href="http://{WEB}/"><!-- ]]> &lt;b&gt; &#60;i&#62; &vijand; \\u003cscript\\u003e ![x](http://{WEB}/d) '
)
OPMAAK = (
    f'#import "@preview/vijand:1.0.0": * #read("/etc/passwd") #link("http://{WEB}/e")[x] #panic() $ x^2 $ @vijand '
    f"<vijand> `raw` *vet* _k_ // weg = Kop \\ [red]r[/red] [link=http://{WEB}/f]k[/link] [/] :smile: {{n}} {{0}} "
    f"{{client}} ${{vijand}} %s %(x)s {{{{x}}}} $& http://{WEB}/g javascript:alert(8) "
)
BEVELEN = (
    "\x1b]0;VIJAND\x07\x1b]2;VIJAND\x1b\\\x1b]52;c;VklKQU5E\x07\x1b]8;;http://" + WEB + "/i\x1b\\k\x1b]8;;\x1b\\"
    '\x1b[2J\x1b[H\x1b[3A\x1b[2K\x1bP$q"p\x1b\\\x1b[6n\x1b[?1049h\x1b[31m\x9b2J\x9d0;VIJAND\x9c\x90x\x9c'
    "\x08\x08\x7f\x0b\x0c\x07\rVIJAND schrijft hier overheen"
)
DRAAIEN = "\u202eDNAJIV\u2066 \u2067 \u200f \u061c \u2028VIJAND\u2029 \x85 \u200b\u00ad\ufeff"
ZICHTBAAR = FORMULE + MARKUP + OPMAAK
ALLES = ZICHTBAAR + BEVELEN + DRAAIEN
ACCOLADES = str.maketrans("{}", "()")  # a text of a form may hold no fields of its own

_COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


class Vijanden(Kanaries):
    """Kanaries that attack: before each word the payload, wherever a field takes it."""

    def __init__(self, start: date, payload: str) -> None:
        super().__init__(start)
        self.payload = payload

    def word(self, veld: str) -> str:
        """Also where no model says what may stand: the reason of a correction, an answer to an open vraag."""
        return f"{self.payload} {super().word(veld)}"

    def _value(self, annotation: Any, veld: str) -> Any:
        value = super()._value(annotation, veld)
        if not isinstance(value, str) or _accepts(annotation, value):
            return value
        return super().word(veld)


def commands_in(text: str) -> list[str]:
    """What a terminal would obey in a text on the screen, or what turns the order round in which it is read."""
    return [repr(text[max(0, m.start() - 40) : m.end() + 10]) for m in _COMMANDS.finditer(text)]


def control_in(text: str) -> list[str]:
    """The control characters in a text in a file, where a text of somebody keeps every other character."""
    return [repr(text[max(0, m.start() - 40) : m.end() + 10]) for m in _CONTROL.finditer(text)]


# Content files --------------------------------------------------------------------------------------------------------

_NAMES = {"id", "ids", "versie", "vraag", "meetmoment", "document", "zie", "soort"}  # what others point at


def poison(kind: str, name: str, payload: str) -> str:
    """A file of the project's own content, as YAML, with the payload before every text where its model allows it."""
    clean = json.loads(json.dumps(yaml.safe_load((data_folder() / kind / name).read_text("utf-8")), default=str))
    clean["versie"] = "9"
    made = _poisoned(clean, payload)
    for _ in range(40):
        try:
            model_of(kind, made).model_validate_json(json.dumps(made))
        except ValidationError as error:
            wrong = [e["loc"] for e in error.errors() if e["type"] != "too_short"]  # that follows from the others
            for loc in wrong or [e["loc"] for e in error.errors()]:
                made = _restored(clean, made, _within(made, loc))
        else:
            return yaml.safe_dump(made, width=100_000)
    raise AssertionError(f"{kind}/{name} stays wrong")


def _poisoned(value: Any, payload: str, key: object = "") -> Any:
    if isinstance(value, dict):
        return {k: v if k in _NAMES else _poisoned(v, payload, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_poisoned(v, payload) for v in value]
    return f"{payload} {value}" if isinstance(value, str) else value


def _within(value: Any, loc: tuple[int | str, ...]) -> list[int | str]:
    """The steps of a place in a ValidationError that are in the data; between them stand names of models."""
    steps: list[int | str] = []
    for step in loc:
        if (isinstance(value, dict) and step in value) or (isinstance(value, list) and isinstance(step, int)):
            steps.append(step)
            value = value[cast("Any", step)]
    return steps


def _restored(clean: Any, made: Any, steps: list[int | str]) -> Any:
    if not steps:
        return clean
    first, *rest = steps
    if isinstance(made, dict):
        return {k: _restored(clean[k], v, rest) if k == first else v for k, v in made.items()}
    return [_restored(clean[i], v, rest) if i == first else v for i, v in enumerate(made)]


# Judges ---------------------------------------------------------------------------------------------------------------

MADE = "[document.querySelectorAll('[id*=vijand], iframe, base, meta[http-equiv=refresh]').length, window.vijand]"
LINKS = "[...document.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') || e.getAttribute('src'))"
POLICY = "meta[http-equiv=Content-Security-Policy]"


def note_dialog(dialog: Dialog, found: list[str]) -> None:
    """A page that asks or says something in a window of its own."""
    found.append(f"dialog {dialog.message}")
    dialog.dismiss()


def judge_html(browser: Browser, paths: Iterable[Path]) -> list[str]:
    """What these pages do in Chromium when they are opened, moved over and typed in, beside being shown."""
    from browser import record_requests

    found: list[str] = []
    context = browser.new_context()
    try:
        asked = record_requests(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: note_dialog(dialog, found))
        page.on("console", lambda said: found.append(f"console {said.text}"))
        for path in paths:
            start = len(found)
            page.goto(path.as_uri())
            page.mouse.move(300, 300)
            page.keyboard.press("Tab")
            made, ran = page.evaluate(MADE)
            found += [f"{made} elements, script {ran}"] * bool(made or ran)
            found += [f"title {page.title()}"] * (page.title() == "VIJAND")
            found += ["no policy"] * (page.locator(POLICY).count() != 1)
            found += [f"link {url}" for url in page.evaluate(LINKS) if not url.startswith(("#", "data:"))]
            found[start:] = [f"{path.name}: {line}" for line in [*found[start:], *asked]]
            asked.clear()
    finally:
        context.close()
    return found


_ACTIONS = {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/OpenAction", "/AA", "/XFA",
            "/SubmitForm", "/GoToR", "/GoToE", "/RichMedia", "/AcroForm", "/Filespec", "/Movie", "/Sound"}  # fmt: skip


def actions_in(path: Path) -> list[str]:
    """What a PDF could do beside being read: every action, script, address and embedded file, in any object."""
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    reader = PdfReader(path)
    things = (reader.get_object(number) for number in range(1, cast("int", reader.trailer["/Size"])))
    parts = (part for thing in things for part in _dictionaries(thing, DictionaryObject))
    return [f"{path.name}: {name}" for part in parts for name in _ACTIONS & {*map(str, part), *map(str, part.values())}]


def _dictionaries(thing: Any, kind: type[Any]) -> Iterator[Any]:
    if isinstance(thing, kind):
        yield thing
        yield from (part for value in thing.values() for part in _dictionaries(value, kind))
    elif isinstance(thing, list):
        yield from (part for value in thing for part in _dictionaries(value, kind))


def by_office(paths: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of these files, worked out anew."""
    program = shutil.which("soffice") or "libreoffice"
    command = [program, f"-env:UserInstallation={(folder / 'profiel').as_uri()}", "--headless", "--convert-to", to,
               "--outdir", folder, *paths]  # fmt: skip
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=180)
    return [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
