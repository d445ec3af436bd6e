"""The strict reader: one YAML file in, its data with the place of every part out, or every problem with its place.

YAML 1.2 core scalars; no tags, anchors, aliases, merges or second document; limits on size, depth and parts.
The parser's events are walked one by one, so that a hostile file cannot exhaust the stack of the interpreter.
"""

import re
from typing import Any, NamedTuple

import yaml

from regiekit.errors import Problem, problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_PARTS = 50_000
MAX_DIGITS = 18

Loc = tuple[str | int, ...]
Place = tuple[int, int]

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCT_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# The parser's own words are English; these are the common ones. What is not here gets the general sentence.
_SYNTAX = (
    ("mapping values are not allowed", "hier staat een dubbele punt te veel; zet de tekst tussen aanhalingstekens"),
    ("could not find expected ':'", "hier mist een dubbele punt, of de regel erboven loopt niet goed af"),
    ("did not find expected key", "deze regel springt niet goed in, of een aanhalingsteken ontbreekt"),
    ("found character '\\t'", "hier staat een tab; gebruik spaties om in te springen"),
    ("that cannot start any token", "dit teken kan hier niet beginnen (een tab, @, ` of %); gebruik aanhalingstekens"),
    ("unexpected end of stream", "een aanhalingsteken is niet gesloten; zet het aan het eind van de tekst"),
    ("did not find expected ',' or ']'", "deze lijst tussen [ ] loopt niet goed af; kijk naar komma's en haken"),
    ("did not find expected ',' or '}'", "deze groep tussen { } loopt niet goed af; kijk naar komma's en haken"),
    ("did not find expected '-' indicator", "hier hoort een streepje ('- ') voor elk punt van de lijst"),
    ("block sequence entries are not allowed", "een streepje kan hier niet; begin de lijst op een nieuwe regel"),
    ("did not find expected node content", "hier mist een waarde"),
    ("unknown escape character", "achter een \\ staat een teken dat hier niet kan; gebruik enkele aanhalingstekens"),
    (
        "did not find expected <document start>",
        "hier gaat het bestand verder terwijl het al klaar leek; kijk naar het inspringen",
    ),
)


