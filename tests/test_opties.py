"""Options that would do nothing are refused: what somebody asked for comes, or one line says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dossiers import BEGIN, make_client, opened, quick_keys, run_dossier
from engels import command_paths
from regiekit.cli.app import regiekit
from regiekit.cli.taal import load
from regiekit.domain.aantekening import Gesprek
from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

START = "voorbeelden/R-021-start.yaml"
JSON = "niet samen met --json; kies een van de twee"
BESTANDEN = "bij antwoordbestanden, en niet bij de code van een cliënt"
INVULLEN = "hoort bij --invullen"
INTERVISIE = "hoort bij --voor intervisie"

USELESS = [
    ("techniek inoculatie --json --print", f"--print gaat {JSON}"),
    ("techniek inoculatie --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("werkblad inoculatie --json --print --uit x.pdf", f"--print en --uit gaan {JSON}"),
    ("werkblad --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("mijlpalen --eerste-ziektedag 2026-01-05 --json --ics x.ics", f"--ics gaat {JSON}"),
    ("plan --json --uit x.docx", f"--uit gaat {JSON}"),
    ("plan R-014 --json --uit x.docx", f"--uit gaat {JSON}"),
    (f"verloop {START} --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("verloop R-014 --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("voorbereiding --json --print", f"--print gaat {JSON}"),
    ("voorbereiding R-014 --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("verslag --voor client R-014 --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("verslag --voor intervisie --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("score voorbeelden/groep.csv --json --uit x.csv", f"--uit gaat {JSON}"),
    ("score voorbeelden/groep.csv --json --uit -", f"--uit gaat {JSON}"),
    ("score voorbeelden/groep.csv --overschrijf", "--overschrijf hoort bij --uit"),
    ("groep voorbeelden/groep.csv --json --uit x.csv", f"--uit gaat {JSON}"),
    ("groep voorbeelden/groep.csv --json --uit -", f"--uit gaat {JSON}"),
    ("groep voorbeelden/groep.csv --id client", "--id hoort bij --uit"),
    ("groep voorbeelden/groep.csv --overschrijf", "--overschrijf hoort bij --uit, --verslag of --maak-referentie"),
    ("groep simuleer --json --uit -", f"--uit - gaat {JSON}"),
    ("groep simuleer --overschrijf --uit -", "--overschrijf gaat niet samen met --uit -"),
    ("groep voorbeelden/groep.csv --json --verslag x.pdf", f"--verslag gaat {JSON}"),
    ("groep voorbeelden/groep.csv --bron x", "--bron hoort bij --maak-referentie"),
    ("dossier inzage R-014 --json --uit map", f"--uit gaat {JSON}"),
    ("dossier inoculatie R-014 --nummer 2 --json --uit x.pdf", f"--uit gaat {JSON}"),
    ("verslag --voor client R-014 --casus x", f"--casus {INTERVISIE}"),
    ("verslag --voor werkgever R-014 --vraag x --mag Jan", "--vraag en --mag horen bij --voor intervisie"),
    ("verslag --voor coach R-014 --minuten 65", f"--minuten {INTERVISIE}"),
    ("verslag --voor client R-014 --invulblad", f"--invulblad {INTERVISIE}"),
    ("verslag --voor werkgever R-014 --eerste-ziektedag 2026-01-05", f"--eerste-ziektedag {INTERVISIE}"),
    ("dossier afname R-014 a.yaml --lijst eigen-regie", f"--lijst {INVULLEN}"),
    ("dossier afname R-014 a.yaml --meetmoment start", f"--meetmoment {INVULLEN}"),
    ("dossier afname R-014 a.yaml --taal nl --snel", "--taal en --snel horen bij --invullen"),
    ("dossier afname R-014 a.yaml --zonder-training", f"--zonder-training {INVULLEN}"),
    ("dossier afname R-014 --invullen --verwijder", "--verwijder hoort bij een antwoordbestand"),
    ("dossier afname R-014 --invullen --zelfde-client --sleutel s", "horen bij een antwoordbestand"),
    ("voorbereiding R-014 --sleutel s --zelfde-client", f"--zelfde-client en --sleutel horen {BESTANDEN}"),
    ("advies R-014 --zelfde-client", f"--zelfde-client hoort {BESTANDEN}"),
    ("verloop R-014 --sleutel s", f"--sleutel hoort {BESTANDEN}"),
    ("dossier corrigeer R-014 2 --weg --veld doel --waarde x", "--veld en --waarde gaan niet samen met --weg"),
    ("dossier corrigeer R-014 2 --weg --waarde x", "--waarde gaat niet samen met --weg"),
    ("dossier corrigeer R-014 2 --veld doel --waarde x --echt", "--echt hoort bij --weg"),
    ("dossier corrigeer R-014 2 --waarde x", "--waarde hoort bij --veld"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier with one client at the usual place; the examples are where the table says."""
    quick_keys(monkeypatch)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(tmp_path / "d.regiekit"))
    (tmp_path / "voorbeelden").symlink_to(ROOT / "voorbeelden")
    monkeypatch.chdir(tmp_path)
    make_client(tmp_path / "d.regiekit")
    return tmp_path


