"""Drawing by hand: the elements of one SVG that names itself, and how wide its texts are.

Units: WIDTH of them lie over the width of the text on A4, so that a LETTER of 14 is 10 pt on paper.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 660
LETTER, SMALL, LEADING = 14, 13, 17
FONT = "Atkinson Hyperlegible Next, Segoe UI, Helvetica Neue, Arial, sans-serif"
GREY, INK = "#bbb", "#000"


class Drawing:
    """Elements of an SVG, and how far down the next one starts; `hatch` is distance, paint and width of its lines."""

    def __init__(self, name: str, hatch: tuple[float, str, float] = (7, "#999", 1.2)) -> None:
        self.name = name
        self.hatch = hatch
        self.parts: list[str] = []
        self.y = 0.0

    def down(self, height: float) -> float:
        """Go down, and give where that ends: the base line of a text of this height."""
        self.y += height
        return self.y

    def text(
        self, x: float, y: float, text: str, size: int = LETTER, anchor: str = "start", *, bold: bool = False,
        halo: bool = False, paint: str = "",
    ) -> None:  # fmt: skip
        """A text; with a `halo` it has white behind it, to stay legible on a line."""
        if halo:
            self.halo(x, y, text, size, anchor)
        more = ' font-weight="bold"' * bold
        more += f' text-anchor="{anchor}"' * (anchor != "start")
        more += f' fill="{paint}"' * bool(paint)
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{more}>{escape(_clean(text))}</text>')

    def halo(self, x: float, y: float, text: str, size: int, anchor: str) -> None:
        """White where a text comes."""
        width = text_width(text, size)
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        self.parts.append(
            f'<rect x="{left:.1f}" y="{y - size * 0.8:.1f}" width="{width:.1f}" height="{size}" fill="#fff"/>'
        )

    def line(self, points: Sequence[tuple[float, float]], width: float = 1, paint: str = GREY, dash: str = "") -> None:
        """A line through points."""
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        more = f' stroke-dasharray="{dash}"' * bool(dash)
        self.parts.append(
            f'<polyline points="{where}" fill="none" stroke="{paint}" stroke-width="{width}" '
            f'stroke-linejoin="round"{more}/>'
        )

    def marker(self, x: float, y: float, shape: int, *, hollow: bool = False) -> None:
        """Circle, square, diamond or triangle."""
        paint = f'fill="{"#fff" if hollow else INK}" stroke="{INK}" stroke-width="1.6"'
        if shape % 4 == 0:
            self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {paint}/>')
            return
        corners = _CORNERS[shape % 4]
        where = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
        self.parts.append(f'<polygon points="{where}" {paint}/>')

    def box(self, x: float, y: float, width: float, height: float, paint: str | None) -> None:
        """A bar with a black edge; without paint it is hatched."""
        fill = paint or f"url(#{self.name}-arcering)"
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{INK}"/>'
        )

    def band(self, x: float, y: float, width: float, height: float) -> None:
        """A hatched piece with a thin edge above and below."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="url(#{self.name}-arcering)"/>'
        )
        for edge in (y, y + height):
            self.line([(x, edge), (x + width, edge)], 0.8, "#777", "3 3")

    def finish(self, title: str, alt: str, edge: int) -> str:
        """The <svg> element, white below everything."""
        name, width, height = self.name, WIDTH + 2 * edge, round(self.y) + 8 + 2 * edge
        far, paint, thick = self.hatch
        hatch = (
            f'<defs><pattern id="{name}-arcering" width="{far}" height="{far}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="{far}" stroke="{paint}" '
            f'stroke-width="{thick}"/></pattern></defs>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-edge} {-edge} {width} {height}" role="img" lang="nl" '
            f'aria-labelledby="{name}-titel" aria-describedby="{name}-tekst" font-family="{FONT}" fill="{INK}">'
            f'<title id="{name}-titel">{escape(_clean(title))}</title>'
            f'<desc id="{name}-tekst">{escape(_clean(alt))}</desc>'
            f'{hatch}<rect x="{-edge}" y="{-edge}" width="{width}" height="{height}" fill="#fff"/>\n'
            + "\n".join(self.parts)
            + "\n</svg>"
        )


_CORNERS = {
    1: ((-4.2, -4.2), (4.2, -4.2), (4.2, 4.2), (-4.2, 4.2)),
    2: ((0, -6), (6, 0), (0, 6), (-6, 0)),
    3: ((0, -5.5), (5.5, 4.5), (-5.5, 4.5)),
}


def _clean(text: str) -> str:
    """Text without what XML cannot hold, such as a control character in a name."""
    return "".join(c if c.isprintable() else " " for c in text)


def text_width(text: str, size: float) -> float:
    """How wide a text is at most, in units: a little more than bold letters of this font take."""
    return size * sum(_char_width(c) for c in text)


# The widest bold letter of each class, in this font or in those that a computer without it takes.
_WIDTHS = (
    (" .,:;'|", 0.31), ("ijlf!\"", 0.4), ("rtI()-1/", 0.45), ("mMW%", 0.97), ("wNGOQ&", 0.79), ("zscyvx", 0.56),
)  # fmt: skip


@cache
def _char_width(char: str) -> float:
    known = next((width for letters, width in _WIDTHS if char in letters), None)
    if known is not None:
        return known
    if char.isupper():
        return 0.73
    return 0.63 if ord(char) < 0x2000 else 1.1


def fit(text: str, width: float, size: float) -> str:
    """The text, cut off with '…' where it would be wider."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrap(text: str, width: float, size: float) -> list[str]:
    """The text in lines of whole words; a word that is wider than a line is cut off."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(fit(word, width, size))
    return lines
