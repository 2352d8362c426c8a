"""Teaching in a real browser: with and without the script, by keyboard, in every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

LOOKS = [("de", "light", "desk"), ("de", "dark", "phone"), ("en", "dark", "desk"), ("en", "light", "phone")]
ALL_RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
SELECT = """() => {
  const first = document.querySelectorAll(".letter p[dir]")[1];
  const range = document.createRange();
  range.selectNodeContents(first);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture
def classroom(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    """A house of its own: what is taught here is known nowhere else."""
    with served() as announced:
        yield let_in(browser, announced, tmp_path / "inside.json")


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
def test_page_after_a_lesson(browser: Browser, classroom: Served, lang: str, scheme: str, size: str) -> None:
    """What was learned stands there with its way back, in the window, and axe finds nothing to mend."""
    with reader(browser, classroom, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.goto(classroom.address + "/case/hohl/")
        page.click("button[value=reason]")
        page.locator("#words summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"taught-{lang}-{scheme}-{size}.png", full_page=True)
        page.evaluate(SELECT)
        page.wait_for_selector(".take:not([hidden])")
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"selected-{lang}-{scheme}-{size}.png")
        assert errors == []


def test_words_when_they_are_selected(browser: Browser, classroom: Served) -> None:
    """Selected words go into the form, without the notes between them, and become a finding."""
    with reader(browser, classroom, scripts=True) as context:
        page = context.new_page()
        page.goto(classroom.address + "/case/carla/")
        assert page.locator(".take").is_hidden()
        page.evaluate(SELECT)
        page.click(".take")
        quoted = page.input_value("#quoted")
        letter = page.evaluate(
            "() => { const p = document.querySelectorAll('.letter p[dir]')[1].cloneNode(true);"
            " p.querySelectorAll('.note').forEach(n => n.remove());"
            " return p.textContent.replace(/\\s+/g, ' ').trim() }"
        )
        assert quoted == letter
        assert page.evaluate("document.activeElement.id") == "kind"
        page.select_option("#kind", "flattery")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".told")
        assert "ist für dich Schmeichelei" in page.inner_text(".own")


def focus(page: Page, selector: str) -> None:
    """Walk to an element with the tab key alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_everything_by_keyboard_and_without_a_script(browser: Browser, classroom: Served) -> None:
    """A verdict, a denial, words and the way back need neither a mouse nor a script."""
    with reader(browser, classroom, lang="en") as context:
        page = context.new_page()
        page.goto(classroom.address + "/case/hohl/")
        focus(page, "button[value=ask]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".told")
        assert page.inner_text(".told").startswith("Learned.")
        assert page.inner_text(".verdict").startswith("To you, the reason is missing here.")
        focus(page, "#words summary")
        page.keyboard.press("Enter")
        focus(page, "#quoted")
        page.keyboard.type("gegenseitige Impulse")
        focus(page, "#kind")
        focus(page, ".do button[value=no]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".own li:nth-child(2)")
        focus(page, ".own button")
        page.keyboard.press("Enter")
        page.wait_for_selector(".own li:only-child")
        assert page.inner_text(".told").startswith("Taken back.")
