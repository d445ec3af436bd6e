"""What is fuzzed: each target is what a command does with bytes that somebody else wrote.

A target writes those bytes in the folder that it is given and nowhere else. What it costs to load the project's own
content is paid once: `prepare` keeps it.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from fuzz import zaden
from regiekit.errors import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = date(2026, 3, 2)
VELDEN = ("vragenlijst", "versie", "client", "meetmoment", "datum", "antwoorden", "open", "vragen", "schalen", "id",
          "naam", "doel", "licentie", "herkomst", "redenering", "antwoordschaal", "min", "max", "labels", "omgekeerd",
          "minimaal_beantwoord", "voorbeelden", "teksten", "stappen", "kaart", "aliassen", "hash", "taal", "training",
          "kolommen", "velden", "overgeslagen", "eigen_waarden", "casus", "vraag", "namen", "rollen", "evaluaties",
          "eigen-regie", "autonomie-1", "weet-niet", "gemiddelde", "som", "gesprek", "meting")  # fmt: skip
XML = (
    "<row>", "</row>", '<c t="s">', "<v>", "<f>", 'r="A1"', 'r="XFD1048576"', ' xmlns="', "<is><t>", "<!--", "-->",
    "<![CDATA[", "]]>", "<!DOCTYPE a [", "<!ENTITY b SYSTEM 'file:///etc/passwd'>", "&#x1b;", "&#0;", "\n@@ ", " *99",
    " =1", " !", " b", "repeated='9999999'", "1e308", "nan", "-1", "_x000D_", "_xD800_", "<?xml encoding='x'?>",
)  # fmt: skip


class Doel(NamedTuple):
    """One target: what it does with bytes, and what to start from.

    `langste`: bytes of one input; `blijft`: the files that it may leave; `opdracht`: it is a whole command, which may
    leave any file that it is told to make; `proces`: whether it tries its input in a process of its own.
    """

    naam: str
    wat: str
    voer: Callable[[bytes, Path], object]
    zaden: Callable[[], list[bytes]]
    woorden: tuple[str, ...] = ()
    langste: int = 4_096
    blijft: tuple[str, ...] = ("in",)
    opdracht: bool = False
    proces: bool = False


@contextmanager
def prepare(folder: Path) -> Iterator[None]:
    """The project's own content is loaded once, keys cost few rounds, and nothing of who runs this takes part."""
    import keyring.backends.fail

    from regiekit.cli import kennis
    from regiekit.content import kennisbank, library, stored
    from regiekit.domain import clientcode
    from regiekit.dossier import opslag
    from regiekit.kanaal import sleutel

    own, stored_load, names = library._load, cache(stored.load), {}
    own_load = cache(own)

    def load(kind: str, bibliotheek: Path | None = None, wanted: str | None = None) -> list[Any]:
        return own(kind, bibliotheek, wanted) if bibliotheek else list(own_load(kind))

    def whole_names(lijst: Any) -> frozenset[str]:
        return names.setdefault(id(lijst), real_names(lijst))

    real_names = clientcode.whole_names
    with ExitStack() as stack:
        for owner, name, new in (
            (library, "_load", load), (stored, "load", stored_load), (clientcode, "whole_names", whole_names),
            (kennis, "load_kennisbank", cache(kennisbank.load_kennisbank)),
            (opslag, "ROUNDS", dict.fromkeys(opslag.ROUNDS, 2)), (opslag, "WAIT", 0.05),
            (sleutel, "ROUNDS", 10), (sleutel, "MOST_ROUNDS", 50),
        ):  # fmt: skip
            stack.enter_context(mock.patch.object(owner, name, new))
        home = str(folder / "thuis")
        mine = {"HOME": home, "XDG_DATA_HOME": home, "COLUMNS": "80"}
        stack.enter_context(mock.patch.dict(os.environ, mine))
        for name in ("REGIEKIT_DOSSIER", "REGIEKIT_SLEUTEL", "REGIEKIT_BIBLIOTHEEK"):
            os.environ.pop(name, None)
        before = keyring.get_keyring()
        keyring.set_keyring(keyring.backends.fail.Keyring())
        yield
        keyring.set_keyring(before)


