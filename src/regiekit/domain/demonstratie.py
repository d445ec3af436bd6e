"""The shape of a client of the demonstration, who does not exist, and how it becomes aantekeningen from a first day on.

In the file time counts in whole weeks from that day, also within the content; a correction names only what changes; and
an afname names its vragenlijst without the hash, and without the versie where that is the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Protocol, get_args

from pydantic import Field

from regiekit.domain.aantekening import SOORTEN
from regiekit.domain.afname import Clientcode
from regiekit.domain.checks import Fault, show, suggestion
from regiekit.domain.record import Id, Record, Tekst, Versie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regiekit.domain.checks import Loc

MAX_WEEKS = 520  # either way from the first day


class Demoaantekening(Record):
    """Eén aantekening van een verzonnen cliënt."""

    week: Annotated[int, Field(ge=0, le=MAX_WEEKS)]
    """Hoeveel weken na de eerste dag."""
    soort: Literal["traject", "gesprek", "afname", "opvolging", "inoculatie", "besluit", "sluiting"]
    naam: Id | None = None
    """Hoe een latere aantekening van deze cliënt haar aanwijst."""
    vervangt: Id | None = None
    """De naam van de aantekening die hiermee verbeterd wordt."""
    reden: Tekst | None = None
    """Waarom die verbeterd wordt."""
    inhoud: dict[str, Any]
    """De velden van de soort: een dag als aantal weken, `van` als naam; bij een verbetering alleen het verschil."""


class EerdereLijst(Record):
    """Een vragenlijst zoals zij vroeger had kunnen zijn."""

    vragenlijst: Id
    versie: Versie
    vragen: dict[Id, Tekst]
    """De vragen die toen anders klonken."""


class Demonstratieclient(Record):
    """Een cliënt die niet bestaat, om het dossier op te proberen."""

    code: Clientcode
    eerdere_lijst: EerdereLijst | None = None
    aantekeningen: Annotated[tuple[Demoaantekening, ...], Field(min_length=1)]


class Lijstversie(NamedTuple):
    """Which vragenlijst exactly."""

    versie: str
    hash: str


Lijsten = Mapping[tuple[str, str | None], Lijstversie]  # by id, and by versie where that is not the newest


class Schrijver(Protocol):
    """Writes one aantekening of a client, who is new when it is the first; gives its nummer."""

    def __call__(self, code: str, datum: date, inhoud: Record, vervangt: int | None, reden: str | None) -> int: ...


def first_weekday(day: date) -> date:
    """This day, or the Monday after a weekend: all else stands whole weeks from it, so nothing is on a Sunday."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def write_clienten(
    begin: date, clienten: Iterable[Demonstratieclient], lijsten: Lijsten, schrijf: Schrijver
) -> None:  # fmt: skip
    """Write everything of the clients; the same begin, clients and lijsten give the same content."""
    for client in clienten:
        nummers: dict[str | None, int] = {}
        for stap, velden in zip(client.aantekeningen, whole_velden(client), strict=True):
            filled = fill_in(stap.soort, velden, begin, nummers, lijsten)
            inhoud = SOORTEN[stap.soort].model_validate(filled, strict=False)  # from JSON, and checked by its file
            vervangt = nummers[stap.vervangt] if stap.vervangt else None
            nummers[stap.naam] = schrijf(client.code, begin + timedelta(weeks=stap.week), inhoud, vervangt, stap.reden)


def whole_velden(client: Demonstratieclient) -> list[dict[str, Any]]:
    """The content of each aantekening, where a correction is completed by what it corrects."""
    named: dict[str | None, dict[str, Any]] = {}
    found = []
    for stap in client.aantekeningen:
        velden = _merged(named[stap.vervangt], stap.inhoud) if stap.vervangt else stap.inhoud
        named[stap.naam] = velden
        found.append(velden)
    return found


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What is new over what was; the antwoorden one by one."""
    parts = {name: {**old[name], **part} for name, part in new.items() if _groups(old.get(name), part)}
    return {**old, **new, **parts}


def _groups(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def fill_in(
    soort: str, velden: dict[str, Any], begin: date, nummers: Mapping[str | None, int], lijsten: Lijsten
) -> dict[str, Any]:  # fmt: skip
    """The content as JSON values: weeks become days, a name the nummer that it got, and an afname gets its hash."""
    filled = dict(velden)
    for veld in _days(soort) & velden.keys():
        filled[veld] = (begin + timedelta(weeks=velden[veld])).isoformat()
    if soort == "opvolging" and "van" in velden:
        filled["van"] = nummers[velden["van"]]
    if soort == "afname":
        filled |= lijsten[str(velden.get("vragenlijst")), velden.get("versie")]._asdict()
    return filled


def _days(soort: str) -> set[str]:
    fields = SOORTEN[soort].model_fields.items()
    return {veld for veld, field in fields if date in (field.annotation, *get_args(field.annotation))}


def check_demonstratie(client: Demonstratieclient) -> Iterator[Fault]:
    """What must hold before the content can be filled in: the names, the weeks and the vragenlijsten."""
    names: dict[str, int] = {}
    for n, stap in enumerate(getattr(client, "aantekeningen", ())):
        loc = ("aantekeningen", n)
        if stap.vervangt:
            yield from _name(stap.vervangt, names, (*loc, "vervangt"))
        if stap.soort == "opvolging" and "van" in stap.inhoud:
            yield from _name(stap.inhoud["van"], names, (*loc, "inhoud", "van"))
        if stap.soort == "afname" and "versie" in stap.inhoud:
            yield from _versie(stap.inhoud, getattr(client, "eerdere_lijst", None), (*loc, "inhoud", "versie"))
        for veld in sorted(_days(stap.soort) & stap.inhoud.keys()):
            yield from _weeks(stap.inhoud[veld], (*loc, "inhoud", veld))
        if stap.naam in names:
            eerder = ("aantekeningen", names[stap.naam], "naam")
            yield Fault((*loc, "naam"), "dubbele-id", {"id": stap.naam, "eerder": eerder})
        elif stap.naam:
            names[stap.naam] = n


def _name(naam: object, names: Iterable[str], loc: Loc) -> Iterator[Fault]:
    if naam not in tuple(names):
        keuzes = ", ".join(names) or "een naam die eerder in dit bestand staat"
        yield Fault(loc, "geen-keuze", {"kreeg": show(naam), "keuzes": keuzes, "suggestie": suggestion(naam, names)})


def _versie(velden: dict[str, Any], eerdere: EerdereLijst | None, loc: Loc) -> Iterator[Fault]:
    if not eerdere or (velden.get("vragenlijst"), velden["versie"]) != (eerdere.vragenlijst, eerdere.versie):
        keuzes = "een versie die bij 'eerdere_lijst' staat, of laat dit weg voor de nieuwste"
        yield Fault(loc, "geen-keuze", {"kreeg": show(velden["versie"]), "keuzes": keuzes, "suggestie": ""})


def _weeks(value: object, loc: Loc) -> Iterator[Fault]:
    if type(value) is not int:
        yield Fault(loc, "geen-heel-getal", {"kreeg": f", geen {show(value)}"})
    elif abs(value) > MAX_WEEKS:
        code, limit = ("te-hoog", "maximum") if value > 0 else ("te-laag", "minimum")
        yield Fault(loc, code, {"kreeg": show(value), limit: MAX_WEEKS if value > 0 else -MAX_WEEKS})
