"""Names, links, rights and surroundings that attack: nothing is written elsewhere, and nothing of another is run."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from dossiers import BEGIN, make_client, opened, quick_keys, run_dossier
from regiekit.content import stored
from regiekit.domain.aantekening import Gesprek
from util import ROOT, VRAGEN, afname_yaml, run, schaal, small_lijst

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "R-014"
posix = pytest.mark.skipif(os.name == "nt", reason="rights and links of Unix")

# Names ----------------------------------------------------------------------------------------------------------------

NAMEN = [
    "../../weg", "..", "/etc/weg", "C:\\weg", "..\\weg", "a/b", "-rf", "a\nb", "a\rb", "a\0b", "a b", "a:b", "a*b",
    "~root", "$(id)", "a" * 300, "", ".", "\u202ea", "a\x1b[2J",
]  # fmt: skip


def tree(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in a folder in a folder: what climbs out of it shows."""
    quick_keys(monkeypatch)
    folder = tmp_path / "een" / "twee"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("naam", NAMEN)
def test_no_code_becomes_another_place(inside: Path, tmp_path: Path, naam: str) -> None:
    for command in (
        ("vragenlijst", "formulier", "eigen-regie", "--open", "--client"),
        ("vragenlijst", "papier", "eigen-regie", "--client"), ("vragenlijst", "invulblad", "eigen-regie", "--client"),
        ("vragenlijst", "invullen", "eigen-regie", "--client"), ("werkblad", "inoculatie", "--print", "--client"),
        ("vragenlijst", "formulier", "eigen-regie", "--open", "--meetmoment"), ("techniek",), ("werkblad",),
        ("vragenlijst", "toon"),
    ):  # fmt: skip
        result = run(*command, f"{naam}" if naam[:1] != "-" else f"={naam}")
        assert result.code in (0, 2, 3, 130), command
        assert not tree(tmp_path) - {"een", "een/twee"} or naam in ("", "."), (command, tree(tmp_path))
    make_client(inside / "d.regiekit")
    before = tree(tmp_path)
    for command in (("dossier", "nieuw", naam, "--begin", "2026-01-05"), ("dossier", "inzage", naam, "--uit", ".")):
        assert run_dossier(inside / "d.regiekit", *command).code in (2, 3), command
    assert tree(tmp_path) == before


@pytest.mark.parametrize("code", ["CON", "NUL", "com1.a", "a.", "a..b", "a" * 40, "LPT1"])
def test_a_code_that_a_computer_keeps_for_itself_is_part_of_a_name(inside: Path, code: str) -> None:
    """CON.html is no file on Windows, formulier-CON-eigen-regie.html is; and no name ends in a dot."""
    for command in ("formulier eigen-regie --open", "papier eigen-regie", "invulblad eigen-regie"):
        assert run("vragenlijst", *command.split(), "--client", code).code == 0
    names = tree(inside)
    assert len(names) == 3 and all("-" in n.partition(".")[0] and not n.endswith(".") for n in names)
    assert not any(n.partition(".")[0].upper() in ("CON", "NUL", "COM1", "LPT1") for n in names)


@pytest.mark.parametrize("naam", [n for n in NAMEN if n])
def test_no_id_or_versie_in_a_file_becomes_a_place(inside: Path, tmp_path: Path, naam: str) -> None:
    """A vragenlijst of somebody else, its id, versie and meetmoment; what a file may be called has no such signs."""
    library = inside / "lib"
    library.mkdir()
    lijst = small_lijst(schaal("s", "1 2 3", 1))
    for old, new in (("id: klein", "id"), ('versie: "1"', "versie"), ("naam: Klein", "naam")):
        (library / "lijst.yaml").write_text(lijst.replace(old, f"{new}: {json.dumps(naam)}"))
        for command in ("invulblad", "papier", "formulier --open", "exporteer --naar redcap"):
            wanted, *options = command.split()
            run("vragenlijst", wanted, "klein", *options, "--bibliotheek", library)
    assert {p for p in tree(tmp_path) if not p.startswith("een/twee/")} == {"een", "een/twee"}
    assert {p.parent for p in inside.rglob("*")} <= {inside, library}


