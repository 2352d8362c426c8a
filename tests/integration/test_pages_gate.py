"""The gate of a server: log-in by code, visits, roles, invitations; and what an address tells nobody."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from anlass.desk.house.entering import TRIES, digest
from anlass.desk.house.keys import keep_private, share_again
from anlass.desk.people.standing import say_standing
from anlass.intake import Channel
from anlass.people import Standing
from anlass.web.gate.roles import ANYBODY_INSIDE, ASSISTANT, AT_THE_GATE
from anlass.web.gate.signpost import needs_no_key
from anlass.wires.logbook import event_of
from tests.characters import SCENES
from tests.gates import HOSTESS, KAI, OLGA, Gate, gate
from tests.walking import FRIEND, fields, ids_of, rows_of, stops

pytestmark = pytest.mark.slow  # makes a database with all its tables

PLANTED = "Zwiebelfisch"
PUBLIC = {"openapi": {200, 405}, "stop": {200}, "judge": {401, 405}}
"""What public pages answer to links that are none, where it is not that nothing lies there."""


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server with Olga, her assistant Kai, a host and a neighbour, made once."""
    folder = tmp_path_factory.mktemp("pattern")
    with gate(folder, PLANTED) as made:
        made.olga.close()
    return folder


@pytest.fixture
def here(pattern: Path, tmp_path: Path) -> Iterator[Gate]:
    """A server of this test alone."""
    with gate(copytree(pattern, tmp_path / "server"), PLANTED) as made:
        yield made
        made.olga.close()
        made.neighbour.close()


# --- log-in by code ---


def test_code_by_mail_opens_once_in_the_browser_that_asked_for_it(here: Gate) -> None:
    """The right code opens; again, or from another browser, it opens nothing."""
    first, second = here.browser(), here.browser()
    first.post("/enter/", {"address": OLGA, "next": "/people/"})
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", here.letter().text)[0]
    second.post("/enter/", {"address": OLGA})
    assert second.post("/enter/code/", {"code": code}).status_code == 403
    opened = first.post("/enter/code/", {"code": code.lower().replace("-", " ")})
    assert (opened.status_code, opened["Location"]) == (302, "/people/")
    assert first.get("/people/").status_code == 200
    assert first.post("/enter/code/", {"code": code}).status_code in {302, 403}
    assert len(here.site.gate.visits()) == 1


def test_code_that_is_old_or_was_tried_too_often_opens_nothing(here: Gate) -> None:
    """After ten minutes, or five wrong tries, even the right code is none."""
    for spoil in (lambda _client: here.later(minutes=11), _tried_wrong):
        client = here.browser()
        client.post("/enter/", {"address": OLGA})
        code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", here.letter().text)[0]
        spoil(client)
        assert client.post("/enter/code/", {"code": code}).status_code == 403
    assert here.site.gate.visits() == ()


def _tried_wrong(client: object) -> None:
    for _ in range(TRIES):
        assert client.post("/enter/code/", {"code": "AAAA-AAAA"}).status_code == 403  # type: ignore[attr-defined]


def test_unknown_address_gets_the_same_bytes_after_the_same_work(here: Gate) -> None:
    """Whether an address has a key here shows in no byte, no header, no number of questions to the memory."""
    answers = []
    using = here.olga._tables.using
    here.inside(OLGA)  # what is loaded once is loaded
    for address in (OLGA, "nobody@nowhere.example", "no address at all"):
        client = here.browser()
        client.get("/enter/")
        with CaptureQueriesContext(connections[using]) as asked:
            sent = client.post("/enter/", {"address": address})
        page = client.get("/enter/code/")
        wrong = client.post("/enter/code/", {"code": "AAAA-AAAA"})
        session = client.session
        token = re.compile(rb'value="\w{64}"')
        answers.append((
            sent.status_code, sorted(sent.items()), len(sent.cookies["__Host-anlass"].value) // 8,
            [re.sub(r"'[^']*'|\d{9,}", "", one["sql"]) for one in asked.captured_queries],
            token.sub(b"", page.content), token.sub(b"", wrong.content), wrong.status_code,
            sorted(session.keys()), len(session["attempt"]),
        ))  # fmt: skip
    assert answers[0] == answers[1]
    assert answers[0][:3] == answers[2][:3]
    here.site.courier.wait()
    assert [one.to for one in here.letters] == [OLGA, OLGA]