@pytest.mark.parametrize(("command", "said"), USELESS, ids=[row[0] for row in USELESS])
def test_an_option_that_would_do_nothing_is_refused(place: Path, command: str, said: str) -> None:
    before = sorted(place.iterdir())
    result = run(*command.split())
    assert (result.code, result.out) == (2, "") and said in " ".join(result.err.split())
    assert sorted(place.iterdir()) == before


@pytest.mark.parametrize(
    "command", ["plan", "verslag --voor intervisie", "voorbereiding", f"verloop {START}", "techniek inoculatie"]
)
def test_the_screen_as_a_file_goes_with_json(command: str) -> None:
    """A script may say that it wants the screen: '-' is no file."""
    assert run(*command.split(), "--json", "--uit", "-").json == run(*command.split(), "--json").json


@pytest.mark.parametrize("command", ["verloop R-014", "plan R-014", "voorbereiding R-014", "dossier inzage R-014"])
def test_also_of_the_dossier(place: Path, command: str) -> None:
    asked = run_dossier(place / "d.regiekit", *command.split(), "--json", "--uit", "-")
    assert asked.code == 0 and asked.json


def test_the_way_out_that_is_named_is_there(place: Path) -> None:
    """What only looks like the code of another client stops a file, and the line about it names --toch."""
    with opened(place / "d.regiekit") as boek:
        boek.add("R-014", BEGIN, Gesprek(technieken=("r-015",)))
    stopped = run_dossier(place / "d.regiekit", "verloop", "R-014", "--uit", "v.txt")
    assert stopped.code == 4 and "gebruik --toch" in stopped.err and not (place / "v.txt").exists()
    assert run_dossier(place / "d.regiekit", "verloop", "R-014", "--uit", "v.txt", "--toch").code == 0
    assert "r-015" in (place / "v.txt").read_text(encoding="utf-8")


BOTH = {"vragenlijst importeer", "dossier wis", "groep simuleer"}  # JSON says there what became of the file


def options_of(path: tuple[str, ...]) -> set[str]:
    command: Any = regiekit
    for name in path:
        command = load(command.table[name], name)
    return {name for param in getattr(command, "params", ()) for name in param.opts}


def test_every_command_with_json_beside_a_file_stands_in_the_table() -> None:
    """A new command that has both, is refused here or says what it does with both."""
    told = {row[0] for row in USELESS}
    for path in command_paths(regiekit):
        found, name = options_of(path), " ".join(path)
        if "--json" in found and found & {"--uit", "--print", "--ics"} and name not in BOTH:
            assert any(row.startswith(f"{name} ") and "--json" in row for row in told), name


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html", ".xlsx", ".txt", ""])
@pytest.mark.parametrize("command", [
    "plan --invulblad", "vragenlijst invulblad eigen-regie", "verslag --voor intervisie --invulblad",
    "vragenlijst invullen eigen-regie --client R-014 --meetmoment start",
])  # fmt: skip
def test_a_file_to_fill_in_has_no_name_of_another_form(place: Path, command: str, ending: str) -> None:
    """A program that opens the name would say that the file is broken."""
    before = sorted(place.iterdir())
    result = run(*command.split(), "--uit", f"blad{ending}")
    assert (result.code, result.out) == (2, "") and "op .yaml of .yml" in " ".join(result.err.split())
    assert sorted(place.iterdir()) == before


def test_a_permission_may_stand_where_nothing_needs_it(place: Path) -> None:
    """docs/opties.md says so of --overschrijf, --toch and --geen-bsn."""
    result = run("plan", "voorbeelden/plan.yaml", "--toch", "--overschrijf", "--geen-bsn")
    assert result == run("plan", "voorbeelden/plan.yaml") and result.code == 0
