"""Documentation that breaks the build when it lies: shown output, the page of commands, links, and YAML examples."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from bladzijden import (
    PAGES,
    Block,
    command_lines,
    find_command,
    inline_commands,
    load_blocks,
    make_dossier,
    make_folder,
    make_sealed,
    parse,
    run_line,
)
from dossiers import quick_keys
from engels import command_paths
from regiekit.cli.app import regiekit
from util import ROOT, run, write

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ROOT / "docs/opdrachten.md"
SKIPPED = "…"  # stands for any number of lines

# Every block that no test below runs, by its page and the beginning of its first line, and why.
NOT_RUN = {
    ("README.md", "pipx install ."): "installeert op deze computer; tests/test_wheel.py bouwt en installeert",
    ("README.md", "python start.py --test"): "zou deze tests in zichzelf draaien",
    ("installeren.md", "py start.py zelfcheck"): "het woord van Windows; tests/test_zelfcheck.py doet de opdracht",
    ("installeren.md", "py start.py snelkoppeling"): "op het bureaublad; tests/test_snelkoppeling.py doet de opdracht",
    ("installeren.md", "python3 start.py zelfcheck"): "op het bureaublad; tests/test_snelkoppeling.py doet de opdracht",
    ("installeren.md", "py -m pip install"): "installeert op deze computer",
    ("installeren.md", "pipx install ."): "installeert op deze computer; tests/test_wheel.py bouwt en installeert",
    ("ARCHITECTURE.md", "YAML ──reader"): "een tekening",
    ("ARCHITECTURE.md", "          cli"): "een tekening",
    ("groepscijfers.md", "alpha            ="): "een formule; tests/test_groep_betrouwbaarheid.py rekent haar na",
    ("groepscijfers.md", "bovengrens(r; n)"): "een formule; tests/test_groep_betrouwbaarheid.py rekent haar na",
    ("groepscijfers.md", "verschil  ="): "een formule; tests/test_groep_verandering.py rekent haar na",
    ("groepscijfers.md", "d       ="): "een formule; tests/test_groep_verandering.py rekent haar na",
    ("groepscijfers.md", "S_diff ="): "een formule; tests/test_groep_verandering.py rekent haar na",
    ("referentie.md", "s_diff ="): "een formule; tests/test_referentie.py rekent haar na",
    ("dossier-proeven.md", ".venv/bin/python benchmarks/dossier.py"): "duurt minuten; voor wie meet",
    ("snelheid.md", ".venv/bin/python benchmarks/"): "duurt minuten; voor wie meet",
    ("proeven-invoer.md", "python tests/fuzz/lang.py"): "duurt een halfuur; tests/test_fuzz.py doet het in het kort",
    ("menu.md", "Wat ga je doen?"): "vraagt een terminal; tests/test_menu.py vergelijkt het met het menu",
    ("onderhoud.md", "eisen="): "vraagt het netwerk; voor wie onderhoudt",
    ("onderhoud.md", "for systeem in"): "vraagt het netwerk; voor wie onderhoudt",
    ("onderhoud.md", "python start.py --test"): "zou deze tests in zichzelf draaien",
    ("onderhoud.md", ".venv/bin/python uitgave/handboek.py"): "tests/test_handboek.py bouwt de site",
    ("onderhoud.md", "python3 -m venv mutatie"): "duurt een halfuur; tests/test_mutatie.py leest de uitkomst",
    ("onderhoud.md", "python tests/browser/haal.py"): "vraagt het netwerk; voor wie onderhoudt",
    (
        "grote-tabellen.md",
        "import regiekit\nfrom pyspark",
    ): "PySpark en Java horen niet bij de tests; tests/spark/proef.py doet dit",
}
# Lines that end in a refusal here, because no person is there to answer.
REFUSED = {
    'regiekit dossier corrigeer R-014 12 --weg --reden "stond in het verkeerde dossier"': "met --echt",
}
TYPED = {"invullen": "s\n"}  # what a person types at a command that asks: here, to stop and go on later


def reason_not_run(page: str, text: str) -> str | None:
    return next((why for (name, start), why in NOT_RUN.items() if name == page and text.startswith(start)), None)


def blocks(page: str, *languages: str) -> list[str]:
    return [block.text for block in BLOCKS if block.page == page and block.language in languages]


BLOCKS = load_blocks()
SHOWN = [(b.page, b.text) for b in BLOCKS if b.language == "console"]
TYPED_PAGES = sorted(
    {
        b.page
        for b in BLOCKS
        if b.language in ("", "sh", "text") and command_lines(b) and not reason_not_run(b.page, b.text)
    }
)


# Every block ----------------------------------------------------------------------------------------------------------


def test_there_is_shown_output() -> None:
    assert len(SHOWN) >= 4


@pytest.mark.parametrize(("page", "block"), SHOWN, ids=lambda v: v.splitlines()[0][:60])
def test_shown_output_is_what_is_printed(page: str, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, *expected = block.splitlines()
    before, _, arguments = command.partition("regiekit ")
    for setting in before.removeprefix("$ ").split():  # NAAM=waarde, before the command
        monkeypatch.setenv(*setting.split("="))
    assert command.startswith("$ ") and arguments
    result = run(*arguments.split())
    printed = "\n".join(line.rstrip() for line in (result.out + result.err).splitlines())
    pieces = [p.strip("\n") for p in re.split(rf"^{SKIPPED}$", "\n".join(expected), flags=re.MULTILINE)]
    assert re.fullmatch("(?s)\n*" + ".*".join(map(re.escape, pieces)) + "\n*", printed), printed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of a coach, the place of work; the usual dossier and key are in it too."""
    quick_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(tmp_path / "mijn.regiekit"))
    monkeypatch.setenv("REGIEKIT_SLEUTEL", str(tmp_path / "sleutel.json"))
    return tmp_path


