"""regiekit: eigen regie meten, bespreken en versterken in het tweede spoor."""

__version__ = "0.1.0"
