"""REDCap: a vragenlijst as data dictionary (CSV, 18 columns), in one language, with the scores as calculated fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.kanaal.exporteren import (
    CODES,
    Meertalig,
    Uitvoer,
    bron_of,
    choices_of,
    make_namen,
    make_tellingen,
    name_of,
    rule_of,
    uitleg_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.kanaal.exporteren import Namen, Telling, Telvraag

NAME, FORM, HEADER, TYPE, LABEL, CHOICES, ANNOTATION = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Annotation",
)  # fmt: skip
COLUMNS = (
    NAME, FORM, HEADER, TYPE, LABEL, CHOICES, "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    ANNOTATION,
)  # fmt: skip
_LONGEST = 26
_RECORD, _UITLEG, _BRON = "record_id", "uitleg", "regiekit"
_COACH_ONLY = "Alleen voor de coach: @HIDDEN-SURVEY @HIDDEN-PDF"  # a client may be let download the survey as a PDF
_ROUNDED = (
    "REDCap kan een score afronden. De berekening is niet in REDCap zelf getest: reken bij twijfel na met regiekit."
)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", "[": "&#91;", "|": "&#124;", "{": "&#123;"})

Row = dict[str, str]


def export_redcap(meertalig: Meertalig) -> Uitvoer:
    """The data dictionary in the main language: REDCap keeps other languages elsewhere."""
    import csv
    from io import StringIO

    only = meertalig._replace(formulieren=meertalig.formulieren[:1])
    others = [f.taal for f in meertalig.formulieren[1:]]
    meldingen = [_ROUNDED]
    if others:
        meldingen.append(
            f"In dit bestand past één taal ({only.eerste.taal}); er zijn er meer: {', '.join(others)}. "
            "Kies een andere met --taal"
        )
    namen = make_namen(only, "_", systeem="REDCap", longest=_LONGEST, taken=(_RECORD, _UITLEG, _BRON))
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    form = name_of(only.eerste.vragenlijst, "_")
    writer.writerows({FORM: form, **row} for row in _rows(only, namen, meldingen))
    return Uitvoer(text.getvalue().encode(), tuple(meldingen))


def label_text(text: str) -> str:
    """A text as REDCap shows it literally: no markup, no piped field, no new choice, no formula in a spreadsheet."""
    made = text.strip().translate(_ENTITIES)
    return f"&#{ord(made[0])};{made[1:]}" if made[:1] in ("=", "+", "-", "@") else made


def _rows(meertalig: Meertalig, namen: Namen, meldingen: list[str]) -> Iterator[Row]:
    eerste, tellingen = meertalig.eerste, make_tellingen(meertalig.lijst)
    yield {NAME: _RECORD, TYPE: "text", LABEL: "Code van de cliënt, nooit een naam"}
    yield {NAME: _UITLEG, TYPE: "descriptive", LABEL: label_text("\n\n".join(uitleg_of(meertalig)[0]))}
    for vraag in eerste.vragen:
        choices = (
            (CODES.get(value, value), " ".join(label.split()).translate(_ENTITIES))
            for value, label in choices_of(vraag, eerste)
        )
        question = {NAME: namen.vragen[vraag.id], TYPE: "radio", LABEL: label_text(vraag.tekst)}
        yield {**question, CHOICES: " | ".join(map(", ".join, choices))}
    header = {HEADER: label_text(eerste.teksten.open_kop)}
    for open_vraag in eerste.open_vragen:
        yield {NAME: namen.open[open_vraag.id], TYPE: "notes", LABEL: label_text(open_vraag.tekst), **header}
        header = {}
    about = [f"{name}: {value}" for name, value in bron_of(meertalig)]
    about += [f"{t.schaal.naam}: {rule_of(t)}" for t in tellingen] + meldingen
    yield {NAME: _BRON, TYPE: "descriptive", LABEL: label_text("\n".join(about)), ANNOTATION: _COACH_ONLY}
    for telling in tellingen:
        yield from _calculated(telling, namen)


def _calculated(telling: Telling, namen: Namen) -> Iterator[Row]:
    """How many are answered, and the score: for the coach, not in the survey. Each answer is compared with each code,
    since an empty field can pass for a number."""
    schaal = telling.schaal
    count = namen.aantal[schaal.id]
    total = "+".join(_one(v, namen, counted=False) for v in telling.vragen)
    score = f"({total})" if schaal.regel == "som" else f"({total})/[{count}]"
    calculations = {
        count: ("aantal", "+".join(_one(v, namen, counted=True) for v in telling.vragen)),
        namen.score[schaal.id]: ("score", f'if([{count}]>={telling.minimaal},{score},"")'),
    }
    for name, (what, calculation) in calculations.items():
        label = label_text(f"{schaal.naam}: {what}")
        yield {NAME: name, TYPE: "calc", LABEL: label, CHOICES: calculation, ANNOTATION: _COACH_ONLY}


def _one(vraag: Telvraag, namen: Namen, *, counted: bool) -> str:
    """What one vraag adds: 1 when answered, or its keyed value."""
    name, both = f"[{namen.vragen[vraag.id]}]", vraag.laagste + vraag.hoogste
    values = range(vraag.laagste, vraag.hoogste + 1)
    if counted:
        return "if({},1,0)".format(" or ".join(f'{name}="{value}"' for value in values))
    keyed = ((value, both - value if vraag.omgekeerd else value) for value in values)
    return "+".join(f'if({name}="{value}",{number},0)' for value, number in keyed)
