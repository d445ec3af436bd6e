"""What is written in the dossier and read from it: clients, their aantekeningen, and files that were made of them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.aantekening import SOORTEN, Aantekening, Verwijdering
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.clientdossier import Clientdossier
from regiekit.domain.dagen import EERSTE_JAAR, LAATSTE_JAAR
from regiekit.dossier.opslag import TERUG, DossierError, Opslag, ReplacedError, controle_of
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from regiekit.domain.record import Record

PAGINA = 40  # clients on one page of the list

_COLUMNS = "a.id, a.client, a.soort, a.datum, a.geschreven, a.vervangt, a.reden, a.inhoud, a.controle"


class Uitvoer(NamedTuple):
    """A file that was made from the dossier: of one client, or of all when `code` is None."""

    nummer: int
    code: str | None
    soort: str
    pad: str
    sha256: str
    geschreven: str


class Boek:
    """The dossier as a book of aantekeningen: they are added, never changed; `remove` and `wissen` take away."""

    def __init__(self, opslag: Opslag) -> None:
        self.opslag = opslag

    # reading --------------------------------------------------------------------------------------------------------

    def codes(self) -> list[str]:
        """The codes of all clients, in order."""
        return list(self._clients("ORDER BY code").values())

    def page(self, na: str = "", aantal: int = PAGINA) -> list[Clientdossier]:
        """The dossiers of the clients after this code, in order of code; at most `aantal`."""
        found = self._clients("WHERE code > ? ORDER BY code LIMIT ?", na, aantal)
        return self._dossiers(found, with_lists=False)

    def read(self, code: str) -> Clientdossier:
        """Everything of one client; raises RegiekitError when there is none with this code."""
        number, known = self._find(code)
        return self._dossiers({number: known}, with_lists=True)[0]

    def uitvoer(self, code: str | None = None) -> list[Uitvoer]:
        """The files that were made, of one client or of all."""
        of_one = "" if code is None else "WHERE u.client = ?"
        values = () if code is None else (self._find(code)[0],)
        found = self.opslag.rows(
            "SELECT u.id, c.code, u.soort, u.pad, u.sha256, u.geschreven FROM uitvoer u "
            f"LEFT JOIN client c ON c.id = u.client {of_one} ORDER BY u.id", *values,
        )  # fmt: skip
        return [Uitvoer(*row) for row in found]

    def has_wiped(self) -> bool:
        """Whether anything was ever taken away from this dossier."""
        return bool(self.opslag.rows("SELECT 1 FROM wissing LIMIT 1"))

    def _find(self, code: str) -> tuple[int, str]:
        if found := self._clients("WHERE code = ?", code):
            return next(iter(found.items()))
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), self.codes(), n=1, cutoff=0.6)
        hint = f"bedoelde je {near[0]}?" if near else "de lijst staat in 'regiekit dossier lijst'"
        raise RegiekitError(f"cliënt '{code}' staat niet in het dossier; {hint}")

    def _clients(self, which: str, *values: object) -> dict[int, str]:
        """The codes of clients by their number; raises DossierError when one is no code, as in a damaged file."""
        found = self.opslag.rows(f"SELECT id, code FROM client {which}", *values)
        if not all(type(code) is str for _, code in found):
            raise self._damaged("de lijst van cliënten")
        return dict(found)

    def _damaged(self, what: str) -> DossierError:
        return DossierError(f"{self.opslag.path} is beschadigd ({what}). {TERUG}")

    def _dossiers(self, clients: Mapping[int, str], with_lists: bool) -> list[Clientdossier]:
        """The dossiers of these clients, in their order, from two questions to the database."""
        marks = ",".join("?" * len(clients))
        found = self.opslag.rows(f"SELECT {_COLUMNS} FROM aantekening a WHERE a.client IN ({marks})", *clients)
        by_client: dict[int, list[tuple[Any, ...]]] = {number: [] for number in clients}
        for row in found:
            if row[1] not in by_client:  # an index that says something else than its table
                raise self._damaged(f"aantekening {row[0]}")
            by_client[row[1]].append(row)
        held = {number: tuple(sorted(self._aantekeningen(rows), key=_by_day)) for number, rows in by_client.items()}
        lists = self._vragenlijsten(held.values()) if with_lists else {}
        verzonnen = self.opslag.head.verzonnen
        return [Clientdossier(code, held[number], lists, verzonnen) for number, code in clients.items()]

    def _aantekeningen(self, rows: Sequence[tuple[Any, ...]]) -> Iterable[Aantekening]:
        replaced = {row[5]: row[0] for row in rows if row[5] is not None}
        firsts: dict[int, int] = {}
        for row in sorted(rows):
            firsts[row[0]] = firsts.get(row[5], row[0])
        for row in rows:
            number, _, soort, datum, geschreven, vervangt, reden, _, _ = row
            inhoud = self._inhoud(row)
            yield Aantekening(
                number, soort, date.fromisoformat(datum), geschreven, inhoud, firsts[number], vervangt, reden,
                replaced.get(number),
            )  # fmt: skip

    def _inhoud(self, row: tuple[Any, ...]) -> Record:
        """The content of one row; raises DossierError when the row is not as it was written."""
        number, client, soort, datum, geschreven, vervangt, reden, inhoud, controle = row
        if controle_of(client, soort, datum, geschreven, vervangt, reden, inhoud) != controle:
            raise DossierError(f"aantekening {number} in {self.opslag.path} is niet zoals zij geschreven is. {TERUG}")
        try:
            return SOORTEN[soort].model_validate_json(inhoud)
        except (KeyError, ValueError):  # it is as it was written, so by a program that knows more
            raise DossierError(
                f"{self.opslag.path} heeft een aantekening ({number}) die deze regiekit niet kent; neem de nieuwste"
            ) from None

    def _vragenlijsten(self, held: Iterable[Iterable[Aantekening]]) -> dict[str, Any]:
        hashes = sorted({a.inhoud.hash for one in held for a in one if a.soort == "afname"})
        marks = ",".join("?" * len(hashes))
        found = self.opslag.rows(f"SELECT hash, inhoud, controle FROM vragenlijst WHERE hash IN ({marks})", *hashes)
        whole = {name: inhoud for name, inhoud, controle in found if controle_of(name, inhoud) == controle}
        if len(whole) < len(hashes):
            raise DossierError(f"in {self.opslag.path} ontbreekt een vragenlijst die is ingevuld. {TERUG}")
        return {name: json.loads(inhoud) for name, inhoud in whole.items()}

    # writing --------------------------------------------------------------------------------------------------------

    def new_client(self, code: str, datum: date, inhoud: Record) -> int:
        """A new client with the data of the traject; raises RegiekitError when the code is taken or cannot be one."""
        check_clientcode(code)
        with self.opslag.write():
            if self.opslag.rows("SELECT 1 FROM client WHERE code = ?", code):
                raise RegiekitError(f"cliënt '{code}' staat al in het dossier; kies een andere code")
            client = self.opslag.execute("INSERT INTO client (code) VALUES (?)", code)
            return self._insert(client, datum, inhoud)

    def add(self, code: str, datum: date, inhoud: Record, vragenlijst: Any = None) -> int:
        """One more aantekening; gives its nummer. With an afname goes its vragenlijst, as plain values."""
        with self.opslag.write():
            client, _ = self._find(code)
            return self._insert_with(client, datum, inhoud, vragenlijst)

    def add_all(
        self, code: str, notes: Sequence[tuple[date, Record, Any]], check: Callable[[Clientdossier], None]
    ) -> list[int]:
        """Several aantekeningen, each with its vragenlijst as plain values or None: all or none. Gives their nummers.

        `check` looks at the dossier as it is at that moment, when no other window writes, and raises to stop.
        """
        with self.opslag.write():
            client, known = self._find(code)
            check(self._dossiers({client: known}, with_lists=False)[0])
            return [self._insert_with(client, *note) for note in notes]

    def correct(
        self, code: str, nummer: int, datum: date, inhoud: Record, reden: str | None,
        check: Callable[[Clientdossier], None] | None = None,
    ) -> int:  # fmt: skip
        """A new aantekening in the place of one that holds; the old one stays. Raises RegiekitError when it holds no
        more: then another window was first. `check` is as in `add_all`."""
        with self.opslag.write():
            client, known = self._find(code)
            found = self.opslag.rows("SELECT soort FROM aantekening WHERE id = ? AND client = ?", nummer, client)
            if not found:
                raise RegiekitError(
                    f"aantekening {nummer} van {code} is er niet; kijk met 'regiekit dossier toon {code}'"
                )
            if later := self.opslag.rows("SELECT id FROM aantekening WHERE vervangt = ?", nummer):
                raise RegiekitError(
                    f"aantekening {nummer} is al vervangen door {later[0][0]}; bekijk die eerst met 'regiekit dossier "
                    f"toon {code}'"
                )
            assert isinstance(inhoud, SOORTEN[found[0][0]])
            if check:
                check(self._dossiers({client: known}, with_lists=False)[0])
            return self._insert(client, datum, inhoud, nummer, reden)

    def remove(self, code: str, nummer: int, datum: date, reden: str) -> list[int]:
        """Take away what `find_weg` names; gives the nummers. That it was done stays, with the day and the reason.

        What holds of a row of corrections stands from then on under the first nummer of that row, so that an opvolging
        still finds it. Its own nummer is gone, and no nummer is ever given out again.
        """
        with self.opslag.write():
            client, _ = self._find(code)
            gone, kept = find_weg(self.read(code), nummer)
            if not gone:
                raise RegiekitError(f"aantekening {nummer} van {code} is al weg, of heeft geen oude waarden")
            numbers = [a.nummer for a in gone]
            row = [a.nummer for a in (*gone, kept) if a]
            self.opslag.execute(f"DELETE FROM aantekening WHERE id IN ({','.join('?' * len(row))})", *row)
            if kept:  # under the first nummer of the row, by which an opvolging names it
                values = (client, kept.soort, kept.datum.isoformat(), kept.geschreven, None, None)
                self._insert_row(*values, kept.inhoud.model_dump_json(), nummer=kept.eerste)
                numbers = [number for number in (*numbers, kept.nummer) if number != kept.eerste]
            self.opslag.execute(
                "INSERT INTO wissing (geschreven, aantekeningen, clienten) VALUES (?, ?, 0)", now(), len(numbers)
            )
            self._insert(client, datum, Verwijdering(nummers=tuple(sorted(numbers)), reden=reden))
            return numbers

    def note_uitvoer(self, code: str | None, soort: str, pad: Path, content: bytes) -> int:
        """Write down that a file is made from the dossier; gives the number of the note."""
        with self.opslag.write():
            client = self._find(code)[0] if code else None
            return self.opslag.execute(
                "INSERT INTO uitvoer (client, soort, pad, sha256, geschreven) VALUES (?, ?, ?, ?, ?)",
                client, soort, str(pad), hashlib.sha256(content).hexdigest(), now(),
            )  # fmt: skip

    def drop_uitvoer(self, nummer: int) -> None:
        """Take back the note of a file that was not made after all."""
        with self.opslag.write():
            self.opslag.execute("DELETE FROM uitvoer WHERE id = ?", nummer)

    def _insert_with(self, client: int, datum: date, inhoud: Record, vragenlijst: Any) -> int:
        if vragenlijst is not None:
            text = json.dumps(vragenlijst, ensure_ascii=False)
            values = (inhoud.hash, text)  # type: ignore[attr-defined]
            insert = "INSERT INTO vragenlijst VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self.opslag.execute(insert, *values, controle_of(*values))
        return self._insert(client, datum, inhoud)

    def _insert(
        self, client: int, datum: date, inhoud: Record, vervangt: int | None = None, reden: str | None = None
    ) -> int:
        check_dagen(datum, inhoud)
        soort = next(name for name, model in SOORTEN.items() if type(inhoud) is model)
        return self._insert_row(client, soort, datum.isoformat(), now(), vervangt, reden, inhoud.model_dump_json())

    def _insert_row(self, *values: Any, nummer: int | None = None) -> int:
        return self.opslag.execute(
            "INSERT INTO aantekening (client, soort, datum, geschreven, vervangt, reden, inhoud, controle, id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *values, controle_of(*values), nummer,
        )  # fmt: skip

    # the whole ------------------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """What does not hold, of the file and of every aantekening; empty when all is well."""
        found = self.opslag.faults()
        if found:
            return found
        for code in self.codes():
            try:
                if self.read(code).last("traject") is None:
                    found.append(f"{code}: het begin van het traject ontbreekt")
            except ReplacedError:  # that says nothing about the file
                raise
            except RegiekitError as error:
                found.append(f"{code}: {error}")
        return found


def find_weg(dossier: Clientdossier, nummer: int) -> tuple[list[Aantekening], Aantekening | None]:
    """What goes when this aantekening is taken away, and what stays of its row of corrections.

    Of one that was replaced, and of the traject, the old values go and what holds stays. Any other goes whole, with its
    row and with the opvolgingen of what was agreed in it, as these hold the same words.
    """
    named = next((a for a in dossier.aantekeningen if a.nummer == nummer), None)
    if named is None:
        return [], None
    row = [a for a in dossier.aantekeningen if a.eerste == named.eerste]
    if named.vervangen_door or named.soort == "traject":
        return [a for a in row if a.vervangen_door], next(a for a in row if not a.vervangen_door)
    answers = [a for a in dossier.aantekeningen if a.soort == "opvolging" and a.inhoud.van == named.eerste]
    firsts = {named.eerste, *(a.eerste for a in answers if named.soort != "opvolging")}
    return [a for a in dossier.aantekeningen if a.eerste in firsts], None


def check_dagen(datum: date, inhoud: Record) -> None:
    """Raises RegiekitError when a day that would be stored lies so far off that it must be a slip."""
    for day in (datum, *(value for _, value in inhoud if isinstance(value, date))):
        if not EERSTE_JAAR <= day.year <= LAATSTE_JAAR:
            raise RegiekitError(f"de dag {day} kan niet kloppen: in het dossier ligt een dag tussen {EERSTE_JAAR} en "
                                f"{LAATSTE_JAAR}. Er is niets bewaard")  # fmt: skip


def _by_day(aantekening: Aantekening) -> tuple[date, int, int]:
    """On one day as they came: a correction stands where the first of its row stood, and not after what came later."""
    return aantekening.datum, aantekening.eerste, aantekening.nummer


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
