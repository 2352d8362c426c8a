"""What participants' programs and browsers are answered: small, without a cookie, the same for all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from anlass.outreach.wish import SLOT
from anlass.web.frame.limiter import Limiter
from anlass.web.gatherings.wish import text64
from tests.pages import pages_configured
from tests.wish_server import ADA, BO, CEM, DUA, EVA, Held, ask, bare, client, held, take_part, upload


@pytest.fixture(scope="module", autouse=True)
def django() -> Iterator[None]:
    """Let the pages be asked without a server."""
    with pages_configured():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the memory of all organisers here lies."""
    return tmp_path_factory.mktemp("wishes")


@pytest.fixture
def meeting(folder: Path) -> Held:
    """An event whose list is open, of an organiser of its own."""
    return held(folder)


# --- programs ---


def test_a_program_goes_the_whole_way(meeting: Held) -> None:
    """Join, fetch the list, upload, fetch what was released: small answers, no cookie, kept nowhere."""
    take_part(meeting, ADA, BO)
    about = ask(meeting, ADA, "about")
    assert about.json()["stage"] == "joining"
    assert about.json()["ticket"] == {"pid": text64(meeting.pids[ADA]), "name": "Ada Beispiel"}
    assert not about.cookies
    assert about["Cache-Control"] == "private, no-store, no-transform, max-age=0"
    assert about["Referrer-Policy"] == "no-referrer"
    meeting.at(meeting.times.freeze)
    assert ask(meeting, ADA, "upload", upload(meeting, ADA, BO)).json() == {"upload": "taken"}
    assert ask(meeting, BO, "upload", upload(meeting, BO)).json() == {"upload": "taken"}
    meeting.at(meeting.times.release)
    assert len(ask(meeting, ADA, "release").content) == 32 * SLOT
    assert ask(meeting, ADA, "leave", b"").json() == {"left": True}
    assert ask(meeting, ADA, "about").json()["joined"] is None


def test_nothing_of_an_answer_depends_on_what_was_wished(meeting: Held) -> None:
    """One person is wished for by three, another by nobody: until the release all they see is equal.

    After it the release is the same for both, for only mutual wishes are in it.
    """
    take_part(meeting, ADA, BO, CEM, DUA)
    meeting.at(meeting.times.freeze)
    for number in (ADA, BO, CEM):
        taken = ask(meeting, number, "upload", upload(meeting, number, DUA))
        assert bare(taken) == bare(ask(meeting, number, "upload", upload(meeting, number)))
        ask(meeting, number, "upload", upload(meeting, number, DUA))
    for moment in ("freeze", "match", "release"):
        meeting.at(getattr(meeting.times, moment))
        wanted, unwanted = (ask(meeting, number, "about") for number in (DUA, CEM))
        ours, theirs = wanted.json(), unwanted.json()
        for one in (ours, theirs):
            del one["ticket"], one["joined"]
        assert ours == theirs
        assert bare(ask(meeting, DUA, "release")) == bare(ask(meeting, CEM, "release"))
    assert not any(word in json.dumps(ours) for word in ("count", "wished", "matches", "received", "uploads"))


def test_what_is_not_open_is_one_answer(meeting: Held) -> None:
    """Too early, too late, not on the list, nothing at all: byte for byte the same."""
    take_part(meeting, ADA, BO)
    early = [bare(ask(meeting, ADA, what)) for what in ("roster", "release")]
    meeting.at(meeting.times.freeze)
    early += [
        bare(ask(meeting, ADA, "release")),
        bare(ask(meeting, CEM, "roster")),
        bare(ask(meeting, CEM, "release")),
    ]
    meeting.at(meeting.times.match)
    early += [bare(ask(meeting, ADA, "release"))]
    meeting.at(meeting.times.forget)
    early += [bare(ask(meeting, ADA, "roster")), bare(ask(meeting, ADA, "release"))]
    assert len(set(early)) == 1
    assert early[0][:2] == (404, b'{"open": false}')


