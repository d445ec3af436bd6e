"""Everything Typer says is Dutch: over a small program that has every kind of parameter."""

import errno
import os
import subprocess
import sys
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import pytest
import typer

from engels import command_paths, english_words
from regiekit.cli.taal import DutchGroup, Keuze, Lazy, ask, confirm, keuze, read_yes_no, run, usage_message, words_of

Regie = Literal["laag", "midden", "hoog"]
STURING = keuze("--sturing", ("strak", "gedeeld", "los"), {"middel": "gedeeld"}, {"laag": "los"})


class Moment(Enum):
    START = "start"
    EINDE = "einde"


# The program -------------------------------------------------------------------------------------------------------


def zone(
    regie: Annotated[Regie | None, typer.Option(help="Hoeveel regie de cliënt nu neemt.")] = None,
    sturing: Annotated[str, typer.Option("--sturing", "-s", help="Hoe jij stuurt.", parser=STURING)] = "gedeeld",
    waarneming: Annotated[
        Literal["aansluiting", "uitdaging", "stress", "verveling", "irritatie"] | None,
        typer.Option(help="Wat je ziet."),
    ] = None,
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    kleur: Annotated[bool, typer.Option(help="Met kleur.")] = True,
    stil: Annotated[bool, typer.Option(help="Zonder uitleg.")] = False,
) -> None:
    """Welke sturing past bij deze mate van regie?

    De hele matrix, met [adem] en [/tot] en *sterren* zoals ze hier staan, over meer
    dan één regel.

    - een punt dat zo lang is dat het op een smal scherm over meer dan één regel moet lopen
    - nog een punt

        regiekit zone --regie laag
    """
    typer.echo(f"{regie} {sturing} {waarneming} {als_json} {kleur} {stil}")


def score(
    bestand: Annotated[list[Path], typer.Argument(help="De ingevulde lijsten.", exists=True, dir_okay=False)],
    grens: Annotated[float, typer.Option(min=0, max=1, help="Hoeveel vragen beantwoord moeten zijn.")] = 0.8,
    aantal: Annotated[int, typer.Option(min=1)] = 1,
    hoogste: Annotated[int | None, typer.Option(max=9)] = None,
    vrij: Annotated[float, typer.Option()] = 1.5,
    uit: Annotated[Path | None, typer.Option(help="Waar het heen gaat.", file_okay=False, exists=True)] = None,
    schaal: Annotated[list[str] | None, typer.Option(help="Alleen deze schaal.")] = None,
    paar: Annotated[tuple[int, str], typer.Option()] = (1, "a"),
    moment: Annotated[Moment, typer.Option(help="Het meetmoment.")] = Moment.START,
    datum: Annotated[datetime | None, typer.Option(help="De datum.", formats=["%Y-%m-%d"])] = None,
    nummer: Annotated[UUID | None, typer.Option()] = None,
    soort: Annotated[int, typer.Option(parser=int, metavar="SOORT")] = 1,
    geheim: Annotated[str | None, typer.Option(hidden=True)] = None,
    naam: Annotated[str | None, typer.Option(envvar="REGIEKIT_NAAM", show_envvar=True)] = None,
) -> None:
    """Reken uit wat een lijst zegt."""
    typer.echo(f"{len(bestand)} {grens} {aantal} {uit} {schaal} {paar} {moment} {datum}")


def schema(
    soort: Annotated[Literal["techniek", "vragenlijst"], typer.Argument(help="Waarvan.")],
    van_tot: Annotated[tuple[int, int] | None, typer.Argument(help="Van en tot.")] = None,
) -> None:
    """Het schema van een bestand."""
    typer.echo(f"{soort} {van_tot}")


def toon(
    naam: Annotated[str, typer.Option(help="Welke lijst.")],
    regie: Annotated[Regie, typer.Option(help="Hoeveel regie.")],
    aan: Annotated[bool, typer.Argument(help="Aan of niet.")] = False,
) -> None:
    """Toon een lijst."""
    typer.echo(f"{naam} {regie} {aan}")


