"""Wishes in real browsers: the protocol in JavaScript against Python, and three people in one round."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, BrowserContext, Page

from anlass.desk.wishes.taking_part import Visit, roster_of, upload, visit
from anlass.outreach.sealed_note import enclosed
from anlass.outreach.wish import SLOT, TOKEN, public_of
from anlass.outreach.wish_client import Participant, revealed_to, upload_of
from scripts import wish_vectors as made
from tests.browser.conftest import SIZES
from tests.browser.test_house import ALL_RULES
from tests.pages import pages_configured
from tests.unit.outreach.wishing import noise
from tests.wish_server import ADA, BO, CEM, DUA, EVA, NAMES, Held, held, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and people wish in it
VECTORS = json.loads(made.FILE.read_text(encoding="utf-8"))
TASKS = (Path(__file__).parent / "wish_tasks.js").read_text(encoding="utf-8")
RUN = """async ([tasks, name, vectors, words]) => {
  const all = await import(URL.createObjectURL(new Blob([tasks], { type: "text/javascript" })));
  return vectors ? all[name](await all.prepared(vectors), words) : all[name]();
}"""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """An event that is held, with its pages served."""
    with pages_configured(), serving(held(tmp_path_factory.mktemp("wishes"))) as served:
        yield served


@pytest.fixture(scope="module")
def blank(browser: Browser, meeting: Held) -> Iterator[Page]:
    """A page of the house in which the protocol can be run."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{meeting.address}/w/nobody/")
    yield page
    context.close()


def run(page: Page, name: str, *words: str) -> Any:
    """Run a task with the browser's own protocol, the vectors at hand."""
    tasks = TASKS.replace('"/static/', f'"{page.url.partition("/w/")[0]}/static/')
    return page.evaluate(RUN, [tasks, name, VECTORS, words])


# --- the second implementation ---


def test_the_browser_makes_the_same_roster_hash_and_pairs(blank: Page) -> None:
    """Code, tokens and keys of the vectors, by WebCrypto."""
    roster = VECTORS["roster"]
    assert run(blank, "pairs") == {"hash": roster["hash"], "code": roster["code"], "pairs": VECTORS["pairs"]}


def test_the_browser_opens_what_opens_and_gives_the_same_reasons(blank: Page) -> None:
    """Good slots and every kind of bad one."""
    wanted = [
        {"card": one["card"]} if "card" in one else {"unreadable": one["unreadable"]}
        for one in VECTORS["opening_ada_to_bo"]
    ]
    assert run(blank, "opening") == wanted


def test_the_browser_refuses_false_rosters_and_keys(blank: Page) -> None:
    """Each roster with its fault; keys of low order lead to no secret."""
    assert run(blank, "refusing") == {
        "rosters": [f"Wrong: {one['fault']}" for one in VECTORS["refused_rosters"]],
        "keys": ["Wrong: key"] * len(made.LOW_ORDER),
    }


def test_the_browser_makes_the_same_uploads_byte_for_byte(blank: Page) -> None:
    """From the same noise, and reads the same release."""
    found = run(blank, "wholeRound")
    assert found["uploads"] == VECTORS["round_of_three"]["uploads"]
    ada, bo, _cem = (made.entry(name).pid.hex() for name in made.PEOPLE)
    assert found["shown"] == {"ada": [[bo, made.ANSWER]], "bo": [[ada, made.CARD]], "cem": []}


def test_what_one_seals_the_other_opens(blank: Page) -> None:
    """Python for the browser and the browser for Python, with notes and letters of all kinds."""
    ada = Participant(made.made("ada"), made.entry("ada"), made.roster())
    text = enclosed("Ada Beispiel\n+49 30 1234", "Grüße — 你好 🌿")
    by_python = upload_of(ada, {made.entry("bo").pid: text}, noise("cross", 4), 4)
    found = run(blank, "answering", by_python.hex(), "Bo", "ganz meinerseits ✓")
    assert found["taken"] == {"card": "Ada Beispiel\n+49 30 1234", "note": "Grüße — 你好 🌿"}
    (shown,) = revealed_to(ada, [made.entry("bo").pid], bytes.fromhex(found["back"]))
    assert shown.card == enclosed("Bo", "ganz meinerseits ✓")


# --- three people in one round ---


