"""Options that are a decimal number, with a comma or a point."""

import re
from typing import Any

import typer


def getal_option(naam: str, laagste: float, hoogste: float, uitleg: str, standaard: str = "") -> Any:
    """An option that is a number from `laagste` up to `hoogste`; `standaard` is what the help page says of it."""
    return typer.Option(
        naam,
        parser=Getal(laagste, hoogste),
        metavar="GETAL",
        help=f"{uitleg} [{in_words(laagste)} tot en met {in_words(hoogste)}]",
        show_default=standaard or True,
    )


def in_words(value: float) -> str:
    """A number as a user types it: '0,05', '3'."""
    return f"{value:g}".replace(".", ",")


def read_getal(text: str) -> float | None:
    """A decimal number, with a comma or a point; None for anything else."""
    plain = text.strip().replace(",", ".")
    return float(plain) if re.fullmatch(r"-?([0-9]{1,6}(\.[0-9]{0,12})?|\.[0-9]{1,12})", plain) else None


class Getal:
    """A parser for a decimal number between two ends."""

    __name__ = "GETAL"

    def __init__(self, laagste: float, hoogste: float) -> None:
        self.laagste, self.hoogste = laagste, hoogste

    def __call__(self, value: str | float) -> float:
        """The number; raises BadParameter for anything else."""
        number = read_getal(str(value))
        if number is None:
            raise typer.BadParameter(f"{str(value)!r} is geen getal; schrijf het zoals 0,8") from None
        if not self.laagste <= number <= self.hoogste:
            ends = f"{in_words(self.laagste)} tot en met {in_words(self.hoogste)}"
            raise typer.BadParameter(f"{in_words(number)} kan niet; kies een getal van {ends}") from None
        return number
