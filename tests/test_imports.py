"""What each command imports: this is what keeps the start quick (docs/snelheid.md). Whole processes, warm content."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from regiekit.cli.app import regiekit
from regiekit.content.kennisbank import load_kennisbank, load_register
from regiekit.content.library import (
    load_intervisievorm,
    load_mijlpalen,
    load_planteksten,
    load_signalen,
    load_stuurmatrix,
    load_technieken,
    load_vragenlijsten,
    load_werkbladen,
    load_woordenlijst,
)
from util import run

ROOT = Path(__file__).parents[1]
CODE = """
import sys
before = set(sys.modules)
from regiekit.cli.app import main
code = main(sys.argv[1:])
sys.stderr.write(f"\\n{code} {' '.join(set(sys.modules) - before)}")
"""
ALWAYS = {"typer", "annotated_doc", "shellingham"}  # Typer, and what it imports itself
OF_TESTS = {"charset_normalizer"}  # numpy takes it where it is, and only the tools of these tests bring it
COSTLY = {"asyncio", "hashlib", "json", "logging", "socket", "sqlite3", "ssl", "tempfile", "xml", "zoneinfo"}
COSTLY |= {"scipy.stats"}  # half a second; scipy.special holds what is needed
PYDANTIC = "pydantic pydantic_core annotated_types typing_extensions typing_inspection hashlib socket tempfile zoneinfo"

# command -> its exit code; the packages, and the costly modules of Python, that it may import; the modules of regiekit
# itself beside cli.app, cli.output, cli.taal, cli.voorlezen, errors, schijf and the names of days ("content.*":
# a whole folder)
ZONE = "cli.zone cli.options content.library content.stored domain.advies domain.niveau domain.herkomst"
TECHNIEK = "cli.techniek cli.options cli.papier content.library content.stored domain.niveau domain.herkomst"
TOON = "render.parts render.vragenlijst domain.getal domain.herkomst domain.uitslag"
WERKBLAD = (
    "cli.werkblad cli.options cli.papier content.library content.stored domain.niveau domain.herkomst domain.clientcode"
)
VRAGENLIJST = "cli.vragenlijst cli.options content.library content.stored domain.niveau"
INVULLEN = (
    "cli.invullen cli.vraaggesprek content.invulblad domain.clientcode domain.formulier "
    "domain.plain_afname domain.uitslag kanaal.invulbestand kanaal.afnametekst"
)
PAPIER = (
    "cli.papier cli.vragenlijst_papier domain.clientcode domain.formulier domain.papiercode domain.uitslag "
    "render.papier render.html render.pdf"
)
EXPORTEER = f"{VRAGENLIJST} cli.exporteer"
EXPORT = f"{EXPORTEER} domain.formulier domain.uitslag domain.plain_afname domain.clientcode kanaal.exporteren"
SCORE = (
    "cli.score cli.options content.library content.stored content.afnames content.reader domain.advies "
    "domain.beoordeling domain.checks domain.clientcode domain.getal domain.herkomst domain.meetfout domain.niveau "
    "domain.plain_afname domain.uitslag domain.vergelijking cli.sleutel kanaal.antwoordbestand "
    "cli.importeer cli.onderdelen cli.vragenlijst"  # the options of a table, and whether the extra is there
)
FORMULIER = (
    f"cli.formulier {VRAGENLIJST} domain.clientcode domain.formulier domain.getal domain.papiercode domain.uitslag "
    "render.formulier render.html render.papier render.pdf"
)
KENNIS = (
    "cli.kennis cli.options content.kennisbank content.library content.stored domain.dekking domain.niveau "
    "domain.zoeken"
)
GESPREK = (
    "cli.advies cli.bewaking cli.options cli.sleutel domain.bewaking domain.clientcode "
    "content.library content.stored domain.advies domain.beoordeling domain.gespreksadvies "
    "domain.getal domain.herkomst domain.meetfout domain.niveau domain.signalen domain.uitslag domain.vergelijking"
)
ADVIES = "render.advies render.parts render.uitslag render.zone"
BLAD = (
    f"{GESPREK} cli.voorbereiding cli.papier domain.clientcode domain.voorbereiding render.voorbereiding render.html "
    "render.pdf"
)
BEWAAKT = "cli.bewaking cli.options content.invoer content.library content.stored domain.bewaking domain.clientcode"
PLAN = f"cli.plan {BEWAAKT} domain.herkenbaar domain.herkomst domain.mijlpalen domain.niveau domain.plan"
MIJLPALEN = (
    "cli.mijlpalen cli.options content.library content.stored domain.clientcode domain.herkomst domain.mijlpalen "
    "domain.niveau"
)
VERSLAG = f"cli.verslag {BEWAAKT} domain.herkenbaar domain.herkomst domain.mijlpalen domain.niveau"
SLEUTEL = "cli.sleutel cli.options domain.niveau domain.wachtzin kanaal.sleutel schijf"
DOCUMENT = "cli.document render.document render.html render.pdf"
IMPORTEER = (
    f"{VRAGENLIJST} cli.importeer cli.koppel cli.rijen content.invulblad content.reader domain.antwoordwoorden "
    "domain.checks domain.clientcode domain.datumkolom domain.formulier domain.herkomst domain.koppeling "
    "domain.plain_afname domain.uitslag kanaal.*"
)
VERLOOP = (
    "cli.verloop cli.document cli.dossier_open cli.wachtzin domain.clientdossier domain.voorbereiding domain.wachtzin "
    f"{SCORE}"
)
ZELFCHECK = "cli.zelfcheck cli.options domain.niveau domain.zelfcheck"
SNELKOPPELING = "cli.snelkoppeling cli.starter cli.options domain.niveau"
# The extra `groep`, which no other command may import, with the modules of Python that Polars brings.
EXTRA = (
    "narwhals numpy polars _polars_runtime_32 scipy _cyutility typing_extensions hashlib logging socket tempfile "
    "zoneinfo"
)
REKENEN = "numpy scipy _cyutility typing_extensions hashlib logging socket tempfile zoneinfo"  # no tables
GROEP = f"{VRAGENLIJST} cli.getallen cli.groep cli.importeer cli.onderdelen"
TABEL = (
    f"{VRAGENLIJST} cli.importeer cli.koppel cli.onderdelen cli.rijen cli.score_tabel cli.tabel_groep "
    "content.invulblad content.reader domain.antwoordwoorden domain.clientcode domain.datumkolom domain.formulier "
    "domain.groepscijfers domain.herkomst domain.koppeling domain.plain_afname domain.tabelscores domain.uitslag "
    "groep.* kanaal.afnametekst kanaal.exporteren kanaal.importeren kanaal.koppelen kanaal.tabel"
)
CIJFERS = (
    f"{GROEP} {TABEL} cli.groepsbestanden domain.advies domain.beoordeling domain.getal domain.meetfout "
    "domain.onthulling domain.vergelijking"
)
SIMULEER = f"{VRAGENLIJST} cli.getallen cli.groep_simuleer cli.onderdelen domain.simulatie"
GROEPPLAN = f"{VRAGENLIJST} cli.getallen cli.groep_plan cli.onderdelen domain.simulatie domain.steekproef"
# The dossier: no command of it that is asked for help opens anything, and an open one needs no YAML, PDF or keychain.
ONDERDELEN = regiekit.table["dossier"].table  # type: ignore[union-attr]


def home_of(name: str) -> str:
    """The module of a command of the dossier."""
    return str(ONDERDELEN[name].target).partition(":")[0].removeprefix("regiekit.")


# Apart from its own module: what the options of the commands are made of, and those that take answers score them.
OPTIES = (
    "cli.options cli.bewaking cli.dossier_open cli.dossier_teksten cli.dossier_vragen cli.wachtzin content.library "
    "content.stored domain.bewaking domain.clientcode domain.clientdossier domain.dagen domain.dagwoorden "
    "domain.niveau domain.plain_afname domain.voorbereiding domain.wachtzin render.dagen"
)
REKENT = (
    "domain.advies domain.beoordeling domain.getal domain.herkomst domain.meetfout domain.uitslag domain.vergelijking"
)
ONDERDEEL = {
    "afname": REKENT, "schaalvraag": REKENT, "corrigeer": "cli.dossier",
    "besluit": f"cli.advies cli.sleutel domain.gespreksadvies domain.signalen {REKENT}",
}  # fmt: skip
STORE = f"apsw platformdirs {PYDANTIC}"
OPEN = (
    f"{OPTIES} domain.aantekening domain.record domain.vragenlijst dossier.boek dossier.opslag dossier.plaats "
    "dossier.sleutelbos"
)
VULLEN = (
    "cli.dossier_vullen content.dossierafname domain.gespreksadvies domain.plain_afname domain.plan domain.signalen "
    f"{REKENT}"
)
LIJST = "cli.dossier domain.dossierlijst render.dossier render.parts"
# The menu loads what a job needs when that job is chosen.
MENU = " ".join(f"cli.menu{part}" for part in ("", "_bestanden", "_dossier", "_gesprek", "_groep", "_hulp", "_klus",
                                               "_lijsten", "_plekken", "_stukken", "_typen", "_vragen"))  # fmt: skip
TABLE: list[tuple[str, int, str, str]] = [
    ("--help", 0, "", ""),
    ("--versie", 0, "", ""),
    ("vragenlijst --help", 0, "", ""),
    ("zone --help", 0, "json", ZONE),
    ("techniek --help", 0, "json", TECHNIEK),
    ("score --help", 0, "json", SCORE),
    ("controleer --help", 0, "json", "cli.controleer cli.options content.library content.stored domain.niveau"),
    ("zone --regie laag", 0, "json rich", f"{ZONE} render.parts render.zone"),
    ("zone --regie laag --json", 0, "json", f"{ZONE} render.as_json"),
    ("zone --regie", 2, "json", ZONE),
    ("techniek", 0, "json rich", f"{TECHNIEK} render.parts render.techniek"),
    ("techniek inoculatie", 0, "json rich", f"{TECHNIEK} render.parts render.techniek"),
    ("techniek --json", 0, "json", TECHNIEK),
    ("techniek bestaatniet", 2, "json", TECHNIEK),
    ("kennis --help", 0, "json", KENNIS),
    ("kennis", 0, "json rich", f"{KENNIS} domain.herkomst render.parts render.kennis"),
    ("kennis rouw werkgever", 0, "json rich", f"{KENNIS} domain.herkomst render.parts render.kennis"),
    ("kennis belstbarheid", 0, "json rich", f"{KENNIS} domain.herkomst render.parts render.kennis"),
    ("kennis model-cimo", 0, "json rich", f"{KENNIS} domain.herkomst render.parts render.kennis"),
    ("kennis zones-matrix-01", 0, "json rich", f"{KENNIS} domain.herkomst render.parts render.kennis"),
    ("kennis rouw werkgever --json", 0, "json", f"{KENNIS} render.json_kennis"),
    ("kennis --dekking --json", 0, "json", f"{KENNIS} render.json_kennis"),
    ("vragenlijst lijst", 0, "json rich", f"{VRAGENLIJST} {TOON}"),
    ("vragenlijst toon eigen-regie", 0, "json rich", f"{VRAGENLIJST} {TOON}"),
    ("vragenlijst invulblad eigen-regie --uit -", 0, "json", f"{VRAGENLIJST} content.invulblad domain.clientcode"),
    ("vragenlijst formulier --help", 0, "json", f"cli.formulier {VRAGENLIJST}"),
    ("vragenlijst formulier eigen-regie --open --uit -", 0, "json", FORMULIER),
    ("vragenlijst papier --help", 0, "json", f"{VRAGENLIJST} cli.papier cli.vragenlijst_papier"),
    ("vragenlijst papier eigen-regie --taal xx", 2, "json", f"{VRAGENLIJST} {PAPIER}"),
    ("vragenlijst invullen --help", 0, "json", f"{VRAGENLIJST} cli.invullen"),
    ("vragenlijst invullen eigen-regie --client R-1 --uit -", 2, "json", f"{VRAGENLIJST} {INVULLEN}"),
    ("vragenlijst exporteer --help", 0, "json", EXPORTEER),
    ("vragenlijst exporteer eigen-regie --naar fhir --uit -", 0, "json", f"{EXPORT} kanaal.fhir domain.clientcode"),
    ("vragenlijst exporteer eigen-regie --naar limesurvey --uit -", 0, "json", f"{EXPORT} kanaal.limesurvey"),
    ("vragenlijst exporteer eigen-regie --naar redcap --uit -", 0, "json", f"{EXPORT} kanaal.redcap"),
    ("vragenlijst exporteer eigen-regie --naar xlsform --uit -", 2, "json", EXPORT),
    ("vragenlijst importeer --help", 0, "json", IMPORTEER),
    ("vragenlijst importeer voorbeelden/antwoorden.csv", 0, "json rich yaml", f"{IMPORTEER} {TOON} render.importeren"),
    ("vragenlijst importeer voorbeelden/antwoorden.csv --json", 0, "json yaml",
     f"{IMPORTEER} render.json_importeren"),
    ("score voorbeelden/vragenlijst.yaml", 0, "json rich yaml", f"{SCORE} render.parts render.uitslag render.zone"),
    ("score --json voorbeelden/vragenlijst.yaml", 0, "json yaml", f"{SCORE} render.as_json"),
    ("score voorbeelden/met-fouten.yaml", 3, f"json yaml {PYDANTIC}", f"{SCORE} content.validate domain.*"),
    ("score voorbeelden/groep.csv", 0, f"json rich yaml {EXTRA}", f"{SCORE} {TABEL} render.parts render.tabelscores"),
    ("score voorbeelden/groep.csv --json", 0, f"json yaml {EXTRA}", f"{SCORE} {TABEL} render.json_tabelscores"),
    ("advies --help", 0, "json", GESPREK),
    ("advies --signaal ja-maar", 0, "json rich", f"{GESPREK} {ADVIES}"),
    ("advies --signaal ja-maar --json", 0, "json", f"{GESPREK} render.as_json"),
    ("advies --signalen", 0, "json rich", f"{GESPREK} {ADVIES}"),
    ("advies voorbeelden/R-021-start.yaml", 0, "json rich yaml", f"{GESPREK} {SCORE} {ADVIES}"),
    ("voorbereiding --help", 0, "json", BLAD),
    ("voorbereiding", 0, "json rich", f"{BLAD} {ADVIES}"),
    ("voorbereiding --json", 0, "json rich", f"{BLAD} {ADVIES}"),
    ("voorbereiding voorbeelden/R-021-start.yaml", 0, "json rich yaml", f"{BLAD} {SCORE} {ADVIES}"),
    ("controleer voorbeelden", 3, f"json yaml {PYDANTIC}", "cli.controleer cli.options content.* domain.*"),
    ("werkblad --help", 0, "json", WERKBLAD),
    ("werkblad", 0, "json rich", f"{WERKBLAD} render.parts render.werkblad"),
    ("werkblad --json", 0, "json", WERKBLAD),
    ("werkblad inoculatie", 0, "json rich", f"{WERKBLAD} render.parts render.werkblad"),
    ("werkblad bestaatniet", 2, "json", WERKBLAD),
    ("plan --help", 0, "json", PLAN),
    ("plan", 0, "json", f"{PLAN} {DOCUMENT} render.plan"),
    ("plan --json", 0, "json", f"{PLAN} {DOCUMENT} render.plan"),
    ("plan voorbeelden/plan.yaml", 0, f"json yaml {PYDANTIC}", f"{PLAN} {DOCUMENT} render.plan content.* domain.*"),
    ("mijlpalen --help", 0, "json", MIJLPALEN),
    ("mijlpalen --eerste-ziektedag 2026-01-05", 0, "json rich",
     f"{MIJLPALEN} render.dagen render.mijlpalen render.parts"),
    ("mijlpalen --eerste-ziektedag 2026-01-05 --json", 0, "json", f"{MIJLPALEN} render.json_mijlpalen"),
    ("mijlpalen --eerste-ziektedag 2026-01-05 --ics -", 0, "json", f"{MIJLPALEN} render.ics"),
    ("verslag --help", 0, "json", VERSLAG),
    ("verslag --voor intervisie", 0, "json", f"{VERSLAG} {DOCUMENT} render.intervisie"),
    ("verslag --voor intervisie --json", 0, "json", f"{VERSLAG} {DOCUMENT} render.intervisie"),
    ("verslag --voor werkgever VERZONNEN-1 --dossier DEMO", 0, f"json rich {STORE}",
     f"{VERSLAG} {DOCUMENT} {OPEN} {VULLEN} cli.dossier_uitvoer cli.verslag_dossier domain.verslag render.verslag"),
    ("verloop --help", 0, "json", VERLOOP),
    ("verloop voorbeelden/R-021-start.yaml", 0, "json rich yaml",
     f"{VERLOOP} {SCORE} domain.verloop render.dagen render.verloop render.parts render.document render.html "
     "render.pdf render.uitslag render.zone"),
    ("verloop VERZONNEN-1 --dossier DEMO", 0, f"json rich {STORE}",
     f"{VERLOOP} {SCORE} {OPEN} {VULLEN} domain.verloop render.verloop render.parts render.document render.html "
     "render.pdf render.uitslag render.zone"),
    ("dossier --help", 0, "", ""),
    *((f"dossier {name} --help", 0, "json", f"{OPTIES} {home_of(name)} {ONDERDEEL.get(name, '')}")
      for name in ONDERDELEN),
    ("dossier lijst --dossier DEMO", 0, f"json rich {STORE}", f"{LIJST} {OPEN}"),
    ("dossier toon VERZONNEN-1 --dossier DEMO", 0, f"json rich {STORE}", f"{LIJST} {OPEN}"),
    ("dossier controleer --dossier DEMO", 0, f"json {STORE}", f"{OPEN} cli.dossier_reserve dossier.reserve"),
    ("voorbereiding VERZONNEN-1 --dossier DEMO", 0, f"json rich {STORE}",
     f"{BLAD} {ADVIES} {OPEN} {VULLEN}"),
    ("groep --help", 0, "json", GROEP),
    ("groep bestaatniet", 2, "", ""),
    ("groep voorbeelden/groep.csv", 0, f"json rich yaml {EXTRA}",
     f"{CIJFERS} render.groep render.groepwoorden render.parts render.uitslag render.zone"),
    ("groep voorbeelden/groep.csv --json", 0, f"json yaml {EXTRA}", f"{CIJFERS} render.json_groep"),
    ("groep simuleer --help", 0, "json", SIMULEER),
    ("groep simuleer --n 20 --uit -", 0, f"json {EXTRA}", f"{SIMULEER} domain.uitslag groep.*"),
    ("groep plan --help", 0, "json", GROEPPLAN),
    ("groep plan --verandering 0,3 --macht 0,80", 0, f"json rich {REKENEN}",
     f"{GROEPPLAN} domain.groepscijfers domain.meetfout groep.drempels groep.interval groep.steekproef "
     "render.groepplan render.parts"),
    ("groep plan --verandering 0,3 --macht 0,80 --json", 0, f"json {REKENEN}",
     f"{GROEPPLAN} domain.groepscijfers domain.meetfout groep.drempels groep.interval groep.steekproef "
     "render.json_groepplan"),
    ("menu --help", 0, "", MENU),
    ("menu", 2, "", MENU),
    ("zelfcheck --help", 0, "json", ZELFCHECK),
    ("snelkoppeling --help", 0, "json", SNELKOPPELING),
    ("snelkoppeling --systeem macos --map x --uit bestaatniet", 2, "json",
     f"{SNELKOPPELING} cli.starten cli.onderdelen dossier.plaats"),
    ("sleutel --help", 0, "", ""),
    ("sleutel toon --help", 0, "", SLEUTEL),
    ("sleutel toon --sleutel bestaatniet", 2, "hashlib json yaml", f"{SLEUTEL} content.reader"),
    ("bestaatniet", 2, "", ""),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The YAML is checked and stored, so that what is measured is the way back."""
    load_technieken()
    load_vragenlijsten()
    load_stuurmatrix()
    load_signalen()
    load_werkbladen()
    load_woordenlijst()
    load_mijlpalen()
    load_planteksten()
    load_intervisievorm()
    load_kennisbank()
    load_register()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration dossier, which opens without a question."""
    path = tmp_path_factory.mktemp("demo") / "demo.regiekit"
    assert run("dossier", "demo", "--uit", path).code == 0
    return path


def imported(command: str) -> tuple[int, set[str]]:
    """The exit code of a command, and the modules that came with it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REGIEKIT"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", CODE, *command.split()],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    code, *modules = done.stderr.rpartition("\n")[2].split()
    return int(code), set(modules)


