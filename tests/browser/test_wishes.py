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

from anlass.desk.wishing import results, roster_of, upload, visit
from anlass.outreach.sealed_note import enclosed
from anlass.outreach.wish import SLOT, TOKEN, public_of
from anlass.outreach.wish_client import Participant, revealed_to, upload_of
from anlass.outreach.wish_event import link_digest
from scripts import wish_vectors as made
from tests.browser.conftest import SIZES
from tests.browser.test_house import ALL_RULES
from tests.pages import pages_configured
from tests.unit.outreach.wishing import noise
from tests.wish_server import ADA, BO, CEM, DUA, EVA, NAMES, Held, held, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts, and people wish in it
VECTORS = json.loads(made.FILE.read_text(encoding="utf-8"))

RUN = """async ([vectors, task]) => {
  const w = await import("/static/anlass/wish/protocol.js");
  const raw = (hex) => w.fromHex(hex);
  const secretOf = (hex) => crypto.subtle.importKey("pkcs8",
    w.joined(raw("302e020100300506032b656e04220420"), raw(hex)), "X25519", false, ["deriveBits"]);
  const roster = w.rosterIn(raw(vectors.roster.packed)), digest = await w.rosterHash(roster);
  const people = {};
  for (const one of vectors.people) people[one.name] = {
    secret: await secretOf(one.secret), entry: roster.entries.find((e) => w.hex(e.pid) === one.pid) };
  const pair = (from, to) => w.pairOf(people[from].secret, people[from].entry, people[to].entry, roster, digest);
  const caught = async (act) => { try { return await act(); } catch (error) { return `Wrong: ${error.message}`; } };
  return await (new Function("w", "v", "c", "return (" + task + ")(w, v, c)"))(w, vectors,
    { raw, secretOf, roster, digest, people, pair, caught });
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


def run(page: Page, task: str) -> Any:
    """Run a task with the browser's own protocol, the vectors at hand."""
    return page.evaluate(RUN, [VECTORS, task])


# --- the second implementation ---


def test_the_browser_makes_the_same_roster_hash_and_pairs(blank: Page) -> None:
    """Code, tokens and keys of the vectors, by WebCrypto."""
    found = run(
        blank,
        """async (w, v, c) => ({ hash: w.hex(c.digest), code: w.rosterCode(c.digest),
          pairs: await Promise.all(v.pairs.map(async (one) => { const p = await c.pair(one.from, one.to);
            return { from: one.from, to: one.to, token: w.hex(p.token), key_out: w.hex(p.outward), key_in: w.hex(p.inward) }; })) })""",
    )
    assert found["hash"] == VECTORS["roster"]["hash"]
    assert found["code"] == VECTORS["roster"]["code"]
    assert found["pairs"] == VECTORS["pairs"]


def test_the_browser_opens_what_opens_and_gives_the_same_reasons(blank: Page) -> None:
    """Good slots and every kind of bad one."""
    found = run(
        blank,
        """async (w, v, c) => { const p = await c.pair("bo", "ada");
          return Promise.all(v.opening_ada_to_bo.map((one) => w.unseal(p, c.raw(one.slot)))); }""",
    )
    wanted = [
        {"card": one["card"]} if "card" in one else {"unreadable": one["unreadable"]}
        for one in VECTORS["opening_ada_to_bo"]
    ]
    assert found == wanted


def test_the_browser_refuses_false_rosters_and_keys(blank: Page) -> None:
    """Each roster with its fault; keys of low order raise and are passed over in an upload."""
    found = run(
        blank,
        """async (w, v, c) => ({
          rosters: await Promise.all(v.refused_rosters.map((one) => c.caught(async () => w.rosterIn(c.raw(one.packed))))),
          keys: await Promise.all(v.refused_keys.filter((one) => one.why === "low order").map((one) => c.caught(() =>
            w.pairOf(c.people.ada.secret, c.people.ada.entry, { ...c.people.bo.entry, public: c.raw(one.public) }, c.roster, c.digest)))) })""",
    )
    assert found["rosters"] == [f"Wrong: {one['fault']}" for one in VECTORS["refused_rosters"]]
    assert found["keys"] == ["Wrong: key"] * len(made.LOW_ORDER)


