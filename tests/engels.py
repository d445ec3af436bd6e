"""Finds English words in what the program says, so that a test can walk every command and error."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.cli.taal import DutchGroup

# Words of Typer, Pydantic and Python. Left out because Dutch has them too: is, in, of, was, help, test, status,
# argument, extra, open, start, type, model, input, object, list, date, no, at, die, want, met, over, to, as, be.
WORDS = re.findall(
    r"\w+",
    """
    about abort aborted allowed already and any are arguments available boolean cannot characters choose choice choices
    closed command commands completion confirmation could custom default deprecated did directory does either empty
    error errors exactly expected failed field fields file filename float for found from given got greater has have
    instance int integer invalid iterable key least length less message missing must name none not number one option
    options parse parsing path permission permitted please range read readable recognized repeat required requires
    exit run should show string such take takes text than that the this traceback true false try unable unexpected
    unknown usage use used valid value values warning when with without writable write wrong yes your
    """,
)
# Where each word alone could be Dutch.
PHRASES = ("is not", "no such", "at least", "at most", "out of", "env var", "has to be", "may not", "input should")

PATTERN = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in (*PHRASES, *WORDS)), re.IGNORECASE)
# Names are not sentences: options, paths and file names keep the words they have.
NAME = re.compile(r"(?<!\w)--?[a-z][\w-]*|\S*[/\\]\S*|\b[\w-]+\.(?:json|ya?ml|csv|tsv|txt|md|pdf|html|py|xlsx)\b")


def english_words(text: str) -> list[str]:
    """The English words in a text, in order, in lower case; empty if it is all Dutch."""
    return [found.group().lower() for found in PATTERN.finditer(NAME.sub(" ", text))]


def command_paths(group: "DutchGroup", path: tuple[str, ...] = ()) -> "Iterator[tuple[str, ...]]":
    """The words that lead to each command and group in it, the group itself first; imports every command."""
    from regiekit.cli.taal import DutchGroup, load

    yield path
    for name, entry in group.table.items():
        command = load(entry, name)
        if isinstance(command, DutchGroup):
            yield from command_paths(command, (*path, name))
        else:
            yield (*path, name)
