"""What every export to another system shares: names, texts, choices, and how a schaal counts.

Each exporter writes the same Formulier in the words of its system; the scores follow the rules of `domain.uitslag`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.formulier import Keuzes, make_formulier, talen_of
from regiekit.domain.plain_afname import NOT_ANSWERED
from regiekit.domain.uitslag import antwoordschaal_of
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regiekit.content.library import Loaded
    from regiekit.domain.formulier import Formulier, Formuliervraag
    from regiekit.domain.formulierteksten import Formulierteksten
    from regiekit.domain.vragenlijst import Schaal, Vragenlijst

NIET_GEVALIDEERD = (
    "Niet gevalideerd, geen normen: bedoeld voor het gesprek. De formulieren en de vertalingen zijn niet getest."
)
# The kinds of blank where a code is five letters or digits at most; `vragenlijst importeer` knows them too.
CODES = dict(zip(NOT_ANSWERED, ("wn", "wnz", "nvt"), strict=True))
AANNAME = "De antwoordschaal is een aanname van regiekit."


class Meertalig(NamedTuple):
    """A vragenlijst to export: its form once for each language, the main one first."""

    lijst: Vragenlijst
    formulieren: tuple[Formulier, ...]

    @property
    def eerste(self) -> Formulier:
        return self.formulieren[0]


class Uitvoer(NamedTuple):
    """A file for another system, and what the coach must know of it; the same sentences stand in the file."""

    inhoud: bytes
    meldingen: tuple[str, ...] = ()


class Telvraag(NamedTuple):
    """A vraag of a schaal, with the ends of its antwoordschaal."""

    id: str
    laagste: int
    hoogste: int
    omgekeerd: bool


class Telling(NamedTuple):
    """How a schaal counts: the vragen, and how many of them must be answered."""

    schaal: Schaal
    minimaal: int
    vragen: tuple[Telvraag, ...]


class Namen(NamedTuple):
    """What the parts of a vragenlijst are called in another system, by id; no name is given twice."""

    vragen: dict[str, str]
    open: dict[str, str]
    aantal: dict[str, str]
    score: dict[str, str]


def make_meertalig(
    loaded: Loaded, teksten: Sequence[Formulierteksten], talen: Sequence[str], keuzes: Keuzes
) -> Meertalig:
    """The forms in `talen`, or in every language that there is; RegiekitError for a language that there is not."""
    chosen = list(dict.fromkeys(talen)) or list(talen_of(loaded.inhoud, teksten))
    made = (make_formulier(loaded.inhoud, loaded.hash, teksten, keuzes._replace(taal=taal)) for taal in chosen)
    return Meertalig(loaded.inhoud, tuple(made))


def make_tellingen(lijst: Vragenlijst) -> tuple[Telling, ...]:
    """How each schaal counts. A som needs all its vragen."""
    return tuple(
        Telling(
            schaal,
            len(schaal.vragen) if schaal.regel == "som" else schaal.minimaal_beantwoord,
            tuple(_telvraag(lijst, item.vraag, item.omgekeerd) for item in schaal.vragen),
        )
        for schaal in lijst.schalen
    )


def _telvraag(lijst: Vragenlijst, vraag_id: str, omgekeerd: bool) -> Telvraag:
    ends = antwoordschaal_of(lijst, vraag_id)
    return Telvraag(vraag_id, ends.min, ends.max, omgekeerd)


def make_namen(
    meertalig: Meertalig, teken: str, *, systeem: str = "", longest: int = 100, taken: Iterable[str] = ()
) -> Namen:
    """Names for a system that knows no dashes: `teken` stands in their place. `taken` are names of the file itself.

    Raises RegiekitError when a name would be given twice or is longer than `longest`: nothing is cut off or renamed.
    """
    lijst = meertalig.lijst

    def names(part: str, ids: Iterable[str]) -> dict[str, str]:
        return {i: name_of(f"{part}-{i}" if part else i, teken) for i in ids}

    schalen = [s.id for s in lijst.schalen]
    openen = [v.id for v in meertalig.eerste.open_vragen]
    made = Namen(
        names("", (v.id for v in lijst.vragen)),
        names("open", openen),
        names("aantal", schalen),
        names("score", schalen),
    )
    used = set(taken)
    for part_id, name in (item for part in made for item in part.items()):
        if name in used:
            raise RegiekitError(f"in {systeem} heten twee delen '{name}' ('{part_id}' is er een van); {_ANDERE_ID}")
        if len(name) > longest:
            raise RegiekitError(f"in {systeem} is een naam hoogstens {longest} tekens; '{name}' niet; {_ANDERE_ID}")
        used.add(name)
    return made


_ANDERE_ID = "geef het in een eigen vragenlijst een andere id"


def name_of(name: str, teken: str) -> str:
    """An id as a name; no system lets one start with a digit."""
    return (f"v-{name}" if name[0].isdigit() else name).replace("-", teken)


def uitleg_of(meertalig: Meertalig) -> list[list[str]]:
    """What the client reads first, paragraph by paragraph, for each language as many; what is over joins the last.

    With the explanation: that a translation is not tested, and that the maker gave permission. Of who sees the answers
    it says what is true elsewhere; RegiekitError for a language that does not say it.
    """
    of_each = [_paragraphs(f) for f in meertalig.formulieren]
    last = min(map(len, of_each)) - 1
    return [[*parts[:last], "\n\n".join(parts[last:])] for parts in of_each]


def _paragraphs(formulier: Formulier) -> list[str]:
    teksten = formulier.teksten
    said = [teksten.vertaald or "", teksten.toestemming if formulier.toestemming else ""]
    wie_ziet(formulier)
    return [*(f"{a.kop}\n{a.elders or a.tekst}" for a in teksten.uitleg), *(text for text in said if text)]


def wie_ziet(formulier: Formulier) -> str:
    """What the client reads of who sees the answers in another system; RegiekitError for a language without it."""
    said = next((alinea.elders for alinea in formulier.teksten.uitleg if alinea.elders), None)
    if said is None:
        raise RegiekitError(
            f"de teksten in de taal '{formulier.taal}' zeggen niet wie de antwoorden ziet in een ander systeem; zet "
            "bij de alinea daarover het veld 'elders', zoals in data/formulieren/nl.yaml"
        )
    return said


def known_taal(formulier: Formulier) -> str:
    """The code of the language as others know it: without what stands behind an x."""
    return formulier.taal.partition("-x-")[0]


def choices_of(vraag: Formuliervraag, formulier: Formulier) -> list[tuple[str, str]]:
    """Every answer that can be chosen, the three kinds of blank last: its value and its words."""
    bare = any(not k.label for k in vraag.keuzes)
    given = [(str(k.waarde), _label(k.waarde, k.label, bare)) for k in vraag.keuzes]
    overslaan = formulier.teksten.overslaan
    words = (overslaan.weet_niet, overslaan.wil_niet_zeggen, overslaan.nvt)
    return [*given, *zip(NOT_ANSWERED, words, strict=True)]


def _label(waarde: int, label: str, bare: bool) -> str:
    """Where only some numbers have words, the number stands before them."""
    return f"{waarde} ({label})" if bare and label else label or str(waarde)


def bron_of(meertalig: Meertalig) -> list[tuple[str, str]]:
    """Where a file came from and what it is not, for the coach: names and values."""
    formulier = meertalig.eerste
    rows = [
        ("vragenlijst", formulier.vragenlijst),
        ("versie", formulier.versie),
        ("hash", formulier.hash),
        ("meetmoment", formulier.meetmoment or ""),
        ("training", "ja" if formulier.training else "nee"),
        ("let op", f"{NIET_GEVALIDEERD} {AANNAME}" if meertalig.lijst.antwoordschaal.aanname else NIET_GEVALIDEERD),
    ]
    return [(name, value) for name, value in rows if value]


def rule_of(telling: Telling) -> str:
    """How a schaal counts, in a sentence."""
    omgekeerd = [f"{v.id}: {v.laagste + v.hoogste} min het antwoord" for v in telling.vragen if v.omgekeerd]
    regel = "som van de antwoorden" if telling.schaal.regel == "som" else "gemiddelde van de beantwoorde vragen"
    extra = f" Omgekeerd: {', '.join(omgekeerd)}." if omgekeerd else ""
    return f"{regel}, vanaf {telling.minimaal} van {len(telling.vragen)} antwoorden; anders geen score.{extra}"


def answer_of(text: str) -> int | str | None:
    """An answer as another system writes it: a whole number, nothing, or what the afname will accept or refuse."""
    return int(text) if re.fullmatch(r"0|-?[1-9][0-9]{0,3}", text) else text or None