def test_the_browser_makes_the_same_uploads_byte_for_byte(blank: Page) -> None:
    """From the same noise, and reads the same release."""
    found = run(
        blank,
        """async (w, v, c) => { const r = v.round_of_three, uploads = {}, shown = {};
          for (const [name, wishes] of Object.entries(r.wishes)) {
            const cards = new Map(Object.entries(wishes).map(([to, card]) => [w.hex(c.people[to].entry.pid), card]));
            const who = c.people[name];
            uploads[name] = w.hex(await w.uploadOf(who.secret, who.entry, c.roster, c.digest, cards, c.raw(r.noise[name]), r.quota));
            const all = new Set(Object.values(c.people).map((one) => w.hex(one.entry.pid)));
            shown[name] = [...await w.revealedTo(who.secret, who.entry, c.roster, c.digest, all, c.raw(r.answer_ada))];
          }
          return { uploads, shown }; }""",
    )
    assert found["uploads"] == VECTORS["round_of_three"]["uploads"]
    ada, bo, _cem = (made.entry(name).pid.hex() for name in made.PEOPLE)
    assert found["shown"] == {"ada": [[bo, made.ANSWER]], "bo": [[ada, made.CARD]], "cem": []}


def test_what_one_seals_the_other_opens(blank: Page) -> None:
    """Python for the browser and the browser for Python, with notes and letters of all kinds."""
    roster = made.roster()
    ada = Participant(made.made("ada"), made.entry("ada"), roster)
    text = enclosed("Ada Beispiel\n+49 30 1234", "Grüße — 你好 🌿")
    by_python = upload_of(ada, {made.entry("bo").pid: text}, noise("cross", 4), 4)
    found = run(
        blank,
        f"""async (w, v, c) => {{ const p = await c.pair("bo", "ada"), sent = c.raw("{by_python.hex()}");
          const slots = [0, 1, 2, 3].map((n) => sent.slice(n * 300, n * 300 + 300));
          const opened = (await Promise.all(slots.map((s) => w.unseal(p, s)))).find((one) => "card" in one);
          const back = await w.uploadOf(c.people.bo.secret, c.people.bo.entry, c.roster, c.digest,
            new Map([[w.hex(c.people.ada.entry.pid), w.enclosed("Bo", "ganz meinerseits ✓")]]),
            crypto.getRandomValues(new Uint8Array(1200)), 4);
          return {{ taken: w.takenOut(opened.card), back: w.hex(back) }}; }}""",
    )
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


def choose(page: Page, name: str, note: str = "") -> None:
    """Wish for somebody, with a word for this one person."""
    line = page.locator(".people li").filter(has_text=name)
    line.get_by_role("checkbox").check()
    if note:
        line.locator("textarea").fill(note)
        line.locator("textarea").blur()


