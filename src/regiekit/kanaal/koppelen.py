"""A koppelbestand: read, held against the table and the vragenlijst, and written; and which vragenlijst is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regiekit.domain.koppeling import OPEN, VELDEN, VRAAG, Doel, kolommen_of, match_kolommen, without_kolom
from regiekit.errors import WRONG_FILE, ProblemsError, RegiekitError, one_line
from regiekit.kanaal.afnametekst import quoted
from regiekit.kanaal.importeren import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regiekit.content.library import Loaded
    from regiekit.content.reader import Yaml
    from regiekit.domain.koppelbestand import Koppelbestand
    from regiekit.domain.koppeling import Kolom


def load_koppeling(path: Path) -> tuple[Koppelbestand, Yaml]:
    """A koppelbestand, checked, and how it was read.

    Raises ProblemsError with its problems, RegiekitError when there is none.
    """
    from regiekit.content.compile import read_file
    from regiekit.content.validate import validate
    from regiekit.domain.koppelbestand import Koppelbestand, check_koppelbestand

    if not path.is_file():
        raise RegiekitError(f"{path} bestaat niet; kijk of de naam en de map kloppen")
    read, problems = read_file(path)
    made = None
    if read.complete and not problems:
        made, problems = validate(Koppelbestand, read, str(path), check_koppelbestand)
    if made is None or problems:
        raise ProblemsError(problems)
    return made, read


def check_words(koppeling: Koppelbestand, read: Yaml, path: Path, loaded: Loaded) -> None:
    """Raise ProblemsError when the vragenlijst has no such answers, or other ones for these words."""
    from regiekit.content.validate import faults_to_problems
    from regiekit.domain.koppelbestand import check_waarden

    if problems := faults_to_problems(check_waarden(koppeling, loaded.inhoud), read, str(path)):
        raise ProblemsError(problems)


def lijst_of(koppeling: Koppelbestand, path: Path, lijsten: Sequence[Loaded]) -> Loaded:
    """The vragenlijst of a koppelbestand, of the versie and the hash that it names; else RegiekitError (exit 3)."""
    of_id = [v for v in lijsten if v.inhoud.id == koppeling.vragenlijst and v.inhoud.versie == koppeling.versie]
    if not of_id:
        raise RegiekitError(
            f"{path}: de vragenlijst '{koppeling.vragenlijst}' met versie '{koppeling.versie}' ken ik niet; gebruik de "
            "lijst van toen, of maak een nieuwe koppeling", WRONG_FILE,
        )  # fmt: skip
    if of_id[0].hash != koppeling.hash:
        raise RegiekitError(
            f"{path}: de vragenlijst '{koppeling.vragenlijst}' is veranderd sinds deze koppeling is gemaakt (hash "
            f"{koppeling.hash}, nu {of_id[0].hash}); haal het koppelbestand weg en koppel opnieuw", WRONG_FILE,
        )  # fmt: skip
    return of_id[0]


def apply_koppeling(koppeling: Koppelbestand, path: Path, loaded: Loaded, kop: Sequence[str]) -> tuple[Kolom, ...]:
    """The columns as the koppelbestand says; RegiekitError (exit 3) when it does not fit the table or the lijst."""
    lijst = loaded.inhoud
    vragen, openen = [v.id for v in lijst.vragen], [v.id for v in lijst.open_vragen]
    named = (("kolommen", vragen), ("eigen_waarden", vragen), ("open", openen), ("zonder_training", openen))
    for part, known in named:
        if unknown := [name for name in getattr(koppeling, part) if name not in known]:
            raise RegiekitError(f"{path}: onder '{part}' staat '{unknown[0]}', en die vraag heeft '{lijst.id}' niet", 3)
    if missing := [v for v in vragen if v not in koppeling.kolommen]:
        raise RegiekitError(
            f"{path}: onder 'kolommen' ontbreekt {_some(missing)}; is er geen kolom voor, laat de naam dan leeg", 3
        )
    moments = {v.id: v.meetmoment for v in lijst.open_vragen}
    seen: dict[tuple[str, str | None], str] = {}
    for vraag, naam in (*koppeling.open.items(), *koppeling.zonder_training.items()):
        if (eerder := seen.setdefault((naam, moments[vraag]), vraag)) != vraag:
            raise RegiekitError(
                f"{path}: '{naam[:60]}' is de kolom van '{eerder}' en van '{vraag}', en die horen bij hetzelfde "
                "meetmoment; haal er één weg", WRONG_FILE,
            )  # fmt: skip
    kolommen, lost = kolommen_of(koppeling, kop)
    if lost:
        raise RegiekitError(
            f"{path}: deze kolommen staan niet in het bestand: {_some(lost)}; pas het koppelbestand aan, of geef het "
            "bestand dat erbij hoort", WRONG_FILE,
        )  # fmt: skip
    return kolommen


def _some(names: Sequence[str]) -> str:
    more = f" en nog {len(names) - 5}" if len(names) > 5 else ""
    return ", ".join(f"'{n[:60]}'" for n in names[:5]) + more


def fitting_lijsten(kop: Sequence[str], lijsten: Sequence[Loaded]) -> tuple[list[Loaded], list[Loaded]]:
    """Of the newest versie of each vragenlijst: those of which every vraag is a column, and those of which most are.

    What only lies near counts when nothing is sure.
    """
    newest = list({v.inhoud.id: v for v in lijsten}.values())
    sure = {v.inhoud.id: _count(kop, v.inhoud, propose=False) for v in newest}
    whole = [v for v in newest if sure[v.inhoud.id] == len(v.inhoud.vragen)]
    if not any(sure.values()):
        sure = {v.inhoud.id: _count(kop, v.inhoud, propose=True) for v in newest}
    most = max(sure.values(), default=0)
    return whole, [v for v in newest if sure[v.inhoud.id] == most > 0]


def _count(kop: Sequence[str], lijst: Any, *, propose: bool) -> int:
    """How many vragen have a column; those of which code and text contradict count, so that it can be told."""
    kolommen = match_kolommen(kop, lijst, codes=codes_of(lijst), propose=propose)
    found = len(lijst.vragen) - len(without_kolom(kolommen, lijst))
    return min(found + sum(k.tegenspraak is not None for k in kolommen), len(lijst.vragen))


def koppeling_text(kolommen: Sequence[Kolom], loaded: Loaded) -> str:
    """The koppelbestand of a decision, or of a proposal: what is only near says so, with the words of the vraag."""
    return "\n".join(_lines(kolommen, loaded)) + "\n"


def _lines(kolommen: Sequence[Kolom], loaded: Loaded) -> Iterator[str]:
    lijst = loaded.inhoud
    found: dict[Doel, Kolom] = {}
    for made in kolommen:
        for doel in (made.doel,) if made.doel else made.kan:
            found.setdefault(doel, made)
    yield "# Koppelbestand: welke kolom van het rekenblad welke vraag is. Geen kolom voor een vraag? Laat de naam leeg."
    yield f"vragenlijst: {lijst.id}"
    yield f"versie: {quoted(lijst.versie)}"
    yield f'hash: "{loaded.hash}"'
    yield "kolommen:"
    by_id = {doel.id: k for doel, k in found.items() if doel.soort == VRAAG}
    for vraag in lijst.vragen:
        kolom = by_id.get(vraag.id)
        if kolom is None or not kolom.zeker:
            yield f"  # {'kijk dit na' if kolom else 'geen kolom gevonden'}: {one_line(vraag.tekst)}"
        yield f"  {vraag.id}:{f' {quoted(kolom.naam)}' if kolom else ''}"
    velden = {doel.soort: k for doel, k in found.items() if doel.soort in VELDEN}
    yield "velden:" if velden else "velden: {}"
    for veld, kolom in velden.items():
        yield f"  {veld}: {quoted(kolom.naam)}{'' if kolom.zeker else '  # kijk dit na'}"
    for name, training in (("open", True), ("zonder_training", False)):
        part = {d.id: k for d, k in found.items() if d.soort == OPEN and d.training is training}
        yield from (f"{name}:" for _ in list(part)[:1])
        yield from (f"  {vraag}: {quoted(kolom.naam)}" for vraag, kolom in part.items())
    skipped = [k for k in kolommen if k not in found.values()]
    yield "overgeslagen:" if skipped else "overgeslagen: []"
    for kolom in skipped:
        why = f"ook {kolom.doel.id}, net als een andere kolom" if kolom.doel else kolom.reden
        yield f"  - {quoted(kolom.naam)}  # {one_line(why)}"