def opened(context: BrowserContext, address: str) -> Page:
    """Open somebody's page and wait until its script has done its part."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(address)
    page.wait_for_selector("#wish[data-ready=yes]", state="attached")
    return page


def take_part(context: BrowserContext, address: str) -> None:
    """Join with a key of this browser."""
    opened(context, address).get_by_role("button", name="In diesem Browser teilnehmen").click()
    context.pages[0].wait_for_selector("[data-part=waiting]:not([hidden])")


def choose(page: Page, name: str, note: str = "") -> None:
    """Wish for somebody, with a word for this one person."""
    line = page.locator(".people li").filter(has_text=name)
    line.get_by_role("checkbox").check()
    if note:
        line.locator("textarea").fill(note)
        line.locator("textarea").blur()


def send(page: Page) -> None:
    """Press the button, and see it sent."""
    page.get_by_role("button", name="Jetzt senden").click()
    page.wait_for_selector("[data-says=sent]:not([hidden])")


def keys_in(page: Page) -> Any:
    """Return what keys this browser keeps."""
    return page.evaluate(RUN, [TASKS, "keptKeys", None, []])


def with_python(meeting: Held) -> tuple[Visit, Participant]:
    """Return Dua, who takes part with a program of her own."""
    who = visit(meeting.book, meeting.links[DUA], now=meeting.now)
    assert who is not None
    roster = roster_of(meeting.book, who)
    assert roster is not None
    return who, Participant(sha256(b"dua").digest(), roster.people[meeting.pids[DUA]], roster)


def test_two_who_wish_for_each_other_see_it_and_the_third_gets_nothing(
    browser: Browser, meeting: Held
) -> None:
    """Ada and Bo wish for each other, Cem for Ada and Dua in vain; the bytes Cem gets tell nothing."""
    contexts = {
        at: browser.new_context(locale="de-DE", viewport=SIZES["phone"], bypass_csp=at == ADA)
        for at in (ADA, BO, CEM)
    }
    asked: list[str] = []
    for at, context in contexts.items():
        context.on("request", lambda request: asked.append(request.url))
        take_part(context, meeting.page(at))
    assert meeting.book.wishes.join(
        meeting.event.id, meeting.pids[DUA], public_of(sha256(b"dua").digest()), 0
    )
    meeting.at(meeting.times.freeze)
    who, dua = with_python(meeting)
    pages = {at: opened(context, meeting.page(at)) for at, context in contexts.items()}
    assert {page.locator("[data-part=code]").text_content() for page in pages.values()} == {dua.roster.code}
    pages[ADA].locator("[data-part=card] textarea").fill("Ada, +49 30 1234")
    choose(pages[ADA], "Bo Müller", "Unser Gespräch am Fenster")
    choose(pages[ADA], "Dua Lind")
    choose(pages[BO], "Ada Beispiel", "Ich habe gern zugehört")
    choose(pages[CEM], "Ada Beispiel", "Das liest niemand")
    choose(pages[CEM], "Dua Lind")
    for page in pages.values():
        send(page)
    body = upload_of(dua, {meeting.pids[BO]: "Dua"}, noise("dua", 6), 6)
    assert upload(meeting.book, meeting.ring, who, body, now=meeting.now).value == "taken"
    meeting.at(meeting.times.release)
    pages = {at: opened(context, meeting.page(at)) for at, context in contexts.items()}
    assert shown_on(pages[ADA]) == ["Bo Müller", "Bo Müller", "Ich habe gern zugehört"]
    assert shown_on(pages[BO]) == ["Ada Beispiel", "Ada, +49 30 1234", "Unser Gespräch am Fenster"]
    assert shown_on(pages[CEM]) == []
    assert pages[CEM].locator("[data-part=nobody]").inner_text().startswith("Keine gegenseitigen Wünsche")
    nothing_shows(meeting, {at: context.pages[0] for at, context in contexts.items()})
    assert all(url.startswith((meeting.address, "blob:")) for url in asked)
    assert keys_in(pages[ADA]) == [["private", False]]
    meeting.at(meeting.times.forget)
    assert keys_in(opened(contexts[ADA], meeting.page(ADA))) == []
    for context in contexts.values():
        context.close()


def shown_on(page: Page) -> list[str]:
    """Return the lines of what was revealed."""
    return [line for line in page.locator(".revealed").inner_text().splitlines() if line]


def nothing_shows(meeting: Held, pages: dict[int, Page]) -> None:
    """No upload holds a word or another size; all get the same release, and none of Cem's tokens is in it."""
    uploads = {path: sent for _, path, sent in meeting.seen if path.endswith("/upload")}
    assert [len(sent) for sent in uploads.values()] == [6 * SLOT] * 3
    words = ("Unser Gespräch", "Das liest niemand", "Ada, +49", *NAMES)
    assert not any(word.encode() in sent for word in words for sent in uploads.values())
    releases = {at: page.request.get(f"{meeting.page(at)}release").body() for at, page in pages.items()}
    assert len(set(releases.values())) == 1
    assert not any(page.context.cookies() for page in pages.values())
    tokens = [
        {data[start : start + TOKEN] for start in range(0, len(data), SLOT)}
        for data in (uploads[f"/w/{meeting.links[CEM]}/upload"], releases[CEM])
    ]
    assert (len(tokens[1]) > 16, tokens[0] & tokens[1]) == (True, set())
    ours = {uploads[f"/w/{meeting.links[at]}/upload"][start : start + TOKEN] for at in (ADA, BO)
            for start in range(0, 6 * SLOT, SLOT)}  # fmt: skip
    assert len(ours & tokens[1]) == 1  # the one token that Ada and Bo share


def violations(page: Page) -> list[str]:
    """Return what axe finds."""
    return [one["id"] for one in Axe().run(page, options=ALL_RULES).response["violations"]]


def test_every_stage_is_accessible_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """Axe finds nothing at any stage, with a key and by mail; nothing is wider than a phone."""
    looks = ((ADA, "de-DE", "light"), (EVA, "en-GB", "dark"))
    with pages_configured(), serving(held(tmp_path)) as meeting:
        contexts = {
            at: browser.new_context(
                locale=lang,
                viewport={"width": 320, "height": 720},
                color_scheme="dark" if scheme == "dark" else "light",
                bypass_csp=True,
            )
            for at, lang, scheme in looks
        }
        for at, context in contexts.items():
            assert violations(opened(context, meeting.page(at))) == []
        take_part(contexts[ADA], meeting.page(ADA))
        contexts[EVA].pages[0].get_by_role("button", name="Take part by mail alone").click()
        for step in ("freeze", "match", "release", "forget"):
            meeting.at(getattr(meeting.times, step))
            for at, context in contexts.items():
                page = context.pages[0]
                page.goto(meeting.page(at))
                if at == ADA and step != "forget":
                    page.wait_for_selector("#wish[data-ready=yes]", state="attached")
                assert violations(page) == [], (step, at)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (step, at)
        for context in contexts.values():
            context.close()