def test_three_people_in_three_browsers(browser: Browser, meeting: Held, tmp_path: Path) -> None:
    """Ada and Bo wish for each other, Cem for Ada and Dua in vain; the bytes Cem gets tell nothing."""
    contexts = {at: browser.new_context(locale="de-DE", viewport=SIZES["phone"]) for at in (ADA, BO, CEM)}
    asked: list[str] = []
    for context in contexts.values():
        context.on("request", lambda request: asked.append(request.url))
    for at, context in contexts.items():
        page = opened(context, meeting.page(at))
        page.get_by_role("button", name="In diesem Browser teilnehmen").click()
        page.wait_for_selector("[data-part=waiting]:not([hidden])")
    python = sha256(b"dua").digest()
    assert meeting.book.wishes.join(meeting.event.id, meeting.pids[DUA], public_of(python), 0)
    meeting.at(meeting.times.freeze)

    pages = {at: opened(context, meeting.page(at)) for at, context in contexts.items()}
    codes = {page.locator("[data-part=code]").text_content() for page in pages.values()}
    who = visit(meeting.book, meeting.links[DUA], now=meeting.now)
    assert who is not None
    roster = roster_of(meeting.book, who)
    assert roster is not None
    assert codes == {roster.code}

    pages[ADA].locator("[data-part=card] textarea").fill("Ada, +49 30 1234")
    pages[ADA].locator("[data-part=card] textarea").blur()
    choose(pages[ADA], "Bo Müller", "Unser Gespräch am Fenster")
    choose(pages[ADA], "Dua Lind")
    choose(pages[BO], "Ada Beispiel", "Ich habe gern zugehört")
    choose(pages[CEM], "Ada Beispiel", "Das liest niemand")
    choose(pages[CEM], "Dua Lind")
    for page in pages.values():
        page.get_by_role("button", name="Jetzt senden").click()
        page.wait_for_selector("[data-says=sent]:not([hidden])")
    dua = Participant(python, roster.people[meeting.pids[DUA]], roster)
    body = upload_of(dua, {meeting.pids[BO]: "Dua"}, noise("dua", 6), 6)
    assert upload(meeting.book, meeting.ring, who, body, now=meeting.now).value == "taken"

    uploads = {path: sent for method, path, sent in meeting.seen if path.endswith("/upload")}
    assert {len(sent) for sent in uploads.values()} == {6 * SLOT}
    for sent in uploads.values():
        for word in ("Unser Gespräch", "Das liest niemand", "Ada, +49", *NAMES):
            assert word.encode() not in sent

    meeting.at(meeting.times.release)
    pages = {at: opened(context, meeting.page(at)) for at, context in contexts.items()}
    shown = {at: page.locator(".revealed").inner_text() for at, page in pages.items()}
    assert "Bo Müller" in shown[ADA]
    assert "Ich habe gern zugehört" in shown[ADA]
    assert "Dua" not in shown[ADA]
    assert "Ada, +49 30 1234" in shown[BO]
    assert "Unser Gespräch am Fenster" in shown[BO]
    assert shown[CEM] == ""
    assert "Keine gegenseitigen Wünsche in dieser Runde." in pages[CEM].locator("main").inner_text()

    releases = {at: pages[at].request.get(f"{meeting.page(at)}release").body() for at in contexts}
    assert len(set(releases.values())) == 1
    assert results(meeting.book, meeting.ring, who) is None or len(releases[CEM]) == 32 * SLOT
    cem_sent = uploads[f"/w/{meeting.links[CEM]}/upload"]
    tokens = {cem_sent[start : start + TOKEN] for start in range(0, len(cem_sent), SLOT)}
    assert not any(
        releases[CEM][start : start + TOKEN] in tokens for start in range(0, len(releases[CEM]), SLOT)
    )

    assert all(url.startswith(meeting.address) for url in asked)
    assert not any(context.cookies() for context in contexts.values())
    for at in (ADA, BO, CEM):
        keys = pages[at].evaluate(
            """async () => { const base = await new Promise((done) => { const r = indexedDB.open("anlass-wish", 1);
                 r.onsuccess = () => done(r.result); });
               return new Promise((done) => { const r = base.transaction("events").objectStore("events").getAll();
                 r.onsuccess = () => done(r.result.map((one) => [one.secret.type, one.secret.extractable])); }); }"""
        )
        assert keys == [["private", False]]
    meeting.at(meeting.times.forget)
    for at, context in contexts.items():
        page = opened(context, meeting.page(at))
        gone = page.evaluate(
            """async () => { const base = await new Promise((done) => { const r = indexedDB.open("anlass-wish", 1);
                 r.onsuccess = () => done(r.result); });
               return new Promise((done) => { const r = base.transaction("events").objectStore("events").count();
                 r.onsuccess = () => done(r.result); }); }"""
        )
        assert gone == 0
    for context in contexts.values():
        context.close()
    assert link_digest(meeting.links[ADA]) != meeting.links[ADA]
    assert EVA == len(NAMES) - 1
    assert tmp_path.exists()


def test_every_stage_is_accessible_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    """Axe finds nothing on any stage of the page, with a key and by mail, light and dark."""
    with serving(held(tmp_path)) as meeting:
        contexts = {
            at: browser.new_context(locale=lang, viewport=SIZES["phone"], color_scheme=scheme)
            for at, lang, scheme in ((ADA, "de-DE", "light"), (EVA, "en-GB", "dark"))
        }
        for at, context in contexts.items():
            page = opened(context, meeting.page(at))
            assert violations(page) == []
        pages = {at: context.pages[0] for at, context in contexts.items()}
        pages[ADA].get_by_role("button", name="In diesem Browser teilnehmen").click()
        pages[ADA].wait_for_selector("[data-part=waiting]:not([hidden])")
        pages[EVA].get_by_role("button", name="Take part by mail alone").click()
        for moment in (
            meeting.times.freeze,
            meeting.times.match,
            meeting.times.release,
            meeting.times.forget,
        ):
            for at, page in pages.items():
                page.goto(meeting.page(at))
                if at == ADA and moment < meeting.times.forget:
                    page.wait_for_selector("#wish[data-ready=yes]", state="attached")
                assert violations(page) == [], (moment, at)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            meeting.at(moment)
        for context in contexts.values():
            context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds."""
    return [one["id"] for one in Axe().run(page, options=ALL_RULES).response["violations"]]
