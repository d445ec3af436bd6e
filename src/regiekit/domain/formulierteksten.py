"""What a form says beside the vragen, in one language: a text that is missing is an error when the file is loaded.

In a text, `{n}` and the like are filled in by the form; which ones a text may use stands beside it.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from regiekit.domain.checks import Fault, Loc
from regiekit.domain.record import Record, Tekst, Versie
from regiekit.domain.vragenlijst import Taal


class Alinea(Record):
    """Een kopje met een paar zinnen."""

    kop: Tekst
    tekst: Tekst
    elders: Tekst | None = None
    """Wat er in plaats van `tekst` staat als de antwoorden in een ander systeem komen dan regiekit."""


class Leegteksten(Record):
    """De drie manieren om een vraag over te slaan."""

    weet_niet: Tekst
    wil_niet_zeggen: Tekst
    nvt: Tekst


class Schermteksten(Record):
    """Het formulier in de browser."""

    zonder_script: Tekst
    """Wat er staat als de browser dit formulier niet kan laten werken, met een andere weg."""
    opslag_kop: Tekst
    opslag: Tekst
    """Dat alles in dit scherm blijft tot de cliënt een bestand bewaart, en dat er geen internet nodig is."""
    opslag_slot: Tekst
    """Waar de antwoorden heen gaan als alleen de coach het bestand kan openen."""
    opslag_open: Tekst
    """Hetzelfde als iedereen die het bestand heeft, het kan lezen."""
    vingerafdruk: Tekst
    """De regel voor de coach, onderaan: de sleutel van het slot is `{vingerafdruk}`."""
    code: Tekst
    """De code van de cliënt: `{client}`."""
    manier: Tekst
    """De vraag hoe de cliënt de vragen wil zien."""
    manier_een: Tekst
    manier_alles: Tekst
    manier_later: Tekst
    """Dat die keuze later anders mag."""
    begin: Tekst
    verder_kop: Tekst
    """De kop boven het verdergaan met een bestand van een eerdere keer."""
    verder: Tekst
    """Wat je daarvoor kiest."""
    verder_bestand: Tekst
    """Het opschrift bij het kiezen van dat bestand."""
    hersteld: Tekst
    """De antwoorden staan er weer in: `{aantal}` van `{totaal}`."""
    fout_onleesbaar: Tekst
    """Het gekozen bestand is geen bestand van dit formulier."""
    fout_slot: Tekst
    """Het gekozen bestand zit op slot voor de coach."""
    fout_lijst: Tekst
    """Het hoort bij andere vragen, of bij een andere versie daarvan."""
    fout_client: Tekst
    """Het hoort bij een andere code."""
    fout_meetmoment: Tekst
    """Het hoort bij een ander moment."""
    volgende: Tekst
    vorige: Tekst
    naar_overzicht: Tekst
    alles_tonen: Tekst
    """De knop die alle vragen onder elkaar zet."""
    een_tonen: Tekst
    """De knop die één vraag tegelijk laat zien."""
    overslaan_kop: Tekst
    """Wat boven de drie manieren van overslaan staat, bij elke vraag."""
    wis: Tekst
    """De knop die een gekozen antwoord weer weghaalt."""
    gewist: Tekst
    """Wat een voorleesprogramma dan zegt."""
    open_hint: Tekst
    """Wat bij een open vraag staat: leeg laten mag."""
    lees_voor: Tekst
    lees_stop: Tekst
    """De knop die het voorlezen stopt."""
    bij_vraag: Tekst
    """Wat een voorleesprogramma achter een knop zegt: bij vraag `{n}`."""
    stoppen: Tekst
    stop_kop: Tekst
    stop: Tekst
    """Wat er met de antwoorden gebeurt als je nu stopt."""
    stop_leesbaar: Tekst
    """Dat iedereen die het pauzebestand heeft, het kan lezen."""
    stop_bewaar: Tekst
    stop_terug: Tekst
    """De knop om toch verder te gaan met de vragen."""
    pauze_kop: Tekst
    pauze: Tekst
    """Wat je nu hebt en hoe je later verdergaat; `{bestand}` is de naam van het bestand."""
    nog_eens: Tekst
    """De knop die het bestand nog een keer bewaart."""
    overzicht_kop: Tekst
    overzicht: Tekst
    """Hoeveel er is ingevuld: `{aantal}` van `{totaal}`; en dat alles nog anders mag."""
    wijzig: Tekst
    leeg: Tekst
    """Wat in het overzicht bij een lege vraag staat."""
    inleveren: Tekst
    klaar_kop: Tekst
    klaar_bestand: Tekst
    """Waar het bestand staat: `{bestand}` is de naam."""
    klaar_slot: Tekst
    """Wat je doet met een bestand dat alleen de coach kan openen."""
    klaar_open: Tekst
    """Wat je doet met een bestand dat iedereen kan lezen."""
    klaar_wissen: Tekst
    """Dat het bestand weg mag van een computer die anderen ook gebruiken, en het venster dicht."""
    kopieer_kop: Tekst
    kopieer_slot: Tekst
    """Hoe je de tekst meeneemt die alleen de coach kan openen."""
    kopieer_open: Tekst
    """Hoe je de tekst meeneemt die iedereen kan lezen."""
    kopieer_veld: Tekst
    """Het opschrift van het veld met die tekst."""
    kopieer_knop: Tekst
    gekopieerd: Tekst
    niet_gekopieerd: Tekst
    print_kop: Tekst
    print: Tekst
    print_knop: Tekst
    geen_slot_kop: Tekst
    geen_slot_begin: Tekst
    """Wat er bij de start staat als deze browser het bestand niet op slot kan doen."""
    geen_slot: Tekst
    """Wat er bij het inleveren staat: er is nog niets bewaard, en dit zijn de veilige manieren."""
    geen_slot_pauze: Tekst
    """De eerste manier: een pauzebestand, en verder in een andere browser."""
    geen_slot_open: Tekst
    """De laatste manier: een leesbaar bestand dat je zelf aan de coach geeft."""
    geen_slot_knop: Tekst
    """De knop die zo'n bestand maakt."""


