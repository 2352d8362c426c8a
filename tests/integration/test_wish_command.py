"""`anlass wish`: from a link to what was mutual, against a served house; and the organiser's side of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from anlass.cli.main import main
from anlass.desk.wishes import own_key as own
from anlass.desk.wishes.hosting import set_link
from anlass.desk.wishes.purse import purse_called, purses
from anlass.errors import EdgeError, NotFound, Refused, UserError
from anlass.outreach.sealed_note import Enclosed
from anlass.outreach.wish_roster import frozen, packed, roster_in
from anlass.web.gatherings.wish import text64
from anlass.wires.wishes import line_to
from tests.lying_server import lying
from tests.pages import pages_configured
from tests.wish_server import ADA, BO, CEM, EVA, Held, held, serving

pytestmark = pytest.mark.slow  # a server is asked over the wire, again and again


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the memory of all organisers here lies."""
    return tmp_path_factory.mktemp("wishes")


@pytest.fixture
def meeting(folder: Path) -> Iterator[Held]:
    """An event whose pages are served."""
    with pages_configured(), serving(held(folder)) as served:
        yield served


def anlass(data: Path, *words: str) -> Result:
    """Run a command of a person whose data lie there."""
    return CliRunner().invoke(main, ["wish", *words, "--data", str(data)], env={"LANG": "en_GB.UTF-8"})


def said(data: Path, *words: str) -> str:
    """Run a command that must go well, and return what it said."""
    found = anlass(data, *words)
    assert found.exit_code == 0, (found.output, found.exception)
    return found.output


def test_two_with_programs_of_their_own_meet(meeting: Held, tmp_path: Path) -> None:
    """Join, look, wish with a note, send, see: and in the end the keys are destroyed."""
    ada, bo = tmp_path / "ada", tmp_path / "bo"
    assert said(ada, "join", meeting.page(ADA), "--card", "Ada, 030 1234").startswith(
        "You take part: Sommerschule"
    )
    said(bo, "join", meeting.page(BO))
    (file,) = (ada / "wishes").glob("*.json")
    assert file.stat().st_mode & 0o777 == 0o600
    meeting.at(meeting.times.freeze)
    listed = said(ada, "people")
    assert "Bo Müller" in listed
    assert listed.splitlines()[-2].startswith("Code of this list: ")
    assert (
        said(ada, "for", "müller", "--note", "Danke für das Gespräch")
        == "Kept: Bo Müller. Nothing is sent yet: anlass wish send\n"
    )
    assert "Chance chose" in said(ada, "send", "--dry-run")
    assert said(ada, "send", "--now") == "sent\n"
    said(bo, "for", "Ada Beispiel")
    said(bo, "send", "--now")
    assert json.loads(said(ada, "list", "--json"))["sent"] is True
    meeting.at(meeting.times.match)
    assert anlass(ada, "results").output == "Results are not open yet.\n"
    meeting.at(meeting.times.release)
    assert said(bo, "results") == "Ada Beispiel\n    Ada, 030 1234\n    Danke für das Gespräch\n"
    assert json.loads(said(ada, "results", "--json")) == {
        "name": "Bo Müller",
        "card": "Bo Müller",
        "note": "",
    }
    meeting.at(meeting.times.forget)
    assert isinstance(anlass(ada, "results").exception, Refused)
    assert purses(ada) == ()
    assert not list((ada / "wishes").iterdir())


def test_a_wish_in_vain_says_what_an_empty_round_says(meeting: Held, tmp_path: Path) -> None:
    """Nothing tells whether the other took part, had no wish left or did not want."""
    for name, number in (("ada", ADA), ("bo", BO)):
        said(tmp_path / name, "join", meeting.page(number))
    meeting.at(meeting.times.freeze)
    said(tmp_path / "ada", "for", "Bo")
    for name in ("ada", "bo"):
        said(tmp_path / name, "send", "--now")
    meeting.at(meeting.times.release)
    shown = {said(tmp_path / name, "results") for name in ("ada", "bo")}
    assert shown == {"No mutual wishes in this round. People often do not take part or run out of wishes.\n"}


