"""The inbox in a real browser: keys and clicks say the same, everything has its way back, in every look."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS, Served, let_in, reader, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

LOOKS = [("de", "light", "desk"), ("en", "dark", "phone")]
ALL_RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
SAID = {
    "a": "angenommen", "f": "nachgefragt", "m": "auf der Merkliste", "d": "abgelehnt mit Nachricht",
    "l": "verfallen gelassen",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house of its own, from which letters can be let go; each test leaves it as it was."""
    with served("letters") as announced:
        yield let_in(browser, announced, tmp_path_factory.mktemp("browser") / "inside.json")


def whole(page: Page, name: str) -> None:
    """Look at a page: nothing leaves the window, and axe finds nothing to mend."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options=ALL_RULES)
    assert found.violations_count == 0, found.generate_report()
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def focus(page: Page) -> str:
    """Return what the focus is on."""
    return str(page.evaluate("document.activeElement.innerText"))


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
def test_the_way_of_a_decision_in_every_look(
    browser: Browser, desk: Served, lang: str, scheme: str, size: str
) -> None:
    """Ticked, said, told, taken back, found, listed: each page is whole, and nobody complains."""
    look = f"{lang}-{scheme}-{size}"
    with reader(browser, desk, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.goto(desk.address)
        page.locator("input[name=case]").nth(0).check()
        page.locator("input[name=case]").nth(1).check()
        whole(page, f"inbox-ticked-{look}")
        with page.expect_navigation():
            page.locator("button[value=watched]").click()
        whole(page, f"inbox-told-{look}")
        page.goto(f"{desk.address}/recent/")
        whole(page, f"recent-{look}")
        with page.expect_navigation():
            page.locator(".undo").first.click()
        expect(page.locator("#told")).to_be_visible()
        page.goto(f"{desk.address}/?q=wir")
        page.locator(".narrow summary").click()
        whole(page, f"inbox-search-{look}")
        page.goto(f"{desk.address}/?q=zzzz")
        whole(page, f"inbox-nothing-{look}")
        page.goto(f"{desk.address}/case/hohl/")
        page.keyboard.press("m")
        expect(page.locator("#told")).to_be_visible()
        whole(page, f"case-told-{look}")
        page.keyboard.press("u")
        expect(page.locator("#told .undo")).to_have_count(0)
        assert errors == []


def test_every_key_says_its_word_and_u_takes_it_back(browser: Browser, desk: Served) -> None:
    """`a f m d l` on the line in focus; `u` takes back; the focus stays where one was."""
    with reader(browser, desk, scripts=True) as context:
        page = context.new_page()
        page.goto(desk.address)
        names = page.locator(".cases .who a").all_inner_texts()
        for key, said in SAID.items():
            page.keyboard.press("j")
            page.keyboard.press("j")
            who = focus(page)
            assert who in names
            page.keyboard.press(key)
            expect(page.locator("#told")).to_contain_text(f"{who}: {said}.")
            page.keyboard.press("u")
            expect(page.locator("#told")).to_contain_text(f"Zurückgenommen: {who}: {said}.")
            page.goto(desk.address)
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#told")).to_contain_text("Du hast noch keine Visitenkarte")


def test_keys_move_open_search_and_help(browser: Browser, desk: Served) -> None:
    """`j k` move, Enter opens, `j k` go on from case to case, `/` searches, `?` helps; writing is no key."""
    with reader(browser, desk, scripts=True) as context:
        page = context.new_page()
        page.goto(desk.address)
        names = page.locator(".cases .who a").all_inner_texts()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        assert focus(page) == names[0]
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(names[0])
        page.keyboard.press("j")
        expect(page.locator("h1")).to_have_text(names[1])
        page.keyboard.press("k")
        expect(page.locator("h1")).to_have_text(names[0])
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("almduf")
        page.keyboard.press("Enter")
        expect(page.locator(".quiet-large")).to_have_text("Davon liegt hier nichts.")
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_contain_text("annehmen, nachfragen")
        page.keyboard.press("Escape")


def test_all_of_it_without_a_script(browser: Browser, desk: Served) -> None:
    """Ticks, the row of words, the way back, search and filters are forms and links."""
    with reader(browser, desk, scripts=False) as context:
        page = context.new_page()
        page.goto(desk.address)
        acts = page.locator(".acts")
        assert not acts.is_visible()
        page.locator("input[name=case]").nth(0).check()
        page.locator("input[name=case]").nth(2).check()
        assert acts.is_visible()
        with page.expect_navigation():
            page.locator("button[value=lapsed]").click()
        assert page.locator("#told").inner_text().startswith("2 Vorgänge: verfallen gelassen.")
        with page.expect_navigation():
            page.locator("#told .undo").click()
        assert page.locator("#told").inner_text() == "Zurückgenommen: 2 Vorgänge: verfallen gelassen."
        page.locator("#q").fill("fähre ferry -zzz")
        with page.expect_navigation():
            page.locator(".seek > button").click()
        assert re.search(r"\?q=f%C3%A4hre\+ferry\+-zzz$", page.url)


def test_two_windows_and_the_way_back_of_the_browser(browser: Browser, desk: Served) -> None:
    """What one window decided the other does not overwrite, nor does a page from the past."""
    with reader(browser, desk, scripts=True) as context:
        one, other = context.new_page(), context.new_page()
        for page in (one, other):
            page.goto(f"{desk.address}/case/carla/")
        one.locator("button[value=accepted]").click()
        expect(one.locator("#told")).to_contain_text("angenommen")
        other.locator("button[value=lapsed]").click()
        expect(other.locator("#told")).to_contain_text("Inzwischen ist schon entschieden: angenommen.")
        one.reload()
        one.goto(f"{desk.address}/recent/")
        one.locator(".undo").first.click()
        expect(one.locator("#told")).to_contain_text("Zurückgenommen: Carla Menzel: angenommen.")


def test_selected_words_are_taught_and_taken_back(browser: Browser, desk: Served) -> None:
    """Words marked in the letter go into the form; what was learned goes again with `u`."""
    with reader(browser, desk, scripts=True) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/case/hohl/")
        page.evaluate(
            "() => { const range = document.createRange();"
            " range.selectNodeContents(document.querySelectorAll('.letter p[dir]')[1]);"
            " getSelection().removeAllRanges(); getSelection().addRange(range); }"
        )
        page.locator(".take").click()
        page.locator("#kind").select_option("flattery")
        page.locator("button[name=is][value=yes]").click()
        expect(page.locator(".teaching .told")).to_contain_text("Gemerkt.")
        page.keyboard.press("u")
        expect(page.locator(".teaching .told")).to_contain_text("Zurückgenommen.")


def test_a_letter_is_reworded_released_and_called_back(browser: Browser, desk: Served) -> None:
    """The owner's words are what leaves; taken back they are still there, and a case prints as a letter."""
    with reader(browser, desk, scripts=True) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/case/sam/")
        page.locator("#draft ~ details summary, section:has(#draft) details summary").first.click()
        page.locator("#letter-text").fill("Guten Tag,\n\nworum geht es?\n\nOlga")
        page.locator("button:has-text('Mit diesen Worten freigeben')").click()
        expect(page.locator("section:has(#draft)")).to_contain_text("Geht um 18:32 Uhr hinaus.")
        page.keyboard.press("u")
        expect(page.locator("section:has(#draft) blockquote")).to_contain_text("worum geht es?")
        page.emulate_media(media="print")
        assert [page.locator(part).first.is_visible() for part in (".on-case", ".beside", ".letter")] == [
            False, False, True,
        ]  # fmt: skip


@pytest.mark.parametrize("width", [320, 1023, 3840])
def test_inbox_in_odd_windows(browser: Browser, desk: Served, width: int) -> None:
    """Ticked lines and the row of words fit from a small phone to a wall."""
    with reader(browser, desk, scripts=True) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/", "/case/hohl/", "/recent/", "/?q=wir"):
            page.goto(desk.address + address)
            if address == "/":
                page.locator("input[name=case]").nth(1).check()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
