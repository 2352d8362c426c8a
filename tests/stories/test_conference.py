"""A conference of sixty invented people from its list to the proof of its deletion (C6, C10, C12).

The organiser works on her pages, three people wish in browsers of their own, with keys that never leave them,
others with the program and some by mail alone; every letter goes through a real mail server.
`docs/tutorial/conference.md` tells the same day with the pictures that are made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from click.testing import CliRunner
from django.apps import apps
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from anlass.cli.main import main
from anlass.desk.gatherings import hosting as desk
from anlass.desk.wishes import own_key as own
from anlass.desk.wishes.keys import key_ring
from anlass.desk.wishes.purse import purse_called
from anlass.outreach.handouts import report_says
from anlass.outreach.sealed_note import Enclosed
from tests.browser.conftest import SCREENSHOTS, SIZES, browser
from tests.browser.test_house import ALL_RULES
from tests.gathering import (
    ABSENT,
    NAMES,
    Gathering,
    gathering,
    link_in,
    mail_of,
    pretix_table,
    told,
)
from tests.pages import pages_configured

__all__ = ["browser"]  # a fixture, used by its name

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # four browsers, and a server for all

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
ADA, BO, CEM, DORA = range(4)
COMMAND = range(DORA, 7)
"""Who types `anlass wish ...`."""
MAIL = range(27, len(NAMES) - ABSENT)
"""Who takes part by mail alone."""
PROGRAM = range(7, 27)
"""Who uses what is behind the command."""
BROWSERS = {ADA: ("de-DE", "phone"), BO: ("en-GB", "desk"), CEM: ("en-GB", "phone")}
MUTUAL = ((ADA, BO), (ADA, DORA), (4, 5), (20, 21), (52, 53), (BO, 51))
NOTES = {(ADA, BO): "Unser Gespräch am Fenster", (BO, ADA): "I liked your question", (CEM, ADA): "In vain"}


def wishes() -> dict[int, set[int]]:
    """Return for whom everybody wishes: some of it mutual, most of it in vain."""
    made: dict[int, set[int]] = {number: set() for number in range(len(NAMES) - ABSENT)}
    for number in (*COMMAND, *PROGRAM, *MAIL):
        made[number] = {(number + 1) % 57, (number + 3) % 57}
    for one, other in MUTUAL:
        made[one].add(other)
        made[other].add(one)
    made[CEM] |= {ADA, BO}
    made[54].add(ADA)
    return made


WISHES = wishes()


def mutual(number: int) -> list[str]:
    """Return the names of those who wish for somebody who wishes for them."""
    return sorted(NAMES[other] for other in WISHES[number] if number in WISHES[other])


@dataclass
class Day:
    """The day of the conference: the house, the organiser's browser, the three, and what everybody holds."""

    house: Gathering
    desk: Page
    contexts: dict[int, BrowserContext]
    folder: Path
    pages: dict[int, str]
    """The link of each person's own page, from their letter."""

    def page(self, number: int) -> Page:
        """Return the page somebody looks at."""
        return self.contexts[number].pages[0]

    def keep(self, page: Page, name: str, other: str = "") -> None:
        """Look at a page: nothing is wider than the window; keep a picture, and one in the `other` language.

        A page of both languages, which no other test draws, is held against all rules of axe.
        """
        found = Axe().run(page, options=ALL_RULES).response["violations"] if other else []
        assert [one["id"] for one in found] == [], name
        self.draw(page, name)
        browser_ = page.context.browser
        if other and browser_:
            context = browser_.new_context(
                locale=other, viewport=page.viewport_size, storage_state=page.context.storage_state()
            )
            again = context.new_page()
            again.goto(page.url)
            self.draw(again, name)
            context.close()

    def draw(self, page: Page, name: str) -> None:
        """Keep a picture under the name and the language of a page."""
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        lang = page.locator("html").get_attribute("lang")
        page.screenshot(path=SCREENSHOTS / f"conference-{name}-{lang}.png")