def _put(data: bytes, folder: Path, name: str = "in") -> Path:
    path = Path(name)  # in the folder where the process is: short, so that it fits in a line
    path.write_bytes(data)
    return path


# Files that people write --------------------------------------------------------------------------------------------


def read_any(data: bytes, _: Path) -> object:
    """The reader alone: YAML, or JSON when the first byte is odd."""
    from regiekit.content.reader import read_json, read_yaml

    read, problems = (read_json if data[:1] and data[0] % 2 else read_yaml)(data[1:], "in")
    for loc in read.values:
        read.place_of(loc)
    if problems:
        raise ProblemsError(problems)
    return [read.data]  # a number alone would be an exit code


def check_file(data: bytes, folder: Path) -> object:
    """`controleer` of one file, of whatever kind."""
    from regiekit.content.control import control, proof_hints

    path = _put(data, folder)
    problems = control([path], None)[1]
    if problems:
        raise ProblemsError(problems)
    return proof_hints([path])


def score_file(data: bytes, folder: Path) -> object:
    """`score` of an answer file, or of a table that looks like one."""
    from regiekit.cli.score import is_one_tabel, score_one_tabel, show_client
    from regiekit.domain.advies import Bronnen
    from regiekit.kanaal.antwoordbestand import read_afnames
    from regiekit.kanaal.versleuteld import check_key, open_with, read_sealed

    def open_sealed(raw: bytes, bestand: str) -> bytes:
        verzegeld = read_sealed(raw, bestand)
        check_key(verzegeld, zaden.slot().geheim, place)
        return open_with(zaden.slot().sleutel, verzegeld)

    from regiekit.kanaal.sleutel import Plaats

    place = Plaats(Path("sleutel.json"), Path("sleutel.openbaar.json"))
    path = _put(data, folder)
    if is_one_tabel([str(path)], None):
        return score_one_tabel(path, dict.fromkeys(_OF_TABEL), {}, None, True)
    return show_client(read_afnames([str(path)], open_sealed), Bronnen(), True, None)


_OF_TABEL = ("--vragenlijst", "--koppel", "--meetmoment", "--blad", "--id", "--weiger-rijen", "--akkoord", "--uit",
             "--overschrijf")  # fmt: skip


def plan_file(data: bytes, folder: Path) -> object:
    """`plan` of a file, guarded as a text for others."""
    from regiekit.cli.plan import Verzoek, plan_from_file
    from regiekit.domain.plan import Plan

    odd = len(data) % 2 == 1
    asked = Verzoek(Plan(datum=DAY), False, False, odd, odd, None, False, True)
    return plan_from_file(str(_put(data, folder)), asked)


def casus_file(data: bytes, folder: Path) -> object:
    """`verslag --voor intervisie` of a file."""
    from regiekit.cli.verslag import verslag

    return verslag("intervisie", str(_put(data, folder)), toch=len(data) % 2 == 1, json=True)


def referentie_file(data: bytes, folder: Path) -> object:
    """A referentiebestand, and what `score` does with it."""
    from regiekit.content.referentie import load_referentie_for

    lijst = zaden.lijst()
    return load_referentie_for(_put(data, folder), [(lijst.inhoud.id, lijst.inhoud.versie, lijst.hash)])


# Tables -------------------------------------------------------------------------------------------------------------


def _import(path: Path, mode: int, koppel: Path | None = None) -> object:
    from regiekit.cli.importeer import importeer

    lijst = None if koppel else ("schaalvragen", "eigen-regie")[mode & 1]
    return importeer(
        path, lijst, koppel, uit=Path("uit") if mode & 2 else None, scores=Path("scores.csv") if mode & 4 else None,
        weiger_rijen=bool(mode & 8), akkoord=not mode & 16, json=not mode & 32,
    )  # fmt: skip


def import_text(data: bytes, folder: Path) -> object:
    """`vragenlijst importeer` of a text; the first byte says with which options."""
    return _import(_put(data[1:], folder), data[0] if data else 0)


def import_parts(data: bytes, folder: Path) -> object:
    """The same of a spreadsheet, from the text of its parts."""
    return _import(_put(zaden.zip_from(data[1:]), folder), (data[0] if data else 0) & ~32)


