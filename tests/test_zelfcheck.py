"""zelfcheck: what is wrong with a computer is told, with what to do, and nothing of who works there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from dossiers import make_client, quick_keys
from regiekit.cli import starten, zelfcheck, zelfcheck_computer, zelfcheck_onderdelen, zelfcheck_plaatsen
from regiekit.cli.openen import open_file
from regiekit.cli.output import files_written
from regiekit.cli.verborgen import known_part, make_hider
from regiekit.cli.zelfcheck import CHECKS
from regiekit.content.library import data_folder
from regiekit.domain.zelfcheck import Bevinding, Onderdeel, careful, good, summary, worst, wrong
from regiekit.dossier import sleutelbos
from regiekit.dossier.plaats import NAAM
from regiekit.render import pdf
from util import ROOT, run

if TYPE_CHECKING:
    from collections.abc import Iterator

IDS = [check.id for check in CHECKS]
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
POSIX = pytest.mark.skipif(os.name == "nt", reason="rights and programs as Linux and macOS have them")


class Look(NamedTuple):
    """One part as a coach gets it, with the exit code of the command."""

    oordeel: str
    uitleg: str
    doen: str
    code: int


def look_at(name: str, monkeypatch: pytest.MonkeyPatch) -> Look:
    """The command with this part alone."""
    monkeypatch.setattr(zelfcheck, "CHECKS", [check for check in CHECKS if check.id == name])
    done = run("zelfcheck", "--json")
    assert done.err == ""
    (found,) = done.json["onderdelen"]
    assert found["id"] == name
    assert bool(found["doen"]) == (found["oordeel"] != "goed")  # who is told of something, is told what to do
    assert done.code == (3 if found["oordeel"] == "fout" else 0)
    return Look(found["oordeel"], found["uitleg"], found["doen"], done.code)


def whole(home: Path, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The whole command in its own process, in the folder `home`, after these lines of Python."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home / "tmp"), "TZ": "Europe/Amsterdam"}
    code = f"import sys\n{before}\nfrom regiekit.cli.app import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, "zelfcheck", "--json"],
        cwd=home if home.is_dir() else "/", env=env | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def parts_of(done: subprocess.CompletedProcess[str]) -> dict[str, dict[str, str]]:
    """The parts by their id; nothing may have been said beside them."""
    assert done.stderr == ""
    found = {o["id"]: o for o in json.loads(done.stdout)["onderdelen"]}
    assert list(found) == IDS
    assert done.returncode == (3 if any(o["oordeel"] == "fout" for o in found.values()) else 0)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "jansma/tmp").mkdir(parents=True)
    return tmp_path / "jansma"


def content_of(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


# The whole ----------------------------------------------------------------------------------------------------------


def test_all_is_well_here_and_nothing_stays_behind(home: Path) -> None:
    before = content_of(home)
    parts = parts_of(whole(home))
    assert content_of(home) == before
    left = {name: o for name, o in parts.items() if o["oordeel"] != "goed"}
    assert set(left) <= {"opdracht", "openen"}, left  # whether these are there is up to the machine of the test
    assert not [o for o in parts.values() if o["oordeel"] == "goed" and o["doen"]]
    assert all(o["naam"] and o["uitleg"] for o in parts.values())


def test_the_text_says_the_same_line_by_line() -> None:
    said, as_json = run("zelfcheck"), run("zelfcheck", "--json")
    told = [Onderdeel(**o) for o in as_json.json["onderdelen"]]
    assert (said.code, said.err) == (as_json.code, "")
    text = " ".join(said.out.split())
    places = [text.find(f"{o.oordeel} {o.naam}: {o.uitleg}.") for o in told if "vrij" not in o.uitleg]
    assert places == sorted(places)
    assert places[0] == 0
    assert said.out.endswith(f"\n\n{summary(told)}\n")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_screen(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(zelfcheck, "CHECKS", [c for c in CHECKS if c.id in ("versies", "klok", "scherm", "groep")])
    lines = run("zelfcheck").out.split("\n")
    assert max(map(len, lines)) <= min(columns, 100)
    assert [line for line in lines if line.startswith(" " * 8)] or columns > 80


def test_the_help_says_what_the_exit_code_means() -> None:
    assert "exitcode is 0 als er nergens 'fout' staat, en anders 3" in " ".join(run("zelfcheck", "--help").out.split())


@pytest.mark.parametrize(
    ("oordelen", "line"),
    [("goed goed", "Alles is in orde."), ("goed fout", "Eén ding vraagt aandacht."),
     ("fout let-op let-op", "3 dingen vragen aandacht.")],
)  # fmt: skip
def test_the_last_line_counts(oordelen: str, line: str) -> None:
    assert summary(Onderdeel("x", "X", o.replace("-", " "), "", "") for o in oordelen.split()) == line  # type: ignore[arg-type]


def test_of_several_the_worst_counts() -> None:
    assert worst((good("a"), good("b"))) == good("a; b")
    assert worst((good("a"), careful("b", "B."), wrong("c", "C."))) == Bevinding("fout", "b; c", "B. C.")


@pytest.mark.parametrize("name", IDS)
def test_a_check_that_breaks_is_a_line_and_the_others_go_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check = next(c for c in CHECKS if c.id == name)
    module = getattr(sys.modules["regiekit.cli"], check.module)

    def broken() -> Bevinding:
        raise RuntimeError("Jansma zegt niets")

    monkeypatch.setattr(module, f"check_{name}", broken)
    other = next(c for c in CHECKS if c.id in ("versies", "groep") and c is not check)
    monkeypatch.setattr(zelfcheck, "CHECKS", [check, other, check])
    done = run("zelfcheck")
    assert (done.code, done.err) == (3, "")
    text = " ".join(done.out.split())
    assert text.count("dit kon niet nagekeken worden (RuntimeError)") == 2
    assert f"goed {other.naam}: " in text
    assert "Jansma" not in done.out


# Nothing of who works here ------------------------------------------------------------------------------------------


@POSIX
def test_it_tells_nothing_of_who_works_here(home: Path) -> None:
    """A name of a user, of the machine, and of a file that is called after a client."""
    (home / "Documenten").mkdir()
    elsewhere = home.parent / "jansma@werk" / "Jansma"
    elsewhere.mkdir(parents=True)
    dossier = home / "Documenten" / "mevrouw-Pietersen.regiekit"
    dossier.write_bytes(b"RGK1 en dan iets anders dat te lang is"[:9])
    dossier.chmod(0o644)
    machine = "import os; os.uname = lambda: os.uname_result(('Linux', 'laptop-jansma', '6', 'x', 'x'))\n"
    done = whole(home, machine, REGIEKIT_DOSSIER=str(dossier), USER="jansma", HOSTNAME="laptop-jansma")
    parts = parts_of(done)
    assert parts["dossier"]["oordeel"] == "fout"
    assert "~" in parts["werkmap"]["uitleg"]
    for word in ("jansma", "pietersen", str(home)):
        assert word not in done.stdout.lower()
    beside = whole(home, f"{machine}import os; os.chdir({str(elsewhere)!r})\n", USER="jansma")
    assert f"documenten komen in {Path(tempfile.gettempdir())}/…" in parts_of(beside)["werkmap"]["uitleg"]


@POSIX
@pytest.mark.parametrize("dossier", ["Vera Zorg/d.regiekit", "nergens/Vera/d.regiekit", "link/d.regiekit", "~Vera/d"])
def test_it_tells_no_name_that_somebody_gave_a_folder(dossier: str, home: Path) -> None:
    """A folder may be called after a client, or after the office whose cloud disk it is."""
    cloud = home / "Documenten/OneDrive - Bureau Vera"
    program = home / "Vera programma's/bin/regiekit"
    for folder in (cloud / "Piet de Vries R-014", home / "Vera Zorg", program.parent, home / "regiekit"):
        folder.mkdir(parents=True)
    (home / "link").symlink_to(home / "Vera Zorg")
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (home / "Vera Zorg").chmod(0o777)
    (home / "Vera Zorg/.stfolder").mkdir()
    for suffix in ("", "\ndef none(_): return 'je mag niet schrijven'\n"
                       "import regiekit.cli.zelfcheck_plaatsen as p; p.write_fault = none"):  # fmt: skip
        before = f"import os; os.chdir({str(cloud / 'Piet de Vries R-014')!r}){suffix}"
        path = dossier if dossier.startswith("~") else str(home / dossier)
        done = whole(home, before, REGIEKIT_DOSSIER=path, PATH=f"{program.parent}:{os.environ['PATH']}")
        parts = parts_of(done)
        assert not re.search("vera|piet|r-014|bureau v|link|nergens|zorg|stfolder", done.stdout, re.IGNORECASE)
        assert "~/Documenten/…" in parts["werkmap"]["uitleg"]
        assert "de map waarin je werkt (OneDrive)" in parts["clouddienst"]["uitleg"]
        assert "~/…" in parts["opdracht"]["uitleg"]
        if not dossier.startswith("~"):
            assert "~/…" in parts["dossier"]["uitleg"]


def test_what_every_computer_has_may_be_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME" if os.name != "nt" else "USERPROFILE", str(tmp_path))
    for usual in (".local/share/regiekit", "Documents/regiekit", "Desktop", "OneDrive/Documenten", ".venv/bin"):
        assert known_part(tmp_path / usual) == str(Path("~") / usual)
    assert known_part(tmp_path / "Desktop/Vera/regiekit") == str(Path("~/Desktop/…"))
    assert known_part(tmp_path) == "~"
    assert known_part(Path("Vera")) == "…"
    if os.name != "nt":
        assert known_part(Path("/usr/local/bin")) == "/usr/local/bin"
        assert known_part(Path("//server-van-vera/deel")) == "…"


def test_a_word_in_a_sentence_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is called 'map' leaves the sentences whole."""
    monkeypatch.setenv("USER", "map")
    assert make_hider()("een map in /data/map/werk") == "een map in /data/…/werk"