def test_log_in_is_slowed_for_an_address_and_for_a_network(here: Gate) -> None:
    """The sixth try for an address within a quarter of an hour is turned away, known or not, alike."""
    for address in (OLGA, "nobody@nowhere.example"):
        answers = [here.browser().post("/enter/", {"address": address}) for _ in range(7)]
        assert [one.status_code for one in answers] == [302] * 5 + [429] * 2
    many = [here.browser().post("/enter/", {"address": f"a{n}@b.example"}).status_code for n in range(40)]
    assert many[-1] == 429
    far = here.browser().post("/enter/", {"address": "c@d.example"}, REMOTE_ADDR="198.51.100.7")
    assert far.status_code == 302


def test_neighbours_in_one_network_do_not_keep_all_others_out(here: Gate) -> None:
    """Hundreds of addresses of one household: each way in counts it as one, and leaves room for others."""
    asked, far = here.browser(), "2001:db8:2::1"
    assert asked.post("/enter/", {"address": OLGA}, HTTP_X_FORWARDED_FOR=far).status_code == 302
    ways: tuple[tuple[str, dict[str, str]], ...]
    ways = (("/enter/code/", {"code": "AAAA-AAAA"}), ("/enter/passkey/", {}), ("/invitation/x/", {}))
    for n in range(40):
        asked.post(*ways[n % 3], HTTP_X_FORWARDED_FOR=f"2001:db8:1:{n:x}::{n:x}")
    for way in ways:
        assert asked.post(*way, HTTP_X_FORWARDED_FOR="2001:db8:1:ffff::1").status_code == 429
        assert asked.post(*way, HTTP_X_FORWARDED_FOR=far).status_code != 429


def test_session_is_new_after_logging_in_and_after_changing_the_house(here: Gate) -> None:
    """Nothing that the cookie held before holds after: a planted one opens nothing."""
    client = here.inside(OLGA)
    before = client.session["visit"]
    assert client.post("/houses/", {"house": "owner"}).status_code == 302
    after = client.session["visit"]
    assert after != before
    assert here.site.gate.visit(digest(before)) is None
    assert client.post("/houses/", {"house": "neighbour"}).status_code == 404


def test_nobody_outside_sees_anything_but_the_gate(here: Gate) -> None:
    """Every address leads to the log-in, is the gate's own, or a public page that shows nothing."""
    for stop in stops(ids_of(here.olga)):
        for answer in (here.browser().get(stop.path), here.browser().post(stop.path, {})):
            if stop.name == "card":
                continue
            assert PLANTED.encode() not in answer.content, stop.path
            if needs_no_key(stop.path):
                assert answer.status_code in PUBLIC.get(stop.name, {401, 404, 405}), stop.path
            elif stop.name not in AT_THE_GATE:
                assert answer.status_code == 302, stop.path
                assert answer["Location"].startswith("/enter/"), stop.path


def test_visit_ends_when_it_is_left_idle_or_ended_elsewhere(here: Gate) -> None:
    """Leaving, a week without a look, and the list of log-ins each end it; others go on."""
    first, second = here.inside(OLGA), here.inside(OLGA)
    assert second.get("/settings/access/").content.count(b"Log out there") == 1
    assert second.post("/settings/access/end/", {"visit": "others"}).status_code == 302
    assert first.get("/").status_code == 302
    assert second.get("/").status_code == 200
    second.post("/leave/")
    assert second.get("/").status_code == 302
    third = here.inside(OLGA)
    here.later(days=8)
    assert third.get("/").status_code == 302