def lees(bestand: Annotated[typer.FileText, typer.Argument(help="Het bestand.")]) -> None:
    """Lees een bestand."""
    typer.echo(bestand.read())


def stop(hoe: str) -> None:
    """Stop op een manier."""
    ways: dict[str, BaseException] = {
        "afgebroken": typer.Abort(),
        "toetsen": KeyboardInterrupt(),
        "einde": EOFError(),
        "code": typer.Exit(4),
        "pijp": BrokenPipeError(errno.EPIPE, "weg"),
        "fout": ZeroDivisionError("een bug"),
        "schijf": OSError(errno.ENOSPC, "vol"),
        "eigen": typer.BadParameter("die lijst\nis er niet", param_hint="--lijst"),
        "los": typer.BadParameter("die lijst is er niet"),
    }
    raise ways[hoe]


def tel() -> int:
    """Geef een code terug."""
    return 3


def app() -> DutchGroup:
    """The program, made anew: no command is loaded yet."""
    lijsten = DutchGroup(
        "Vragenlijsten bekijken.\n\nEen tweede alinea.",
        {"toon": Lazy("test_taal:toon", "Toon een lijst."), "lees": Lazy("test_taal:lees", "Lees een bestand.")},
    )
    table: dict[str, Lazy | DutchGroup] = {
        "zone": Lazy("test_taal:zone", "Welke sturing past bij deze mate van regie?"),
        "score": Lazy("test_taal:score", "Reken uit wat een lijst zegt."),
        "schema": Lazy("test_taal:schema", "Het schema van een bestand."),
        "vragenlijst": lijsten,
        "stop": Lazy("test_taal:stop", "Stop op een manier.", hidden=True),
        "tel": Lazy("test_taal:tel", "Geef een code terug."),
    }
    return DutchGroup("Gereedschap voor coaches.", table)