@pytest.fixture
def day(browser: Browser, tmp_path: Path) -> Iterator[Day]:
    """The morning before: an organiser with cards and a mailbox, and three who have a browser."""
    with pages_configured(), gathering(tmp_path) as house:
        inside = browser.new_context(locale="de-DE", viewport=SIZES["desk"], bypass_csp=True)
        contexts = {
            number: browser.new_context(locale=lang, viewport=SIZES[size], bypass_csp=True)
            for number, (lang, size) in BROWSERS.items()
        }
        for context in contexts.values():
            context.new_page()
        yield Day(house, inside.new_page(), contexts, tmp_path, {})
        for context in (inside, *contexts.values()):
            context.close()


def test_a_conference_from_its_list_to_the_proof_of_its_deletion(day: Day) -> None:
    """Whoever wished for each other sees it, nobody else learns anything, and in the end nothing is left."""
    the_organiser_lets_sixty_people_in(day)
    the_organiser_sets_a_round(day)
    tickets = everybody_takes_part(day)
    the_list_closes(day)
    the_three_wish_in_their_browsers(day)
    the_others_wish(day, tickets)
    results_open_for_all_at_once(day, tickets)
    the_round_is_forgotten(day)
    all_is_deleted_and_proven(day)


def the_organiser_lets_sixty_people_in(day: Day) -> None:
    """She hosts the event on her page, hands over the list of the ticket shop, and letters leave."""
    page, first = day.desk, day.house.now.astimezone(day.house.house.now().tzinfo)
    page.goto(day.house.inside)
    page.fill("#name", "Türen-Tagung")
    page.fill("#on", f"{first:%Y-%m-%d}")
    page.fill("#until", f"{first + timedelta(days=1):%Y-%m-%d}")
    page.fill("#contact", "Olga Türen, olga@tueren.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Ausrichten").click()
    listed = {"name": "pretix.csv", "mimeType": "text/csv", "buffer": pretix_table()}
    page.set_input_files("#file", listed)  # type: ignore[arg-type] # what its own documentation shows
    with page.expect_navigation():
        page.get_by_role("button", name="Einlassen").click()
    assert "60 Briefe" in page.locator(".told").inner_text()
    letters = day.house.at(day.house.now)
    assert sorted(to for to, _, _ in letters) == sorted(mail_of(name) for name in NAMES)
    by_mail = {to: link_in(words) for to, _, words in letters}
    day.pages.update({number: by_mail[mail_of(name)] for number, name in enumerate(NAMES)})
    assert len(set(day.pages.values())) == len(NAMES)


def the_organiser_sets_a_round(day: Day) -> None:
    """The form proposes times that fit; she presses, sees them, calls it off and sets it again."""
    page = day.desk
    day.keep(page, "organiser-desk")
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="Eine Runde ansetzen").click()
        assert "steht fest" in page.locator(".told").inner_text()
        if not _:
            with page.expect_navigation():
                page.get_by_role("button", name="Diese Runde absagen").click()
            assert "abgesagt" in page.locator(".told").inner_text()
    day.keep(page, "timetable-desk", "en-GB")
    with page.expect_download() as poster:
        page.evaluate("document.querySelector('a[href$=\"poster.pdf\"]').download = 'poster.pdf'")
        page.get_by_role("link", name="Plakat").click()
    assert poster.value.path().read_bytes().startswith(b"%PDF")


def everybody_takes_part(day: Day) -> dict[int, str]:
    """By the link in their letter: three in browsers, some with the program, some by mail; three never come.

    Returns the link of each one's wishes.
    """
    tickets = {}
    for number, context in day.contexts.items():
        page = context.pages[0]
        page.goto(day.house.here(day.pages[number]))
        if number == ADA:
            day.keep(page, "own-phone", "en-GB")
        page.get_by_role(
            "button", name="Bei den Wünschen mitmachen" if number == ADA else "Take part in"
        ).click()
        page.wait_for_selector("#wish[data-ready=yes]", state="attached")
        tickets[number] = page.url
        if number == ADA:
            day.keep(page, "take-part-phone")
        page.locator('[data-part="join"] button').click()
        page.wait_for_selector("[data-part=waiting]:not([hidden])")
    for number in (*COMMAND, *PROGRAM, *MAIL):
        tickets[number], _ = day.house.asked(day.pages[number], {"do": "wishes"})
        if number in COMMAND:
            said(day, number, "join", tickets[number], "--card", f"{NAMES[number]}, Telefon {number}")
        elif number in PROGRAM:
            own.join(day.folder / str(number), tickets[number])
        else:
            day.house.asked(f"{tickets[number]}/", {"do": "join-by-mail"})
    return tickets


