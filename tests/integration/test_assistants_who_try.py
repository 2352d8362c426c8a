"""A hostile assistant: what they get to see, what they open, and what still leaves in the owner's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any, cast

import pytest

from anlass.desk.cards.own import take_in
from anlass.desk.house.keys import invite, keep_private, keys
from anlass.desk.house.preferences import Preferences, prefer
from anlass.desk.programs.tokens import Scope, add_feed, add_token
from anlass.desk.programs.webhooks import add_hook
from anlass.people import mail_address, person_at, person_id
from anlass.replies.outgoing import OF_CASES, Kind, Outgoing
from anlass.store.book import Book
from anlass.store.gate.keys import Role
from anlass.store.programs.tokens import TokenKind
from tests.characters import NOW, SAM, SCENES, case_of
from tests.gates import KAI, OLGA, Gate, gate
from tests.programs import CARDS
from tests.walking import Stop, ids_of, stops

pytestmark = pytest.mark.slow  # makes a database with all its tables

PETRA = "petra@pryce.example"


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server with Olga and her assistant Kai, made once."""
    folder = tmp_path_factory.mktemp("pattern")
    with gate(folder) as made:
        made.olga.add_owner_addresses({OLGA})
        take_in(made.olga, CARDS, "cards.toml", "en", now=NOW)
        request = replace(SAM, id="real")
        case = case_of(request)
        assert case.request.requester.address
        made.olga.keep(
            replace(case, person=person_at(case.request.requester.address, "Sam")), SAM.encounters, now=NOW
        )
        made.olga.close()
    return folder


@pytest.fixture
def here(pattern: Path, tmp_path: Path) -> Iterator[Gate]:
    """A server of this test alone."""
    with gate(copytree(pattern, tmp_path / "server")) as made:
        yield made
        made.olga.close()
        made.neighbour.close()


# --- what leaves in the owner's name ---


def test_letter_that_was_reworded_since_it_was_looked_at_does_not_leave(here: Gate) -> None:
    """Kai changes the words between Olga's look and her click: nothing goes, and her own words are kept."""
    olga, kai = here.inside(OLGA), here.inside(KAI)
    for typed in ({}, {"subject": "Mine", "text": "What I typed"}):
        seen = _mark(olga.get("/case/real/").content.decode())
        words = {"subject": "Not hers", "text": f"Not her words {len(typed)}"}
        assert kai.post("/case/real/reword/", words).status_code == 302
        olga.post("/case/real/release/", {"seen": seen, **typed})
        assert here.olga.outbox.of_request("real") == ()
        page = olga.get("/case/real/").content.decode()
        assert "changed meanwhile" in page
        assert (typed.get("text") or words["text"]) in page
    olga.post("/case/real/release/", {"seen": _mark(olga.get("/case/real/").content.decode())})
    assert [one.letter.text for one in here.olga.outbox.of_request("real")] == ["What I typed"]


def test_letter_whose_meaning_was_changed_since_it_was_looked_at_does_not_leave(here: Gate) -> None:
    """Kai says *unlock* between look and click: no card is opened by a click on something else."""
    olga, kai = here.inside(OLGA), here.inside(KAI)
    seen = _mark(olga.get("/case/real/").content.decode())
    kai.post("/decide/", {"case": "real", "choice": "unlocked"})
    before = len(tuple(here.olga.cards.grants()))
    olga.post("/case/real/release/", {"seen": seen, "text": "No, thank you"})
    assert here.olga.outbox.of_request("real") == ()
    assert len(tuple(here.olga.cards.grants())) == before


def _mark(page: str) -> str:
    """Return what the form on a page says of the case as it was shown; every form that sends has it."""
    forms = page.split("<form")
    sends = [one for one in forms if "/release/" in one.partition(">")[0]]
    marks = {one.partition('name="seen" value="')[2].partition('"')[0] for one in sends}
    assert len(marks) == 1
    (mark,) = marks
    assert mark
    return mark


def test_assistant_opens_no_card_even_where_letters_may_be_let_go(here: Gate) -> None:
    """Kai decides *unlock* and releases: nothing goes, nothing is granted; Olga's own release does both."""
    prefer(here.olga, Preferences(assistants_send=True), now=NOW)
    kai, before = here.inside(KAI), len(tuple(here.olga.cards.grants()))
    kai.post("/decide/", {"case": "real", "choice": "unlocked"})
    kai.post("/case/real/release/")
    assert here.olga.outbox.of_request("real") == ()
    assert len(tuple(here.olga.cards.grants())) == before
    assert "Nobody but the owner lets a card be seen." in kai.get("/case/real/").content.decode()
    here.inside(OLGA).post("/case/real/release/")
    assert len(here.olga.outbox.of_request("real")) == 1
    assert len(tuple(here.olga.cards.grants())) == before + 1


# --- what is seen ---


def test_link_to_a_card_stands_on_no_page_of_an_assistant(here: Gate) -> None:
    """Olga's letter opens a card: she reads the link in it, Kai reads the letter without."""
    olga, kai = here.inside(OLGA), here.inside(KAI)
    olga.post("/decide/", {"case": "real", "choice": "unlocked"})
    olga.post("/case/real/release/")
    assert "card.example.org/c/" in olga.get("/case/real/").content.decode()
    ids = ids_of(here.olga) | {"case": "real", "case_id": "real"}
    for stop in stops(ids):
        if stop.name not in {"leave", "houses"}:
            assert b"card.example.org" not in kai.get(stop.path).content, stop.path