def import_raw(data: bytes, folder: Path) -> object:
    """The same of the bytes of a zip."""
    return _import(_put(data, folder), 0)


def import_koppel(data: bytes, folder: Path) -> object:
    """The same beside a koppelbestand."""
    kop = [v.id for v in zaden.lijst("schaalvragen").inhoud.vragen]
    tabel = f"client,datum,{','.join(kop)}\nR-014,2/3/2026,{','.join('4' for _ in kop)}\nR-015,,veel,geen idee\n"
    return _import(_put(tabel.encode(), folder, "tabel.csv"), 8, _put(data, folder))


def group_table(data: bytes, folder: Path) -> object:
    """`groep` and `score` of a table: the first byte says how."""
    from regiekit.cli.tabel_groep import Tabelopdracht, read_groepstabel

    mode = data[0] if data else 0
    path = _put(data[1:], folder)
    lijst = (None, "schaalvragen", "eigen-regie")[mode % 3]
    asked = Tabelopdracht(
        path, lijst, akkoord=True, json=True, weiger_rijen=bool(mode & 4), id="nr" if mode & 8 else None
    )
    return read_groepstabel(asked, mensen=bool(mode & 16)).tabel.frame.collect()


@cache
def _parquet() -> list[bytes]:
    import io

    import polars as pl

    vragen = [v.id for v in zaden.lijst("schaalvragen").inhoud.vragen]
    frames = [
        pl.DataFrame({"client": ["R-014", None], **{v: [4, None] for v in vragen}}),
        pl.DataFrame({"nr": [1, 2], "datum": [DAY, None], **{v: [4.0, float("nan")] for v in vragen}}),
        pl.DataFrame({"nr": [[1], [2]], "client": [b"x", b""], **{v: ["4", "x"] for v in vragen}}),
    ]
    made = []
    for frame in frames:
        stream = io.BytesIO()
        frame.write_parquet(stream, compression="uncompressed")
        made.append(stream.getvalue())
    return made


# Keys and sealed files ----------------------------------------------------------------------------------------------


def score_sealed(data: bytes, folder: Path) -> object:
    """`score` of a sealed file: `h` header, line end, text; anything else is the file itself."""
    if data[:1] != b"h":
        return score_file(data[1:], folder)
    header, _, text = data[1:].partition(b"\n")
    return score_file(zaden.slot().seal(header, text), folder)


def read_key(data: bytes, folder: Path) -> object:
    """The files of a key: JSON of the secret part with its header as text, a line end, JSON of the public part."""
    from regiekit.kanaal import jose, sleutel

    secret, _, public = data.partition(b"\n")
    plaats = sleutel.Plaats(_put(_with_checksum(secret), folder, "in"), _put(public, folder, "in.openbaar"))
    geheim = sleutel.load_secret(plaats)
    found = sleutel.load_public(plaats)
    return geheim and jose.unseal_private(geheim.sealed, "een wachtzin"), found


def _with_checksum(secret: bytes) -> bytes:
    """A secret part whose checksum is right, so that what is behind it is reached."""
    from regiekit.kanaal.sleutel import _PARTS, _checksum

    try:
        made = json.loads(secret)
        made["protected"] = zaden.b64(made["protected"].encode())
        made["controle"] = _checksum([made.get(name) for name in ("kid", "gemaakt", *_PARTS)])
        return json.dumps(made).encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return secret


# The dossier --------------------------------------------------------------------------------------------------------

WACHTZIN = "fiets lantaarn kaneel brug"


@cache
def _dossier(plain: bool) -> bytes:
    """A dossier with two clients; plain: without encryption, so that damage gets to what lies behind it."""
    from tempfile import TemporaryDirectory

    from dossiers import BEGIN
    from regiekit.domain.aantekening import Gesprek, Traject
    from regiekit.dossier import opslag
    from regiekit.dossier.boek import Boek

    with TemporaryDirectory() as folder, _without_cipher(plain):
        path, head = Path(folder) / "d", opslag.Head(opslag.MERK + zaden.SALT)
        key = opslag.derive_key(WACHTZIN, head)
        opslag.make_file(path, key, head)
        with opslag.Opslag(path, key, head) as opened:
            boek = Boek(opened)
            for code in ("R-014", "R-015"):
                boek.new_client(code, BEGIN, Traject.model_validate({"begin": BEGIN}))
                for _ in range(3):
                    boek.add(code, BEGIN, Gesprek(notitie="Een verzonnen gesprek. " * 20))
        return path.read_bytes()


