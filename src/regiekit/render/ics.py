"""Mijlpalen as an iCalendar file (RFC 5545): whole days, CRLF, lines folded at 75 bytes, no alarms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from regiekit.domain.mijlpalen import INDICATIEF
from regiekit.errors import legible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from regiekit.domain.mijlpaaltabel import Mijlpaaltabel
    from regiekit.domain.mijlpalen import Moment, Overzicht

LINE = 75  # bytes, the line end not counted


def to_ics(tabel: Mijlpaaltabel, overzicht: Overzicht, start: date, stempel: date, client: str | None) -> bytes:
    """The calendar. A mijlpaal keeps its UID when its date changes, so that a calendar moves it and adds nothing."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//regiekit//mijlpalen//NL", "CALSCALE:GREGORIAN"]
    uid = "-".join(filter(None, (tabel.id, start.strftime("%Y%m%d"), client)))
    for moment in overzicht.momenten:
        lines += _event(f"{moment.mijlpaal.id}-{uid}", _summary(moment, client), _about(moment), moment.datum, stempel)
    if tabel.evaluatie:
        name, text = tabel.evaluatie.naam, f"{tabel.evaluatie.tekst}\n{INDICATIEF}"
        for number, day in enumerate(overzicht.evaluaties, 1):
            summary = f"{name} ({client})" if client else name
            lines += _event(f"evaluatie-{number}-{uid}", summary, text, day, stempel)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in fold(line)).encode()


def _summary(moment: Moment, client: str | None) -> str:
    marks = [client or "", "" if moment.eigen or not moment.mijlpaal.indicatief else "indicatief"]
    said = ", ".join(filter(None, marks))
    return f"{moment.mijlpaal.naam} ({said})" if said else moment.mijlpaal.naam


def _about(moment: Moment) -> str:
    parts = [f"{moment.mijlpaal.tekst} Wie: {moment.mijlpaal.wie}.", moment.mijlpaal.verschil or "", INDICATIEF]
    return "\n".join(filter(None, parts))


def _event(uid: str, summary: str, about: str, day: date, stempel: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@regiekit.invalid"
    yield f"DTSTAMP:{stempel:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(summary)}"
    yield f"DESCRIPTION:{escape(about)}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT")


def escape(text: str) -> str:
    """Text as a value: backslash, semicolon, comma and line end; a value can hold no control characters."""
    text = legible(text.replace("\r\n", "\n").replace("\r", "\n"))
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, no character cut in two; each further piece starts with a space."""
    piece, size = "", 0
    for character in line:
        length = len(character.encode())
        if size + length > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + length
    yield piece
