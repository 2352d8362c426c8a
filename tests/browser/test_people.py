"""The pages of persons, circle and audit in a real browser, and the keys of the house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served
from tests.browser.test_house import ALL_RULES, LOOKS, UNLIKE

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

PAGES = {"people": "/people/", "proposals": "/people/same/", "circle": "/circle/"}


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house of an owner who knows a few people."""
    with served("acquainted") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def person(page: Page, house: Served) -> None:
    """Open the closest person, everything on the page unfolded."""
    page.goto(house.address + "/people/")
    with page.expect_navigation():
        page.locator(".people a").first.click()
    page.fill(".identity input[name=q]", "horvat")
    with page.expect_navigation():
        page.press(".identity input[name=q]", "Enter")
    for summary in page.locator("summary").all():
        summary.click()


def choice(page: Page, house: Served) -> None:
    """Come to the audit while no list lies there."""
    page.goto(house.address + "/audit/")
    if page.locator(".hand-over button").count():
        with page.expect_navigation():
            page.locator(".hand-over button").click()


def audit(page: Page, house: Served) -> None:
    """Audit the list that is offered, and mark somebody."""
    choice(page, house)
    with page.expect_navigation():
        page.locator("button[name=known]").first.click()
    page.locator("input[name=contact]").first.check()
    with page.expect_navigation():
        page.locator("button[value=keep]").click()


STEPS = {"person": person, "audit-choice": choice, "audit": audit}


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
@pytest.mark.parametrize("name", [*PAGES, *STEPS])
def test_pages_of_persons(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """Every page fits its window without a script, in every look."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size) as context:
        page = context.new_page()
        if name in PAGES:
            page.goto(house.address + PAGES[name])
        else:
            STEPS[name](page, house)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=SCREENSHOTS / f"{name}-{lang}-{scheme}-{size}.png", full_page=True)


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
@pytest.mark.parametrize("name", [*PAGES, *STEPS])
def test_pages_of_persons_for_everybody(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """The checker axe finds nothing to mend with the strictest contrast; the policy refuses nothing."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        if name in PAGES:
            page.goto(house.address + PAGES[name])
        else:
            STEPS[name](page, house)
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        assert errors == []


def test_keys_move_search_help_and_take_back(browser: Browser, house: Served) -> None:
    """The keys j and k walk the lines, Enter opens, / searches, u takes back, ? helps; writing is writing."""
    with reader(browser, house, scripts=True) as context:
        page = context.new_page()
        page.goto(house.address + "/people/")
        names = page.locator(".people a").all_inner_texts()
        for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.innerText") == names[at]
        page.keyboard.press("/")
        page.keyboard.type("jk?u")
        assert page.input_value("#q") == "jk?u"
        page.goto(house.address + "/people/same/")
        page.locator(".pairs button").first.click()
        page.wait_for_selector(".undo")
        page.keyboard.press("u")
        page.wait_for_selector(".told:not(:has(.undo))")
        assert page.locator(".pairs > li").count() == 1
        page.keyboard.press("?")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.locator("#use-keys").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.url.endswith("/people/same/")


def test_list_is_marked_by_keyboard_alone(browser: Browser, house: Served) -> None:
    """A list is chosen, filtered, marked and put away without a mouse and without a script."""
    with reader(browser, house, lang="en") as context:
        page = context.new_page()
        choice(page, house)
        page.locator("button[name=known]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".bars")
        page.locator(".bars a").last.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("input[name=contact]")
        page.locator("input[name=contact]").first.focus()
        page.keyboard.press("Space")
        page.locator("button[value=later]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".mark-said")
        assert page.inner_text(".mark-said") == "look at later"
        page.locator(".hand-over button").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#file")
