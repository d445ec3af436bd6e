"""What regiekit is made of: docs/sbom.cdx.json (CycloneDX 1.6) and docs/licenties.md, from the locks.

    python uitgave/onderdelen.py            writes both
    python uitgave/onderdelen.py --zelfde   exit code 0 when both are what this would write

The same locks give the same bytes, on any computer: no moment, no number by chance, no address of a registry. Licences
and uses stand in ONDERDELEN below, and which part asks for which in VRAAGT; a test holds both against what the
installed packages say of themselves.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SBOM, LICENTIES = ROOT / "docs/sbom.cdx.json", ROOT / "docs/licenties.md"
USE, GROEP, TEST = "eisen.txt", "eisen-groep.txt", "eisen-test.txt"
FONT = "src/regiekit/render/fonts/OFL.txt"


class Onderdeel(NamedTuple):
    """What a package is for, under which licence (SPDX), and where its makers are."""

    licentie: str
    waarvoor: str
    thuis: str
    opmerking: str = ""


_FORTRAN = (
    "de wielen bevatten libgfortran (GPL-3.0-or-later WITH GCC-exception-3.1), libquadmath (LGPL-2.1-or-later) en "
    "OpenBLAS (BSD-3-Clause)"
)
ONDERDELEN = {
    "annotated-doc": Onderdeel("MIT", "hoort bij typer", "github, fastapi"),
    "annotated-types": Onderdeel("MIT", "hoort bij pydantic", "github, annotated-types"),
    "apsw-sqlite3mc": Onderdeel(
        "any-OSI", "het versleutelde dossier: SQLite met SQLite3 Multiple Ciphers", "github, utelle",
        "eigen tekst, als zlib; wie wil, kiest elke door OSI erkende licentie. SQLite is publiek domein, "
        "SQLite3 Multiple Ciphers is MIT"),
    "backports-tarfile": Onderdeel("MIT", "hoort bij keyring (Python 3.11)", "github, jaraco"),
    "cffi": Onderdeel("MIT-0", "hoort bij cryptography", "github, python-cffi"),
    "colorama": Onderdeel("BSD-3-Clause", "hoort bij typer (Windows)", "github, tartley"),
    "cryptography": Onderdeel("Apache-2.0 OR BSD-3-Clause", "hoort bij joserfc en keyring", "github, pyca",
                              "bevat OpenSSL (Apache-2.0)"),
    "importlib-metadata": Onderdeel("Apache-2.0", "hoort bij keyring (Python 3.11)", "github, python"),
    "jaraco-classes": Onderdeel("MIT", "hoort bij keyring", "github, jaraco"),
    "jaraco-context": Onderdeel("MIT", "hoort bij keyring", "github, jaraco"),
    "jaraco-functools": Onderdeel("MIT", "hoort bij keyring", "github, jaraco"),
    "jeepney": Onderdeel("MIT", "de sleutelbos van Linux, door een lokale aansluiting", "gitlab, takluyver"),
    "joserfc": Onderdeel("BSD-3-Clause", "versleutelde antwoorden openen", "github, authlib"),
    "keyring": Onderdeel("MIT", "de sleutelbos van de computer, als de coach dat wil", "github, jaraco"),
    "lazy-importer": Onderdeel("Apache-2.0", "hoort bij importlib-metadata (Python 3.11)", "niet genoemd"),
    "lxml": Onderdeel("BSD-3-Clause", "hoort bij python-docx", "lxml", "bevat libxml2 en libxslt (MIT)"),
    "markdown-it-py": Onderdeel("MIT", "hoort bij rich", "github, executablebooks"),
    "mdurl": Onderdeel("MIT", "hoort bij rich", "github, executablebooks"),
    "more-itertools": Onderdeel("MIT", "hoort bij keyring", "github, more-itertools"),
    "narwhals": Onderdeel("MIT", "één uitdrukking voor tabellen van vier bibliotheken", "github, narwhals-dev"),
    "numpy": Onderdeel("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "rekenen met groepen", "NumPy", _FORTRAN),
    "platformdirs": Onderdeel("MIT", "waar de gegevens van een programma horen", "github, tox-dev"),
    "polars": Onderdeel("MIT", "tabellen van groepen", "Polars"),
    "polars-runtime-32": Onderdeel("MIT", "hoort bij polars", "Polars"),
    "pycparser": Onderdeel("BSD-3-Clause", "hoort bij cffi", "github, eliben"),
    "pydantic": Onderdeel("MIT", "bestanden nakijken", "github, pydantic"),
    "pydantic-core": Onderdeel("MIT", "hoort bij pydantic", "github, pydantic"),
    "pygments": Onderdeel("BSD-2-Clause", "hoort bij rich", "Pygments"),
    "python-docx": Onderdeel("MIT", "bestanden voor Word", "github, python-openxml"),
    "pywin32-ctypes": Onderdeel("BSD-3-Clause", "hoort bij keyring (Windows)", "github, enthought"),
    "pyyaml": Onderdeel("MIT", "bestanden lezen", "github, yaml"),
    "rich": Onderdeel("MIT", "tekst en tabellen op het scherm", "github, Textualize"),
    "scipy": Onderdeel("BSD-3-Clause", "verdelingen voor de cijfers van groepen", "SciPy", _FORTRAN),
    "secretstorage": Onderdeel("BSD-3-Clause", "hoort bij keyring (Linux)", "github, mitya57"),
    "segno": Onderdeel("BSD-3-Clause", "de QR-code op papier", "github, heuer"),
    "shellingham": Onderdeel("ISC", "hoort bij typer", "github, sarugaku"),
    "typer": Onderdeel("MIT", "opdrachten en opties", "github, fastapi"),
    "typing-extensions": Onderdeel("PSF-2.0", "hoort bij pydantic en python-docx", "github, python"),
    "typing-inspection": Onderdeel("MIT", "hoort bij pydantic", "github, pydantic"),
    "typst": Onderdeel("Apache-2.0", "pdf maken", "github, messense",
                       "bevat lettertypen, waarvan regiekit Libertinus Serif kan gebruiken (OFL-1.1)"),
    "xlsxwriter": Onderdeel("BSD-2-Clause", "rekenbladen voor Excel schrijven", "github, jmcnamara"),
    "zipp": Onderdeel("MIT", "hoort bij importlib-metadata (Python 3.11)", "github, jaraco"),
}  # fmt: skip
# Which part asks for which others, on any system: what is installed on one computer cannot tell of another.
VRAAGT = {
    "cffi": "pycparser",
    "cryptography": "cffi typing-extensions",
    "importlib-metadata": "lazy-importer zipp",
    "jaraco-classes": "more-itertools",
    "jaraco-context": "backports-tarfile",
    "jaraco-functools": "more-itertools",
    "joserfc": "cryptography",
    "keyring": "importlib-metadata jaraco-classes jaraco-context jaraco-functools jeepney pywin32-ctypes secretstorage",
    "markdown-it-py": "mdurl",
    "polars": "polars-runtime-32",
    "pydantic": "annotated-types pydantic-core typing-extensions typing-inspection",
    "pydantic-core": "typing-extensions",
    "python-docx": "lxml typing-extensions",
    "rich": "markdown-it-py pygments",
    "scipy": "numpy",
    "secretstorage": "cryptography jeepney",
    "segno": "importlib-metadata",
    "typer": "annotated-doc colorama rich shellingham",
    "typing-inspection": "typing-extensions",
}
# What may be passed on with a program under MIT, without conditions on that program.
TOEGESTAAN = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "OFL-1.1",
              "PSF-2.0", "Zlib", "any-OSI"}  # fmt: skip
# How a package that has no expression of SPDX calls its licence.
_OUD = {"MIT License": "MIT", "MIT": "MIT", "BSD License": "BSD-3-Clause", "BSD-3-Clause": "BSD-3-Clause",
        "ISC License (ISCL)": "ISC"}  # fmt: skip


class Slotregel(NamedTuple):
    """One package of a lock: when it is installed ('' for always), and the SHA-256 of every file that may come."""

    naam: str
    versie: str
    wanneer: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.naam}@{self.versie}"


def read_lock(name: str) -> list[Slotregel]:
    """The packages of a lock, in its order."""
    found = []
    for block in re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="ascii").strip()):
        first, _, rest = block.partition("\\\n")
        pinned, _, when = first.strip().partition(" ; ")
        naam, _, versie = pinned.partition("==")
        found.append(Slotregel(naam, versie, when.strip(), tuple(re.findall("sha256:([0-9a-f]{64})", rest))))
    return found


def stated_licence(name: str) -> str | None:
    """What an installed package says of its licence, in SPDX where that can be told; None where it is not here."""
    try:
        about: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if expression := about.get("License-Expression"):
        return str(expression)
    words = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    return next((_OUD[word] for word in [*words, about.get("License", "")] if word in _OUD), "onbekend")


def regiekit_versie() -> str:
    text = (ROOT / "src/regiekit/__init__.py").read_text(encoding="utf-8")
    return re.findall(r'__version__ = "(.+?)"', text)[0]  # type: ignore[no-any-return]


def direct(group: str) -> set[str]:
    """The packages that pyproject.toml names itself."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] if group == USE else project["optional-dependencies"]["groep"]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines}