def test_links_that_lead_nowhere_are_one_answer(meeting: Held) -> None:
    """Guessed, cut short, of strange letters: a page and a program each get one answer."""
    words = ("x" * 27, meeting.links[ADA][:-1], "..", "a%00b", "ü" * 27)
    for what in ("", "about", "roster", "release", "nothing"):
        answers = {bare(client(meeting).get(f"/w/{word}/{what}")) for word in words}
        assert len(answers) == 1
        assert next(iter(answers))[0] == 404
    assert client(meeting).get("/w/").status_code == 404


def test_uploads_of_another_size_and_odd_questions_change_nothing(meeting: Held) -> None:
    """Each gets its reason and no error; nothing is kept of it."""
    take_part(meeting, ADA, BO)
    meeting.at(meeting.times.freeze)
    good = upload(meeting, ADA, BO)
    twice = good[: 5 * SLOT] + good[:16] + good[5 * SLOT + 16 :]
    found = [
        ask(meeting, ADA, "upload", body).json()["upload"] for body in (b"", good[1:], good + b"x", twice)
    ]
    assert found == ["size", "size", "size", "repeated-token"]
    for words in (
        b"",
        b"[]",
        b'"x"',
        b"\xff",
        b'{"public": 3}',
        b'{"public": "***"}',
        b'{"public": "AAAA"}',
        b"{" * 2_000,
    ):
        assert ask(meeting, CEM, "join", words).json() == {"joined": False}
    assert ask(meeting, ADA, "steal", b"").status_code == 404
    assert client(meeting).put(f"/w/{meeting.links[ADA]}/about").status_code == 405
    assert meeting.book.wishes.shelf.count(meeting.event.id, 1) == 0


