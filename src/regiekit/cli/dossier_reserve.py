"""`regiekit dossier reservekopie`, `herstel`, `controleer` and `wachtzin`."""

import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from regiekit.cli.dossier_open import open_boek, open_opslag, tell_waiting
from regiekit.cli.options import DossierPad, Json, Overschrijf, WachtzinFd
from regiekit.cli.output import make_folder, require_free, say_wrapped, scratch_folder, show_json, warn, write_reason
from regiekit.cli.taal import confirm
from regiekit.cli.wachtzin import ask_hidden, new_wachtzin, open_asking, read_line
from regiekit.domain.clientdossier import VERZONNEN
from regiekit.domain.wachtzin import normalize
from regiekit.errors import LOCKED, REFUSED, STOPPED, RegiekitError
from regiekit.render.dagen import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.dossier.opslag import Head, Opslag
    from regiekit.dossier.reserve import Gevonden, Reservekopie, Stand

ELDERS = (
    "Bewaar haar op een andere plek dan deze computer, zoals een USB-stick in een la. De wachtzin hoort daar niet bij."
)
ANDERE_KOPIE = "Neem een andere reservekopie"


def reservekopie(
    uit: Annotated[
        Path | None, typer.Option("--uit", metavar="PAD", help="Waar de kopie komt: een bestand, of een map die er is.")
    ] = None,
    overschrijf: Overschrijf = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Een versleutelde kopie van het hele dossier, nagekeken.

    De kopie opent met de wachtzin van nu. Een ander venster mag intussen gewoon doorwerken. Het dossier onthoudt waar
    de kopie staat, zodat 'dossier wis' ook daar opruimt. Terugzetten doe je met 'dossier herstel'.
    """
    from regiekit.cli.dossier_uitvoer import require_own_path
    from regiekit.dossier.reserve import write_copy

    target = _target(uit)
    require_free(target, replace=overschrijf, optie="--uit")
    with open_boek(dossier, wachtzin_fd) as boek:
        _refuse_same(target, boek.opslag.path, "--uit")
        require_own_path(boek, None, target)
        with _scratch(target.parent, "--uit") as scratch:
            stand = write_copy(boek.opslag, target, scratch / "kopie")
        verzonnen = boek.opslag.head.verzonnen
    say_wrapped(f"De reservekopie staat in {target}. Zij heeft {stand} en is nagekeken.")
    opens = "zonder wachtzin, want alles erin is verzonnen" if verzonnen else "met de wachtzin van nu"
    say_wrapped(f"Zij opent {opens}. {ELDERS}")
    _tell_synced(target)


def _target(uit: Path | None) -> Path:
    from regiekit.dossier.plaats import with_home

    name = f"dossier-{date.today().isoformat()}.regiekit"
    if uit is None:
        return Path.cwd() / name
    if str(uit) == "-":
        raise RegiekitError("een reservekopie is een bestand en past niet op het scherm; geef een bestand met --uit")
    chosen = with_home(uit).absolute()
    return chosen / name if chosen.is_dir() else chosen


def _refuse_same(path: Path, dossier: Path, wat: str) -> None:
    from regiekit.dossier.opslag import doubt_of, journal_of

    own = (os.path.realpath(dossier), str(journal_of(dossier)), str(doubt_of(dossier)))
    if os.path.realpath(path) in own or (path.exists() and dossier.exists() and path.samefile(dossier)):
        raise RegiekitError(f"{path} is het dossier zelf, of hoort daarbij; geef een ander bestand ({wat})")


@contextmanager
def _scratch(folder: Path, optie: str) -> "Iterator[Path]":
    """A folder for what is being made beside its place; raises RegiekitError when the disk refuses."""
    try:
        with scratch_folder(folder) as scratch:
            yield scratch
    except OSError as error:
        raise RegiekitError(f"in {folder} kan niet geschreven worden: {write_reason(error, optie)}") from None


def _tell_synced(target: Path) -> None:
    from regiekit.dossier.plaats import synced_by

    if part := synced_by(target):
        say_wrapped(
            f"Deze map gaat naar een clouddienst ({part}). Dat mag, want de kopie is versleuteld. Onthoud het wel: wis "
            "je later een cliënt, dan kan daar nog een oude versie staan. Haal die dan zelf weg."
        )


# herstel --------------------------------------------------------------------------------------------------------------


def herstel(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="De reservekopie.", show_default=False)],
    vervang: Annotated[
        bool, typer.Option("--vervang", help="Vervang het dossier van nu, zonder te vragen; voor een script.")
    ] = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> int:
    """Een reservekopie terugzetten.

    De kopie wordt eerst helemaal nagekeken; zelf blijft zij zoals zij is. Je ziet wat je dossier van nu meer heeft, en
    kiest dan. Het dossier van nu blijft naast het nieuwe staan, met de datum in de naam. Met --wachtzin-fd is de eerste
    regel de wachtzin van de kopie. Op de tweede mag die van het dossier van nu staan, als dat een andere is.
    """
    from regiekit.dossier.opslag import TERUG, read_head
    from regiekit.dossier.plaats import find_plaats
    from regiekit.dossier.reserve import check_copy, find_present, kept_name, put_back, take_copy, told_as

    path = find_plaats(dossier)
    source = _source(bestand, path)
    with told_as(source, source, ANDERE_KOPIE):
        head = read_head(source)
    _make_parent(path)
    with _scratch(path.parent, "--dossier") as scratch, ExitStack() as opened:
        new, now_copy = scratch / "kopie", scratch / "nu"
        take_copy(source, new)
        bron = _check_source(new, source, head, wachtzin_fd)
        _refuse_verzonnen(head, source, path)
        found = find_present(path, now_copy, tell_waiting)
        present = _open_present(found, bron, wachtzin_fd)
        if present:
            opened.enter_context(present)
        _tell_source(bron)
        if found and not _may_replace(present, bron.stand, vervang):
            return STOPPED
        kept = kept_name(path)
        _take_over(new, bron, source, kept if found else None, present)
        opened.close()
        put_back(new, path, kept, found, tell_waiting)
    with told_as(path, path, f"{TERUG}; het vorige staat in {kept}" if found else TERUG):
        proven = check_copy(path, bron.key, head)
    say_wrapped(f"Teruggezet in {path}, en nog eens nagekeken: {proven}.")
    if found:
        say_wrapped(f"Het vorige dossier staat in {kept}. Heb je het niet meer nodig, haal het dan weg.")
    say_wrapped("De wachtzin is nu die van de reservekopie.")
    return 0


def _source(bestand: Path, path: Path) -> Path:
    from regiekit.dossier.plaats import with_home

    source = with_home(bestand).absolute()
    if not os.path.exists(source):  # noqa: PTH110 - a folder that may not be looked in is no error here
        raise RegiekitError(f"{source} bestaat niet; kijk of de naam en de map kloppen")
    if source.is_dir():
        raise RegiekitError(f"{source} is een map; geef het bestand van de reservekopie")
    _refuse_same(source, path, "BESTAND")
    return source


def _refuse_verzonnen(head: "Head", source: Path, path: Path) -> None:
    """Made-up clients do not take the place of a real dossier; raises RegiekitError."""
    from regiekit.dossier.opslag import read_head

    if not head.verzonnen or not path.exists():
        return
    with suppress(RegiekitError):
        if read_head(path).verzonnen:
            return
    raise RegiekitError(
        f"{source} is een dossier met verzonnen cliënten. Dat komt niet op de plek van je eigen dossier", REFUSED
    )


def _make_parent(path: Path) -> None:
    from regiekit.dossier.opslag import check_length

    check_length(path)
    try:
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        make_folder(path.parent)
    except OSError as error:
        raise RegiekitError(f"{path.parent} kan niet gemaakt worden: {write_reason(error, '--dossier')}") from None


class Bron(NamedTuple):
    """A back-up that opened: its first bytes, its key, what was typed to open it, and what is in it."""

    head: "Head"
    key: bytes
    wachtzin: str | None
    stand: "Stand"


def _check_source(copy: Path, source: Path, head: "Head", wachtzin_fd: int | None) -> Bron:
    """The back-up, opened and read wholly; three tries on a terminal."""
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, derive_key
    from regiekit.dossier.reserve import check_copy, told_as
    from regiekit.dossier.sleutelbos import remembered

    def check(key: bytes | None, wachtzin: str | None = None) -> Bron:
        found = key or derive_key(normalize(wachtzin or ""), head)
        with told_as(copy, source, ANDERE_KOPIE):
            return Bron(head, found, wachtzin, check_copy(copy, found, head))

    if head.verzonnen:
        return check(None, WACHTZIN_VERZONNEN)
    if wachtzin_fd is not None:
        return check(None, read_line(wachtzin_fd))
    if key := remembered(head):
        return check(key)
    return open_asking("Wachtzin van de reservekopie", lambda wachtzin: check(None, wachtzin))


def _open_present(found: "Gevonden | None", bron: Bron, wachtzin_fd: int | None) -> "Opslag | None":
    """A copy of the dossier that is there now, opened to lay it beside the back-up; None when that does not work."""
    from regiekit.dossier.opslag import Opslag, WrongKeyError
    from regiekit.dossier.reserve import check_copy, head_of

    here = head_of(found.copy) if found else None
    if not found or not here:
        return None
    try:
        for key in _keys_of_present(here, bron, wachtzin_fd):
            with suppress(WrongKeyError):
                check_copy(found.copy, key, here)
                return Opslag(found.copy, key, here)
    except RegiekitError:  # damaged, or the coach does not know the wachtzin: reasons to put a copy back
        pass
    return None


def _keys_of_present(here: "Head", bron: Bron, wachtzin_fd: int | None) -> "Iterator[bytes]":
    """What may open the dossier of now: what is known already, and only then what the coach types."""
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, derive_key
    from regiekit.dossier.sleutelbos import remembered

    if here == bron.head:
        yield bron.key
        return
    if here.verzonnen:
        yield derive_key(WACHTZIN_VERZONNEN, here)
        return
    if key := remembered(here):
        yield key
    if bron.wachtzin:
        yield derive_key(normalize(bron.wachtzin), here)
    question = "Wachtzin van het dossier van nu (Enter: overslaan)"
    yield derive_key(normalize(ask_hidden(question) if wachtzin_fd is None else read_line(wachtzin_fd)), here)


def _tell_source(bron: Bron) -> None:
    if bron.head.verzonnen:
        warn(VERZONNEN)
    van = f"is van {moment_text(bron.stand.laatste)} en " if bron.stand.laatste else ""
    say_wrapped(f"De reservekopie {van}heeft {bron.stand}. Zij is heel.")


def _may_replace(present: "Opslag | None", stand: "Stand", vervang: bool) -> bool:
    """Tell what the dossier has now that the back-up has not, and ask; raises RegiekitError when nobody can answer."""
    from regiekit.dossier.reserve import read_stand

    if present:
        _tell_lost(read_stand(present), stand)
    else:
        say_wrapped(
            "Het dossier van nu gaat hier niet open of is beschadigd. Wat erin staat, is dus niet te vergelijken. Het "
            "blijft bewaard."
        )
    if vervang:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RegiekitError("er is al een dossier; geef --vervang om het te vervangen. Er is niets veranderd")
    if confirm("Het dossier van nu vervangen door deze reservekopie?"):
        return True
    say_wrapped("Er is niets veranderd.")
    return False


def _tell_lost(now: "Stand", then: "Stand") -> None:
    say_wrapped(f"Het dossier van nu heeft {now}.")
    lost, clients = len(now.aantekeningen - then.aantekeningen), sorted(now.codes - then.codes)
    if not lost and not clients:
        say_wrapped("Alles van nu staat ook in de reservekopie.")
    elif now.aantekeningen.isdisjoint(then.aantekeningen):
        say_wrapped(f"De reservekopie is van een ander dossier: niets van nu staat erin ({now}).")
    else:
        what = "1 aantekening van nu staat" if lost == 1 else f"{lost} aantekeningen van nu staan"
        more = f" Je mist dan ook: {', '.join(clients)}." if clients else ""
        say_wrapped(f"Let op: {what} niet in de reservekopie.{more}")
    if now.wissingen > then.wissingen:
        say_wrapped(
            "Let op: na deze reservekopie is er gewist. Wat toen gewist is, komt terug. Wis het daarna opnieuw."
        )


def _take_over(new: Path, bron: Bron, source: Path, kept: Path | None, present: "Opslag | None") -> None:
    from regiekit.dossier.opslag import Opslag
    from regiekit.dossier.reserve import take_over, told_as

    with told_as(new, source, ANDERE_KOPIE), Opslag(new, bron.key, bron.head) as opened:
        take_over(opened, source, bron.stand.laatste, kept, present)


# controleer -----------------------------------------------------------------------------------------------------------


def controleer(dossier: DossierPad = None, wachtzin_fd: WachtzinFd = None, json: Json = False) -> int:
    """Is het dossier heel en goed bewaard?

    Kijkt het bestand en elke aantekening na, wie erbij kan, of de map naar een clouddienst gaat, en wanneer de laatste
    reservekopie is gemaakt. Er verandert niets.
    """
    from regiekit.dossier.plaats import synced_by
    from regiekit.dossier.reserve import known_copies, read_stand

    with open_boek(dossier, wachtzin_fd) as boek:
        faults, path = boek.faults(), boek.opslag.path
        stand = read_stand(boek.opslag) if not faults else None
        copies = [copy for copy in known_copies(boek.opslag) if not copy.vervangen] if not faults else []
    last, open_to = (copies[-1] if copies else None), _open_to_others(path)
    if json:
        show_json({
            "dossier": str(path), "heel": not faults, "fouten": faults,
            "clienten": len(stand.codes) if stand else None,
            "aantekeningen": len(stand.aantekeningen) if stand else None,
            "alleen_voor_jou": not open_to, "clouddienst": synced_by(path),
            "reservekopie": {"pad": last.pad, "geschreven": last.geschreven, "is_er": Path(last.pad).exists()}
            if last else None,
        })  # fmt: skip
    else:
        _tell_whole(path, faults, stand)
        _tell_place(path, open_to, synced_by(path))
        if stand:
            _tell_last(last)
    return LOCKED if faults else 0


def _open_to_others(path: Path) -> bool:
    """Whether somebody else on this computer may read it; Windows keeps that elsewhere."""
    return os.name != "nt" and bool(path.stat().st_mode & 0o077)


def _tell_whole(path: Path, faults: list[str], stand: "Stand | None") -> None:
    from regiekit.dossier.opslag import TERUG

    if stand:
        return say_wrapped(f"Het dossier in {path} is heel: {stand}, allemaal nagekeken.")
    say_wrapped(f"Het dossier in {path} is beschadigd:")
    for fault in faults:
        say_wrapped(fault, "- ", "  ")
    return say_wrapped(f"{TERUG}.")


def _tell_place(path: Path, open_to: bool, synced: str | None) -> None:
    if open_to:
        say_wrapped(f"Anderen op deze computer kunnen bij het bestand. Maak dat dicht: chmod 600 '{path}'")
    if synced:
        say_wrapped(
            f"De map gaat naar een clouddienst ({synced}). Zet het dossier liever ergens anders: zo'n dienst kan het "
            "bestand terugzetten terwijl je werkt, en bewaart wat jij hebt gewist."
        )


def _tell_last(last: "Reservekopie | None") -> None:
    if last is None:
        return say_wrapped("Er is geen reservekopie bekend. Maak er een met 'regiekit dossier reservekopie'.")
    there = (
        "" if Path(last.pad).exists() else " Daar is zij nu niet te vinden; misschien is de schijf niet aangesloten."
    )
    return say_wrapped(f"De laatste reservekopie is van {moment_text(last.geschreven)}, in {last.pad}.{there}")


# wachtzin -------------------------------------------------------------------------------------------------------------


def wachtzin(
    onthoud: Annotated[
        bool,
        typer.Option("--onthoud", help="Bewaar de sleutel in de sleutelbos van deze computer; de wachtzin blijft."),
    ] = False,
    vergeet: Annotated[
        bool, typer.Option("--vergeet", help="Haal de sleutel uit de sleutelbos; de wachtzin blijft.")
    ] = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Een andere wachtzin voor het dossier, of de sleutelbos.

    Reservekopieën die er al zijn, houden hun oude wachtzin. Staat de sleutel in de sleutelbos, dan komt de nieuwe daar
    ook. Met --onthoud of --vergeet verandert de wachtzin niet. Met --wachtzin-fd is de eerste regel de wachtzin van nu,
    en de tweede de nieuwe.
    """
    from regiekit.dossier.opslag import read_head
    from regiekit.dossier.plaats import find_plaats

    if onthoud and vergeet:
        raise RegiekitError("kies --onthoud of --vergeet, niet allebei")
    path = find_plaats(dossier)
    if read_head(path).verzonnen:
        raise RegiekitError("dit is een demonstratie: haar wachtzin kent iedereen, en die blijft zo")
    if vergeet:
        _forget(read_head(path))
    elif onthoud:
        with open_opslag(path, wachtzin_fd) as opslag:
            remember_key(opslag)
    else:
        _change(path, wachtzin_fd)


def remember_key(opslag: "Opslag") -> None:
    """Keep the key of this dossier in the keychain, and tell what that means; raises RegiekitError."""
    from regiekit.dossier.sleutelbos import remember

    remember(opslag.head, opslag.key)
    say_wrapped(
        "De sleutel staat in de sleutelbos van deze computer. Wie hier als jou is aangemeld, opent het dossier nu "
        "zonder wachtzin. Onthoud de wachtzin zelf ook: op een andere computer heb je haar nodig. Weer weghalen: "
        "'regiekit dossier wachtzin --vergeet'."
    )


def _forget(head: "Head") -> None:
    from regiekit.dossier.sleutelbos import forget

    if forget(head):
        say_wrapped("De sleutel is uit de sleutelbos. Voortaan vraagt regiekit je wachtzin.")
    else:
        say_wrapped("De sleutel van dit dossier stond niet in de sleutelbos.")


def _change(path: Path, wachtzin_fd: int | None) -> None:
    from regiekit.dossier.opslag import derive_key, new_head
    from regiekit.dossier.reserve import change_key

    with _scratch(path.parent, "--dossier") as scratch, open_opslag(path, wachtzin_fd) as opslag:
        old, head = opslag.head, new_head()
        key = derive_key(new_wachtzin(wachtzin_fd), head)
        change_key(opslag, scratch / "nieuw", key, head)
    say_wrapped("De nieuwe wachtzin geldt vanaf nu. Schrijf haar op papier: zonder haar gaat het dossier niet open.")
    say_wrapped(
        "Reservekopieën van eerder openen met de oude wachtzin. Maak een nieuwe met 'regiekit dossier reservekopie' en "
        "haal de oude weg als iemand de oude wachtzin kent."
    )
    _follow(old, head, key)


def _follow(old: "Head", head: "Head", key: bytes) -> None:
    """A key that was kept in the keychain is the new one from now on. The wachtzin is changed by now, also when the
    keychain does not do what is asked."""
    from regiekit.dossier.sleutelbos import forget, is_asked, remember

    if not is_asked(old):
        return
    try:
        remember(head, key)
        say_wrapped("De sleutelbos heeft de nieuwe sleutel.")
    except RegiekitError as error:
        warn(str(error))
    try:
        forget(old)
    except RegiekitError as error:
        warn(str(error))