# SBOM ---------------------------------------------------------------------------------------------------------------


def make_sbom() -> str:
    """The list of parts, for a program."""
    always = {(regel.naam, regel.versie) for regel in read_lock(USE)}
    regels = read_lock(GROEP)
    root = f"pkg:pypi/regiekit@{regiekit_versie()}"
    whole = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, root + _locks_hash())}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": root, "name": "regiekit", "version": regiekit_versie(),
                          "licenses": [{"license": {"id": "MIT"}}], "purl": root},
            "properties": [{"name": f"regiekit:slot:{name}", "value": _hash_of(name)} for name in (USE, GROEP)],
        },
        "components": [*(_component(r, (r.naam, r.versie) in always) for r in regels), _font()],
        "dependencies": [_root_needs(root, regels), *({"ref": r.purl, "dependsOn": needs(r, regels)} for r in regels),
                         {"ref": "font:atkinson-hyperlegible-next", "dependsOn": []}],
    }  # fmt: skip
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _hash_of(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_text(encoding="ascii").encode()).hexdigest()


def _locks_hash() -> str:
    return _hash_of(USE) + _hash_of(GROEP)


def _component(regel: Slotregel, always: bool) -> dict[str, Any]:
    onderdeel = ONDERDELEN[regel.naam]
    named = " " in onderdeel.licentie
    licence = {"expression": onderdeel.licentie} if named else {"license": {"id": onderdeel.licentie}}
    properties = [{"name": "regiekit:extra", "value": "groep"}] * (not always)
    properties += [{"name": "regiekit:wanneer", "value": regel.wanneer}] * bool(regel.wanneer)
    return {
        "type": "library", "bom-ref": regel.purl, "name": regel.naam, "version": regel.versie,
        "scope": "required" if always else "optional",
        "hashes": [{"alg": "SHA-256", "content": one} for one in regel.hashes],
        "licenses": [licence], "purl": regel.purl, **({"properties": properties} if properties else {}),
    }  # fmt: skip


