"""`regiekit dossier wis`: everything of one client away, after showing what that is."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.dossier_avg import Code
from regiekit.cli.dossier_open import open_boek
from regiekit.cli.options import DossierPad, Json, Overschrijf, WachtzinFd
from regiekit.cli.output import clear_scratch, print_text, say, say_wrapped, show_json, write_file
from regiekit.cli.taal import ask, terminal_width, wrap
from regiekit.errors import LOCKED, RegiekitError, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regiekit.dossier.boek import Boek
    from regiekit.dossier.opslag import Head
    from regiekit.dossier.wissen import Bestand, Kopie, Ontvangst, Wisplan

# What stays after wiping is told with what to do about it.
BESTAND = {
    "zelfde": "staat er nog; gaat weg", "weggehaald": "weggehaald", "weg": "was er al niet meer",
    "veranderd": "is veranderd en blijft staan; kijk het na en haal het zelf weg",
    "verwijzing": "is nu een verwijzing naar een andere plek; haal zelf weg wat daar staat",
    "onleesbaar": "kan niet gelezen of weggehaald worden; doe dat zelf",
}  # fmt: skip
VAN_MEER = "is van meer cliënten en blijft staan; kijk het na en haal het zelf weg"
KOPIE = {
    "opent": "de cliënt gaat eruit", "wachtzin": "heeft een eigen wachtzin; die wordt gevraagd",
    "gewist": "de cliënt is eruit", "niet-erin": "de cliënt stond er niet in",
    "weg": "staat er nu niet; is zij verplaatst of op een andere schijf, haal haar dan zelf weg",
    "ander": "lijkt een ander dossier en blijft zoals het is; kijk zelf of de cliënt erin staat",
    "onleesbaar": "kan niet gelezen worden; haal haar zelf weg", "dicht": "ging niet open; haal haar zelf weg",
}  # fmt: skip
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
    dossier: DossierPad = None,
    wachtzin_fd: WachtzinFd = None,
    json: Json = False,
) -> None:
    """Alles van één cliënt weghalen: uit het dossier, de bestanden die eruit gemaakt zijn, en de reservekopieën.

    Zonder --echt zie je alleen wat er weg zou gaan. Met --echt gebeurt het, en kan het niet meer terug. Heeft een
    reservekopie een andere wachtzin, dan wordt die gevraagd; met --wachtzin-fd staat zij op de volgende regel. In het
    dossier blijft alleen staan dat er iets gewist is, wanneer en hoeveel.
    """
    if uit is not None and not echt:
        raise RegiekitError("bij --uit hoort --echt: er is alleen een bewijs als er gewist is")
    from regiekit.dossier.wissen import make_plan, tidy, wipe

    with open_boek(dossier, wachtzin_fd) as boek:
        try:
            plan = make_plan(boek, code)
        except RegiekitError:
            if echt and boek.opslag.rows("SELECT 1 FROM wissing LIMIT 1"):  # an earlier run may have been stopped there
                tidy(boek.opslag)
            raise
        if not echt:
            return show_plan(plan, json)
        confirm_wis(plan, json)
        clear_leftovers(boek, plan)
        done = wipe(boek, plan, make_find_key(wachtzin_fd))
    if uit is not None:
        write_file(uit, receipt(done).encode(), replace=overschrijf, private=True)
    show_done(done, uit, json)
    if done.niet_opgeschoond:
        raise RegiekitError(f"{done.niet_opgeschoond}. Geef de opdracht daarna nog een keer; dan gaat het opschonen "
                            "verder", LOCKED)  # fmt: skip
    return None


def confirm_wis(plan: "Wisplan", json: bool) -> None:
    """On a terminal the code is typed once more; raises RegiekitError when it is another."""
    from regiekit.cli.dossier_teksten import on_terminal

    if not on_terminal():
        return
    if not json:
        show_plan(plan, json)
    typed = ask(f"Dit kan niet terug. Typ {plan.code} om te wissen, of Enter om te stoppen", str.strip, "")
    if typed.casefold() != plan.code.casefold():
        raise RegiekitError("er is niets gewist")


def clear_leftovers(boek: "Boek", plan: "Wisplan") -> None:
    """Take away what a run that was ended too hard left behind in the folders where files of the dossier were made."""
    made = [boek.opslag.path, *(bestand.pad for bestand in plan.bestanden), *(kopie.pad for kopie in plan.kopieen)]
    for folder in {path.parent for path in made}:
        clear_scratch(folder)


def make_find_key(wachtzin_fd: int | None) -> "Callable[[Path, Head], bytes | None]":
    """What gives the key of a back-up with a wachtzin of its own: from the descriptor, else asked; None without one."""
    from regiekit.cli.wachtzin import ask_hidden, read_line
    from regiekit.domain.wachtzin import normalize
    from regiekit.dossier.opslag import derive_key

    def find_key(path: Path, head: "Head") -> bytes | None:
        try:
            question = f"Wachtzin van reservekopie {visible(str(path))} (Enter slaat haar over)"
            typed = ask_hidden(question) if wachtzin_fd is None else read_line(wachtzin_fd)
        except RegiekitError:
            return None
        return derive_key(normalize(typed), head) if typed else None

    return find_key


# Telling --------------------------------------------------------------------------------------------------------------


def show_plan(plan: "Wisplan", json: bool) -> None:
    """What would go."""
    if json:
        return show_json({"gewist": False, **_as_json(plan)})
    return print_text("\n".join(_wrapped(plan_lines(plan), terminal_width())) + "\n")


def show_done(done: "Ontvangst", uit: str | None, json: bool) -> None:
    """What went, unless it stands on the screen already."""
    if json:
        return show_json({"gewist": True, **_as_json(done)})
    if uit != "-":
        print_text("\n".join(_wrapped(receipt_lines(done), terminal_width())) + "\n")
    if uit not in (None, "-"):
        say("")
        say_wrapped(
            f"Het bewijs staat in {visible(uit or '')}. Daar staat de code in; bewaar het alleen als dat nodig is."
        )
    return None


def receipt(done: "Ontvangst") -> str:
    """What went, as a text file."""
    return "\n".join(_wrapped(receipt_lines(done), 80)) + "\n"


def _wrapped(lines: "Iterable[str]", width: int) -> "Iterator[str]":
    """Lines within the width; a path stays whole, so that it can be copied."""
    for line in lines:
        yield line if line.startswith("  ") else wrap(line, width)


def plan_lines(plan: "Wisplan") -> "Iterator[str]":
    """What would go, and what stays and why."""
    from regiekit.render.uitslag import datum_text

    yield f"Dit gaat weg van {plan.code}. Er is nog niets veranderd."
    yield ""
    yield f"Uit het dossier: {sum(plan.aantekeningen.values())} aantekeningen"
    yield f"({', '.join(f'{soort} {count}' for soort, count in plan.aantekeningen.items())})."
    yield f"Bewaartermijn: tot en met {datum_text(plan.tot)}." if plan.tot else "Let op: dit traject loopt nog."
    yield from _file_lines(plan.bestanden, plan.kopieen)
    yield ""
    yield ONBEKEND
    yield ""
    yield "Klopt het? Geef dezelfde opdracht, met --echt erbij."


def receipt_lines(done: "Ontvangst") -> "Iterator[str]":
    """What went, when, and what the coach still has to do."""
    from regiekit.render.inzage import moment_text

    yield f"Gewist: alles van {done.code}, op {moment_text(done.moment)}."
    yield ""
    yield f"Uit het dossier: {done.aantekeningen} aantekeningen."
    if done.niet_opgeschoond:
        yield f"Het bestand is nog niet opgeschoond: {done.niet_opgeschoond}."
    yield from _file_lines(done.bestanden, done.kopieen)
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
    return f"{KOPIE[kopie.staat]} ({visible(kopie.reden)})" if kopie.reden else KOPIE[kopie.staat]


def _as_json(value: "Wisplan | Ontvangst") -> dict[str, Any]:
    parts = {
        name: [{**p._asdict(), "pad": str(p.pad)} for p in getattr(value, name)] for name in ("bestanden", "kopieen")
    }
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in {**value._asdict(), **parts}.items()}
