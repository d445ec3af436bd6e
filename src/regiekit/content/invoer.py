"""Files that a coach fills in for a plan or an intervisieblad, and empty ones; with the place of every text in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from regiekit.errors import ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regiekit.content.reader import Loc, Yaml
    from regiekit.domain.bewaking import Vondst
    from regiekit.domain.casusbestand import Casusbestand
    from regiekit.domain.plan import Plan
    from regiekit.domain.record import Record

    R = TypeVar("R", bound=Record)


class Bron(NamedTuple):
    """A text of a person and where it stands: in an option, or in a file from a character of its raw text on."""

    bestand: str
    tekst: str
    raw: str = ""
    start: int = 0

    def place_of(self, vondst: Vondst) -> tuple[int, int]:
        """Line and column of a finding, in the file where there is one."""
        if not self.raw:
            return vondst.regel, vondst.kolom
        lines = self.tekst.split("\n")
        before = "\n".join([*lines[: vondst.regel - 1], lines[vondst.regel - 1][: vondst.kolom - 1]])
        index = self.start
        for _ in range(before.count(vondst.woord) + 1):
            found = self.raw.find(vondst.woord, index)
            index = found + 1 if found >= 0 else index
        return _line_and_column(self.raw, max(index - 1, self.start))


def _line_and_column(raw: str, index: int) -> tuple[int, int]:
    before = raw[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def read_plan(path: str) -> tuple[Plan, list[Bron]]:
    """A plan file ('-' for standard input) and its texts; raises ProblemsError with all its problems."""
    from regiekit.domain.plan import Plan, Rol, Stap
    from regiekit.domain.planbestand import Planbestand

    made, bronnen = _read(Planbestand, path)
    fields = {name: getattr(made, name) for name in Plan._fields}
    fields["rollen"] = tuple(Rol(r.wie, r.rol) for r in made.rollen)
    fields["stappen"] = tuple(Stap(s.wat, s.wie, s.wanneer) for s in made.stappen)
    return Plan(**fields), bronnen


def read_casus(path: str) -> tuple[Casusbestand, list[Bron]]:
    """A casus file ('-' for standard input) and its texts; raises ProblemsError with all its problems."""
    from regiekit.domain.casusbestand import Casusbestand

    made, bronnen = _read(Casusbestand, path)
    return made, bronnen


def _read(model: type[R], path: str) -> tuple[R, list[Bron]]:
    from regiekit.content.afnames import read_bytes
    from regiekit.content.reader import read_yaml
    from regiekit.content.validate import validate

    raw, bestand = read_bytes(path)
    read, problems = read_yaml(raw, bestand)
    made, found = validate(model, read, bestand) if read.complete else (None, [])
    if made is None or problems:
        raise ProblemsError([*problems, *found])
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    return made, [_bron(bestand, loc, value, text, read) for loc, value in _texts(read.data)]


def _texts(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text, in the order of the file; `namen` is a list of what may not be shown and is shown nowhere."""
    if isinstance(data, str):
        yield loc, data
    for step, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if step != "namen":
            yield from _texts(part, (*loc, step))


def _bron(bestand: str, loc: Loc, value: str, raw: str, read: Yaml) -> Bron:
    line, column = read.values[loc]
    start = sum(len(part) + 1 for part in raw.split("\n")[: line - 1]) + column - 1
    return Bron(bestand, value, raw, start)


PLAN = """\
# Bouwstenen voor een plan van aanpak. Alles mag leeg blijven; wat leeg is, staat in het plan als 'Nog invullen'.
# De werkgever leest dit plan. Geen medische zaken, geen scores, geen gespreksnotities en geen burgerservicenummer.
# Maak het plan met: regiekit plan {naam}

client:            # een code zoals R-014, nooit een naam
datum: {datum}
eerste_ziektedag:  # jaar-maand-dag; alleen nodig voor de mijlpalen en om evaluaties voor te stellen

# Wat de werknemer zelf wil bereiken, in eigen woorden. Een streepje voor elk doel.
eigen_doelen: []
#  - Ik wil ...

# Het doel van het tweede spoor, in één of twee zinnen.
doel_spoor_2:

# Wie doet wat?
rollen: []
#  - wie: werknemer
#    rol: kiest ...

# Welke stappen? 'wie' en 'wanneer' mogen weg.
stappen: []
#  - wat: ...
#    wie: ...
#    wanneer: ...

# De data waarop jullie samen kijken of het plan nog past.
evaluaties: []
#  - 2026-04-20

# Zo stimuleren jullie eigen regie. Kies ids uit 'regiekit plan --manieren'; zonder deze regel komen de tips erin.
#manieren: [{manieren}]
# Of schrijf het zelf op.
eigen_regie: []

# Letterlijk, in eigen woorden. Achter het streepje | houdt de tekst haar regels; spring in met twee spaties.
visie_werknemer: |

visie_werkgever: |

# Namen en codes die zeker niet in het plan mogen, zoals van een andere cliënt. Ze komen er zelf ook niet in.
namen: []
"""

CASUS = """\
# Een casus voor intervisie. Schrijf zo dat de cliënt niet te herkennen is: geen namen, plaatsen, bedrijven of codes.
# Maak het blad met: regiekit verslag --voor intervisie {naam}

# Wat gebeurde er? Een dag als 12 maart 2026 wordt 'week n' als je hieronder de eerste ziektedag geeft.
casus: |

# Wat wil je van de groep weten?
vraag:

# Alleen om datums om te rekenen in weken; komt niet op het blad.
eerste_ziektedag:  # jaar-maand-dag

# Namen en codes die zeker niet op het blad mogen. regiekit zoekt ernaar en zet ze nergens neer.
namen: []
"""
