"""Fetches the npm packages that browser tests read, and keeps of each only the files named here.

    python tests/browser/haal.py

Standard library and `npm pack` alone: nothing of a package is installed or run. What is there and right stays as it is.
"""

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / ".browser"
LFORMS = "package/dist/lforms"
FILES = {
    "axe-core": ("package/axe.min.js",),
    "lforms": (
        f"{LFORMS}/webcomponent/assets/lib/zone.min.js",
        f"{LFORMS}/webcomponent/lhc-forms.js",
        f"{LFORMS}/webcomponent/styles.css",
        f"{LFORMS}/fhir/R4/lformsFHIR.min.js",
    ),
    "@getodk/xforms-engine": ("package/dist/index.js",),
}


class Pakket(NamedTuple):
    """A line of pakketten.txt; `integrity` is the sha512 of the whole package as npm writes it."""

    name: str
    version: str
    integrity: str

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def stamp(self) -> Path:
        return self.folder / "klaar"

    @property
    def paths(self) -> dict[str, Path]:
        """Where each file of the package is kept, by its place in the package."""
        return {member: self.folder / Path(member).name for member in FILES[self.name]}


def load_pakketten() -> dict[str, Pakket]:
    lines = (HERE / "pakketten.txt").read_text(encoding="utf-8").splitlines()
    pakketten = [Pakket(*line.split()) for line in lines if line and not line.startswith("#")]
    return {p.name: p for p in pakketten}


def is_ready(pakket: Pakket) -> bool:
    """Whether all of it was unpacked, from the very package that is pinned."""
    stamped = pakket.stamp.is_file() and pakket.stamp.read_text(encoding="utf-8") == pakket.integrity
    return stamped and all(path.is_file() for path in pakket.paths.values())


def check_integrity(pakket: Pakket, content: bytes) -> None:
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != pakket.integrity:
        sys.exit(f"haal.py: {pakket.name} {pakket.version} is niet het pakket uit pakketten.txt: {found}")


def download(pakket: Pakket) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("haal.py: npm ontbreekt op deze computer. Installeer npm en start opnieuw.")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", f"{pakket.name}@{pakket.version}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace")
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            sys.exit(f"haal.py: {pakket.name} {pakket.version} ophalen lukte niet. npm zegt: {done.stderr.strip()}")
        return archives[0].read_bytes()


def unpack(pakket: Pakket, content: bytes) -> None:
    shutil.rmtree(pakket.folder, ignore_errors=True)
    pakket.folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member, path in pakket.paths.items():
            file = archive.extractfile(member)
            assert file is not None, member
            path.write_bytes(file.read())
    pakket.stamp.write_text(pakket.integrity, encoding="utf-8")  # last, so that a fetch cut short is done again


def main() -> None:
    for pakket in load_pakketten().values():
        if not is_ready(pakket):
            content = download(pakket)
            check_integrity(pakket, content)
            unpack(pakket, content)


if __name__ == "__main__":
    main()
