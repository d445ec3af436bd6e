"""Problems as values, the one catalogue of their sentences, and the one base error with an exit code."""

from collections.abc import Iterable
from typing import NamedTuple

# Exit codes (ontwerp 6). 0 is done, 1 is a bug and keeps its traceback.
WRONG_USE = 2
WRONG_FILE = 3
REFUSED = 4
LOCKED = 5  # the dossier is locked, damaged or in use
STOPPED = 130

MAX_PROBLEMS = 100  # of one file and one step; more help nobody
MAX_QUOTED = 80  # characters of what stands in a file, in a sentence about it

# Where, what is wrong, what to do. One sentence or two, filled with str.format.
MELDINGEN: dict[str, str] = {
    # the file itself
    "bestand-ontbreekt": "dit bestand bestaat niet; kijk of de naam en de map kloppen",
    "bestand-onleesbaar": "dit kan niet gelezen worden: {reden}; geef een bestand dat je kunt openen",
    "bestand-te-groot": "dit bestand is te groot (meer dan {grens} bytes); deel het op",
    "lege-map": "in deze map staat geen .yaml-bestand; kijk of dit de goede map is",
    "geen-utf8": "dit is geen gewone tekst (UTF-8); kies een ander bestand, of bewaar dit in Kladblok opnieuw met "
    "codering UTF-8",
    "stuurteken": "hier staat een onzichtbaar stuurteken ({teken}); haal het weg",
    "leeg-bestand": "dit bestand is leeg; vul het in, of begin met 'regiekit vragenlijst invulblad'",
    "te-veel-fouten": "hier stopt de controle, na {grens} fouten; los die eerst op en controleer opnieuw",
    # YAML
    "yaml-fout": "{uitleg}",
    "yaml-meer-documenten": "hier begint een tweede document ('---'); zet in één bestand één document",
    "yaml-te-diep": "dit is te diep genest (meer dan {grens} lagen); maak het eenvoudiger",
    "yaml-te-veel": "dit bestand heeft te veel onderdelen (meer dan {grens}); deel het op",
    "yaml-label": "een label met '!' ({tag}) mag hier niet; haal het weg",
    "yaml-anker": "een anker of verwijzing ('&{naam}' of '*{naam}') mag hier niet; schrijf het twee keer voluit",
    "yaml-samenvoeging": "'<<' (samenvoegen) mag hier niet; schrijf de regels voluit",
    "yaml-sleutel": "voor de dubbele punt hoort een naam, in gewone tekst; zet er één woord neer",
    "yaml-dubbele-sleutel": "'{sleutel}' staat hier nog een keer (eerder op regel {regel}); haal er één weg",
    "yaml-getal-te-lang": "dit getal is te lang; zet er aanhalingstekens om als het tekst is",
    "yaml-geen-getal": "'{tekst}' is geen gewoon getal; zet er aanhalingstekens om als het tekst is",
    "geen-afbeelding": "hier hoort 'naam: waarde', regel voor regel; kijk in voorbeelden/ hoe dat eruitziet",
    "soort-onbekend": "dit is geen afname ('antwoorden'), vragenlijst ('vragen' en 'schalen') of techniek ('stappen')"
    "{suggestie}",
    "geen-afname": "dit is een {soort}, geen ingevulde vragenlijst; geef een bestand met 'antwoorden'",
    # shape
    "ontbreekt": "hier ontbreekt '{veld}'; voeg het toe",
    "onbekend-veld": "'{veld}' hoort hier niet{suggestie}",
    "geen-tekst": "hier hoort tekst{kreeg}; {raad}",
    "geen-heel-getal": "hier hoort een heel getal{kreeg}; schrijf alleen cijfers, zonder aanhalingstekens",
    "geen-getal": "hier hoort een getal{kreeg}; schrijf alleen cijfers, met een punt voor wat achter de komma komt",
    "geen-ja-nee": "hier hoort true (ja) of false (nee){kreeg}; kies een van de twee, zonder aanhalingstekens",
    "geen-lijst": "hier hoort een lijst{kreeg}; zet elk punt op een eigen regel, met een streepje ('- ') ervoor",
    "geen-groep": "hier horen regels met 'naam: waarde'{kreeg}; schrijf ze eronder, ingesprongen met spaties",
    "geen-keuze": "{kreeg} kan hier niet; kies {keuzes}{suggestie}",
    "geen-id": "{kreeg} kan geen id zijn; gebruik kleine letters, cijfers en streepjes, zoals 'eigen-regie-1'",
    "geen-code": "{kreeg} kan geen cliëntcode zijn; gebruik een code zonder spaties, zoals R-014, en nooit een naam",
    "verkeerd-patroon": "{kreeg} heeft hier niet de goede vorm; kijk naar de spaties aan het begin en het eind",
    "te-kort": "'{veld}' is te kort (minstens {minimum} {eenheid}); vul het aan",
    "te-lang": "'{veld}' is te lang (hoogstens {maximum} {eenheid}); maak het korter",
    "te-laag": "{kreeg} is te laag; het moet {minimum} of hoger zijn",
    "te-hoog": "{kreeg} is te hoog; het mag {maximum} of lager zijn",
    "geen-datum": "{kreeg} is geen datum; schrijf jaar-maand-dag, zoals 2026-03-02",
    "geen-herkomst": "hier hoort 'eigen', of de regels document, kop en ids; kies een van de twee",
    "klopt-niet": "{kreeg} kan hier niet staan; vergelijk het met een bestand dat wel klopt",
    # a vragenlijst
    "dubbele-id": "de id '{id}' bestaat al (eerder op regel {regel}); kies een andere",
    "min-niet-onder-max": "min ({min}) moet kleiner zijn dan max ({max}); verander een van de twee",
    "schaal-te-breed": "van {min} tot en met {max} zijn meer dan {grens} antwoorden; maak de antwoordschaal kleiner",
    "label-ontbreekt": "het antwoord {waarde} heeft geen label; geef elk antwoord een label, of geen enkel",
    "label-buiten-schaal": "label {waarde} valt buiten de antwoordschaal {min} tot en met {max}; haal het weg",
    "vraag-onbekend": "de vraag '{id}' bestaat niet in deze vragenlijst{suggestie}",
    "vraag-dubbel-in-schaal": "de vraag '{id}' staat twee keer in deze schaal; haal er één weg",
    "vraag-zonder-schaal": "de vraag '{id}' telt in geen enkele schaal mee; zet haar in een schaal of haal haar weg",
    "minimaal-te-hoog": "minimaal_beantwoord is {minimaal}, maar de schaal heeft {aantal} vragen; verlaag het",
    "som-vraagt-alles": "een som heeft alle vragen nodig: zet minimaal_beantwoord op {aantal}, of kies gemiddelde",
    "schaal-gemengd": "een gemiddelde kan niet over vragen met verschillende antwoordschalen; neem een som of splits",
    "meetmoment-onbekend": "het meetmoment '{id}' bestaat niet in deze vragenlijst{suggestie}",
    "schaal-onbekend": "de schaal '{id}' bestaat niet in deze vragenlijst{suggestie}",
    "bewijs-klopt-niet": "volgens voorbeeld '{naam}' is schaal '{schaal}' {verwacht}, maar het wordt {kreeg}: "
    "kijk naar omgekeerd, min, max en de vragen van de schaal",
    "herkomst-redenering": "bij 'herkomst: eigen' hoort een redenering: waarom staat dit er?",
    "redenering-overbodig": "een redenering hoort alleen bij 'herkomst: eigen'; haal haar weg",
    "id-dubbel-bestand": "id '{id}' met versie '{versie}' bestaat ook, met een andere inhoud, in {ander}; "
    "geef een van de twee een andere versie",
    "alias-dubbel": "de naam '{naam}' hoort ook bij techniek '{ander}'; kies een andere",
    "herkomst-te-veel": "hier staan {aantal} ids, 'ook' meegeteld, en het mogen er {grens} zijn; splits de uitspraak",
    "vertaling-ontbreekt": "in de taal '{taal}' ontbreekt de tekst van '{naam}'; voeg hem toe",
    "vertaling-onbekend": "'{naam}' hoort hier niet: de vragenlijst heeft er geen tekst voor{suggestie}",
    "plaats-anders": "in '{veld}' wordt tussen accolades ingevuld: {plaatsen}; zet dat erin, en niets anders",
    "vertaling-nl": "'nl' hoort hier niet: het Nederlands staat al bij de vragen zelf; haal het weg",
    # kennis
    "item-dubbel": "het item '{id}' staat ook in '{ander}'; kies een andere id",
    "zie-onbekend": "'{id}' bestaat niet als item, techniek of vragenlijst{suggestie}",
    # a referentiebestand
    "referentie-klopt-niet": "'{veld}' past niet bij de andere cijfers; hier hoort {uitleg}. Maak het bestand opnieuw, "
    "of zet het oude getal terug",
    # a table of mijlpalen
    "mijlpaal-week": "hier hoort 'week', of 'na' met 'weken_na'; geef een van de twee",
    "mijlpaal-onbekend": "de mijlpaal '{id}' staat niet eerder in deze tabel{suggestie}",
    # a table of answers, and its koppelbestand; {plek} like "kolom E ('Ik kan kiezen')"
    "dubbele-kolom": "de kolom '{naam}' staat hier al (eerder op regel {regel}); haal er één weg",
    "tabel-kop-leeg": "kolom {letter} heeft geen naam; zet in de eerste rij boven elke kolom één naam, en splits wat "
    "is samengevoegd",
    "tabel-kop-dubbel": "kolom {letter} heet '{naam}', net als kolom {eerder}; geef een van de twee een andere naam",
    "koppel-schaal": "{kreeg} valt buiten de antwoordschaal ({min} tot en met {max}); kies een getal van de schaal",
    "koppel-leeg": "'{woord}' betekent al: niet beantwoord; haal het hier weg, want een getal kan het niet zijn",
    "koppel-spreekt-tegen": "'{woord}' is hier {een}, en bij '{waar}' {ander}; haal er één weg",
    "tabel-vraag-dubbel": "{plek} is de vraag '{id}', en kolom {eerder} ook; haal er één weg, of kies in een "
    "koppelbestand",
    "tabel-vraag-tegenspraak": "{plek} heeft de code van '{code}' en de tekst van '{tekst}'; verbeter de kop, of kies "
    "in een koppelbestand",
    "tabel-aanhalingsteken": "in of na deze rij is een aanhalingsteken niet goed gesloten; bewaar het bestand opnieuw "
    "als CSV, of als .xlsx",
    "tabel-cel-te-groot": "in deze rij staat een cel met te veel tekst; kijk of een aanhalingsteken niet gesloten is",
    "tabel-rij-lengte": "deze rij heeft {aantal} cellen en de kop heeft er {kop}; kijk of een cel gesplitst of "
    "weggevallen is",
    "tabel-geen-antwoord": "in {plek} staat {kreeg}; dat is geen getal van {min} tot en met {max} en geen woord van "
    "deze vraag. Verbeter het, of zet het woord in een koppelbestand",
    "tabel-woord-dubbel": "in {plek} staat {kreeg}, en dat kan {waarden} zijn; schrijf het getal",
    "tabel-getal-en-woorden": "in {plek} staat {kreeg}: het getal is {getal}, maar de woorden horen bij {woorden}; "
    "verbeter een van de twee",
    "tabel-client": "in {plek} staat geen cliëntcode maar iets als een naam, e-mailadres, telefoonnummer of getal met "
    "een spatie; gebruik een code zoals R-014",
    "tabel-client-bsn": "in {plek} staat iets als een burgerservicenummer; gebruik een code die alleen jij kent",
    "tabel-meetmoment": "in {plek} staat {kreeg}; kies {keuzes}",
    "tabel-datum": "in {plek} staat {kreeg}, en dat is geen datum; schrijf jaar-maand-dag, zoals 2026-03-02",
    "tabel-taal": "in {plek} staat {kreeg}, en in die taal bestaat deze vragenlijst niet; kies {keuzes}",
    "tabel-open-te-lang": "in {plek} staat een tekst van meer dan {grens} tekens; maak hem korter",
    "tabel-open-dubbel": "in {plek} staat een antwoord op '{id}', en ook bij dezelfde vraag over de training; laat er "
    "één staan",
    "tabel-afname-dubbel": "dezelfde cliënt en hetzelfde meetmoment staan al in rij {eerder}; laat er één staan",
    # a frame of answers, not from a file; {plek} like "rij 12, ", or nothing
    "frame-antwoorden": "in totaal kunnen {aantal} antwoorden niet; {getoond} daarvan staan hierbij",
    "frame-antwoord": "{plek}kolom '{kolom}': {kreeg} is geen heel getal van {min} tot en met {max}; verbeter het, of "
    "maak het leeg",
    "frame-zonder-rij": "dit soort frame kent geen rijnummers; geef id_kolom, dan staat er bij welke rij",
    # a text for others
    "medisch-woord": "'{woord}' kan medisch zijn ({soort}); haal het weg, of gebruik --toch als het hier mag staan",
    "begeleiding": "'{woord}' gaat over de begeleiding zelf ({soort}), en is niet voor de werkgever; haal het weg, of "
    "gebruik --toch als het hier mag staan",
    "lijkt-bsn": "'{woord}' kan een burgerservicenummer zijn; haal het weg, of gebruik --geen-bsn als het dat niet is",
    "herkenbaar": "'{woord}' kan iemand herkenbaar maken ({soort}); haal het weg, of gebruik --mag WOORD als het mag",
    "herkenbare-datum": "'{woord}' is een datum; geef --eerste-ziektedag, dan wordt het een week, of schrijf de week",
    "datum-zonder-jaar": "'{woord}' mist het jaar; zet het jaar erbij, dan wordt het een week, of schrijf zelf de week",
    "opgegeven-naam": "'{woord}' mag hier niet staan: je gaf het op als naam of code; haal het weg",
    "andere-code": "'{woord}' lijkt de code van een andere cliënt; haal het weg, of gebruik --toch als het dat niet is",
    "bekende-code": "'{woord}' is de code van een andere cliënt in je dossier; haal hem weg",
    # an afname
    "vragenlijst-onbekend": "de vragenlijst '{id}' ken ik niet{suggestie}",
    "vragenlijst-pad": "'{id}' wijst hier geen vragenlijst aan; noem de id, en zet de lijst in je eigen bibliotheek",
    "versie-anders": "dit is ingevuld met versie '{versie}', en van '{id}' ken ik {bekend}; gebruik de lijst van toen",
    "formulier-onbekend": "dit antwoordbestand heeft vorm {kreeg}, en die ken ik niet; neem de nieuwste regiekit",
    "hash-anders": "de vragenlijst '{id}' is veranderd sinds dit is ingevuld (hash {toen}, nu {nu}); gebruik de lijst "
    "van toen, in je eigen bibliotheek",
    "taal-onbekend": "de vragenlijst bestaat niet in de taal '{id}'{suggestie}",
    "antwoord-buiten-schaal": "het antwoord {antwoord} valt buiten de schaal {min} tot en met {max}; kijk het na",
    "antwoord-geen-getal": "{kreeg} is geen antwoord; vul een heel getal in van {min} tot en met {max} (zonder "
    "aanhalingstekens), of laat het leeg",
    "antwoord-dubbel": "'{id}' is hier nog een keer beantwoord (eerder op regel {regel}); laat één antwoord staan",
    "antwoord-meer": "bij '{id}' staan {aantal} antwoorden; laat er één staan",
    "open-onbekend": "de open vraag '{id}' bestaat niet in deze vragenlijst{suggestie}",
    "client-lijkt-bsn": "dit lijkt een burgerservicenummer; gebruik een code die alleen jij kent",
    "client-lijkt-telefoon": "dit lijkt een telefoonnummer; gebruik een code die alleen jij kent",
    # an afname from another system
    "fhir-soort": "dit is een FHIR-bestand van de soort '{kreeg}'; geef een QuestionnaireResponse",
    "fhir-status": "de status is '{kreeg}'; scoren kan alleen bij status 'completed' of 'amended'",
    "fhir-vragenlijst": "'{kreeg}' wijst geen vragenlijst van regiekit aan, met versie; maak het formulier opnieuw met "
    "'regiekit vragenlijst exporteer --naar fhir'",
    "fhir-vorm": "'{deel}' ontbreekt hier of heeft niet de vorm van FHIR; haal het antwoord opnieuw op",
    "fhir-antwoord": "het antwoord op '{id}' heeft niet de goede vorm; bij een vraag hoort een code van regiekit of "
    "een heel getal, bij een open vraag tekst",
    "xml-fout": "hier klopt de XML niet; haal de inzending opnieuw op",
    "xml-doctype": "een DOCTYPE of eigen entiteit mag hier niet; haal de inzending opnieuw op",
    "inzending-plaats": "'{naam}' staat hier niet zoals in het formulier; haal de inzending opnieuw op",
    "inzending-onbekend": "dit is geen inzending van een formulier van regiekit; maak het formulier met "
    "'regiekit vragenlijst exporteer --naar xlsform'",
    "vragenlijst-fout": "de vragenlijst waar deze afname naar wijst, klopt niet: {melding}",
}