class Said:
    """What one call said and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    """Runs the program with a line of arguments (split on spaces) or with a list of them."""

    def call(line: str | list[str], program: DutchGroup | None = None) -> Said:
        code = run(program or app(), line.split() if isinstance(line, str) else line)
        return Said(code, *capsys.readouterr())

    return call


# Help pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("path", list(command_paths(app())), ids=" ".join)
def test_every_help_page_is_dutch_and_fits(path, width, say, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    said = say([*path, "--help"])
    assert (said.code, said.err) == (0, "")
    assert english_words(said.out) == []
    assert said.out.startswith("Gebruik: regiekit " + " ".join(path))
    assert "Toon deze uitleg en stop." in " ".join(said.out.split())
    assert max(map(len, said.out.splitlines())) <= width
    assert "\x1b" not in said.out


def test_help_of_the_program(say, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert say("--help").out == (
        "Gebruik: regiekit [OPTIES] OPDRACHT ...\n"
        "\n"
        "  Gereedschap voor coaches.\n"
        "\n"
        "Opties:\n"
        "  --help  Toon deze uitleg en stop.\n"
        "\n"
        "Opdrachten:\n"
        "  zone         Welke sturing past bij deze mate van regie?\n"
        "  score        Reken uit wat een lijst zegt.\n"
        "  schema       Het schema van een bestand.\n"
        "  vragenlijst  Vragenlijsten bekijken.\n"
        "  tel          Geef een code terug.\n"
        "\n"
        "  Uitleg bij één opdracht: regiekit OPDRACHT --help\n"
    )


def test_help_of_a_command_at_80_columns(say, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert say("zone --help").out == (
        "Gebruik: regiekit zone [OPTIES]\n"
        "\n"
        "  Welke sturing past bij deze mate van regie?\n"
        "\n"
        "  De hele matrix, met [adem] en [/tot] en *sterren* zoals ze hier staan, over\n"
        "  meer dan één regel.\n"
        "\n"
        "  - een punt dat zo lang is dat het op een smal scherm over meer dan één regel\n"
        "    moet lopen\n"
        "  - nog een punt\n"
        "\n"
        "      regiekit zone --regie laag\n"
        "\n"
        "Opties:\n"
        "  --regie laag|midden|hoog         Hoeveel regie de cliënt nu neemt.\n"
        "  -s, --sturing strak|gedeeld|los  Hoe jij stuurt. [standaard: gedeeld]\n"
        "  --waarneming aansluiting|uitdaging|stress|verveling|irritatie\n"
        "                                   Wat je ziet.\n"
        "  --json                           Als JSON.\n"
        "  --kleur / --geen-kleur           Met kleur. [standaard: --kleur]\n"
        "  --stil                           Zonder uitleg.\n"
        "  --help                           Toon deze uitleg en stop.\n"
    )


def test_choices_that_do_not_fit_go_to_the_explanation(say, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    text = " ".join(say("zone --help").out.split())
    assert "--waarneming KEUZE Wat je ziet. [kies: aansluiting, uitdaging, stress, verveling, irritatie]" in text
    assert "--regie laag|midden|hoog" in text


def test_what_holds_for_a_parameter(say, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    text = say("score --help").out
    assert "Gebruik: regiekit score [OPTIES] BESTAND...\n" in text
    notes = {" ".join(line.split()) for line in text.splitlines()}
    assert {
        "BESTAND De ingevulde lijsten. [verplicht] [mag herhaald]",
        "--grens GETAL Hoeveel vragen beantwoord moeten zijn. [0 tot en met 1] [standaard: 0.8]",
        "--aantal GETAL [minstens 1] [standaard: 1]",
        "--hoogste GETAL [hoogstens 9]",
        "--uit MAP Waar het heen gaat.",
        "--schaal TEKST Alleen deze schaal. [mag herhaald]",
        "--paar GETAL TEKST [standaard: 1, a]",
        "--moment start|einde Het meetmoment. [standaard: start]",
        "--datum DATUM De datum.",
        "--soort SOORT [standaard: 1]",
        "--naam TEKST [uit de omgeving: REGIEKIT_NAAM]",
    } <= notes
    assert "geheim" not in text
    text = " ".join(say("schema --help").out.split())
    assert "regiekit schema [OPTIES] SOORT [VAN-TOT]" in text
    assert "SOORT Waarvan. [kies: techniek, vragenlijst] [verplicht]" in text


def test_a_group_without_command_may_show_its_help(say):
    program = DutchGroup("Kort.", {"zone": Lazy("test_taal:zone", "Welke.")}, no_args_is_help=True)
    said = say("", program)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Gebruik: regiekit [OPTIES] OPDRACHT ...\n\n  Kort.")


def test_a_group_may_have_options_of_its_own(say):
    def main(ctx: typer.Context, versie: Annotated[bool, typer.Option("--versie", help="De versie.")] = False) -> None:
        typer.echo(f"versie {versie} {ctx.invoked_subcommand}")

    program = DutchGroup("Kort.", {"tel": Lazy("test_taal:tel", "Tel.")}, callback=main, invoke_without_command=True)
    assert say("--versie", program).out == "versie True None\n"
    assert say("tel", program).out == "versie False tel\n"
    assert "  --versie  De versie.\n" in say("--help", program).out


@pytest.mark.parametrize(("asked", "used"), [("20", 40), ("70", 70), ("300", 100)])
def test_width_is_that_of_the_terminal_within_bounds(asked, used, say, monkeypatch):
    monkeypatch.setenv("COLUMNS", asked)
    words = "woord " * 60
    lines = say("--help", DutchGroup(words, {})).out.splitlines()
    assert used - 6 < max(map(len, lines)) <= used


# Errors ------------------------------------------------------------------------------------------------------------

FAULTS = [
    # arguments, what is said, whose help is named
    ("", "kies een opdracht: zone, score, schema, vragenlijst of tel", ""),
    ("vragenlijst", "kies een opdracht: toon of lees", "vragenlijst"),
    ("zonne", "de opdracht zonne bestaat niet (bedoelde je zone?)", ""),
    ("xyz", "de opdracht xyz bestaat niet", ""),
    (["it's"], "de opdracht it's bestaat niet", ""),
    ([""], "de opdracht  bestaat niet", ""),
    ("vragenlijst tonen", "de opdracht tonen bestaat niet (bedoelde je toon?)", "vragenlijst"),
    ("--hlp", "de optie --hlp bestaat niet (bedoelde je --help?)", ""),
    ("zone --rege=laag", "de optie --rege bestaat niet (bedoelde je --regie?)", "zone"),
    ("zone -regie laag", "de optie -r bestaat niet (bedoelde je --regie?)", "zone"),
    ("zone --xyzzy", "de optie --xyzzy bestaat niet", "zone"),
    ("zone --no-kleur", "de optie --no-kleur bestaat niet (bedoelde je --geen-kleur of --kleur?)", "zone"),
    ("zone laag", "'laag' is hier te veel (bedoelde je --regie laag?)", "zone"),
    ("zone een twee", "'een twee' is hier te veel", "zone"),
    (["zone", ""], "'' is hier te veel", "zone"),
    ("zone \u2013regie laag", "'\u2013regie laag' begint met een lang streepje: typ --regie laag", "zone"),
    ("zone --regie", "achter --regie hoort een waarde: kies laag, midden of hoog", "zone"),
    ("zone --json=ja", "achter --json hoort geen waarde", "zone"),
    ("score x --paar 1", "achter --paar horen 2 waarden", "score"),
    ("score x --uit", "achter --uit hoort een waarde", "score"),
    ("zone --regie hog", "--regie: kies laag, midden of hoog; 'hog' ken ik niet (bedoelde je hoog?)", "zone"),
    ("zone --regie leeg", "--regie: kies laag, midden of hoog; 'leeg' ken ik niet", "zone"),
    (["zone", "--regie", ""], "--regie: kies laag, midden of hoog; '' ken ik niet", "zone"),
    ("zone --sturing laag", "'laag' is geen sturing: bedoel je los?", "zone"),
    ("zone -s stark", "--sturing: kies strak, gedeeld of los; 'stark' ken ik niet (bedoelde je strak?)", "zone"),
    ("zone -s midel", "--sturing: kies strak, gedeeld of los; 'midel' ken ik niet (bedoelde je gedeeld?)", "zone"),
    ("score", "BESTAND ontbreekt", "score"),
    ("score weg.csv", "BESTAND: 'weg.csv' bestaat niet", "score"),
    ("score .", "BESTAND: '.' is een map, geen bestand", "score"),
    ("score a.csv --uit a.csv", "--uit: 'a.csv' is een bestand, geen map", "score"),
    ("score a.csv --grens 0,5", "--grens: '0,5' is geen getal: schrijf 0.5", "score"),
    ("score a.csv --vrij veel", "--vrij: 'veel' is geen getal", "score"),
    ("score a.csv --grens 2", "--grens: 2.0 kan niet: het moet 0 tot en met 1 zijn", "score"),
    ("score a.csv --aantal 0", "--aantal: 0 kan niet: het moet minstens 1 zijn", "score"),
    ("score a.csv --hoogste 10", "--hoogste: 10 kan niet: het moet hoogstens 9 zijn", "score"),
    ("score a.csv --aantal x", "--aantal: 'x' is geen heel getal", "score"),
    ("score a.csv --paar x y", "--paar: 'x' is geen heel getal", "score"),
    ("score a.csv --moment eind", "--moment: kies start of einde; 'eind' ken ik niet (bedoelde je einde?)", "score"),
    ("score a.csv --datum 1-2-2026", "--datum: '1-2-2026' is geen datum: schrijf jjjj-mm-dd", "score"),
    ("score a.csv --nummer 12", "--nummer: '12' is geen geldige code (UUID)", "score"),
    ("score a.csv --soort x", "--soort: 'x' kan ik niet lezen", "score"),
    ("schema", "SOORT ontbreekt: kies techniek of vragenlijst", "schema"),
    ("schema tekniek", "SOORT: kies techniek of vragenlijst; 'tekniek' ken ik niet (bedoelde je techniek?)", "schema"),
    ("schema techniek 1", "bij VAN-TOT horen 2 waarden", "schema"),
    ("vragenlijst toon --regie laag", "--naam ontbreekt", "vragenlijst toon"),
    ("vragenlijst toon --naam x", "--regie ontbreekt: kies laag, midden of hoog", "vragenlijst toon"),
    (
        "vragenlijst toon --naam x --regie laag misschien",
        "AAN: 'misschien' kan hier niet: kies 1 (ja) of 0 (nee)",
        "vragenlijst toon",
    ),
    ("vragenlijst lees weg.txt", "BESTAND: 'weg.txt' bestaat niet", "vragenlijst lees"),
    ("vragenlijst lees .", "BESTAND: '.' is een map, geen bestand", "vragenlijst lees"),
    ("stop eigen", "--lijst: die lijst is er niet", "stop"),
    ("stop los", "die lijst is er niet", "stop"),
    (["zone", "--x\x1b[31m"], "de optie --x\\x1b[31m bestaat niet", "zone"),
]


@pytest.mark.parametrize(("line", "message", "path"), FAULTS, ids=[str(fault[0]) or "niets" for fault in FAULTS])
def test_every_wrong_use_gives_one_dutch_line(line, message, path, say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("a\n")
    said = say(line)
    assert said.err.splitlines() == [f"regiekit: {message}", f"Hulp: regiekit {path} --help".replace("  ", " ")]
    assert (said.code, said.out) == (2, "")
    assert english_words(said.err) == []


@pytest.mark.parametrize("line", [fault[0] for fault in FAULTS if "stop" not in fault[0]], ids=str)
def test_the_detector_sees_what_typer_would_have_said(line, tmp_path, monkeypatch):
    """So that a new version of Typer with other words cannot pass unseen."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("a\n")
    with pytest.raises(typer.TyperException) as caught:
        app().main(args=line.split() if isinstance(line, str) else line, prog_name="regiekit", standalone_mode=False)
    ours = "sturing" in str(caught.value)
    assert ours or english_words(caught.value.format_message())


