"""ODK: a vragenlijst as XLSForm, and an inzending (the XML of one filled-in form) back as an afname."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regiekit.content.library import load_vragenlijsten
from regiekit.content.reader import MAX_DEPTH, MAX_PARTS, Yaml, read_text
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.errors import problem
from regiekit.kanaal.exporteren import (
    NIET_GEVALIDEERD,
    Meertalig,
    Uitvoer,
    answer_of,
    bron_of,
    choices_of,
    known_taal,
    make_namen,
    make_tellingen,
    name_of,
    rule_of,
    uitleg_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from regiekit.domain.formulier import Formulier
    from regiekit.errors import Problem
    from regiekit.kanaal.exporteren import Namen, Telling, Telvraag

UITLEG, VRAGEN, OPEN, DATUM = "regiekit_uitleg", "regiekit_vragen", "regiekit_open", "regiekit_datum"
# Of the hidden fields that travel with every inzending, the ones that are also fields of an afname.
AFNAME_FIELDS = ("vragenlijst", "versie", "hash", "meetmoment", "training")
_TAKEN = (UITLEG, VRAGEN, OPEN, DATUM, "meta", "data", *(f"regiekit_{name}" for name in (*AFNAME_FIELDS, "let_op")))
_GROUPS = (("antwoorden", VRAGEN), ("open", OPEN))
_ANTWOORDEN = "antwoorden"  # the list of choices that most vragen share

MAX_SPACE = 500  # characters of the name of a namespace

Row = dict[str, str]


def export_xlsform(meertalig: Meertalig) -> Uitvoer:
    """An XLSForm (xlsx) with the scores as calculations: no score where too few vragen are answered."""
    namen = make_namen(meertalig, "_", systeem="XLSForm", taken=_TAKEN)
    eerste = meertalig.eerste
    settings = {
        "form_title": eerste.naam,
        "form_id": "-".join(part for part in (eerste.vragenlijst, eerste.meetmoment, _training(eerste)) if part),
        "version": eerste.versie,
        "default_language": _language(eerste),
        "style": "pages",
    }
    bron = [{"naam": name, "waarde": value} for name, value in _about(meertalig, namen)]
    sheets = {
        "survey": list(_survey(meertalig, namen)),
        "choices": list(_choices(meertalig, namen)),
        "settings": [settings],
        "regiekit": bron,
    }
    return Uitvoer(_workbook(sheets))


def _training(formulier: Formulier) -> str:
    return "" if formulier.training else "zonder-training"


def _language(formulier: Formulier) -> str:
    """The name of a language with its code; of what regiekit adds to a code (-x-…) ODK knows nothing."""
    return f"{formulier.teksten.naam} ({known_taal(formulier)})"


def _labels(texts: dict[str, str]) -> Row:
    """A text in every language. Two characters are parted that would be read as a reference to another vraag."""
    return {f"label::{language}": text.replace("${", "$ {") for language, text in texts.items()}


def _each(meertalig: Meertalig, texts: Iterable[str]) -> Row:
    return _labels(dict(zip(map(_language, meertalig.formulieren), texts, strict=True)))


def _survey(meertalig: Meertalig, namen: Namen) -> Iterator[Row]:
    forms, eerste = meertalig.formulieren, meertalig.eerste
    yield {"type": "today", "name": DATUM}
    for name, value in _hidden(eerste):
        yield {"type": "calculate", "name": f"regiekit_{name}", "calculation": xpath_text(value)}
    yield {"type": "note", "name": UITLEG, **_each(meertalig, map("\n\n".join, uitleg_of(meertalig)))}
    yield {"type": "begin_group", "name": VRAGEN}
    for i, vraag in enumerate(eerste.vragen):
        kind = f"select_one {_list_name(meertalig, vraag.id, namen)}"
        yield {"type": kind, "name": namen.vragen[vraag.id], **_each(meertalig, (f.vragen[i].tekst for f in forms))}
    yield {"type": "end_group"}
    if eerste.open_vragen:
        yield {"type": "begin_group", "name": OPEN, **_each(meertalig, (f.teksten.open_kop for f in forms))}
        for i, open_vraag in enumerate(eerste.open_vragen):
            texts = _each(meertalig, (f.open_vragen[i].tekst for f in forms))
            yield {"type": "text", "name": namen.open[open_vraag.id], "appearance": "multiline", **texts}
        yield {"type": "end_group"}
    for telling in make_tellingen(meertalig.lijst):
        yield from _calculations(telling, namen)


def _hidden(formulier: Formulier) -> Iterator[tuple[str, str]]:
    yield "vragenlijst", formulier.vragenlijst
    yield "versie", formulier.versie
    yield "hash", formulier.hash
    if formulier.meetmoment:
        yield "meetmoment", formulier.meetmoment
    yield "training", "true" if formulier.training else "false"
    yield "let_op", NIET_GEVALIDEERD


def xpath_text(text: str) -> str:
    """A text as XPath 1.0 writes it, which has no escapes: with both kinds of quote it is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat({})".format(', "\'", '.join(f"'{part}'" for part in text.split("'")))