class Papierteksten(Record):
    """Het formulier op papier."""

    bewaren: Tekst
    """Wie dit papier kan lezen, en hoe het veilig bij de coach komt."""
    datum: Tekst
    """Het woord voor de lijn waar de datum komt."""
    code: Tekst
    """Het woord voor de code van de cliënt, boven het formulier."""
    code_leeg: Tekst
    """Wie die code invult, als zij er nog niet staat."""
    invullen_kop: Tekst
    kruis_aan: Tekst
    """Eén kruis bij elke vraag."""
    verbeter: Tekst
    """Wat je doet als je het verkeerde vakje koos."""
    sla_over: Tekst
    """Dat leeg laten mag, of een kruis bij `{weet_niet}`, `{wil_niet_zeggen}` of `{nvt}`."""
    vragen_kop: Tekst
    """De kop boven de gesloten vragen."""
    overslaan_kop: Tekst
    """Het woord boven de drie redenen, bij elke vraag."""
    open_uitleg: Tekst
    """Wat je leest voor de eerste open vraag."""
    slot: Tekst
    """Wat er na de laatste vraag staat."""
    coach_kop: Tekst
    """De kop boven het stuk dat voor de coach is."""
    coach: Tekst
    """Dat de cliënt daar niets hoeft te doen."""
    qr_alt: Tekst
    """Wat een voorleesprogramma bij de QR-code zegt: `{code}` is de tekst die erin staat."""
    voet_lijst: Tekst
    """Onder elk blad: `{lijst}` en `{versie}`."""
    voet_moment: Tekst
    """Onder elk blad: `{moment}`."""
    voet_code: Tekst
    """Onder elk blad, voor de code van de cliënt of de lijn waar die komt."""
    bladzijde: Tekst
    """Onder elk blad: `{n}` is het nummer van de bladzijde, `{totaal}` het aantal."""


