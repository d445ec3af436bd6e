"""The one definition that every form is made from: terminal, paper, browser.

What a client reads stands here in the order of the vragenlijst, without the names of schalen and without a word about
which vragen are reversed. A vraag goes by its number, `v1`, `v2`, …, because its id may name its schaal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.uitslag import antwoordschaal_of
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regiekit.domain.formulierteksten import Formulierteksten
    from regiekit.domain.vragenlijst import Vragenlijst

NEDERLANDS = "nl"


class Keuze(NamedTuple):
    """One answer that can be chosen; `label` is empty where the vragenlijst has no word for it but the number."""

    waarde: int
    label: str


class Formuliervraag(NamedTuple):
    """A closed vraag as the client sees it; `naam` ('v1') stands for the id on everything that the client gets."""

    naam: str
    id: str
    tekst: str
    keuzes: tuple[Keuze, ...]


class OpenFormuliervraag(NamedTuple):
    """An open vraag as the client sees it; `naam` is 'o1', 'o2', …"""

    naam: str
    id: str
    tekst: str


class Keuzes(NamedTuple):
    """What the coach chose for one form."""

    taal: str = NEDERLANDS
    client: str | None = None
    meetmoment: str | None = None
    training: bool = True
    toestemming: bool = False


STANDAARD = Keuzes()


class Formulier(NamedTuple):
    """A vragenlijst as one client gets it."""

    vragenlijst: str
    versie: str
    hash: str
    naam: str
    taal: str
    client: str | None
    meetmoment: str | None
    training: bool
    toestemming: bool
    vragen: tuple[Formuliervraag, ...]
    open_vragen: tuple[OpenFormuliervraag, ...]
    teksten: Formulierteksten


def make_formulier(
    lijst: Vragenlijst, lijst_hash: str, teksten: Sequence[Formulierteksten], keuzes: Keuzes = STANDAARD
) -> Formulier:
    """The form of a checked vragenlijst in the language that was asked for; RegiekitError for a language it lacks.

    Without a meetmoment there are no open vragen: they belong to one.
    """
    taal = find_taal(lijst, teksten, keuzes.taal)
    of_list: Any = dict(lijst.teksten).get(taal.id)
    return Formulier(
        lijst.id, lijst.versie, lijst_hash, of_list["naam"] if of_list else lijst.naam, taal.id,
        keuzes.client, keuzes.meetmoment, keuzes.training, keuzes.toestemming,
        _vragen(lijst, of_list), _open_vragen(lijst, of_list, keuzes), taal,
    )  # fmt: skip


def talen_of(lijst: Vragenlijst, teksten: Sequence[Formulierteksten]) -> dict[str, Formulierteksten]:
    """Every language in which both the vragenlijst and the form exist; Dutch first."""
    known = {t.id: t for t in teksten}
    return {taal: known[taal] for taal in (NEDERLANDS, *dict(lijst.teksten)) if taal in known}


def find_taal(lijst: Vragenlijst, teksten: Sequence[Formulierteksten], taal: str) -> Formulierteksten:
    """The texts of the form in one language; RegiekitError with the languages that there are."""
    known = talen_of(lijst, teksten)
    if taal.lower() in known:
        return known[taal.lower()]
    if taal.lower() in dict(lijst.teksten):
        raise RegiekitError(
            f"de vragen van '{lijst.id}' zijn er in de taal '{taal}', maar de teksten van het formulier niet; zet die "
            f"in je eigen bibliotheek, met dezelfde velden als data/formulieren/nl.yaml en met id '{taal}'"
        )
    raise RegiekitError(f"'{lijst.id}' bestaat niet in de taal '{taal}'; kies {' of '.join(known)}")


def _vragen(lijst: Vragenlijst, of_list: Any) -> tuple[Formuliervraag, ...]:
    return tuple(
        Formuliervraag(f"v{n}", v.id, of_list["vragen"][v.id] if of_list else v.tekst, _keuzes(lijst, v.id, of_list))
        for n, v in enumerate(lijst.vragen, 1)
    )


def _keuzes(lijst: Vragenlijst, vraag_id: str, of_list: Any) -> tuple[Keuze, ...]:
    ends = antwoordschaal_of(lijst, vraag_id)
    labels = {int(waarde): label for waarde, label in dict(ends.labels).items()}
    if of_list:
        own = next(v.antwoordschaal for v in lijst.vragen if v.id == vraag_id) is not None
        translated = of_list["eigen_labels"].get(vraag_id, {}) if own else of_list["labels"]
        labels = {int(waarde): label for waarde, label in translated.items()}
    words = {waarde: "" if label == str(waarde) else label for waarde, label in labels.items()}
    return tuple(Keuze(waarde, words.get(waarde, "")) for waarde in range(ends.min, ends.max + 1))


def _open_vragen(lijst: Vragenlijst, of_list: Any, keuzes: Keuzes) -> tuple[OpenFormuliervraag, ...]:
    chosen = [v for v in lijst.open_vragen if v.meetmoment == keuzes.meetmoment]
    texts = [_open_tekst(v, of_list, training=keuzes.training) for v in chosen]
    return tuple(OpenFormuliervraag(f"o{n}", v.id, t) for n, (v, t) in enumerate(zip(chosen, texts, strict=True), 1))


def _open_tekst(vraag: Any, of_list: Any, *, training: bool) -> str:
    if not training and vraag.zonder_training:
        return str(of_list["zonder_training"][vraag.id] if of_list else vraag.zonder_training)
    return str(of_list["open_vragen"][vraag.id] if of_list else vraag.tekst)


def filled(text: str, **values: object) -> str:
    """A text of a form with its `{names}` filled in; braces that mean nothing stay, whoever wrote the translation."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
