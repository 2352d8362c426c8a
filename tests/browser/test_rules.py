"""The pages of the house rules in a real browser: a draft is tried while it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a Chromium and a server

LOOKS = [("de", "light", "desk"), ("de", "dark", "phone"), ("en", "dark", "desk"), ("en", "light", "phone")]
ALL_RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
DRAFT = '[[rule]]\nname = "x"\nwhy = "w"\nall = ["true"]\ndo = "watch"\n'


@pytest.fixture
def study(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    """A house of its own: what is decided here holds nowhere else."""
    with served() as announced:
        yield let_in(browser, announced, tmp_path / "inside.json")


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
def test_rules_pages_for_everybody(
    browser: Browser, study: Served, lang: str, scheme: str, size: str
) -> None:
    """Every page fits its window and axe finds nothing to mend, the preview while writing included."""
    with reader(browser, study, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        for name in ("", "edit/", "page/"):
            page.goto(f"{study.address}/rules/{name}")
            if name == "edit/":
                page.fill("#text", DRAFT)
                page.wait_for_selector("#preview .listed a")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            found = Axe().run(page, options=ALL_RULES)
            assert found.violations_count == 0, found.generate_report()
            shot = f"rules-{name.strip('/') or 'all'}-{lang}-{scheme}-{size}.png"
            page.screenshot(path=SCREENSHOTS / shot, full_page=True)
        assert errors == []


def test_rules_without_a_script(browser: Browser, study: Served) -> None:
    """The button tries a draft, another lets it hold, a third takes it back."""
    with reader(browser, study, lang="en") as context:
        page = context.new_page()
        page.goto(f"{study.address}/rules/edit/")
        page.fill("#text", DRAFT)
        with page.expect_navigation():
            page.get_by_role("button", name="Only try them").click()
        assert page.locator("#preview .listed a").count() > 0
        assert page.input_value("#text").strip() == DRAFT.strip()
        with page.expect_navigation():
            page.get_by_role("button", name="Put them in force").click()
        assert page.locator(".told").inner_text().startswith("In force now: Show me why, 14 rules.")
        with page.expect_navigation():
            page.get_by_role("button", name="Go back one step").click()
        assert page.locator(".told").inner_text().startswith("In force now: Show me why, 13 rules.")