@contextmanager
def _without_cipher(plain: bool) -> Iterator[None]:
    from regiekit.dossier import opslag

    if not plain:
        yield
        return
    with mock.patch.object(opslag, "_unlock", lambda *_: None):
        yield


def open_head(data: bytes, folder: Path) -> object:
    """A file that may be a dossier, by its first bytes."""
    return _read_all(_put(data, folder))


def _read_all(path: Path) -> object:
    """What `dossier controleer` and `dossier toon` do: all faults, the list, and each client."""
    from regiekit.dossier import opslag
    from regiekit.dossier.boek import Boek

    head = opslag.read_head(path)
    with opslag.Opslag(path, opslag.derive_key(WACHTZIN, head), head) as opened:
        return _read_boek(Boek(opened))


def _read_boek(boek: Any) -> object:
    from regiekit.dossier import opslag

    boek.page()
    for code in boek.codes()[:3]:
        boek.read(code)
    if faults := boek.faults():
        raise opslag.DossierError(f"in is beschadigd ({faults[0]})")
    return boek.uitvoer()


def open_damaged(data: bytes, folder: Path) -> object:
    """An encrypted dossier with damage, and a journal beside it when there is an odd number of bytes."""
    if len(data) % 2:
        _put(zaden.edit(_dossier(False)[:1024], data), folder, "in-journal")
    return _read_all(_put(zaden.edit(_dossier(False), data), folder))


def open_decrypted(data: bytes, folder: Path) -> object:
    """The same without encryption: as if whoever damaged it had the key."""
    from regiekit.dossier import opslag
    from regiekit.dossier.boek import Boek

    path, head = _put(zaden.edit(_dossier(True), data), folder), opslag.Head(opslag.MERK + zaden.SALT)
    with _without_cipher(True), opslag.Opslag(path, bytes(32), head) as opened:
        return _read_boek(Boek(opened))


def put_back(data: bytes, folder: Path) -> object:
    """`dossier herstel` of a damaged copy, over a dossier that is there or not."""
    from regiekit.cli.dossier_reserve import herstel

    path = _put(zaden.edit(_dossier(False), data), folder)
    if len(data) % 2:
        _put(_dossier(False), folder, "d")
    reader, writer = os.pipe()
    os.write(writer, f"{WACHTZIN}\n".encode())
    os.close(writer)
    try:
        return herstel(path, vervang=True, dossier=Path("d"), wachtzin_fd=reader)
    finally:
        os.close(reader)


# Words --------------------------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def read_codes(data: bytes, _: Path) -> object:
    """A code that is typed: of a form on paper (first), or of a client."""
    from regiekit.content.library import load_namenlijst
    from regiekit.domain import clientcode
    from regiekit.domain.papiercode import read_papiercode
    from regiekit.domain.plan import read_rol, read_stap
    from regiekit.domain.wachtzin import check_wachtzin

    text, how = _text(data[1:]), (data[0] if data else 0) % 5
    namen = clientcode.whole_names(load_namenlijst())
    return (
        read_papiercode, lambda t: clientcode.holds_name(clientcode.check_clientcode(t), namen), check_wachtzin,
        read_rol, read_stap,
    )[how](text)  # fmt: skip


def search_words(data: bytes, _: Path) -> object:
    """`kennis` with words."""
    from regiekit.cli.kennis import kennis

    return kennis(_text(data[1:]).split("\0"), dekking=bool(data[:1]) and data[0] % 8 == 7, json=True)


