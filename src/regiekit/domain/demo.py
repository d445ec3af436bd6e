"""Three clients over a year, all of it made up, so that a coach can try the dossier on something that looks real.

VERZONNEN-1 shows a clear change, and how an inoculatie goes on after a first try that did not work. VERZONNEN-2 goes
well too, and yet the scores do not clearly differ. VERZONNEN-3 is the hard one: sources that contradict each other, a
besluit with its reason, a correction, a talk that did not go through, too few answers, two versions of a vragenlijst,
and rouw that is talked about and never gets a number.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from regiekit.domain.aantekening import SOORTEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regiekit.domain.record import Record

# The vragenlijst as it was before: one vraag in other words, so another versie, that cannot be compared.
EIGEN_REGIE, EERDER, SCHAALVRAGEN = "eigen-regie", "eigen-regie, eerder", "schaalvragen"
EERDERE_VERSIE, EERDERE_VRAAG = "0", {"eigen-regie-3": "Ik heb zin om aan mijn re-integratie te werken."}
_SCHALEN = (("autonomie", 5), ("competentie", 5), ("verbondenheid", 4), ("eigen-regie", 3))


class Lijstversie(NamedTuple):
    """Which vragenlijst exactly."""

    id: str
    versie: str
    hash: str


class Dag(int):
    """A day, so many after the begin."""


class Nummer(str):
    """The nummer of the earlier stap with this name."""


class Stap(NamedTuple):
    """One aantekening; `vervangt` is the name of the stap that it corrects, for `reden`."""

    dag: int
    soort: str
    velden: dict[str, Any]
    naam: str = ""
    vervangt: str = ""
    reden: str | None = None


class Schrijver(Protocol):
    """Writes one aantekening of a client, who is new when it is the first; gives its nummer."""

    def __call__(self, code: str, datum: date, inhoud: Record, vervangt: int | None, reden: str | None) -> int: ...


def write_clienten(begin: date, lijsten: Mapping[str, Lijstversie], schrijf: Schrijver) -> None:
    """Write everything of the three clients; the same begin and lijsten give the same content.

    `lijsten` are EIGEN_REGIE, EERDER and SCHAALVRAGEN.
    """
    for code, stappen in CLIENTEN.items():
        nummers: dict[str, int] = {}
        for stap in stappen:
            inhoud = _inhoud(stap, begin, lijsten, nummers)
            vervangt = nummers[stap.vervangt] if stap.vervangt else None
            nummers[stap.naam] = schrijf(code, begin + timedelta(days=stap.dag), inhoud, vervangt, stap.reden)


def _inhoud(stap: Stap, begin: date, lijsten: Mapping[str, Lijstversie], nummers: Mapping[str, int]) -> Record:
    velden = _filled_in(stap.velden, begin, nummers)
    if stap.soort == "afname":
        lijst = lijsten[velden["vragenlijst"]]
        velden |= {"vragenlijst": lijst.id, "versie": lijst.versie, "hash": lijst.hash}
    return SOORTEN[stap.soort].model_validate(velden)


def _filled_in(value: Any, begin: date, nummers: Mapping[str, int]) -> Any:
    if isinstance(value, dict):
        return {key: _filled_in(part, begin, nummers) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(_filled_in(part, begin, nummers) for part in value)
    if isinstance(value, Nummer):
        return nummers[value]
    return begin + timedelta(days=value) if isinstance(value, Dag) else value


# Short ways to write them down ----------------------------------------------------------------------------------------


def _afspraken(*drietallen: tuple[str, str, str]) -> tuple[dict[str, str], ...]:
    return tuple(dict(zip(("wat", "wie", "wanneer"), drietal, strict=True)) for drietal in drietallen)


def _meting(
    dag: int,
    meetmoment: str,
    cijfers: str,
    lijst: str = EIGEN_REGIE,
    woorden: dict[str, str] | None = None,
    **leeg: str,
) -> Stap:
    """An afname; `cijfers` are the answers in groups of a schaal, `leeg` the kind of blank by vraag ('_' for '-')."""
    vragen = [f"{schaal}-{n}" for schaal, aantal in _SCHALEN for n in range(1, aantal + 1)]
    antwoorden: dict[str, Any] = dict(zip(vragen, map(int, cijfers.replace(" ", "")), strict=True))
    antwoorden |= {vraag.replace("_", "-"): waarom for vraag, waarom in leeg.items()}
    velden = {"vragenlijst": lijst, "meetmoment": meetmoment, "antwoorden": antwoorden, "open": woorden or {},
              "training": False}  # fmt: skip
    return Stap(dag, "afname", velden, f"meting-{dag}")


def _twee_vragen(dag: int, onzekerheid: int, vertrouwen: int, meetmoment: str | None = None) -> Stap:
    antwoorden = {"onzekerheid": onzekerheid, "vertrouwen": vertrouwen}
    velden = {"vragenlijst": SCHAALVRAGEN, "meetmoment": meetmoment, "antwoorden": antwoorden, "training": False}
    return Stap(dag, "afname", velden)


def _hoe_het_ging(dag: int, van: str, wat: str, uitkomst: str, toelichting: str | None = None) -> Stap:
    velden = {"van": Nummer(van), "wat": wat, "uitkomst": uitkomst, "toelichting": toelichting}
    return Stap(dag, "opvolging", velden)


# VERZONNEN-1: from driving a lorry to planning routes -----------------------------------------------------------------

_TRAJECT_1 = {
    "begin": Dag(0),
    "eerste_ziektedag": Dag(-371),
    "eigen_doelen": ("Weer bij een ploeg horen.", "Werk waar ik om vijf uur mee klaar ben."),
    "doel_spoor_2": "Passend werk bij een andere werkgever, met taken in de planning.",
    "keuzes": ("Gesprekken op dinsdagochtend.", "Eerst kijken bij een bedrijf, dan pas solliciteren."),
    "mogelijkheden": ("Zittend en staand werk afwisselen, tot 20 uur per week.",),
    "visie_werknemer": "Ik kan niet meer rijden. Plannen kan ik wel, dat deed ik onderweg ook altijd.",
    "visie_werkgever": "Bij ons is geen plek in de planning. We helpen graag met een meeloopdag ergens anders.",
}
_BELLEN = "De planner van het bedrijf om de hoek bellen voor een meeloopdag."
_LANGSGAAN = "Woensdag samen met mijn zwager langs het bedrijf lopen en binnen even hallo zeggen."
_OBSTAKELS_1 = (
    "Ja maar, ik heb nooit op een kantoor gezeten.",
    "Ze willen toch alleen jonge mensen.",
    "Aan de telefoon klap ik dicht.",
    "Ik heb geen diploma.",
)
_VERZONNEN_1 = (
    Stap(0, "traject", _TRAJECT_1, "traject"),
    Stap(
        0,
        "gesprek",
        {
            "doel": "Kennismaken en de weg van het traject bekijken",
            "met": "de cliënt",
            "gedaan": "De stappen en de rollen besproken. De cliënt koos de dag en de volgorde.",
            "afspraken": _afspraken(
                ("Uitleg over het tweede spoor nalezen", "cliënt", "volgend gesprek"),
                ("Vragenlijst klaarzetten", "coach", "deze week"),
            ),
            "client_doet": ("Opschrijven wat onderweg het leukst was aan het werk.",),
            "volgende": Dag(28),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "inschatting": "midden",
            "notitie": "Vertelt graag. Zegt bij elk plan snel 'ja maar'. Niet overnemen.",
        },
        "eerste",
    ),
    _meting(
        8,
        "start",
        "33324 22343 4334 234",
        woorden={
            "start-1": "Dat iemand meedenkt en niet voor mij beslist.",
            "start-2": "Of planners ook moeten rijden als er iemand uitvalt.",
            "start-3": "Een telefoontje plegen zonder eerst een uur te ijsberen.",
        },
    ),
    _twee_vragen(8, 8, 4, "start"),
    _hoe_het_ging(
        28,
        "eerste",
        "Uitleg over het tweede spoor nalezen",
        "gedaan",
        "Twee keer gelezen. De tweede keer snapte ik het.",
    ),
    _hoe_het_ging(28, "eerste", "Vragenlijst klaarzetten", "gedaan"),
    _hoe_het_ging(
        28,
        "eerste",
        "Opschrijven wat onderweg het leukst was aan het werk.",
        "gedaan",
        "Het puzzelen met de route. Dat had ik nooit zo bedacht.",
    ),
    Stap(
        28,
        "gesprek",
        {
            "doel": "Van 'ja maar' naar een eigen eerste stap",
            "met": "de cliënt",
            "gedaan": "Besproken welk werk past en wat de eerste stap kan zijn.",
            "volgende": Dag(56),
            "sturing": "gedeeld",
            "technieken": ("inoculatie",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "tweede",
    ),
    Stap(
        28,
        "inoculatie",
        {
            "obstakels": _OBSTAKELS_1,
            "gekozen": "Aan de telefoon klap ik dicht.",
            "oplossingen": (
                "Van tevoren opschrijven wat ik wil zeggen.",
                "Mailen in plaats van bellen.",
                "Mijn zwager laten bellen.",
                "Gewoon binnenlopen.",
                "Eerst een keer oefenen met de coach.",
            ),
            "actie": _BELLEN,
            "wanneer": Dag(42),
            "terug_op": Dag(56),
        },
        "inoculatie-1",
    ),
    _hoe_het_ging(
        56, "inoculatie-1", _BELLEN, "niet-gedaan", "Ik had het briefje klaar. Toen de telefoon overging, hing ik op."
    ),
    Stap(
        56,
        "gesprek",
        {
            "doel": "Terugkijken op het telefoontje",
            "met": "de cliënt",
            "gedaan": "Een andere manier gekozen om een meeloopdag te vragen.",
            "volgende": Dag(91),
            "sturing": "gedeeld",
            "technieken": ("inoculatie", "reparatiereflex"),
            "waarneming": "uitdaging",
            "inschatting": "midden",
            "notitie": "Ik wilde zelf gaan bellen. Op mijn handen gezeten: de cliënt kwam met iets beters.",
        },
    ),
    Stap(
        56,
        "inoculatie",
        {
            "obstakels": ("Bij de eerste pieptoon weet ik niets meer.", "Ik ken daar niemand."),
            "gekozen": "Bij de eerste pieptoon weet ik niets meer.",
            "oplossingen": ("Niet bellen maar langsgaan.", "Iemand meenemen.", "Een kaartje in de bus doen."),
            "actie": _LANGSGAAN,
            "wanneer": Dag(65),
            "terug_op": Dag(91),
        },
        "inoculatie-2",
    ),
    _hoe_het_ging(
        91,
        "inoculatie-2",
        _LANGSGAAN,
        "gedaan",
        "De planner bleek vroeger ook gereden te hebben. We hebben een half uur staan praten.",
    ),
    Stap(
        91,
        "gesprek",
        {
            "doel": "De meeloopdag voorbereiden",
            "met": "de cliënt",
            "gedaan": "De meeloopdag voorbereid.",
            "afspraken": _afspraken(("Meeloopdag in de planning", "cliënt", "binnen drie weken")),
            "volgende": Dag(133),
            "sturing": "los",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "meelopen",
    ),
    _hoe_het_ging(133, "meelopen", "Meeloopdag in de planning", "gedaan", "Ik zag meteen dat één route handiger kon."),
    Stap(
        133,
        "gesprek",
        {
            "doel": "Kijken hoe strak ik stuur en wat nog past",
            "met": "de cliënt",
            "gedaan": "De meeloopdag besproken. De cliënt zoekt zelf een cursus uit.",
            "client_doet": ("Drie cursussen vergelijken en er een kiezen.",),
            "volgende": Dag(182),
            "sturing": "los",
            "technieken": ("zones",),
            "waarneming": "aansluiting",
            "inschatting": "hoog",
        },
        "cursus",
    ),
    _hoe_het_ging(
        182,
        "cursus",
        "Drie cursussen vergelijken en er een kiezen.",
        "gedaan",
        "De kortste gekozen. Die kan op dinsdag.",
    ),
    _meting(
        182,
        "halverwege",
        "34333 34333 4434 334",
        woorden={
            "halverwege-3": "Dat ik van routes meer weet dan ik dacht.",
            "halverwege-4": "Ja. Ik loop nu gewoon ergens binnen.",
        },
    ),
    _twee_vragen(182, 5, 6, "halverwege"),
    Stap(
        182,
        "gesprek",
        {
            "doel": "Halverwege: wat is er veranderd en wat blijft",
            "met": "de cliënt",
            "gedaan": "Halverwege teruggekeken. De cursus start volgende maand.",
            "volgende": Dag(245),
            "sturing": "los",
            "technieken": ("vragen",),
            "inschatting": "hoog",
        },
    ),
    Stap(
        189, "traject", {**_TRAJECT_1, "laatste_rapportage": Dag(189)}, "traject-2", "traject", "Rapportage gestuurd."
    ),
    Stap(
        245,
        "gesprek",
        {
            "doel": "Gesprek met de werkgever over een proefplaats",
            "met": "de cliënt en de leidinggevende",
            "gedaan": "Met de werkgever een proefplaats van acht weken afgesproken, voor 16 uur per week.",
            "afspraken": _afspraken(
                ("Brief over de proefplaats ondertekenen", "werkgever", "binnen twee weken"),
                ("Eerste werkdag doorgeven", "cliënt", "zodra bekend"),
            ),
            "volgende": Dag(308),
            "sturing": "los",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "notitie": "De cliënt leidde het gesprek zelf. Ik heb twee keer iets gezegd.",
        },
        "proefplaats",
    ),
    _hoe_het_ging(308, "proefplaats", "Brief over de proefplaats ondertekenen", "gedaan"),
    _hoe_het_ging(308, "proefplaats", "Eerste werkdag doorgeven", "gedaan"),
    Stap(
        308,
        "gesprek",
        {
            "doel": "Hoe gaat het op de proefplaats",
            "met": "de cliënt",
            "gedaan": "De proefplaats besproken. De uren gaan van 16 naar 20.",
            "volgende": Dag(343),
            "sturing": "los",
            "technieken": ("vragen",),
            "inschatting": "hoog",
        },
    ),
    _meting(
        343,
        "einde",
        "44333 44422 4444 444",
        woorden={
            "einde-1": "Beter. Ik dacht dat ik vooral brieven moest schrijven.",
            "einde-4": "Ik zeg minder vaak 'ja maar'. Soms hoor ik het mezelf zeggen en dan lach ik.",
        },
    ),
    _twee_vragen(343, 2, 8, "einde"),
    Stap(
        343,
        "gesprek",
        {
            "doel": "Samen afsluiten",
            "met": "de cliënt",
            "gedaan": "Afgesloten. De cliënt krijgt een contract voor 24 uur per week.",
            "sturing": "los",
            "technieken": ("vragen",),
            "inschatting": "hoog",
        },
    ),
    Stap(350, "sluiting", {"reden": "Werk gevonden in de planning, 24 uur per week."}),
)

# VERZONNEN-2: from the kitchen to ordering, with small steps ----------------------------------------------------------

_TRAJECT_2 = {
    "begin": Dag(21),
    "eerste_ziektedag": Dag(-357),
    "eigen_doelen": ("Werk waar ik trots op ben.", "In mijn eigen tempo, zonder haast van een keuken."),
    "doel_spoor_2": "Werk in de inkoop van voedsel, of iets wat daarop lijkt.",
    "keuzes": ("Bellen en zien om en om.", "Niet meer dan één nieuwe opdracht per keer."),
    "mogelijkheden": ("Werk zonder hoge tijdsdruk, opbouwend tot 24 uur per week.",),
    "visie_werknemer": "Ik wil iets met eten blijven doen. Daar ken ik de weg.",
}
_MARKT = "Op de markt vragen hoe iemand in de inkoop terechtkwam."
_VERZONNEN_2 = (
    Stap(21, "traject", _TRAJECT_2, "traject"),
    Stap(
        21,
        "gesprek",
        {
            "doel": "Kennismaken, en wat vast staat en wat je kunt kiezen",
            "met": "de cliënt",
            "gedaan": "Besproken wat vaststaat en wat de cliënt zelf kiest.",
            "client_doet": ("Een lijstje maken van producten waar je veel van weet.",),
            "volgende": Dag(56),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "inschatting": "midden",
        },
        "eerste",
    ),
    _meting(
        30,
        "start",
        "33333 33332 4434 344",
        woorden={
            "start-1": "Rust. En dat ik het zelf mag bedenken.",
            "start-3": "Eerder zeggen dat het te veel is.",
        },
    ),
    _twee_vragen(30, 6, 5, "start"),
    _hoe_het_ging(
        56,
        "eerste",
        "Een lijstje maken van producten waar je veel van weet.",
        "gedaan",
        "Kaas, vis en kruiden. Twee kantjes vol.",
    ),
    Stap(
        56,
        "gesprek",
        {
            "doel": "Waar heb je invloed op",
            "met": "de cliënt",
            "gedaan": "Op een rij gezet wat de cliënt zelf kan doen en wat van anderen afhangt.",
            "client_doet": (_MARKT,),
            "volgende": Dag(98),
            "sturing": "gedeeld",
            "technieken": ("cirkel-van-invloed",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "invloed",
    ),
    _hoe_het_ging(98, "invloed", _MARKT, "gedaan", "De man van de vis nam er alle tijd voor."),
    Stap(
        98,
        "gesprek",
        {
            "doel": "Wat past er in de week",
            "met": "de cliënt",
            "gedaan": "Een weekindeling gemaakt met vaste uren voor het zoeken naar werk.",
            "afspraken": _afspraken(("Weekindeling twee weken proberen", "cliënt", "volgend gesprek")),
            "volgende": Dag(147),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
            "notitie": "Haast maakt het minder. Kleine opdrachten werken.",
        },
        "week",
    ),
    _hoe_het_ging(
        147, "week", "Weekindeling twee weken proberen", "gedaan", "Eén week lukte. In de tweede week kwam er bezoek."
    ),
    Stap(
        147,
        "gesprek",
        {
            "doel": "Terugkijken op de week en een bedrijf kiezen",
            "met": "de cliënt",
            "gedaan": "Twee bedrijven gekozen om te bekijken.",
            "client_doet": ("Bij één van de twee bedrijven een rondleiding vragen.",),
            "volgende": Dag(196),
            "sturing": "gedeeld",
            "technieken": ("zones", "vragen"),
            "waarneming": "verveling",
            "inschatting": "midden",
        },
        "bedrijf",
    ),
    _hoe_het_ging(
        196,
        "bedrijf",
        "Bij één van de twee bedrijven een rondleiding vragen.",
        "niet-gedaan",
        "Ik wilde eerst weten wat ik moest aantrekken. Toen was de week om.",
    ),
    _meting(196, "halverwege", "34333 33332 4434 344"),
    _twee_vragen(196, 5, 6, "halverwege"),
    Stap(
        196,
        "gesprek",
        {
            "doel": "Wat kwam ertussen, en wat wil je nu",
            "met": "de cliënt",
            "gedaan": "De rondleiding opnieuw gepland.",
            "afspraken": _afspraken(("Rondleiding bij een groothandel", "cliënt", "deze maand")),
            "volgende": Dag(252),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "inschatting": "midden",
        },
        "rondleiding",
    ),
    _hoe_het_ging(
        252, "rondleiding", "Rondleiding bij een groothandel", "gedaan", "Ze vroegen míj wat ik van hun kaas vond."
    ),
    Stap(
        252,
        "gesprek",
        {
            "doel": "De rondleiding en het vervolg",
            "met": "de cliënt",
            "gedaan": "De rondleiding besproken. De cliënt vraagt een stage van vier weken aan.",
            "afspraken": _afspraken(("Stage van vier weken aanvragen", "cliënt", "voor het volgende gesprek")),
            "volgende": Dag(308),
            "sturing": "los",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "stage",
    ),
    _hoe_het_ging(308, "stage", "Stage van vier weken aanvragen", "gedaan"),
    Stap(
        308,
        "gesprek",
        {
            "doel": "De stage",
            "met": "de cliënt en de begeleider van de stage",
            "gedaan": "De stage loopt. De begeleider is blij met de kennis van producten.",
            "afspraken": _afspraken(("Uren van de stage bijhouden", "cliënt", "elke vrijdag")),
            "client_doet": ("Zelf de vraag stellen of er na de stage werk is.",),
            "volgende": Dag(371),
            "sturing": "los",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "inschatting": "hoog",
        },
        "tijdens-stage",
    ),
    Stap(
        329, "traject", {**_TRAJECT_2, "laatste_rapportage": Dag(329)}, "traject-2", "traject", "Rapportage gestuurd."
    ),
    _meting(
        350,
        "einde",
        "44432 43432 4444 444",
        woorden={
            "einde-3": "Dat ik niet alles in één keer hoef te kunnen.",
        },
    ),
    _twee_vragen(350, 4, 7, "einde"),
)

# VERZONNEN-3: much at once --------------------------------------------------------------------------------------------

_TRAJECT_3 = {
    "begin": Dag(14),
    "eerste_ziektedag": Dag(-364),
    "eigen_doelen": ("Weten wat ik nu eigenlijk wil.", "Niet steeds hoeven uitleggen waarom het niet gaat."),
    "doel_spoor_2": "Onderzoeken welk werk past, met een proefplaats als eerste stap.",
    "keuzes": ("Wandelend praten als het droog is.", "De vragenlijst op papier."),
    "mogelijkheden": ("Rustige werkplek, vaste dagdelen, tot 12 uur per week.",),
    "visie_werknemer": "Twintig jaar was de winkel mijn leven. Ik weet nog niet wat daarna komt.",
    "visie_werkgever": "De winkel is dicht. Wij zoeken mee naar een plek die past.",
}
_AFNAME_3 = _meting(
    182,
    "halverwege",
    "22324 23245 3334 232",
    woorden={"halverwege-2": "Zwaar. Maar het wandelen helpt."},
    competentie_2="weet-niet",
    competentie_4="wil-niet-zeggen",
)
_VERBETERD_3 = {**_AFNAME_3.velden, "antwoorden": {**_AFNAME_3.velden["antwoorden"], "autonomie-5": 3}}
_BESLUIT_3 = {
    "niveau": "midden",
    "reden": "De lijst zegt laag, maar de cliënt kiest zelf de weg, de dag en het onderwerp. De irritatie kwam van "
    "mijn strakke sturing. Daarom gedeeld sturen, en over zes weken opnieuw kijken.",
    "volgens_bronnen": ("laag", "midden", "hoog"),
    "zekerheid": "niet-eenduidig",
}
_VERZONNEN_3 = (
    Stap(14, "traject", _TRAJECT_3, "traject"),
    Stap(
        14,
        "gesprek",
        {
            "doel": "Kennismaken",
            "met": "de cliënt",
            "gedaan": "Kennisgemaakt en de stappen van het traject doorgenomen.",
            "afspraken": _afspraken(("Vragenlijst op papier meegeven", "coach", "meteen")),
            "volgende": Dag(35),
            "sturing": "strak",
            "technieken": ("vragen",),
            "inschatting": "midden",
            "notitie": "Veel verdriet om de winkel die dichtging. Ik vroeg of we daarover mochten praten. Dat mocht, "
            "een andere keer.",
        },
        "eerste",
    ),
    _meting(
        21,
        "start",
        "22324 23244 3224 122",
        EERDER,
        woorden={
            "start-1": "Dat het niet te snel gaat.",
            "start-2": "Wat er nog over is, als de winkel weg is.",
        },
    ),
    _twee_vragen(21, 9, 3, "start"),
    _hoe_het_ging(35, "eerste", "Vragenlijst op papier meegeven", "gedaan"),
    Stap(
        35,
        "gesprek",
        {
            "doel": "De vragenlijst bespreken",
            "met": "de cliënt",
            "gedaan": "Gesproken over wat de cliënt belangrijk vindt in werk.",
            "afspraken": _afspraken(("Drie vacatures zoeken", "cliënt", "volgend gesprek")),
            "volgende": Dag(63),
            "sturing": "strak",
            "technieken": ("reparatiereflex",),
            "waarneming": "irritatie",
            "inschatting": "midden",
            "notitie": "Ik gaf de opdracht zelf, te snel. De cliënt werd kortaf. Dat zegt iets over mijn sturing.",
        },
        "vacatures",
    ),
    Stap(42, "besluit", _BESLUIT_3),
    Stap(
        63,
        "gesprek",
        {
            "doel": "De vacatures",
            "met": "de cliënt",
            "aanwezig": "afgezegd",
            "volgende": Dag(77),
            "notitie": "Belde zelf op tijd af. De sterfdag van een broer. Volgende keer vragen hoe het was, als het "
            "mag.",
        },
    ),
    _hoe_het_ging(
        77,
        "vacatures",
        "Drie vacatures zoeken",
        "vervallen",
        "Het was een opdracht van de coach. We beginnen ergens anders.",
    ),
    Stap(
        77,
        "gesprek",
        {
            "doel": "Opnieuw beginnen, bij wat de cliënt wil",
            "met": "de cliënt",
            "gedaan": "Gewandeld en op een rij gezet welk soort plek rust geeft.",
            "client_doet": ("Op drie plekken een uur gaan zitten: bibliotheek, kas en buurthuis.",),
            "volgende": Dag(119),
            "sturing": "gedeeld",
            "technieken": ("cirkel-van-invloed",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
            "notitie": "Gevraagd of praten over het verlies mocht. Tien minuten, midden in het gesprek. Daarna verder "
            "gelopen. Genoemd dat er ook anderen zijn die daarbij helpen; de cliënt denkt erover na.",
        },
        "plekken",
    ),
    _hoe_het_ging(
        119,
        "plekken",
        "Op drie plekken een uur gaan zitten: bibliotheek, kas en buurthuis.",
        "gedaan",
        "In de kas bleef ik twee uur. Niemand vroeg iets.",
    ),
    Stap(
        119,
        "gesprek",
        {
            "doel": "Wat de drie plekken vertelden",
            "met": "de cliënt",
            "gedaan": "De cliënt wil onderzoeken of werk in een kwekerij past.",
            "afspraken": _afspraken(("Kwekerij bellen over meelopen", "coach en cliënt samen", "volgend gesprek")),
            "volgende": Dag(182),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "kwekerij",
    ),
    _hoe_het_ging(
        182,
        "kwekerij",
        "Kwekerij bellen over meelopen",
        "gedaan",
        "Samen gebeld, met de luidspreker aan. Ik deed het woord.",
    ),
    _AFNAME_3,
    _twee_vragen(182, 8, 4, "halverwege"),
    Stap(
        182,
        "gesprek",
        {
            "doel": "Halverwege",
            "met": "de cliënt",
            "gedaan": "Halverwege teruggekeken. Een ochtend meelopen in een kwekerij gepland.",
            "client_doet": ("Een ochtend meelopen in de kwekerij.",),
            "volgende": Dag(238),
            "sturing": "gedeeld",
            "technieken": ("vragen",),
            "waarneming": "uitdaging",
            "inschatting": "laag",
        },
        "meelopen",
    ),
    Stap(
        183,
        "afname",
        _VERBETERD_3,
        "meting-verbeterd",
        "meting-182",
        "De cliënt las de laatste vraag over ruimte andersom, en wilde 3 in plaats van 4.",
    ),
    _hoe_het_ging(
        238, "meelopen", "Een ochtend meelopen in de kwekerij.", "gedaan", "Mijn handen wisten wat ze moesten doen."
    ),
    Stap(
        238,
        "gesprek",
        {
            "doel": "Wat de ochtend opleverde",
            "met": "de cliënt",
            "gedaan": "De ochtend besproken. De kwekerij biedt een proefplaats van zes uur per week.",
            "afspraken": _afspraken(
                ("Proefplaats van zes uur starten", "cliënt", "na de zomer"),
                ("De werkgever vertellen wat de proefplaats inhoudt", "cliënt, met hulp van de coach", "deze maand"),
            ),
            "volgende": Dag(301),
            "sturing": "gedeeld",
            "technieken": ("zones",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
        "proef",
    ),
    _hoe_het_ging(301, "proef", "Proefplaats van zes uur starten", "gedaan"),
    Stap(
        301,
        "gesprek",
        {
            "doel": "De proefplaats, en wat zwaar is",
            "met": "de cliënt",
            "gedaan": "De proefplaats loopt drie weken. De uren blijven gelijk.",
            "volgende": Dag(357),
            "sturing": "gedeeld",
            "technieken": ("inoculatie",),
            "waarneming": "aansluiting",
            "inschatting": "midden",
        },
    ),
    Stap(
        301,
        "inoculatie",
        {
            "obstakels": (
                "Als iemand naar de winkel vraagt, sta ik met mijn mond vol tanden.",
                "Na twaalf uur is mijn hoofd vol.",
            ),
            "gekozen": "Als iemand naar de winkel vraagt, sta ik met mijn mond vol tanden.",
            "oplossingen": (
                "Eén zin klaar hebben.",
                "Zeggen dat ik er later over vertel.",
                "Weglopen naar de tomaten.",
            ),
            "actie": "Eén zin bedenken en die een keer zeggen.",
            "wanneer": Dag(315),
            "terug_op": Dag(357),
        },
    ),
    Stap(
        315, "traject", {**_TRAJECT_3, "laatste_rapportage": Dag(315)}, "traject-2", "traject", "Rapportage gestuurd."
    ),
    _meting(350, "einde", "32333 33334 3334 333", woorden={"einde-5": "Dat ik weer ergens hoor, al is het zes uur."}),
    _twee_vragen(350, 6, 5, "einde"),
)

CLIENTEN: dict[str, tuple[Stap, ...]] = {
    "VERZONNEN-1": _VERZONNEN_1, "VERZONNEN-2": _VERZONNEN_2, "VERZONNEN-3": _VERZONNEN_3,
}  # fmt: skip