def the_list_closes(day: Day) -> None:
    """Everybody on it gets the same letter with its code; slide, pages and program show the same one."""
    (times,) = desk.times_of(day.house.book, day.house.event)
    letters = day.house.at(times.freeze)
    assert {to for to, _, _ in letters} == {mail_of(NAMES[number]) for number in WISHES}
    assert len({(subject, words) for _, subject, words in letters}) == 1
    code = desk.code_of(day.house.book, day.house.event)
    assert code in letters[0][2]
    day.desk.reload()
    assert code in day.desk.locator("#rounds ~ p code").inner_text()
    assert code in said(day, DORA, "check", code)
    for number in BROWSERS:
        page = day.page(number)
        page.reload()
        page.wait_for_selector("#wish[data-ready=yes]", state="attached")
        assert page.locator("[data-part=code]").text_content() == code


def the_three_wish_in_their_browsers(day: Day) -> None:
    """Each finds a name, ticks it, writes a word for this one person, and presses *Send now*."""
    day.page(ADA).locator("[data-part=card] textarea").fill("Ada Brunn\n+49 30 1234")
    for number in BROWSERS:
        page = day.page(number)
        for other in sorted(WISHES[number]):
            page.locator("#q").fill(NAMES[other])
            line = page.locator(".people li").filter(has_text=NAMES[other])
            line.get_by_role("checkbox").check()
            note = line.locator("textarea")
            note.fill(NOTES.get((number, other), ""))
            note.blur()
        if number == ADA:
            day.keep(page, "wish-phone")
        if number == BO:
            day.keep(page, "wish-desk")
        page.locator("[data-part=send]").click()
        page.wait_for_selector("[data-says=sent]:not([hidden])")


def the_others_wish(day: Day, tickets: dict[int, str]) -> None:
    """With the command, with what is behind it, and by the form of those who take part by mail."""
    for number in COMMAND:
        for other in WISHES[number]:
            said(day, number, "for", NAMES[other])
        assert said(day, number, "send", "--now") in {"sent\n", "gesendet\n"}
    for number in PROGRAM:
        data = day.folder / str(number)
        purse = purse_called(data)
        for other in WISHES[number]:
            own.wish_for(data, purse, NAMES[other])
        own.send(data, purse)
    pids = {one.name: one.pid.hex() for one in own.people(purse_called(day.folder / "7")).entries}
    for number in MAIL:
        wished = [pids[NAMES[other]] for other in WISHES[number]]
        form = {"do": "wish", "shown": wished, "wish": wished, "card": NAMES[number]}
        day.house.asked(f"{tickets[number]}/", form)


