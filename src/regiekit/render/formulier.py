"""The form as one HTML file that works without a network: the page, and the data that its script shows.

What a client can see in it, the source included, has no ids of vragen and no names of schalen. Its policy lets nothing
in or out: the one script and the one style sheet go by their hashes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.formulier import filled
from regiekit.render.papier import make_opdracht
from regiekit.render.pdf import FONTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.domain.formulier import Formulier

HERE = Path(__file__).parent
FORM = 1  # of the answer file that the script writes
COACH = "Coach: typ deze opdracht over op je computer."  # on the print, in Dutch on every form
LATIN = (
    "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, "
    "U+2193, U+2212, U+2215, U+FEFF, U+FFFD"
)
LATIN_EXT = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF"


class Slot(NamedTuple):
    """What locks an answer file: the coach's public key as a JWK with its kid, and how a person knows it."""

    jwk: Mapping[str, str]
    vingerafdruk: str


def render_formulier(formulier: Formulier, slot: Slot | None) -> str:
    """One file; with `slot` the answer file can be opened by the coach alone."""
    script = (HERE / "formulier.js").read_text(encoding="utf-8")
    style = "\n" + _font_faces() + "\n" + (HERE / "formulier.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; font-src data:; "
        "form-action 'none'; base-uri 'none'"
    )
    teksten = formulier.teksten
    return f"""<!DOCTYPE html>
<html lang="{escape(formulier.taal)}" dir="{teksten.richting}" translate="no">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(formulier.naam)}</title>
<style>{style}</style>
</head>
<body>
<header id="titel" hidden><p>{escape(formulier.naam)}</p></header>
<main>
<section id="uitleg">
{_uitleg(formulier, slot)}
</section>
<form id="scherm" autocomplete="off" spellcheck="false"></form>
</main>
<footer id="coach">
{_voor_coach(formulier, slot)}
</footer>
<div id="afdruk"></div>
<script type="application/json" id="gegevens">{_data(formulier, slot)}</script>
<script>{script}</script>
</body>
</html>
"""


def answer_name(formulier: Formulier) -> str:
    """The name of the answer file without its ending."""
    return "-".join(part for part in ("antwoorden", formulier.client, formulier.meetmoment) if part)


def _uitleg(formulier: Formulier, slot: Slot | None) -> str:
    """What the client reads first; it stands in the page itself, so it is there without the script too."""
    teksten = formulier.teksten
    scherm = teksten.scherm
    parts = [f'<h1 id="begin" tabindex="-1">{escape(formulier.naam)}</h1>']
    parts += [f"<p>{escape(filled(scherm.code, client=formulier.client))}</p>"] if formulier.client else []
    parts += [f'<p class="melding">{escape(teksten.vertaald)}</p>'] if teksten.vertaald else []
    for kop, tekst in [*((a.kop, a.tekst) for a in teksten.uitleg), (scherm.opslag_kop, scherm.opslag)]:
        parts.append(f"<h2>{escape(kop)}</h2>\n<p>{escape(tekst)}</p>")
    parts += [f"<p>{escape(scherm.opslag_slot if slot else scherm.opslag_open)}</p>"]
    parts += [f'<p class="zacht">{escape(teksten.toestemming)}</p>'] if formulier.toestemming else []
    parts.append(f'<p class="melding" id="zonder-script">{escape(scherm.zonder_script)}</p>')
    return "\n".join(parts)


def _voor_coach(formulier: Formulier, slot: Slot | None) -> str:
    """By what the coach knows the key, small, below all that is for the client."""
    text = formulier.teksten.scherm.vingerafdruk
    return f"<p>{escape(filled(text, vingerafdruk=slot.vingerafdruk))}</p>" if slot else ""


def _data(formulier: Formulier, slot: Slot | None) -> str:
    """What the script shows and writes, as JSON that cannot end its own element."""
    teksten = formulier.teksten
    data: dict[str, Any] = {
        "formulier": FORM, "vragenlijst": formulier.vragenlijst, "versie": formulier.versie, "hash": formulier.hash,
        "taal": formulier.taal, "training": formulier.training, "client": formulier.client,
        "meetmoment": formulier.meetmoment, "naam": formulier.naam, "bestand": answer_name(formulier),
        "sleutel": dict(slot.jwk) if slot else None,
        "overslaan": [[name.replace("_", "-"), text] for name, text in vars(teksten.overslaan).items()],
        "vragen": [{"naam": v.naam, "tekst": v.tekst, "keuzes": v.keuzes} for v in formulier.vragen],
        "open_vragen": [{"naam": v.naam, "tekst": v.tekst} for v in formulier.open_vragen],
        "voetregels": [t for t in (teksten.vertaald, teksten.toestemming if formulier.toestemming else None) if t],
        "overtypen": [COACH, " ".join("".join(word) for word in make_opdracht(formulier))],
        "teksten": {
            **vars(teksten.scherm), "vraag_van": teksten.vraag_van, "open_kop": teksten.open_kop,
            "coach_kop": teksten.papier.coach_kop, "coach": teksten.papier.coach,
        },
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(content: str) -> str:
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"


def _font_faces() -> str:
    """The project's letters, latin and the rest of the latin letters apart, as small as they get."""
    files = [(name, weight, part, signs) for name, weight in (("Regular", 400), ("Bold", 700))
             for part, signs in (("", LATIN), ("-ext", LATIN_EXT))]  # fmt: skip
    return "\n".join(_font_face(*file) for file in files)


def _font_face(name: str, weight: int, part: str, signs: str) -> str:
    data = b64encode((FONTS / f"AtkinsonHyperlegibleNext-{name}{part}.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {weight}; font-display: swap; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); unicode-range: {signs}; }}'
    )