def test_letters_that_answer_no_case_are_nowhere_for_an_assistant(here: Gate) -> None:
    """Who is asked whether they may be named, who is at an event, what the month was: Olga's alone."""
    planted = {kind: f"to-{kind.value}@planted.example" for kind in Kind}
    for kind, to in planted.items():
        here.olga.outbox.put(_letter(kind, to), due=NOW + timedelta(days=1), now=NOW)
    others = [planted[kind] for kind in Kind if kind not in OF_CASES]
    kai, olga = here.inside(KAI), here.inside(OLGA).get("/outbox/").content.decode()
    assert all(to in olga for to in planted.values())
    pages = {stop.path: kai.get(stop.path).content.decode(errors="replace") for stop in _inside(here)}
    assert [(path, to) for path, page in pages.items() for to in others if to in page] == []
    assert all(planted[kind] in pages["/outbox/"] for kind in OF_CASES)
    of_event = next(one for one in here.olga.outbox.all() if one.letter.kind is Kind.MAILING)
    assert kai.post(f"/case/{of_event.id}/cancel/").status_code == 404


def _inside(here: Gate) -> list[Stop]:
    return [one for one in stops(ids_of(here.olga)) if one.name not in {"leave", "houses"}]


def _letter(kind: Kind, to: str) -> Outgoing:
    address = mail_address(to)
    assert address
    return Outgoing(
        person=person_id(address),
        request=f"planted-{kind.value}",
        kind=kind,
        sender=OLGA,
        sender_name="Olga",
        to=to,
        subject=f"To {to}",
        text=f"Dear {to}",
        lang="en",
        message_id=f"{kind.value}@x",
        envelope=OLGA,
    )


# --- who is out stays out ---


def _id(here: Gate, address: str) -> str:
    return here.site.gate.id_at(address)[0]


@pytest.mark.parametrize("do", ["dismiss", "owner"])
def test_invitation_from_before_gives_nothing_back(here: Gate, do: str) -> None:
    """Kai kept a second invitation: once his key is taken or changed it is over, like one that never was."""
    kept = invite(here.olga, KAI, Role.ASSISTANT, now=NOW)
    here.inside(OLGA).post("/settings/access/", {"do": do, "keyholder": _id(here, KAI)})
    held = keys(here.olga)
    over, never = (here.browser().post(f"/invitation/{one}/") for one in (kept.secret, "never-was"))
    assert (over.status_code, over.content) == (404, never.content)
    assert keys(here.olga) == held


def test_invitation_makes_nobody_less_than_they_are(here: Gate) -> None:
    """Olga asks herself in as an assistant, and takes it: the house still has an owner."""
    asked = invite(here.olga, OLGA, Role.ASSISTANT, now=NOW)
    taken = here.browser()
    assert taken.post(f"/invitation/{asked.secret}/").status_code == 302
    assert taken.get("/rules/").status_code == 200
    assert {one.keyholder.address: one.role for one in keys(here.olga)}[OLGA] is Role.OWNER


@pytest.mark.parametrize("do", ["dismiss", "assistant"])
def test_programs_of_an_owner_who_is_none_any_more_end_with_the_key(here: Gate, do: str) -> None:
    """A second owner made a token, a feed and a webhook: they end; Olga's own go on."""
    asked = invite(here.olga, PETRA, Role.OWNER, now=NOW)
    petra = here.browser()
    petra.post(f"/invitation/{asked.secret}/")
    for address in (PETRA, OLGA):
        _lets_in(here.olga.for_keyholder(address, for_assistant=False))
    here.inside(OLGA).post("/settings/access/", {"do": do, "keyholder": _id(here, PETRA)})
    for kind in TokenKind:
        assert sorted(one.revoked_at is None for one in here.olga.tokens.all(kind)) == [False, True]
    assert len(here.olga.webhooks.all()) == 1
    assert petra.get("/").status_code == 302


def _lets_in(book: Book) -> None:
    add_token(book, "mine", tuple(Scope), days=None, now=NOW, lang="en")
    add_feed(book, "mine", details=True, days=None, now=NOW, lang="en")
    add_hook(book, "https://hook.example/", ("case.new",), words=True, now=NOW, lang="en")


def test_private_case_is_told_apart_from_none_by_no_byte(here: Gate) -> None:
    """Each page of an assistant about a case answers alike for one kept private and one that never was."""
    ask = cast("Any", here.inside(KAI)).generic
    keep_private(here.olga, case=SCENES[0].id, now=NOW)
    for stop in stops({**ids_of(here.olga), "case": "@", "case_id": "@"}):
        if "@" not in stop.path:
            continue
        for method in ("GET", "POST", "PUT", "DELETE"):
            hidden, never = (ask(method, stop.path.replace("@", id_)) for id_ in (SCENES[0].id, "neverwas"))
            assert (hidden.status_code, hidden.content) == (never.status_code, never.content), stop.path