def test_files_without_access(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("a\n")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "BESTAND: 'a.csv' mag niet gelezen worden (geen toegang)" in say("score a.csv").err


def test_a_file_that_opens_later():
    """The error of a lazy file says why in English; its class is private, so it is made through its module."""
    error_class = sys.modules[typer.BadParameter.__module__].FileError
    late = error_class("uit.txt", hint="Is a directory")
    late.__cause__ = IsADirectoryError()
    assert usage_message(late) == "'uit.txt' is een map, geen bestand"
    late.__cause__ = PermissionError()
    assert usage_message(late) == "'uit.txt' is niet toegankelijk"
    assert usage_message(error_class("uit.txt")) == "'uit.txt' kan niet worden geopend"


def test_other_exceptions_keep_their_text():
    assert usage_message(typer.Abort()) == "Gestopt."
    assert usage_message(typer.TyperException("zo\nmaar")) == "zo maar"
    assert usage_message(ValueError("zomaar")) == "zomaar"


def test_a_parser_that_says_it_itself_is_not_overruled(say):
    def week(word: str) -> int:
        try:
            return int(word)
        except ValueError as error:
            raise typer.BadParameter("schrijf het nummer van de week") from error

    def plan(nummer: Annotated[int, typer.Option("--week", parser=week)]) -> None:
        """Plan."""

    sys.modules[__name__].__dict__["plan"] = plan
    said = say("plan --week x", DutchGroup("Kort.", {"plan": Lazy("test_taal:plan", "Plan.")}))
    assert said.err.startswith("regiekit: --week: schrijf het nummer van de week\n")


# Words to choose from ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("zone --regie LAAG --sturing Los", "laag los None False True False\n"),
        ("zone --json --geen-kleur --stil", "None gedeeld None True False True\n"),
        ("zone -s STRAK", "None strak None False True False\n"),
        ("schema Techniek 1 2", "techniek (1, 2)\n"),
    ],
)
def test_words_in_any_case(line, out, say):
    said = say(line)
    assert (said.code, said.out, said.err) == (0, out, "")


