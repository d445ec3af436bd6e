"""`regiekit dossier gesprek`: a talk in seven questions, or in options."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regiekit.cli.bewaking import GeenBsn
from regiekit.cli.dossier_open import open_boek
from regiekit.cli.dossier_teksten import Bewaking, make_inhoud, on_terminal
from regiekit.cli.dossier_vragen import ask_dag, dag_given, keep, rest_of, tell_closed, told_when_stopped
from regiekit.cli.options import (
    Bibliotheek,
    Code,
    Datum,
    DossierPad,
    Inschatting,
    SturingOption,
    WaarnemingOption,
    WachtzinFd,
    check_waarneming,
    day_of,
    read_sturing,
)
from regiekit.cli.output import say, say_wrapped, warn
from regiekit.cli.taal import ask, did_you_mean, either
from regiekit.domain.dagen import whole_date
from regiekit.domain.dagwoorden import ZO
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from regiekit.domain.aantekening import Gesprek
    from regiekit.domain.techniek import Techniek

SEVERAL, PARTS = "|", ";"
_IN_ORDER = (("doel",), ("met",), ("gedaan",), ("afspraken",), ("client_doet",), ("volgende",),
             ("sturing", "technieken"))  # fmt: skip
WERKGEVER = "Dit mag de werkgever lezen."

Teksten = list[str] | None
Doel = Annotated[str | None, typer.Option("--doel", help="Waar het gesprek over ging.")]
Met = Annotated[str | None, typer.Option("--met", help="Met wie: de rol, geen naam.")]
Gedaan = Annotated[str | None, typer.Option("--gedaan", help=f"Wat jullie deden. {WERKGEVER}")]
DeAfspraak = Annotated[
    Teksten, typer.Option("--afspraak", metavar="'WAT; WIE; WANNEER'", help=f"Een afspraak. {WERKGEVER}")
]
ClientDoet = Annotated[
    Teksten, typer.Option("--client-doet", help="Wat de cliënt gaat doen of proberen, in eigen woorden.")
]
Volgende = Annotated[
    str | None, typer.Option("--volgende", metavar="DAG", help=f"De dag van het volgende gesprek, zoals {ZO}.")
]
EenTechniek = Annotated[
    Teksten, typer.Option("--techniek", metavar="NAAM", help="Een techniek die je gebruikte.")
]  # fmt: skip
Afgezegd = Annotated[bool, typer.Option("--afgezegd", help=f"Het gesprek is afgezegd. {WERKGEVER}")]
NietVerschenen = Annotated[
    bool, typer.Option("--niet-verschenen", help=f"De cliënt is niet verschenen. {WERKGEVER}")
]  # fmt: skip
Notitie = Annotated[
    str | None, typer.Option("--notitie", help="Een eigen notitie, voor jezelf en voor wie inzage vraagt.")
]


def gesprek(
    code: Code,
    datum: Datum = None,
    doel: Doel = None,
    met: Met = None,
    gedaan: Gedaan = None,
    afspraak: DeAfspraak = None,
    client_doet: ClientDoet = None,
    volgende: Volgende = None,
    sturing: SturingOption = None,
    techniek: EenTechniek = None,
    afgezegd: Afgezegd = False,
    niet_verschenen: NietVerschenen = False,
    waarneming: WaarnemingOption = None,
    inschatting: Inschatting = None,
    notitie: Notitie = None,
    geen_bsn: GeenBsn = False,
    dossier: DossierPad = None,
    bibliotheek: Bibliotheek = None,
    wachtzin_fd: WachtzinFd = None,
) -> None:
    """Een gesprek in het dossier zetten, in hoogstens zeven vragen.

    Elke vraag mag je overslaan met Enter. Geef je opties, dan vraagt regiekit niets. Wat je opschreef verandert later
    niet meer; verbeteren kan met 'regiekit dossier corrigeer'.
    """
    dag = day_of(datum)
    check_waarneming(sturing, waarneming)
    technieken = load(bibliotheek)
    values: dict[str, Any] = {
        "doel": doel,
        "met": met,
        "gedaan": gedaan,
        "afspraken": [read_afspraak(text) for text in afspraak or ()],
        "client_doet": client_doet,
        "volgende": dag_given("--volgende", volgende, dag),
        "sturing": sturing,
        "technieken": ids_of(technieken, techniek or ()),
        "aanwezig": aanwezig_of(afgezegd, niet_verschenen),
        "waarneming": waarneming,
        "inschatting": inschatting,
        "notitie": notitie,
    }
    asked = not any(values.values())
    made = None if asked else make(values)
    with open_boek(dossier, wachtzin_fd) as boek:
        client = boek.read(code)
        tell_closed(client)
        bewaking = Bewaking(geen_bsn)
        with told_when_stopped():
            inhoud = made or ask_gesprek(client.code, dag, technieken, bewaking)
            nummer = keep(boek, client, dag, inhoud, bewaking, asked)
        say_wrapped(f"Bewaard als nummer {nummer}. {rest_of(boek.read(client.code), dag)}")
        if on_terminal():
            say_wrapped(f"Toch iets verbeteren: regiekit dossier corrigeer {client.code} {nummer}")


def make(values: dict[str, Any]) -> "Gesprek":
    """The content of the aantekening; raises RegiekitError for a value that cannot be."""
    from regiekit.domain.aantekening import Gesprek

    day = values["volgende"]
    return make_inhoud(Gesprek, {**values, "volgende": day and day.isoformat()})


def load(bibliotheek: Any) -> "Sequence[Techniek]":
    """The technieken, those of the coach too."""
    from regiekit.content.library import load_technieken, own_folder

    return load_technieken(own_folder(bibliotheek))


def aanwezig_of(afgezegd: bool, niet_verschenen: bool) -> str | None:
    """Why there was no talk, None when there was one."""
    if afgezegd and niet_verschenen:
        raise RegiekitError("kies --afgezegd of --niet-verschenen, niet allebei")
    return "afgezegd" if afgezegd else "niet-verschenen" if niet_verschenen else None


# The seven questions --------------------------------------------------------------------------------------------------


def ask_gesprek(code: str, dag: "date", technieken: "Sequence[Techniek]", bewaking: Bewaking) -> "Gesprek":
    """What was typed, each part as it was typed; an empty line leaves it out.

    On a terminal it is shown once more, and a question can be asked again. Raises typer.Abort for 'stop' there.
    """
    say_wrapped(f"Gesprek met {code} op {whole_date(dag)}. Zeven vragen, elk op één regel; Enter slaat over.")
    say_wrapped(f"Meer dan één afspraak, of doet de cliënt meer dingen? Zet er {SEVERAL} tussen.")
    questions: tuple[Callable[[], dict[str, Any]], ...] = (
        lambda: {"doel": bewaking.ask("1 van 7. Wat was het doel van dit gesprek?")},
        lambda: {"met": bewaking.ask("2 van 7. Met wie sprak je? (de rol, geen naam)")},
        lambda: {"gedaan": bewaking.ask("3 van 7. Wat deden jullie? (cliënt en werkgever mogen dit lezen)", True)},
        lambda: {"afspraken": ask_afspraken(bewaking)},
        lambda: {"client_doet": split(bewaking.ask("5 van 7. Wat gaat de cliënt doen, in eigen woorden?"))},
        lambda: {"volgende": ask_dag("6 van 7. Volgende gesprek? (zoals 12 maart, dinsdag of over 2 weken)", dag)},
        lambda: ask_stijl(technieken),
    )
    values = {name: value for question in questions for name, value in question().items()}
    while on_terminal() and (number := ask_again(values, questions)):
        values |= questions[number - 1]()
    return make(values)


def ask_again(values: dict[str, Any], questions: "Sequence[Any]") -> int | None:
    """Show what was typed; gives the number of a question to ask again, None to keep it all."""
    from regiekit.render.dossier import short_label, words_of

    inhoud = make(values)
    say("")
    for number, names in enumerate(_IN_ORDER, 1):
        known = [(short_label(name), words_of(getattr(inhoud, name))) for name in names]
        said = "; ".join(f"{label}: {text}" for label, text in known if text)
        say_wrapped(said or f"{known[0][0]}: niet ingevuld", f"{number}. ", "   ")

    def read(answer: str) -> int | None:
        word = answer.strip().lower().rstrip(".")
        if word in ("stop", "s"):
            raise typer.Abort
        if word and not (word.isdecimal() and 1 <= int(word) <= len(questions)):
            raise typer.BadParameter(f"druk op Enter, of typ een nummer van 1 tot en met {len(questions)}, of stop")
        return int(word) if word else None

    return ask("Klopt dit? (Enter = bewaren, een nummer = opnieuw vragen, stop = niet bewaren)", read, "")


def ask_stijl(technieken: "Sequence[Techniek]") -> dict[str, Any]:
    """Sturing and technieken in one answer."""
    question = "7 van 7. Sturing en techniek? (zoals: gedeeld, inoculatie)"
    stijl: tuple[str | None, list[str]] = ask(question, lambda answer: read_stijl(answer, technieken), "")
    return {"sturing": stijl[0], "technieken": stijl[1]}


def ask_afspraken(bewaking: Bewaking) -> list[dict[str, str]]:
    """None, one or several on one line."""
    question = f"4 van 7. Afspraken: wat{PARTS} wie{PARTS} wanneer? (dit mag de werkgever lezen)"
    while True:
        typed = split(bewaking.ask(question, werkgever=True))
        try:
            return [read_afspraak(part) for part in typed]
        except RegiekitError as error:
            warn(str(error))


def split(text: str | None) -> list[str]:
    """Several answers on one line; one alone stays as it was typed."""
    if not text or SEVERAL not in text:
        return [text] if text else []
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def read_afspraak(text: str) -> dict[str, str]:
    """'wat; wie; wanneer': what is left out stays out, and more than three parts belong to the last."""
    if not text.split(PARTS)[0].strip():
        raise RegiekitError(f"een afspraak begint met wat er gebeurt; typ: wat{PARTS} wie{PARTS} wanneer")
    wat, wie, wanneer = (part.strip() for part in [*text.split(PARTS, 2), "", ""][:3])
    named = {"wat": wat, "wie": wie, "wanneer": wanneer}
    return {name: part for name, part in named.items() if part}


def read_stijl(text: str, technieken: "Sequence[Techniek]") -> tuple[str | None, list[str]]:
    """The sturing and the technieken in one answer, in any order: 'gedeeld inoculatie', 'los', 'inoculatie, vragen'."""
    sturingen, found = [], []
    words = text.replace(",", " ").replace(PARTS, " ").split()
    while words:
        size, techniek = _longest(words, technieken)
        if techniek:
            found.append(techniek)
        elif _is_sturing(words[0]):
            sturingen.append(read_sturing(words[0]))
        elif words[0].lower() not in ("en", "met", "+", "&"):
            raise unknown(words[0], technieken)
        words = words[size:]
    if len({*sturingen}) > 1:
        raise RegiekitError(f"je noemt {' en '.join(dict.fromkeys(sturingen))}; kies er één")
    return (sturingen[0] if sturingen else None), list(dict.fromkeys(found))


def _longest(words: "Sequence[str]", technieken: "Sequence[Techniek]") -> tuple[int, str | None]:
    """How many of the first words name a techniek, and which; one word that names none."""
    names = {_plain(name): t.id for t in technieken for name in (*t.aliassen, t.naam, t.id)}
    sizes = range(len(words), 0, -1)
    return next(((n, names[name]) for n in sizes if (name := _plain("".join(words[:n]))) in names), (1, None))


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _is_sturing(word: str) -> bool:
    return word.casefold() in {*read_sturing.canonical, *read_sturing.synoniemen, *read_sturing.verwar}


def unknown(word: str, technieken: "Sequence[Techniek]") -> RegiekitError:
    """For a word that is no sturing and no techniek."""
    known = {word: word for word in (*read_sturing.waarden, *(t.id for t in technieken))}
    return RegiekitError(f"'{word}' ken ik niet{did_you_mean(word, known)}; typ {either(read_sturing.waarden)}, en een "
                         f"techniek: {either(t.id for t in technieken)}")  # fmt: skip


def ids_of(technieken: "Sequence[Techniek]", named: "Sequence[str]") -> list[str]:
    """The ids of technieken by id, name or alias; raises RegiekitError with the nearest."""
    from regiekit.content.library import find_techniek

    return list(dict.fromkeys(find_techniek(technieken, name).id for name in named))
