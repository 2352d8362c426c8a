"""A real Chromium before a real server, both on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from tests.servers import CHROMIUM_ARGS

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "artefacts" / "screenshots"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 760},
    "desk": {"width": 1280, "height": 900},
}


@dataclass(frozen=True, slots=True)
class Served:
    """A served house: its address without a path, and the cookies of a browser that was let in."""

    address: str
    inside: Path


@contextmanager
def served(*words: str) -> Iterator[str]:
    """Serve a house and yield the address it announces."""
    command = [sys.executable, "-m", "tests.browser.served", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """The system's Chromium, which calls nobody.

    It ends with the file that asked for it: while it runs there is an event loop in this
    thread, and the store refuses to work beside one.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house with everybody at the door."""
    with served() as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


@pytest.fixture(scope="module")
def empty_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house at whose door nobody stands."""
    with served("empty") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def let_in(browser: Browser, announced: str, inside: Path) -> Served:
    """Open the announced address once and keep the cookies it gave."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(announced)
    assert urlsplit(page.url).query == ""
    context.storage_state(path=inside)
    context.close()
    parts = urlsplit(announced)
    return Served(f"{parts.scheme}://{parts.netloc}", inside)


@contextmanager
def reader(
    browser: Browser, house: Served | None, *, lang: str = "de", scheme: str = "light",
    size: str = "desk", scripts: bool = False,
) -> Iterator[BrowserContext]:  # fmt: skip
    """A browser of one language, scheme and size; let in where a house is given."""
    context = browser.new_context(
        viewport=SIZES[size],
        locale={"de": "de-DE", "en": "en-GB"}[lang],
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
        storage_state=house.inside if house else None,
    )
    yield context
    context.close()
