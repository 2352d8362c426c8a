"""The rules of courtesy around wishes: no hint, count or reminder, nobody declined, nothing that stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.desk.wishes import steps as wish_steps
from anlass.desk.wishes.hosting import exported
from anlass.desk.wishes.taking_part import visit
from anlass.outreach.wish import SLOT, TOKEN
from anlass.store.safekeeping.whole import WholeTables
from tests.pages import pages_configured
from tests.unit.outreach.wishing import entry, participant, roster
from tests.unit.outreach.wishing import upload as made
from tests.wish_server import ADA, BO, CEM, DUA, EVA, Held, ask, client, held, take_part, upload

UNKIND = re.compile(
    r"declin|reject|refus|ignor|remind|hurry|last chance|\bmissed\b|waiting|someone|somebody (wished|likes)"
    r"|abgelehn|ablehn|zurückgewiesen|verschmäh|erinner|beeil|letzte Chance|verpass|jemand (wünscht|mag)",
    re.IGNORECASE,
)
TIMES_AND_CODES = re.compile(
    r'<dl class="when">.*?</dl>|<span class="code">[^<]*|<pre>.*?</pre>|<head>.*?</head>', re.DOTALL
)
HONEST = re.compile(r'<details class="honest">.*?</details>', re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def django() -> Iterator[None]:
    """Let the pages be asked without a server."""
    with pages_configured():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the memory of all organisers here lies."""
    return tmp_path_factory.mktemp("courtesy")


def page(meeting: Held, number: int, lang: str = "en") -> str:
    """Return somebody's page, without the noise that fills it and the words on what is protected."""
    shown = client(meeting, lang).get(f"/w/{meeting.links[number]}/").content.decode()
    return HONEST.sub("", re.sub(r"<!--[0-9a-f]*-->", "", shown))


def by_mail(meeting: Held, number: int, *wished: int) -> None:
    """Write down somebody's wishes by mail."""
    words = {"do": "wish", "card": "card", "wish": [meeting.pids[one].hex() for one in wished]}
    client(meeting).post(f"/w/{meeting.links[number]}/", words)


def a_round(folder: Path, *, mutual: bool) -> Held:
    """Hold a whole round, to the hour when results are open, in which two met or nobody did."""
    meeting = held(folder)
    take_part(meeting, ADA, BO, CEM)
    client(meeting).post(f"/w/{meeting.links[EVA]}/", {"do": "join-by-mail"})
    meeting.at(meeting.times.freeze)
    for number, wished in ((ADA, (BO, CEM)), (BO, (ADA,) if mutual else (CEM,)), (CEM, ())):
        ask(meeting, number, "upload", upload(meeting, number, *wished))
    by_mail(meeting, EVA, *((ADA, BO) if mutual else ()))
    meeting.at(meeting.times.release)
    return meeting


def test_who_is_wished_for_by_three_sees_what_who_is_wished_for_by_nobody_sees(folder: Path) -> None:
    """At every stage, in both languages, letter for letter: no hint, and both results are alike empty."""
    meeting = held(folder)
    take_part(meeting, ADA, BO, CEM)
    for number in (DUA, EVA):
        client(meeting).post(f"/w/{meeting.links[number]}/", {"do": "join-by-mail"})
    for step in ("joining", "freeze", "match", "release", "forget"):
        if step != "joining":
            meeting.at(getattr(meeting.times, step))
        if step == "freeze":
            for number in (ADA, BO, CEM):
                ask(meeting, number, "upload", upload(meeting, number, DUA))
        for lang in ("de", "en"):
            wanted, unwanted = (page(meeting, number, lang) for number in (DUA, EVA))
            own = [
                (meeting.links[n], meeting.pids[n].hex(), name)
                for n, name in ((DUA, "Dua Lind"), (EVA, "Eva Mail"))
            ]
            for link, pid, name in own:
                wanted, unwanted = (
                    text.replace(link, "L").replace(pid, "P").replace(name, "N")
                    for text in (wanted, unwanted)
                )
            assert wanted == unwanted


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_page_declines_reminds_or_counts(folder: Path, lang: str) -> None:
    """The only numbers are times, the code, and how many wishes one has oneself; no word hurries anybody."""
    meeting = held(folder)
    take_part(meeting, ADA, BO)
    client(meeting).post(f"/w/{meeting.links[EVA]}/", {"do": "join-by-mail"})
    for step in ("freeze", "match", "release", "forget"):
        meeting.at(getattr(meeting.times, step))
        if step == "freeze":
            ask(meeting, BO, "upload", upload(meeting, BO, EVA))
            by_mail(meeting, EVA, ADA)
        for number in (ADA, EVA, DUA):
            shown = page(meeting, number, lang)
            words = re.sub(r"<[^>]*>", " ", TIMES_AND_CODES.sub(" ", shown))
            assert not UNKIND.search(words), (step, number)
            numbers = set(re.findall(r"\b\d+\b", words))
            day = str(meeting.times.forget.astimezone().day)
            assert numbers <= {"2026", "6", "5", day, str(meeting.times.forget.day)}, (step, number, numbers)