def guard_text(data: bytes, _: Path) -> object:
    """What is looked for in a text for others: medical words, numbers, names, codes, dates."""
    from regiekit.cli.bewaking import check_for_others, to_problem
    from regiekit.content.invoer import Bron
    from regiekit.content.library import load_namenlijst
    from regiekit.domain.herkenbaar import dates_to_weeks, find_anderen, find_herkenbaar, find_namen, hide_anderen

    name, _, text = data.decode("utf-8", "replace").partition("\n")
    lijst, start = load_namenlijst(), DAY if len(data) % 2 else None
    find_namen(text, lijst)
    hide_anderen(text, "R-014", [name, "R-015"])
    bron = Bron("tekst", dates_to_weeks(text, DAY))
    found = [*find_herkenbaar(text, lijst, [name], ["Jan"], start), *find_anderen(text, "R-014", [name], ["R-015"])]
    problems = [to_problem(Bron("tekst", text), v, "herkenbaar") for v in found]
    return check_for_others([Bron("tekst", text), bron], False, False, problems, werkgever=bool(start))


def read_dates(data: bytes, _: Path) -> object:
    """A column of dates, and a day as a coach types it."""
    from regiekit.domain.dagwoorden import read_dag
    from regiekit.domain.datumkolom import Datumkolom

    lines = _text(data).split("\n")
    kolom = Datumkolom((None, "dag-maand", "maand-dag")[len(data) % 3])
    for line in lines:
        kolom.read(line)
    kolom.settle()
    for line in lines:
        found = kolom.read(line)
        assert not found or date.fromisoformat(found)
    return read_dag(lines[0], DAY)


# Commands -----------------------------------------------------------------------------------------------------------

HARMLESS = frozenset([
    "score", "zone", "techniek", "vragenlijst", "advies", "kennis", "voorbereiding", "werkblad", "plan", "mijlpalen",
    "verloop", "verslag", "controleer", "schema", "dossier", "groep", "sleutel", "--help", "--versie",
])  # fmt: skip
# What takes long, because someone asks for much: a simulation, a picture on paper, a wachtzin of many rounds.
_SLOW = (
    "simuleer",
    "papier",
    "formulier",
    ".pdf",
    ".xlsx",
    "demo",
    "nieuw",
    "maak",
    "plan\0--",
    "wachtzin",
    "groep\0plan",
)


def command_line(data: bytes, folder: Path) -> object:
    """Any words behind 'regiekit'; what would take long or go elsewhere by itself is left out."""
    from regiekit.cli import taal
    from regiekit.cli.app import regiekit

    words = data.decode("utf-8", "surrogateescape").split("\0")
    joined = "\0".join(words).lower()
    if words[0] not in HARMLESS or any(slow in joined for slow in _SLOW):
        return None
    if any(
        part.startswith(("/", "~", "..", "-/")) or "../" in part for w in words for part in (w, w.partition("=")[2])
    ):
        return None
    for name in ("R-021-start.yaml", "plan.yaml", "casus.yaml"):
        (folder / name).write_bytes((zaden.ROOT / "voorbeelden" / name).read_bytes())
    return taal.run(regiekit, words)


COMMANDS = (
    "score|R-021-start.yaml", "score|R-021-start.yaml|--inschatting|laag|--sturing|strak|--waarneming|stress|--json",
    "score|R-021-start.yaml|R-021-start.yaml", "zone|--regie|laag", "zone|--json", "zone|--sturing|laag",
    "techniek|inoculatie", "techniek", "techniek|zones|--json", "vragenlijst|lijst", "vragenlijst|toon|eigen-regie",
    "vragenlijst|invulblad|eigen-regie|--uit|-", "vragenlijst|exporteer|eigen-regie|--naar|fhir|--uit|-",
    "advies|--regie|laag|--signaal|x", "advies|--signalen", "kennis|rouw", "kennis|--voor|client|regie|--alles",
    "werkblad|inoculatie|--uit|-", "werkblad", "plan|plan.yaml", "plan|--eigen-doel|Ik wil|--rol|coach=kiest|--json",
    "plan|--manieren", "mijlpalen|2026-01-05", "mijlpalen|2026-02-30", "mijlpalen|--json|9999-12-31",
    "verslag|casus.yaml|--voor|intervisie|--json", "verslag|--voor|client", "controleer|plan.yaml|--json",
    "controleer|casus.yaml", "schema|afname", "schema", "dossier|lijst", "dossier|toon|R-014", "sleutel|toon",
    "groep|x.csv", "--versie", "--help", "score|--help", "voorbereiding|--json", "verloop|R-021-start.yaml|--json",
)  # fmt: skip


