"""`regiekit dossier wis`: everything of one client away, after showing what that is."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.dossier_open import open_boek
from regiekit.cli.options import Code, DossierPad, Json, Overschrijf, WachtzinFd, require_ending
from regiekit.cli.output import (
    clear_scratch,
    print_text,
    refuse_dossier,
    require_free,
    require_writable,
    say,
    say_wrapped,
    show_json,
    warn,
    write_file,
)
from regiekit.cli.taal import ask, terminal_width, wrap
from regiekit.domain.clientdossier import VERZONNEN
from regiekit.errors import LOCKED, RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import Head
    from regiekit.dossier.wissen import Bestand, Kopie, Wisbewijs, Wisplan

# What stays after wiping is told with what to do about it.
BESTAND = {
    "zelfde": "staat er nog; gaat weg", "weggehaald": "weggehaald",
    "weg": "staat er niet meer: verplaatst of weg; kijk zelf",
    "veranderd": "is veranderd en blijft staan; kijk het na en haal het zelf weg",
    "van-ander": "hoort nu bij een andere cliënt; blijft staan",
    "verwijzing": "is nu een verwijzing naar een andere plek; haal zelf weg wat daar staat",
    "onleesbaar": "kan niet gelezen of weggehaald worden; doe dat zelf",
}  # fmt: skip
VAN_MEER = "is van meer cliënten en blijft staan; kijk het na en haal het zelf weg"
KOPIE = {
    "opent": "de cliënt gaat eruit", "wachtzin": "heeft een eigen wachtzin; die wordt gevraagd",
    "gewist": "de cliënt is eruit", "niet-erin": "de cliënt stond er niet in",
    "weg": "staat er nu niet; is zij verplaatst of op een andere schijf, haal haar dan zelf weg",
    "ander": "lijkt een ander dossier en blijft zoals het is; kijk zelf of de cliënt erin staat",
    "onleesbaar": "kan niet gelezen worden; haal haar zelf weg",
    "dicht": "ging niet open: wat erin stond, staat er nog in; haal haar zelf weg",
}  # fmt: skip
CODE_IN_NAAM = "de code staat in haar naam of map: geef haar een andere, want het dossier vergeet deze"
ELDERS = (
    "De code {code} staat ook in aantekeningen van anderen: {nummers}. Dat blijft staan; verbeter die met 'regiekit "
    "dossier corrigeer', en haal daarna de oude waarden weg met --weg."
)
ONBEKEND = (
    "Wat regiekit niet kent, moet je zelf weghalen: kopieën die je zelf maakte, e-mail, papier, de prullenbak en "
    "kopieën van een clouddienst of back-upprogramma."
)


def wis(
    code: Code,
    echt: Annotated[bool, typer.Option("--echt", help="Doe het; zonder deze optie verandert er niets.")] = False,
    uit: Annotated[
        str | None,
        typer.Option("--uit", metavar="PAD", help="Bewaar het bewijs van wissen als tekst; '-' is het scherm."),
    ] = None,
    overschrijf: Overschrijf = False,
    zonder_kopie: Annotated[
        bool, typer.Option("--zonder-kopie", help="Ga door, ook als een reservekopie niet opengaat.")
    ] = False,
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Alles van één cliënt weghalen; eerst alleen laten zien.

    Uit het dossier, de bestanden die eruit gemaakt zijn, en de reservekopieën.

    Zonder --echt zie je alleen wat er weg zou gaan. Met --echt gebeurt het, en kan het niet meer terug. Heeft een
    reservekopie een andere wachtzin, dan wordt die gevraagd; met --wachtzin-fd staat zij op de volgende regel. Gaat
    er een niet open, dan wist regiekit niets: haal haar zelf weg, of gebruik --zonder-kopie. In het dossier blijft
    alleen staan dat er iets gewist is, wanneer en hoeveel.
    """
    if uit is not None and not echt:
        raise RegiekitError("bij --uit hoort --echt: er is alleen een bewijs als er gewist is")
    require_ending(uit, (".txt",), "Een bewijs is tekst")
    from regiekit.dossier.wissen import make_plan, tidy, wipe

    if uit not in (None, "-"):
        refuse_dossier(Path(uit or ""))
        require_free(Path(uit or ""), replace=overschrijf, optie="--uit")
        require_writable(Path(uit or ""))
    with open_boek(dossier, wachtzin_fd, says_so=not json) as boek:
        verzonnen = boek.opslag.head.verzonnen
        try:
            plan = make_plan(boek, code)
        except RegiekitError:
            if echt and boek.has_wiped():  # an earlier run may have been stopped there
                tidy(boek.opslag)
            raise
        if not echt:
            return show_plan(plan, json, verzonnen)
        told = confirm_wis(plan, json, verzonnen)
        keys = unlock_kopieen(boek, plan, wachtzin_fd, zonder_kopie)
        clear_leftovers(boek, plan)
        done = wipe(boek, plan, keys, zonder_kopie)
    show_done(done, write_bewijs(done, uit, overschrijf, verzonnen), json, verzonnen, told)
    if done.niet_opgeschoond:
        raise RegiekitError(f"{done.niet_opgeschoond}. Geef de opdracht daarna nog een keer; dan gaat het opschonen "
                            "verder", LOCKED)  # fmt: skip
    return None