def _font() -> dict[str, Any]:
    return {
        "type": "data", "bom-ref": "font:atkinson-hyperlegible-next", "name": "Atkinson Hyperlegible Next",
        "scope": "required", "licenses": [{"license": {"id": "OFL-1.1"}}],
    }  # fmt: skip


def _root_needs(root: str, regels: list[Slotregel]) -> dict[str, Any]:
    named = direct(USE) | direct(GROEP)
    return {"ref": root, "dependsOn": [*(r.purl for r in regels if r.naam in named), "font:atkinson-hyperlegible-next"]}


def needs(regel: Slotregel, regels: list[Slotregel]) -> list[str]:
    """The parts that a part asks for, on any system."""
    asked = VRAAGT.get(regel.naam, "").split()
    return [other.purl for other in regels if other.naam in asked]


def stated_needs(name: str) -> set[str] | None:
    """What an installed package says that it asks for, on any system; None where it is not here."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return None
    return {re.sub(r"[_.]", "-", re.split(r"[^\w.-]", line)[0].lower()) for line in lines if "extra ==" not in line}


# Licences -----------------------------------------------------------------------------------------------------------

BOVEN = """# Licenties van onderdelen

Voor wie wil weten waar regiekit uit bestaat, en wat je mee moet geven als je regiekit doorgeeft.