def test_false_lists_are_noticed_and_nobody_is_wished_for(meeting: Held, tmp_path: Path) -> None:
    """A key from a badge and a code from the slide are held against every list from then on."""
    ada, bo = tmp_path / "ada", tmp_path / "bo"
    for data, number in ((ada, ADA), (bo, BO)):
        said(data, "join", meeting.page(number))
    badge = said(bo, "check").strip()
    meeting.at(meeting.times.freeze)
    code = said(bo, "people").splitlines()[-2].removeprefix("Code of this list: ")
    assert code in said(ada, "check", code, "--badge", badge)
    roster = roster_in(meeting.book.wishes.shelf.sheet(meeting.event.id, 1, "roster") or b"")
    false = [
        replace(one, public=bytes(31) + b"\x09") if one.pid == meeting.pids[BO] else one
        for one in roster.entries
    ]
    meeting.book.wishes.shelf.keep_sheet(
        meeting.event.id, 1, "roster", packed(frozen(roster.event, 1, false))
    )
    found = anlass(ada, "for", "Bo").exception
    assert isinstance(found, Refused)
    assert [one.says for one in found.problems] == [
        "Somebody whose badge you scanned has another key on this list.",
        "The code of this list is not the one you saw elsewhere.",
    ]
    with pytest.raises(Refused, match="Your own entry"):
        own.people(purse_called(bo))
    assert purse_called(ada).wishes == {}


def test_wishes_are_counted_here_and_notes_have_their_room(meeting: Held, tmp_path: Path) -> None:
    """More than there are, a note too long, somebody unknown or two alike: each is said, nothing is kept."""
    ada = tmp_path / "ada"
    said(ada, "join", meeting.page(ADA))
    with pytest.raises(Refused, match="no list yet"):
        own.people(purse_called(ada))
    said(tmp_path / "bo", "join", meeting.page(BO))
    meeting.at(meeting.times.freeze)
    purse = purse_called(ada)
    for who, error in (("nobody", NotFound), ("Ada Beispiel", NotFound)):
        with pytest.raises(error):
            own.wish_for(ada, purse, who)
    with pytest.raises(Refused, match="too long together"):
        own.wish_for(ada, purse, "Bo", note="x" * 254)
    purse.wishes.update({f"{number:032x}": "" for number in range(6)})
    purse.round = 1
    with pytest.raises(Refused, match="6 wishes"):
        own.wish_for(ada, purse, "Bo")
    with pytest.raises(NotFound, match="did not wish"):
        own.take_back(ada, purse, "Bo")
    assert purse_called(ada).wishes == {}


def test_a_word_taken_back_is_gone(meeting: Held, tmp_path: Path) -> None:
    """Whoever thinks better of it before the window ends never wished."""
    ada, bo = tmp_path / "ada", tmp_path / "bo"
    for data, number in ((ada, ADA), (bo, BO)):
        said(data, "join", meeting.page(number))
    meeting.at(meeting.times.freeze)
    for data, name in ((ada, "Bo"), (bo, "Ada")):
        said(data, "for", name)
        said(data, "send", "--now")
    assert said(ada, "take-back", "Bo") == "Taken back: Bo Müller.\n"
    said(ada, "send", "--now")
    meeting.at(meeting.times.release)
    assert own.results(bo, purse_called(bo)) == ()


def test_who_leaves_has_no_key_any_more(meeting: Held, tmp_path: Path) -> None:
    """The server forgets the key, and this machine destroys its half."""
    ada = tmp_path / "ada"
    said(ada, "join", meeting.page(ADA))
    assert said(ada, "leave") == "You take part no longer. Your key is destroyed.\n"
    assert purses(ada) == ()
    assert meeting.book.wishes.behind("x") is None
    with pytest.raises(NotFound):
        purse_called(ada)


