"""Every page in a real browser: both languages, light and dark, phone and desk, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import SCREENSHOTS, Served, reader

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and every page is drawn

PAGES = {
    "inbox": "/",
    "hollow": "/case/hohl/",
    "reason": "/case/carla/",
    "sale": "/case/pryce/",
    "wordless": "/case/lucja/",
    "settings": "/settings/",
    "tokens": "/settings/tokens/",
    "webhooks": "/settings/webhooks/",
    "cards": "/cards/",
    "watch": "/watch/",
    "dead-link": "/c/x",
    "set-aside": "/set-aside/",
    "about": "/about/",
    "recent": "/recent/",
    "found": "/?q=ferry",
    "nothing-found": "/?q=zzzz",
    "nowhere": "/nowhere/",
}
LOOKS = [
    (lang, scheme, size)
    for lang in ("de", "en")
    for scheme in ("light", "dark")
    for size in ("phone", "desk")
]
UNLIKE = [("de", "light", "desk"), ("en", "dark", "phone")]
"""Two looks that share nothing."""

ROOMS = ("An der Tür", "Menschen", "Veranstaltungen", "Einstellungen")
MAP = (
    "An der Tür", "Chat-Netze", "Ausgang", "Merkliste", "Was du zuletzt getan hast", "Was daraus wurde",
    "Zeit",
    "Menschen", "Enger Kreis", "Empfohlen", "Wer kann dieselbe Person sein?", "Kontakte", "Gesperrt",
    "Dein Entwurf",
    "Veranstaltungen", "Veranstaltungen für andere",
    "Einstellungen", "Postfächer", "Hausordnung", "Visitenkarten", "Deine Tür", "Tokens und Feeds",
    "Webhooks", "Protokoll", "Alles mitnehmen", "Beiseitegelegt", "Was Anlass nie tut",
)  # fmt: skip
"""What the foot of every page leads to."""

HEAVIEST, FONTS = 60_000, 70_000
"""Bytes of a page with all it needs but its fonts, and of the fonts, which are fetched once."""

ALL_RULES = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}


def load(page: Page, address: str) -> list[Response]:
    """Open an address, and return every answer the browser got for it."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright wants a function of Python
    page.goto(address, wait_until="load")
    return answers


def is_light(answers: list[Response]) -> bool:
    """Tell whether a page weighs little: with all it needs but its fonts, and these by themselves."""
    weighed = [(answer.request.resource_type == "font", len(answer.body())) for answer in answers]
    fonts = sum(size for is_font, size in weighed if is_font)
    return sum(size for is_font, size in weighed if not is_font) < HEAVIEST and fonts < FONTS


