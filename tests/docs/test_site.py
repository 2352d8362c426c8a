"""The documents as a site: built once as `make docs` does, then walked as a reader walks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from scripts.site.map import faults, twin
from scripts.site.staging import stage
from tests.browser.conftest import SCREENSHOTS, SIZES, browser
from tests.browser.test_house import ALL_RULES

__all__ = ["browser"]  # a fixture, used by its name

pytestmark = pytest.mark.slow  # builds the site

ROOT = Path(__file__).parents[2]
LOOKED_AT = ("index.de", "tutorial/too-many-requests", "README", "suche")
LOOKS = [("phone", "light"), ("desk", "dark"), ("desk", "light")]


class Links(HTMLParser):
    """Collects where a page leads, what it loads, and the names of its places."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.alternate = ""
        self.lang = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        said = {name: value or "" for name, value in attrs}
        self.places |= {said["id"]} if "id" in said else set()
        if tag == "html":
            self.lang = said["lang"]
        if tag == "link" and said["rel"] == "alternate":
            self.alternate = said["href"]
        elif tag == "a" and "href" in said:
            self.leads.append(said["href"])
        elif tag in {"script", "img", "link", "iframe", "source"}:
            self.loads.append(said.get("src") or said.get("href") or "data:")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "scripts.site",
            "--into",
            str(folder / "site"),
            "--work",
            str(folder / "work"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "")
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Links]:
    """Return every page of the site by its address, as seen from the folder."""
    return {file.relative_to(site).as_posix(): Links(file) for file in site.rglob("*.html")}


def led(page: str, links: Links) -> Iterator[tuple[str, str]]:
    """Yield where the links of a page lead within the site: the page, and the place on it."""
    for link in links.leads:
        if not urlsplit(link).scheme:
            there = urlsplit(urljoin(f"/{page}", link))
            yield unquote(there.path).lstrip("/"), unquote(there.fragment)


def test_every_link_and_place_is_there(pages: dict[str, Links], site: Path) -> None:
    """Whatever one presses within the site leads to a page, and to the place that the link names."""
    lost = [
        (page, there, place)
        for page, links in pages.items()
        for there, place in led(page, links)
        if not (site / there).is_file() or (place and place not in pages[there].places)
    ]
    assert lost == []


def test_every_page_is_reached_from_the_start(pages: dict[str, Links]) -> None:
    """Whoever begins at the start and follows links comes to every page, of both languages."""
    reached, next_ = {"index.html"}, ["index.html"]
    while next_:
        page = next_.pop()
        new = {there for there, _ in led(page, pages[page]) if there in pages} - reached
        reached |= new
        next_ += new
    assert sorted(set(pages) - reached) == []


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Links], site: Path) -> None:
    """No page and no style names anything that would be fetched over the network."""
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in site.rglob("*.css"))
    loaded = [one for links in pages.values() for one in links.loads]
    loaded += re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')]+)", sheets)
    assert [one for one in loaded if urlsplit(one).scheme not in {"", "data"} or one.startswith("//")] == []
    assert len(loaded) > 100


def test_both_languages_of_a_page_point_at_each_other(pages: dict[str, Links]) -> None:
    """A page that is there twice says in which language it is, and how to come to the other."""
    pairs = [page for page in pages if page.endswith(".de.html")]
    for german in pairs:
        english = f"{twin(german.removesuffix('.html'))}.html"
        assert (pages[german].lang, pages[english].lang) == ("de", "en")
        assert urljoin(german, pages[german].alternate) == english
        assert urljoin(english, pages[english].alternate) == german
    assert len(pairs) > 40


def test_what_is_lost_or_not_translated_fails_the_site(tmp_path: Path) -> None:
    """A link to nothing, a page without its twin, and one that no list names are each told."""
    docs = tmp_path / "docs"
    (docs / "howto").mkdir(parents=True)
    for name in ("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/index.md", "docs/index.de.md"):
        (tmp_path / name).write_text("# Here\n\n[lost](nowhere.md) `[code](stays)`\n", encoding="utf-8")
    for name in ("README.md", "README.de.md"):
        (docs / name).write_text(
            "# List\n\n## Shelf\n\n[Architecture](../ARCHITECTURE.md)\n", encoding="utf-8"
        )
    (docs / "howto" / "new.md").write_text("# New\n", encoding="utf-8")
    lost = stage(tmp_path, tmp_path / "staged")
    assert "docs/index.md: nowhere.md" in lost
    found = faults(tmp_path / "staged")
    assert "howto/new.md has no German twin." in found
    assert "howto/new.md is not listed in README.md." in found
    assert "CONTRIBUTING.md is not listed in README.md." in found


def told(page: Page) -> list[str]:
    """Return the list to which every address that a page asks for is added."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.browser
def test_the_site_is_for_everybody(browser: Browser, site: Path) -> None:
    """On a phone and on a desk, light and dark, axe finds nothing and no page is wider than its window."""
    for size, scheme in LOOKS:
        context = browser.new_context(
            viewport=SIZES[size], color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True
        )
        page = context.new_page()
        asked = told(page)
        for name in LOOKED_AT:
            page.goto((site / f"{name}.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            found = Axe().run(page, options=ALL_RULES)
            assert found.violations_count == 0, found.generate_report()
            shot = f"site-{name.replace('/', '-')}-{scheme}-{size}.png"
            page.screenshot(path=SCREENSHOTS / shot, full_page=False)
        assert {urlsplit(address).scheme for address in asked} <= {"file", "data"}
        context.close()


@pytest.mark.browser
def test_one_searches_without_a_network(browser: Browser, site: Path) -> None:
    """Opened from the disk, the search finds a page, one in the reader's language first."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    for search, word, first in (("suche", "Merkliste", ".de.html"), ("search", "watch list", ".html")):
        page.goto(f"{(site / f'{search}.html').as_uri()}?q={word}")
        link = page.locator("#search-results li a").first
        link.wait_for()
        target = str(link.get_attribute("href")).partition("#")[0]
        assert target.endswith(first)
        assert target.endswith(".de.html") == (search == "suche")
    context.close()
