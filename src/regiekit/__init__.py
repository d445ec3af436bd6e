"""regiekit: eigen regie meten, bespreken en versterken in het tweede spoor."""

from collections.abc import Callable
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Callable[..., Any]:
    """`load_vragenlijst` and `score_frame`, loaded when they are asked for: no command pays for them."""
    if name in ("load_vragenlijst", "score_frame"):
        from importlib import import_module

        found: Callable[..., Any] = getattr(import_module("regiekit.public"), name)
        return found
    raise AttributeError(f"module 'regiekit' has no attribute '{name}'")
