"""Everything for the next talk in one value: level, sturing, technieken, questions, context, and the coach's besluit.

The besluit of the coach is final. What the sources said stays beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regiekit.domain.advies import Advies, Bronnen, Situatie, advise, cellen_of, situatie_of
from regiekit.domain.beoordeling import Beoordeling, Ingevuld, Opmerking, assess, order_notes, situatie_with
from regiekit.domain.niveau import Niveau, Regie, decide_niveau, read_waarneming
from regiekit.domain.signalen import Keus, choose_technieken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.signaal import Keuzeregels, Signaal
    from regiekit.domain.stuurmatrix import Stuurmatrix
    from regiekit.domain.techniek import Techniek


class Besluit(NamedTuple):
    """What the coach decides, and why; a date when it is given."""

    niveau: Regie
    reden: str
    datum: date | None


class Inhoudelijk(NamedTuple):
    """The content that the advice rests on."""

    matrix: Stuurmatrix
    regels: Keuzeregels
    technieken: Sequence[Techniek]


class Gespreksadvies(NamedTuple):
    """The advice of the sources (`niveau`, `advies`), the besluit, and what then holds (`geldt`)."""

    beoordeling: Beoordeling | None
    situatie: Situatie
    niveau: Niveau
    advies: Advies
    besluit: Besluit | None
    niveau_geldt: Niveau
    geldt: Advies
    keus: Keus
    opmerkingen: tuple[Opmerking, ...]

    @property
    def eerst_ruimte(self) -> bool:
        """Whether room and support come before any techniek."""
        return self.situatie.zonder_strak and not self.situatie.crisis


def advise_gesprek(
    inhoud: Inhoudelijk,
    afnames: Sequence[Ingevuld],
    bronnen: Bronnen,
    signalen: Sequence[Signaal],
    besluit: Besluit | None,
) -> Gespreksadvies:
    """From afnames of one client (or none), what the coach adds, signalen and a besluit to everything for the talk.

    The last afname counts; they come in order of time.
    """
    matrix = inhoud.matrix
    beoordeling = assess(afnames[-1], matrix, bronnen) if afnames else None
    situatie = situatie_with(bronnen, beoordeling.uitslag) if beoordeling else situatie_of(bronnen)
    seen = read_waarneming(cellen_of(matrix), bronnen.sturing, bronnen.waarneming)
    score = beoordeling.niveau.score if beoordeling and beoordeling.niveau else None
    niveau = decide_niveau(score, bronnen.inschatting, seen)
    advies = advise(matrix, niveau, situatie)
    decided = decide_niveau(score, bronnen.inschatting, seen, besluit.niveau) if besluit else niveau
    geldt = advise(matrix, decided, situatie)
    if too_much(signalen):
        advies, geldt = _without_challenge(advies), _without_challenge(geldt)
    keus = choose_technieken(inhoud.regels, inhoud.technieken, signalen, decided, situatie)
    made = Gespreksadvies(beoordeling, situatie, niveau, advies, besluit, decided, geldt, keus, ())
    return made._replace(opmerkingen=tuple(_notes(made, inhoud.regels, afnames)))


def too_much(signalen: Sequence[Signaal]) -> bool:
    """Whether a signaal says that too much is asked now."""
    return any(s.wijst_op == "te-los" for s in signalen)


def _without_challenge(advies: Advies) -> Advies:
    """The advice without the note that looks for another challenge."""
    return advies._replace(let_op=tuple(n for n in advies.let_op if n.code != "hoog-andere-uitdaging"))


def _notes(gesprek: Gespreksadvies, regels: Keuzeregels, afnames: Sequence[Ingevuld]) -> Iterator[Opmerking]:
    """What to know about the scores, then safety, then about the choice of technieken."""
    beoordeling = gesprek.beoordeling
    of_advies = {n.code for n in (beoordeling.advies.let_op if beoordeling and beoordeling.advies else ())}
    for note in beoordeling.opmerkingen if beoordeling else ():
        if note.code not in of_advies:
            yield note
    if len(afnames) > 1:
        yield Opmerking("laatste-afname", f"Er zijn {len(afnames)} afnames. Dit advies gaat uit van de laatste.")
        yield from (note for note in order_notes(afnames) if note.code.startswith("volgorde"))
    yield from (Opmerking(n.code, n.tekst) for n in gesprek.geldt.let_op)
    if gesprek.situatie.crisis:
        return
    if gesprek.eerst_ruimte:
        yield Opmerking("eerst-ruimte", regels.eerst_ruimte.tekst)
    yield from _notes_of_signalen(gesprek.keus, regels)
    yield from _notes_with_strak(gesprek, regels)
    for other in gesprek.keus.past_nu_niet:
        yield Opmerking("techniek-nu-niet", f"{other.naam}: nu niet. {other.reden}")
    for other in gesprek.keus.ook_gewezen:
        yield Opmerking("techniek-ook", f"{other.naam} past ook. {other.reden}")
    yield Opmerking("iets-anders", regels.iets_anders.tekst)


def _notes_of_signalen(keus: Keus, regels: Keuzeregels) -> Iterator[Opmerking]:
    """Signalen that contradict each other, and a signaal that too much is asked."""
    if {"te-los", "te-strak"} <= {s.wijst_op for s in keus.signalen}:
        yield Opmerking("signalen-twee-kanten", regels.twee_kanten.tekst)
    if too_much(keus.signalen):
        yield Opmerking("niet-losser", regels.niet_losser.tekst)


def _notes_with_strak(gesprek: Gespreksadvies, regels: Keuzeregels) -> Iterator[Opmerking]:
    """How a chosen techniek goes together with strakke sturing, where that is advised."""
    if "strak" not in (gesprek.geldt.sturing, *gesprek.geldt.opties):
        return
    together = {r.techniek: r.bij_strak for r in regels.technieken}
    for keus in gesprek.keus.technieken:
        if text := together.get(keus.id):
            yield Opmerking("techniek-bij-strak", f"{keus.naam} bij strakke sturing: {text[:1].lower()}{text[1:]}")
