"""The pages after a conference in a real browser: events, sorting, scanning, a mailing, a draft, hosting."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served
from tests.browser.test_house import ALL_RULES
from tests.conference import WORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

OF_AN_EVENT = {"event": "", "sort": "sort/", "sorted": "sort/?who=", "scan": "scan/", "mailing": "mailing/"}
OTHERS = ("events", "draft", "hostings", "hosting", "hosted", "own", "stop")
LOOKS = [("de", "light", "phone"), ("en", "dark", "desk")]
"""Two looks that share nothing; people stand in a hallway."""
PLAIN = ("sorted", "hostings", "stop")
"""Pages made of what others are made of as well: one look is enough."""
READER = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue:
    "BEGIN:VCARD\\nVERSION:3.0\\nFN:Kai Falk\\nEMAIL:kai@falk.example\\nEND:VCARD" }]; }
};
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
"""


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house of an owner who came home from a conference, and hosts one."""
    with served("conference") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def event(page: Page, house: Served, name: str = "re:publica") -> str:
    """Return the address of an event."""
    page.goto(house.address + "/events/")
    path = page.locator(".cases a", has_text=name).get_attribute("href")
    return f"{house.address}{path}"


def hosted(page: Page, house: Served) -> str:
    """Return the address of the start page of the hosted event."""
    page.goto(house.address + "/host/")
    with page.expect_navigation():
        page.locator(".cases a").first.click()
    path = page.locator("main a:has(code.link)").get_attribute("href")
    return f"{house.address}{path}"


def go(page: Page, house: Served, name: str) -> None:
    """Come to a page as somebody would, and unfold all of it."""
    match name:
        case "events" | "hostings":
            page.goto(house.address + {"events": "/events/", "hostings": "/host/"}[name])
        case "draft":
            page.goto(house.address + "/draft/")
            page.fill("#to", "grace@people.example")
            page.fill("#text", "Guten Tag Frau Adeyemi,\n\nhaben Sie 15 Minuten für Synergien?\n\nOlga Türen")
            with page.expect_navigation():
                page.locator("main .do button").click()
        case "hosting" | "hosted" | "own":
            start = hosted(page, house)
            if name != "hosting":
                page.goto(start + (f"{WORD}/" if name == "own" else ""))
        case "stop":
            page.goto(event(page, house) + "mailing/")
            found = re.search(r"/u/[a-z2-7]{42}", page.content())
            page.goto(house.address + (found[0] if found else "/u/x"))
        case _:
            address = event(page, house, "Buchmesse" if name == "sorted" else "re:publica")
            page.goto(address + OF_AN_EVENT[name])
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize(
    ("name", "lang", "scheme", "size"),
    [(name, *look) for name in (*OF_AN_EVENT, *OTHERS) for look in LOOKS[: 1 if name in PLAIN else 2]],
)
def test_pages_after_an_event(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """Each fits its window and the narrowest one; axe finds nothing to mend; the policy refuses nothing."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        go(page, house, name)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=SCREENSHOTS / f"after-{name}-{lang}-{scheme}-{size}.png", full_page=True)
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert errors == []


def test_everybody_is_sorted_by_number_keys(browser: Browser, house: Served) -> None:
    """A number presses a button and the next person comes up; a number that is written stays one."""
    with reader(browser, house, scripts=True) as context:
        page = context.new_page()
        page.goto(event(page, house) + "sort/")
        faces = []
        for key in ("1", "2", "4"):
            faces.append(page.inner_text("h1"))
            page.fill("#note", "12")
            page.locator("h1").click()
            page.keyboard.press(key)
            page.wait_for_function("name => document.querySelector('h1').innerText !== name", arg=faces[-1])
        assert len(set(faces)) == 3
        assert page.inner_text("h1") == "Alle sind einsortiert."
        with page.expect_navigation():
            page.locator(".undo").click()
        assert page.inner_text("h1") == faces[-1]


def test_a_card_is_scanned_where_the_browser_can(browser: Browser, house: Served) -> None:
    """What the code says lands in the field and is noted; the camera is closed again."""
    with reader(browser, house, scripts=True, size="phone") as context:
        context.add_init_script(READER)
        page = context.new_page()
        page.goto(event(page, house) + "scan/")
        page.locator("#open-eye").click()
        expect(page.locator("#pasted")).to_have_value(re.compile("FN:Kai Falk"))
        assert page.evaluate("document.getElementById('eye').classList.contains('open')") is False
        with page.expect_navigation():
            page.locator("main form button:not(#open-eye)").click()
        assert "Kai Falk" in page.inner_text("[role=status] >> nth=0")


def test_a_card_is_typed_where_the_browser_cannot(browser: Browser, house: Served) -> None:
    """Without a reader of codes, or without any script, the page says what to do, and typing does."""
    for scripts in (True, False):
        with reader(browser, house, scripts=scripts) as context:
            page = context.new_page()
            page.goto(event(page, house) + "scan/")
            assert "Kamera-App" in page.inner_text("#eye-says")
            assert page.locator("#open-eye").is_visible() is False