def write_bewijs(done: "Wisbewijs", uit: str | None, overschrijf: bool, verzonnen: bool) -> str | None:
    """Write the bewijs in its file, and give that; None for the screen, also when the file cannot be written."""
    if uit in (None, "-"):
        return None
    try:
        write_file(uit or "", bewijs(done, verzonnen).encode(), replace=overschrijf, private=True)
    except RegiekitError as error:
        warn(f"alles is gewist, maar {error}. Het bewijs staat alleen hier op het scherm")
        return None
    return uit


def confirm_wis(plan: "Wisplan", json: bool, verzonnen: bool) -> bool:
    """On a terminal the code is typed once more; raises RegiekitError when it is another. Gives whether what would go
    was shown."""
    from regiekit.cli.dossier_teksten import on_terminal

    if not on_terminal():
        return False
    if not json:
        show_plan(plan, json, verzonnen, echt=True)
    typed = ask(f"Dit kan niet terug. Typ {plan.code} om te wissen, of Enter om te stoppen", str.strip, "")
    if typed.casefold() != plan.code.casefold():
        raise RegiekitError("er is niets gewist")
    return not json


def clear_leftovers(boek: "Boek", plan: "Wisplan") -> None:
    """Take away what a run that was ended too hard left behind in the folders where files of the dossier were made."""
    made = [boek.opslag.path, *(bestand.pad for bestand in plan.bestanden), *(kopie.pad for kopie in plan.kopieen)]
    for folder in {path.parent for path in made}:
        clear_scratch(folder)


def unlock_kopieen(boek: "Boek", plan: "Wisplan", wachtzin_fd: int | None, zonder_kopie: bool) -> "dict[Path, bytes]":
    """The keys of the back-ups, before anything goes; raises RegiekitError (exit code 5) when one does not open."""
    from regiekit.dossier.wissen import find_keys, must_open

    ask = None if zonder_kopie and wachtzin_fd is None else make_find_key(wachtzin_fd)
    keys = find_keys(plan, boek.opslag, ask or (lambda path, head: None))
    shut = [visible(str(kopie.pad)) for kopie in must_open(plan) if kopie.pad not in keys]
    if shut and not zonder_kopie:
        raise RegiekitError(
            f"er is niets gewist: reservekopie {', '.join(shut)} gaat niet open, en {plan.code} kan er nog in staan. "
            "Geef haar wachtzin (met --wachtzin-fd op de volgende regel), haal haar zelf weg, of gebruik "
            "--zonder-kopie", LOCKED,
        )  # fmt: skip
    return keys


def make_find_key(wachtzin_fd: int | None) -> "Callable[[Path, Head], bytes | None]":
    """What gives the key of a back-up with a wachtzin of its own: from the descriptor, else asked, with three tries;
    None without one that fits."""
    from regiekit.cli.wachtzin import TRIES, ask_hidden, read_line
    from regiekit.domain.wachtzin import normalize
    from regiekit.dossier.opslag import derive_key
    from regiekit.dossier.wissen import fault_of

    def ask_key(path: Path, head: "Head") -> bytes | None:
        for left in reversed(range(TRIES)):
            typed = ask_hidden(f"Wachtzin van reservekopie {visible(str(path))} (Enter om te stoppen)")
            if not typed:
                return None
            key = derive_key(normalize(typed), head)
            if not (fault := fault_of(path, key, head)):
                return key
            warn(f"{fault}{' Probeer het nog eens.' if left else ''}")
        return None

    def find_key(path: Path, head: "Head") -> bytes | None:
        try:
            if wachtzin_fd is None:
                return ask_key(path, head)
            return derive_key(normalize(read_line(wachtzin_fd)), head)
        except RegiekitError:
            return None

    return find_key


# Telling --------------------------------------------------------------------------------------------------------------


def show_plan(plan: "Wisplan", json: bool, verzonnen: bool, echt: bool = False) -> None:
    """What would go; with `echt` the code is asked next."""
    if json:
        return show_json({"gewist": False, **_as_json(plan, verzonnen)})
    how = () if echt else ("", "Klopt het? Geef dezelfde opdracht, met --echt erbij.")
    lines = (*_demonstration(verzonnen), *plan_lines(plan), *how)
    return print_text("\n".join(_wrapped(lines, terminal_width())) + "\n")


