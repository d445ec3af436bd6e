"""One of every kind of paper, page and Word file that regiekit makes: what an outside judge of files looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from util import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

VOORBEELDEN = ROOT / "voorbeelden"
DAG = "2026-09-01"  # the dossier of verzonnen cliënten begins a year before


class Stuk(NamedTuple):
    """A kind of file: the command that makes it, in which DEMO is the dossier, UIT the file and MAP its folder."""

    opdracht: str
    vormen: tuple[str, ...]
    bestand: str = ""  # its name where the command chooses one, without its ending


PAGINA = (".pdf", ".html")
DOCUMENT = (".pdf", ".html", ".docx")
VERSLAG = f"verslag VERZONNEN-1 --datum {DAG} --dossier DEMO --toch --uit UIT --voor"
STUKKEN = {
    "placemats": Stuk("techniek alle --print --uit UIT", PAGINA),
    "werkbladen": Stuk("werkblad alle --print --uit UIT", PAGINA),
    "papier": Stuk("vragenlijst papier eigen-regie --meetmoment start --uit UIT", PAGINA),
    "papier-groot": Stuk("vragenlijst papier eigen-regie --groot --client R-014 --meetmoment einde --uit UIT", PAGINA),
    "papier-engels": Stuk("vragenlijst papier eigen-regie --taal en --meetmoment start --uit UIT", PAGINA),
    "formulier": Stuk("vragenlijst formulier eigen-regie --open --client R-014 --meetmoment start --uit UIT",
                      (".html",)),
    "voorbereiding": Stuk(f"voorbereiding VERZONNEN-1 --dossier DEMO --datum {DAG} --print --uit UIT", PAGINA),
    "voorbereiding-leeg": Stuk("voorbereiding --print --uit UIT", PAGINA),
    "plan": Stuk(f"plan {VOORBEELDEN / 'plan.yaml'} --mijlpalen --eerste-ziektedag 2026-01-05 --uit UIT", DOCUMENT),
    "intervisie": Stuk(f"verslag --voor intervisie {VOORBEELDEN / 'casus.yaml'} --uit UIT", DOCUMENT),
    "verloop": Stuk("verloop VERZONNEN-1 --dossier DEMO --uit UIT", DOCUMENT),
    **{f"verslag-{lezer}": Stuk(f"{VERSLAG} {lezer}", DOCUMENT) for lezer in ("client", "coach", "werkgever")},
    "inoculatie": Stuk("dossier inoculatie VERZONNEN-1 --nummer INOCULATIE --dossier DEMO --uit UIT", DOCUMENT),
    "inzage": Stuk("dossier inzage VERZONNEN-1 --vorm VORM --dossier DEMO --uit MAP", DOCUMENT,
                   "inzage-VERZONNEN-1"),
    "groep": Stuk(f"groep {VOORBEELDEN / 'groep.csv'} --verslag UIT", DOCUMENT),
}  # fmt: skip


def make_demo(folder: Path) -> Path:
    """The dossier of verzonnen cliënten, which opens without a question."""
    demo = folder / "demo.regiekit"
    assert run("dossier", "demo", "--uit", demo, "--datum", "2025-09-01").code == 0
    return demo


def words_of(stuk: Stuk, uit: Path, demo: Path) -> list[str]:
    """The command as it is typed."""
    known = {"UIT": uit, "MAP": uit.parent, "DEMO": demo, "VORM": uit.suffix[1:], "INOCULATIE": "NUMMER"}
    return [str(known.get(word, word)) for word in stuk.opdracht.split()]


def make_stuk(naam: str, vorm: str, folder: Path, demo: Path) -> Path:
    """One file of a kind."""
    stuk = STUKKEN[naam]
    folder.mkdir(exist_ok=True)
    uit = folder / f"{stuk.bestand or naam}{vorm}"
    done = run(*(number_of(demo) if word == "NUMMER" else word for word in words_of(stuk, uit, demo)))
    assert done.code == 0, (naam, vorm, done)
    found = sorted(folder.glob(f"*{vorm}")) if stuk.bestand else [uit]
    assert len(found) == 1, (naam, found)
    return found[0]


def number_of(demo: Path) -> str:
    """The number of the first inoculatie of the first verzonnen cliënt."""
    held = run("dossier", "toon", "VERZONNEN-1", "--dossier", demo, "--json").json["aantekeningen"]
    return str(next(a["nummer"] for a in held if a["soort"] == "inoculatie"))


def make_alle(vorm: str, folder: Path) -> dict[str, Path]:
    """One of each kind that has this form, each in a folder of its own."""
    demo = make_demo(folder)
    return {naam: make_stuk(naam, vorm, folder / naam, demo) for naam, stuk in STUKKEN.items() if vorm in stuk.vormen}
