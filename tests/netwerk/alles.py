"""Runs every command in this one process, and prints as JSON what it asked of a network or of another program.

    python tests/netwerk/alles.py MAP [CONTROLE]

MAP is an empty folder. With CONTROLE it asks a network for something itself, so that who watches can be tried: 'naam'
looks up a name, 'verbinding' opens a connection to this computer.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from consoles.opdrachten import DATA, Voorbeeld, all_examples, make_werkmap
from regiekit.cli.app import main

WATCHED = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")


def run_all(folder: Path) -> list[str]:
    """Every example in a folder; gives those that left with another exit code than they say."""
    wrong = []
    for voorbeeld in all_examples():
        code = run_one(voorbeeld, folder)
        if code != voorbeeld.code:
            wrong.append(f"{voorbeeld.call}: {code}")
    return wrong


def run_one(voorbeeld: Voorbeeld, folder: Path) -> int:
    """One example; what it wrote in the folder goes, so that the next can have its name."""
    before = set(folder.rglob("*"))
    reader, writer = os.pipe()
    os.write(writer, "".join(f"{zin}\n" for zin in voorbeeld.wachtzinnen).encode())
    os.close(writer)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(voorbeeld.stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            return main(voorbeeld.arguments(reader))
    finally:
        sys.stdin = kept
        with contextlib.suppress(OSError):
            os.close(reader)
        for made in sorted(set(folder.rglob("*")) - before, reverse=True):
            made.rmdir() if made.is_dir() else made.unlink()


def ask_network(controle: str) -> None:
    with contextlib.suppress(OSError):
        if controle == "naam":
            socket.getaddrinfo("voorbeeld.invalid", 443)
        else:
            socket.create_connection(("127.0.0.1", 9), timeout=1).close()


def start() -> None:
    folder, controle = Path(sys.argv[1]).resolve(), sys.argv[2] if sys.argv[2:] else ""
    if not controle:
        make_werkmap(folder)
    os.chdir(folder)
    os.environ["XDG_DATA_HOME"] = str(folder / DATA)
    asked: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(WATCHED) and not is_local(event, arguments):
            asked.append(f"{event} {arguments[1:]}")
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
            asked.append(f"{event} {arguments[0]}")

    sys.addaudithook(watch)
    if controle:
        ask_network(controle)
        wrong: list[str] = []
    else:
        wrong = run_all(folder)
    print(json.dumps({"gevraagd": asked, "anders": wrong, "opdrachten": len(all_examples())}))  # noqa: T201


def is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    """A socket that cannot leave this computer: the keychain is asked through one."""
    return event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None)


if __name__ == "__main__":
    start()
