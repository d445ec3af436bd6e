"""Everything Typer says, in Dutch: help pages, usage errors, questions; and commands that load on demand.

A group of commands is declared in one table. The module of a command is imported when that command runs, so
`regiekit --help` and the other commands do not pay for it:

    regiekit = DutchGroup(
        "Gereedschap om eigen regie te meten en te bespreken.",
        {
            "zone": Lazy("regiekit.cli.zone:zone", "Welke sturing past bij deze mate van regie?"),
            "vragenlijst": Lazy("regiekit.cli.vragenlijst:vragenlijst", "Vragenlijsten bekijken en invullen."),
        },
    )

    raise SystemExit(run(regiekit, sys.argv[1:]))

A target is `module:name`, where the name is a plain typed function or another DutchGroup. The second text must be
the first line of the docstring (of the summary, for a group). A fixed set of words is an option with a parser:

    sturing: Annotated[str, typer.Option(parser=keuze("--sturing", ("strak", "gedeeld", "los")))] = "gedeeld"

Nothing but Typer is imported here: this module is loaded at every start.
"""

from __future__ import annotations

import errno
import inspect
import os
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from enum import Enum
from importlib import import_module
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from regiekit.errors import RegiekitError, harmless
from regiekit.schijf import NO_ROOM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from typer._click import Command, Context, HelpFormatter, Parameter

PROGRAM = "regiekit"
HELP_OPTION = "Toon deze uitleg en stop."
GROUP_HINT = "Uitleg bij één opdracht: {path} OPDRACHT --help"
WRONG_USE = 2
STOPPED = 130
LONG_DASHES = ("\u2013", "\u2014")

METAVARS = {
    "str": "TEKST",
    "int": "GETAL",
    "int range": "GETAL",
    "float": "GETAL",
    "float range": "GETAL",
    "path": "PAD",
    "file": "BESTAND",
    "filename": "BESTAND",
    "directory": "MAP",
    "datetime": "DATUM",
    "boolean": "1|0",
    "uuid": "CODE",
}

T = TypeVar("T")


# The screen ---------------------------------------------------------------------------------------------------------


class Scherm:
    """What came on the screen, for the menu: it tells where what was named can be chosen, and that much went by."""

    def __init__(self) -> None:
        self.in_menu = False
        self.lines = 0  # since the last question
        self.texts: list[str] = []  # kept only while the menu runs a command
        self.told: set[str] = set()  # what is said once, as long as the menu runs

    def note(self, text: str) -> None:
        """Something was printed."""
        self.lines += text.count("\n")
        if self.in_menu:
            self.texts.append(text)


SCHERM = Scherm()


# Words --------------------------------------------------------------------------------------------------------------


