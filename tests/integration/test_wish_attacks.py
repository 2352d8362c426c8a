"""Attacks on rounds of wishes by their pages: what a participant, a stranger, somebody on the line tries."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from anlass.desk.wishes import steps as wish_steps
from anlass.desk.wishes.taking_part import results, visit
from anlass.desk.wishes.taking_part import upload as taken
from anlass.outreach.wish import SLOT
from anlass.web.frame.limiter import Limiter
from tests.pages import pages_configured
from tests.unit.outreach.wishing import noise
from tests.wish_server import ADA, BO, CEM, DUA, EVA, Held, ask, bare, client, held, take_part, upload


@pytest.fixture(scope="module", autouse=True)
def django() -> Iterator[None]:
    """Let the pages be asked without a server."""
    with pages_configured():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the memory of all organisers here lies."""
    return tmp_path_factory.mktemp("attacks")


@pytest.fixture
def meeting(folder: Path) -> Held:
    """An event whose list is open, of an organiser of its own."""
    return held(folder)


# --- what is sent ---


@pytest.mark.parametrize("body", [b"[" * 1_000, b'{"public":' * 90, b'{"public": "' + b"A" * 900 + b'"}'])
def test_a_question_nested_beyond_reason_is_none(meeting: Held, body: bytes) -> None:
    """As deep as a question may be long: it joins nobody, and nothing breaks."""
    assert bare(ask(meeting, ADA, "join", body))[:2] == (200, b'{"joined": false}')


@pytest.mark.parametrize("size", ["\u00b2", "-1", "1e3", "0x708", " 1800 ", "9" * 30, ""])
def test_a_length_that_is_none_takes_nothing(meeting: Held, size: str) -> None:
    """What a request says of its own length is a stranger's word: odd digits are no number, and no error."""
    take_part(meeting, ADA, BO)
    meeting.at(meeting.times.freeze)
    path = f"/w/{meeting.links[ADA]}/upload"
    body = upload(meeting, ADA, BO)
    answer = client(meeting).generic("POST", path, body, "application/octet-stream", CONTENT_LENGTH=size)
    assert (answer.status_code, answer.content) == (200, b'{"upload": "size"}')


# --- how often ---


def test_one_who_asks_without_end_shuts_out_nobody_else() -> None:
    """What is refused to one is not counted against all: with four looks for each and ten for all."""
    limiter = Limiter(4, 10)
    assert [limiter.admits("flood") for _ in range(100)].count(True) == 4
    assert [limiter.admits(f"guest {at}") for at in range(7)] == [True] * 6 + [False]


def test_guesses_at_links_do_not_slow_those_who_have_one(meeting: Held) -> None:
    """A flood of wrong links from the conference's own address meets a wall; every ticket goes on."""
    meeting.house = replace(meeting.house, limiter=Limiter(5, 50))
    assert [client(meeting).get(f"/w/{at}/about").status_code for at in range(20)] == [404] * 5 + [429] * 15
    assert [ask(meeting, number, "about").status_code for number in range(5)] == [200] * 5


# --- what can be measured ---