def packages(modules: set[str]) -> set[str]:
    """The packages that are not Python's own; parts of yaml and the settings of Python go by changing names."""
    names = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"regiekit", "cython_runtime"}
    return {name for name in names if not name.startswith(("_cython", "_sysconfigdata"))}


def own_modules(modules: set[str]) -> set[str]:
    return {name.removeprefix("regiekit.") for name in modules if name.startswith("regiekit.")}


def is_allowed(module: str, allowed: set[str]) -> bool:
    folder = module.partition(".")[0]
    return module in allowed or f"{folder}.*" in allowed or module in {a.partition(".")[0] for a in allowed}


@pytest.mark.parametrize(("command", "code", "outside", "inside"), TABLE, ids=[row[0] for row in TABLE])
def test_a_command_imports_only_what_it_needs(
    command: str, code: int, outside: str, inside: str, request: pytest.FixtureRequest
) -> None:
    path = str(request.getfixturevalue("demo")) if "DEMO" in command else ""
    left, modules = imported(command.replace("DEMO", path))
    assert left == code
    assert packages(modules) - ALWAYS - OF_TESTS - set(outside.split()) == set()
    # A content file that was changed a moment ago is known by its hash.
    assert (modules & COSTLY) - set(outside.split()) - {"hashlib"} == set()
    always = "cli.app cli.output cli.taal cli.voorlezen errors schijf domain.dagen"
    allowed = {*always.split(), *inside.split()}
    assert {m for m in own_modules(modules) if not is_allowed(m, allowed)} == set()


def test_every_command_stands_in_the_table() -> None:
    assert {name for name in regiekit.table if name != "schema"} <= {row[0].split()[0] for row in TABLE}
