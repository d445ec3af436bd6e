"""Sphinx: the handbook in Dutch, as files that open from the disk and ask nothing of a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from zoektaal import Zoektaal

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "regiekit"
html_title = "Handboek regiekit"
language = "nl"
root_doc = "index"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4  # the anchors that a code host gives to headings, so that links work in both places
nitpicky = True

html_theme = "furo"
html_theme_options = {
    "sidebar_hide_name": False,
    "top_of_page_buttons": [],
    # the link and grey of the theme have too little contrast in places; these have 4.5 or more
    "light_css_variables": {
        "color-brand-primary": "#0b4f6c",
        "color-brand-content": "#0b4f6c",
        "color-foreground-secondary": "#4a4a4a",
        "color-foreground-muted": "#595959",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8fd3f4",
        "color-brand-content": "#8fd3f4",
        "color-foreground-secondary": "#cfd0d0",
        "color-foreground-muted": "#b5b6b6",
    },
}
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["handboek.css"]
html_js_files = ["handboek.js"]
html_show_search_summary = False  # a browser that opens a file may not read the other pages
html_copy_source = False
html_use_index = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
highlight_language = "text"


def setup(app: Sphinx) -> None:
    app.add_search_language(Zoektaal)
