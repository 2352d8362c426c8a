"""The public door in a real browser: in every look, with and without the script, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served
from tests.browser.test_house import ALL_RULES, LOOKS, UNLIKE, is_light, load

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

LETTERS = {
    "de": "Guten Tag, hätten Sie diese Woche 15 Minuten für ein kurzes Telefonat?",
    "en": "Hello, could we have a 15-minute call this week?",
}
HELP = {"de": "15 Minuten am Telefon", "en": "15 minutes on the telephone"}
SENT = {"de": "Noch ein Schritt", "en": "One more step"}


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house with an open door."""
    with served("door") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def fits(page: Page, name: str) -> None:
    """Hold a page to its window, and draw it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def write(page: Page, house: Served, lang: str) -> None:
    """Open the door and write a letter on it."""
    page.goto(house.address + "/henrike")
    page.fill("#matter", LETTERS[lang])
    page.fill("#name", "Kai Falk")
    page.fill("#address", "kai@falk.example")


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
def test_door_without_a_script(browser: Browser, house: Served, lang: str, scheme: str, size: str) -> None:
    """A preview says what would help; a fault keeps all that was typed; then the letter goes."""
    look = f"{lang}-{scheme}-{size}"
    with reader(browser, None, lang=lang, scheme=scheme, size=size) as context:
        page = context.new_page()
        answers = load(page, house.address + "/henrike")
        assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(house.address).netloc}
        assert is_light(answers)
        assert page.locator("[data-question]:visible").count() == 4
        fits(page, f"door-{look}")
        write(page, house, lang)
        page.click("button[name=look]")
        assert HELP[lang] in page.inner_text("#help")
        assert LETTERS[lang] in page.inner_text(".letter")
        fits(page, f"door-looked-{look}")
        page.fill("#address", "kai")
        page.click("button[name=send]")
        assert page.locator(".faults li").count() == 1
        assert page.input_value("#matter") == LETTERS[lang]
        fits(page, f"door-fault-{look}")
        page.fill("#address", f"{look}@falk.example")
        page.click("button[name=send]")
        assert page.inner_text("h1") == SENT[lang]
        fits(page, f"door-sent-{look}")
        assert context.cookies() == []


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
def test_door_for_everybody(browser: Browser, house: Served, lang: str, scheme: str, size: str) -> None:
    """With the script a friend reads along; axe finds nothing to mend, and the policy refuses nothing."""
    with reader(browser, None, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.goto(house.address + "/henrike")
        assert page.locator("[data-question]:visible").count() == 0
        write(page, house, lang)
        page.wait_for_function(
            "words => document.getElementById('help').innerText.includes(words)", arg=HELP[lang]
        )
        assert page.locator("[data-question]:visible").count() == 4
        for summary in page.locator("summary").all():
            summary.click()
        for path in ("", "/imprint", "/privacy", "/rules"):
            if path:
                page.goto(house.address + "/henrike" + path)
            found = Axe().run(page, options=ALL_RULES)
            assert found.violations_count == 0, found.generate_report()
            fits(page, f"door-open{path.replace('/', '-')}-{lang}-{scheme}-{size}")
        assert errors == []
        page.goto(house.address + "/henrike/k/nothing")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        fits(page, f"door-dead-{lang}-{scheme}-{size}")


def test_door_by_keyboard_and_back(browser: Browser, house: Served) -> None:
    """Tab leads through the form; a code word quiets the help; back brings the form with what was typed."""
    with reader(browser, None, lang="en", scripts=True) as context:
        page = context.new_page()
        page.goto(house.address + "/henrike")
        page.focus("#matter")
        page.keyboard.type(LETTERS["en"])
        page.wait_for_function(
            "words => document.getElementById('help').innerText.includes(words)", arg=HELP["en"]
        )
        page.fill("#word", "Kornblume")
        page.wait_for_function("() => document.getElementById('help').innerText.trim() === ''")
        assert page.locator("[data-question]:visible").count() == 0
        page.focus("#matter")
        stops = []
        for _ in range(7):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.name"))
        assert stops == ["name", "address", "word", "files", "send", "look", ""]
        page.fill("#name", "Kai Falk")
        page.fill("#address", "keys@falk.example")
        page.press("#address", "Enter")
        page.wait_for_function("() => document.querySelector('h1').innerText === 'One more step'")
        page.go_back()
        assert page.input_value("#matter") == LETTERS["en"]


@pytest.mark.parametrize("width", [320, 700, 3840])
def test_door_when_windows_are_odd(browser: Browser, house: Served, width: int) -> None:
    """Nothing leaves the window sideways, from a small phone to a wall."""
    with reader(browser, house) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/henrike", "/henrike/rules", "/door/"):
            page.goto(house.address + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
def test_owners_page_of_the_door(browser: Browser, house: Served, lang: str, scheme: str, size: str) -> None:
    """Where the owner writes the door, axe finds nothing to mend either."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        page.goto(house.address + "/door/")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        fits(page, f"door-desk-{lang}-{scheme}-{size}")
