"""The pages of blocked people and of chat networks in a real browser, for everybody and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served
from tests.browser.test_house import ALL_RULES, UNLIKE

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

PAGES = {"blocked": "/blocked/", "knocks": "/knocks/", "threat": "/case/drohung2/"}


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house of an owner who was threatened, and at whose chat doors somebody asks."""
    with served("threatened", "letters") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def knock(page: Page, house: Served) -> None:
    """Open the case of whoever asks on XMPP."""
    page.goto(house.address + "/knocks/")
    with page.expect_navigation():
        page.locator("main a[href^='/case/']").first.click()


def person(page: Page, house: Served) -> None:
    """Open the page of whoever is blocked."""
    page.goto(house.address + "/blocked/")
    with page.expect_navigation():
        page.locator("main a[href^='/person/']").first.click()


STEPS = {"knock": knock, "blocked-person": person}


def opened(page: Page, house: Served, name: str) -> None:
    """Open a page."""
    if name in PAGES:
        page.goto(house.address + PAGES[name])
    else:
        STEPS[name](page, house)


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
@pytest.mark.parametrize("name", [*PAGES, *STEPS])
def test_pages_of_the_threatened_for_everybody(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """The checker axe finds nothing to mend with the strictest contrast, no script is refused, all fits."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        opened(page, house, name)
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        assert errors == []
        page.screenshot(path=SCREENSHOTS / f"{name}-{lang}-{scheme}-{size}.png", full_page=True)
        for width in (page.viewport_size or {"width": 360})["width"], 320:
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_somebody_is_blocked_and_let_go_by_keyboard_alone(browser: Browser, house: Served) -> None:
    """From the letter that threatens to the page of the person and back, without mouse or script."""
    with reader(browser, house, lang="en") as context:
        page = context.new_page()
        page.goto(house.address + PAGES["threat"])
        page.get_by_role("button", name="Block this person").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(house.address + PAGES["blocked"])
        assert page.locator("main").inner_text().count("Sehr-Lange") >= 1
        page.locator("main a[href^='/person/']", has_text="Sehr-Lange").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Lift the block").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto(house.address + PAGES["blocked"])
        assert "Sehr-Lange" not in page.locator("main").inner_text()