class Terminalteksten(Record):
    """De vragen in de terminal."""

    bewaren: Tekst
    """Dat elk antwoord meteen op deze computer bewaard wordt, en wie het daar kan lezen."""
    in_dossier: Tekst
    """In plaats daarvan: dat de antwoorden in het dossier van de coach komen, en wanneer ze bewaard worden."""
    begin: Tekst
    """De uitnodiging om op Enter te drukken en te beginnen."""
    verder: Tekst
    """Wie al begonnen was, gaat verder bij vraag `{n}`."""
    antwoord: Tekst
    """Het woord voor de plek waar je typt; daarachter komt een dubbele punt."""
    tot: Tekst
    """Antwoorden zonder eigen woorden, op één regel: van `{van}` tot en met `{tot}`."""
    toetsen: Tekst
    """Wat Enter, t, s en ? doen, op één regel, bij een vraag zonder antwoord."""
    toetsen_huidig: Tekst
    """Hetzelfde met het streepje erbij, bij een vraag met een antwoord: Enter laat het zo."""
    uitleg: Tekst
    """Hetzelfde met w, z, n en het streepje erbij, in hele zinnen: na het typen van een vraagteken."""
    open_uitleg: Tekst
    """De uitleg bij een open vraag, ook dat een streepje het antwoord weghaalt."""
    huidig: Tekst
    """Het antwoord dat er al staat: `{antwoord}`."""
    kies: Tekst
    """Wat getypt is, hoort hier niet: een getal van `{van}` tot en met `{tot}`, of een letter."""
    open_kies: Tekst
    """Bij een open vraag is alleen een w, z of n geen antwoord: schrijf woorden, of druk op Enter."""
    te_lang: Tekst
    """Het antwoord in eigen woorden is langer dan `{maximum}` tekens."""
    eerste: Tekst
    """Terug kan niet: dit is de eerste vraag."""
    leeg: Tekst
    """Wat er in het overzicht staat bij een vraag zonder antwoord."""
    overzicht_kop: Tekst
    overzicht: Tekst
    """Typ het nummer van een vraag om haar te veranderen, of k als je klaar bent."""
    overzicht_kies: Tekst
    """Wat getypt is, hoort hier niet: een nummer van 1 tot en met `{totaal}`, of k."""
    gestopt: Tekst
    """Je bent gestopt; alles is bewaard."""
    niets: Tekst
    """Je bent gestopt voor je iets invulde, en dat is prima."""
    verdergaan: Tekst
    """Wie je vraagt als je later verder wilt."""
    klaar: Tekst
    """Dank, en dat alles bewaard is."""
    daarna: Tekst
    """Wat er daarna gebeurt."""
    niet_bewaard: Tekst
    """Bewaren lukte niet; roep je coach."""
    opnieuw: Tekst
    """De uitnodiging om op Enter te drukken, en het bewaren opnieuw te proberen."""
    verloren: Tekst
    """Je bent gestopt terwijl bewaren niet lukte: alleen het laatste antwoord is weg."""
    alles_gesteld: Tekst
    """Alle vragen zijn al gesteld; de antwoorden mogen nog anders."""
    naar_overzicht: Tekst
    """De uitnodiging om op Enter te drukken en ze te zien, of s te typen."""


class Formulierteksten(Record):
    """Alles wat een formulier zegt naast de vragen, in één taal."""

    id: Taal
    """De taal, zoals een browser haar schrijft: nl, en, ar, of nl-x-simpel."""
    versie: Versie
    naam: Tekst
    """De naam van de taal, in die taal zelf."""
    richting: Literal["ltr", "rtl"] = "ltr"
    """Van links naar rechts, of van rechts naar links."""
    vertaald: Tekst | None = None
    """De zin die zegt dat deze vertaling niet getest is; alleen het Nederlands zonder meer heeft die niet."""
    toestemming: Tekst
    """De zin op een lijst waarvan de tekst niet vrij is."""
    uitleg: Annotated[tuple[Alinea, ...], Field(min_length=1, max_length=8)]
    """Wat de cliënt leest voor de eerste vraag, op elk formulier."""
    vraag_van: Tekst
    """Waar je bent: `{n}` is het nummer van de vraag, `{totaal}` het aantal."""
    open_kop: Tekst
    """De kop boven de open vragen."""
    overslaan: Leegteksten
    scherm: Schermteksten
    papier: Papierteksten
    terminal: Terminalteksten


_PLACE = re.compile(r"\{([^{}]*)\}")


def places_of(model: type[Record], field: str) -> set[str]:
    """What a text has to leave room for: the names between braces in the description of its field."""
    return set(_PLACE.findall(model.model_fields[field].description or ""))


def check_formulierteksten(record: Record, loc: Loc = ()) -> Iterator[Fault]:
    """Every text that leaves out a place to be filled in, or has one that nobody fills."""
    for field in type(record).model_fields:
        value = getattr(record, field, None)
        if isinstance(value, Record):
            yield from check_formulierteksten(value, (*loc, field))
        elif isinstance(value, str) and (wanted := places_of(type(record), field)) != set(_PLACE.findall(value)):
            names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "niets"
            yield Fault((*loc, field), "plaats-anders", {"veld": field, "plaatsen": names})
