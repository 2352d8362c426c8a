"""How the generator (Sphinx with MyST) makes the site: Markdown as it is, nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import sphinx
from sphinx.application import Sphinx

from scripts.site.map import LISTS, Shelf, shelves, twin

_HERE = Path(__file__).parent
_STATIC = _HERE.parents[1] / "src" / "anlass" / "web" / "static" / "anlass"
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_SEARCH = {"en": "search", "de": "suche"}

project = "Anlass"
extensions = ["myst_parser"]
root_doc = "index"
myst_heading_anchors = 4
suppress_warnings = ["toc.not_included", "myst.header", "misc.highlighting_failure"]
highlight_language = "none"
html_theme = "house"
html_theme_path = [str(_HERE)]
html_use_index = html_domain_indices = html_copy_source = html_show_sourcelink = False
html_show_search_summary = False
html_permalinks = False
html_search_scorer = str(_HERE / "scorer.js")
html_additional_pages = {"suche": "search.html"}


def _language(page: str) -> str:
    return "de" if page.endswith(".de") or page == _SEARCH["de"] else "en"


def _frame(app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Give a page what stands around it: its language, its twin, the map, where one searches."""
    lang = _language(page)
    known = app.env.found_docs
    other = _SEARCH["en" if lang == "de" else "de"] if page in _SEARCH.values() else twin(page)
    maps: dict[str, tuple[Shelf, ...]] = app.config.shelves
    context.update(
        lang=lang,
        other=other if other in known or page in _SEARCH.values() else "",
        shelves=maps[lang],
        start="index.de" if lang == "de" else "index",
        all_pages=LISTS[lang].removesuffix(".md"),
        search_page=_SEARCH[lang],
        is_start=page in {"index", "index.de"},
    )
    words, numbers = "Tabelle" if lang == "de" else "Table", count(1)
    wide = '<div class="wide" role="region" aria-label="{} {}" tabindex="0">{}</div>'
    body = context.get("body", "")
    context["body"] = _TABLE.sub(lambda table: wide.format(words, next(numbers), table[0]), body)


def _read_maps(app: Sphinx) -> None:
    app.config.shelves = {lang: shelves(Path(app.srcdir), lang) for lang in LISTS}


def _bring_the_house(app: Sphinx, error: Exception | None) -> None:
    """Put the look of the pages and its letters beside the site, and the German words of the search."""
    if error is None:
        house = Path(app.outdir) / "house"
        shutil.copytree(_STATIC / "fonts", house / "fonts", dirs_exist_ok=True)
        shutil.copy2(_STATIC / "anlass.css", house)
        german = Path(sphinx.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "sphinx.js"
        shutil.copy2(german, house / "search.de.js")


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell the generator about all of this."""
    app.connect("builder-inited", _read_maps)
    app.connect("html-page-context", _frame)
    app.connect("build-finished", _bring_the_house)
    return {"parallel_read_safe": True}
