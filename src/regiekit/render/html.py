"""The frame of every HTML page: nothing loaded from elsewhere, the project's own letters inside."""

from __future__ import annotations

from html import escape
from pathlib import Path

from regiekit.render.pdf import font_face

HERE = Path(__file__).parent


def html_page(title: str, css: str, body: str, *, taal: str = "nl", richting: str = "ltr", own_css: str = "") -> str:
    """One file that needs nothing beside it; `css` names a style sheet in this folder, `body` is safe HTML.

    `richting` is how the language is written: ltr or rtl. `own_css` is what only this page has, after the sheet.
    """
    return f"""<!DOCTYPE html>
<html lang="{taal}"{' dir="rtl"' * (richting == "rtl")}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{font_face("Regular", 400)}
{font_face("Bold", 700)}
{(HERE / css).read_text(encoding="utf-8")}{own_css}</style>
</head>
<body>
{body}
</body>
</html>
"""