def test_of_two_homes_the_one_inside_the_other_is_hidden_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = str(Path("/data/werk/jansma"))
    monkeypatch.setattr("regiekit.cli.verborgen._homes", lambda: iter((str(Path("/data/werk")), inside)))
    assert make_hider()(f"het staat in {inside}, daar") == "het staat in ~, daar"


# Places -------------------------------------------------------------------------------------------------------------


@POSIX
def test_without_a_home_folder_it_still_tells_all(home: Path) -> None:
    parts = parts_of(whole(home, HOME="/nonexistent"))
    assert parts["versies"]["oordeel"] == "goed"
    nobody = "import pwd\ndef none(*_): raise KeyError\npwd.getpwuid = none\nimport os; del os.environ['HOME']\n"
    parts = parts_of(whole(home, nobody))
    assert parts["pdf"]["oordeel"] == "goed"


@POSIX
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that nobody can write in")
def test_where_nothing_can_be_written_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/proc")
    told = look_at("werkmap", monkeypatch)
    assert (told.oordeel, told.uitleg) == ("fout", "je mag niet schrijven in de map waarin je werkt (/proc)")
    monkeypatch.setenv("REGIEKIT_DOSSIER", "/proc/dossier.regiekit")
    told = look_at("dossier", monkeypatch)
    assert (told.oordeel, "je mag niet schrijven" in told.uitleg) == ("fout", True)


