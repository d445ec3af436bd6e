"""The strict reader: one YAML file in, its data with the place of every part out, or every problem with its place.

YAML 1.2 core scalars; no tags, anchors, aliases, merges or second document; limits on size, depth and parts.
The parser's events are walked one by one, so that a hostile file cannot exhaust the stack of the interpreter.
"""

import errno
import json
import os
import re
import stat
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from regiekit.errors import MAX_PROBLEMS, Problem, problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_PARTS = 20_000
MAX_DIGITS = 18
MAX_NUMBER = 40  # characters of a number with a decimal point

Loc = tuple[str | int, ...]
Place = tuple[int, int]

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCT_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# Not in a file: control characters, marks within the text, and the line ends that no editor counts (U+0085, U+2028/9).
# (The same characters as "all but …" take ten milliseconds to compile.)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_UNSAFE = re.compile(r"[\0\ud800-\udfff\ufffe\uffff]")  # no text can hold these, written as an escape or not
_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_DOUBLE = 20  # names that stand twice in a JSON text: each is looked for in all of it
_ASIDE = "\0"  # starts the name of what stands under a key that was refused; no key of a file can start so

_REASONS = {
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.EISDIR: "het is een map",
    errno.ELOOP: "een koppeling die naar zichzelf wijst",
    errno.ENAMETOOLONG: "de naam is te lang",
}
_ABSENT = (errno.ENOENT, errno.ENOTDIR)

# The parser's own words are English; these are the common ones. What is not here gets the general sentence.
_DIRECTIVE = "een regel die met % begint kan hier niet; haal haar weg, of zet de tekst tussen aanhalingstekens"
_ESCAPE = "achter een \\ staat een teken dat hier niet kan; gebruik enkele aanhalingstekens"
_BLOCK = "achter | of > klopt iets niet; zet daar niets meer achter en begin de tekst op de volgende regel"
_LABEL = "dit is een label met '!' of een verwijzing met & of *; zet de tekst tussen aanhalingstekens"
_SYNTAX = (
    ("a tab character", "hier staat een tab; gebruik spaties om in te springen"),
    ("mapping values are not allowed", "hier staat een dubbele punt te veel; zet de tekst tussen aanhalingstekens"),
    ("mapping keys are not allowed", "een vraagteken kan hier niet beginnen; zet de tekst tussen aanhalingstekens"),
    (
        "could not find expected ':'",
        "deze regel mist een dubbele punt, of springt niet goed in; maak er 'naam: waarde' van",
    ),
    (
        "did not find expected key",
        "deze regel springt niet goed in, of mist een aanhalingsteken; zet haar recht onder de vorige",
    ),
    ("unexpected end of stream", "dit aanhalingsteken is niet gesloten; zet er een aan het eind van de tekst"),
    ("unexpected document indicator", "dit aanhalingsteken is niet gesloten; zet er een aan het eind van de tekst"),
    ("',' or ']'", "de lijst tussen [ ] die op regel {vanaf} begint, loopt niet goed af; kijk naar komma's en haken"),
    ("',' or '}'", "de groep tussen {{ }} die op regel {vanaf} begint, loopt niet goed af; kijk naar komma's en haken"),
    ("did not find expected '-' indicator", "hier hoort een streepje ('- ') voor elk punt van de lijst"),
    ("block sequence entries are not allowed", "een streepje kan hier niet; begin de lijst op een nieuwe regel"),
    ("did not find expected node content", "hier mist een waarde; vul haar in, of haal het teken weg dat hier staat"),
    ("escape character", _ESCAPE),
    ("Unicode character escape", _ESCAPE),
    ("hexdecimal number", _ESCAPE),
    ("<document start>", "hier gaat het bestand verder terwijl het al klaar leek; kijk naar het inspringen"),
    ("directive", _DIRECTIVE),
    ("incompatible YAML document", _DIRECTIVE),
    ("block scalar", _BLOCK),
    ("tag", _LABEL),
    ("anchor", _LABEL),
    ("alias", _LABEL),
)
_AT_MARK = ("escape", "hexdecimal", "tab character")  # points at a character, not at the text around it
_GENERAL = "hier klopt de opmaak niet; kijk naar inspringen, aanhalingstekens en dubbele punten"


