"""A working call for every command, in a folder that holds what it needs; and the answers to what it asks.

A new command that has no example fails tests/test_consoles.py: add a row to EXAMPLES. A call is typed as in a terminal;
{n} is the number of an open file with the given wachtzinnen in it. What a command writes, it writes in the folder where
it runs, in a file that is not there yet.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from dossiers import WACHTZIN
from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

DAG = "2026-03-02"
ANDERE = "maan trapleer citroen zolder"
# The data folder of the work folder; the dossier there is a demonstration, which opens without a question.
DATA = "gegevens"
DOSSIER = f"{DATA}/regiekit/dossier.regiekit"


class Voorbeeld(NamedTuple):
    """A call, what it is expected to leave with, and what it reads."""

    call: str
    code: int = 0
    wachtzinnen: tuple[str, ...] = ()
    stdin: str = ""
    machine: bool = False
    """What it prints is for a program (JSON, CSV, YAML, HTML): its lines are as long as they are."""
    same: bool = True
    """What it writes and prints is the same each time: no random key, no path, no moment in it."""

    def arguments(self, number: int | None = None) -> list[str]:
        return shlex.split(self.call.replace("{n}", str(number)))


V = Voorbeeld
S, E = "voorbeelden/R-021-start.yaml", "voorbeelden/R-021-einde.yaml"
C1, C2 = "VERZONNEN-1", "VERZONNEN-2"
HEEL = "\n".join([*"12345432345244543", "", "", "", "j", ""])  # a paper typed over, and that it is right

EXAMPLES: dict[str, list[Voorbeeld]] = {
    "": [V("--help"), V("--versie", same=False)],
    "score": [
        V(f"score {S} {E}"), V(f"score {S} --json", machine=True), V("score voorbeelden/met-fouten.yaml", 3),
        V("score voorbeelden/groep.csv"), V("score voorbeelden/groep.csv --uit scores.csv"),
    ],
    "zone": [V("zone"), V("zone --regie laag --sturing strak --waarneming irritatie"),
             V("zone --regie hoog --json", machine=True), V("zone --regie los", 2)],
    "techniek": [V("techniek"), V("techniek reparatiereflex"), V("techniek inoculatie --print --uit k.pdf", same=False),
                 V("techniek vragen --uit k.html")],
    "vragenlijst": [V("vragenlijst --help")],
    "vragenlijst lijst": [V("vragenlijst lijst"), V("vragenlijst lijst --json", machine=True)],
    "vragenlijst toon": [V("vragenlijst toon eigen-regie")],
    "vragenlijst invulblad": [
        V("vragenlijst invulblad eigen-regie --meetmoment start --client R-014 --uit blad.yaml"),
        V("vragenlijst invulblad eigen-regie --uit -", machine=True),
    ],
    "vragenlijst importeer": [
        V("vragenlijst importeer voorbeelden/antwoorden.csv"),
        V("vragenlijst importeer voorbeelden/antwoorden.csv --akkoord --uit afnames --scores scores.csv"),
    ],
    "vragenlijst papier": [V("vragenlijst papier eigen-regie --client R-014 --uit papier.pdf", same=False),
                           V("vragenlijst papier eigen-regie --taal en --uit papier.html")],
    "vragenlijst invullen": [
        V("vragenlijst invullen eigen-regie --client R-014 --meetmoment start --uit af.yaml --snel --datum 2026-03-02",
          stdin=HEEL, same=False),
    ],
    "vragenlijst formulier": [
        V("vragenlijst formulier eigen-regie --open --client R-014 --taal nl-x-simpel --uit f.html", same=False),
    ],
    "vragenlijst exporteer": [
        V("vragenlijst exporteer eigen-regie --naar xlsform --uit e.xlsx", same=False),
        V("vragenlijst exporteer eigen-regie --naar fhir --uit e.json"),
        V("vragenlijst exporteer eigen-regie --naar limesurvey --uit e.txt"),
        V("vragenlijst exporteer eigen-regie --naar redcap --uit -", machine=True),
    ],
    "advies": [V("advies --signalen"), V(f"advies {S} --inschatting laag --sturing strak --signaal ja-maar"),
               V(f"advies {C2} --datum {DAG}")],
    "kennis": [V("kennis"), V("kennis rouw werkgever"), V("kennis --dekking --json", machine=True)],
    "voorbereiding": [V("voorbereiding --doel 'Een brief schrijven'"),
                      V(f"voorbereiding {C2} --datum {DAG} --print --uit v.pdf", same=False),
                      V(f"voorbereiding {C2} --datum {DAG}")],
    "werkblad": [V("werkblad"), V("werkblad inoculatie"), V(f"werkblad alle --voor client --datum {DAG} --uit w.html"),
                 V("werkblad cirkel-van-invloed --print --uit w.pdf", same=False)],
    "plan": [V("plan voorbeelden/plan.yaml"), V("plan --manieren"), V("plan --invulblad --uit leeg.yaml"),
             V("plan voorbeelden/plan.yaml --mijlpalen --uit p.docx", same=False),
             V("plan voorbeelden/plan.yaml --uit p.txt"), V(f"plan {C2} --datum {DAG} --uit p.html")],
    "mijlpalen": [V(f"mijlpalen --eerste-ziektedag 2026-01-05 --vandaag {DAG}"),
                  V(f"mijlpalen --eerste-ziektedag 2026-01-05 --vandaag {DAG} --ics m.ics", same=False)],
    "verloop": [V(f"verloop {S} {E}"), V(f"verloop {C1}"), V(f"verloop {C1} --uit v.svg"),
                V(f"verloop {C1} --uit v.txt"), V(f"verloop {C1} --json", machine=True)],
    "verslag": [V(f"verslag --voor werkgever {C1} --datum {DAG}"), V(f"verslag --voor client {C1} --datum {DAG}"),
                V(f"verslag --voor coach {C1} --datum {DAG} --uit c.html"), V("verslag --voor intervisie --json",
                                                                              machine=True),
                V("verslag --voor intervisie voorbeelden/casus.yaml"),
                V("verslag --voor intervisie --casus 'Jan de Vries wil niet.'", 4)],
    "dossier": [V("dossier --help")],
    "dossier nieuw": [
        V("dossier nieuw R-014 --begin 2026-01-05 --eigen-doel 'Naar cliënten €'"),
        V("dossier nieuw R-014 --begin 2026-01-05 --dossier n.regiekit --wachtzin-fd {n}", 0, (WACHTZIN,), same=False),
    ],
    "dossier lijst": [V(f"dossier lijst --datum {DAG}"), V("dossier lijst --json", machine=True)],
    "dossier toon": [V(f"dossier toon {C1} --alles --datum {DAG}"), V(f"dossier toon {C2} --datum {DAG}"),
                     V("dossier toon R-999", 2)],
    "dossier traject": [V(f"dossier traject {C2} --doel-spoor-2 'Iets met cijfers' --datum {DAG}")],
    "dossier corrigeer": [V(f"dossier corrigeer {C1} 22 --veld doel --waarde 'Een proefplaats' --reden 'Te lang'")],
    "dossier sluit": [V(f"dossier sluit {C2} --reden 'Werk gevonden'")],
    "dossier gesprek": [V(f"dossier gesprek {C2} --doel 'Terugkijken' --gedaan 'Samen gekeken – en gelachen' "
                          "--afspraak 'Brief; cliënt; vrijdag'")],
    "dossier opvolging": [V(f"dossier opvolging {C2} --punt 50.1 --gedaan")],
    "dossier inoculatie": [V(f"dossier inoculatie {C2} --obstakel 'Te moe' --gekozen 1 --oplossing 'Rust eerst' "
                             "--actie 1 --uit lijst.html --datum 2026-11-10", same=False)],
    "dossier afname": [V(f"dossier afname {C2} a.yaml --json", machine=True, same=False)],
    "dossier schaalvraag": [V(f"dossier schaalvraag {C2} --onzekerheid 4 --vertrouwen 6")],
    "dossier besluit": [V(f"dossier besluit {C2} midden --reden 'Hij koos zelf'")],
    "dossier reservekopie": [V("dossier reservekopie --uit r.regiekit", same=False)],
    "dossier herstel": [V("dossier herstel kopie.regiekit --vervang", same=False)],
    "dossier controleer": [V("dossier controleer", same=False)],
    "dossier wachtzin": [V("dossier wachtzin --dossier echt.regiekit --wachtzin-fd {n}", 0, (WACHTZIN, ANDERE),
                           same=False)],
    "dossier inzage": [V(f"dossier inzage {C1} --datum {DAG}", same=False)],
    "dossier wis": [V(f"dossier wis {C1}", same=False), V(f"dossier wis {C1} --echt --uit bewijs.txt", same=False)],
    "dossier bewaartermijn": [V(f"dossier bewaartermijn --datum {DAG}")],
    "dossier uitvoer": [V("dossier uitvoer")],
    "dossier demo": [V("dossier demo --uit d.regiekit --datum 2025-01-06", same=False)],
    "groep": [V("groep voorbeelden/groep.csv"), V("groep voorbeelden/groep.csv --uit g.csv --verslag g.html",
                                                  same=False)],
    "groep simuleer": [V("groep simuleer --n 20 --uit s.csv"), V("groep simuleer --n 5 --uit -", machine=True)],
    "groep plan": [V("groep plan --breedte 0,20 --vragen 5")],
    "sleutel": [V("sleutel --help")],
    "sleutel maak": [V("sleutel maak --wachtzin-fd {n}", 0, (WACHTZIN,), same=False)],
    "sleutel toon": [V("sleutel toon --sleutel sleutel", same=False)],
    "sleutel wachtzin": [V("sleutel wachtzin --sleutel sleutel --wachtzin-fd {n}", 0, (WACHTZIN, ANDERE), same=False)],
    "controleer": [V("controleer voorbeelden/plan.yaml voorbeelden/R-021-start.yaml"), V("controleer voorbeelden", 3)],
    "schema": [V("schema afname", machine=True)],
    "menu": [V("menu", 2)],
    "snelkoppeling": [V("snelkoppeling --uit . --map documenten --systeem windows", same=False),
                      V("snelkoppeling --uit . --map documenten --voorlezen", same=False)],
    "zelfcheck": [V("zelfcheck", same=False), V("zelfcheck --json", machine=True, same=False)],
}  # fmt: skip


def all_examples() -> list[Voorbeeld]:
    return [voorbeeld for rows in EXAMPLES.values() for voorbeeld in rows]


def makes_file(voorbeeld: Voorbeeld) -> bool:
    return " --uit " in voorbeeld.call and "--uit -" not in voorbeeld.call


def chosen_examples() -> list[Voorbeeld]:
    """For each command the first of its calls, and every call that writes a file."""
    return [v for rows in EXAMPLES.values() for v in rows if v is rows[0] or makes_file(v)]


def make_werkmap(folder: Path) -> Path:
    """A folder in which every example works: the files of the project, a dossier, a copy of it, a key."""
    shutil.copytree(ROOT / "voorbeelden", folder / "voorbeelden")
    answers = (ROOT / S).read_text(encoding="utf-8").replace("R-021", C2)
    (folder / "a.yaml").write_text(answers, encoding="utf-8")
    (folder / DOSSIER).parent.mkdir(parents=True)
    made = [
        run("dossier", "demo", "--uit", folder / DOSSIER, "--datum", "2025-01-06").code,
        run_wachtzin("dossier", "nieuw", "R-014", "--begin", "2026-01-05", "--dossier", folder / "echt.regiekit"),
        run_wachtzin("sleutel", "maak", "--sleutel", folder / "sleutel"),
    ]
    shutil.copy(folder / DOSSIER, folder / "kopie.regiekit")
    assert all(code == 0 for code in made), made
    return folder


def run_wachtzin(*arguments: object) -> int:
    """Exit code of a command that makes something with a wachtzin."""
    reader, writer = os.pipe()
    os.write(writer, f"{WACHTZIN}\n".encode())
    os.close(writer)
    try:
        return run(*arguments, "--wachtzin-fd", reader).code
    finally:
        os.close(reader)


COMMAND = [sys.executable, "-P", "-m", "regiekit"]
