"""The checks of the parts that regiekit is made of: they are used, and not only looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from regiekit.domain.zelfcheck import Bevinding, careful, good, wrong
from regiekit.errors import ProblemsError, RegiekitError

if TYPE_CHECKING:
    from collections.abc import Iterator

OPNIEUW = "Zet regiekit opnieuw neer."
# The fonts of documents and forms: the CRC-32 of each file, which tells damage.
LETTERTYPEN = {
    "AtkinsonHyperlegibleNext-Bold.ttf": 0x06D7F5E0, "AtkinsonHyperlegibleNext-Italic.ttf": 0x1176E98A,
    "AtkinsonHyperlegibleNext-Regular.ttf": 0x2BDB1D64, "AtkinsonHyperlegibleNext-Bold.woff2": 0xF9240B60,
    "AtkinsonHyperlegibleNext-Bold-ext.woff2": 0xB00DC0B1, "AtkinsonHyperlegibleNext-Regular.woff2": 0xACDE8199,
    "AtkinsonHyperlegibleNext-Regular-ext.woff2": 0xC0356249,
}  # fmt: skip
SECONDS = 3  # for a keychain to answer


def is_system(system: str, *machines: str) -> bool:
    """Whether this is that system on one of these processors."""
    import platform

    return sys.platform == system and platform.machine().upper() in machines


def not_there(error: ImportError) -> Bevinding:
    """For a library that does not load."""
    if isinstance(error, ModuleNotFoundError):
        return wrong(f"de bibliotheek {str(error.name).partition('.')[0]} ontbreekt", OPNIEUW)
    return wrong("de bibliotheek is er, maar start niet", OPNIEUW)


# Documents ----------------------------------------------------------------------------------------------------------


def check_lettertypen() -> Bevinding:
    """Whether the fonts that come with regiekit are there and whole."""
    from zlib import crc32

    from regiekit.render.pdf import FONTS

    bad = []
    for name, expected in LETTERTYPEN.items():
        try:
            if crc32((FONTS / name).read_bytes()) != expected:
                bad.append(f"{name} is beschadigd")
        except OSError:
            bad.append(f"{name} ontbreekt")
    return wrong(", ".join(bad), OPNIEUW) if bad else good("alle letters van regiekit zijn er")


def check_pdf() -> Bevinding:
    """Makes a small PDF, in memory."""
    from regiekit.render.pdf import HERE, NoPdfLibrary, compile_pdf

    try:
        made = compile_pdf(HERE / "proef.typ", {}, "een bladzijde")
    except NoPdfLibrary:
        if is_system("win32", "ARM64"):
            return careful(
                "voor Windows op deze processor (ARM) bestaat het onderdeel niet",
                "Maak een bladzijde als HTML, en print die in de browser naar PDF. De rest werkt gewoon.",
            )
        return wrong("het onderdeel voor PDF (typst) ontbreekt, of start niet", OPNIEUW)
    return good("een proefbladzijde lukte") if made.startswith(b"%PDF-") else wrong("de proef mislukte", OPNIEUW)


def check_word() -> Bevinding:
    """Makes a small Word document, in memory."""
    from io import BytesIO

    try:
        from docx import Document
    except ImportError as error:
        return not_there(error)
    document, made = Document(), BytesIO()
    document.add_paragraph("Eigen regie: é en €")
    document.save(made)
    return good("een proefdocument lukte") if made.getvalue().startswith(b"PK") else wrong("de proef mislukte", OPNIEUW)


# Encryption ---------------------------------------------------------------------------------------------------------


def check_antwoorden() -> Bevinding:
    """Seals and opens a text with a key that is thrown away."""
    try:
        from regiekit.kanaal.jose import is_working
    except ImportError as error:
        if is_system("win32", "ARM64") or is_system("darwin", "X86_64"):
            return careful(
                "voor deze processor bestaat het onderdeel niet",
                "Gebruik formulieren zonder --sleutel, en laat het bestand veilig terugkomen. De rest werkt gewoon.",
            )
        return not_there(error)
    return good("op slot doen en openen lukte") if is_working() else wrong("de proef mislukte", OPNIEUW)


def check_versleutelen() -> Bevinding:
    """Makes an encrypted dossier in a temporary folder, opens it, and tries a wrong key."""
    from tempfile import TemporaryDirectory

    try:
        import regiekit.dossier.opslag  # noqa: F401
    except ImportError as error:
        return not_there(error)
    try:
        with TemporaryDirectory(prefix="regiekit-") as folder:
            return _try_dossier(Path(folder) / "proef")
    except RegiekitError as error:
        return wrong(str(error), OPNIEUW)
    except OSError:
        return wrong(
            "een tijdelijk bestand maken lukte niet",
            "Kijk of er ruimte op de schijf is, en of de map voor tijdelijke bestanden te beschrijven is.",
        )


def _try_dossier(path: Path) -> Bevinding:
    from regiekit.dossier.opslag import WACHTZIN_VERZONNEN, Opslag, WrongKeyError, derive_key, make_file, new_head

    head = new_head(verzonnen=True)
    key = derive_key(WACHTZIN_VERZONNEN, head)
    make_file(path, key, head)
    with Opslag(path, key, head):
        pass
    try:
        Opslag(path, os.urandom(len(key)), head).close()
    except WrongKeyError:
        return good("een proefdossier op slot doen en openen lukte")
    return wrong("een proefdossier ging ook met een verkeerde sleutel open", "Gebruik het dossier nu niet. " + OPNIEUW)


def check_sleutelbos() -> Bevinding:
    """Whether there is a keychain, which matters only to who asked for it."""
    from regiekit.dossier.sleutelbos import asked_for_any

    asked, there = asked_for_any(), _has_keychain()
    if asked and not there:
        return careful(
            "je koos ervoor om de sleutel van je dossier daar te bewaren, en hij is nu niet te gebruiken",
            "Ontgrendel de sleutelbos van de computer. Anders typ je de wachtzin; dat kan altijd.",
        )
    if asked:
        return good("daar wordt de sleutel van je dossier bewaard, zoals je koos")
    is_there = "is er" if there else "is er niet, of staat op slot"
    return good(f"hij {is_there}; je gebruikt hem niet, je typt de wachtzin")


def _has_keychain() -> bool:
    """Whether the system gives a keychain, within seconds: what is behind it may wait for somebody."""
    from threading import Thread

    from regiekit.dossier.sleutelbos import has_keychain

    found: list[bool] = []
    asking = Thread(target=lambda: found.append(has_keychain()), daemon=True)
    asking.start()
    asking.join(SECONDS)
    return any(found)


# The content --------------------------------------------------------------------------------------------------------


def check_inhoud() -> Bevinding:
    """Reads every content file of regiekit anew, past what was kept, and looks at the files of the program."""
    from regiekit.content.library import data_folder

    folder, count = data_folder(), 0
    try:
        for kind in SOORTEN:
            count += _read_kind(folder / kind)
    except ProblemsError as error:
        first = error.problems[0]
        return wrong(f"{Path(first.bestand).name} klopt niet: {first.melding}", OPNIEUW)
    except RegiekitError:
        return wrong("een map met inhoud ontbreekt", OPNIEUW)
    if changed := sum(1 for _ in changed_files()):
        return wrong(f"bestanden van regiekit die ontbreken of veranderd zijn: {changed}", OPNIEUW)
    return good(f"{count} bestanden gelezen en heel")


SOORTEN = (
    "technieken", "vragenlijsten", "formulieren", "sturing", "kennis", "werkbladen", "signalen", "mijlpalen",
    "bewaking", "plan", "intervisie", "demonstratie", "bronnen",
)  # fmt: skip


def _read_kind(folder: Path) -> int:
    """How many files of one kind there are; raises ProblemsError, and RegiekitError when there are none."""
    from regiekit.content.compile import compile_files
    from regiekit.content.stored import find_sources

    sources = find_sources(folder)
    if not sources:
        raise RegiekitError(f"de map {folder.name} is leeg")
    _, problems = compile_files(folder.name, [source.path for source in sources])
    if problems:
        raise ProblemsError(problems)
    return len(sources)


def changed_files() -> Iterator[Path]:
    """Files that differ from what was installed; none in a checkout, which keeps no list of them."""
    import csv
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution("regiekit")
    except PackageNotFoundError:
        return
    for name, digest, _ in csv.reader((found.read_text("RECORD") or "").splitlines()):
        path = Path(str(found.locate_file(name)))
        if name.startswith("regiekit/") and digest and _digest(path) != digest:
            yield path


def _digest(path: Path) -> str:
    """As the list of an installed package writes it; empty for a file that is not there."""
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    try:
        raw = sha256(path.read_bytes()).digest()
    except OSError:
        return ""
    return f"sha256={urlsafe_b64encode(raw).decode().rstrip('=')}"


def check_groep() -> Bevinding:
    """Whether the extra for groups is there: whole or not at all."""
    from regiekit.cli.onderdelen import GROEP, missing_of_groep

    missing = missing_of_groep()
    if not missing:
        return good("het is er; je kunt cijfers van groepen maken")
    if len(missing) == len(GROEP):
        return good("het is er niet; je hebt het alleen nodig voor cijfers van groepen")
    return careful(
        f"het is er maar half: {', '.join(missing)} ontbreekt", "Zet het extra onderdeel groep opnieuw neer."
    )
