"""What a command needs for one client, from the dossier: afnames, what was seen, open points, the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regiekit.content.library import load_technieken
from regiekit.domain.advies import Bronnen
from regiekit.domain.beoordeling import SCHAALVRAGEN, for_advies, in_time, last_run
from regiekit.domain.clientdossier import besluit_of, next_gesprek, open_punten
from regiekit.domain.dagen import datum_text
from regiekit.domain.gespreksadvies import Besluit
from regiekit.domain.plan import Plan, Stap
from regiekit.domain.voorbereiding import Gegevens, Vorige
from regiekit.render.dagen import day_in_words, wie_en_wanneer

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier, Punt


class Gevuld(NamedTuple):
    """What the dossier gives for a talk with one client.

    `afnames` are those that the advice rests on, `schaalvragen` the answers to the two scale questions; each of equal
    versions, in order of time. `gesprek` is the last talk that took place.
    """

    dossier: Clientdossier
    afnames: list[Ingevuld]
    schaalvragen: list[Ingevuld]
    gesprek: Aantekening | None
    bronnen: Bronnen
    besluit: Besluit | None
    gegevens: Gegevens


def afnames_of(dossier: Clientdossier, bibliotheek: Path | None = None) -> list[Ingevuld]:
    """Every afname that holds, in order of time, each beside its vragenlijst as it was then.

    `bibliotheek` is the folder with own vragenlijsten. Raises RegiekitError when a vragenlijst is not what it was.
    """
    from regiekit.content.dossierafname import from_dossier

    return in_time([
        from_dossier(a.inhoud, dossier.code, a.datum, dossier.vragenlijsten.get(a.inhoud.hash), bibliotheek)
        for a in dossier.of("afname")
    ])  # fmt: skip


def technieknamen(bibliotheek: Path | None = None) -> dict[str, str]:
    """The name of each techniek by its id, those of the coach too."""
    return {techniek.id: techniek.naam for techniek in load_technieken(bibliotheek)}


def fill(dossier: Clientdossier, vandaag: date, bibliotheek: Path | None = None) -> Gevuld:
    """Everything for the next gesprek that the dossier knows."""
    found = afnames_of(dossier, bibliotheek)
    gesprek = next((a for a in reversed(dossier.of("gesprek")) if a.inhoud.aanwezig == "ja"), None)
    seen = Bronnen(gesprek.inhoud.inschatting, gesprek.inhoud.sturing, gesprek.inhoud.waarneming) if gesprek else None
    decided = besluit_of(dossier)
    return Gevuld(
        dossier, last_run(for_advies(found)), last_run([a for a in found if a.vragenlijst.id == SCHAALVRAGEN]),
        gesprek, seen or Bronnen(), Besluit(decided[0].niveau, decided[0].reden, decided[1]) if decided else None,
        gegevens_of(dossier, gesprek, vandaag, bibliotheek),
    )  # fmt: skip


def gegevens_of(
    dossier: Clientdossier, gesprek: Aantekening | None, vandaag: date, bibliotheek: Path | None
) -> Gegevens:
    """What the page before a gesprek shows of the dossier; the day is that of the next one, while it has to come."""
    traject, punten, day = dossier.traject, open_punten(dossier), next_gesprek(dossier)
    decided = besluit_of(dossier)
    return Gegevens(
        client=dossier.code,
        datum=day if day and day >= vandaag else None,
        doelen=traject.eigen_doelen,
        afspraken=tuple(in_words(p) for p in punten if p.soort == "afspraak"),
        acties=tuple(in_words(p) for p in punten if p.soort != "afspraak"),
        laatste_rapportage=traject.laatste_rapportage,
        weken=traject.rapportage_weken,
        begin=traject.begin,
        afgesloten=dossier.einde,
        keuzes=traject.keuzes,
        vorige=_vorige(gesprek, bibliotheek),
        besluit_toen=decided[0].volgens_bronnen if decided else (),
        uit_dossier=True,
        verzonnen=dossier.verzonnen,
    )


def _vorige(gesprek: Aantekening | None, bibliotheek: Path | None) -> Vorige | None:
    if gesprek is None:
        return None
    names = technieknamen(bibliotheek)
    used = tuple(names.get(name, name) for name in gesprek.inhoud.technieken)
    return Vorige(gesprek.datum, gesprek.inhoud.sturing, used)


def in_words(punt: Punt) -> str:
    """'Cv maken (de cliënt, voor april; van 2 maart 2026)'."""
    said = ", ".join(filter(None, ("inoculatie" if punt.soort == "inoculatie" else "", wie_en_wanneer(punt))))
    return f"{punt.wat} ({said}{'; ' if said else ''}van {datum_text(punt.sinds)})"


def with_given(kept: Bronnen, given: Bronnen) -> Bronnen:
    """What the coach gives now, before what the last talk had. A waarneming goes with the sturing it was seen at."""
    sturing = given.sturing or kept.sturing
    waarneming = given.waarneming or (kept.waarneming if sturing == kept.sturing else None)
    return given._replace(
        inschatting=given.inschatting or kept.inschatting, sturing=sturing, waarneming=waarneming
    )  # fmt: skip


def where_from(gevuld: Gevuld) -> str:
    """'Uit het dossier van R-014: 2 afnames (laatste: 2 maart 2026), het gesprek van 5 april 2026.'"""
    parts = []
    if gevuld.afnames:
        many = "1 afname" if len(gevuld.afnames) == 1 else f"{len(gevuld.afnames)} afnames"
        assert gevuld.afnames[-1].datum
        parts.append(f"{many} (de laatste van {datum_text(gevuld.afnames[-1].datum)})")
    if gevuld.gesprek:
        parts.append(f"het gesprek van {datum_text(gevuld.gesprek.datum)}")
    if gevuld.besluit and gevuld.besluit.datum:
        parts.append(f"je besluit van {datum_text(gevuld.besluit.datum)}")
    who = f"{gevuld.dossier.code}{' (verzonnen)' if gevuld.dossier.verzonnen else ''}"
    return f"Uit het dossier van {who}: {', '.join(parts) or 'nog geen afname, gesprek of besluit'}."


def plan_of(dossier: Clientdossier, met_afspraken: bool) -> Plan:
    """What the dossier knows of a plan van aanpak; steps only when they are asked for."""
    traject = dossier.traject
    agreed = [p for p in open_punten(dossier) if p.soort == "afspraak"] if met_afspraken else []
    return Plan(
        client=dossier.code,
        eerste_ziektedag=traject.eerste_ziektedag,
        eigen_doelen=traject.eigen_doelen,
        doel_spoor_2=traject.doel_spoor_2,
        stappen=tuple(Stap(p.wat, p.wie, day_in_words(p.wanneer)) for p in agreed),
        visie_werknemer=traject.visie_werknemer,
        visie_werkgever=traject.visie_werkgever,
    )