@pytest.mark.parametrize("page", TYPED_PAGES)
def test_every_line_on_a_page_works(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the page, in one folder: what a line makes is there for the next."""
    make_folder(folder, page)
    make_dossier(folder / "mijn.regiekit")
    if page == "sleutel.md":
        make_sealed(folder, folder / "sleutel.json")
    else:
        monkeypatch.delenv("REGIEKIT_SLEUTEL")
    for block in BLOCKS:
        if block.page != page or block.language not in ("", "sh", "text") or reason_not_run(page, block.text):
            continue
        for line in command_lines(block):
            if line == "regiekit --test":
                continue
            result = run_line(line, next((typed for word, typed in TYPED.items() if word in line), ""))
            if line in REFUSED:
                assert result.code == 2 and REFUSED[line] in result.err
            else:
                assert (result.code, line) == (0, line), result.err


PYTHON = [text for text in blocks("grote-tabellen.md", "python") if not reason_not_run("grote-tabellen.md", text)]


@pytest.mark.parametrize("text", PYTHON, ids=lambda text: text.splitlines()[0])
def test_python_on_a_page_works(text: str, folder: Path) -> None:
    assert run("groep", "simuleer", "--n", 8, "--uit", folder / "antwoorden.csv").code == 0
    exec(compile(text, "grote-tabellen.md", "exec"), {})  # what a reader would paste
    (made,) = folder.glob("scores.*")
    if made.suffix == ".csv":
        first = made.read_text(encoding="utf-8").splitlines()[0].split(",")
    else:
        import polars as pl

        first = pl.read_parquet(made).columns
    assert {"autonomie", "autonomie_beantwoord", "eigen-regie", "hash"} <= set(first)


def test_the_error_on_the_page_of_large_tables(folder: Path) -> None:
    import polars as pl

    import regiekit
    from regiekit.errors import ProblemsError

    lijst = regiekit.load_vragenlijst("eigen-regie")
    rows = {v.id: [3, 7 if v.id == "autonomie-2" else 3] for v in lijst.inhoud.vragen}
    with pytest.raises(ProblemsError) as caught:
        regiekit.score_frame(pl.DataFrame(rows), lijst)
    assert str(caught.value).strip() == blocks("grote-tabellen.md", "")[0].strip()


def test_the_yaml_examples_are_right(tmp_path: Path) -> None:
    lijst, vertaling, afname = blocks("eigen-lijsten.md", "yaml")
    techniek, signalen = blocks("eigen-techniek.md", "yaml")
    texts = [lijst + vertaling, afname, techniek, signalen]
    paths = [write(tmp_path, f"{n}.yaml", text) for n, text in enumerate(texts)]
    result = run("controleer", tmp_path, "--bibliotheek", tmp_path)
    assert result.code == 0, result.out
    assert run("score", paths[1], "--bibliotheek", tmp_path).code == 0
    assert re.search(r"Rustmoment\s+De cliënt krijgt ruimte", run("techniek", "--bibliotheek", tmp_path).out)
    given = ("--signaal", "jaagt-zichzelf-op", "--bibliotheek", tmp_path)
    assert "1. Rustmoment." in run("advies", *given).out
    assert "1. Rustmoment." not in run("advies", "--bibliotheek", tmp_path).out  # no signaal, no own techniek
    assert "1. Rustmoment." not in run("advies", "--rouw", *given).out


def test_the_koppelbestand_and_the_referentie_on_their_pages_are_right(folder: Path) -> None:
    make_folder(folder, "importeren.md")
    (words,) = blocks("importeren.md", "yaml")
    (referentie,) = blocks("referentie.md", "yaml")
    assert run("controleer", write(folder, "referentie.yaml", referentie)).code == 0
    assert run("vragenlijst", "importeer", "export.xlsx", "--uit", "map").code == 0
    (koppel,) = folder.glob("*.koppel.yaml")
    koppel.write_text(koppel.read_text(encoding="utf-8") + words, encoding="utf-8")
    result = run("controleer", koppel)
    assert result.code == 0, result.out


def test_no_block_is_passed_over() -> None:
    """Each block is run, compared or checked by a test above, or NOT_RUN says why not; and each reason is needed."""
    checked = {("eigen-lijsten.md", "yaml"), ("eigen-techniek.md", "yaml"), ("importeren.md", "yaml"),
               ("referentie.md", "yaml"), ("grote-tabellen.md", "python"), ("grote-tabellen.md", "")}  # fmt: skip
    over = [
        (b.page, b.text.splitlines()[0])
        for b in BLOCKS
        if b.language != "console"
        and (b.page, b.language) not in checked
        and not (b.language in ("", "sh", "text") and command_lines(b) and all_commands(b))
        and not reason_not_run(b.page, b.text)
        and not all(reason_not_run(b.page, line) or line.startswith(("python start.py", "regiekit"))
                    for line in b.text.splitlines())
    ]  # fmt: skip
    assert over == []
    for (page, start), why in NOT_RUN.items():
        assert why and any(start in b.text for b in BLOCKS if b.page == page), f"{page}: {start} is not there any more"


def all_commands(block: Block) -> bool:
    return len(command_lines(block)) == len(block.text.splitlines())


# Every command in running text, and every option ----------------------------------------------------------------------


@pytest.mark.parametrize("page", sorted({page for page, _ in inline_commands()}))
def test_commands_in_running_text_exist(page: str) -> None:
    for where, command in inline_commands():
        if where == page:
            parse(command)


# The page of each command; a group has the pages of its own commands too.
JOBS = {
    "score": "scoren tabellen-scoren", "zone": "zone scoren", "techniek": "techniek", "kennis": "kennis",
    "advies": "advies-en-voorbereiding scoren", "voorbereiding": "advies-en-voorbereiding scoren",
    "werkblad": "werkblad", "plan": "plan voor-anderen", "mijlpalen": "mijlpalen", "verloop": "verloop",
    "sleutel": "sleutel",
    "verslag": "verslag intervisie voor-anderen", "dossier": "dossier gesprek afname reservekopie avg",
    "vragenlijst": "invullen overtypen scoren importeren andere-systemen sleutel",
    "groep": "groepen simuleren-en-plannen tabellen-scoren importeren",
    "controleer": "eigen-lijsten", "schema": "eigen-lijsten", "menu": "menu beginnen", "zelfcheck": "zelfcheck",
    "snelkoppeling": "menu installeren zelfcheck",
}  # fmt: skip


def options_of(path: tuple[str, ...]) -> set[str]:
    command, _ = find_command(list(path))
    return {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name[:2] == "--"
    }


def helps_of(option: str) -> set[str | None]:
    """What --help says of the option, over all commands that have it."""
    return {
        getattr(parameter, "help", None)
        for path in command_paths(regiekit)
        for parameter in find_command(list(path))[0].params
        if path and option in (*parameter.opts, *parameter.secondary_opts)
    }


def names_option(page: str, option: str) -> bool:
    file = ROOT / f"docs/{page}.md"
    return file.exists() and bool(re.search(rf"{re.escape(option)}(?![\w-])", file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [p for p in command_paths(regiekit) if p], ids=" ".join)
def test_every_option_has_a_place(path: tuple[str, ...]) -> None:
    """On the page of its job, or, when all commands mean the same by it, on that of the options; never only in help."""
    jobs = JOBS[path[0]].split()
    missing = [
        option
        for option in sorted(options_of(path))
        if not any(names_option(page, option) for page in jobs)
        and not (len(helps_of(option)) == 1 and names_option("opties", option))
    ]
    assert missing == [], f"{' '.join(path)}: {', '.join(missing)} on none of {', '.join(jobs)}"


def test_the_options_said_to_be_the_same_are() -> None:
    """Those that --help explains in more than one way stand in the table of what differs, not in the first."""
    first, differing, *_ = (ROOT / "docs/opties.md").read_text(encoding="utf-8").split("\n## ")
    same = set(re.findall(r"^\| `(--[a-z-]+)", first, flags=re.MULTILINE))
    varied = set(re.findall(r"^\| `(--[a-z-]+)", differing, flags=re.MULTILINE))
    assert len(same) >= 12 and varied == {"--uit", "--datum", "--meetmoment", "--taal", "--toch"}
    reworded = {"--client", "--print"}  # in other words the same: a code and never a name; an A4 in PDF
    assert {option for option in same if len(helps_of(option)) > 1} == reworded
    assert all(len(helps_of(option)) > 1 for option in varied)


def test_the_first_quarter_can_be_typed_before_anything_is_installed() -> None:
    """On every computer: what begins a line is named for each, and no block takes an installed regiekit for granted."""
    lines = [line for text in blocks("beginnen.md", "") for line in text.splitlines()]
    assert len(lines) >= 8 and all(line.startswith("py start.py ") for line in lines)
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[1]
    for text in ((ROOT / "docs/beginnen.md").read_text(encoding="utf-8"), readme):
        assert re.search(r"Mac en (op )?Linux[^.]*`python3", text)


# The rest -------------------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Every help page, as `--help` prints it."""
    lines = [
        "# Alle opdrachten",
        "",
        "Voor wie opdrachten typt: alles zoals `--help` het toont. Deze bladzijde wordt gemaakt en gecontroleerd door",
        "`tests/test_docs.py`. Zij is om in te zoeken, op een breed scherm: de regels zijn 80 tekens lang, en op",
        "papier zijn het zo'n veertig bladzijden.",
    ]
    for path in command_paths(regiekit):
        lines += ["", f"## {' '.join(('regiekit', *path))}", "", "```", run(*path, "--help").out.rstrip(), "```"]
    return "\n".join(lines) + "\n"


def test_the_page_of_commands_is_what_help_prints() -> None:
    if os.environ.get("REGIEKIT_SCHRIJF_DOCS"):
        COMMANDS.write_text(commands_page(), encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == commands_page()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python start.py score voorbeelden/vragenlijst.yaml\npython start.py --test\n" in text
