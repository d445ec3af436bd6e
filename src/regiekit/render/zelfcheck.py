"""A part of zelfcheck as lines: the judgement first, then what it is about, then what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regiekit.render.parts import bullet, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from regiekit.domain.zelfcheck import Onderdeel

_MARK = 8  # 'let op' and two spaces


def render_onderdeel(onderdeel: Onderdeel) -> Iterator[RenderableType]:
    """One part; read aloud from left to right it is one sentence after the other."""
    yield bullet(f"{onderdeel.naam}: {onderdeel.uitleg}.", onderdeel.oordeel.ljust(_MARK - 1), indent=0)
    if onderdeel.doen:
        yield paragraph(f"Doe dit: {onderdeel.doen}", indent=_MARK)
