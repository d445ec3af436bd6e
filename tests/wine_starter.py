"""The starter for Windows, run by the cmd of Wine: `python tests/wine_starter.py`. Needs Wine, and takes a minute.

No part of the tests: few machines have Wine, and its cmd is not that of Windows. It reads a batch file in its own code
page whatever `chcp` says, so that the names here are ASCII; the text of the file is looked at in
test_snelkoppeling.py. A copy of cmd stands in for regiekit: what it is told to do comes in by standard input.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from regiekit.cli.starter import GEEN_MAP, MISLUKT, WEG, Starter, make_starter

NASTY = "Bureau Jo & zn 100% %PATH% ^ ! (x86) 'a'"
PROGRAM = f"C:\\kit\\{NASTY}\\regiekit.exe"
DOCS = f"C:\\docs\\{NASTY}"
HOME = f"C:\\users\\{getpass.getuser()}"
SEE = "echo MAP=%CD%\r\nexit 0\r\n"

# what is started, what is typed; the exit code, and what is said
TRIES = [
    (Starter((PROGRAM,), PROGRAM, DOCS), SEE, 0, f"MAP={DOCS}"),
    (Starter((PROGRAM,), PROGRAM, DOCS, voorlezen=True), "set REGIEKIT\r\nexit 0\r\n", 0, "REGIEKIT_VOORLEZEN=1"),
    (Starter((PROGRAM,), PROGRAM, f"{HOME}\\regiekit", home=HOME), SEE, 0, f"MAP={HOME}\\regiekit"),
    (Starter((PROGRAM,), PROGRAM, DOCS), "exit 7\r\n\r\n", 7, MISLUKT[0]),
    (Starter((PROGRAM,), PROGRAM, DOCS), "exit 130\r\n", 0, ""),
    (Starter(("C:\\weg\\regiekit.exe",), "C:\\weg\\regiekit.exe", DOCS), "\r\n", 1, WEG[0]),
    (Starter((PROGRAM,), PROGRAM, f"Q:\\geen\\{NASTY}"), "\r\n", 1, GEEN_MAP[0]),
]


def try_all(prefix: Path) -> list[str]:
    """What did not go as it should, for each try a line."""
    env = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all"}
    subprocess.run(["wine", "cmd", "/c", "exit"], env=env, capture_output=True, check=True)
    disk = prefix / "drive_c"
    for folder in (disk / "kit" / NASTY, disk / "docs", disk / "desk"):
        folder.mkdir(parents=True)
    shutil.copy(disk / "windows/system32/cmd.exe", disk / "kit" / NASTY / "regiekit.exe")
    wrong = []
    for number, (starter, typed, code, said) in enumerate(TRIES, 1):
        (disk / "desk/start.cmd").write_bytes(make_starter("windows", starter))
        command = ["wine", "cmd", "/c", "C:\\desk\\start.cmd"]
        done = subprocess.run(command, input=typed.encode(), env=env, capture_output=True, timeout=120, check=False)
        out = done.stdout.decode(errors="replace")
        if done.returncode != code or said not in out or (not code and MISLUKT[0] in out):
            wrong.append(f"try {number}: exit code {done.returncode}, expected {code} and {said!r}\n{out}")
    return wrong


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        found = try_all(Path(place) / "wine")
    sys.stdout.write("\n".join(found) or f"{len(TRIES)} tries, all as they should\n")
    sys.exit(bool(found))
