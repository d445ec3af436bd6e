"""Files that a command writes: whole or not at all, and only where they were asked."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from regiekit.cli.output import new_file, write_file, write_folder
from regiekit.errors import RegiekitError

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., None]


def by_file(path: Path, content: str, *, replace: bool = False) -> None:
    write_file(path, content.encode(), replace=replace)


def by_folder(path: Path, content: str, *, replace: bool = False) -> None:
    write_folder(path.parent, [("eerst.txt", b"eerst"), (path.name, content.encode())], replace=replace)


def by_new_file(path: Path, content: str, *, replace: bool = False) -> None:
    with new_file(path, replace=replace, optie="--uit") as made:
        made.file.write(content)


every_way = pytest.mark.parametrize("write", [by_file, by_folder, by_new_file])


def names(folder: Path) -> list[str]:
    """What is in a folder, without the other file of `by_folder`."""
    return sorted(p.name for p in folder.iterdir() if p.name != "eerst.txt")


@every_way
def test_a_file_is_replaced_only_when_asked(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "a.txt"
    write(path, "een")
    write(path, "een")
    with pytest.raises(RegiekitError, match=r"bestaat al, met iets anders erin; .*--uit, of gebruik --overschrijf"):
        write(path, "twee")
    assert path.read_text() == "een"
    write(path, "twee", replace=True)
    assert path.read_text() == "twee" and names(tmp_path) == ["a.txt"]


@every_way
@pytest.mark.parametrize("to", ["er", "er-niet", "map", "link.txt"])
def test_nothing_is_written_through_a_link(tmp_path: Path, write: Write, to: str) -> None:
    """Also not when there is nothing at its end, or the same bytes."""
    other, folder = tmp_path / "elders", tmp_path / "uit"
    folder.mkdir()
    (other / "map").mkdir(parents=True)
    (other / "er").write_text("nieuw")
    link = folder / "link.txt"
    link.symlink_to(to if to == "link.txt" else other / to)
    with pytest.raises(RegiekitError, match="is een verwijzing naar een andere plek"):
        write(link, "nieuw")
    assert link.is_symlink()
    write(link, "nieuwer", replace=True)
    assert not link.is_symlink() and link.read_text() == "nieuwer" and names(folder) == ["link.txt"]
    assert (other / "er").read_text() == "nieuw" and names(other) == ["er", "map"] and names(other / "map") == []


@every_way
def test_a_folder_that_is_a_link_is_where_it_leads(tmp_path: Path, write: Write) -> None:
    (tmp_path / "echt").mkdir()
    (tmp_path / "map").symlink_to("echt")
    write(tmp_path / "map/a.txt", "een")
    assert (tmp_path / "echt/a.txt").read_text() == "een" and (tmp_path / "map").is_symlink()


@every_way
@pytest.mark.parametrize("replace", [False, True])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, write: Write, replace: bool) -> None:
    (tmp_path / "map").mkdir()
    with pytest.raises(RegiekitError, match="is geen bestand"):
        write(tmp_path / "map", "een", replace=replace)
    assert names(tmp_path) == ["map"] and not (tmp_path / "eerst.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="a pipe of Unix")
@every_way
def test_a_pipe_is_not_waited_for(tmp_path: Path, write: Write) -> None:
    os.mkfifo(tmp_path / "pijp")
    for replace in (False, True):
        with pytest.raises(RegiekitError, match="is geen bestand"):
            write(tmp_path / "pijp", "een", replace=replace)
    assert names(tmp_path) == ["pijp"]


@every_way
def test_a_disk_that_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    path = tmp_path / "a.txt"
    path.write_text("van mij")

    def refuse(self: Path, target: Any) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(RegiekitError, match="de schijf is vol"):
        write(path, "een", replace=True)
    assert path.read_text() == "van mij" and names(tmp_path) == ["a.txt"]


@every_way
def test_a_link_put_there_to_catch_the_bytes_catches_none(tmp_path: Path, write: Write) -> None:
    """The name of what is being written cannot be foreseen."""
    target = tmp_path / "vangst"
    for name in (f".a.txt.{os.getpid()}", f".regiekit-{os.getpid()}", f".regiekit.{os.getpid()}"):
        (tmp_path / name).symlink_to(target)
    write(tmp_path / "a.txt", "een")
    assert (tmp_path / "a.txt").read_text() == "een" and not target.exists()