def _calculations(telling: Telling, namen: Namen) -> Iterator[Row]:
    """How many are answered, and the score. A blank is no number, so no comparison with it is true."""
    schaal = telling.schaal.id
    answered = " + ".join(f"if({_given(v, namen)}, 1, 0)" for v in telling.vragen)
    total = " + ".join(f"if({_given(v, namen)}, {_value(v, namen)}, 0)" for v in telling.vragen)
    count = f"${{{namen.aantal[schaal]}}}"
    score = f"({total})" if telling.schaal.regel == "som" else f"({total}) div {count}"
    yield {"type": "calculate", "name": namen.aantal[schaal], "calculation": answered}
    calculation = f"if({count} >= {telling.minimaal}, {score}, '')"
    yield {"type": "calculate", "name": namen.score[schaal], "calculation": calculation}


def _given(vraag: Telvraag, namen: Namen) -> str:
    name = f"${{{namen.vragen[vraag.id]}}}"
    return f"{name} >= {vraag.laagste} and {name} <= {vraag.hoogste}"


def _value(vraag: Telvraag, namen: Namen) -> str:
    name = f"${{{namen.vragen[vraag.id]}}}"
    return f"{vraag.laagste + vraag.hoogste} - {name}" if vraag.omgekeerd else f"number({name})"


def _list_name(meertalig: Meertalig, vraag_id: str, namen: Namen) -> str:
    own = next(v for v in meertalig.lijst.vragen if v.id == vraag_id).antwoordschaal
    return f"{_ANTWOORDEN}_{namen.vragen[vraag_id]}" if own else _ANTWOORDEN


def _choices(meertalig: Meertalig, namen: Namen) -> Iterator[Row]:
    made: set[str] = set()
    for i, vraag in enumerate(meertalig.eerste.vragen):
        name = _list_name(meertalig, vraag.id, namen)
        if name in made:
            continue
        made.add(name)
        of_each = [choices_of(f.vragen[i], f) for f in meertalig.formulieren]
        for j, (value, _) in enumerate(of_each[0]):
            yield {"list_name": name, "name": value, **_each(meertalig, (choices[j][1] for choices in of_each))}


def _about(meertalig: Meertalig, namen: Namen) -> Iterator[tuple[str, str]]:
    """The sheet that ODK does not read: where the form came from, what it is not, how it counts."""
    yield from bron_of(meertalig)
    yield "niet beantwoord", f"leeg, {', '.join(NOT_ANSWERED)}: tellen niet mee in een score"
    for telling in make_tellingen(meertalig.lijst):
        yield namen.score[telling.schaal.id], rule_of(telling)
    for vraag_id, name in (*namen.vragen.items(), *namen.open.items()):
        yield name, f"de vraag {vraag_id}"


def _workbook(sheets: dict[str, list[Row]]) -> bytes:
    """The sheets as xlsx: each text a text, never a formula or a link, and the same bytes each time."""
    from datetime import datetime
    from io import BytesIO

    import xlsxwriter  # type: ignore[import-untyped]

    buffer = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, plain) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            headers = list(dict.fromkeys(name for row in rows for name in row))
            for number, row in enumerate([{name: name for name in headers}, *rows]):
                for column, name in enumerate(headers):
                    if name in row:
                        sheet.write_string(number, column, row[name])
    return buffer.getvalue()


class _Node(NamedTuple):
    """An element of an inzending without elements in it."""

    group: str
    name: str
    text: str
    place: tuple[int, int]


def rewrite_inzending(raw: bytes, bestand: str, bibliotheek: Path | None) -> tuple[Yaml | None, list[Problem]]:
    """An inzending of a form that regiekit made, as an afname with the places of its parts.

    What the phone adds (`meta`, times) and the scores of the form are passed over: a score comes from the answers.
    """
    nodes, problems = _read_nodes(raw, bestand)
    if problems:
        return None, problems
    own = {n.name.removeprefix("regiekit_"): n for n in nodes if not n.group and n.name.startswith("regiekit_")}
    if "vragenlijst" not in own or "versie" not in own:
        return None, [problem(bestand, 1, 1, "inzending-onbekend")]
    ids = _ids({name: own[name].text for name in ("vragenlijst", "versie")}, bibliotheek)
    problems = [*_doubles(nodes, bestand), *_misplaced(nodes, ids, bestand)]
    return (None if problems else _afname(own, nodes, ids)), problems


