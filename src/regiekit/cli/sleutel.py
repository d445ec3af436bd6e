"""`regiekit sleutel`, and the opening of sealed answer files."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.cli.options import Json, SleutelPad, WachtzinFd
from regiekit.cli.output import say, show_json, warn, write_reason
from regiekit.cli.taal import terminal_width, wrap
from regiekit.cli.voorlezen import is_read_aloud
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regiekit.kanaal.sleutel import Geheim, Plaats, Sleutel

VOORAF = (
    "Met een sleutel komt een antwoordbestand versleuteld terug, zodat het met de mail mag. Alleen jouw sleutel opent "
    "het, met jouw wachtzin. Raak je de wachtzin of het sleutelbestand kwijt, dan zijn die antwoorden voorgoed "
    "onleesbaar: niemand kan ze dan nog openen, ook regiekit niet. Schrijf de wachtzin op papier en bewaar haar apart."
)
KOPIE = (
    "Maak nu een kopie van beide bestanden, op een plek die alleen van jou is (zoals een USB-stick in een la). "
    "Bewaar de wachtzin daar niet bij."
)


def maak(sleutel: SleutelPad = None, wachtzin_fd: WachtzinFd = None, json: Json = False) -> None:
    """Maak een sleutel, zodat antwoorden versleuteld terugkomen.

    Een sleutel is een paar. Het openbare deel gaat mee in elk formulier en doet het antwoordbestand op slot. Het
    geheime deel blijft op deze computer en opent het, met jouw wachtzin. Een sleutel die er al is, wordt nooit
    vervangen. Meer dan één bewaren kan: geef elke volgende een eigen bestand met --sleutel.
    """
    from regiekit.cli.wachtzin import new_wachtzin
    from regiekit.kanaal import sleutel as keys

    plaats = keys.place_of(sleutel)
    keys.require_jose()
    refuse_existing(plaats)
    tell(VOORAF, json)
    wachtzin = new_wachtzin(wachtzin_fd)
    geheim, openbaar = keys.make_key(wachtzin, date.today())
    try:
        keys.save_key(plaats, geheim, openbaar)
    except FileExistsError:
        refuse_existing(plaats)
        raise
    except OSError as error:
        raise not_written(plaats.geheim, error) from None
    show_key(plaats, openbaar, True, json)
    tell(KOPIE, json)


def toon(sleutel: SleutelPad = None, json: Json = False) -> None:
    """Waar je sleutel staat, en waaraan je haar herkent.

    De vingerafdruk kun je voorlezen: vier groepjes van vier letters en cijfers. Een formulier met dezelfde
    vingerafdruk hoort bij deze sleutel. Een wachtzin is hier niet voor nodig.
    """
    from regiekit.kanaal import sleutel as keys

    plaats = keys.place_of(sleutel)
    openbaar = keys.load_public(plaats)
    if openbaar is None:
        raise no_key(plaats)
    show_key(plaats, openbaar, keys.load_secret(plaats) is not None, json)


def wachtzin(sleutel: SleutelPad = None, wachtzin_fd: WachtzinFd = None, json: Json = False) -> None:
    """Verander de wachtzin; de sleutel zelf blijft dezelfde.

    Formulieren en antwoordbestanden die er al zijn, blijven dus werken. Een oude kopie van de sleutel houdt de oude
    wachtzin. Met --wachtzin-fd is de eerste regel de wachtzin van nu, en de tweede de nieuwe.
    """
    from regiekit.cli.wachtzin import new_wachtzin, unlock_asking
    from regiekit.kanaal import sleutel as keys

    plaats = keys.place_of(sleutel)
    geheim = keys.load_secret(plaats)
    if geheim is None:
        raise no_key(plaats)
    opened = unlock_asking(geheim, wachtzin_fd)
    changed = keys.seal(opened, geheim, new_wachtzin(wachtzin_fd))
    try:
        if not plaats.openbaar.exists():
            keys.save_public(plaats, keys.public_of(opened, geheim.gemaakt))
        keys.save_secret(plaats, changed, replace=True)  # last: when anything fails, the old wachtzin still holds
    except OSError as error:
        raise not_written(plaats.geheim, error) from None
    tell("De nieuwe wachtzin geldt vanaf nu. Vervang ook je kopie: een oude kopie opent met de oude wachtzin.", json)
    if json:
        toon(sleutel, json)


def make_opener(sleutel: Path | None, wachtzin_fd: int | None) -> "Callable[[bytes, str], bytes]":
    """What opens sealed answer files in one run of a command; the wachtzin is asked once, at the first of them."""
    opened: list[Sleutel] = []

    def open_sealed(raw: bytes, bestand: str) -> bytes:
        from regiekit.cli.wachtzin import unlock_asking
        from regiekit.kanaal.sleutel import load_secret, place_of
        from regiekit.kanaal.versleuteld import check_key, open_with, read_sealed

        verzegeld, plaats = read_sealed(raw, bestand), place_of(sleutel)
        geheim: Geheim = check_key(verzegeld, load_secret(plaats), plaats)
        if not opened:
            opened.append(unlock_asking(geheim, wachtzin_fd))
        return open_with(opened[0], verzegeld)

    return open_sealed


def show_key(plaats: "Plaats", openbaar: dict[str, str], geheim: bool, json: bool) -> None:
    """Where a key is, what it is recognised by, and when it was made."""
    from regiekit.kanaal.sleutel import vingerafdruk

    kid, gemaakt = openbaar["kid"], openbaar["gemaakt"]
    if json:
        return show_json({
            "kid": kid, "vingerafdruk": vingerafdruk(kid), "gemaakt": gemaakt,
            "geheim": str(plaats.geheim) if geheim else None, "openbaar": str(plaats.openbaar),
        })  # fmt: skip
    rows = {
        "Vingerafdruk": vingerafdruk(kid), "Gemaakt": gemaakt,
        "Geheime deel": plaats.geheim if geheim else "niet op deze computer: openen kan hier niet",
        "Openbare deel": plaats.openbaar,
    }  # fmt: skip
    for naam, waarde in rows.items():
        say(f"{naam}: {waarde}" if is_read_aloud() else f"{naam:13} {waarde}")
    return None


def tell(text: str, json: bool) -> None:
    """A paragraph for the coach; beside the output when that is JSON."""
    if json:
        return warn(text)
    return say(f"\n{wrap(text, terminal_width())}\n")


def refuse_existing(plaats: "Plaats") -> None:
    """Raises RegiekitError when there is a key already: with it go the answers that it opens."""
    found = next((path for path in plaats if path.exists() or path.is_symlink()), None)
    if found:
        raise RegiekitError(
            f"{found} bestaat al, en regiekit vervangt een sleutel nooit: antwoorden voor die sleutel zouden dan "
            "onleesbaar zijn. Wil je er nog een? Geef haar een eigen bestand met --sleutel PAD"
        )


def no_key(plaats: "Plaats") -> RegiekitError:
    """For a command that needs a key."""
    return RegiekitError(
        f"er is geen sleutel in {plaats.geheim}; maak er een met 'regiekit sleutel maak', of geef de plaats met "
        "--sleutel PAD"
    )


def not_written(path: Path, error: OSError) -> RegiekitError:
    """For a disk that refuses."""
    return RegiekitError(f"{path} kan niet geschreven worden: {write_reason(error, '--sleutel')}")
