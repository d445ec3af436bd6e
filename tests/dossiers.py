"""A dossier for tests: at a path of its own, with a key that costs no half second."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from regiekit.domain.aantekening import Traject
from regiekit.dossier import opslag
from regiekit.dossier.boek import Boek
from util import Result, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

WACHTZIN = "fiets lantaarn kaneel brug"
BEGIN = date(2026, 1, 5)


def quick_keys(patch: pytest.MonkeyPatch) -> None:
    """Keys from fewer rounds of scrypt, in this process."""
    patch.setattr(opslag, "ROUNDS", dict.fromkeys(opslag.ROUNDS, 2))


@contextmanager
def opened(path: Path) -> Iterator[Boek]:
    """The dossier at this path, made when there is none."""
    if not path.exists():
        head = opslag.new_head()
        opslag.make_file(path, opslag.derive_key(WACHTZIN, head), head)
    head = opslag.read_head(path)
    with opslag.Opslag(path, opslag.derive_key(WACHTZIN, head), head) as found:
        yield Boek(found)


def make_client(path: Path, code: str = "R-014", **traject: object) -> None:
    """A client in it, of whom only the begin is known."""
    with opened(path) as boek:
        boek.new_client(code, BEGIN, Traject.model_validate({"begin": BEGIN, **traject}))


def run_dossier(path: Path, *arguments: object, stdin: str = "", wachtzin: str = WACHTZIN) -> Result:
    """A command with this dossier, and its wachtzin from a file descriptor."""
    reader, writer = os.pipe()
    os.write(writer, f"{wachtzin}\n".encode())
    os.close(writer)
    try:
        return run(*arguments, "--dossier", path, "--wachtzin-fd", reader, stdin=stdin)
    finally:
        os.close(reader)