def printable(text: str) -> str:
    """The text on one line, with control characters made visible: arguments may hold anything."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(text.split("\n")))


def either(words: Iterable[str]) -> str:
    """'strak, gedeeld of los'."""
    *head, last = words
    return f"{', '.join(head)} of {last}" if head else last


def did_you_mean(word: str, known: Mapping[str, str]) -> str:
    """' (bedoelde je los?)' for the nearest of the known words, or nothing; `known` gives what to show for each."""
    near = get_close_matches(word.casefold(), known, n=1)
    return f" (bedoelde je {known[near[0]]}?)" if near else ""


def choose(word: str, words: Sequence[str], known: Mapping[str, str]) -> str:
    """The sentence for a word that is not one of the words to choose from."""
    return f"kies {either(words)}; {word!r} ken ik niet{did_you_mean(word, known)}"


class Refusal(typer.BadParameter):
    """A refused value whose message is a whole sentence: shown without the name of the option in front."""


class Keuze:
    """A parser for one of a fixed set of words; made by `keuze`."""

    def __init__(
        self, naam: str, waarden: tuple[str, ...], synoniemen: Mapping[str, str], verwar: Mapping[str, str]
    ) -> None:
        self.naam = naam.lstrip("-")
        self.waarden = waarden
        self.canonical = {word.casefold(): word for word in waarden}
        self.synoniemen = {word.casefold(): meant for word, meant in synoniemen.items()}
        self.verwar = {word.casefold(): meant for word, meant in verwar.items()}
        self.__name__ = "|".join(waarden)

    def __call__(self, value: str | Enum) -> str:
        """The canonical word; a synonym is accepted with a line on stderr, anything else raises BadParameter."""
        given = str(value.value if isinstance(value, Enum) else value).strip()
        word = given.casefold()
        if word in self.canonical:
            return self.canonical[word]
        if word in self.synoniemen:
            tell(beside(f"{PROGRAM}: ik lees {given!r} als {self.synoniemen[word]}."))
            return self.synoniemen[word]
        if word in self.verwar:
            raise Refusal(f"{given!r} is geen {self.naam}: bedoel je {self.verwar[word]}?")
        raise typer.BadParameter(choose(given, self.waarden, self.canonical | self.synoniemen))


def keuze(
    naam: str,
    waarden: object,
    synoniemen: Mapping[str, str] | None = None,
    verwar: Mapping[str, str] | None = None,
) -> Keuze:
    """A value for `typer.Option(parser=…)` that accepts one of `waarden`, in any case, and returns that word.

    `waarden` is a tuple of words, a Literal, or an Enum class (the parameter may be annotated with the same).
    `synoniemen` are read as another word, with a message; `verwar` are words of something else, refused by name.
    For an option that may be repeated: `list[str]` with this parser, as Typer cannot repeat a Literal.
    """
    return Keuze(naam, words_of(waarden), synoniemen or {}, verwar or {})


def words_of(kind: Any) -> tuple[str, ...]:
    """The words of a Literal, an Enum class, or anything that holds words."""
    return tuple(str(w.value) if isinstance(w, Enum) else str(w) for w in get_args(kind) or kind)


# What a parameter is ------------------------------------------------------------------------------------------------


def types_of(param: Parameter) -> tuple[Any, ...]:
    """The type of a parameter, or those of each place if it takes several values."""
    return tuple(getattr(param.type, "types", None) or (param.type,))


def choices_of(param: Parameter) -> tuple[str, ...]:
    """The words a parameter accepts; empty if it is free."""
    for kind in types_of(param):
        words = getattr(getattr(kind, "func", None), "waarden", None) or getattr(kind, "choices", None)
        if words:
            return words_of(words)
    return ()


def range_of(param: Parameter) -> str:
    """'1 tot en met 5', 'minstens 1', 'hoogstens 5', or nothing."""
    for kind in types_of(param):
        low, high = getattr(kind, "min", None), getattr(kind, "max", None)
        if low is not None and high is not None:
            return f"{low} tot en met {high}"
        if low is not None or high is not None:
            return f"hoogstens {high}" if low is None else f"minstens {low}"
    return ""


def is_repeated(param: Parameter) -> bool:
    """Whether a parameter takes more than one value."""
    return param.nargs == -1 or param.multiple


def metavar_of(param: Parameter) -> str:
    """What stands for the value: 'laag|midden|hoog', 'PAD', 'GETAL GETAL'; nothing for a flag."""
    if getattr(param, "is_flag", False) or getattr(param, "count", False):
        return ""
    words = choices_of(param)
    return param.metavar or "|".join(words) or " ".join(METAVARS.get(kind.name, "WAARDE") for kind in types_of(param))


def label_of(param: Parameter) -> str:
    """How a parameter is called in a sentence: '--regie', 'BESTAND'."""
    if isinstance(param, TyperArgument):
        return param.metavar or (param.name or "").replace("_", "-").upper()
    return max((*param.opts, *param.secondary_opts), key=len, default=param.name or "")


def default_of(param: Parameter) -> str:
    """The default as the user would type it; nothing if there is none, or if it should not be shown."""
    shown, default = getattr(param, "show_default", True), param.default
    if isinstance(shown, str):
        return shown
    if not shown or default is None or callable(default):
        return ""
    if getattr(param, "is_flag", False):
        return (param.opts if default else param.secondary_opts)[0] if param.secondary_opts else ""
    values = default if isinstance(default, (list, tuple)) else (default,)
    return ", ".join(words_of(str(int(value)) if isinstance(value, bool) else value for value in values))


# Help pages ---------------------------------------------------------------------------------------------------------


def terminal_width() -> int:
    """The width to write for: that of the terminal, between 40 and 100; 80 where there is none."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 40), 100)


def wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    """The text in lines of at most `width`, the first and the other lines each with their own indent.

    Words stay whole: a path or an option that is broken in two cannot be copied.
    """
    return fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def beside(line: str, bestand: str = "") -> str:
    """A line for standard error: on a terminal it ends between words, the name of a file whole; else it stays one."""
    if sys.stderr is None or not sys.stderr.isatty():
        return line
    kept = line.replace(bestand, bestand.replace(" ", "\0"), 1) if bestand else line
    return wrap(kept, terminal_width(), rest="  ").replace("\0", " ")


def known_width() -> int | None:
    """The width to write for where standard output is a terminal, or COLUMNS says it; None in another pipe or file."""
    is_known = sys.stdout is not None and (sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit())
    return terminal_width() if is_known else None


def fitted(text: str) -> str:
    """Lines for standard output: where the width is known each ends between words; else they stay as they are.

    A line that is indented (a path, a command to type over) stays whole.
    """
    width = known_width()
    if width is None:
        return text
    return "\n".join(
        line if len(line) <= width or line.startswith(" ") else wrap(line, width) for line in text.split("\n")
    )


def tell(line: str) -> None:
    """Print a line on standard error. Where nothing can be written there (a full disk), the work goes on without it."""
    SCHERM.note(f"{line}\n")
    try:
        sys.stderr.write(f"{line}\n")
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        discard(sys.stderr)


def notes_of(param: Parameter, choices: bool) -> str:
    """'[standaard: los] [mag herhaald]': what holds for a parameter besides its help."""
    listed, default, span = choices_of(param) if choices else (), default_of(param), range_of(param)
    notes = (
        listed and f"kies: {', '.join(listed)}",
        span,
        default and f"standaard: {default}",
        param.required and "verplicht",
        is_repeated(param) and "mag herhaald",
        getattr(param, "show_envvar", False) and param.envvar and f"uit de omgeving: {param.envvar}",
    )
    return " ".join(f"[{note}]" for note in notes if note)


def option_row(option: TyperOption, width: int) -> tuple[str, str]:
    """The names of an option and its explanation. Choices that do not fit beside the name go to the explanation."""
    opts = ", ".join(sorted(option.opts, key=len))
    names = " / ".join(filter(None, (opts, ", ".join(option.secondary_opts))))
    label = f"{names} {metavar_of(option)}".rstrip()
    fits = len(label) + 2 <= width
    if not fits and choices_of(option):
        label = f"{names} KEUZE"
    return label, f"{option.help or ''} {notes_of(option, choices=not fits)}".strip()


def argument_row(argument: TyperArgument) -> tuple[str, str]:
    """The name of an argument and its explanation."""
    return label_of(argument), f"{argument.help or ''} {notes_of(argument, choices=True)}".strip()