def _misplaced(nodes: list[_Node], ids: dict[str, dict[str, str]], bestand: str) -> list[Problem]:
    """Answers that are not where the form has them, or hold something; what a server adds elsewhere is no answer."""
    group_of = {name: group for part, group in _GROUPS for name in ids[part]}
    return [
        problem(bestand, *node.place, "inzending-plaats", naam=node.name)
        for node in nodes
        if node.group in group_of or group_of.get(node.name, node.group) != node.group
    ]


def _doubles(nodes: list[_Node], bestand: str) -> list[Problem]:
    first: dict[tuple[str, str], _Node] = {}
    found = []
    for node in nodes:
        before = first.setdefault((node.group, node.name), node)
        if before is not node and (node.group in (VRAGEN, OPEN) or node.name.startswith("regiekit_")):
            found.append(problem(bestand, *node.place, "antwoord-dubbel", id=node.name, regel=before.place[0]))
    return found


def _afname(own: dict[str, _Node], nodes: list[_Node], ids: dict[str, dict[str, str]]) -> Yaml:
    data: dict[str, Any] = {name: own[name].text for name in AFNAME_FIELDS if name in own and own[name].text}
    places: dict[Any, tuple[int, int]] = {(name,): node.place for name, node in own.items()}
    if "training" in data:
        data["training"] = {"true": True, "false": False}.get(data["training"], data["training"])
    if "datum" in own and own["datum"].text:
        data["datum"] = own["datum"].text[:10]
    keys: dict[Any, tuple[int, int]] = {}
    for part, group in _GROUPS:
        data[part], places[part,] = {}, (1, 1)
        for node in (n for n in nodes if n.group == group):
            name = ids[part].get(node.name, node.name)
            data[part][name] = answer_of(node.text) if part == "antwoorden" else node.text or None
            places[part, name] = keys[part, name] = node.place
    return Yaml(data, {(): (1, 1), **places}, keys, complete=True)


def _ids(data: dict[str, Any], bibliotheek: Path | None) -> dict[str, dict[str, str]]:
    """From name to id, for the vragenlijst that is named; nothing when there is none, which is told later."""
    wanted = (data.get("vragenlijst"), data.get("versie"))
    found = next((v for v in load_vragenlijsten(bibliotheek) if (v.inhoud.id, v.inhoud.versie) == wanted), None)
    if found is None:
        return {"antwoorden": {}, "open": {}}
    return {
        "antwoorden": {name_of(v.id, "_"): v.id for v in found.inhoud.vragen},
        "open": {name_of(f"open-{v.id}", "_"): v.id for v in found.inhoud.open_vragen},
    }


class _TooMuch(Exception):
    """Stops the parser: a problem stands in the list already."""


def _read_nodes(raw: bytes, bestand: str) -> tuple[list[_Node], list[Problem]]:
    """The elements without elements in them; XML without DOCTYPE or entities, within the limits of every file."""
    from xml.parsers import expat

    text, problems = read_text(raw, bestand)
    if problems:
        return [], problems
    reader = _Reader(bestand, expat.ParserCreate(namespace_separator=" "))
    try:
        reader.parser.Parse(text, True)
    except _TooMuch:
        pass
    except expat.ExpatError as error:
        reader.problems.append(problem(bestand, error.lineno, error.offset + 1, "xml-fout"))
    return reader.nodes, reader.problems


class _Reader:
    """Walks the elements of one inzending."""

    def __init__(self, bestand: str, parser: Any) -> None:
        self.bestand, self.parser = bestand, parser
        self.nodes: list[_Node] = []
        self.problems: list[Problem] = []
        self.stack: list[tuple[str, tuple[int, int]]] = []
        self.text: list[str] = []
        self.leaf = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartNamespaceDeclHandler = self.check_space
        self.parts = 0

    @property
    def place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def stop(self, code: str, **details: object) -> None:
        self.problems.append(problem(self.bestand, *self.place, code, **details))
        raise _TooMuch

    def refuse(self, *_: object) -> None:
        self.stop("xml-doctype")

    def check_space(self, _prefix: str | None, space: str | None) -> None:
        """The parser writes the namespace out in the name of each element: a long one would take minutes."""
        if len(space or "") > MAX_SPACE:
            self.stop("xml-fout")

    def start(self, name: str, _: object) -> None:
        self.parts += 1
        if self.parts > MAX_PARTS:
            self.stop("yaml-te-veel", grens=MAX_PARTS)
        if len(self.stack) >= MAX_DEPTH:
            self.stop("yaml-te-diep", grens=MAX_DEPTH)
        self.stack.append((name.rpartition(" ")[2], self.place))
        self.text.clear()
        self.leaf = True

    def end(self, _: str) -> None:
        name, place = self.stack.pop()
        if self.leaf and self.stack:
            group = self.stack[-1][0] if len(self.stack) > 1 else ""
            self.nodes.append(_Node(group, name, "".join(self.text).strip(), place))
        self.leaf = False