def test_one_ticket_is_slowed_down_and_others_are_not(meeting: Held) -> None:
    """A conference has one address for all: what is counted is the ticket, of guesses the caller."""
    slow = replace(meeting.house, wishing=Limiter(3, 100), limiter=Limiter(2, 100))
    meeting.house = slow
    assert [ask(meeting, ADA, "about").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert ask(meeting, BO, "about").status_code == 200
    assert [client(meeting).get("/w/guess/about").status_code for _ in range(3)] == [404, 404, 429]
    assert ask(meeting, BO, "about").status_code == 200


def test_a_server_without_its_round_key_says_later_and_loses_nothing(meeting: Held) -> None:
    """The key lies on another machine: an upload is not taken, and says so."""
    take_part(meeting, ADA, BO)
    meeting.at(meeting.times.freeze)
    body = upload(meeting, ADA, BO)
    for name in meeting.ring.names():
        meeting.ring.destroy(name)
    assert bare(ask(meeting, ADA, "upload", body))[:2] == (503, b'{"here": true, "later": true}')


# --- pages ---


@pytest.mark.parametrize(("lang", "label", "empty"), [
    ("de", "Rechner muss deine Wünsche lesen", "Keine gegenseitigen Wünsche in dieser Runde."),
    ("en", "The organiser's computer must read your wishes", "No mutual wishes in this round."),
])  # fmt: skip
def test_by_mail_alone_one_wishes_without_a_script(meeting: Held, lang: str, label: str, empty: str) -> None:
    """The label stands before the first wish; wishes are kept, changed, and opened with everybody's."""
    eva, page = client(meeting, lang), f"/w/{meeting.links[EVA]}/"
    assert label in text_of(eva.get(page))
    assert eva.post(page, {"do": "join-by-mail"})["Location"] == f"{page}?told=joined"
    take_part(meeting, ADA, BO)
    meeting.at(meeting.times.freeze)
    pids = {number: meeting.pids[number].hex() for number in (ADA, BO, EVA)}
    wishes = {
        "do": "wish",
        "card": "Eva, eva@example.org",
        "shown": [pids[ADA], pids[BO]],
        "wish": [pids[ADA]],
    }
    assert eva.post(page, wishes)["Location"] == f"{page}?told=kept"
    assert checked(eva.get(page)) == [pids[ADA]]
    eva.post(page, {**wishes, "shown": [pids[BO]], "wish": [pids[BO]]})  # a search showed Bo alone
    assert checked(eva.get(page)) == sorted([pids[ADA], pids[BO]])
    ask(meeting, ADA, "upload", upload(meeting, ADA, EVA))
    meeting.at(meeting.times.match)
    assert eva.post(page, wishes)["Location"] == f"{page}?told=closed"
    meeting.at(meeting.times.release)
    shown = text_of(eva.get(page))
    assert "card 0" in shown
    assert "Bo Müller" not in shown
    meeting.at(meeting.times.forget)
    assert "card 0" not in text_of(eva.get(page))
    assert empty not in shown


def test_an_empty_result_says_what_it_may_mean_and_no_more(meeting: Held) -> None:
    """No count, no hint, no "nobody": the words leave the reasons open."""
    eva, page = client(meeting), f"/w/{meeting.links[EVA]}/"
    eva.post(page, {"do": "join-by-mail"})
    take_part(meeting, ADA)
    meeting.at(meeting.times.freeze)
    ask(meeting, ADA, "upload", upload(meeting, ADA, EVA))  # Ada wishes in vain
    meeting.at(meeting.times.release)
    shown = text_of(eva.get(page))
    assert "No mutual wishes in this round. People often do not take part or run out of wishes." in shown
    assert "Ada" not in shown


def test_too_many_wishes_and_too_long_a_card_change_nothing(meeting: Held) -> None:
    """The page says so; what was typed stays there to be made less, and what was kept stays."""
    eva, page = client(meeting), f"/w/{meeting.links[EVA]}/"
    eva.post(page, {"do": "join-by-mail"})
    take_part(meeting, ADA)
    meeting.at(meeting.times.freeze)
    many = [meeting.pids[ADA].hex(), *(f"{number:032x}" for number in range(6))]
    again = eva.post(page, {"do": "wish", "wish": many, "card": "Eva, by the window"})
    assert "You have 6 wishes, and more are ticked." in text_of(again)
    assert checked(again) == [meeting.pids[ADA].hex()]
    assert "Eva, by the window" in again.content.decode()
    assert checked(eva.get(page)) == []
    long = {"do": "wish", "wish": many[:1], "card": "ü" * 128}
    assert "too long for a card" in text_of(eva.post(page, long))
    odd = {"do": "wish", "wish": ["zz", "00", meeting.pids[EVA].hex()], "shown": ["zz"]}
    assert eva.post(page, odd)["Location"] == f"{page}?told=kept"
    assert checked(eva.get(page)) == []


def test_the_page_lets_no_script_in_and_sets_no_cookie(meeting: Held) -> None:
    """Only scripts of the house run, none can be made of text, and nothing is remembered of the visit."""
    answer = client(meeting).get(f"/w/{meeting.links[ADA]}/")
    policy = answer["Content-Security-Policy"]
    assert not answer.cookies
    for rule in (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "require-trusted-types-for 'script'",
    ):
        assert rule in policy
    assert "unsafe" not in policy
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive, noimageindex"


def test_names_of_strangers_stay_words(folder: Path) -> None:
    """A name with tags and turning letters is shown as text."""
    meeting = held(folder, ("Ada", "<script>alert(1)</script>\u202eBo"))
    client(meeting).post(f"/w/{meeting.links[0]}/", {"do": "join-by-mail"})
    take_part(meeting, 1)
    meeting.at(meeting.times.freeze + timedelta(minutes=1))
    page = client(meeting).get(f"/w/{meeting.links[0]}/").content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def text_of(response: Any) -> str:
    """Return a page as it reads."""
    return str(response.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')


def checked(response: Any) -> list[str]:
    """Return the tickets whose box is ticked."""
    lines = text_of(response).split('<input type="checkbox" name="wish" value="')[1:]
    return sorted(line[:32] for line in lines if line[32:].startswith('" checked'))