def columns(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Two columns; what is too long for the first column gets a line of its own."""
    limit = width * 2 // 5
    start = max((len(label) for label, _ in rows if len(label) <= limit), default=4) + 4
    for label, text in rows:
        head = f"  {label}"
        if len(head) + 2 > start or not text:
            yield head
            head = ""
        if text:
            yield wrap(text, width, head.ljust(start), " " * start)


def section(title: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """A heading with its rows; nothing where there are none."""
    if rows:
        yield f"\n{title}"
        yield from columns(rows, width)


def paragraphs(text: str, width: int) -> Iterator[str]:
    """A docstring as it is read: paragraphs filled, lists kept, indented lines (examples) left as they are."""
    for block in inspect.cleandoc(text).partition("\f")[0].split("\n\n"):
        yield ""
        for unit in re.split(r"\n(?=\s|- )", block):
            if unit.startswith(" "):
                yield f"  {unit.rstrip()}"
            else:
                yield wrap(" ".join(unit.split()), width, "  ", "    " if unit.startswith("- ") else "  ")


def usage_line(command: Command, ctx: Context, width: int) -> str:
    """'Gebruik: regiekit score [OPTIES] BESTAND...'."""
    pieces = [ctx.command_path, "[OPTIES]"]
    for param in command.params:
        if isinstance(param, TyperArgument) and not param.hidden:
            name = label_of(param) + ("..." if is_repeated(param) else "")
            pieces.append(name if param.required else f"[{name}]")
    if isinstance(command, TyperGroup):
        pieces.append("OPDRACHT ...")
    line = wrap(" ".join(pieces), width, "Gebruik: ", " " * 9)
    own = command.own_command() if isinstance(command, DutchGroup) else None
    return f"{usage_line(own, ctx, width)}\n{line.replace('Gebruik:', ' ' * 8, 1)}" if own else line


def help_page(command: Command, ctx: Context, width: int) -> str:
    """The whole help page of a command or a group, in lines of at most `width`."""
    own = command.own_command() if isinstance(command, DutchGroup) else None
    params = (own or command).get_params(ctx)
    arguments = [argument_row(p) for p in params if isinstance(p, TyperArgument) and not p.hidden]
    options = [option_row(p, width) for p in params if isinstance(p, TyperOption) and not p.hidden]
    commands = command.summaries() if isinstance(command, DutchGroup) else []
    epilog = command.epilog or (GROUP_HINT.format(path=ctx.command_path) if commands else "")
    lines = [
        usage_line(command, ctx, width),
        *paragraphs((own or command).help or "", width),
        *section("Argumenten:", arguments, width),
        *section("Opties:", options, width),
        *section("Opdrachten:", commands, width),
        *(paragraphs(epilog, width) if epilog else ()),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def dutch_help_option(option: TyperOption | None) -> TyperOption | None:
    """The --help option, explained in Dutch."""
    if option is not None:
        option.help = HELP_OPTION
        option.callback = show_help
    return option


def show_help(ctx: Context, param: Parameter, asked: bool) -> None:
    """Print the help page and stop. Typer's own way writes UTF-8 to a console that knows only ASCII."""
    if asked and not ctx.resilient_parsing:
        sys.stdout.write(f"{ctx.get_help()}\n")
        ctx.exit()


@contextmanager
def place_of_errors(ctx: Context) -> Iterator[None]:
    """Adds the command to an error of the parser: Typer leaves it out of those about a missing or unasked value."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", ctx) is None:
            vars(error)["ctx"] = ctx
        raise


# Commands and groups ------------------------------------------------------------------------------------------------


def dutch_param(param: Parameter) -> None:
    """Makes a parameter that Typer built fit for Dutch use: words in any case, no '--no-…', no English prompt."""
    for kind in types_of(param):
        if hasattr(kind, "case_sensitive"):
            kind.case_sensitive = False
    if getattr(param, "prompt", None):
        raise TypeError(f"{param.name}: Typer's prompt= speaks English; use ask() or confirm() in the command")
    # A switch that is off by default needs no second name; one that is on is switched off with '--geen-…'.
    if all(name.startswith("--no-") for name in param.secondary_opts):
        dutch = [f"--geen-{name.removeprefix('--no-')}" for name in param.secondary_opts]
        param.secondary_opts = dutch if param.default else []


class DutchCommand(TyperCommand):
    """A command whose help page is Dutch; pass it as `cls=` to Typer, or use `command_from`."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for param in self.params:
            dutch_param(param)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        with place_of_errors(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return dutch_help_option(super().get_help_option(ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(help_page(self, ctx, terminal_width()))


class Lazy(NamedTuple):
    """One command in the table of a group: where it is, and the one line about it."""

    target: str
    """`module:name` of a plain typed function or of a DutchGroup."""
    summary: str
    """The first line of the docstring of that function (or of the summary of that group)."""
    hidden: bool = False
    """Works, but is not listed."""


class DutchGroup(TyperGroup):
    """Commands under one name, with a Dutch help page; see the top of this module for an example.

    `table` gives a Lazy (or at once a DutchGroup) for each name, in the order of the help page. `callback` is a plain
    typed function for options of the group itself; with `invoke_without_command` it also runs without a command (ask
    for a `typer.Context` and look at `invoked_subcommand`). `no_args_is_help` shows the help page in that case.

    `default` is what runs when the first word is no command but a file or an option: `regiekit groep tabel.csv`. It
    shares the help page of the group, and the summary of the group is the first line of its docstring.
    """

    def __init__(
        self,
        summary: str,
        table: Mapping[str, Lazy | DutchGroup],
        *,
        callback: Callable[..., object] | None = None,
        invoke_without_command: bool = False,
        no_args_is_help: bool = False,
        epilog: str | None = None,
        default: str | None = None,
    ) -> None:
        own = command_from(callback, PROGRAM) if callback else None
        super().__init__(
            help=summary,
            callback=own.callback if own else None,
            params=own.params if own else None,
            invoke_without_command=invoke_without_command,
            no_args_is_help=no_args_is_help,
            epilog=epilog,
            rich_markup_mode=None,
        )
        self.table = table
        self.default = default

    def own_command(self) -> Command | None:
        """What runs without the name of a command, imported now; None where that is nothing."""
        return load(Lazy(self.default, self.help or ""), self.name or "") if self.default else None

    def meant(self, args: list[str]) -> tuple[Command, list[str]]:
        """This group, or what runs without the name of a command, with the words that go to it."""
        first = args[0] if args else ""
        if not self.default or not first or first in self.table:
            return self, args
        if "--help" in args:
            return self, ["--help"]
        is_word = re.fullmatch(r"[\w-]+", first) and first[0] != "-" and not os.path.lexists(first)
        return (self if is_word else self.own_command() or self), args

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return (name, *command.meant(rest)) if isinstance(command, DutchGroup) else (name, command, rest)

    def summaries(self) -> list[tuple[str, str]]:
        """Name and one line of each command that is listed; imports nothing."""
        rows = [(n, e.summary if isinstance(e, Lazy) else e.help or "", e.hidden) for n, e in self.table.items()]
        return [(name, text.strip().partition("\n")[0]) for name, text, hidden in rows if not hidden]

    def list_commands(self, ctx: Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of that name, imported now if it was not yet; None if there is none."""
        if cmd_name not in self.commands and cmd_name in self.table:
            self.commands[cmd_name] = load(self.table[cmd_name], cmd_name)
        return self.commands.get(cmd_name)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        with place_of_errors(ctx):
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        return dutch_help_option(super().get_help_option(ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(help_page(self, ctx, terminal_width()))


def command_from(function: Callable[..., object], name: str) -> DutchCommand:
    """A plain typed function as a command of that name."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=DutchCommand)(function)
    command = get_command(app)
    assert isinstance(command, DutchCommand)
    return command


def load(entry: Lazy | DutchGroup, name: str) -> Command:
    """The command behind an entry of the table, under the name it has there."""
    target: Any = entry
    if isinstance(entry, Lazy):
        module, _, attribute = entry.target.partition(":")
        target = getattr(import_module(module), attribute)
    if not isinstance(target, DutchGroup):
        return command_from(target, name)
    target.name = name
    return target


# Errors -------------------------------------------------------------------------------------------------------------


def os_reason(error: BaseException | None) -> str:
    """Why a file could not be opened, without the English of the operating system."""
    if isinstance(error, FileNotFoundError):
        return "bestaat niet"
    filename = getattr(error, "filename", None)
    if isinstance(error, IsADirectoryError) or (filename and Path(filename).is_dir()):  # Windows refuses access instead
        return "is een map, geen bestand"
    return "is niet toegankelijk" if isinstance(error, PermissionError) else "kan niet worden geopend"


def bad_choice(error: Any, found: re.Match[str]) -> str:
    """A word that is not one of the choices."""
    words = choices_of(error.param)
    return choose(found[1].strip("'\""), words, {word.casefold(): word for word in words})


def bad_range(error: Any, found: re.Match[str]) -> str:
    """A number outside the range."""
    return f"{found[1]} kan niet: het moet {range_of(error.param)} zijn"


def bad_float(error: Any, found: re.Match[str]) -> str:
    """A decimal comma is what a Dutch user types first; say what to type instead."""
    with_point = found[1].strip("'").replace(",", ".")
    hint = f": schrijf {with_point}" if re.fullmatch(r"-?\d+\.\d+", with_point) else ""
    return f"{found[1]} is geen getal{hint}"


def bad_date(error: Any, found: re.Match[str]) -> str:
    """A date in another form than asked."""
    codes = {"%Y": "jjjj", "%m": "mm", "%d": "dd", "%H": "uu", "%M": "mm", "%S": "ss", "T": "T"}
    forms = (re.sub("%.", lambda code: codes.get(code[0], code[0]), form) for form in error.param.type.formats)
    return f"{found[1]} is geen datum: schrijf {either(forms)}"


def bad_file(error: Any, found: re.Match[str]) -> str:
    """A file that cannot be opened."""
    return f"{found[1]} {os_reason(error.__context__)}"


BAD_VALUES: tuple[tuple[str, str | Callable[[Any, re.Match[str]], str]], ...] = (
    # What Typer says about a value (the value in it is a repr) and what we say; compiled only when there is an error.
    (r"(.+) is not one of .+", bad_choice),
    (r"(.+) is not a valid int(?:eger)?(?: range)?\.", "{0} is geen heel getal"),
    (r"(.+) is not a valid float(?: range)?\.", bad_float),
    (r"(.+) is not a valid boolean\..*", "{0} kan hier niet: kies 1 (ja) of 0 (nee)"),
    (r"(.+) is not a valid UUID\.", "{0} is geen geldige code (UUID)"),
    (r"(.+) does not match the formats .+", bad_date),
    (r"(.+) is not in the range .+", bad_range),
    (r"(?:File|Directory|Path) (.+) does not exist\.", "{0} bestaat niet"),
    (r"(?:File|Directory|Path) (.+) is a file\.", "{0} is een bestand, geen map"),
    (r"(?:File|Directory|Path) (.+) is a directory\.", "{0} is een map, geen bestand"),
    (r"(?:File|Directory|Path) (.+) is not readable\.", "{0} mag niet gelezen worden (geen toegang)"),
    (r"(?:File|Directory|Path) (.+) is not writable\.", "in {0} mag niet geschreven worden (geen toegang)"),
    (r"(\d+) values are required, but (\d+) given\.", "hier horen {0} waarden, ik kreeg er {1}"),
    (r"Takes (\d+) values but (\d+) given\.", "hier horen {0} waarden, ik kreeg er {1}"),
)


def reason(error: Any) -> str:
    """What is wrong with a value. A message that Typer did not make is Dutch already and stays as it is."""
    kind = type(error.param.type).__name__ if error.param else ""
    typers_own = not error.__suppress_context__  # a parser that says it in its own words raises "from"
    if kind == "FuncParamType" and typers_own and isinstance(error.__context__, ValueError):
        return f"{error.message!r} kan ik niet lezen"
    if kind == "File" and isinstance(error.__context__, OSError):
        return re.sub(r"^('.*'): .*$", lambda found: bad_file(error, found), error.message)
    for pattern, answer in BAD_VALUES:
        if found := re.fullmatch(pattern, error.message, re.DOTALL):
            return answer.format(*found.groups()) if isinstance(answer, str) else answer(error, found)
    return str(error.message)


_SPOKEN = {"CODE": "de code", "NIVEAU": "het niveau", "NUMMER": "het nummer"}


def hint_of(error: Any) -> str:
    """The parameter an error is about, in words of the user; nothing if it is not known."""
    hint = error.param_hint
    if hint:
        return str(hint) if isinstance(hint, str) else " / ".join(hint)
    label = label_of(error.param) if error.param else ""
    return _SPOKEN.get(label, label)


def bad_parameter(error: Any) -> str:
    """A value that is refused, with the parameter in front."""
    hint = hint_of(error)
    return f"{hint}: {reason(error)}" if hint else reason(error)


def missing_parameter(error: Any) -> str:
    """A parameter that must be given."""
    words = choices_of(error.param) if error.param else ()
    return f"{hint_of(error) or 'een waarde'} ontbreekt{f': kies {either(words)}' if words else ''}"


def no_such_option(error: Any) -> str:
    """Names the nearest option; '-regie' and '-r' point at '--regie'."""
    name, near = error.option_name, sorted(error.possibilities or ())
    if not near and error.ctx is not None:
        names = [opt for param in error.ctx.command.get_params(error.ctx) for opt in param.opts]
        near = [opt for opt in names if len(name) == 2 and opt.startswith(f"--{name[1:]}")]
    return f"de optie {name} bestaat niet" + (f" (bedoelde je {either(near)}?)" if near else "")


def bad_option_usage(error: Any) -> str:
    """An option without its value, with too few, or with a value that it does not take."""
    name, several = error.option_name, re.search(r"requires (\d+) arguments", error.message)
    if "does not take a value" in error.message:
        return f"achter {name} hoort geen waarde"
    params = error.ctx.command.get_params(error.ctx) if error.ctx else ()
    words = next((choices_of(param) for param in params if name in param.opts), ())
    return f"achter {name} {f'horen {several[1]} waarden' if several else 'hoort een waarde'}" + (
        f": kies {either(words)}" if words else ""
    )


def bad_argument_usage(error: Any) -> str:
    """An argument with too few or too many values."""
    found = re.fullmatch(r"Argument '(.+)' takes (\d+) values\.", error.message)
    return f"bij {found[1].replace('_', '-').upper()} horen {found[2]} waarden" if found else str(error.message)


def file_error(error: Any) -> str:
    """A file that a command could not open."""
    return f"{error.ui_filename!r} {os_reason(error.__cause__ or error.__context__)}"


def no_such_command(error: Any, word: str) -> str:
    """An unknown command, with the nearest one."""
    group = error.ctx.command
    near = did_you_mean(word, {name: name for name, _ in group.summaries()})
    if group.default:
        return f"{word!r} is geen bestand dat er is, en geen opdracht{near}"
    return f"de opdracht {word} bestaat niet{near}"


def extra_arguments(error: Any, words: str) -> str:
    """'laag' without '--regie' before it, or a dash that a word processor made longer, is what goes wrong most."""
    if words.startswith(LONG_DASHES):
        return f"{words!r} begint met een lang streepje: typ --{words.lstrip('-' + ''.join(LONG_DASHES))}"
    first = words.split(" ")[0].casefold()
    options = (p for p in error.ctx.command.params if isinstance(p, TyperOption) and first in choices_of(p))
    near = next((f" (bedoelde je {label_of(option)} {first}?)" for option in options), "")
    return f"{words!r} is hier te veel{near}"


def other_usage(error: Any) -> str:
    """The usage errors that Typer gives no class of their own."""
    if found := re.fullmatch(r"No such command (?:'|\")(.*?)(?:'|\")\.(?: Did you mean .*)?", error.message):
        return no_such_command(error, found[1])
    if found := re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", error.message):
        return extra_arguments(error, found[1])
    if error.message == "Missing command.":
        return f"kies een opdracht: {either(name for name, _ in error.ctx.command.summaries())}"
    return str(error.message)


# By name of the class: Typer keeps most of its exception classes private.
ERRORS: dict[str, Callable[[Any], str]] = {
    "Refusal": lambda error: str(error.message),
    "MissingParameter": missing_parameter,
    "BadParameter": bad_parameter,
    "NoSuchOption": no_such_option,
    "BadOptionUsage": bad_option_usage,
    "BadArgumentUsage": bad_argument_usage,
    "FileError": file_error,
    "UsageError": other_usage,
    "Abort": lambda error: "Gestopt.",
}


def usage_message(error: BaseException) -> str:
    """One Dutch line for any exception of Typer; for another exception its own text."""
    for kind in type(error).__mro__:
        if kind.__name__ in ERRORS:
            return printable(ERRORS[kind.__name__](error))
    return printable(str(error))


# Questions ----------------------------------------------------------------------------------------------------------


def on_terminal() -> bool:
    """Whether a person can be asked: both the questions and the answers go over a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()


def ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Asks until `read` accepts the answer (a Keuze will do); what it refuses with BadParameter is said in Dutch."""
    shown = question + (f" [{default}]" if default else "") + ("" if question.endswith(("?", ")")) else ":")
    while True:
        prompt = harmless(wrap(shown, terminal_width() - 2))  # room for a space and a letter
        answer = typer.prompt(prompt, default=default, type=str, show_default=False, prompt_suffix=" ")
        SCHERM.lines = 0
        try:
            return read(answer)
        except typer.TyperException as error:
            tell(beside(usage_message(error)))
        except RegiekitError as error:
            tell(beside(printable(str(error))))


def read_words(answer: str) -> str:
    """An answer in words; BadParameter for a lone 0 or ?, which is typed by who wants back or an explanation."""
    if answer.strip() in ("0", "?"):
        raise typer.BadParameter("Typ je antwoord in woorden. Enter slaat over, als dat kan. Ctrl en C stopt.")
    return answer


def read_yes_no(answer: str) -> bool:
    """True for j or ja, False for n or nee; else BadParameter."""
    word = answer.strip().casefold()
    if word not in ("j", "ja", "n", "nee"):
        raise typer.BadParameter("typ j of n")
    return word.startswith("j")


def confirm(question: str, default: bool = False) -> bool:
    """A question with yes or no as answer: j, ja, n, nee, or Enter for the default."""
    return ask(f"{question} (j/n)", read_yes_no, "j" if default else "n")


# Running ------------------------------------------------------------------------------------------------------------


def run(command: TyperCommand | TyperGroup, arguments: Sequence[str]) -> int:
    """Runs the program and returns its exit code: 2 for wrong use, 130 when stopped, else that of typer.Exit.

    A command that returns a whole number gives that as exit code. A closed pipe is 0, and silent. Exceptions that are
    not Typer's propagate.
    """
    stdout, stderr = sys.stdout, sys.stderr
    try:
        code = run_guarded(command, arguments)
        if stdout is not None:
            stdout.flush()  # here, and not when Python ends: there a closed pipe can no longer be caught
        return code
    except (OSError, SystemExit) as error:
        # On a closed pipe Typer wraps the streams and leaves with SystemExit, also when it is not standalone.
        if not is_closed_pipe(error.__context__ if isinstance(error, SystemExit) else error):
            raise
        sys.stdout, sys.stderr = stdout, stderr
        discard(stdout)
        discard(stderr)
        return 0


def run_guarded(command: TyperCommand | TyperGroup, arguments: Sequence[str]) -> int:
    """The exit code of the program, with what Typer raises said in Dutch."""
    try:
        result = command.main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except typer.TyperException as error:
        return report(error)
    except (typer.Abort, KeyboardInterrupt, EOFError):
        result = STOPPED
    code = result if isinstance(result, int) and not isinstance(result, bool) else 0
    if code == STOPPED:  # Typer turns Ctrl-C into this code without a word
        below_the_question = sys.stderr is not None and sys.stderr.isatty()
        tell("\nGestopt." if below_the_question else "Gestopt.")
    return code


def report(error: typer.TyperException) -> int:
    """Says what is wrong with the use of the program, and where its help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(f"{error.message}\n")
        return 0
    ctx: Context | None = getattr(error, "ctx", None)
    tell(beside(f"{PROGRAM}: {usage_message(error)}"))
    tell(f"Hulp: {ctx.command_path if ctx else PROGRAM} --help")
    return WRONG_USE


def is_closed_pipe(error: BaseException | None) -> bool:
    """Whether the reader of our output went away (`| head`); Windows says EINVAL, without a file name."""
    if not isinstance(error, OSError):
        return False
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and error.filename is None)


def discard(stream: Any) -> None:
    """Points a stream at nothing, so that what is left in its buffer gives no 'Exception ignored' at the end."""
    with suppress(AttributeError, OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