def test_a_ticket_that_has_a_key_in_a_running_round_takes_no_other(meeting: Held, tmp_path: Path) -> None:
    """A stolen link cannot take over while wishes hang on the key; nothing is left on the thief's machine."""
    said(tmp_path / "ada", "join", meeting.page(ADA))
    said(tmp_path / "bo", "join", meeting.page(BO))
    meeting.at(meeting.times.freeze)
    assert isinstance(anlass(tmp_path / "thief", "join", meeting.page(ADA)).exception, Refused)
    assert purses(tmp_path / "thief") == ()


@pytest.mark.parametrize(
    "link", ["ftp://x/w/a/", "http://example.org/w/a/", "nonsense", "https://u:p@x/w/a/", "https://x/?q"]
)
def test_a_link_that_is_none_is_never_asked(link: str) -> None:
    """No other protocol, nothing unencrypted beyond this machine, no names or questions in it."""
    with pytest.raises(UserError):
        line_to(link)


def test_a_link_that_leads_nowhere_says_so(meeting: Held, tmp_path: Path) -> None:
    """And a server that is not there may be there later."""
    with pytest.raises(EdgeError, match="No ticket"):
        own.join(tmp_path, f"{meeting.address}/w/nobody/")
    with pytest.raises(EdgeError, match="does not answer") as raised:
        own.join(tmp_path, "http://127.0.0.1:1/w/nobody/")
    assert raised.value.temporary
    assert purses(tmp_path) == ()


def test_people_by_mail_only_are_marked_before_a_wish(meeting: Held, tmp_path: Path) -> None:
    """The list says it, and the wish says it again."""
    said(tmp_path / "ada", "join", meeting.page(ADA))
    who = meeting.house
    assert who.classroom is not None
    from anlass.desk.wishes.taking_part import join, visit  # noqa: PLC0415 - the server's side, for once

    eva = visit(meeting.book, meeting.links[EVA], now=meeting.now)
    assert eva is not None
    assert join(meeting.book, meeting.ring, eva, None)
    meeting.at(meeting.times.freeze)
    assert "Eva Mail  (by mail only)" in said(tmp_path / "ada", "people")
    assert "the organiser could see this wish" in said(tmp_path / "ada", "for", "Eva")


def test_the_moment_of_sending_is_chosen_once(meeting: Held, tmp_path: Path) -> None:
    """Asked again it is the same; before it nothing is sent."""
    for name, number in (("ada", ADA), ("bo", BO), ("cem", CEM)):
        said(tmp_path / name, "join", meeting.page(number))
    meeting.at(meeting.times.freeze)
    ada = tmp_path / "ada"
    moments = {own.plan(ada, purse_called(ada), now=meeting.now) for _ in range(3)}
    assert len(moments) == 1
    assert meeting.times.freeze <= moments.pop() < meeting.times.match
    assert not purse_called(ada).is_sent


def test_an_unreadable_card_is_shown_as_what_it_is() -> None:
    """The value that pages and commands show holds no card and no guess."""
    assert own.Shown("Bo", None).card is None
    assert own.Shown("Bo", Enclosed("card", "note")).card == Enclosed("card", "note")


# --- the organiser ---