def show_done(done: "Wisbewijs", uit: str | None, json: bool, verzonnen: bool, told: bool) -> None:
    """What went; `uit` is where the bewijs stands too. With `told` the screen says already that it is made up."""
    if json:
        return show_json({"gewist": True, **_as_json(done, verzonnen)})
    lines = (*_demonstration(verzonnen and not told), *bewijs_lines(done))
    print_text("\n".join(_wrapped(lines, terminal_width())) + "\n")
    if uit is not None:
        say("")
        say_wrapped(f"Het bewijs staat in {visible(uit)}. Daar staat de code in; bewaar het alleen als dat nodig is.")
    return None


def bewijs(done: "Wisbewijs", verzonnen: bool) -> str:
    """What went, as a text file."""
    return "\n".join(_wrapped((*_demonstration(verzonnen), *bewijs_lines(done)), 80)) + "\n"


def _demonstration(verzonnen: bool) -> tuple[str, ...]:
    """The lines above everything of a demonstration."""
    return (VERZONNEN, "") if verzonnen else ()


def _wrapped(lines: "Iterable[str]", width: int) -> "Iterator[str]":
    """Lines within the width; a path stays whole, so that it can be copied."""
    for line in lines:
        yield line if line.startswith("  ") else wrap(line, width)


def _counted(aantal: int) -> str:
    return "1 aantekening" if aantal == 1 else f"{aantal} aantekeningen"


def plan_lines(plan: "Wisplan") -> "Iterator[str]":
    """What would go, and what stays and why."""
    from regiekit.domain.dagen import datum_text

    yield f"Dit gaat weg van {plan.code}. Er is nog niets veranderd."
    yield ""
    yield f"Uit het dossier: {_counted(sum(plan.aantekeningen.values()))}"
    yield f"({', '.join(f'{soort} {count}' for soort, count in plan.aantekeningen.items())})."
    yield f"Bewaartermijn: tot en met {datum_text(plan.tot)}." if plan.tot else "Let op: dit traject loopt nog."
    yield from _file_lines(plan.bestanden, plan.kopieen)
    if plan.elders:
        yield ""
        yield ELDERS.format(code=plan.code, nummers=", ".join(f"{one.nummer} ({one.code})" for one in plan.elders))
    yield ""
    yield ONBEKEND


def bewijs_lines(done: "Wisbewijs") -> "Iterator[str]":
    """What went, when, and what the coach still has to do."""
    from regiekit.render.dagen import moment_text

    yield f"Gewist: alles van {done.code}, op {moment_text(done.moment)}."
    yield ""
    yield f"Uit het dossier: {_counted(done.aantekeningen)}."
    if done.niet_opgeschoond:
        yield f"Het bestand is nog niet opgeschoond: {done.niet_opgeschoond}."
    yield from _file_lines(done.bestanden, done.kopieen)
    if done.elders:
        yield ""
        yield ELDERS.format(code=done.code, nummers=", ".join(map(str, done.elders)))
    yield ""
    yield ONBEKEND


def _file_lines(bestanden: "Iterable[Bestand]", kopieen: "Iterable[Kopie]") -> "Iterator[str]":
    for naam, rows in (
        ("Bestanden die uit het dossier gemaakt zijn", [(b.pad, bestand_text(b)) for b in bestanden]),
        ("Reservekopieën en andere dossierbestanden", [(k.pad, kopie_text(k)) for k in kopieen]),
    ):
        yield ""
        yield f"{naam}:" if rows else f"{naam}: geen."
        for pad, said in rows:
            yield f"  {visible(str(pad))}"
            yield f"    {said}"


def bestand_text(bestand: "Bestand") -> str:
    """What happens to a file, or happened."""
    return VAN_MEER if bestand.van_allen and bestand.staat == "zelfde" else BESTAND[bestand.staat]


def kopie_text(kopie: "Kopie") -> str:
    """What happens to a back-up, or happened; with the reason when it did not."""
    said = f"{KOPIE[kopie.staat]} ({visible(kopie.reden)})" if kopie.reden else KOPIE[kopie.staat]
    return f"{said}; {CODE_IN_NAAM}" if kopie.code_in_naam and kopie.staat != "weg" else said


def _as_json(value: "Wisplan | Wisbewijs", verzonnen: bool) -> dict[str, Any]:
    parts = {
        name: [{**p._asdict(), "pad": str(p.pad)} for p in getattr(value, name)] for name in ("bestanden", "kopieen")
    }
    elders = [one if isinstance(one, int) else one.nummer for one in value.elders]
    values = {**value._asdict(), **parts, "elders": elders, **({"verzonnen": True} if verzonnen else {})}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