class Problem(NamedTuple):
    """Something wrong in a file, with its place. Lines and columns count from 1; 0 is the file as a whole."""

    bestand: str
    regel: int
    kolom: int
    code: str
    melding: str

    def __str__(self) -> str:
        place = f"{self.bestand}:{self.regel}:{self.kolom}" if self.regel else self.bestand
        return visible(f"{place}: {self.melding}")


# Control characters; a tab and a line end are none.
_CONTROL = {n: f"\\x{n:02x}" for n in (*range(9), *range(11, 32), *range(127, 160))}
# And those that break a line or turn its direction (UAX 9).
_TURNING = (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_COMMANDS = {**_CONTROL, **{n: f"\\u{n:04x}" for n in _TURNING}}


def visible(text: str) -> str:
    """Text of others on one line, without terminal commands in it."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def harmless(text: str) -> str:
    """Text of others on its own lines, without terminal commands in it and without what turns the direction round."""
    return "\r\n".join(part.translate(_COMMANDS) for part in text.split("\r\n"))


def legible(text: str) -> str:
    """Text of others for a file: control characters written out, since Word, PDF and a terminal that shows the file can
    do no good with them; every other character as it is."""
    return "\r\n".join(part.translate(_CONTROL) for part in text.split("\r\n"))


def one_line(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shorten(value: object) -> object:
    """A detail of a sentence; a text from a file is cut off where it would hide the sentence."""
    return f"{value[:MAX_QUOTED]}…" if isinstance(value, str) and len(value) > MAX_QUOTED else value


def problem(bestand: str, regel: int, kolom: int, code: str, /, **details: object) -> Problem:
    """Make a problem from the catalogue; an unknown code or a missing detail is a bug (KeyError)."""
    quoted = {k: v if k in _OWN_WORDS else shorten(v) for k, v in details.items()}
    return Problem(bestand, regel, kolom, code, MELDINGEN[code].format(**quoted))


_OWN_WORDS = ("uitleg", "keuzes", "suggestie", "raad", "melding", "ander", "bekend", "plaatsen", "plek")


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted and each once; after MAX_PROBLEMS one that says so stands in the place of the rest."""
    found = sorted(set(problems))
    if len(found) <= MAX_PROBLEMS:
        return found
    bestand, regel, kolom, *_ = found[MAX_PROBLEMS]
    return [*found[:MAX_PROBLEMS], problem(bestand, regel, kolom, "te-veel-fouten", grens=MAX_PROBLEMS)]


class RegiekitError(Exception):
    """An expected error: one clear Dutch line and an exit code. Caught in one place (the cli)."""

    def __init__(self, melding: str, exit_code: int = WRONG_USE) -> None:
        super().__init__(melding)
        self.exit_code = exit_code


class StoppedError(RegiekitError):
    """Stopped by the user, who was told already what became of the work: nothing more is printed."""

    def __init__(self) -> None:
        super().__init__("gestopt", STOPPED)


class ProblemsError(RegiekitError):
    """Files with problems; the cli prints them all."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(p) for p in sorted(problems)), WRONG_FILE)
        self.problems = sorted(problems)


class RefusedError(ProblemsError):
    """Texts that are not written, to protect someone; the cli prints every place, and `uitleg` as the last line."""

    def __init__(self, problems: list[Problem], uitleg: str) -> None:
        super().__init__(problems)
        self.exit_code = REFUSED
        self.uitleg = uitleg
