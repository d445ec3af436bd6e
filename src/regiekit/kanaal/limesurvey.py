"""LimeSurvey: a vragenlijst as the tab-separated file that LimeSurvey imports, in several languages.

Rows: S (settings), SL (texts of the survey), G (group), Q (question), A (answer); each language after the other. A
text is HTML with expressions between braces, so both are escaped; then no cell holds a tab, a quote or a line end.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from regiekit.errors import RegiekitError
from regiekit.kanaal.exporteren import (
    CODES,
    Meertalig,
    Uitvoer,
    bron_of,
    choices_of,
    known_taal,
    make_namen,
    make_tellingen,
    uitleg_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.domain.formulier import Formulier
    from regiekit.kanaal.exporteren import Namen, Telling, Telvraag

COLUMNS = ("class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other", "hidden")
_LONGEST = 20
_BRON = "regiekit"
_SETTINGS = {
    "format": "G", "showwelcome": "Y", "allowprev": "Y", "datestamp": "Y", "ipaddr": "N", "refurl": "N",
    "publicstatistics": "N", "shownoanswer": "N", "showxquestions": "N",
    "showqnumcode": "X",  # neither number nor code: a code may name a schaal
    "showgroupinfo": "X",
}  # fmt: skip
_ROUNDED = (
    "LimeSurvey rondt een score af op ongeveer 14 cijfers. De berekening is niet in LimeSurvey zelf getest: "
    "reken bij twijfel na met regiekit."
)

Row = dict[str, str]


def export_limesurvey(meertalig: Meertalig) -> Uitvoer:
    """The file for LimeSurvey, with the scores as hidden equations; languages that LimeSurvey lacks are left out."""
    forms = [f for i, f in enumerate(meertalig.formulieren) if i == 0 or "-x-" not in f.taal]
    left_out = [f.taal for f in meertalig.formulieren if f not in forms]
    kept = meertalig._replace(formulieren=tuple(forms))
    meldingen = [_ROUNDED]
    if left_out:
        meldingen.append(
            f"LimeSurvey kent deze taal niet: {', '.join(left_out)}. Maak er een eigen bestand van met "
            f"--taal {left_out[0]}"
        )
    namen = make_namen(kept, "", systeem="LimeSurvey", longest=_LONGEST, taken=(_BRON,))
    lines = ["\t".join(row.get(name, "") for name in COLUMNS) for row in _rows(kept, namen, meldingen)]
    return Uitvoer(("\ufeff" + "\n".join(["\t".join(COLUMNS), *lines]) + "\n").encode(), tuple(meldingen))


def html_text(text: str) -> str:
    """A text as LimeSurvey shows it literally: no markup, no expression, no formula in a spreadsheet."""
    made = escape(" ".join(text.replace("\n", "\0").split()).replace("\0", "\n")).replace("\n", "<br />")
    made = made.replace("{", "&#123;").replace("}", "&#125;")
    return f"&#{ord(made[0])};{made[1:]}" if made[:1] in ("=", "+", "-", "@") else made


def _rows(meertalig: Meertalig, namen: Namen, meldingen: list[str]) -> Iterator[Row]:
    languages = [known_taal(f) for f in meertalig.formulieren]
    for name, value in {"language": languages[0], "additional_languages": " ".join(languages[1:]), **_SETTINGS}.items():
        yield {"class": "S", "name": name, "text": value}
    for formulier, uitleg in zip(meertalig.formulieren, uitleg_of(meertalig), strict=True):
        texts = {"surveyls_title": formulier.naam, "surveyls_welcometext": "\n\n".join(uitleg)}
        for name, text in texts.items():
            yield {"class": "SL", "name": name, "text": html_text(text), "language": known_taal(formulier)}
    for formulier in meertalig.formulieren:
        for row in _form_rows(meertalig, formulier, namen, meldingen):
            # What is no text of a language is set once, with the main language.
            once = {} if formulier is meertalig.eerste else {"hidden": ""}
            yield {**row, **once, "language": known_taal(formulier)}


def _form_rows(meertalig: Meertalig, formulier: Formulier, namen: Namen, meldingen: list[str]) -> Iterator[Row]:
    yield {"class": "G", "type/scale": "G1", "name": html_text(formulier.naam), "relevance": "1"}
    for vraag in formulier.vragen:
        yield _question("L", namen.vragen[vraag.id], html_text(vraag.tekst))
        for value, label in choices_of(vraag, formulier):
            yield {"class": "A", "type/scale": "0", "name": _code(value), "text": html_text(label)}
    if formulier.open_vragen:
        yield {"class": "G", "type/scale": "G2", "name": html_text(formulier.teksten.open_kop), "relevance": "1"}
        for open_vraag in formulier.open_vragen:
            yield _question("T", namen.open[open_vraag.id], html_text(open_vraag.tekst))
    bron = "; ".join(f"{name}: {value}" for name, value in bron_of(meertalig))
    yield {**_question("*", _BRON, html_text(bron)), "help": html_text(" ".join(meldingen)), "hidden": "1"}
    for telling in make_tellingen(meertalig.lijst):
        for name, expression in _equations(telling, namen):
            yield {**_question("*", name, f"{{{expression}}}"), "hidden": "1"}


def _question(kind: str, name: str, text: str) -> Row:
    return {
        "class": "Q", "type/scale": kind, "name": name, "relevance": "1", "text": text, "mandatory": "N", "other": "N"
    }  # fmt: skip


def _code(value: str) -> str:
    if value.startswith("-"):
        raise RegiekitError(
            f"LimeSurvey kent geen antwoorden onder nul, en deze lijst heeft {value}; kies een andere vorm met --naar"
        )
    return CODES.get(value, value)


def _equations(telling: Telling, namen: Namen) -> Iterator[tuple[str, str]]:
    """How many are answered, and the score. Each answer is compared with each code: in LimeSurvey an empty answer can
    pass for a number, `+` puts texts behind each other, and a filter on HTML may spoil `>=`."""
    count = namen.aantal[telling.schaal.id]
    yield count, f"sum({', '.join(_one(v, namen, counted=True) for v in telling.vragen)})"
    total = f"sum({', '.join(_one(v, namen, counted=False) for v in telling.vragen)})"
    score = total if telling.schaal.regel == "som" else f"{total} / {count}.NAOK"
    yield namen.score[telling.schaal.id], f"if({count}.NAOK ge {telling.minimaal}, {score}, '')"


def _one(vraag: Telvraag, namen: Namen, *, counted: bool) -> str:
    """What one vraag adds: 1 when answered, or its keyed value."""
    name, both = f"{namen.vragen[vraag.id]}.NAOK", vraag.laagste + vraag.hoogste
    values = range(vraag.laagste, vraag.hoogste + 1)
    if counted:
        return "if({}, 1, 0)".format(" or ".join(f"{name} == '{value}'" for value in values))
    keyed = ((value, both - value if vraag.omgekeerd else value) for value in values)
    return ", ".join(f"if({name} == '{value}', {number}, 0)" for value, number in keyed)
