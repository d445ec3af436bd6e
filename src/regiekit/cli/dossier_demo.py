"""`regiekit dossier demo`: a dossier with three clients that do not exist, to try everything on."""

import os
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.output import require_free, say, say_wrapped, scratch_folder, write_reason
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from regiekit.domain.demo import Lijstversie
    from regiekit.domain.record import Record
    from regiekit.dossier.boek import Boek

NAAM = "demo.regiekit"
PROBEER = (
    ("Wie er zijn, en wat aandacht vraagt", "dossier lijst"),
    ("Alles van één cliënt", "dossier toon VERZONNEN-3"),
    ("Scores in de tijd: duidelijk hoger, of juist niet", "verloop VERZONNEN-1"),
    ("Het volgende gesprek voorbereiden", "voorbereiding VERZONNEN-2"),
    ("Wat de werkgever te lezen krijgt", "verslag --voor werkgever VERZONNEN-3"),
    ("Wat er weg zou gaan bij wissen; er verandert niets", "dossier wis VERZONNEN-1"),
)


def demo(
    uit: Annotated[
        Path | None, typer.Option("--uit", metavar="PAD", help=f"Waar het komt; anders {NAAM} in deze map.")
    ] = None,
    datum: Annotated[
        datetime | None,
        typer.Option(
            "--datum", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="De eerste dag; anders een jaar geleden."
        ),
    ] = None,
) -> None:
    """Een dossier om op te oefenen: drie verzonnen cliënten, een jaar lang.

    Het staat los van je eigen dossier en opent zonder wachtzin. Op elk scherm en elk blad staat dat het verzonnen is.
    Zet er dus geen echte cliënt in. Klaar met oefenen? Gooi het bestand weg.
    """
    from regiekit.domain.clientdossier import years_later

    target = (uit or Path(NAAM)).expanduser()
    target = (target / NAAM if target.is_dir() else target).absolute()
    begin = datum.date() if datum else years_later(date.today(), -1)
    require_free(target, replace=False, optie="--uit")
    try:
        make_demo(target, begin)
    except FileExistsError:
        raise RegiekitError(f"{target} bestaat al; geef een andere naam met --uit") from None
    except OSError as error:
        raise RegiekitError(f"{target} kan niet gemaakt worden: {write_reason(error)}") from None
    tell_demo(target)


def make_demo(target: Path, begin: date) -> None:
    """The file, whole or not at all, never over another; raises OSError and FileExistsError."""
    from regiekit.domain.demo import write_clienten
    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, Opslag, derive_key, make_file, new_head
    from regiekit.kanaal.sleutel import put_new

    head = new_head(verzonnen=True)
    key = derive_key(WACHTZIN_VERZONNEN, head)
    with scratch_folder(target.parent) as folder:
        made = folder / NAAM
        make_file(made, key, head)
        with Opslag(made, key, head) as opslag:
            opslag.rows("PRAGMA synchronous=OFF")  # until it has its name nobody misses it
            lijsten, inhouden = find_lijsten()
            write_clienten(begin, lijsten, Schrijver(Boek(opslag), inhouden))
        descriptor = os.open(made, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
        put_new(made, target)


class Schrijver:
    """Writes in a dossier; `inhouden` are the vragenlijsten by their hash, to keep beside the answers."""

    def __init__(self, boek: "Boek", inhouden: dict[str, Any]) -> None:
        self.boek, self.inhouden = boek, inhouden

    def __call__(self, code: str, datum: date, inhoud: "Record", vervangt: int | None, reden: str | None) -> int:
        """Write one aantekening; gives its nummer."""
        if vervangt is not None:
            return self.boek.correct(code, vervangt, datum, inhoud, reden)
        if code not in self.boek.codes():
            return self.boek.new_client(code, datum, inhoud)
        return self.boek.add(code, datum, inhoud, self.inhouden.get(getattr(inhoud, "hash", "")))


def find_lijsten() -> tuple[dict[str, "Lijstversie"], dict[str, Any]]:
    """The vragenlijsten of the demonstration, and by hash what stands in them. One is as it might have been before."""
    from regiekit.content.compile import hash_of
    from regiekit.content.library import load_vragenlijsten, to_json
    from regiekit.domain.demo import EERDER, EERDERE_VERSIE, EERDERE_VRAAG, EIGEN_REGIE, SCHAALVRAGEN, Lijstversie

    known = {v.inhoud.id: v for v in load_vragenlijsten()}
    found = {name: (known[name].hash, to_json(known[name].inhoud)) for name in (EIGEN_REGIE, SCHAALVRAGEN)}
    now = found[EIGEN_REGIE][1]
    vragen = [{**v, "tekst": EERDERE_VRAAG.get(v["id"], v["tekst"])} for v in now["vragen"]]
    before = {**now, "versie": EERDERE_VERSIE, "vragen": vragen}
    found[EERDER] = (hash_of(before), before)
    lijsten = {name: Lijstversie(lijst["id"], lijst["versie"], key) for name, (key, lijst) in found.items()}
    return lijsten, dict(found.values())


def tell_demo(target: Path) -> None:
    """Where it stands, and what to try."""
    say_wrapped("Drie verzonnen cliënten, een jaar lang. Het dossier om op te oefenen staat in:")
    say(f"  {target}")
    say("")
    say_wrapped("Probeer eens:")
    pad = shlex.quote(str(target)) if os.name != "nt" else f'"{target}"'
    for wat, opdracht in PROBEER:
        say("")
        say_wrapped(wat)
        say(f"  regiekit {opdracht} --dossier {pad}")
