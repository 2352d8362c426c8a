"""Cards, the watch list, vouching and outcomes in a real browser, with people and words on them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served
from tests.browser.test_house import ALL_RULES, UNLIKE

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

NAMES = (
    "my-cards",
    "watched",
    "vouched",
    "outcomes",
    "vouched-person",
    "card",
    "public-list",
    "consent",
    "agreed",
)


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house of an owner with cards, who vouches for two people."""
    with served("carded") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


@pytest.fixture(scope="module")
def places(browser: Browser, house: Served) -> dict[str, str]:
    """The address of each page; those behind links are found as the owner finds them."""
    found = {"my-cards": "/cards/", "watched": "/watch/", "vouched": "/vouched/", "outcomes": "/outcomes/"}
    with reader(browser, house, lang="en") as context:
        page = context.new_page()
        page.goto(house.address + "/vouched/")
        people = {link.inner_text(): str(link.get_attribute("href")) for link in page.locator(".who a").all()}
        found["vouched-person"] = people["Kai Falk"].partition("#")[0]
        page.goto(house.address + found["vouched-person"])
        found["card"] = urlsplit(page.locator("#granted ~ ul code.link").first.text_content() or "").path
        for name, person in (("agreed", "Kai Falk"), ("consent", "Eva Amsel")):
            page.goto(house.address + people[person].partition("#")[0])
            page.locator("#vouching summary").first.click()
            with page.expect_navigation():
                page.locator("button[value=by-hand]").click()
            told = page.locator("[role=status]").inner_text()
            found[name] = urlsplit(told[told.index("https://") :].strip()).path
    found["public-list"] = "/v/"
    return found


def come(page: Page, house: Served, place: str) -> None:
    """Open a page with everything unfolded."""
    page.goto(house.address + place)
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
@pytest.mark.parametrize("name", NAMES)
def test_page_for_everybody(
    browser: Browser, house: Served, places: dict[str, str], name: str, lang: str, scheme: str, size: str
) -> None:
    """Nothing sticks out, and the checker axe finds nothing to mend, with the strictest contrast."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        come(page, house, places[name])
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"{name}-{lang}-{scheme}-{size}.png", full_page=True)


def test_consent_is_given_and_taken_back_on_the_narrowest_phone(
    browser: Browser, house: Served, places: dict[str, str]
) -> None:
    """Without a script, without a key, without a cookie: one field and one button."""
    with reader(browser, None, lang="en") as context:
        page = context.new_page()
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(house.address + places["consent"])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.fill("input[name=name]", "Eva Amsel, Graz")
        with page.expect_navigation():
            page.locator("button[value=yes]").click()
        assert "Eva Amsel, Graz" in page.locator(".lead").inner_text()
        page.goto(house.address + "/v/")
        assert page.locator(".vouched-names li").all_inner_texts() == [
            "Eva Amsel, Graz",
            "Kai Falk, Verleger in Kiel",
        ]
        page.goto(house.address + places["consent"])
        with page.expect_navigation():
            page.locator("button[value=no]").click()
        page.goto(house.address + "/v/")
        assert page.locator(".vouched-names li").all_inner_texts() == ["Kai Falk, Verleger in Kiel"]
        assert context.cookies() == []


def test_cards_hold_as_they_are_shown_and_are_handed_out(browser: Browser, house: Served) -> None:
    """The button pressed without a change adds and takes no option; a link is made without a script."""
    with reader(browser, house, lang="en") as context:
        page = context.new_page()
        page.goto(house.address + "/cards/")
        with page.expect_navigation():
            page.locator("form.edit button").last.click()
        assert page.locator("[role=status]").inner_text() == "Your cards hold like this now."
        page.locator("#handed summary").click()
        page.fill("#handed-name", "Badge")
        with page.expect_navigation():
            page.locator("#handed form button").last.click()
        assert "For whoever holds the link." in page.locator("[role=status]").inner_text()
        link = urlsplit(page.locator("#handed code.link").first.inner_text()).path
        page.goto(house.address + link)
        assert page.locator(".ways").count() == 1