def test_a_table_of_others_names_no_files(inside: Path, tmp_path: Path) -> None:
    with (inside / "t.csv").open("w", newline="") as file:
        rows = [[naam, "start", *["3"] * len(VRAGEN)] for naam in ("R-1", *NAMEN) if "\0" not in naam]
        csv.writer(file).writerows([["code", "meetmoment", *VRAGEN], *rows])
    result = run("vragenlijst", "importeer", "t.csv", "--akkoord", "--weiger-rijen", "--uit", "uit")
    assert result.code == 0, result.err
    names = {p for p in tree(tmp_path) if p.startswith("een/twee/uit/")}
    assert {p for p in tree(tmp_path) if not p.startswith("een/twee/")} == {"een", "een/twee"}
    assert "een/twee/uit/afname-R-1-start.yaml" in names
    assert all(n.count("/") == 3 and n.isprintable() and len(n) < 100 for n in names)


def test_a_workbook_is_never_unpacked(inside: Path, tmp_path: Path) -> None:
    """A name in the zip that climbs out, and a part that points at a file of this computer."""
    secret = tmp_path / "geheim.xml"
    secret.write_text("<a>VIJAND</a>")
    outside = tmp_path.parent / "regiekit-weg"
    for ending in ("xlsx", "ods"):
        with ZipFile(inside / f"t.{ending}", "w") as file:
            for name in ("../../weg.txt", str(outside), "..\\weg", "[Content_Types].xml", "content.xml"):
                file.writestr(name, f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><a>&b;</a>')
            sheet = '<a xmlns:r="x"><sheets><sheet name="x" r:id="../../../geheim.xml"/></sheets></a>'
            file.writestr("xl/workbook.xml", sheet)
        result = run("vragenlijst", "importeer", f"t.{ending}", "--vragenlijst", "eigen-regie")
        assert result.code == 3 and "VIJAND" not in result.out + result.err
    assert tree(tmp_path) == {"een", "een/twee", "een/twee/t.xlsx", "een/twee/t.ods", "geheim.xml"}
    assert not outside.exists()


def test_an_answer_file_points_at_no_file_of_this_computer(inside: Path, tmp_path: Path) -> None:
    """What a client sends back names a vragenlijst by its id, and never by a path."""
    (tmp_path / "lijst.yaml").write_text(small_lijst(schaal("s", "1 2 3", 1)))
    sent = {"formulier": 1, "klaar": True, "versie": "1", "hash": "0" * 16, "taal": "nl", "training": True,
            "antwoorden": {"v1": 1}}  # fmt: skip
    for place in ("../../lijst.yaml", str(tmp_path / "lijst.yaml"), "/etc/passwd", "/dev/zero"):
        Path("a.json").write_text(json.dumps({**sent, "vragenlijst": place}))
        result = run("score", "a.json")
        assert result.code == 3 and f"de vragenlijst '{place}' ken ik niet" in result.err, result.err
        assert result.out == "" and len(result.err.splitlines()) == 1


# Rights ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_to_all(inside: Path) -> Iterator[Path]:
    before = os.umask(0)
    yield inside
    os.umask(before)


# Made to be handed out, or about nobody: the rights that the coach's own files have. All else is for its owner alone.
VOOR_IEDEREEN = {"form.html", "papier.pdf", "kaart.pdf", "werkblad.pdf", "fhir.json",
                 "groep.html", "bron.koppel.yaml", "sleutel.openbaar.json", "bron.csv", "bron.yaml"}  # fmt: skip


@posix
def test_every_file_about_a_client_is_for_its_owner_alone(open_to_all: Path) -> None:
    """Also where the computer gives everybody every right to a new file."""
    folder = open_to_all
    with Path("bron.csv").open("w", newline="") as file:
        rows = [[f"R-{n}", *(str(1 + (n + i) % 5) for i in range(len(VRAGEN)))] for n in range(1, 13)]
        csv.writer(file).writerows([["code", *VRAGEN], *rows, ["R-99", "x", *["3"] * (len(VRAGEN) - 1)]])
    Path("bron.yaml").write_text(afname_yaml(dict.fromkeys(VRAGEN, 3), meetmoment="start", datum="2026-01-05"))
    table = "--meetmoment start --akkoord --weiger-rijen"
    for command in (
        "vragenlijst invulblad eigen-regie --uit leeg.yaml", "vragenlijst formulier eigen-regie --open --uit form.html",
        "vragenlijst papier eigen-regie --uit papier.pdf", "techniek inoculatie --print --uit kaart.pdf",
        "werkblad inoculatie --print --uit werkblad.pdf",
        "vragenlijst exporteer eigen-regie --naar fhir --uit fhir.json",
        "plan --invulblad --uit leegplan.yaml", "plan --eigen-doel werken --uit plan.pdf",
        "mijlpalen --eerste-ziektedag 2026-01-05 --ics agenda.ics", "voorbereiding bron.yaml --uit blad.html",
        "voorbereiding bron.yaml --uit blad.pdf", "verloop bron.yaml --uit verloop.html",
        "verslag --voor intervisie --casus iemand --vraag wat --toch --uit casus.docx",
        f"vragenlijst importeer bron.csv {table} --uit rijen --scores scores.csv",
        f"score bron.csv {table} --uit gescoord.csv", f"score bron.csv {table} --uit gescoord.xlsx",
        f"score bron.csv {table} --uit gescoord.parquet", f"groep bron.csv {table} --uit groep.csv",
        f"groep bron.csv {table} --verslag groep.html", "groep simuleer --n 20 --uit verzonnen.csv",
        "dossier demo --uit demo.regiekit",
    ):  # fmt: skip
        result = run(*command.split())
        assert result.code == 0, (command, result.err)
    run("vragenlijst", "invullen", "eigen-regie", "--uit", "ingevuld.yaml", stdin="\n3\n3\ns\n")
    _fill_dossier(folder)
    assert run("sleutel", "maak", "--sleutel", "sleutel.json", "--wachtzin-fd", _typed()).code == 0
    rights = {str(p.relative_to(folder)): stat.S_IMODE(p.stat().st_mode) for p in folder.rglob("*")}
    files = {name: right for name, right in rights.items() if (folder / name).is_file()}
    wrong = {name: oct(right) for name, right in files.items() if right != 0o600 and name not in VOOR_IEDEREEN}
    assert wrong == {} and len(files) > 45
    assert {right for name, right in rights.items() if (folder / name).is_dir()} == {0o700}
    assert {"scores.csv", "rijen/geweigerd.csv", "bron.geweigerd.csv", "kopie.regiekit", "inzage/inzage-R-014.json",
            "ingevuld.yaml", "sleutel.json", "d/dossier.regiekit", "bewijs.txt"} <= files.keys()  # fmt: skip


def _typed() -> int:
    reader, writer = os.pipe()
    os.write(writer, b"een verzonnen wachtzin voor de test\n")
    os.close(writer)
    return reader


def _fill_dossier(folder: Path) -> None:
    (folder / "d").mkdir(mode=0o700)
    pad = folder / "d" / "dossier.regiekit"
    make_client(pad, CODE)
    make_client(pad, "R-015")
    with opened(pad) as boek:
        boek.add(CODE, BEGIN, Gesprek(gedaan="Gesproken."))
    for row in (
        f"verslag --voor coach {CODE} --uit verslag.txt", f"verslag --voor client {CODE} --uit verslag.docx",
        f"dossier inzage {CODE} --uit inzage", f"verloop {CODE} --uit verloop.pdf", f"plan {CODE} --uit plan.html",
        f"voorbereiding {CODE} --uit voorbereiding.html", "dossier reservekopie --uit kopie.regiekit",
        "dossier wis R-015 --echt --uit bewijs.txt --zonder-kopie",
    ):  # fmt: skip
        result = run_dossier(pad, *row.split())
        assert result.code == 0, (row, result.err)


@posix
def test_what_is_believed_at_the_next_start_only_its_owner_can_change(tmp_path: Path) -> None:
    """The checked content beside the program: under any umask no other user can put other content there."""
    place = tmp_path / "__pycache__" / "inhoud-x.json"
    before = os.umask(0)
    try:
        stored.write_stored(place, [1], stored.Stored([], b"[]"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o644 and stat.S_IMODE(place.parent.stat().st_mode) == 0o755
    assert [p.name for p in place.parent.iterdir()] == [place.name]


# Surroundings ---------------------------------------------------------------------------------------------------------

TROJANS = ("regiekit", "yaml", "typer", "rich", "json", "typst", "docx", "polars", "platformdirs", "sitecustomize")


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder as it comes out of somebody's zip: modules and programs that say so when they are run."""
    made = tmp_path / "val"
    made.mkdir()
    seen = f"open({str(tmp_path / 'gezien')!r}, 'a').write(__file__)\n"
    for name in TROJANS:
        (made / f"{name}.py").write_text(seen)
    program = made / "programma"
    program.write_text(f"#!/bin/sh\necho $0 >> '{tmp_path / 'gezien'}'\n")
    program.chmod(0o755)
    for name in ("less", "more", "vi", "nano", "xdg-open", "open", "git", "typst", "soffice", "python3"):
        (made / name).symlink_to(program)
    (made / "a.yaml").write_text(afname_yaml(dict.fromkeys(VRAGEN, 3)))
    return made


COMMANDS = ("score a.yaml", "zone", "techniek inoculatie --print --uit k.pdf", "plan --eigen-doel x --uit p.docx",
            "kennis rouw", "--help", "vragenlijst toon eigen-regie")  # fmt: skip


@posix
def test_nothing_in_the_folder_of_the_call_is_run(trap: Path, tmp_path: Path) -> None:
    """By the console script, and as start.py calls it."""
    program = trap / "programma"
    around = {**os.environ, "PAGER": str(program), "BROWSER": str(program), "EDITOR": str(program),
              "VISUAL": str(program), "MANPAGER": str(program), "PATH": f"{trap}:{os.environ['PATH']}",
              "PYTHONSTARTUP": str(trap / "yaml.py")}  # fmt: skip
    around.pop("PYTHONPATH", None)
    console = Path(sys.executable).with_name("regiekit")
    ways = [[sys.executable, "-P", "-m", "regiekit"], *([[str(console)]] if console.exists() else [])]
    assert '"-P", "-m", "regiekit"' in (ROOT / "start.py").read_text()
    for way in ways:
        for command in COMMANDS:
            done = subprocess.run([*way, *command.split(), *["--overschrijf"] * ("--uit" in command)], cwd=trap,
                                  env=around, capture_output=True, check=False, timeout=120)  # fmt: skip
            assert done.returncode == 0, (way, command, done.stderr)
    assert not (tmp_path / "gezien").exists()


@posix
@pytest.mark.parametrize("value", ["relatief", "../boven", "", "$HOME/x", "~/x", "file:///tmp"])
def test_a_strange_data_folder_is_not_a_folder_here(
    inside: Path, tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative place would make another dossier of every folder that one stands in."""
    monkeypatch.setenv("HOME", str(tmp_path / "thuis"))
    monkeypatch.setenv("XDG_DATA_HOME", value)
    for command in ("dossier lijst", "sleutel toon"):
        result = run(*command.split())
        assert result.code == 2 and str(tmp_path / "thuis/.local/share/regiekit") in result.err.replace("\n  ", "")
    assert tree(inside) == set()


@pytest.mark.needs("bash")
@pytest.mark.parametrize(
    "name", ["$(touch weg1)", "`touch weg2`", "'; touch weg3; '", '"; touch weg4; "', "&& touch weg5"]
)
def test_a_shortcut_runs_nothing_in_the_name_of_its_folder(inside: Path, name: str) -> None:
    """The name of the folder of documents stands in a file that a shell reads: that of a Mac, which runs here too."""
    folder = inside / name
    folder.mkdir()
    result = run("snelkoppeling", "--map", folder, "--uit", inside, "--systeem", "macos")
    assert result.code == 0, result.err
    (made,) = (p for p in inside.iterdir() if p.is_file())
    done = subprocess.run(["bash", made], cwd=inside, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(inside)}, timeout=60)  # fmt: skip
    assert b"GEEN" not in done.stdout and {p for p in tree(inside) if "weg" in Path(p).name} == {name}