def test_log_in_of_somebody_else_cannot_be_ended(here: Gate) -> None:
    """A visit of Olga's is nobody's for Kai."""
    here.inside(OLGA)
    hers = here.site.gate.visits()[0].id
    assert here.inside(KAI).post("/settings/access/end/", {"visit": hers}).status_code == 404
    assert here.site.gate.visit(hers) is not None


def test_card_behind_a_link_lies_in_the_house_it_belongs_to(here: Gate) -> None:
    """Without a key the link shows the card of its owner, and leaves no cookie; any other shows nothing."""
    link = ids_of(here.olga)["link"]
    shown = here.browser().get(f"/c/{link}")
    assert shown.status_code == 200
    assert "Olga" in shown.content.decode()
    dead = [here.browser().get(f"/c/{one}") for one in (link[:-1] + "x", "x" * 42, "")]
    assert {(one.status_code, one.content) for one in dead} == {(404, dead[0].content)}
    assert [dict(one.cookies) for one in (shown, *dead)] == [{}] * 4


# --- roles ---


def test_assistant_enters_the_pages_named_for_it_and_no_other(here: Gate) -> None:
    """Every address is tried: what is not named for assistants does not exist for them."""
    kai = here.inside(KAI)
    before = rows_of(here.olga)
    for stop in stops(ids_of(here.olga)):
        if stop.name in ASSISTANT | ANYBODY_INSIDE | AT_THE_GATE or stop.name == "card":
            continue
        for answer in (kai.get(stop.path), kai.post(stop.path, {})):
            is_locked = {401, 404, 405} if needs_no_key(stop.path) else {404}
            assert answer.status_code in PUBLIC.get(stop.name, is_locked), stop.path
    assert kai.get("/server/").status_code == 404
    assert rows_of(here.olga) == before
    assert kai.get("/").status_code == 200
    assert kai.get(f"/case/{SCENES[0].id}/").status_code == 200


def test_assistant_is_shown_no_way_to_a_page_that_is_shut(here: Gate) -> None:
    """Links and forms on the pages of an assistant lead to pages of an assistant."""
    kai, shut = here.inside(KAI), set()
    way = re.compile(r'(?:href|action|formaction)="(/[^"#?]*)')
    for stop in stops(ids_of(here.olga)):
        page = kai.get(stop.path) if stop.name in ASSISTANT else None
        if page is None or page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        for path in way.findall(page.content.decode()):
            if not path.startswith("/static/") and not needs_no_key(path):
                name = resolve(path).url_name or ""
                shut |= {(stop.name, name)} if name not in ASSISTANT | ANYBODY_INSIDE else set()
    assert shut == set()


def test_assistant_sends_where_the_owner_lets_them(here: Gate) -> None:
    """Without leave a letter is prepared and stays; the owner's word on the page of settings changes that."""
    here.olga.add_owner_addresses({OLGA})
    kai, olga = here.inside(KAI), here.inside(OLGA)
    mails = [scene.id for scene in SCENES if scene.channel is Channel.MAIL]
    case = next(one for one in mails if "/release/" in _page(olga, one))
    assert "/release/" not in _page(kai, case)
    assert "/reword/" in _page(kai, case)
    assert kai.post(f"/case/{case}/release/").status_code == 404
    assert kai.post(f"/case/{case}/reword/", {"subject": "Hm", "text": "Von Kai"}).status_code == 302
    assert olga.post("/settings/", {"assistants_send": "yes", "years": "0"}).status_code == 302
    assert "/release/" in _page(kai, case)
    assert kai.post(f"/case/{case}/release/").status_code == 302
    assert [boxed.letter.request for boxed in here.olga.outbox.all()] == [case]
    olga.post("/settings/", {"years": "0"})
    assert "/release/" not in _page(kai, case)


def _page(client: Client, case: str) -> str:
    return client.get(f"/case/{case}/").content.decode()


