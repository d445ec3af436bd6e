"""What is written in the dossier and read from it: clients, their aantekeningen, and files that were made of them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from regiekit.domain.aantekening import SOORTEN, Aantekening
from regiekit.domain.clientcode import check_clientcode
from regiekit.domain.clientdossier import Clientdossier
from regiekit.dossier.opslag import TERUG, DossierError, Opslag
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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
    """The dossier as a book of aantekeningen: they are added, never changed."""

    def __init__(self, opslag: Opslag) -> None:
        self.opslag = opslag

    # reading --------------------------------------------------------------------------------------------------------

    def codes(self) -> list[str]:
        """The codes of all clients, in order."""
        return [code for (code,) in self.opslag.rows("SELECT code FROM client ORDER BY code")]

    def page(self, na: str = "", aantal: int = PAGINA) -> list[Clientdossier]:
        """The dossiers of the clients after this code, in order of code; at most `aantal`."""
        found = self.opslag.rows("SELECT id, code FROM client WHERE code > ? ORDER BY code LIMIT ?", na, aantal)
        return self._dossiers(dict(found), with_lists=False)

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

    def _find(self, code: str) -> tuple[int, str]:
        found = self.opslag.rows("SELECT id, code FROM client WHERE code = ?", code)
        if found:
            return found[0][0], found[0][1]
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), self.codes(), n=1, cutoff=0.6)
        hint = f"bedoelde je {near[0]}?" if near else "de lijst staat in 'regiekit dossier lijst'"
        raise RegiekitError(f"cliënt '{code}' staat niet in het dossier; {hint}")

    def _dossiers(self, clients: Mapping[int, str], with_lists: bool) -> list[Clientdossier]:
        """The dossiers of these clients, in their order, from two questions to the database."""
        marks = ",".join("?" * len(clients))
        found = self.opslag.rows(
            f"SELECT {_COLUMNS} FROM aantekening a WHERE a.client IN ({marks}) ORDER BY a.datum, a.id", *clients
        )
        by_client: dict[int, list[tuple[Any, ...]]] = {number: [] for number in clients}
        for row in found:
            by_client[row[1]].append(row)
        lists = self._vragenlijsten(found) if with_lists else {}
        verzonnen = self.opslag.head.verzonnen
        return [
            Clientdossier(code, tuple(self._aantekeningen(by_client[number])), lists, verzonnen)
            for number, code in clients.items()
        ]

    def _aantekeningen(self, rows: Sequence[tuple[Any, ...]]) -> Iterable[Aantekening]:
        replaced = {row[5]: row[0] for row in rows if row[5] is not None}
        firsts: dict[int, int] = {}
        for row in sorted(rows):
            firsts[row[0]] = firsts.get(row[5], row[0])
        for row in rows:
            number, _, soort, datum, geschreven, vervangt, reden, _, _ = row
            yield Aantekening(
                number, soort, date.fromisoformat(datum), geschreven, self._inhoud(row), firsts[number], vervangt,
                reden, replaced.get(number),
            )  # fmt: skip

    def _inhoud(self, row: tuple[Any, ...]) -> Record:
        """The content of one row; raises DossierError when the row is not as it was written."""
        number, client, soort, datum, geschreven, vervangt, reden, inhoud, controle = row
        if controle_of(client, soort, datum, geschreven, vervangt, reden, inhoud) != controle:
            raise DossierError(f"aantekening {number} in {self.opslag.path} is niet zoals zij geschreven is. {TERUG}")
        if soort not in SOORTEN:
            raise DossierError(
                f"{self.opslag.path} heeft een aantekening die deze regiekit niet kent; neem de nieuwste"
            )
        return SOORTEN[soort].model_validate_json(inhoud)

    def _vragenlijsten(self, rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
        hashes = sorted({json.loads(row[7])["hash"] for row in rows if row[2] == "afname"})
        marks = ",".join("?" * len(hashes))
        found = self.opslag.rows(f"SELECT hash, inhoud FROM vragenlijst WHERE hash IN ({marks})", *hashes)
        return {name: json.loads(inhoud) for name, inhoud in found}

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
            if vragenlijst is not None:
                text = json.dumps(vragenlijst, ensure_ascii=False)
                self.opslag.execute("INSERT OR IGNORE INTO vragenlijst VALUES (?, ?)", inhoud.hash, text)  # type: ignore[attr-defined]
            return self._insert(client, datum, inhoud)

    def correct(self, code: str, nummer: int, datum: date, inhoud: Record, reden: str | None) -> int:
        """A new aantekening in the place of one that holds; the old one stays. Raises RegiekitError when it holds no
        more: then another window was first."""
        with self.opslag.write():
            client, _ = self._find(code)
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
            return self._insert(client, datum, inhoud, nummer, reden)

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

    def _insert(
        self, client: int, datum: date, inhoud: Record, vervangt: int | None = None, reden: str | None = None
    ) -> int:
        soort = next(name for name, model in SOORTEN.items() if type(inhoud) is model)
        moment, text = now(), inhoud.model_dump_json()
        values = (client, soort, datum.isoformat(), moment, vervangt, reden, text)
        return self.opslag.execute(
            "INSERT INTO aantekening (client, soort, datum, geschreven, vervangt, reden, inhoud, controle) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values, controle_of(*values),
        )  # fmt: skip

    # the whole ------------------------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """What does not hold, of the file and of every aantekening; empty when all is well."""
        found = self.opslag.faults()
        if found:
            return found
        for code in self.codes():
            try:
                self.read(code)
            except (RegiekitError, ValueError) as error:
                found.append(f"{code}: {error}")
        numbers = self.opslag.rows("SELECT count(*), (SELECT seq FROM sqlite_sequence WHERE name = 'aantekening'), "
                                   "(SELECT total(aantekeningen) FROM wissing) FROM aantekening")  # fmt: skip
        held, given, wiped = numbers[0]
        if held + wiped != (given or 0):
            found.append(f"er horen {given - wiped:.0f} aantekeningen te zijn, en er zijn er {held}")
        return found


def controle_of(*values: object) -> bytes:
    """Sixteen bytes over a row, so that a row that is put together from two moments is seen."""
    text = json.dumps(values, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