@POSIX
def test_a_read_only_home_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so that the refusal is that of the system."""
    from tempfile import TemporaryFile

    def refuse(dir: Path, **more: Any) -> Any:  # noqa: A002
        if Path(dir).is_relative_to(home):
            raise PermissionError(13, "Permission denied")
        return TemporaryFile(dir=dir, **more)

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local/share"))
    monkeypatch.chdir(home)
    assert look_at("werkmap", monkeypatch).oordeel == "fout"
    assert "er is nog geen dossier, en je mag niet schrijven" in look_at("dossier", monkeypatch).uitleg


@POSIX
def test_a_folder_that_was_taken_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weg").mkdir()
    monkeypatch.chdir(tmp_path / "weg")
    (tmp_path / "weg").rmdir()
    assert look_at("werkmap", monkeypatch).uitleg == "de map waarin je werkt bestaat niet meer"
    assert look_at("clouddienst", monkeypatch).oordeel == "goed"
    monkeypatch.chdir(tmp_path)


@POSIX
def test_on_a_full_disk_every_part_still_has_its_line(home: Path) -> None:
    """No file may grow: what writes says that there is no room, and the rest goes on."""
    parts = parts_of(whole(home, LIMIT))
    assert "er is geen ruimte meer" in parts["werkmap"]["uitleg"]
    for part in ("werkmap", "dossier"):  # another folder does not help, nor another place on the same disk
        doen = parts[part]["doen"]
        assert "maak de prullenbak leeg" in doen
        assert not [word for word in ("map van jezelf", "REGIEKIT_DOSSIER", "rechten") if word in doen]
    assert {n for n, o in parts.items() if o["oordeel"] == "fout"} >= {"werkmap", "dossier", "versleutelen"}
    assert parts["pdf"]["oordeel"] == "goed"
    assert not (home / "tmp").exists() or content_of(home / "tmp") == set()


@POSIX
def test_a_disk_with_room_for_less_than_a_page_is_full(home: Path) -> None:
    parts = parts_of(whole(home, LIMIT.replace("(0, 0)", "(1000, 1000)")))
    assert "er is geen ruimte meer" in parts["werkmap"]["uitleg"]


def test_little_room_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for free, oordeel, words in ((12_300_000, "let op", "nog maar 12 MB"), (1_250_000_000, "goed", "1,2 GB vrij")):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        told = look_at("werkmap", monkeypatch)
        assert (told.oordeel, words in told.uitleg) == (oordeel, True)


@POSIX
def test_the_dossier_and_who_may_come_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    folder = tmp_path / "werk"
    folder.mkdir(mode=0o755)
    path = folder / "d.regiekit"
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(path))
    assert "er is er nog geen" in look_at("dossier", monkeypatch).uitleg
    make_client(path)
    before = path.read_bytes()
    assert look_at("dossier", monkeypatch).oordeel == "goed"
    path.chmod(0o640)
    assert look_at("dossier", monkeypatch)[:2] == ("let op", "anderen op deze computer kunnen bij het bestand")
    path.chmod(0o600)
    folder.chmod(0o777)
    assert "kunnen in de map" in look_at("dossier", monkeypatch).uitleg
    assert path.read_bytes() == before
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(tmp_path / "nergens" / "d.regiekit"))
    assert "bestaat niet" in look_at("dossier", monkeypatch).uitleg
    monkeypatch.setenv("REGIEKIT_DOSSIER", " ")
    assert look_at("dossier", monkeypatch).oordeel == "fout"


@POSIX
def test_the_usual_folder_of_the_dossier_is_for_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "regiekit").mkdir(mode=0o700)
    make_client(tmp_path / "regiekit" / NAAM)
    assert look_at("dossier", monkeypatch).oordeel == "goed"
    (tmp_path / "regiekit").chmod(0o750)
    told = look_at("dossier", monkeypatch)
    assert (told.oordeel, "chmod 700" in told.doen) == ("let op", True)


def test_what_goes_to_a_cloud_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cloud = tmp_path / "OneDrive - Bureau"
    cloud.mkdir()
    monkeypatch.chdir(tmp_path)
    assert look_at("clouddienst", monkeypatch).oordeel == "goed"
    monkeypatch.chdir(cloud)
    told = look_at("clouddienst", monkeypatch)
    assert "de map waarin je werkt (OneDrive)" in told.uitleg
    assert "--map" in told.doen and "dossier" not in told.doen.lower()  # the dossier is not there: nothing of it
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REGIEKIT_DOSSIER", str(cloud / "d.regiekit"))
    told = look_at("clouddienst", monkeypatch)
    assert "het dossier (OneDrive)" in told.uitleg and "REGIEKIT_DOSSIER" in told.doen
    monkeypatch.delenv("REGIEKIT_DOSSIER")
    monkeypatch.setenv("HOME" if os.name != "nt" else "USERPROFILE", str(cloud))
    assert "de map van de snelkoppeling" in look_at("clouddienst", monkeypatch).uitleg


def test_a_program_folder_that_cannot_be_written_in_is_slower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regiekit.content.library.PACKAGE", tmp_path)
    assert look_at("tijdelijk", monkeypatch).oordeel == "goed"
    monkeypatch.setattr(zelfcheck_plaatsen, "write_fault", lambda _: "je mag niet schrijven")
    assert look_at("tijdelijk", monkeypatch).oordeel == "let op"
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/inhoud-kennis.json").write_text("")
    assert look_at("tijdelijk", monkeypatch).oordeel == "goed"


# Parts --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fonts, to break."""
    for name in zelfcheck_onderdelen.LETTERTYPEN:
        (tmp_path / name).write_bytes((pdf.FONTS / name).read_bytes())
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    return tmp_path