def test_assistant_neither_vouches_nor_grants_nor_reads_why(here: Gate) -> None:
    """Vouching, grants and reasons are the owner's; Kai says who is a contact."""
    kai, person = here.inside(KAI), ids_of(here.olga)["person_id"]
    path = f"/person/{person}/"
    kai.post(f"{path}standing/", {"standing": "vouched-for"})
    assert here.olga.standings.words(person) == ()
    kai.post(f"{path}standing/", {"standing": "contact", "why": "Kais Grund"})
    say_standing(here.olga, person, Standing.VOUCHED_FOR, why="Olgas Grund", now=here.at[-1])
    said = here.olga.standings.words(person)
    kai.post(f"{path}standing/", {"standing": "stranger"})
    assert here.olga.standings.words(person) == said
    hers, his = (client.get(path).content.decode() for client in (here.inside(OLGA), kai))
    link = ids_of(here.olga)["link"]
    for word in ("Olgas Grund", link, "/grant/", "/vouch/", "/voucher/"):
        assert (word in hers, word in his) == (True, False), word


def test_what_an_assistant_looks_at_is_written_into_the_log(
    here: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    """By ids alone, and only theirs: what the owner looks at is nobody's business."""
    case, kai = ids_of(here.olga)["case_id"], here.site.gate.id_at(KAI)[0]
    with caplog.at_level(logging.INFO, "anlass.pages"):
        here.inside(OLGA).get(f"/case/{case}/")
        here.inside(KAI).get(f"/case/{case}/")
        here.inside(KAI).get("/people/")
    told = [event_of(record) for record in caplog.records]
    assert [(one["event"], one["who"], one["page"], one["about"]) for one in told] == [
        ("page.looked", kai, "case", case)
    ]


def test_host_sees_owners_and_health_and_no_case_of_anybody(here: Gate) -> None:
    """Every address is tried: the host's own page names owners and addresses, no other shows anything."""
    host = here.inside(HOSTESS)
    page = host.get("/server/")
    assert page.status_code == 200
    assert OLGA in page.content.decode()
    names = [scene.name for scene in SCENES if len(scene.name) > 4]
    for stop in stops(ids_of(here.olga)):
        answer = host.get(stop.path)
        if stop.name != "card":
            assert PLANTED.encode() not in answer.content, stop.path
            assert [name for name in names if name in answer.content.decode(errors="replace")] == [], (
                stop.path
            )
        if stop.name not in ANYBODY_INSIDE | AT_THE_GATE and not needs_no_key(stop.path):
            assert answer.status_code == 302, stop.path


def test_key_that_was_taken_or_changed_ends_the_visit(here: Gate) -> None:
    """Kai is out at once, in every browser; with another role he comes in anew."""
    olga, kai = here.inside(OLGA), here.inside(KAI)
    his = next(one.id for one in here.site.gate.keyholders() if one.address == KAI)
    olga.post("/settings/access/", {"do": "owner", "keyholder": his})
    assert kai.get("/").status_code == 302
    again = here.inside(KAI)
    assert again.get("/rules/").status_code == 200
    olga.post("/settings/access/", {"do": "dismiss", "keyholder": his})
    here.site.courier.wait()
    told = [one.to for one in here.letters if "access" in one.subject]
    assert told == [KAI, KAI]
    assert again.get("/").status_code == 302
    assert b"no key to a house" in here.inside(KAI).get("/houses/").content


def test_last_key_of_an_owner_stays(here: Gate) -> None:
    """Nobody can lock the owner out, not even the owner."""
    olga = here.inside(OLGA)
    hers = next(one.id for one in here.site.gate.keyholders() if one.address == OLGA)
    for do in ("dismiss", "assistant"):
        olga.post("/settings/access/", {"do": do, "keyholder": hers})
        assert "stays" in olga.get("/settings/access/").content.decode()
    assert olga.get("/rules/").status_code == 200


def test_keys_change_only_shortly_after_logging_in(here: Gate) -> None:
    """Two hours later the page is there, but to change anything one logs in again."""
    olga = here.inside(OLGA)
    here.later(hours=2)
    assert olga.get("/settings/access/").status_code == 200
    answer = olga.post("/settings/access/", {"do": "invite", "address": "new@a.example"})
    assert answer["Location"] == "/enter/?next=/settings/access/"
    assert here.site.gate.invitations("owner") == ()


def test_journal_says_who_acted(here: Gate) -> None:
    """What Kai does stands as his in the journal of the house, what Olga does as hers."""
    for address in (KAI, OLGA):
        form = {"who": FRIEND, "why": "x", "put": "on", "until": ""}
        assert here.inside(address).post("/watch/put/", form).status_code == 302
    acted = [str(entry.content["by"]) for entry in here.olga.entries(act="watch")]
    assert sorted(acted) == [KAI, OLGA]


# --- invitations ---


def test_invitation_by_mail_gives_the_key_once(here: Gate) -> None:
    """The link shows who asks; looking takes nothing; taking it logs in; again it is over, like any other."""
    olga, guest = here.inside(OLGA), here.browser()
    olga.post("/settings/access/", {"do": "invite", "address": "Anna@Help.example"})
    letter = here.letter()
    assert letter.to == "anna@help.example"
    path = re.findall(r"https://anlass\.example\.org(/invitation/\S+)", letter.text)[0]
    for _ in range(2):
        assert guest.get(path).status_code == 200
    assert guest.post(path).status_code == 302
    assert guest.get("/").status_code == 200
    assert guest.get("/rules/").status_code == 404
    over, never = here.browser().get(path), here.browser().get("/invitation/never-was/")
    assert (over.status_code, over.content) == (404, never.content)


def test_invitation_that_is_old_or_taken_back_is_over(here: Gate) -> None:
    """After seven days, and once it is taken back, the link opens nothing."""
    for spoil in ("later", "uninvite"):
        olga = here.inside(OLGA)
        olga.post("/settings/access/", {"do": "invite", "address": f"{spoil}@help.example"})
        path = re.findall(r"https://anlass\.example\.org(/invitation/\S+)", here.letter().text)[0]
        if spoil == "later":
            here.later(days=8)
        else:
            open_ = next(
                one.id for one in here.site.gate.invitations("owner") if one.address.startswith("unin")
            )
            olga.post("/settings/access/", {"do": "uninvite", "invitation": open_})
        assert here.browser().post(path).status_code == 404


# --- private ---


def test_what_is_private_is_nowhere_for_the_assistant(here: Gate) -> None:
    """A person and a case are kept to Olga: no page, list, search, count or form shows or takes them."""
    ids, olga, kai = ids_of(here.olga), here.inside(OLGA), here.inside(KAI)
    scene = SCENES[0]
    assert scene.name in kai.get("/").content.decode()
    people = kai.get("/people/").content.decode()
    assert "Friederike" in people
    keep_private(here.olga, person=ids["person_id"], now=here.at[-1])
    keep_private(here.olga, case=scene.id, now=here.at[-1])
    before = rows_of(here.olga)
    body = dict.fromkeys(fields(), ids["person_id"])
    for stop in stops(ids):
        if stop.name == "card" or stop.name in AT_THE_GATE | {"leave", "houses"}:
            continue
        for answer in (
            kai.get(stop.path),
            kai.get(stop.path, {"q": "amsel"}),
            kai.post(stop.path, body),
        ):
            shown = answer.content.decode(errors="replace")
            assert "Friederike" not in shown, stop.path
            assert FRIEND not in shown, stop.path
            assert scene.name not in shown, stop.path
            if stop.is_owned:
                assert answer.status_code in PUBLIC.get(stop.name, {401, 404, 405, 422}), stop.path
    assert {k: v for k, v in rows_of(here.olga).items() if v != before[k]} == {}
    assert scene.name in olga.get("/").content.decode()
    assert (
        here.olga.for_keyholder(KAI, for_assistant=True).cases(limit=0).total
        == here.olga.cases(limit=0).total - 1
    )
    share_again(here.olga, person=ids["person_id"], now=here.at[-1])
    share_again(here.olga, case=scene.id, now=here.at[-1])
    assert kai.get("/people/").content.decode() == people
