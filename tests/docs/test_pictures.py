"""Every page of the house has its pictures, none is old, each is used, and together they are small."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from scripts.pictures_of_pages import FOLDER, LANGUAGES, ON_A_PHONE, Words, named, said_before

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 8_000_000


@pytest.fixture(scope="module")
def demo() -> Iterator[httpx2.Client]:
    """Yield a program that is let into the running demo."""
    command = [str(Path(sys.executable).parent / "anlass"), "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            address = next(
                found[0] for line in served.stdout or () if (found := re.search(r"http://\S+", line))
            )
            base = address.partition("?")[0]
            with httpx2.Client(base_url=base, follow_redirects=True, trust_env=False, timeout=60) as client:
                client.get(address)
                yield client
        finally:
            served.terminate()


@pytest.mark.slow  # reads the example mailbox, and draws every page of the house twice
def test_no_picture_of_a_page_is_old(demo: httpx2.Client) -> None:
    """Each page on the map says what it said when its picture was taken; else take new ones."""
    now: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        for place in Words(demo.get("/").text).map:
            words = Words(demo.get(place, headers={"Accept-Language": lang}).text)
            now.setdefault(named(place), {})[lang] = words.digest
    before = said_before()
    assert sorted(now) == sorted(before), "a page is new or gone: make pictures"
    assert [name for name in now if now[name] != before[name]] == [], "make pictures"


def test_every_page_has_its_pictures_in_both_languages() -> None:
    """Desk for all, phone for the main ones."""
    wanted = {f"{name}.{lang}.webp" for name in said_before() for lang in LANGUAGES}
    wanted |= {f"{name}-phone.{lang}.webp" for name in ON_A_PHONE for lang in LANGUAGES}
    assert {file.name for file in FOLDER.glob("*.webp")} == wanted


def test_every_picture_is_used_by_a_document_of_its_language() -> None:
    """No picture lies about for nothing, and a German page shows German ones."""
    shown: dict[str, str] = {}
    for page in (*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"):
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            file = (page.parent / target).resolve()
            shown[str(file.relative_to(PICTURES))] = "de" if page.name.endswith(".de.md") else "en"
    kept = {
        str(file.relative_to(PICTURES))
        for file in PICTURES.rglob("*")
        if file.suffix in {".png", ".svg", ".webp"}
    }
    assert sorted(kept - set(shown)) == []
    told = {name: found[1] for name in shown if (found := re.search(r"\.(de|en)\.", name))}
    assert {name: lang for name, lang in shown.items() if told.get(name, lang) != lang} == {}


def test_the_pictures_are_small() -> None:
    """A clone stays light."""
    assert sum(file.stat().st_size for file in PICTURES.rglob("*") if file.is_file()) < MOST_BYTES


def test_a_page_that_says_something_else_is_noticed() -> None:
    """One word of the text counts; what stands around it, in attributes or in scripts, does not."""
    page = (
        '<main><p class="a">One word</p><script>x</script></main><div class="sill"><a href="/b/">b</a></div>'
    )
    assert Words(page).map == ["/b/"]
    assert Words(page).digest == Words(page.replace('"a"', '"c"').replace("x</", "y</")).digest
    assert Words(page).digest != Words(page.replace("word", "words")).digest