def test_the_list_of_fonts_is_that_of_the_folder() -> None:
    there = {p.name for p in pdf.FONTS.iterdir() if p.suffix != ".txt"}
    assert set(zelfcheck_onderdelen.LETTERTYPEN) == there


@pytest.mark.parametrize("name", sorted(zelfcheck_onderdelen.LETTERTYPEN))
def test_a_font_that_is_broken_or_gone_is_named(name: str, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_at("lettertypen", monkeypatch).oordeel == "goed"
    raw = (fonts / name).read_bytes()
    (fonts / name).write_bytes(raw[:100] + bytes([raw[100] ^ 1]) + raw[101:])
    assert look_at("lettertypen", monkeypatch)[:2] == ("fout", f"{name} is beschadigd")
    (fonts / name).unlink()
    assert look_at("lettertypen", monkeypatch)[:2] == ("fout", f"{name} ontbreekt")


def block(library: str, monkeypatch: pytest.MonkeyPatch, *users: str) -> None:
    """As if this library is not there; what of regiekit stands on it is loaded anew."""
    for name in [n for n in sys.modules if n == library or n.startswith(f"{library}.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in users:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, library, None)


LIBRARIES = [
    ("pdf", "typst", "typst"),
    ("word", "docx", "docx ontbreekt"),
    ("antwoorden", "joserfc", "joserfc ontbreekt"),
    ("versleutelen", "apsw", "apsw ontbreekt"),
]
USERS = {"joserfc": "regiekit.kanaal.jose", "apsw": "regiekit.dossier.opslag"}


@pytest.mark.parametrize(("name", "library", "told"), LIBRARIES)
def test_a_library_that_is_not_there_is_named(
    name: str, library: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look_at(name, monkeypatch).oordeel == "goed"
    block(library, monkeypatch, *([USERS[library]] if library in USERS else []))
    found = look_at(name, monkeypatch)
    assert (found.oordeel, told in found.uitleg) == ("fout", True)


@pytest.mark.parametrize(
    ("name", "library", "system", "machine", "todo"),
    [("pdf", "typst", "win32", "ARM64", "HTML"), ("antwoorden", "joserfc", "win32", "ARM64", "zonder --sleutel"),
     ("antwoorden", "joserfc", "darwin", "x86_64", "zonder --sleutel")],
)  # fmt: skip
def test_where_there_is_no_library_the_other_way_is_told(
    name: str, library: str, system: str, machine: str, todo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(library, monkeypatch, *([USERS[library]] if library in USERS else []))
    seen = zelfcheck_onderdelen.is_system
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr(
        zelfcheck_onderdelen, "is_system", lambda wanted, *m: wanted == system and seen(sys.platform, *m)
    )
    found = look_at(name, monkeypatch)
    assert (found.oordeel, todo in found.doen) == ("let op", True)


@POSIX
def test_every_library_gone_is_still_a_whole_list(home: Path) -> None:
    names = ("typst", "docx", "joserfc", "apsw", "keyring", "platformdirs", "yaml", "pydantic", "numpy", "polars")
    parts = parts_of(whole(home, f"for name in {names}: sys.modules[name] = None\n"))
    assert {parts[n]["oordeel"] for n in ("pdf", "word", "antwoorden", "versleutelen", "inhoud")} == {"fout"}
    assert parts["sleutelbos"]["oordeel"] != "goed"


def test_a_dossier_library_that_does_not_encrypt_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain apsw has the same name, takes a key and writes plain text."""
    import apsw

    monkeypatch.delattr(apsw, "mc_version")
    assert "apsw-sqlite3mc" in look_at("versleutelen", monkeypatch).uitleg


def test_a_key_that_opens_everything_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.urandom", lambda n: b"\1" * n)
    monkeypatch.setattr("regiekit.dossier.opslag.derive_key", lambda *_: b"\1" * 32)
    assert "verkeerde sleutel" in look_at("versleutelen", monkeypatch).uitleg


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """No keychain, and nobody who asked for it; the folder in which asking leaves its mark."""
    monkeypatch.setattr(sleutelbos, "_marks", lambda: tmp_path / "sleutelbos")
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield tmp_path / "sleutelbos"
    keyring.set_keyring(before)


class Kluis(keyring.backends.null.Keyring):
    """A keychain that keeps secrets."""

    priority = 5  # type: ignore[assignment]


def test_a_keychain_matters_only_to_who_asked_for_it(keychain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_at("sleutelbos", monkeypatch).oordeel == "goed"
    keychain.mkdir()
    (keychain / "abc").touch()
    assert look_at("sleutelbos", monkeypatch).oordeel == "let op"
    keyring.set_keyring(Kluis())
    assert look_at("sleutelbos", monkeypatch)[:2] == (
        "goed", "daar wordt de sleutel van je dossier bewaard, zoals je koos"
    )  # fmt: skip


def test_a_keychain_that_waits_is_not_waited_for(keychain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    done = Event()
    monkeypatch.setattr(zelfcheck_onderdelen, "SECONDS", 0.05)
    monkeypatch.setattr(sleutelbos, "has_keychain", lambda: done.wait(20))
    keychain.mkdir()
    (keychain / "abc").touch()
    try:
        assert look_at("sleutelbos", monkeypatch).oordeel == "let op"
    finally:
        done.set()


def test_the_kinds_of_content_are_those_of_the_folder() -> None:
    assert set(zelfcheck_onderdelen.SOORTEN) == {p.name for p in data_folder().iterdir() if p.is_dir()}


def test_content_that_is_broken_or_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    monkeypatch.setattr("regiekit.content.library.data_folder", lambda: tmp_path / "data")
    assert look_at("inhoud", monkeypatch).oordeel == "goed"
    broken = tmp_path / "data/technieken/inoculatie.yaml"
    whole_file = broken.read_bytes()
    broken.write_bytes(whole_file[: len(whole_file) // 2])
    told = look_at("inhoud", monkeypatch)
    assert (told.oordeel, told.uitleg.startswith("inoculatie.yaml klopt niet: ")) == ("fout", True)
    shutil.rmtree(tmp_path / "data/technieken")
    assert look_at("inhoud", monkeypatch)[:2] == ("fout", "een map met inhoud ontbreekt")


def test_a_file_that_is_not_as_it_was_installed_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, info = tmp_path / "regiekit", tmp_path / "regiekit-0.1.0.dist-info"
    package.mkdir()
    info.mkdir()
    digest = urlsafe_b64encode(sha256(b"heel").digest()).decode().rstrip("=")
    (package / "a.py").write_bytes(b"heel")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: regiekit\nVersion: 0.1.0\n")
    record = "".join(f"regiekit/{name}.py,sha256={digest},4\n" for name in ("a", "b", "c"))
    (info / "RECORD").write_text(f"{record}../../bin/regiekit,sha256=x,1\nregiekit-0.1.0.dist-info/RECORD,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    (package / "b.py").write_bytes(b"half")
    assert [p.name for p in zelfcheck_onderdelen.changed_files()] == ["b.py", "c.py"]
    assert look_at("inhoud", monkeypatch)[:2] == ("fout", "bestanden van regiekit die ontbreken of veranderd zijn: 2")


@pytest.mark.parametrize(
    ("missing", "oordeel", "word"),
    [([], "goed", "het is er;"), (["numpy"], "let op", "numpy"), (None, "goed", "het is er niet")],
)
def test_the_extra_is_whole_or_not_there(
    missing: list[str] | None, oordeel: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regiekit.cli import onderdelen

    gone = onderdelen.GROEP if missing is None else missing
    monkeypatch.setattr(onderdelen, "find_spec", lambda name: None if name in gone else object())
    told = look_at("groep", monkeypatch)
    assert (told.oordeel, word in told.uitleg) == (oordeel, True)


# The computer -------------------------------------------------------------------------------------------------------


def test_an_old_or_small_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(r"regiekit \S+, Python 3\.\d+\.\d+ \(64 bits\), ", look_at("versies", monkeypatch).uitleg)
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert look_at("versies", monkeypatch).oordeel == "let op"
    monkeypatch.setattr(zelfcheck_computer, "OUDSTE", (99, 0))
    assert look_at("versies", monkeypatch).oordeel == "fout"


def test_the_oldest_python_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={'.'.join(map(str, zelfcheck_computer.OUDSTE))}"


@POSIX
def test_which_regiekit_is_started_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(folder: str) -> Path:
        path = tmp_path / folder / "regiekit"
        path.parent.mkdir()
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
        return path

    monkeypatch.setattr(starten, "START", tmp_path / "start.py")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    told = look_at("opdracht", monkeypatch)
    assert (told.oordeel, "pipx ensurepath" in told.doen) == ("let op", True)
    own = put("venv")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/regiekit").symlink_to(own)
    assert look_at("opdracht", monkeypatch).oordeel == "goed"
    monkeypatch.setenv("PATH", str(put("ander").parent))
    own.write_text("#!/bin/sh\n# deze\n")
    told = look_at("opdracht", monkeypatch)
    assert (told.oordeel, "een andere dan deze" in told.uitleg) == ("let op", True)
    own.write_bytes((tmp_path / "ander/regiekit").read_bytes())  # as pipx does on Windows
    assert look_at("opdracht", monkeypatch).oordeel == "goed"


def test_start_py_needs_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/slot").touch()
    (tmp_path / "start.py").touch()
    monkeypatch.setattr(starten, "START", tmp_path / "start.py")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert look_at("opdracht", monkeypatch)[0:2] == (
        "goed", "je start regiekit met start.py; de opdracht zelf hoeft er dan niet te zijn"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "oordeel", "words"),
    [("utf-8", "goed", "é, € en ▒ kunnen"), ("cp1252", "let op", "het blokje van een balk bestaat niet in cp1252"),
     ("ascii", "let op", "de e met een accent, en het euroteken, en het blokje")],
)  # fmt: skip
def test_a_screen_that_lacks_a_sign_is_told(home: Path, encoding: str, oordeel: str, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "regiekit", "zelfcheck"],
        cwd=home, env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONIOENCODING": encoding},
        capture_output=True, check=False,
    )  # fmt: skip
    text = " ".join(done.stdout.decode(encoding).split())
    assert (done.stderr, f"{oordeel} Letters op het scherm: {words}" in text) == (b"", True)


def test_a_terminal_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.ISO-8859-15@euro")
    assert look_at("scherm", monkeypatch).oordeel == "goed"  # a file or a pipe shows nothing
    monkeypatch.setattr(zelfcheck_computer, "is_terminal", lambda: True)
    assert "ISO-8859-15" in look_at("scherm", monkeypatch).uitleg
    monkeypatch.setenv("LC_ALL", "nl_NL.utf8")
    assert look_at("scherm", monkeypatch).oordeel == "goed"


def test_a_narrow_screen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_at("breedte", monkeypatch).oordeel == "goed"
    monkeypatch.setattr(zelfcheck_computer, "is_terminal", lambda: True)
    for columns, oordeel in (("39", "let op"), ("40", "goed"), ("120", "goed")):
        monkeypatch.setenv("COLUMNS", columns)
        assert look_at("breedte", monkeypatch)[:2] == (oordeel, f"er passen {columns} tekens op een regel")


CET = timezone(timedelta(hours=1), "CET")


@pytest.mark.parametrize(
    ("moment", "oordeel", "words"),
    [(datetime(2027, 3, 1, 12, tzinfo=CET), "goed", "1 maart 2027; tijdzone UTC+01:00"),
     (datetime(2026, 11, 22, 0, tzinfo=CET), "goed", "22 november 2026"),  # the day of this version itself
     (datetime(1970, 1, 1, 12, tzinfo=CET), "fout", "1 januari 1970, en toen was deze regiekit er nog niet"),
     (datetime(2099, 1, 1, 12, tzinfo=CET), "let op", "1 januari 2099; dat is ver in de toekomst"),
     (datetime(2027, 3, 1, 12, tzinfo=UTC), "let op", "de tijdzone is UTC")],
)  # fmt: skip
def test_a_clock_that_cannot_be_right_is_told(
    moment: datetime, oordeel: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(zelfcheck_computer, "now", lambda: moment)
    told = look_at("klok", monkeypatch)
    assert (told.oordeel, words in told.uitleg) == (oordeel, True)


@pytest.mark.parametrize(
    ("zone", "known"),
    [("Europe/Amsterdam", True), ("CET-1CEST", True), ("<+03>-3", True), (":/etc/localtime", True),
     ("Europa/Amsterdam", False), ("..", False), ("Amsterdam", False)],
)  # fmt: skip
def test_a_time_zone_that_does_not_exist_is_told(zone: str, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setattr(zelfcheck_computer, "now", lambda: datetime(2027, 3, 1, 12, tzinfo=CET))
    assert (look_at("klok", monkeypatch).oordeel == "goed") == known


def test_the_day_of_this_version_is_that_of_the_changes() -> None:
    """Once the newest version has a day; until then it cannot be later than today."""
    newest = re.search(r"^## \S+ \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    today = datetime.now(UTC).astimezone().date()
    assert today >= zelfcheck_computer.UITGAVE
    if newest[1][0].isdigit():
        assert date.fromisoformat(newest[1]) == zelfcheck_computer.UITGAVE


# Opening ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A false xdg-open, and where it writes what it was asked to open."""
    program = tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho lawaai\necho lawaai >&2\nprintf "%s" "$#:$1" >"{tmp_path}/deel"\n'
                       f'mv "{tmp_path}/deel" "{tmp_path}/geopend"\n')  # fmt: skip
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path / "geopend"


def wait_for(path: Path) -> str:
    from time import monotonic, sleep

    until = monotonic() + 10
    while not path.exists() and monotonic() < until:
        sleep(0.01)
    return path.read_text(encoding="utf-8")


@POSIX
def test_a_document_is_handed_to_its_program(
    opener: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = Path("-h & 'é' $x.pdf")
    assert not open_file(name)
    name.write_text("")
    assert open_file(name)
    assert wait_for(opener) == f"1:{tmp_path / name}"
    assert capfd.readouterr() == ("", "")
    assert look_at("openen", monkeypatch).oordeel == "goed"


@POSIX
def test_ctrl_c_in_the_menu_does_not_close_the_document(opener: Path, tmp_path: Path) -> None:
    """Its program is in a session of its own, where no key of this terminal comes."""
    program = next((tmp_path / "bin").iterdir())
    code = f"import os; open('{tmp_path}/deel', 'w').write(str(os.getsid(0))); os.rename('{tmp_path}/deel', '{opener}')"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}"\n')
    document = tmp_path / "x.pdf"
    document.write_text("")
    assert open_file(document)
    assert int(wait_for(opener)) != os.getsid(0)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only Linux may have no screen")
def test_without_a_screen_or_a_program_nothing_is_opened(
    opener: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "x.pdf"
    document.write_text("")
    assert not open_file(tmp_path)
    assert not open_file(Path("a\0b"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not open_file(document)
    assert "xdg-utils" in look_at("openen", monkeypatch).doen
    monkeypatch.setenv("PATH", str(opener.parent / "bin"))
    (opener.parent / "bin/xdg-open").write_text("geen programma")
    assert not open_file(document)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not open_file(document)
    assert "geen venster" in look_at("openen", monkeypatch).uitleg


WRITERS = [
    ("techniek inoculatie --print --uit kaart.html", "kaart.html"),
    ("werkblad inoculatie --print --uit blad.html", "blad.html"),
    ("voorbereiding --print --uit v.html", "v.html"),
    ("plan --uit plan.docx", "plan.docx"),
    ("plan --invulblad --uit plan.yaml", "plan.yaml"),
    ("mijlpalen --eerste-ziektedag 2026-01-05 --ics m.ics", "m.ics"),
    ("verslag --voor intervisie --uit i.html", "i.html"),
    ("verslag --voor intervisie --invulblad --uit casus.yaml", "casus.yaml"),
    ("vragenlijst invulblad eigen-regie --uit blad.yaml", "blad.yaml"),
    ("vragenlijst papier eigen-regie --uit p.html", "p.html"),
    ("vragenlijst formulier eigen-regie --open --uit f.html", "f.html"),
    ("vragenlijst exporteer eigen-regie --naar fhir --uit x.json", "x.json"),
    ("vragenlijst invullen eigen-regie --client R-1 --meetmoment start --uit a.yaml", "a.yaml"),
    (
        "vragenlijst importeer voorbeelden/antwoorden.csv --uit uit --scores s.csv",
        "s.csv uit/* voorbeelden/*.koppel.yaml",
    ),
    ("verloop voorbeelden/R-021-start.yaml --uit v.html", "v.html"),
    ("score voorbeelden/groep.csv --uit s.xlsx", "s.xlsx"),
    ("groep voorbeelden/groep.csv --verslag v.html", "v.html"),
    ("groep simuleer --n 20 --uit sim.csv", "sim.csv"),
]


@pytest.mark.parametrize(("command", "written"), WRITERS, ids=[row[0] for row in WRITERS])
def test_what_was_written_is_known(command: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file that is new, and no other; also when the answers stop halfway."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "voorbeelden", tmp_path / "voorbeelden")
    (tmp_path / "uit").mkdir()
    before = content_of(tmp_path)
    done = run(*command.split(), stdin="\n3\ns\n")
    assert done.code in (0, 130), done.err
    new = {tmp_path / name for name in content_of(tmp_path) - before}
    assert set(files_written()) == new == {p for glob in written.split() for p in tmp_path.glob(glob)}
    assert all(path.is_absolute() for path in files_written())
    assert len(new) >= len(written.split())
    run("zone", "--regie", "laag")
    assert files_written() == ()


def test_a_dossier_and_standard_output_are_no_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("dossier", "demo").code == 0
    assert files_written() == ()
    assert run("vragenlijst", "invulblad", "eigen-regie", "--uit", "-").code == 0
    assert files_written() == ()
    assert run("dossier", "inzage", "VERZONNEN-1", "--dossier", "demo.regiekit", "--uit", ".").code == 0
    assert {p.parent.parent for p in files_written()} | {p.parent for p in files_written()} >= {tmp_path}


def test_a_file_that_could_not_be_written_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kaart.html").write_text("van mij")
    assert run("techniek", "inoculatie", "--print", "--uit", "kaart.html").code == 2
    assert files_written() == ()