class Yaml(NamedTuple):
    """What a file holds: plain data, and where each part stands (`keys`: the name before the colon)."""

    data: Any
    values: dict[Loc, Place]
    keys: dict[Loc, Place]
    complete: bool = False
    """Whether the whole file was read, so that checking on makes sense beside the problems found."""

    def place_of(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of `loc`; steps that the file does not have are skipped: a missing field points at its parent."""
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.values:
                known = (*known, step)
        if key and known in self.keys:
            return self.keys[known]
        return self.values.get(known, (1, 1))


class _Frame:
    """A mapping or list that is being read."""

    __slots__ = ("key", "loc", "value")

    def __init__(self, value: Any, loc: Loc) -> None:
        self.value, self.loc = value, loc
        self.key: str | None = None


def read_text(raw: bytes, bestand: str) -> tuple[str, list[Problem]]:
    """Bytes to text: UTF-8 with or without mark, no control characters, within the size limit."""
    if len(raw) > MAX_BYTES:
        return "", [problem(bestand, 0, 0, "bestand-te-groot", grootte=len(raw), grens=MAX_BYTES)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return "", [problem(bestand, line, column, "geen-utf8")]
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        return "", [problem(bestand, line, column, "stuurteken", teken=f"U+{ord(found.group()):04X}")]
    return text, []


def read_yaml(raw: bytes, bestand: str) -> tuple[Yaml, list[Problem]]:
    """Read one document. With problems the data is what could be read of it, `complete` when that is all of it."""
    text, problems = read_text(raw, bestand)
    if problems:
        return Yaml(None, {}, {}), problems
    return _Builder(bestand).build(text)


class _Builder:
    """Walks the events of one file."""

    def __init__(self, bestand: str) -> None:
        self.bestand = bestand
        self.problems: list[Problem] = []
        self.values: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.documents = 0

    def build(self, text: str) -> tuple[Yaml, list[Problem]]:
        complete = False
        try:
            complete = all(self.take(e) for e in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader)))
        except yaml.MarkedYAMLError as error:
            self.syntax(error)
        except yaml.YAMLError:  # a character that the check above let through
            self.add("yaml-fout", (1, 1), uitleg="dit kan ik niet als YAML lezen; kijk naar vreemde tekens")
        if not self.problems and self.root is None:
            self.problems.append(problem(self.bestand, 0, 0, "leeg-bestand"))
        return Yaml(self.root, self.values, self.keys, complete and self.root is not None), self.problems

    def add(self, code: str, place: Place, **details: object) -> None:
        self.problems.append(problem(self.bestand, *place, code, **details))

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        said = f"{error.problem or ''} {error.context or ''}"
        uitleg = next((dutch for english, dutch in _SYNTAX if english in said), None)
        self.add(
            "yaml-fout",
            (mark.line + 1, mark.column + 1) if mark else (1, 1),
            uitleg=uitleg or "hier klopt de opmaak niet; kijk naar inspringen, aanhalingstekens en dubbele punten",
        )

    def take(self, event: Any) -> bool:
        """One event; False when reading on makes no sense."""
        kind = type(event).__name__
        place = (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self.add("yaml-meer-documenten", place)
                return False
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop()
        elif kind in ("MappingStartEvent", "SequenceStartEvent", "ScalarEvent", "AliasEvent"):
            return self.node(kind, event, place)
        return True

    def node(self, kind: str, event: Any, place: Place) -> bool:
        if len(self.values) >= MAX_PARTS:
            self.add("yaml-te-veel", place, grens=MAX_PARTS)
            return False
        if kind == "AliasEvent" or event.anchor:
            self.add("yaml-anker", place, naam=event.anchor)
        if kind != "AliasEvent" and event.tag:
            self.add("yaml-label", place, tag=event.tag)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            return self.name(kind, event, place, frame)
        value = {} if kind == "MappingStartEvent" else [] if kind == "SequenceStartEvent" else self.scalar(event, place)
        loc = self.store(frame, value, place)
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            self.stack.append(_Frame(value, loc))
            if len(self.stack) > MAX_DEPTH:
                self.add("yaml-te-diep", place, grens=MAX_DEPTH)
                return False
        return True

    def name(self, kind: str, event: Any, place: Place, frame: _Frame) -> bool:
        """The word before a colon."""
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            self.add("yaml-sleutel", place)
            return False  # what follows belongs to a name that cannot be
        key = event.value if kind == "ScalarEvent" else ""
        if key == "<<" and event.implicit[0]:
            self.add("yaml-samenvoeging", place)
        elif (*frame.loc, key) in self.keys:
            self.add("yaml-dubbele-sleutel", place, sleutel=key, regel=self.keys[(*frame.loc, key)][0])
        else:
            self.keys[(*frame.loc, key)] = place
        frame.key = key
        return True

    def store(self, frame: _Frame | None, value: Any, place: Place) -> Loc:
        loc: Loc
        if frame is None:
            self.root, loc = value, ()
        elif isinstance(frame.value, list):
            loc = (*frame.loc, len(frame.value))
            frame.value.append(value)
        else:
            assert frame.key is not None
            loc = (*frame.loc, frame.key)
            frame.value[frame.key] = value
            frame.key = None
        self.values[loc] = place
        return loc

    def scalar(self, event: Any, place: Place) -> Any:
        """A value by the YAML 1.2 core rules: so no, on and 1:30 are text, and 012 is twelve."""
        text = getattr(event, "value", None)
        if text is None or not event.implicit[0]:
            return text
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INT.fullmatch(text) or _OCT_HEX.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self.add("yaml-getal-te-lang", place)
                return None
            return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
        if _FLOAT.fullmatch(text):
            value = float(text)
            if value not in (float("inf"), float("-inf")):
                return value
            self.add("yaml-getal-te-lang", place)
            return None
        if _NOT_FINITE.fullmatch(text):
            self.add("yaml-geen-getal", place, tekst=text)
            return None
        return text