def _edits() -> list[bytes]:
    """What to change in a dossier; the dossier itself is made before anything is judged."""
    _dossier(False), _dossier(True)
    return zaden.EDITS


def _options() -> tuple[str, ...]:
    """Every option and word of the commands, for the fuzzer to put in."""
    page = (zaden.ROOT / "docs/opdrachten.md").read_text(encoding="utf-8")
    import re

    return tuple(sorted(set(re.findall(r"--[a-z][a-z-]+", page))))


def _commands() -> list[bytes]:
    return [text.replace("|", "\0").encode() for text in COMMANDS]


def _with_mode(seeds: Callable[[], list[bytes]], *modes: int) -> Callable[[], list[bytes]]:
    return lambda: [bytes([mode]) + seed for seed in seeds() for mode in modes]


def _words(*texts: str) -> Callable[[], list[bytes]]:
    return partial(zaden.words, texts)


_IMPORT = ("in", "uit", "scores.csv", "in.koppel.yaml", "in.voorstel.yaml", "geweigerd.csv")
YAML_WOORDEN = (*VELDEN, *zaden.VREEMD)
_fouten = lambda *names: lambda: zaden.files(*(f"tests/fouten/{name}" for name in names))  # noqa: E731

DOELEN = (
    Doel("lezer", "de lezer van YAML en JSON", read_any, lambda: [
        bytes([n]) + seed for n in (0, 1) for seed in (*zaden.files("tests/fouten/yaml-*.yaml"),
                                                        *zaden.formulierantwoorden())], YAML_WOORDEN),
    Doel("vragenlijst", "een vragenlijst, met controleer", check_file, lambda: zaden.files(
        "tests/fouten/vragenlijst-*.yaml", "voorbeelden/vragenlijst.yaml", "data/vragenlijsten/*.yaml"), YAML_WOORDEN),
    Doel("techniek", "een techniek, met controleer", check_file, lambda: [
        zaden.FOUTEN.joinpath("techniek-volgorde-te-laag.yaml").read_bytes().replace(b"volgorde: 0", b"volgorde: 1"),
        *zaden.files("tests/fouten/techniek-*.yaml")], YAML_WOORDEN),
    Doel("overig", "elk ander bestand dat controleer kent", check_file, lambda: [
        *zaden.words(zaden.OVERIG), *zaden.files("tests/fouten/k*.yaml", "tests/fouten/m*.yaml", "data/*/*.yaml")],
        YAML_WOORDEN, 6_000),
    Doel("afname", "een afname in YAML, met score", score_file, lambda: zaden.files(
        "tests/fouten/afname-*.yaml", "voorbeelden/R-*.yaml"), YAML_WOORDEN),
    Doel("plan", "een plan, met de bewaking", plan_file, lambda: zaden.files(
        "voorbeelden/plan.yaml", "tests/fouten/plan-*.yaml"), YAML_WOORDEN),
    Doel("casus", "een casus voor intervisie", casus_file, lambda: zaden.files("voorbeelden/casus.yaml"), YAML_WOORDEN),
    Doel("referentie", "een referentiebestand", referentie_file, zaden.referenties, YAML_WOORDEN),
    Doel("koppelbestand", "een koppelbestand naast een tabel", import_koppel, zaden.koppelbestanden, YAML_WOORDEN,
         blijft=("in", "tabel.csv")),
    Doel("csv", "een CSV, met importeer", import_text, _with_mode(zaden.tabellen, 0, 6, 15, 40), zaden.VREEMD,
         blijft=_IMPORT),
    Doel("xlsx", "de delen van een XLSX, met importeer", import_parts, _with_mode(zaden.werkboeken, 0, 14), XML, 8_000,
         blijft=_IMPORT),
    Doel("ods", "de delen van een ODS, met importeer", import_parts, _with_mode(zaden.odsen, 0, 14), XML, 8_000,
         blijft=_IMPORT),
    Doel("zip", "de bytes van een rekenblad, met importeer", import_raw, lambda: [
        zaden.zip_from(parts) for parts in (*zaden.werkboeken()[:2], *zaden.odsen()[::2])], ("PK\x03\x04",),
        blijft=_IMPORT),
    Doel("tabel", "een CSV als groep", group_table, _with_mode(zaden.tabellen, 1, 5, 17), zaden.VREEMD, blijft=_IMPORT,
         proces=True),
    Doel("parquet", "een Parquet-bestand als groep", group_table, _with_mode(_parquet, 1, 9, 21), ("PAR1",), 8_000,
         blijft=_IMPORT, proces=True),
    Doel("antwoord", "een antwoordbestand van het formulier", score_file, zaden.formulierantwoorden,
         (*VELDEN, '"formulier": 1', '"klaar": true', "eyJ", "MIME-Version: 1.0", "PAR1", "PK\x03\x04", "%PDF")),
    Doel("fhir", "een antwoord in FHIR", score_file, zaden.fhir_antwoorden,
         ('"item": [', '"linkId": ', '"answer": [', '"valueInteger": 3', '"valueString": ', "|1", "gegevens.hash")),
    Doel("inzending", "een inzending van ODK (XML)", score_file, zaden.inzendingen, XML),
    Doel("versleuteld", "een versleuteld antwoordbestand (JWE)", score_sealed, zaden.sealed_seeds,
         ('"p2c": 99999999', '"zip": "DEF"', '"alg": "none"', '"epk": {', '"crit": ["x"]', '"apu": "', '"kid": null')),
    Doel("sleutel", "de bestanden van een sleutel", read_key, zaden.key_files,
         ('"p2c": 10', '"p2c": 1e9', '"p2s": ""', '"x": ""', "2026-13-99"), blijft=("in", "in.openbaar")),
    Doel("dossier-kop", "het begin van een dossier", open_head, lambda: [
        *zaden.words(("SQLite format 3\0", "")), _dossier(False)[:4096], _dossier(False)[:16], _dossier(True)[:4096]]),
    Doel("dossier", "een beschadigd dossier, en zijn journaal", open_damaged, _edits, langste=160,
         blijft=("in", "in-journal", "in-nakijken")),
    Doel("dossier-open", "een dossier dat zonder sleutel beschadigd is", open_decrypted, _edits,
         langste=160, blijft=("in", "in-journal", "in-nakijken")),
    Doel("herstel", "een beschadigde reservekopie terugzetten", put_back, _edits, langste=160,
         opdracht=True),
    Doel("code", "een code van papier of van een cliënt, en andere getypte woorden", read_codes, _with_mode(_words(
        "regiekit:eigen-regie@1:start:R-014:0123abcd", "R-014", "123456782", "0612345678", "coach=kiest", "a;b;c",
        "fiets lantaarn kaneel brug"), 0, 1, 2, 3, 4), langste=300),
    Doel("zoeken", "zoeken in kennis", search_words, _with_mode(_words(
        "rouw", "eigen regie", "wat is een zone", "niet-bestaand", "themas", "v4-11"), 0, 7), langste=200),
    Doel("bewaking", "een tekst voor anderen", guard_text, _words(
        "Jan Jansen\nOp 12 maart 2026 belde Jan uit Utrecht; BSN 123456782, burn-out, R-015.",
        "\nwerknemer heeft 12 03 2026 griep, 111 222 333 en 06-12345678", "x\n\u200b1\u00ad23 4 5 6 7 8 2 ＊ﬁ"),
        ("burn-out", "12 maart", "week 3", "123456782", "mevrouw ", "R-016", "Amsterdam"), 1_000),
    Doel("datum", "datums in een kolom, en een getypte dag", read_dates, _words(
        "2026-03-02\n3/4/2026\n13-2-2026 10:00", "dinsdag 3 maart", "over 999 weken", "1.2.2026\n1980-01-01"),
        ("maandag ", "over ", " weken", "99", "/", "-", "mrt", "9999"), 200),
    Doel("opdrachtregel", "de woorden van een opdracht", command_line, _commands, (
        *_options(), "\0", "laag", "R-021-start.yaml", "plan.yaml", "eigen-regie", "-", "--", "=", "-1", "1e9",
        "nl-x-simpel", "\ufeff", "\u2014"), 300, opdracht=True),
)  # fmt: skip