def test_an_organiser_holds_a_round_from_the_command_line(tmp_path: Path) -> None:
    """Open, admit from a table, set times, export, erase; links are printed once."""
    table = tmp_path / "people.csv"
    table.write_text("name,mail\nAda Beispiel,ada@example.org\nBo Müller,bo@example.org\n", encoding="utf-8")
    data = tmp_path / "host"
    event = said(data, "host", "open", "Club", "--wishes", "7", "--address", "https://club.example").strip()
    rows = said(data, "host", "admit", event[:8], str(table)).splitlines()
    assert rows[0] == "name,mail,link"
    assert rows[1].startswith("Ada Beispiel,ada@example.org,https://club.example/w/")
    days = [f"{datetime.now(UTC) + timedelta(days=day):%Y-%m-%dT%H:%M}" for day in (2, 3, 4)]
    times = ("--freeze", days[0], "--match", days[1], "--release", days[2])
    assert said(data, "host", "round", "club", *times) == "1\n"
    assert (
        anlass(data, "host", "round", "club", "--freeze", "x", "--match", "y", "--release", "z").exit_code
        == 2
    )
    assert json.loads(said(data, "host", "events", "--json"))["rounds"] == [
        {"round": 1, "phase": "joining", "participants": 0, "alarms": 0}
    ]
    shown = json.loads(said(data, "host", "export", "club", "ada@example.org"))
    assert (shown["name"], shown["takes_part"]) == ("Ada Beispiel", False)
    said(data, "host", "erase", "club", shown["ticket"])
    assert said(data, "host", "export", "club", "ada@example.org") == ""
    assert said(data, "host", "proof") == ""


# --- servers that lie ---


def test_a_key_that_is_here_is_never_given_up_for_another(meeting: Held, tmp_path: Path) -> None:
    """Joining again, by a new link or at a server that gives itself out as this event: the key stays."""
    ada = tmp_path / "ada"
    said(ada, "join", meeting.page(ADA))
    said(tmp_path / "bo", "join", meeting.page(BO))
    held_key = purse_called(ada).secret
    meeting.at(meeting.times.freeze)
    said(ada, "for", "Bo")
    link = set_link(meeting.book, meeting.event, meeting.pids[ADA], "n" * 27).rpartition("/")[2]
    said(ada, "join", f"{meeting.address}/w/{link}/")
    purse = purse_called(ada)
    assert (purse.secret, purse.address) == (held_key, f"{meeting.address}/w/{link}/")
    assert list(purse.wishes) == [meeting.pids[BO].hex()]
    found = anlass(ada, "join", meeting.page(CEM)).exception  # another ticket of the same event
    assert isinstance(found, Refused)
    assert purse_called(ada).secret == held_key
    about = {"event": text64(meeting.event.id), "ticket": {"pid": text64(bytes(16)), "name": "x"}}
    with lying({"about": json.dumps(about).encode(), "join": b'{"joined": false}'}) as address:
        assert isinstance(anlass(ada, "join", address).exception, Refused)
    assert purse_called(ada).secret == held_key


def test_a_list_that_was_exchanged_under_way_is_noticed(meeting: Held, tmp_path: Path) -> None:
    """Nobody saw a code or scanned a badge: still the list of a round is the one first seen, to its end."""
    ada = tmp_path / "ada"
    for name, number in (("ada", ADA), ("bo", BO)):
        said(tmp_path / name, "join", meeting.page(number))
    meeting.at(meeting.times.freeze)
    said(ada, "for", "Bo")
    shelf = meeting.book.wishes.shelf
    roster = roster_in(shelf.sheet(meeting.event.id, 1, "roster") or b"")
    false = [
        replace(one, public=bytes(31) + b"\x09") if one.pid == meeting.pids[BO] else one
        for one in roster.entries
    ]
    shelf.keep_sheet(meeting.event.id, 1, "roster", packed(frozen(roster.event, 1, false)))
    found = anlass(ada, "send", "--now").exception
    assert isinstance(found, Refused)
    assert [one.says for one in found.problems] == [
        "This is not the list you were handed before, and the list of a round never changes."
    ]
    assert shelf.count(meeting.event.id, 1) == 0
    shelf.keep_sheet(meeting.event.id, 1, "roster", packed(roster))
    assert said(ada, "send", "--now") == "sent\n"
    purse = purse_called(ada)
    purse.round = 2  # a list of a round that was before is none either
    with pytest.raises(Refused, match="not the list"):
        own.people(purse)
