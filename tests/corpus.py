"""Hostile and mutated files, the same at every run: what a person, an editor or an attacker can make of a YAML file."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261103
MUTANTS_A_FILE = 24

AFNAME = b'vragenlijst: eigen-regie\nversie: "1"\nclient: R-014\nmeetmoment: start\nantwoorden:\n  autonomie-1: 4\n'
_HEAD = b'vragenlijst: eigen-regie\nversie: "1"\n'

# Each of these is wrong.
HOSTILE: dict[str, bytes] = {
    "flow-deep": b"[" * 400_000,
    "flow-deep-map": b"{a: " * 200_000,
    "block-deep": b"\n".join(b" " * i + b"a:" for i in range(1000)),
    "list-deep": b"- " * 400_000,
    "question-deep": b"? " * 400_000,
    "mixed-deep": b"[{" * 200_000,
    "key-is-list": b"? [a]: b\n",
    "key-is-group": b"? {a: b}\n: c\n",
    "key-is-flow": b"{[a]: b}: c\n",
    "key-is-alias": b"a: &a b\n*a : c\n",
    "key-empty": AFNAME + b'"": 1\n',
    "key-null": AFNAME + b"null: 1\n",
    "key-number": AFNAME + b"1: 1\n",
    "key-long": AFNAME + b'? "' + b"x" * 900_000 + b'"\n: 1\n',
    "key-braces": AFNAME + b'"{veld}": "{kreeg}"\n',
    "key-newline": AFNAME + b'"a\\nb": 1\n',
    "key-escape": AFNAME + b'"a\\e[2J": 1\n',
    "keys-equal": b"a: 1\n" * 90_000,
    "keys-one-and-text": AFNAME + b"1: 1\n'1': 1\n",
    "keys-many": b"".join(b"k%d: 1\n" % i for i in range(60_000)),
    "alias-bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]\n",
    "alias-alone": b"*a\n",
    "anchor-alone": b"&a x\n",
    "anchors-many": b"- &a x\n" * 90_000,
    "anchor-no-name": b"a: &\n",
    "tag-python": b"a: !!python/object/apply:os.system [ls]\n",
    "tag-root": b"!!map {antwoorden: {}}\n",
    "tag-unknown": b"a: !x!y z\n",
    "tag-verbatim": b"a: !<x\n",
    "tags-only": b"!" * 500_000,
    "merge": b"antwoorden: {<<: {a: 1}}\n",
    "directive-only": b"%YAML 1.2\n",
    "directive-version": b"%YAML 9.9\n---\na: b\n",
    "directive-long": b"%YAML 1." + b"9" * 5000 + b"\n---\na: b\n",
    "directive-odd": b"%FOO\n---\na: b\n",
    "directive-tag": b"%TAG ! tag:x,2000:\n---\na: b\n",
    "documents": b"a: b\n---\nc: d\n",
    "documents-empty": AFNAME + b"---\n",
    "after-the-end": AFNAME + b"...\nfoo\n",
    "bom-twice": b"\xef\xbb\xbf\xef\xbb\xbf" + AFNAME,
    "bom-inside": AFNAME + b"\xef\xbb\xbf",
    "bom-only": b"\xef\xbb\xbf",
    "utf-16": AFNAME.decode().encode("utf-16"),
    "utf-16-le": AFNAME.decode().encode("utf-16-le"),
    "utf-16-be": AFNAME.decode().encode("utf-16-be"),
    "utf-32": AFNAME.decode().encode("utf-32"),
    "latin-1": AFNAME + "open: {start-1: één}\n".encode("latin-1"),
    "nul": b"\0" * 1000,
    "nul-inside": AFNAME + b"\0",
    "bell": AFNAME + b"\x07",
    "terminal": AFNAME + b"\x1b[2J",
    "c1": AFNAME + "\x9b".encode(),
    "surrogate": AFNAME + b"\xed\xa0\x80",
    "surrogate-escape": AFNAME.replace(b"R-014", b'"\\ud800"'),
    "no-character": AFNAME.replace(b"R-014", b'"\\U00110000"'),
    "next-line": AFNAME.replace(b"\n", "\x85".encode()),
    "line-separator": AFNAME.replace(b"\n", "\u2028".encode()),
    "private-use": AFNAME + '"\ue000": 1\n'.encode(),
    "tab": b"antwoorden:\n\ta: 1\n",
    "tabs": b"\t\t\n",
    "quote-open": b'a: "foo\nb: c\n',
    "quote-open-single": b"a: 'foo\nb: c\n",
    "list-open": b"a: [1, 2\nb: c\n",
    "group-open": b"a: {1: 2\nb: c\n",
    "block-indent": b"a: |9x\n b\n",
    "block-zero": b"a: |0\n b\n",
    "int-huge": b"a: " + b"9" * 990_000,
    "int-4301": b"antwoorden: {a: " + b"9" * 4301 + b"}\n",
    "hex-huge": b"a: 0x" + b"f" * 5000,
    "float-huge": b"a: " + b"9" * 900_000 + b".0",
    "float-infinite": _HEAD + b"antwoorden: {autonomie-1: 1e999}\n",
    "not-a-number": _HEAD + b"antwoorden: {autonomie-1: .nan}\n",
    "underscore": _HEAD + b"antwoorden: {autonomie-1: 1_000}\n",
    "boolean": _HEAD + b"antwoorden: {autonomie-1: yes, autonomie-2: true, autonomie-3: on}\n",
    "float-answer": _HEAD + b"antwoorden: {autonomie-1: 1e0}\n",
    "date-answer": _HEAD + b"antwoorden: {autonomie-1: 2026-01-01}\n",
    "version-hex": b"vragenlijst: eigen-regie\nversie: 0xffffffffffffffff\nantwoorden: {}\n",
    "list-named": b'vragenlijst: [a]\nversie: "1"\nantwoorden: {}\n',
    "path-nul": b'vragenlijst: "a\\0/b.yaml"\nversie: "1"\nantwoorden: {}\n',
    "path-long": b'vragenlijst: "' + b"a" * 390 + b'.yaml"\nversie: "1"\nantwoorden: {}\n',
    "path-device": b'vragenlijst: /dev/zero\nversie: "1"\nantwoorden: {}\n',
    "path-folder": b'vragenlijst: ./\nversie: "1"\nantwoorden: {}\n',
    "empty": b"",
    "blank": b"   \n  \n",
    "comments": b"# foo\n# bar\n",
    "null": b"null\n",
    "dashes": b"---\n",
    "list": b"- a\n- b\n",
    "text": b"foo\n",
    "number": b"5\n",
    "list-empty": b"[]\n",
    "group-empty": b"{}\n",
    "too-big": b"#" * 1_000_001,
    "mb-newlines": b"\n" * 990_000,
    "mb-returns": b"\r" * 990_000,
    "mb-colons": b":\n" * 400_000,
    "mb-dashes": b"-\n" * 400_000,
    "mb-commas": b"[" + b"a," * 400_000,
    "mb-quotes": b'"' * 990_000,
    "mb-backslash": b'"' + b"\\" * 900_000,
    "mb-percent": b"%" * 900_000,
    "mb-close": b"]" * 900_000,
    "mb-plain": b"a: " + b"x y " * 240_000,
    "mb-folded": b"a: >\n" + b" a\n" * 300_000,
    "unknown-many": _HEAD + b"antwoorden:\n" + b"".join(b"  competentie-%d: 1\n" % i for i in range(9, 900)),
    "fields-many": AFNAME + b"".join(b"antwoorde%d: 1\n" % i for i in range(19_000)),
    "items-many": b"vragen:\n" + b" - {idd: v, tekst: t}\n" * 5000 + b"schalen: []\n",
    "steps-many": b"stappen:\n" + b" - {naa: 1, herkomst: {ids: x}}\n" * 3000,
}


def base_files() -> list[Path]:
    """The files that are mutated: every kind that a coach writes."""
    folders = ("data/vragenlijsten", "data/technieken", "data/sturing", "voorbeelden")
    return [p for f in folders for p in sorted((ROOT / f).glob("*.yaml")) if p.name != "met-fouten.yaml"]


def mutants(count: int = MUTANTS_A_FILE, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Every base file with one to four mutations, `count` times."""
    for path in base_files():
        chance, raw = random.Random(f"{seed} {path.name}"), path.read_bytes()
        for number in range(count):
            made = raw
            for _ in range(chance.choice((1, 1, 2, 4))):
                made = chance.choice(MUTATIONS)(chance, made)
            yield f"{path.stem}-{number}", made