def test_an_enum_in_any_case(say, tmp_path):
    path = tmp_path / "a.csv"
    path.touch()
    assert "Moment.EINDE" in say(["score", str(path), "--moment", "Einde"]).out


def test_a_synonym_is_read_with_a_message(say):
    said = say("zone --sturing Middel")
    assert said.out == "None gedeeld None False True False\n"
    assert said.err == "regiekit: ik lees 'Middel' als gedeeld.\n"


def test_keuze_takes_a_literal_or_an_enum():
    assert words_of(Regie) == ("laag", "midden", "hoog")
    assert words_of(Moment) == ("start", "einde")
    parser = keuze("--moment", Moment)
    assert isinstance(parser, Keuze)
    assert parser(Moment.EINDE) == parser(" EINDE ") == "einde"
    assert parser.__name__ == "start|einde"


# Loading -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Three modules of commands in a folder of their own; nothing of them is imported yet."""
    body = "def {0}() -> None:\n    '''Doe {0}.'''\n    print('{0}')\n"
    (tmp_path / "opdracht_een.py").write_text(body.format("een"))
    (tmp_path / "opdracht_twee.py").write_text(body.format("twee"))
    (tmp_path / "opdracht_groep.py").write_text(
        "from regiekit.cli.taal import DutchGroup, Lazy\n"
        "groep = DutchGroup('Een groep.', {'twee': Lazy('opdracht_twee:twee', 'Doe twee.')})\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield {"opdracht_een", "opdracht_twee", "opdracht_groep"}
    for name in ("opdracht_een", "opdracht_twee", "opdracht_groep"):
        sys.modules.pop(name, None)


def test_only_the_command_that_runs_is_imported(modules, say):
    program = DutchGroup(
        "Kort.", {"een": Lazy("opdracht_een:een", "Doe een."), "groep": Lazy("opdracht_groep:groep", "Een groep.")}
    )
    loaded = lambda: {name for name in modules if name in sys.modules}  # noqa: E731
    assert "Doe een." in say("--help", program).out
    assert "bedoelde je een?" in say("eeen", program).err
    assert loaded() == set()
    assert say("een", program).out == "een\n"
    assert loaded() == {"opdracht_een"}
    assert "Doe twee." in say("groep --help", program).out
    assert loaded() == {"opdracht_een", "opdracht_groep"}
    assert say("groep twee", program).out == "twee\n"
    assert "Gebruik: regiekit groep twee [OPTIES]" in say("groep twee --help", program).out


def test_every_path_of_the_program():
    assert list(command_paths(app())) == [
        (),
        ("zone",),
        ("score",),
        ("schema",),
        ("vragenlijst",),
        ("vragenlijst", "toon"),
        ("vragenlijst", "lees"),
        ("stop",),
        ("tel",),
    ]


def test_prompt_of_typer_is_refused(say):
    def vraag(naam: Annotated[str, typer.Option(prompt=True)]) -> None:
        """Vraag."""

    sys.modules[__name__].__dict__["vraag"] = vraag
    with pytest.raises(TypeError, match=r"ask\(\)"):
        say("vraag", DutchGroup("Kort.", {"vraag": Lazy("test_taal:vraag", "Vraag.")}))


def python(code: str, **settings: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60, **settings
    )


def test_start_imports_nothing_but_typer():
    code = (
        "import sys, typer; before = set(sys.modules); import regiekit.cli.taal;"
        "print(sorted(name for name in set(sys.modules) - before if not name.startswith(('regiekit', '__future__'))))"
    )
    assert python(code).stdout == "[]\n"


@pytest.mark.parametrize("line", ["--help", "zone --help", "zone --regie hog", "zone --regie hoog", "zonne"])
def test_no_help_or_error_imports_anything_heavy(line):
    code = (
        f"import sys\nfrom test_taal import app, run\nfor name in [n for n in sys.modules if n.startswith('rich')]:\n"
        f"    del sys.modules[name]\nrun(app(), {line.split()!r})\n"
        "heavy = [n for n in sys.modules if n.split('.')[0] in ('rich', 'pydantic', 'yaml') or n == 'typer.rich_utils']"
        "\nprint('zwaar', heavy)"
    )
    assert python(code).stdout.splitlines()[-1] == "zwaar []"


# How it ends -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "code", "err"),
    [
        ("afgebroken", 130, "Gestopt."),
        ("toetsen", 130, "Gestopt."),
        ("einde", 130, "Gestopt."),
        ("code", 4, ""),
        ("pijp", 0, ""),
    ],
)
def test_how_it_ends(how, code, err, say):
    before = sys.stdout, sys.stderr
    said = say(f"stop {how}")
    assert (said.code, said.out, said.err.strip()) == (code, "", err)
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize(("how", "kind"), [("fout", ZeroDivisionError), ("schijf", OSError)])
def test_bugs_and_other_errors_propagate(how, kind, say):
    with pytest.raises(kind):
        say(f"stop {how}")


