"""Scores and talks of one client over time (ontwerp 4): numbers for every meting, a conclusion for first against last.

A `Reeks` is everything of one vragenlijst. It falls apart in segments: within one, versie and hash are the same, so the
scores may be compared; across the border between two nothing is compared and no line is drawn. There is no total and
no other client in it, and no word that says why a score moved.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.beoordeling import (
    OPMERKINGEN,
    SCHAALVRAGEN,
    Ingevuld,
    Opmerking,
    compare_all,
    in_time,
    notes_of,
    order_notes,
)
from regiekit.domain.uitslag import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from regiekit.domain.clientdossier import Clientdossier
    from regiekit.domain.niveau import Regie, Sturing
    from regiekit.domain.referentie import Referentie
    from regiekit.domain.stuurmatrix import Banden
    from regiekit.domain.uitslag import Schaaluitslag
    from regiekit.domain.vergelijking import Verschil

NOG_EEN = "nog één meting; verloop komt bij de tweede"
EEN_TOEN = "één meting met deze versie; er is niets om naast te leggen"
ANDERE_VERSIE = "andere versie van de vragenlijst: niet te vergelijken"
ANDERE_INHOUD = "de vragenlijst zelf is veranderd: niet te vergelijken"
NIET_GEVALIDEERD = OPMERKINGEN["niet-gevalideerd"]
NAAST_ELKAAR = (
    "Gesprekken en scores staan hier naast elkaar. Daaruit volgt niet dat het een door het ander komt."
)  # fmt: skip
_PER_METING = ("rechte-lijn", "botsing")


class Meting(NamedTuple):
    """One afname in a row of them: when, and what has to be said of its answers."""

    datum: date | None
    meetmoment: str | None
    naam: str | None
    opmerkingen: tuple[Opmerking, ...]


class Schaallijn(NamedTuple):
    """One schaal in one segment: an uitslag for each meting (its score None where too little was answered), and first
    against last; no `verschil` with one meting."""

    id: str
    naam: str
    richting: str
    betekenis: str | None
    bodem: float
    top: float
    uitslagen: tuple[Schaaluitslag, ...]
    verschil: Verschil | None


class Segment(NamedTuple):
    """Metingen with one and the same vragenlijst. `breuk` says why they do not join on to what came before, `te_weinig`
    why there is nothing to compare."""

    versie: str
    hash: str
    breuk: str | None
    te_weinig: str | None
    metingen: tuple[Meting, ...]
    schalen: tuple[Schaallijn, ...]


class Reeks(NamedTuple):
    """Everything of one vragenlijst, in order of time; `opmerkingen` hold for all of it."""

    vragenlijst: str
    naam: str
    segmenten: tuple[Segment, ...]
    opmerkingen: tuple[Opmerking, ...]

    @property
    def metingen(self) -> tuple[Meting, ...]:
        """All metingen, whatever the versie."""
        return tuple(m for s in self.segmenten for m in s.metingen)


class Gesprekmoment(NamedTuple):
    """A talk, as far as it stands under the time line; `technieken` by their names, `ids` are theirs."""

    datum: date
    ids: tuple[str, ...]
    technieken: tuple[str, ...]
    sturing: Sturing | None
    aanwezig: str

    @property
    def ging_door(self) -> bool:
        """Whether client and coach met."""
        return self.aanwezig == "ja"


class Besluitmoment(NamedTuple):
    """The day on which the coach decided about the level, and what."""

    datum: date
    niveau: Regie


class Verloop(NamedTuple):
    """All of one client over time; without a dossier there are scores only."""

    client: str | None
    reeksen: tuple[Reeks, ...]
    gesprekken: tuple[Gesprekmoment, ...] = ()
    besluiten: tuple[Besluitmoment, ...] = ()
    sluiting: date | None = None
    verzonnen: bool = False

    @property
    def dagen(self) -> list[date]:
        """Every day on which something stands, in order."""
        days = [m.datum for r in self.reeksen for m in r.metingen if m.datum]
        days += [t.datum for t in self.gesprekken] + [b.datum for b in self.besluiten]
        return sorted([*days, *([self.sluiting] if self.sluiting else [])])


def make_verloop(
    afnames: Sequence[Ingevuld],
    banden: Banden,
    dossier: Clientdossier | None = None,
    technieknamen: Mapping[str, str] | None = None,
    referentie: Referentie | None = None,
) -> Verloop:
    """The verloop of one client: the scored afnames, and from the dossier the talks, besluiten and the end.

    `technieknamen` gives the name of a techniek by its id; an unknown one keeps its id. The order of `afnames` does not
    matter as long as all of a vragenlijst have a date or all a meetmoment, and no two of them the same. `referentie`
    gives the bands of the vragenlijst that it is of.
    """
    by_lijst: dict[str, list[Ingevuld]] = {}
    for afname in afnames:
        by_lijst.setdefault(afname.vragenlijst.id, []).append(afname)
    reeksen = tuple(_make_reeks(by_lijst[lijst], banden, referentie) for lijst in sorted(by_lijst, key=_rank))
    client = dossier.code if dossier else next((a.client for a in afnames if a.client), None)
    if dossier is None:
        return Verloop(client, reeksen)
    return Verloop(
        client,
        reeksen,
        tuple(_talks(dossier, technieknamen or {})),
        tuple(Besluitmoment(a.datum, a.inhoud.niveau) for a in dossier.of("besluit")),
        dossier.einde,
        dossier.verzonnen,
    )


def _rank(lijst: str) -> tuple[bool, str]:
    """The two questions to open a talk stand last."""
    return lijst == SCHAALVRAGEN, lijst


def _talks(dossier: Clientdossier, names: Mapping[str, str]) -> Iterator[Gesprekmoment]:
    for talk in dossier.of("gesprek"):
        used = tuple(names.get(t, t) for t in talk.inhoud.technieken)
        yield Gesprekmoment(talk.datum, talk.inhoud.technieken, used, talk.inhoud.sturing, talk.inhoud.aanwezig)


def _make_reeks(afnames: list[Ingevuld], banden: Banden, referentie: Referentie | None) -> Reeks:
    ordered = in_time(afnames)
    runs = [list(run) for _, run in groupby(ordered, key=lambda a: (a.vragenlijst.versie, a.hash))]
    segmenten = []
    for place, run in enumerate(runs):
        breuk = _breuk(runs[place - 1][-1], run[0]) if place else None
        one = NOG_EEN if place == len(runs) - 1 else EEN_TOEN
        compared = [None] * len(run[0].vragenlijst.schalen) if len(run) == 1 else compare_all(run, banden, referentie)
        segmenten.append(_make_segment(run, breuk, one if len(run) == 1 else None, compared))
    last = ordered[-1].vragenlijst
    return Reeks(last.id, last.naam, tuple(segmenten), tuple(_notes_of_all(ordered)))


def _breuk(before: Ingevuld, after: Ingevuld) -> str:
    return ANDERE_VERSIE if before.vragenlijst.versie != after.vragenlijst.versie else ANDERE_INHOUD


def _make_segment(
    run: list[Ingevuld], breuk: str | None, te_weinig: str | None, compared: Sequence[Verschil | None]
) -> Segment:
    first = run[0]
    scored = [score(a.vragenlijst, a.antwoorden) for a in run]
    metingen = []
    for afname, uitslag in zip(run, scored, strict=True):
        notes = tuple(n for n in notes_of(afname, uitslag, None) if n.code in _PER_METING)
        metingen.append(Meting(afname.datum, afname.meetmoment, _moment_name(afname), notes))
    schalen = tuple(
        Schaallijn(s[0].id, s[0].naam, s[0].richting, s[0].betekenis, s[0].bodem, s[0].top, s, verschil)
        for s, verschil in zip(zip(*(u.schalen for u in scored), strict=True), compared, strict=True)
    )
    return Segment(first.vragenlijst.versie, first.hash, breuk, te_weinig, tuple(metingen), schalen)


def _moment_name(afname: Ingevuld) -> str | None:
    """The name of the meetmoment, as a word within a line."""
    found = next((m.naam for m in afname.vragenlijst.meetmomenten if m.id == afname.meetmoment), afname.meetmoment)
    return found[:1].lower() + found[1:] if found else None


def _notes_of_all(afnames: Sequence[Ingevuld]) -> Iterator[Opmerking]:
    """What holds for the row as a whole, each thing once; that it is no validated test is said once for everything."""
    told = {"niet-gevalideerd", "te-weinig", *_PER_METING}
    notes = [n for a in afnames for n in notes_of(a, score(a.vragenlijst, a.antwoorden), None) if n.code not in told]
    yield from dict.fromkeys([*notes, *order_notes(afnames)])