@pytest.mark.parametrize(("lang", "scheme", "size"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_page_without_scripts(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """A page is light, asks loopback alone, fits its window, and is there without a script."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size) as context:
        page = context.new_page()
        answers = load(page, house.address + PAGES[name])
        assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(house.address).netloc}
        assert [
            answer.url for answer in answers if answer.status >= 400 and name not in {"nowhere", "dead-link"}
        ] == []
        assert is_light(answers)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=SCREENSHOTS / f"{name}-{lang}-{scheme}-{size}.png", full_page=True)


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
@pytest.mark.parametrize("name", PAGES)
def test_page_for_everybody(
    browser: Browser, house: Served, name: str, lang: str, scheme: str, size: str
) -> None:
    """The checker axe finds nothing to mend, with the strictest contrast, and with every disclosure open."""
    with reader(browser, house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        page.goto(house.address + PAGES[name])
        for summary in page.locator("summary").all():
            summary.click()
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"{name}-open-{lang}-{scheme}-{size}.png", full_page=True)


@pytest.mark.parametrize(("lang", "scheme", "size"), UNLIKE)
def test_empty_inbox(browser: Browser, empty_house: Served, lang: str, scheme: str, size: str) -> None:
    """Nobody at the door is a page of its own, and as good as the others."""
    with reader(browser, empty_house, lang=lang, scheme=scheme, size=size, scripts=True) as context:
        page = context.new_page()
        page.goto(empty_house.address)
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"empty-{lang}-{scheme}-{size}.png", full_page=True)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_outside_the_door(browser: Browser, house: Served, lang: str) -> None:
    """Whoever has no key finds a plain page that loads nothing but its looks."""
    with reader(browser, None, lang=lang, scripts=True) as context:
        page = context.new_page()
        answers = load(page, house.address)
        assert answers[0].status == 403
        found = Axe().run(page, options=ALL_RULES)
        assert found.violations_count == 0, found.generate_report()
        page.screenshot(path=SCREENSHOTS / f"outside-{lang}.png", full_page=True)


@pytest.mark.parametrize("width", [320, 700, 1023, 1024, 3840])
def test_width_when_windows_are_odd(browser: Browser, house: Served, width: int) -> None:
    """Nothing leaves the window sideways, from a small phone to a wall."""
    with reader(browser, house) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        for name in ("inbox", "hollow", "reason"):
            page.goto(house.address + PAGES[name])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")


def test_notes_stand_beside_their_lines(browser: Browser, house: Served) -> None:
    """On a desk every note stands right of the letter, none above its sentence, none on another."""
    with reader(browser, house) as context:
        page = context.new_page()
        page.goto(house.address + PAGES["hollow"])
        sheet = page.locator(".letter").bounding_box()
        assert sheet
        boxes = [note.bounding_box() for note in page.locator(".note").all()]
        marks = page.locator("mark").all()
        assert len(boxes) == 9
        bottom = 0.0
        for box in boxes:
            assert box
            assert box["x"] > sheet["x"] + sheet["width"]
            assert box["y"] >= bottom
            bottom = box["y"] + box["height"]
        first = marks[0].bounding_box()
        assert first
        assert boxes[0]
        assert abs(first["y"] - boxes[0]["y"]) < 20


def focused(page: Page) -> Iterator[str]:
    """Yield what the focus is on, tab by tab, with whether it can be seen."""
    while True:
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(e => e === document.body ? null : [e.innerText.split('\\n')[0].trim(), "
            "getComputedStyle(e).outlineStyle !== 'none' && e.getBoundingClientRect().top >= 0])"
            "(document.activeElement)"
        )
        if seen is None:
            return
        assert seen[1], f"the focus on {seen[0]} cannot be seen"
        yield seen[0]


def test_keyboard_when_tabbing(browser: Browser, house: Served) -> None:
    """Tab goes from top to bottom, by way of everything that can be done, and is always seen."""
    with reader(browser, house) as context:
        page = context.new_page()
        page.goto(house.address)
        assert list(focused(page)) == [
            "Zum Text", "Anlass", *ROOMS, "", "Suchen", "Eingrenzen",
            "", "Priya Raman", "", "Yusuf Arslan", "", "Benedikt Hohl", "", "Sam Whitlock",
            "", "Carla Menzel", "", "Maren Tiedt", "", "Kanzlei Vogt & Partner", "", "Katharina von Ahn",
            "", "Łucja Brzezińska", "", "נועה לוי", "", "Dean Pryce", "", "Tom Reuter",
            "Was du zuletzt getan hast",
            *MAP,
        ]  # fmt: skip
        page.goto(house.address + PAGES["reason"])
        assert list(focused(page)) == [
            "Zum Text", "Anlass", *ROOMS,
            "Er hat einen Anlass", "Der Anlass fehlt", "Er ist hohl", "Einzelne Worte berichtigen",
            "Alles mit Datum und Quelle", "Diese Person, Monat für Monat", "Alle Regeln, die geprüft wurden",
            "Falls dir gedroht wird",
            "Annehmen", "Nachfragen", "Merken", "Ablehnen mit Nachricht", "Freischalten", "Verfallen lassen",
            "Der davor", "Der nächste",
            *MAP,
        ]  # fmt: skip


def test_paper(browser: Browser, house: Served) -> None:
    """A printed case is a letter with its notes: no links, no frame, black on white."""
    with reader(browser, house, scheme="dark") as context:
        page = context.new_page()
        page.goto(house.address + PAGES["hollow"])
        page.emulate_media(media="print", color_scheme="dark")
        parts = (".lintel", ".sill", ".letter", ".note")
        assert [page.locator(part).first.is_visible() for part in parts] == [False, False, True, True]
        ink, paper = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
        assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
        page.pdf(path=SCREENSHOTS / "hollow.pdf", format="A4")