Deze bladzijde wordt gemaakt door `uitgave/onderdelen.py` uit de twee sloten `eisen.txt` en `eisen-groep.txt`. Een
test kijkt of zij klopt. Voor programma's staat hetzelfde in `sbom.cdx.json` (CycloneDX 1.6), met de SHA-256 van
elk bestand dat geïnstalleerd mag worden.

regiekit zelf valt onder de MIT-licentie: zie `LICENSE`. Welke rechten er op de bronnen rusten, staat op [een eigen
bladzijde](rechten.md).

## Wat in regiekit zelf zit

| onderdeel | licentie | waar de tekst staat |
|---|---|---|
| Atkinson Hyperlegible Next, het lettertype | OFL-1.1 | `src/regiekit/render/fonts/OFL.txt`, en in het wiel |

"""
ONDER = """
## Wat je moet meegeven

- Geef je regiekit door als wiel of als map, dan gaan `LICENSE` en `OFL.txt` vanzelf mee. De onderdelen hierboven
  zitten daar niet in: pip haalt ze op, elk met zijn eigen licentie in zijn map `dist-info`.
- Geef je een map door waarin alles al geïnstalleerd is (`.venv`), haal dan uit geen enkele map `dist-info` iets
  weg. Daarin staan de teksten die mee moeten.
- In een pdf zitten stukjes van een lettertype. De OFL staat dat toe, zonder tekst erbij.

## Wat alleen voor testen is

`eisen-test.txt` is een apart slot. Wat daarin staat, komt alleen op de computer van wie de tests draait of het
handboek bouwt. Het zit niet in regiekit en gaat niet mee. Daarom staat het hier niet, en geldt de lijst van
toegestane licenties er niet voor.

## Wat een verbinding zou kunnen maken

Geen van deze onderdelen haalt iets op of opent een poort. Eén praat met een ander programma: keyring vraagt op
Linux de sleutelbos via D-Bus (jeepney en secretstorage), over een aansluiting die deze computer niet verlaat. Dat
gebeurt alleen als je om `--onthoud` vroeg, of de sleutelbos laat nakijken. Een test draait alle opdrachten en laat
het systeem meekijken.
"""


def make_licenties() -> str:
    """The table of licences, for a person."""
    always = {(regel.naam, regel.versie) for regel in read_lock(USE)}
    regels = read_lock(GROEP)
    parts = [BOVEN, "## Voor elke opdracht\n\n", *_table([r for r in regels if (r.naam, r.versie) in always])]
    parts += ["\n## Alleen voor cijfers van groepen\n\n"]
    parts += _table([r for r in regels if (r.naam, r.versie) not in always])
    remarks = [f"- **{naam}**: {o.opmerking}.\n" for naam, o in ONDERDELEN.items() if o.opmerking]
    parts += ["\n## Opmerkingen\n\n", *remarks]
    allowed = ", ".join(sorted(TOEGESTAAN, key=str.lower))
    parts += [f"\nToegestaan zijn: {allowed}. Elk onderdeel heeft een van deze licenties, of een combinatie ervan; wat "
              "een onderdeel zelf weer meebrengt, staat hierboven.\n"]  # fmt: skip
    return "".join([*parts, ONDER])


def _table(regels: list[Slotregel]) -> list[str]:
    rows = [
        f"| {r.naam} | {r.versie} | {o.licentie} | {o.waarvoor} | {o.thuis} |\n"
        for r, o in ((r, ONDERDELEN[r.naam]) for r in regels)
    ]
    return ["| onderdeel | versie | licentie (SPDX) | waarvoor | thuis |\n|---|---|---|---|---|\n", *rows]


def main() -> int:
    made = {SBOM: make_sbom(), LICENTIES: make_licenties()}
    if "--zelfde" in sys.argv:
        return int(any(not path.exists() or path.read_text(encoding="utf-8") != text for path, text in made.items()))
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