def test_the_search_for_unkind_words_finds_them() -> None:
    """The pattern is known to catch what it is for, in both languages."""
    unkind = (
        "2 declined",
        "Bo hat abgelehnt",
        "We remind you",
        "Zur Erinnerung",
        "Someone likes you",
        "Jemand wünscht sich",
    )
    assert [bool(UNKIND.search(text)) for text in unkind] == [True] * 6


@pytest.mark.parametrize("largest", [5_000, 2])
def test_an_organiser_cannot_count_who_met(
    folder: Path, monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    """Round, export and proof of deletion are the same whether two met or nobody, in rounds of both kinds."""
    monkeypatch.setattr(wish_steps, "LARGEST_STATIC", largest)
    told = []
    for mutual in (True, False):
        meeting = a_round(folder, mutual=mutual)
        found: list[object] = []
        for number in range(5):
            who = visit(meeting.book, meeting.links[number], now=meeting.now)
            assert who is not None
            found.append({**exported(meeting.book, meeting.event, who.ticket), "public_key": ""})
            assert who.round is not None
            found.append((who.round.participants, who.round.alarms, who.round.phase))
        meeting.at(meeting.times.forget)
        (line,) = (one for one in meeting.book.entries() if one.act == "wishes-forgotten")
        found.append({key: value for key, value in line.content.items() if key != "fingerprint"})
        text = json.dumps(found, default=str)
        for number, pid in enumerate(meeting.pids):
            text = text.replace(pid.hex(), f"ticket {number}")
        told.append(text.replace(meeting.event.id.hex(), "event"))
    assert told[0] == told[1]


def test_a_round_leaves_nothing_anywhere_but_its_own_rows(folder: Path) -> None:
    """No letter waits to go out, no silence is stored, nobody is marked: all other tables stay as they were.

    When it is forgotten a single line says so, and the tables of the round are empty.
    """
    meeting = held(folder)
    whole = WholeTables(meeting.book._tables)

    def rows() -> dict[str, int]:
        return {name: len(list(whole.rows(name))) for name in whole.names()}

    before = rows()
    take_part(meeting, ADA, BO, CEM)
    meeting.at(meeting.times.freeze)
    for number, wished in ((ADA, (BO, CEM)), (BO, (ADA,)), (CEM, ())):
        ask(meeting, number, "upload", upload(meeting, number, *wished))
    meeting.at(meeting.times.release)
    for number in (ADA, BO, CEM):
        ask(meeting, number, "release")
    assert rows() == before
    assert meeting.book.wishes.shelf.left(meeting.event.id, 1) == 3 + 2
    meeting.at(meeting.times.forget)
    after = rows()
    grown = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    assert grown == {"journalentry": 1}
    assert meeting.book.wishes.shelf.left(meeting.event.id, 1) == 0


def test_only_who_stands_on_the_list_can_be_wished_for(folder: Path) -> None:
    """A wish towards somebody else is noise, with a key of one's own and by mail; so nobody needs a block."""
    meeting = held(folder)
    take_part(meeting, ADA)
    client(meeting).post(f"/w/{meeting.links[EVA]}/", {"do": "join-by-mail"})
    meeting.at(meeting.times.freeze)
    for number in (EVA,):
        by_mail(meeting, number, CEM, ADA)
    ask(meeting, ADA, "upload", upload(meeting, ADA, EVA, CEM))
    assert "Cem Örnek" not in page(meeting, EVA)
    meeting.at(meeting.times.release)
    assert re.findall(r"<h3>([^<]*)</h3>", page(meeting, EVA)) == ["Ada Beispiel"]
    small, large = roster(3), roster(4)
    tokens = {
        made(0, (3,), of, 4)[at : at + TOKEN] for of in (small, large) for at in range(0, 4 * SLOT, SLOT)
    }
    assert participant(0, large).pair(entry(3).pid).token in tokens
    without = {made(0, (3,), small, 4)[at : at + TOKEN] for at in range(0, 4 * SLOT, SLOT)}
    assert len(without & {made(0, (), small, 4)[at : at + TOKEN] for at in range(0, 4 * SLOT, SLOT)}) == 4