def _flip_byte(chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(len(raw) or 1)
    return raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]


def _insert(chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(len(raw) + 1)
    odd = [b"\t", b"\0", b"\x1b", b"'", b'"', b"[", b"{", b"]", b"}", b":", b"&a ", b"*a", b"!x ", b"%", b"@", b"`",
           b"|", b">", b"? ", b"- ", b"#", b"\r", b"\n", b"---\n", b"<<: ", b"\xef\xbb\xbf", b"\xff", "é".encode(),
           "😀".encode(), "\u2028".encode(), b"01", b".inf", b"~"]  # fmt: skip
    return raw[:place] + chance.choice(odd) + raw[place:]


def _truncate(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw) or 1)]


def _on_lines(change: Callable[[random.Random, list[bytes], int], None]) -> Callable[[random.Random, bytes], bytes]:
    def mutate(chance: random.Random, raw: bytes) -> bytes:
        lines = raw.split(b"\n")
        change(chance, lines, chance.randrange(len(lines)))
        return b"\n".join(lines)

    return mutate


def _delete(_: random.Random, lines: list[bytes], at: int) -> None:
    del lines[at]


def _double(_: random.Random, lines: list[bytes], at: int) -> None:
    lines.insert(at, lines[at])


def _swap(chance: random.Random, lines: list[bytes], at: int) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(chance: random.Random, lines: list[bytes], at: int) -> None:
    lines[at] = chance.choice((b" ", b"   ", b"\t")) + lines[at]


def _dedent(_: random.Random, lines: list[bytes], at: int) -> None:
    lines[at] = lines[at][1:]


def _other_value(chance: random.Random, lines: list[bytes], at: int) -> None:
    name, colon, _ = lines[at].partition(b": ")
    odd = (b"1", b"1.5", b"true", b"[]", b"{}", b"", b"~", b"[a, b]", b"{a: b}", b"-1", b"99999", b'"x"', b"Foo Bar")
    lines[at] = name + (colon or b": ") + chance.choice(odd)


def _other_name(chance: random.Random, lines: list[bytes], at: int) -> None:
    name, colon, rest = lines[at].partition(b":")
    lines[at] = name + chance.choice((b"x", b"-1", b"_", b" a")) + colon + rest


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip_byte, _insert, _truncate,
    *map(_on_lines, (_delete, _double, _swap, _indent, _dedent, _other_value, _other_name)),
)  # fmt: skip
