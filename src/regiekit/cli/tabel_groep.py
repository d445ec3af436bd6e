"""A table of afnames as a Groepstabel: what `score TABEL` and `groep TABEL` do before anything is computed.

There are two ways to read one, with the same outcome. The quick one (`groep.lezen`) takes a table of plain numbers at
once, and gives up at anything strange; the other one (`kanaal.importeren`) goes row by row and says what is wrong.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from regiekit.cli.koppel import agree, decide
from regiekit.cli.output import progress
from regiekit.cli.rijen import GEWEIGERD_KOP, refusal_row, refusals_file, refused_path, start_csv
from regiekit.cli.vragenlijst import quoted
from regiekit.content.library import load_formulierteksten, load_namenlijst
from regiekit.domain.antwoordwoorden import EMPTY
from regiekit.domain.groepscijfers import Rijtelling
from regiekit.domain.koppeling import VRAAG, names_someone, plain_id
from regiekit.errors import MAX_PROBLEMS, REFUSED, WRONG_FILE, ProblemsError, RegiekitError, bounded, visible
from regiekit.groep.frame import count_faults, free_name
from regiekit.groep.lezen import (
    LEEG_GESCHREVEN,
    NOT_PLAIN,
    Indeling,
    Verzamelaar,
    as_whole,
    has_doubles,
    has_empty_row,
    has_empty_words,
    is_parquet,
    parquet_hoogte,
    parquet_is_whole,
    parquet_kop,
    parquet_rijen,
    rows_without_cells,
    scan_plain,
    unknown_texts,
    when_plain,
    with_velden,
    without_rows,
)
from regiekit.groep.tabel import CLIENT, DATUM, MEETMOMENT, RIJ, Groepstabel
from regiekit.kanaal.importeren import Importeur, guarded
from regiekit.kanaal.tabel import BLOCK, Blok, Tabelbestand, lines_of_kop, open_tabel, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import polars as pl

    from regiekit.cli.koppel import Besluit
    from regiekit.content.library import Loaded
    from regiekit.errors import Problem
    from regiekit.kanaal.importeren import Geweigerd, Goed

T = TypeVar("T")

EEN_AFNAME = (".yaml", ".yml", ".json")
VAST = ("vragenlijst", "versie", "hash")  # columns, as our own output has them, that must say what was chosen
_UTF8 = "utf-8-sig"
KAPOT = "een Parquet-bestand dat kapot is; maak het opnieuw"
_BYTE = 127
# Answers of people take a third of a byte a cell or more; a file of one repeated row would fill the memory.
VEEL_CELLEN = 20_000_000
MAX_CELLEN_PER_BYTE = 100


class Tabelopdracht(NamedTuple):
    """What was asked of a table: the options that `score TABEL` and `groep TABEL` share.

    `opdracht`: the command, for what to type ('score', 'groep'). `id`: a column that is kept as it is. `map`: the
    folder of the first file that is written, where the refused rows come; None when nothing is written.
    """

    bestand: Path
    vragenlijst: str | None = None
    koppel: Path | None = None
    meetmoment: str | None = None
    blad: str | None = None
    weiger_rijen: bool = False
    akkoord: bool = False
    overschrijf: bool = False
    bibliotheek: Path | None = None
    json: bool = False
    map: Path | None = None
    opdracht: str = "groep"
    id: str | None = None

    @property
    def geweigerd(self) -> Path | None:
        """The file of refused rows, when it is asked for and there is a place for it."""
        return refused_path(self.map, self.bestand) if self.weiger_rijen and self.map else None


class Gelezen(NamedTuple):
    """A table that was read: its good rows. `geweigerd`: the first refused ones (only with --weiger-rijen;
    `tabel.telling` has how many), `waarschuwingen`: (code, Dutch sentence) to show beside the output."""

    tabel: Groepstabel
    loaded: Loaded
    geweigerd: tuple[Problem, ...]
    waarschuwingen: tuple[tuple[str, str], ...]


def read_groepstabel(opdracht: Tabelopdracht, *, mensen: bool) -> Gelezen:
    """Read a table, its good rows checked and complete. Prints only questions about columns, and progress.

    `mensen`: each person may be there once at a meetmoment (for figures of a group); a second row is refused.
    Raises ProblemsError (exit 3) with the rows when some are refused and --weiger-rijen was not given; then nothing is
    written. With it they are in the file `opdracht.geweigerd`. Raises RegiekitError when the file is no table, is of
    another vragenlijst or of more than one versie, or when its columns are not agreed to.
    """
    return Tabelbron(opdracht, mensen=mensen).read()


class Tabelbron:
    """A table of which it is decided what each column is, and nothing is read yet."""

    def __init__(self, opdracht: Tabelopdracht, *, mensen: bool) -> None:
        """Open the file and decide; raises as `read_groepstabel` does for what is wrong with the file as a whole."""
        self.opdracht, self.mensen = opdracht, mensen
        _check_name(opdracht.bestand, opdracht.map)
        tabel = _open(opdracht.bestand, opdracht.blad)
        o = opdracht
        besluit = decide(tabel, o.vragenlijst, o.koppel, o.meetmoment, o.bibliotheek, o.json, o.opdracht)
        _check_meetmoment(besluit, tabel)
        self.besluit: Besluit = agree(besluit, tabel, o.akkoord, o.json, o.overschrijf)
        self.tabel, self.loaded = tabel, besluit.loaded
        # a language and answers in words count for nothing here, so nothing in them is refused
        fields = (VRAAG, CLIENT, MEETMOMENT, DATUM)
        self.kolommen = [
            k if k.doel is None or k.doel.soort in fields else k._replace(doel=None) for k in self.besluit.kolommen
        ]
        places = {k.doel.id: k.plaats for k in self.kolommen if k.doel and k.doel.soort == VRAAG}
        self.vragen = {v.id: places[v.id] for v in self.loaded.inhoud.vragen if v.id in places}
        self.velden = {k.doel.soort: k.plaats for k in self.kolommen if k.doel and k.doel.soort != VRAAG}
        self.vast = {
            free_name(f" {place}", tabel.kop): (plain_id(naam), place)
            for place, naam in enumerate(tabel.kop) if plain_id(naam) in VAST and not self.kolommen[place].doel
        }  # fmt: skip
        self.id = _place_of_id(opdracht.id, tabel, self.vragen, self.kolommen)
        self.importeur = self._new_importeur()

    def _new_importeur(self) -> Importeur:
        from regiekit.domain.clientcode import whole_names

        teksten, namen = load_formulierteksten(self.opdracht.bibliotheek), whole_names(load_namenlijst())
        besluit = self.besluit
        return Importeur(
            self.tabel, self.kolommen, self.loaded, teksten, besluit.koppeling, besluit.meetmoment, namen,
            houd_lege=True, dubbel_mag=not self.mensen,
        )  # fmt: skip

    @property
    def tekstkolommen(self) -> list[str]:
        """The columns of text of the frame, in its order."""
        asked = {MEETMOMENT} if self.besluit.meetmoment else set()
        velden = [v for v in (CLIENT, MEETMOMENT, DATUM) if v in self.velden or v in asked]
        return [*velden, self.opdracht.id] if self.id is not None and self.opdracht.id else velden

    def read(self) -> Gelezen:
        """The table; see `read_groepstabel`."""
        with progress("Lezen"):
            made = self._read_plain()
        return made or self.read_rows()

    # the quick way --------------------------------------------------------------------------------------------------

    def try_plain(self, work: Callable[[Indeling, pl.LazyFrame], T]) -> T | None:
        """What `work` makes of how the file is laid out and its plain scan, answers not checked.

        None when the quick way cannot be. Words for an empty cell are only looked for when there is something in the
        way of numbers alone: looking for them costs a third of the time.
        """
        indeling = self._indeling()
        while indeling is not None and (frame := self._plain(indeling)) is not None:
            try:
                return when_plain(indeling, partial(work, indeling, frame))
            except NOT_PLAIN:
                indeling = indeling._replace(leeg=LEEG_GESCHREVEN) if indeling.teken and not indeling.leeg else None
        return None

    def _plain(self, indeling: Indeling) -> pl.LazyFrame | None:
        scan = scan_plain(indeling)
        if scan is None or (self.id is not None and not _check_values(scan, self.opdracht.id)):
            return None
        kept = [*self.vast, *([self.opdracht.id] if self.opdracht.id else [])]
        texts = unknown_texts(scan, [*self.velden, *self.vast])
        if texts is None or (indeling.leeg and has_empty_words(indeling, kept)):
            return None
        if any(self._others(naam, texts.pop(naam)) for naam in self.vast):
            return None  # it is not sure yet that these are cells of that column
        known = {veld: self._read_texts(veld, found) for veld, found in texts.items()}
        if any(None in said.values() for said in known.values()):
            return None
        return with_velden(scan.drop(list(self.vast)), known, self.besluit.meetmoment)  # type: ignore[arg-type]

    def _indeling(self) -> Indeling | None:
        tabel, words = self.tabel, self.importeur.woorden
        if not all(_is_plain(words[vraag]) for vraag in self.vragen):
            return None
        klein = all(max(abs(words[v].ends.min), words[v].ends.max) <= _BYTE for v in self.vragen)
        kept = {**self.velden, **{naam: plaats for naam, (_, plaats) in self.vast.items()}}
        if self.id is not None and self.opdracht.id:
            kept[self.opdracht.id] = self.id
        plek = Indeling(Path(tabel.bestand), self.vragen, kept, tabel.kop_rij + 1, klein)
        if is_parquet(plek.pad):
            return plek
        if tabel.vorm is None or tabel.vorm.codering != _UTF8 or not tabel.vorm.teken.isascii():
            return None
        found = lines_of_kop(tabel)
        return plek._replace(teken=tabel.vorm.teken, regels=found[0], breedte=found[1]) if found else None

    def _mine(self, naam: str) -> str:
        """What a column of our own must say."""
        lijst = self.loaded.inhoud
        said: dict[str, str] = {"vragenlijst": lijst.id, "versie": lijst.versie, "hash": self.loaded.hash}
        return said[self.vast[naam][0]]

    def _others(self, naam: str, texts: Iterable[str]) -> list[str]:
        """What it says beside that."""
        mine = self._mine(naam)
        return sorted({t.strip() for t in texts} - {"", mine, guarded(mine)})

    def _read_texts(self, veld: str, texts: list[str]) -> dict[str, str | None]:
        """What each text of a field says; None is refused."""
        read = self.importeur.leest[veld]
        said = {text: read(text) for text in texts}
        if veld == DATUM and self.importeur.datums.settle():
            said = {text: read(text) for text in texts}
        return said

    def _read_plain(self) -> Gelezen | None:
        found = self.try_plain(lambda indeling, frame: (indeling, frame.collect(engine="streaming")))
        if found is None or count_faults(found[1], self.loaded, mag_ontbreken=True):
            return None
        indeling, made = found
        leeg = rows_without_cells(indeling) if has_empty_row(made, list(self.vragen)) else []
        if leeg is None or (self.mensen and has_doubles(made)):
            return None
        whole = as_whole(without_rows(made.lazy(), leeg).collect(), list(self.vragen))
        blank = {v: {"leeg": whole[v].null_count()} for v in self.vragen}
        return self.gelezen(whole.lazy(), made.height, len(leeg), blank)

    def gelezen(self, frame: pl.LazyFrame, rijen: int, leeg: int, blank: Mapping[str, Mapping[str, int]]) -> Gelezen:
        """What a table gives of which no row is refused."""
        telling = Rijtelling(rijen, rijen - leeg, 0, leeg)
        return Gelezen(Groepstabel(self.tabel.bestand, frame, telling, blank), self.loaded, (), self._warnings())

    def _warnings(self) -> tuple[tuple[str, str], ...]:
        about = ("datum-tegenspraak", "datum-dubbelzinnig")
        return tuple(w for w in self.importeur.warnings() if w[0] in about)

    # row by row -----------------------------------------------------------------------------------------------------

    def read_rows(self) -> Gelezen:
        """The table row by row, with every row that is refused; see `read_groepstabel`."""
        self.importeur = self._new_importeur()  # a fresh one: what the quick way saw of the dates does not count
        weiger = self.opdracht.weiger_rijen
        pad = self.opdracht.geweigerd
        with progress("Lezen") as tell, ExitStack() as files:
            refusals = files.enter_context(refusals_file(pad, replace=self.opdracht.overschrijf)) if pad else None
            rows, problems = self._one_time(refusals, tell)
            if self.importeur.settle():
                rows, problems = self._one_time(refusals, tell)
            if self.id is not None:
                _check_values(rows.frame(), self.opdracht.id)
            if problems and not weiger:
                raise ProblemsError(bounded(problems))
            if len(problems) > MAX_PROBLEMS and not pad:
                raise RegiekitError(
                    f"{self.tabel.bestand}: er wordt te veel geweigerd om hier te tonen (meer dan {MAX_PROBLEMS} "
                    "antwoorden of rijen); geef --uit PAD, dan komt alles met de reden in een bestand ernaast"
                )
            if refusals:
                refusals.check()
        telling = Rijtelling(*self.importeur.telling)
        tabel = Groepstabel(self.tabel.bestand, rows.frame(), telling, _blanks(self.importeur))
        return Gelezen(tabel, self.loaded, tuple(bounded(problems)), self._warnings())

    def _one_time(self, refusals: Any, tell: Any) -> tuple[Verzamelaar, list[Problem]]:
        """Go over the rows once: the good ones, and the first problems; the file of refused rows starts anew."""
        rows = Verzamelaar(list(self.vragen), self.tekstkolommen)
        problems: list[Problem] = []
        writer = start_csv(refusals, GEWEIGERD_KOP) if refusals else None
        if refusals:
            refusals.keep = False
        for goed, geweigerd in self.importeur.blokken():
            self._check_vast(goed)
            rows.add(goed.nummers, self._texts(goed), goed.antwoorden)
            problems += self._problems(geweigerd, len(problems))
            if refusals and writer and geweigerd:
                refusals.keep = True
                writer.writerows(map(refusal_row, geweigerd))
            tell(len(goed.nummers))
        return rows, problems

    def _check_vast(self, goed: Goed) -> None:
        """Raises RegiekitError (exit 3) when a column of our own says another vragenlijst, versie or hash."""
        for naam, (_, plaats) in self.vast.items():
            if others := self._others(naam, set(goed.cellen[plaats])):
                raise RegiekitError(
                    f"{self.tabel.bestand}: in de kolom '{visible(self.tabel.kop[plaats])}' staat "
                    f"{visible(self.importeur.quoted(others[0]))}, en de vragenlijst hier heeft '{self._mine(naam)}'. "
                    "Regiekit telt geen versies bij elkaar op: splits de tabel, of kies de lijst van toen", WRONG_FILE,
                )  # fmt: skip

    def _texts(self, goed: Goed) -> dict[str, Sequence[str]]:
        found = {CLIENT: goed.client, MEETMOMENT: goed.meetmoment, DATUM: goed.datum}
        if self.id is not None and self.opdracht.id:
            found[self.opdracht.id] = goed.cellen[self.id]
        return {naam: found[naam] for naam in self.tekstkolommen}

    def _problems(self, geweigerd: list[Geweigerd], known: int) -> list[Problem]:
        return [g.as_problem(self.tabel.bestand) for g in geweigerd[: MAX_PROBLEMS + 1 - known]]


def _check_name(*paden: Path | None) -> None:
    """Raises RegiekitError for a name that is no text, which Polars cannot be given."""
    for pad in paden:
        try:
            str(pad).encode()
        except UnicodeEncodeError:
            raise RegiekitError(f"{pad}: in deze naam staan tekens die niets betekenen; geef een andere naam") from None


def _open(pad: Path, blad: str | None) -> Tabelbestand:
    """The table, of any kind; raises RegiekitError with what is wrong and what to do."""
    if pad.suffix.lower() in EEN_AFNAME and pad.is_file():
        raise RegiekitError(
            f"{pad} is geen tabel (.csv, .xlsx, .ods of .parquet). Is het één ingevulde vragenlijst? Typ dan: regiekit "
            f"score {quoted(str(pad))}", WRONG_FILE,
        )  # fmt: skip
    if not pad.is_file() or not is_parquet(pad):
        return open_tabel(pad, blad)
    if blad is not None:
        raise RegiekitError(f"{pad} is een Parquet-bestand en heeft geen bladen; laat --blad weg")
    veel = max(VEEL_CELLEN, MAX_CELLEN_PER_BYTE * pad.stat().st_size)
    if not parquet_is_whole(pad, veel):
        raise wrong(pad, KAPOT)
    kop, rijen = parquet_kop(pad), parquet_hoogte(pad)
    if not rijen:
        raise wrong(pad, "alleen een kop, zonder één antwoord; exporteer de antwoorden opnieuw")
    if rijen * len(kop) > veel:
        raise wrong(pad, f"een Parquet-bestand met {rijen} rijen in heel weinig bytes; maak het opnieuw")
    return Tabelbestand(str(pad), None, kop, 1, lambda: _parquet_blokken(pad))


def _check_meetmoment(besluit: Besluit, tabel: Tabelbestand) -> None:
    """Raises RegiekitError when both the command and a column say the meetmoment."""
    found = next((k.naam for k in besluit.alle if k.doel and k.doel.soort == MEETMOMENT), None)
    if besluit.meetmoment and found is not None:
        raise RegiekitError(
            f"{tabel.bestand} heeft zelf een kolom met het meetmoment ('{visible(found)}'); laat --meetmoment weg"
        )


def _parquet_blokken(pad: Path) -> Iterator[Blok]:
    eerste = 2
    for rijen in parquet_rijen(pad, BLOCK):
        yield Blok(eerste, rijen)
        eerste += len(rijen)


def _place_of_id(naam: str | None, tabel: Tabelbestand, vragen: Mapping[str, int], kolommen: Any) -> int | None:
    """The place of the column that is kept; raises RegiekitError when there is none, or when it says who someone is."""
    if naam is None:
        return None
    if not naam or naam not in tabel.kop:
        raise RegiekitError(f"{tabel.bestand} heeft geen kolom '{visible(naam)}'; kijk de naam bij --id na")
    plaats = tabel.kop.index(naam)
    if names_someone(naam):
        raise RegiekitError(
            f"de kolom '{visible(naam)}' kan iemand herkenbaar maken, en gaat niet mee; neem met --id een kolom met "
            "een nummer of code", REFUSED,
        )  # fmt: skip
    doel = kolommen[plaats].doel
    if doel is not None or plain_id(naam) in VAST or naam in (RIJ, CLIENT, MEETMOMENT, DATUM, *vragen):
        raise RegiekitError(f"de kolom '{visible(naam)}' is er al, of is een vraag; laat --id weg, of kies een andere")
    return plaats


def _check_values(frame: pl.LazyFrame, naam: str | None) -> bool:
    """Whether the values of the column that is kept could be looked at.

    Raises RegiekitError (exit code 4), without any of them in it, when they could tell who somebody is.
    """
    from regiekit.cli.bestandsnaam import tells_someone
    from regiekit.groep.idwaarden import look_at_values

    found = look_at_values(frame, str(naam))
    if found is None:
        return False
    if found.mail:
        what = "e-mailadressen"
    elif found.nummers:
        what = "nummers die op een BSN lijken"
    elif any(map(tells_someone, found.teksten)):
        what = "namen, of iets anders dat zegt wie iemand is"
    else:
        return True
    raise RegiekitError(
        f"in de kolom '{visible(str(naam))}' staan {what}, en die gaan niet mee; neem met --id een kolom met een "
        "nummer of code", REFUSED,
    )  # fmt: skip


def _is_plain(woorden: Any) -> bool:
    """Whether a number in a cell of this vraag always is that answer, and an empty cell no answer."""
    for word, found in woorden.words.items():
        if word in EMPTY and found != {None}:
            return False
        digits = word.removeprefix("-")
        if digits.isascii() and digits.isdigit() and found != {int(word)}:
            return not woorden.ends.min <= int(word) <= woorden.ends.max
    return True


def _blanks(importeur: Importeur) -> dict[str, dict[str, int]]:
    return {
        vraag: {soort or "leeg": n for soort, n in counts.items() if not isinstance(soort, int)}
        for vraag, counts in importeur.aantallen.items()
    }