def test_a_number_that_is_returned_is_the_exit_code(say):
    assert say("tel").code == 3


READER = """
import sys
from regiekit.cli.taal import DutchGroup, Lazy, run
import test_taal
def veel() -> None:
    '''Veel.'''
    {body}
test_taal.veel = veel
sys.exit(run(DutchGroup('Kort.', {{'veel': Lazy('test_taal:veel', 'Veel.')}}), {line!r}))
"""


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("for _ in range(100000): print('regel')", ["veel"]),
        ("print('een')", ["veel"]),  # still in the buffer when the command is done
        ("pass", ["--help"]),
    ],
)
def test_a_closed_pipe_is_silent(body, line):
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", READER.format(body=body, line=line)]
    done = subprocess.run(
        command, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_end_of_input_at_a_question():
    body = "from regiekit.cli.taal import confirm; confirm('Zeker?')"
    done = python(READER.format(body=body, line=["veel"]), input="")
    assert (done.returncode, done.stdout, done.stderr) == (130, "Zeker? (j/n) [n] ", "Gestopt.\n")


# Questions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def answers(monkeypatch):
    """Gives these answers to the questions, one after another."""

    def give(*lines: str) -> None:
        waiting = iter(lines)
        monkeypatch.setattr(sys.modules[typer.prompt.__module__], "visible_prompt_func", lambda _: next(waiting))

    return give


@pytest.mark.parametrize(("given", "meant"), [("j", True), ("JA", True), ("n", False), ("nee", False), ("", False)])
def test_yes_and_no(given, meant, answers):
    answers(given)
    assert confirm("Zeker?") is meant


def test_a_question_is_repeated_in_dutch(answers, capsys):
    answers("laag", "los")
    assert ask("Sturing", STURING) == "los"
    said = capsys.readouterr()
    assert said.err == "'laag' is geen sturing: bedoel je los?\n"
    answers("yes", "ja")
    assert ask("Zeker?", read_yes_no) is True
    assert english_words(capsys.readouterr().err) == []


# The detector ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Usage: regiekit [OPTIONS]", ["usage", "options"]),
        ("Show this message and exit.", ["show", "this", "message", "and", "exit"]),
        ("Error: No such option: --rege", ["error", "no such", "option"]),
        ("Field required", ["field", "required"]),
        ("Input should be a valid string", ["input should", "valid", "string"]),
        ("'x' is not a valid integer", ["is not", "valid", "integer"]),
        ("Missing argument 'X'. [default: a]", ["missing", "default"]),
        ("Hulp: dit is in orde, een extra argument of een test van de status was er niet.", []),
        ("Opties: --print, --default; zie /home/error/missing.csv en value.json", []),
        ("Een sleutelwoord of foutmelding met 'erroren' telt niet half.", []),
    ],
)
def test_english_words(text, found):
    assert english_words(text) == found