def results_open_for_all_at_once(day: Day, tickets: dict[int, str]) -> None:
    """Before the hour nobody sees anything; at it all get one letter, and each sees what was mutual."""
    (times,) = desk.times_of(day.house.book, day.house.event)
    assert day.house.at(times.match) == []
    assert own.results(day.folder / "20", purse_called(day.folder / "20")) is None
    letters = day.house.at(times.release)
    assert {to for to, _, _ in letters} == {mail_of(NAMES[number]) for number in WISHES}
    assert len({(subject, words) for _, subject, words in letters}) == 1
    shown: dict[int, list[str]] = {}
    for number in BROWSERS:
        page = day.page(number)
        page.goto(day.house.here(day.pages[number]))
        page.get_by_role("button", name="Zu deinen Wünschen" if number == ADA else "To your wishes").click()
        page.wait_for_selector("#wish[data-ready=yes]", state="attached")
        assert page.url == tickets[number]
        shown[number] = sorted(page.locator(".revealed h3").all_inner_texts())
    from_bo = day.page(ADA).locator(".revealed li", has=day.page(ADA).get_by_role("heading", name=NAMES[BO]))
    assert from_bo.locator(".word").inner_text() == NOTES[BO, ADA]
    assert "+49 30 1234" in day.page(BO).locator(".revealed").inner_text()
    assert day.page(CEM).locator("[data-part=nobody]").is_visible()
    for number, name in ((ADA, "results-phone"), (BO, "results-desk"), (CEM, "nobody-phone")):
        day.keep(day.page(number), name)
    for number in COMMAND:
        shown[number] = sorted(
            str(told(line)["name"]) for line in said(day, number, "results", "--json").splitlines()
        )
    for number in PROGRAM:
        data = day.folder / str(number)
        shown[number] = sorted(one.name for one in own.results(data, purse_called(data)) or ())
    for number in MAIL:
        _, page_of = day.house.asked(f"{tickets[number]}/")
        shown[number] = sorted(name for name in NAMES if f"<h3>{name}</h3>" in page_of)
    assert shown == {number: mutual(number) for number in WISHES}
    (found,) = own.results(day.folder / str(DORA), purse_called(day.folder / str(DORA))) or ()
    assert found.card == Enclosed("Ada Brunn\n+49 30 1234", "")


def the_round_is_forgotten(day: Day) -> None:
    """Two days later its key is destroyed; the organiser's report holds coarse counts and nothing else."""
    (times,) = desk.times_of(day.house.book, day.house.event)
    ring = key_ring(day.house.home.settings)
    assert len(ring.names()) == 2
    assert day.house.at(times.forget) == []
    assert ring.names() == ()
    event = day.house.event
    report = desk.report_of(day.house.book, event)
    assert dict(report) == {"participants": 60, "on_list": 50, "in_wishes": 55, "round_1": 55}
    for lang, file in (("de", "conference.de.md"), ("en", "conference.md")):
        lines = "".join(f"\n   {label}: {says}" for label, says in report_says(report, lang))
        assert lines in (TUTORIAL / file).read_text(encoding="utf-8")
    day.desk.reload()
    day.keep(day.desk, "report-desk", "en-GB")
    start = day.page(CEM)
    start.goto(day.house.here(desk.start_of(event)))
    day.keep(start, "clock-phone")


def all_is_deleted_and_proven(day: Day) -> None:
    """When the clock has run out no table holds a name of anybody; the start page says so, with the proof."""
    event = day.house.event
    (done,) = desk.delete_due(
        day.house.book, ring=lambda: key_ring(day.house.home.settings), now=event.delete_at
    )
    assert dict(done.left) == {"participants": 0, "letters": 0, "journal": 0, "wishes": 0}
    kept = everything_kept(day)
    assert [name for name in NAMES if name in kept or mail_of(name) in kept] == []
    assert NOTES[ADA, BO] not in kept
    page = day.page(CEM)
    page.reload()
    assert done.proof in page.locator("main").inner_text()
    day.keep(page, "proof-phone", "de-DE")
    page.goto(day.house.here(day.pages[CEM]), wait_until="commit")
    assert page.locator("h1").inner_text() == "Nothing lies here"


def everything_kept(day: Day) -> str:
    """Return every cell of every table of the organiser."""
    cells: list[Any] = []
    for model in apps.get_app_config("store").get_models():
        with connections[day.house.book._tables.using].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            cells += [cell for row in cursor.fetchall() for cell in row]
    return "\n".join(map(str, cells))


def said(day: Day, number: int, *words: str) -> str:
    """Run `anlass wish` as somebody who has it, and return what it says."""
    found = CliRunner().invoke(main, ["wish", *words, "--data", str(day.folder / str(number))])
    assert found.exit_code == 0, (words, found.output, found.exception)
    return found.output