def calls(act: Callable[[], object]) -> Counter[str]:
    """Return every function that was called over an act, and how often: time without a clock."""
    seen: Counter[str] = Counter()

    def note(frame: FrameType, event: str, what: Any) -> None:
        if event == "call":
            seen[f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"] += 1
        elif event == "c_call":
            seen[f"{getattr(what, '__module__', '')}.{what.__name__}"] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    del seen["sys.setprofile"]
    return seen


def test_an_upload_costs_the_same_whatever_was_wished(meeting: Held) -> None:
    """Every wish or none: the server takes the very same steps, so time tells nothing."""
    take_part(meeting, ADA, BO, CEM, DUA)
    meeting.at(meeting.times.freeze)
    who = visit(meeting.book, meeting.links[ADA], now=meeting.now)
    assert who is not None
    none, all_ = upload(meeting, ADA), upload(meeting, ADA, BO, CEM, DUA)
    book, ring, now = meeting.book, meeting.ring, meeting.now
    taken(book, ring, who, none, now=now)  # what is loaded and cached the first time is so now
    assert calls(lambda: taken(book, ring, who, none, now=now)) == calls(
        lambda: taken(book, ring, who, all_, now=now)
    )
    assert calls(lambda: taken(book, ring, who, b"", now=now)) != calls(
        lambda: taken(book, ring, who, all_, now=now)
    )  # the measure does see a difference where there is one


def test_an_answer_costs_the_same_whether_anybody_met(meeting: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large round: as many questions to the memory, as many seals opened, as many bytes."""
    monkeypatch.setattr(wish_steps, "LARGEST_STATIC", 2)
    take_part(meeting, ADA, BO, CEM, DUA)
    meeting.at(meeting.times.freeze)
    for number, wished in ((ADA, (BO, CEM)), (BO, (ADA,)), (CEM, (ADA,)), (DUA, (ADA, BO))):
        assert ask(meeting, number, "upload", upload(meeting, number, *wished)).json()["upload"] == "taken"
    meeting.at(meeting.times.release)

    def looked(number: int) -> tuple[int, int, int]:
        who = visit(meeting.book, meeting.links[number], now=meeting.now)
        assert who is not None
        found = calls(lambda: results(meeting.book, meeting.ring, who))
        answer = results(meeting.book, meeting.ring, who) or b""
        return found["utils.py:execute"], found["wish_round.py:unshelved"], len(answer)

    looked(ADA)
    assert {looked(number) for number in (ADA, BO, CEM, DUA)} == {(1, 6, 6 * SLOT)}


def by_mail(meeting: Held, *wished: int) -> int:
    """Write Eva's wishes down by her page, and return its size afterwards."""
    page = f"/w/{meeting.links[EVA]}/"
    words = {"do": "wish", "card": "Eva", "wish": [meeting.pids[one].hex() for one in wished]}
    words["shown"] = [one.hex() for one in meeting.pids]
    assert client(meeting).post(page, words)["Location"] == f"{page}?told=kept"
    return len(client(meeting).get(page).content)


def test_a_page_by_mail_alone_has_one_size_whatever_was_wished_and_met(meeting: Held) -> None:
    """Who watches the line sees the same number of bytes: no wish or all, a match or none."""
    page = f"/w/{meeting.links[EVA]}/"
    sizes = {len(client(meeting).post(page, {"do": "join-by-mail"}, follow=True).content)}
    take_part(meeting, ADA, BO, CEM)
    meeting.at(meeting.times.freeze)
    sizes |= {by_mail(meeting), by_mail(meeting, ADA, BO, CEM), by_mail(meeting, ADA)}
    many = {"do": "wish", "wish": [f"{number:032x}" for number in range(7)]}
    sizes |= {len(client(meeting).post(page, many).content)}
    ask(meeting, ADA, "upload", upload(meeting, ADA, EVA))
    meeting.at(meeting.times.release)
    shown = client(meeting).get(page)
    assert b"card 0" in shown.content
    assert {*sizes, len(shown.content)} == {64 * 1024}
    assert "no-transform" in shown["Cache-Control"]


def test_no_row_tells_who_of_those_by_mail_wished(meeting: Held) -> None:
    """From the closing of the list each has a row of one size; it looks alike with wishes and without."""
    for number in (DUA, EVA):
        client(meeting).post(f"/w/{meeting.links[number]}/", {"do": "join-by-mail"})
    meeting.at(meeting.times.freeze)
    shelf = meeting.book.wishes.shelf
    before = [shelf.hosted(meeting.event.id, 1, meeting.pids[number]) or b"" for number in (DUA, EVA)]
    by_mail(meeting, ADA, BO)
    after = [shelf.hosted(meeting.event.id, 1, meeting.pids[number]) or b"" for number in (DUA, EVA)]
    assert {len(row) for row in (*before, *after)} == {12 + 256 + 1 + 6 * 16 + 16}
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


# --- taking what is not one's own ---


def test_a_second_ticket_cannot_take_a_key_that_is_taken(meeting: Held) -> None:
    """Whoever reads a key off a badge gains nothing by it: the ticket that has it keeps it."""
    take_part(meeting, ADA)
    words = json.dumps({"public": ask(meeting, ADA, "about").json()["joined"]["public"]}).encode()
    assert ask(meeting, BO, "join", words).json() == {"joined": False}
    assert ask(meeting, BO, "about").json()["joined"] is None


def test_nobody_sheds_the_label_of_a_key_that_the_organiser_holds(meeting: Held) -> None:
    """The key stands on the list for all to read; published again as one's own it is refused."""
    client(meeting).post(f"/w/{meeting.links[EVA]}/", {"do": "join-by-mail"})
    joined = ask(meeting, EVA, "about").json()["joined"]
    for moment in (meeting.now, meeting.times.freeze):
        meeting.at(moment)
        words = json.dumps({"public": joined["public"]}).encode()
        assert ask(meeting, EVA, "join", words).json() == {"joined": False}
        assert ask(meeting, EVA, "about").json()["joined"] == joined
    assert joined["flags"] == 1


def test_somebody_with_a_stolen_link_can_spoil_and_read_nothing(meeting: Held) -> None:
    """They may send noise or leave in her name; what she wished they never see, nor can they put in a key."""
    take_part(meeting, ADA, BO)
    meeting.at(meeting.times.freeze)
    sent = upload(meeting, ADA, BO)
    ask(meeting, ADA, "upload", sent)
    seen = b"".join(ask(meeting, ADA, what).content for what in ("", "about", "roster", "release"))
    assert not any(sent[at : at + 16] in seen for at in range(0, len(sent), SLOT))
    take_part_again = json.dumps({"public": "A" * 43}).encode()
    assert ask(meeting, ADA, "join", take_part_again).json() == {"joined": False}
    assert ask(meeting, ADA, "upload", noise("thief", 6)).json() == {"upload": "taken"}
    meeting.at(meeting.times.release)
    assert len(ask(meeting, BO, "release").content) == 32 * SLOT