class Yaml(NamedTuple):
    """What a file holds: plain data, and where each part stands (`keys`: the name before the colon)."""

    data: Any
    values: dict[Loc, Place]
    keys: dict[Loc, Place]
    complete: bool = False
    """Whether the whole file was read, so that checking on makes sense beside the problems found."""

    def place_of(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of `loc`; for what the file does not have, that of the nearest part around it."""
        known: Loc = ()
        for step in loc:
            if (*known, step) not in self.values:
                break
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


def read_source(path: str | os.PathLike[str]) -> tuple[bytes, list[Problem]]:
    """The bytes of a file on disk, up to the limit; what is no plain file (a device, a pipe) is not opened."""
    bestand = os.fspath(path)
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            reden = "het is een map" if stat.S_ISDIR(mode) else "het is geen gewoon bestand"
            return b"", [problem(bestand, 0, 0, "bestand-onleesbaar", reden=reden)]
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1), []
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it, or one that cannot be encoded
        number = error.errno if isinstance(error, OSError) and error.errno else errno.ENOENT
        if number in _ABSENT:
            return b"", [problem(bestand, 0, 0, "bestand-ontbreekt")]
        reden = _REASONS.get(number, f"fout {number} van het systeem")
        return b"", [problem(bestand, 0, 0, "bestand-onleesbaar", reden=reden)]


def read_text(raw: bytes, bestand: str) -> tuple[str, list[Problem]]:
    """Bytes to text: UTF-8 with or without mark, no control characters, within the size limit."""
    if len(raw) > MAX_BYTES:
        return "", [problem(bestand, 0, 0, "bestand-te-groot", grens=MAX_BYTES)]
    if b"\0" in raw[:4]:  # UTF-16 or UTF-32 without mark
        return "", [problem(bestand, 1, 1, "geen-utf8")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        before = raw.decode("utf-8-sig", errors="replace").partition("\ufffd")[0]
        return "", [problem(bestand, *_end_of(before), "geen-utf8")]
    if found := _CONTROL.search(text):
        place = _end_of(text[: found.start()])
        return "", [problem(bestand, *place, "stuurteken", teken=f"U+{ord(found.group()):04X}")]
    return text, []


def _end_of(text: str) -> Place:
    """The place just after `text`."""
    ends = [m.end() for m in _LINE_END.finditer(text)]
    return len(ends) + 1, len(text) - (ends[-1] if ends else 0) + 1


def read_yaml(raw: bytes, bestand: str) -> tuple[Yaml, list[Problem]]:
    """Read one document. With problems the data is what could be read of it, `complete` when that is all of it."""
    text, problems = read_text(raw, bestand)
    if problems:
        return Yaml(None, {}, {}), problems
    return _Builder(bestand, text).build()


def read_json(raw: bytes, bestand: str) -> tuple[Yaml, list[Problem]]:
    """Read one JSON value; what is no JSON is read as YAML, which says what is wrong.

    The places come from the YAML reader, since JSON is nearly YAML. The data does not: a JSON text may hold characters
    that YAML folds or refuses, such as U+2028. What is no character at all (half of a pair) becomes U+FFFD.
    """
    double: list[str] = []
    try:
        text = raw[: MAX_BYTES + 1].decode("utf-8-sig")
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_collect_double(double))
    except (ValueError, RecursionError):
        return read_yaml(raw, bestand)
    read, found = read_yaml(_NOT_IN_YAML.sub(lambda m: "?" * len(m[0]), text).encode(), bestand)
    problems = [p for p in found if p.code in _OF_JSON_TOO]
    problems += [_double_key(key, text, bestand) for key in list(dict.fromkeys(double))[:_MOST_DOUBLE]]
    complete = not any(p.code in _LIMITS for p in problems)
    return Yaml(_well_formed(data) if complete else None, read.values, read.keys, complete), problems


def _collect_double(double: list[str]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def to_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            times = Counter(name for name, _ in pairs)
            double.extend(name for name, count in times.items() if count > 1)
        return made

    return to_dict


def _double_key(key: str, text: str, bestand: str) -> Problem:
    """A name that stands twice in one object; the places are those of its first two occurrences anywhere."""
    matches = islice(re.finditer(re.escape(json.dumps(key)) + r"\s*:", text), 2)
    first, second = [*(_end_of(text[: m.start()]) for m in matches), (1, 1), (1, 1)][:2]
    return problem(bestand, *second, "yaml-dubbele-sleutel", sleutel=key, regel=first[0])


def _well_formed(value: Any) -> Any:
    if isinstance(value, dict):
        return {_well_formed(k): _well_formed(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_well_formed(v) for v in value]
    return _UNSAFE.sub("\ufffd", value) if isinstance(value, str) else value


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_LIMITS = ("bestand-te-groot", "yaml-te-diep", "yaml-te-veel")
_OF_JSON_TOO = (*_LIMITS, "yaml-getal-te-lang")  # of what YAML finds, what is wrong in JSON too
_NOT_IN_YAML = re.compile(_CONTROL.pattern + r"|\\u[0-9a-fA-F]{4}")  # read as it is where it stands in a JSON text
_REFUSED = ("stuurteken", "yaml-getal-te-lang", "yaml-geen-getal", "yaml-anker", "yaml-label")


def with_found(problems: list[Problem], found: list[Problem]) -> list[Problem]:
    """What reading and checking found, without a wrong type where reading refused the value already."""
    refused = {(p.regel, p.kolom) for p in problems if p.code in _REFUSED}
    return [*problems, *(p for p in found if (p.regel, p.kolom) not in refused or "geen-" not in p.code)]


class _Builder:
    """Walks the events of one file."""

    def __init__(self, bestand: str, text: str) -> None:
        self.bestand, self.text = bestand, text
        self.problems: list[Problem] = []
        self.values: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.documents = 0

    def build(self) -> tuple[Yaml, list[Problem]]:
        complete = False
        try:
            complete = all(map(self.take, yaml.parse(self.text, Loader=getattr(yaml, "CLoader", yaml.Loader))))
        except yaml.MarkedYAMLError as error:
            self.syntax(error)
        except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python, on an escape that is no character
            self.add("yaml-fout", (1, 1), uitleg=_GENERAL)
        if not self.problems and self.root is None:
            self.problems.append(problem(self.bestand, 0, 0, "leeg-bestand"))
        return Yaml(self.root, self.values, self.keys, complete and self.root is not None), self.problems

    def add(self, code: str, place: Place, **details: object) -> None:
        self.problems.append(problem(self.bestand, *place, code, **details))

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        said = f"{error.problem or ''} {error.context or ''}"
        start, mark = error.context_mark, error.problem_mark
        around = "while scanning" in said and not any(word in said for word in _AT_MARK)
        if mark is None or around or not self.text[mark.index :].strip():
            mark = start or mark  # what is not closed: where it opens, not the end of the file
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        place = min(place, _end_of(self.text.rstrip()))
        if "cannot start any token" in said and mark:
            return self.add("yaml-fout", place, uitleg=self.odd_start(mark))
        uitleg = next((dutch for english, dutch in _SYNTAX if english in said), _GENERAL)
        return self.add("yaml-fout", place, uitleg=uitleg.format(vanaf=start.line + 1 if start else place[0]))

    def odd_start(self, mark: Any) -> str:
        """About a character that no text can start with."""
        teken = self.text[mark.index : mark.index + 1]
        if teken in ("\t", ""):
            return "hier staat een tab; gebruik spaties om in te springen"
        return f"een tekst kan niet met '{teken}' beginnen; zet hem tussen aanhalingstekens"

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
        if len(self.problems) >= MAX_PROBLEMS:
            self.add("te-veel-fouten", place, grens=MAX_PROBLEMS)
            return False
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
        frame.key = self.known_name(event, place, frame) if kind == "ScalarEvent" else None
        if frame.key is None:
            frame.key = f"{_ASIDE}{len(self.values)}"
        return True

    def known_name(self, event: Any, place: Place, frame: _Frame) -> str | None:
        """The key, or None when it is refused: what stands under it is read on, for its problems only."""
        key = str(event.value)
        if key == "<<" and event.implicit[0]:
            self.add("yaml-samenvoeging", place)
        elif not key:
            self.add("yaml-sleutel", place)
        elif (*frame.loc, key) in self.keys:
            self.add("yaml-dubbele-sleutel", place, sleutel=key, regel=self.keys[(*frame.loc, key)][0])
        elif self.allowed(event, place, _CONTROL):
            self.keys[(*frame.loc, key)] = place
            return key
        return None

    def allowed(self, event: Any, place: Place, characters: re.Pattern[str]) -> bool:
        """Whether a text holds none of `characters`, which between double quotes can be written as an escape."""
        found = characters.search(event.value) if event.style == '"' else None
        if found:
            self.add("stuurteken", place, teken=f"U+{ord(found.group()):04X}")
        return not found

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
            if not frame.key.startswith(_ASIDE):
                frame.value[frame.key] = value
            frame.key = None
        self.values[loc] = place
        return loc

    def scalar(self, event: Any, place: Place) -> Any:
        """A value by the YAML 1.2 core rules: so no, on and 1:30 are text, and 012 is twelve."""
        text = getattr(event, "value", None)
        if text is None or not event.implicit[0]:
            return text if text is None or self.allowed(event, place, _UNSAFE) else None
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if _INT.fullmatch(text) or _OCT_HEX.fullmatch(text):
            return self.number(text, place, MAX_DIGITS, lambda t: int(t, {"0o": 8, "0x": 16}.get(t[:2], 10)))
        if _FLOAT.fullmatch(text):
            return self.number(text, place, MAX_NUMBER, float)
        if _NOT_FINITE.fullmatch(text):
            self.add("yaml-geen-getal", place, tekst=text)
            return None
        return text

    def number(self, text: str, place: Place, longest: int, convert: Callable[[str], float]) -> float | None:
        """A number, or None for one that is too long or too large to hold."""
        value = convert(text) if len(text) <= longest else float("inf")
        if value in (float("inf"), float("-inf")):
            self.add("yaml-getal-te-lang", place)
            return None
        return value
