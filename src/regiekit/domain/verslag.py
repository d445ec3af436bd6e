"""What each reader gets to see of one dossier. What a reader may not see is not in the value that is rendered.

The employer gets the fields of `WITTE_LIJST` and nothing else: whoever wants to show one more adds it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.clientdossier import find_punten, number_of, open_punten
from regiekit.domain.voorbereiding import rapportage_na
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from regiekit.domain.aantekening import Aantekening
    from regiekit.domain.beoordeling import Ingevuld
    from regiekit.domain.clientdossier import Clientdossier, Punt
    from regiekit.domain.formulier import Formulier

GUNSTIG = {True: "een hoger cijfer is gunstig", False: "een lager cijfer is gunstig"}
VEEL_VERANDERD, GELIJK = 5, 3  # answers in the verslag of the client: enough to talk about, few enough to read


class Wit(NamedTuple):
    """A field that the employer may read: of which soort, and under which heading it comes."""

    soort: str
    veld: str
    onder: str


# The whole of what an employer may read (praktijk R9). 'datum' is the day of the aantekening itself. The outcome of
# an agreement is not on it: that is how the client is doing. One rule hangs on it all the same: what was let go
# ('vervallen') does not stand among the agreements, as it would be read as if it still held. Nor is the first sick
# day, of which 'regiekit mijlpalen' makes the dates of the law.
WITTE_LIJST = (
    Wit("gesprek", "datum", "activiteiten en aanwezigheid"),
    Wit("gesprek", "aanwezig", "activiteiten en aanwezigheid"),
    Wit("gesprek", "gedaan", "activiteiten en aanwezigheid"),
    Wit("gesprek", "afspraken.wat", "afspraken"),
    Wit("gesprek", "afspraken.wie", "afspraken"),
    Wit("gesprek", "afspraken.wanneer", "afspraken"),
    Wit("traject", "mogelijkheden", "mogelijkheden in werk"),
    Wit("gesprek", "volgende", "planning"),
    Wit("traject", "begin", "planning"),
    Wit("traject", "rapportage_weken", "planning"),
    Wit("traject", "laatste_rapportage", "planning"),
    Wit("sluiting", "datum", "planning"),
)


class Periode(NamedTuple):
    """From one day up to and including another."""

    van: date
    tot: date

    def holds(self, day: date) -> bool:
        """Whether a day falls in it."""
        return self.van <= day <= self.tot


class Gespreksregel(NamedTuple):
    """One talk: the day, whether it went through ('ja', 'afgezegd', 'niet-verschenen'), and what was done."""

    datum: date
    aanwezig: str | None
    gedaan: str | None


class Afspraakregel(NamedTuple):
    """What was agreed, by whom and for when, and on which day."""

    datum: date
    wat: str
    wie: str | None = None
    wanneer: str | None = None


class Werkgeververslag(NamedTuple):
    """All that an employer reads; what is not on the white list is None or empty.

    `einde` is the day the traject ended; then there is nothing planned.
    """

    code: str
    verzonnen: bool
    gemaakt: date
    periode: Periode
    gesprekken: tuple[Gespreksregel, ...]
    afspraken: tuple[Afspraakregel, ...]
    mogelijkheden: tuple[str, ...]
    begin: date | None
    einde: date | None
    volgend_gesprek: date | None
    volgende_rapportage: date | None


class Opgevolgd(NamedTuple):
    """What was agreed or chosen to try, and how it went; `uitkomst` is None while nobody came back to it."""

    datum: date
    soort: str
    wat: str
    wie: str | None
    wanneer: str | None
    uitkomst: str | None
    toelichting: str | None


class Lijstje(NamedTuple):
    """The list of one inoculatie, in the words of the client."""

    datum: date
    obstakels: tuple[str, ...]
    gekozen: str | None
    oplossingen: tuple[str, ...]
    actie: str | None
    wanneer: date | None


class Antwoord(NamedTuple):
    """One vraag with the answer in words, first and now; `eerst` is None when there was one time only."""

    vraag: str
    eerst: str | None
    nu: str


class OpenAntwoord(NamedTuple):
    """What the client wrote at an open vraag."""

    datum: date
    vraag: str
    antwoord: str


class Antwoorden(NamedTuple):
    """The answers to one vragenlijst, in one versie: of the first time and of the last."""

    eerste: date | None
    laatste: date
    veranderd: tuple[Antwoord, ...]
    gelijk: tuple[Antwoord, ...]
    alle: tuple[Antwoord, ...]


class Getalvraag(NamedTuple):
    """A vraag that is answered with a number, day by day; `betekenis` says which way it counts."""

    vraag: str
    betekenis: str | None
    laagste: int
    hoogste: int
    punten: tuple[tuple[date, int], ...]


class Clientverslag(NamedTuple):
    """All that the client reads: nothing that the coach wrote for itself, and no score."""

    code: str
    verzonnen: bool
    gemaakt: date
    periode: Periode
    doelen: tuple[str, ...]
    keuzes: tuple[str, ...]
    gesprekken: tuple[Gespreksregel, ...]
    punten: tuple[Opgevolgd, ...]
    lijstjes: tuple[Lijstje, ...]
    antwoorden: tuple[Antwoorden, ...]
    getalvragen: tuple[Getalvraag, ...]
    open: tuple[OpenAntwoord, ...]
    volgend_gesprek: date | None


class Correctie(NamedTuple):
    """What was replaced, and by what."""

    oud: Aantekening
    nieuw: Aantekening


class Coachverslag(NamedTuple):
    """All of it: what holds, in order, and what was corrected. `nummers` gives for the nummer of an opvolging the
    number that its punt has now."""

    code: str
    verzonnen: bool
    gemaakt: date
    periode: Periode
    traject: Aantekening
    aantekeningen: tuple[Aantekening, ...]
    open_punten: tuple[Punt, ...]
    nummers: dict[int, str]
    correcties: tuple[Correctie, ...]


def make_periode(van: date, tot: date) -> Periode:
    """The period of a verslag; raises RegiekitError when it ends before it begins."""
    if tot < van:
        raise RegiekitError(f"de periode eindigt ({tot}) voordat zij begint ({van}); kijk naar --van en --tot")
    return Periode(van, tot)


# For the employer ---------------------------------------------------------------------------------------------------


def let_through(aantekening: Aantekening) -> dict[str, Any]:
    """The fields of one aantekening that stand on the white list; the parts of an afspraak as values of its own."""
    found: dict[str, Any] = {}
    for veld in (wit.veld for wit in WITTE_LIJST if wit.soort == aantekening.soort):
        name, _, part = veld.partition(".")
        if name == "datum":
            found[name] = aantekening.datum
        elif not part:
            found[name] = getattr(aantekening.inhoud, name)
        else:
            parts = getattr(aantekening.inhoud, name)
            kept = found.setdefault(name, [{} for _ in parts])
            for one, whole in zip(kept, parts, strict=True):
                one[part] = getattr(whole, part)
    return found


def since_of(dossier: Clientdossier, tot: date) -> date:
    """From which day a rapportage tells up to `tot`, when nobody says so: the last one, else the begin of the traject
    (which may be still to come)."""
    traject = let_through(dossier.of("traject")[-1])
    last: date | None = traject.get("laatste_rapportage")
    return last or min(traject.get("begin", tot), tot)


def make_werkgeververslag(dossier: Clientdossier, periode: Periode, gemaakt: date) -> Werkgeververslag:
    """What the employer may read. This verslag counts as a rapportage: the next one is so many weeks after it.

    All that it shows comes from `let_through`; the rest of the dossier only decides what is left out.
    """
    traject = let_through(dossier.of("traject")[-1])
    gesprekken = [let_through(a) for a in dossier.of("gesprek")]
    ended = [let_through(a) for a in dossier.of("sluiting") if not a.inhoud.heropend]
    runs = dossier.einde is None
    planned = gesprekken[-1].get("volgende") if gesprekken and runs else None
    weken = traject.get("rapportage_weken") if runs else None
    return Werkgeververslag(
        code=dossier.code,
        verzonnen=dossier.verzonnen,
        gemaakt=gemaakt,
        periode=periode,
        gesprekken=tuple(
            Gespreksregel(g["datum"], g.get("aanwezig"), g.get("gedaan"))
            for g in gesprekken if "datum" in g and periode.holds(g["datum"])
        ),
        afspraken=tuple(_standing(dossier, periode)),
        mogelijkheden=traject.get("mogelijkheden", ()),
        begin=traject.get("begin"),
        einde=ended[-1].get("datum") if ended else None,
        volgend_gesprek=planned if planned and planned >= gemaakt else None,
        volgende_rapportage=rapportage_na(gemaakt, weken) if weken else None,
    )  # fmt: skip


def _standing(dossier: Clientdossier, periode: Periode) -> Iterator[Afspraakregel]:
    """What was agreed in this period and was not let go later; nothing else of how it went."""
    gone = {(a.inhoud.van, a.inhoud.wat) for a in dossier.of("opvolging") if a.inhoud.uitkomst == "vervallen"}
    for a in dossier.of("gesprek"):
        allowed = let_through(a)
        if "datum" not in allowed or not periode.holds(allowed["datum"]):
            continue
        for one, whole in zip(allowed.get("afspraken", ()), a.inhoud.afspraken, strict=False):
            if "wat" in one and (a.eerste, whole.wat) not in gone:
                yield Afspraakregel(allowed["datum"], **one)


# For the client -----------------------------------------------------------------------------------------------------


def make_clientverslag(
    dossier: Clientdossier, ingevuld: Sequence[tuple[Ingevuld, Formulier]], periode: Periode, gemaakt: date
) -> Clientverslag:
    """What the client reads. `ingevuld` are the afnames in order of day, each with the form as the client saw it.

    The answers are of the whole traject up to the end of the period, as they are laid beside those of the first time.
    """
    of_then = [(afname, form) for afname, form in ingevuld if afname.datum and afname.datum <= periode.tot]
    lists: dict[str, list[tuple[Ingevuld, Formulier]]] = {}
    for afname, form in of_then:
        lists.setdefault(afname.hash, []).append((afname, form))
    gesprekken = dossier.of("gesprek")
    planned = gesprekken[-1].inhoud.volgende if gesprekken and dossier.einde is None else None
    measured = [
        given
        for row in lists.values() if row[0][0].vragenlijst.doel == "meting"
        if (given := [one for one in row if any(a is not None for a in one[0].antwoorden.values())])
    ]  # fmt: skip
    talked = [row for row in lists.values() if row[0][0].vragenlijst.doel != "meting"]
    return Clientverslag(
        code=dossier.code,
        verzonnen=dossier.verzonnen,
        gemaakt=gemaakt,
        periode=periode,
        doelen=dossier.traject.eigen_doelen,
        keuzes=dossier.traject.keuzes,
        gesprekken=tuple(
            Gespreksregel(a.datum, a.inhoud.aanwezig, a.inhoud.gedaan) for a in gesprekken if periode.holds(a.datum)
        ),
        punten=tuple(p for p in _followed(dossier) if periode.holds(p.datum)),
        lijstjes=tuple(_lijstje(a) for a in dossier.of("inoculatie") if periode.holds(a.datum)),
        antwoorden=tuple(_antwoorden(row) for row in measured),
        getalvragen=tuple(vraag for row in talked for vraag in _getalvragen(row)),
        open=tuple(o for afname, form in of_then for o in _open(afname, form) if periode.holds(o.datum)),
        volgend_gesprek=planned if planned and planned >= gemaakt else None,
    )


def _followed(dossier: Clientdossier) -> Iterator[Opgevolgd]:
    """Every point with its outcome, in order of day."""
    known = {(a.inhoud.van, a.inhoud.wat): a.inhoud for a in dossier.of("opvolging")}
    for p in find_punten(dossier):
        after = known.get((p.van, p.wat))
        yield Opgevolgd(
            p.sinds, p.soort, p.wat, p.wie, p.wanneer, after and after.uitkomst, after and after.toelichting
        )


def _lijstje(aantekening: Aantekening) -> Lijstje:
    i = aantekening.inhoud
    return Lijstje(aantekening.datum, i.obstakels, i.gekozen, i.oplossingen, i.actie, i.wanneer)


def _antwoorden(row: Sequence[tuple[Ingevuld, Formulier]]) -> Antwoorden:
    """First beside last: the answers that moved most, and some that stayed, in the order of the vragen.

    `row` holds the afnames with an answer; one that was left open says nothing to lay beside another.
    """
    (first, _), (last, form) = row[0], row[-1]
    several = len(row) > 1
    words = {v.id: {k.waarde: _word(k.waarde, k.label, v.keuzes) for k in v.keuzes} for v in form.vragen}

    def answer(vraag: Any) -> Antwoord:
        then, now = first.antwoorden.get(vraag.id), last.antwoorden[vraag.id]
        assert now is not None
        return Antwoord(vraag.tekst, words[vraag.id][then] if several and then is not None else None,
                        words[vraag.id][now])  # fmt: skip

    given = [v for v in form.vragen if last.antwoorden.get(v.id) is not None]
    moved = {v.id: _distance(first, last, v.id) for v in given if first.antwoorden.get(v.id) is not None and several}
    most = sorted((v for v in given if moved.get(v.id)), key=lambda v: -moved[v.id])[:VEEL_VERANDERD]
    return Antwoorden(
        first.datum if several else None,
        last.datum,  # type: ignore[arg-type]
        tuple(map(answer, most)),
        tuple(answer(v) for v in given if moved.get(v.id) == 0)[:GELIJK],
        tuple(map(answer, given)),
    )


def _distance(first: Ingevuld, last: Ingevuld, vraag: str) -> int:
    return abs((last.antwoorden[vraag] or 0) - (first.antwoorden[vraag] or 0))


def _word(waarde: int, label: str, keuzes: Sequence[Any]) -> str:
    return label or f"{waarde} (van {keuzes[0].waarde} tot en met {keuzes[-1].waarde})"


def _getalvragen(row: Sequence[tuple[Ingevuld, Formulier]]) -> Iterator[Getalvraag]:
    """The vragen of a list to talk about, each with its own direction."""
    lijst, form = row[-1][0].vragenlijst, row[-1][1]
    for vraag in form.vragen:
        given = ((a.datum, a.antwoorden.get(vraag.id)) for a, _ in row)
        points = tuple((day, value) for day, value in given if day and value is not None)
        if points:
            ends = vraag.keuzes[0].waarde, vraag.keuzes[-1].waarde
            yield Getalvraag(vraag.tekst, _direction(lijst, vraag.id), *ends, points)


def _direction(lijst: Any, vraag: str) -> str | None:
    """Which way the answer itself counts, in the words of a schaal of this vraag alone, else in general ones.

    The words of a schaal are about its score: where the vraag counts the other way round in it they would be wrong.
    None where schalen disagree.
    """
    found = [(schaal, item.omgekeerd) for schaal in lijst.schalen for item in schaal.vragen if item.vraag == vraag]
    for schaal, omgekeerd in found:
        if len(schaal.vragen) == 1 and not omgekeerd and schaal.betekenis:
            return str(schaal.betekenis)
    ways = {(schaal.richting == "hoger-is-gunstig") != omgekeerd for schaal, omgekeerd in found}
    return GUNSTIG[ways.pop()] if len(ways) == 1 else None


def _open(afname: Ingevuld, form: Formulier) -> Iterator[OpenAntwoord]:
    for vraag in form.open_vragen:
        if (answer := afname.open.get(vraag.id)) and afname.datum:
            yield OpenAntwoord(afname.datum, vraag.tekst, answer)


# For the coach ------------------------------------------------------------------------------------------------------


def make_coachverslag(dossier: Clientdossier, periode: Periode, gemaakt: date) -> Coachverslag:
    """Everything of the period that holds, in order of day, and every correction."""
    traject = dossier.of("traject")[-1]
    by_number = {a.nummer: a for a in dossier.aantekeningen}
    holding = (a for a in dossier.aantekeningen if a.vervangen_door is None and a.soort != "traject")
    return Coachverslag(
        code=dossier.code,
        verzonnen=dossier.verzonnen,
        gemaakt=gemaakt,
        periode=periode,
        traject=traject,
        aantekeningen=tuple(a for a in holding if periode.holds(a.datum)),
        open_punten=tuple(open_punten(dossier)),
        nummers={a.nummer: number_of(dossier, a.inhoud.van, a.inhoud.wat) for a in dossier.of("opvolging")},
        correcties=tuple(
            Correctie(a, by_number[a.vervangen_door]) for a in dossier.aantekeningen if a.vervangen_door is not None
        ),
    )


# For intervisie -----------------------------------------------------------------------------------------------------

MEEST_RECENT = 6  # talks in a draft: the sheet stays on one page


class Weekregel(NamedTuple):
    """One talk in the draft of a casus: the week, and what the coach did and saw."""

    week: int
    aanwezig: str
    sturing: str | None
    technieken: tuple[str, ...]
    waarneming: str | None
    teksten: tuple[str, ...]


class Casusgegevens(NamedTuple):
    """What a draft of a casus is made of: weeks and words of the matrix; free texts only when asked.

    `vroeger` counts the talks before the last ones. `besluit` is the level with its week and, when asked, its reason.
    """

    regels: tuple[Weekregel, ...]
    vroeger: int
    besluit: tuple[int, str, str | None] | None


def make_casusgegevens(dossier: Clientdossier, with_texts: bool, start: date, tot: date) -> Casusgegevens:
    """The last talks and the last besluit up to a day, in weeks since `start`."""
    from regiekit.domain.mijlpalen import week_of

    talks = [a for a in dossier.of("gesprek") if a.datum <= tot]
    regels = []
    for a in talks[-MEEST_RECENT:]:
        g = a.inhoud
        said = tuple(t for t in (g.doel, g.gedaan, g.notitie) if t) if with_texts else ()
        regels.append(Weekregel(week_of(start, a.datum), g.aanwezig, g.sturing, g.technieken, g.waarneming, said))
    decided = [a for a in dossier.of("besluit") if a.datum <= tot]
    besluit = None
    if decided:
        last = decided[-1]
        besluit = week_of(start, last.datum), last.inhoud.niveau, last.inhoud.reden if with_texts else None
    return Casusgegevens(tuple(regels), max(0, len(talks) - MEEST_RECENT), besluit)
