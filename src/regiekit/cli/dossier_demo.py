"""`regiekit dossier demo`: a dossier with three clients that do not exist, to try everything on."""

import os
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.options import dag_option
from regiekit.cli.output import require_free, say, say_wrapped, scratch_folder, write_reason
from regiekit.cli.taal import SCHERM
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regiekit.domain.demonstratie import Demonstratieclient, Lijsten
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
        dag_option("--datum", "De eerste dag, anders een jaar geleden; in een weekend de maandag erna."),
    ] = None,
) -> None:
    """Een dossier om op te oefenen: drie verzonnen cliënten, een jaar lang.

    Het staat los van je eigen dossier en opent zonder wachtzin. Op elk scherm en elk blad staat dat het verzonnen is.
    Zet er dus geen echte cliënt in. Klaar met oefenen? Gooi het bestand weg.
    """
    from regiekit.domain.clientdossier import years_later
    from regiekit.domain.demonstratie import first_weekday
    from regiekit.dossier.plaats import with_home

    target = with_home(uit or Path(NAAM))
    target = (target / NAAM if target.is_dir() else target).absolute()
    day = datum.date() if datum else years_later(date.today(), -1)
    require_free(target, replace=False, optie="--uit")
    try:
        make_demo(target, first_weekday(day))
    except FileExistsError:
        raise RegiekitError(f"{target} bestaat al; geef een andere naam met --uit") from None
    except OSError as error:
        raise RegiekitError(f"{target} kan niet gemaakt worden: {write_reason(error)}") from None
    tell_demo(target)


def make_demo(target: Path, begin: date) -> None:
    """The file, whole or not at all, never over another; raises OSError and FileExistsError."""
    from regiekit.content.library import load_demonstratie
    from regiekit.domain.demonstratie import write_clienten
    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, check_name, derive_key, fill_file, new_head
    from regiekit.schijf import put_new

    head = new_head(verzonnen=True)
    key = derive_key(WACHTZIN_VERZONNEN, head)
    with scratch_folder(target.parent) as folder:
        made = folder / NAAM
        with fill_file(made, key, head) as opslag:
            clienten = load_demonstratie()
            lijsten, inhouden = find_lijsten(clienten)
            write_clienten(begin, clienten, lijsten, Schrijver(Boek(opslag), inhouden))
        check_name(target)
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


def find_lijsten(clienten: "Iterable[Demonstratieclient]") -> "tuple[Lijsten, dict[str, Any]]":
    """The vragenlijsten that the clients may name, and by hash what stands in them."""
    from regiekit.content.compile import hash_of
    from regiekit.content.library import load_vragenlijsten, to_json
    from regiekit.domain.demonstratie import Lijstversie

    newest = {v.inhoud.id: v for v in load_vragenlijsten()}
    found: dict[tuple[str, str | None], tuple[str, Any]] = {
        (naam, None): (v.hash, to_json(v.inhoud)) for naam, v in newest.items()
    }
    for eerder in (c.eerdere_lijst for c in clienten if c.eerdere_lijst):
        now = found[eerder.vragenlijst, None][1]
        vragen = [{**v, "tekst": eerder.vragen.get(v["id"], v["tekst"])} for v in now["vragen"]]
        before = {**now, "versie": eerder.versie, "vragen": vragen}
        found[eerder.vragenlijst, eerder.versie] = (hash_of(before), before)
    return {name: Lijstversie(lijst["versie"], key) for name, (key, lijst) in found.items()}, dict(found.values())


def tell_demo(target: Path) -> None:
    """Where it stands, and what to try."""
    say_wrapped("Drie verzonnen cliënten, een jaar lang. Het dossier om op te oefenen staat in:")
    say(f"  {target}")
    if SCHERM.in_menu:  # which says what to choose
        return
    say("")
    say_wrapped("Probeer eens:")
    pad = shlex.quote(str(target)) if os.name != "nt" else f'"{target}"'
    for wat, opdracht in PROBEER:
        say("")
        say_wrapped(wat)
        say(f"  regiekit {opdracht} --dossier {pad}")
