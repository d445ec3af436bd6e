"""Parts that are not in the ordinary set-up: whether they are there, and else the line that gets them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from regiekit.errors import RegiekitError

GROEP = ("narwhals", "numpy", "polars", "scipy")  # the extra `groep` of pyproject.toml
START = Path(__file__).parents[3] / "start.py"


def need_groep(opdracht: str) -> None:
    """Stops when the extra `groep` is not there; call it before anything of `regiekit.groep` is imported.

    `opdracht` is what was asked, without its arguments: 'groep', 'groep plan', 'score'. Nothing is imported here.
    Raises RegiekitError (exit code 2) with the line to type.
    """
    missing = missing_of_groep()
    if missing:
        raise RegiekitError(
            f"hiervoor ontbreekt het extra onderdeel 'groep' ({', '.join(missing)}). {_line(opdracht)} "
            "Dat haalt dit onderdeel van internet; daarna is geen internet meer nodig."
        )


def missing_of_groep() -> list[str]:
    """The packages of the extra `groep` that are not there."""
    return [name for name in GROEP if find_spec(name) is None]


def _line(opdracht: str) -> str:
    """What to type; double quotes, which every shell knows."""
    if START.exists():  # a checkout
        return f"Typ in de map van regiekit: python start.py --met groep {opdracht} …"
    return 'Typ in de map met regiekit: pipx install --force ".[groep]" (met uv: uv tool install ".[groep]").'
