"""Programs come in by a token, may do what its scopes say, and do nothing twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anlass.desk.programs.tokens import Scope, add_token, revoke_token
from anlass.desk.surface import JsonLine
from anlass.store import open_book
from anlass.store.outgoing.outbox import OutboxState
from anlass.store.programs.tokens import TokenKind
from anlass.web.frame.limiter import Limiter
from tests.characters import NOW, SCENES
from tests.pages import book_on_disk, owner, pages_configured, visitor
from tests.programs import DOCUMENT, EVERYTHING, Program, Reached, a_reached_house, somebody_knocks

pytestmark = pytest.mark.slow  # makes a database with all its tables

DOC: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1"), operation["x-scope"])
    for path, operations in DOC["paths"].items()
    for method, operation in operations.items()
]
NOBODY = "aaaaaaaaaaaaaaaa"


@pytest.fixture(autouse=True, scope="module")
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def reached(tmp_path: Path) -> Iterator[Reached]:
    """Yield a house that programs reach."""
    with a_reached_house(tmp_path) as house:
        yield house


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reached]:
    """Yield a house that these tests only look at."""
    with a_reached_house(tmp_path_factory.mktemp("shared")) as house:
        yield house


def filled(path: str) -> str:
    """Return a path with an id of nobody for each of its parameters."""
    return re.sub(r"\{\w+\}", NOBODY, path)


def test_a_token_can_never_do_more_than_its_scopes(shared: Reached) -> None:
    """Every operation of the document, with a token of every scope alone: let in where it fits, else 403."""
    programs = {scope: shared.program(scope) for scope in Scope}
    wrong = []
    for method, path, needed in OPERATIONS:
        for scope, program in programs.items():
            status = program.ask(method, filled(path)).status_code
            if (status == 403) != (needed is not None and scope.value != needed):
                wrong.append((method, path, scope.value, status))
    assert wrong == []


def test_every_operation_needs_a_token(shared: Reached) -> None:
    """Without one, with a wrong one or with the owner's own session there is a 401 and no cookie."""
    program = shared.program()
    session = owner(shared.house)
    for method, path, _ in OPERATIONS:
        place = filled(path)
        for secret in ("", program.secret[:-1] + "x", "anl_owner_x_y", "anl__"):
            answer = program.ask(method, place, authorization=f"Bearer {secret}")
            assert (answer.status_code, answer.cookies) == (401, {})
            assert answer["WWW-Authenticate"] == 'Bearer realm="anlass"'
        assert session.generic(method, f"/api/v1{place}").status_code == 401
        assert program.ask(method, place).cookies == {}


def test_a_token_is_kept_as_a_digest_and_shown_once(reached: Reached, tmp_path: Path) -> None:
    """The secret stands in no file of the data folder, nor in the journal."""
    program = reached.program(Scope.READ)
    reached.book.close()
    part = program.secret.rpartition("_")[2].encode()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and part in path.read_bytes()] == []


def test_a_token_that_is_over_or_revoked_opens_nothing(reached: Reached) -> None:
    """From the moment its time is over, and from the moment it is taken back."""
    book = reached.book
    made = add_token(book, "for a day", EVERYTHING, days=1, now=NOW, lang="en")
    program = Program(visitor(reached.house), made.secret)
    assert program.told("GET", "/token")["scopes"] == [scope.value for scope in Scope]
    later = replace(reached.house, now=lambda: NOW.replace(day=23))
    assert Program(visitor(later), made.secret).refused("GET", "/token") == (401, "no-token")
    revoke_token(book, TokenKind.API, made.token.id, now=NOW, lang="en")
    assert program.refused("GET", "/token") == (401, "no-token")


def test_the_day_of_the_last_use_is_known_and_nothing_finer(reached: Reached) -> None:
    """A use writes down its day, midnight."""
    program = reached.program(Scope.READ)
    (before,) = reached.book.tokens.all(TokenKind.API)
    program.told("GET", "/token")
    (after,) = reached.book.tokens.all(TokenKind.API)
    assert (before.used_on, after.used_on) == (None, NOW.replace(hour=0, minute=0))


def test_what_is_another_owners_is_not_there(reached: Reached, tmp_path: Path) -> None:
    """Ids of another owner's cases are answered like ids of nothing; their token opens nothing here."""
    other = open_book(tmp_path, "another")
    foreign = add_token(other, "foreign", EVERYTHING, days=None, now=NOW, lang="en")
    assert Program(visitor(reached.house), foreign.secret).refused("GET", "/cases") == (401, "no-token")
    book_on_disk(tmp_path / "elsewhere", SCENES[:1])
    program = reached.program()
    assert program.ask("GET", "/cases/zzzz").content == program.ask("GET", f"/cases/{NOBODY}").content
    for method, path, _ in OPERATIONS:
        if "{" in path and method == "GET":
            assert program.refused(method, filled(path)) == (404, "not-found"), path


def test_nothing_is_done_twice_under_one_key(reached: Reached) -> None:
    """The same act under the same key answers the same and acts once; another act under it is refused."""
    program = reached.program()
    first = program.told("POST", "/cases/sam/release", {}, idempotency_key="k1")
    assert program.told("POST", "/cases/sam/release", {}, idempotency_key="k1") == first
    assert program.refused("POST", "/cases/sam/release", {}) == (409, "refused")
    assert program.refused("POST", "/cases/sam/cancel", None, idempotency_key="k1") == (422, "key-used")
    assert [one.state for one in reached.book.outbox.all()] == [OutboxState.WAITING]
    assert [entry.act for entry in reached.book.entries(about="sam")] == ["release"]
    assert reached.program().refused("POST", "/cases/sam/release", {}, idempotency_key="k1") == (
        409,
        "refused",
    )


def test_a_key_whose_act_failed_is_free_again(reached: Reached) -> None:
    """What was refused can be tried again under the same key, once the reason is gone."""
    program = reached.program()
    program.told("POST", "/cases/sam/release", {})
    assert program.refused("POST", "/cases/sam/release", {}, idempotency_key="k") == (409, "refused")
    program.told("POST", "/cases/sam/cancel")
    assert program.told("POST", "/cases/sam/release", {}, idempotency_key="k")["state"] == "waiting"


def test_two_who_decide_at_once_do_not_overrule_each_other_unseen(reached: Reached) -> None:
    """Whoever saw the case before it changed is told, and nothing happens."""
    program = reached.program()
    tag = program.ask("GET", "/cases/hohl")["ETag"]
    assert tag == f'"{program.told("GET", "/cases/hohl")["version"]}"'
    done = program.told("POST", "/cases/hohl/decide", {"choice": "asked"}, if_match=tag)
    assert (done["state"], done["is_new"]) == ("asked", True)
    late = program.refused("POST", "/cases/hohl/decide", {"choice": "lapsed"}, if_match=tag)
    assert late == (412, "overtaken")
    assert program.told("GET", "/cases/hohl")["choice"] == "asked"
    assert program.told("POST", f"/acts/{done['act']}/undo")["cases"] == ["hohl"]
    after = program.told("GET", "/cases/hohl")
    assert (after["state"], after["choice"]) == ("waiting", None)


def test_page_and_program_see_one_version(reached: Reached) -> None:
    """What a program did is noticed by whoever decides on an old page, and the other way round."""
    program, pages = reached.program(), owner(reached.house)
    seen_by_program = program.told("GET", "/cases/hohl")["version"]
    assert f"hohl:{seen_by_program}" in pages.get("/").content.decode()
    program.told("PUT", "/cases/hohl/draft", {"text": "What is it about?"})
    pages.post("/decide/", {"choice": "lapsed", "case": [f"hohl:{seen_by_program}"]})
    assert reached.book.case("hohl").state.value == "waiting"
    now = program.told("GET", "/cases/hohl")["version"]
    pages.post("/decide/", {"choice": "lapsed", "case": [f"hohl:{now}"]})
    late = program.refused("POST", "/cases/hohl/decide", {"choice": "asked"}, if_match=f'"{now}"')
    assert (late, reached.book.case("hohl").state.value) == ((412, "overtaken"), "done")


def test_many_are_decided_at_once_and_taken_back_as_one(reached: Reached) -> None:
    """What was seen otherwise stays and is told; one act, one way back."""
    program = reached.program()
    old = program.told("GET", "/cases/sam")["version"]
    program.told("PUT", "/cases/sam/draft", {"text": "What is it about?"})
    body = {"choice": "watched", "cases": [{"case": "hohl"}, {"case": "sam", "version": old}]}
    done = program.told("POST", "/decide", body)
    assert (done["done"], [one["case"] for one in done["refused"]]) == (["hohl"], ["sam"])
    assert program.told("GET", "/acts?limit=1")["lines"][0]["act"] == done["act"]
    assert program.told("POST", f"/acts/{done['act']}/undo")["cases"] == ["hohl"]
    assert program.refused("POST", f"/acts/{done['act']}/undo") == (409, "refused")


def test_a_draft_is_reworded_shown_and_released(reached: Reached) -> None:
    """Own words are what is shown and what leaves; they stay where the letter is taken back."""
    program = reached.program()
    house_says = program.told("GET", "/cases/sam")["draft"]["text"]
    assert program.told("PUT", "/cases/sam/draft", {"text": "Dear Sam."})["is_new"] is True
    assert program.told("PUT", "/cases/sam/draft", {"text": "Dear Sam."})["is_new"] is False
    assert program.told("GET", "/cases/sam")["draft"]["text"] == "Dear Sam."
    program.told("POST", "/cases/sam/release", {})
    assert program.told("GET", "/outbox")["lines"][0]["text"] == "Dear Sam."
    program.told("POST", "/cases/sam/cancel")
    assert program.told("GET", "/cases/sam")["draft"]["text"] == "Dear Sam."
    assert program.told("DELETE", "/cases/sam/draft")["is_own"] is False
    assert program.told("GET", "/cases/sam")["draft"]["text"] == house_says


def test_who_may_only_decide_takes_no_letter_and_no_lesson_back(reached: Reached) -> None:
    """An act is taken back by who may do it."""
    everything, decides = reached.program(), reached.program(Scope.DECIDE)
    everything.told("POST", "/cases/sam/release", {})
    everything.told("POST", "/cases/hohl/verdict", {"verdict": "hollow"})
    acts = [one["act"] for one in everything.told("GET", "/acts")["lines"]]
    assert len(acts) == 2
    for act in acts:
        assert decides.refused("POST", f"/acts/{act}/undo") == (403, "no-scope")
        assert everything.told("POST", f"/acts/{act}/undo")["act"] == act


def test_nobody_is_turned_down_unless_the_owner_knows_it_is_seen(reached: Reached) -> None:
    """Without the word, or with another one, nothing goes out."""
    case = somebody_knocks(reached)
    program = reached.program()
    (knock,) = program.told("GET", "/knocks")["lines"]
    assert (knock["case"], knock["asks"]) == (case, "subscription")
    for body in ({}, {"seen": False}, {"seen": "true"}, {"seen": 1}):
        refused = program.refused("POST", f"/knocks/{case}/turn-down", body)
        assert refused == (422, "not-understood"), body
    assert reached.book.outbox.all() == ()
    assert program.told("POST", f"/knocks/{case}/turn-down", {"seen": True})["state"] == "waiting"


def test_words_are_looked_for_as_in_the_inbox(shared: Reached) -> None:
    """All words must occur; what says nothing finds nothing."""
    program = shared.program(Scope.READ)
    found = program.told("GET", "/cases?q=Netzwerk&limit=100")["lines"]
    assert [one["case"] for one in found] == ["hohl"]
    assert program.told("GET", "/cases?q=Netzwerk+zzzz")["lines"] == []
    assert program.told("GET", "/cases?q=%22%22")["lines"] == []


def test_a_long_list_comes_in_parts_without_a_gap(shared: Reached) -> None:
    """Whatever the size of the parts, they are the list; a cursor that was not given out is refused."""
    program = shared.program(Scope.READ)
    whole = [one["case"] for one in program.told("GET", "/cases?limit=100")["lines"]]
    assert len(whole) == len(set(whole)) == len(SCENES)
    for path, key in (("/cases", "case"), ("/journal", "entry"), ("/watch", "case")):
        everything = [one[key] for one in program.told("GET", f"{path}?limit=100")["lines"]]
        found: list[str] = []
        cursor = ""
        while True:
            told = program.told("GET", f"{path}?limit=3{cursor}")
            found += [one[key] for one in told["lines"]]
            if told["next"] is None:
                break
            cursor = f"&cursor={told['next']}"
        assert found == everything
    for cursor in ("x", "W10", "WzEsIDJd", "WzFlOTksICJhIl0", "WyJhIiwgMV0"):
        assert program.refused("GET", f"/cases?cursor={cursor}") == (422, "not-understood")


def test_filters_hold_together(shared: Reached) -> None:
    """A filter leaves what fits, several what fits them all; an unknown one is a mistake."""
    program = shared.program(Scope.READ)

    def ids(query: str) -> list[str]:
        return [one["case"] for one in program.told("GET", f"/cases?limit=100&{query}")["lines"]]

    assert ids("state=done") == ["pryce", "reuter"]
    assert ids("verdict=hollow&action=ask_back&channel=linkedin") == ["hohl"]
    assert ids("since=2026-11-21T00:00:00%2B01:00&until=2026-11-21T12:00:00Z&channel=linkedin") == ["hohl"]
    assert program.refused("GET", "/cases?stat=done") == (422, "not-understood")
    assert program.refused("GET", "/cases?state=all") == (422, "not-understood")


def test_problems_speak_the_owners_language_unless_another_is_asked_for(shared: Reached) -> None:
    """The house's own language is the owner's; Accept-Language chooses the other."""
    told: dict[str, JsonLine] = {}
    for lang in ("", "en", "de"):
        program = shared.program(lang=lang)
        if not lang:
            program.client.defaults.pop("HTTP_ACCEPT_LANGUAGE")
        told[lang] = json.loads(program.ask("GET", f"/cases/{NOBODY}").content)
    assert told[""] == told["de"] == {
        "type": "urn:anlass:problem:not-found",
        "title": "Das gibt es hier nicht.",
        "status": 404,
        "detail": "Das gibt es hier nicht.",
        "faults": [],
    }  # fmt: skip
    assert told["en"]["title"] == "There is no such thing here."


def test_acts_answer_without_a_letters_words(reached: Reached) -> None:
    """Whoever may act and not read learns nothing of what was written: neither the letter nor the person."""
    program = reached.program(Scope.DECIDE, Scope.SEND, Scope.TEACH)
    answers = [
        program.ask("POST", "/cases/sam/release", {}),
        program.ask("POST", "/cases/hohl/decide", {"choice": "asked"}),
        program.ask("POST", "/cases/hohl/verdict", {"verdict": "hollow"}),
        program.ask("PUT", "/cases/hohl/time", {"minutes": 15}),
    ]
    told = b"".join(answer.content for answer in answers).decode()
    assert [answer.status_code for answer in answers] == [200] * 4
    for word in ("Hohl", "Netzwerk", "Whitlock", "sam@", "Mrs Dunlop"):
        assert word not in told


def test_rules_with_a_fault_change_nothing_and_say_where(reached: Reached) -> None:
    """The problem names line and column; the rules in force stay."""
    program = reached.program()
    before = program.told("GET", "/rules")
    answer = program.ask("PUT", "/rules/text", {"text": "[[rule]]\nname = 'x'\ndo = 'fly'\n"})
    told = json.loads(answer.content)
    assert (answer.status_code, told["type"]) == (422, "urn:anlass:problem:rules-unusable")
    assert 3 in [fault["line"] for fault in told["faults"]]
    assert program.told("GET", "/rules") == before
    assert program.told("POST", "/rules/choose", {"preset": "open-door"})["is_new"] is True
    assert program.told("GET", "/rules") != before
    program.told("POST", "/rules/undo")
    assert program.told("GET", "/rules") == before


def test_a_text_is_judged_as_by_command(shared: Reached) -> None:
    """The line that comes back is that of `anlass read`; nothing is kept."""
    program = shared.program(Scope.JUDGE)
    told = program.told("POST", "/read", {"id": 7, "text": "Could we have a 15-minute call this week?"})
    assert (told["id"], told["asks"], told["asks_minutes"]) == (7, "call", 15)
    assert program.refused("GET", "/cases") == (403, "no-scope")


def test_who_guesses_is_slowed_down(reached: Reached) -> None:
    """A caller who tries tokens is told to wait, and so is a token that asks without end."""
    house = replace(
        reached.house, limiter=Limiter(each=2, everybody=9), programs=Limiter(each=2, everybody=9)
    )
    guess = Program(visitor(house), "anl_owner_x_y")
    assert [guess.ask("GET", "/token").status_code for _ in range(4)] == [401, 401, 429, 429]
    made = add_token(reached.book, "eager", (Scope.READ,), days=None, now=NOW, lang="en")
    eager = Program(visitor(house), made.secret)
    answers = [eager.ask("GET", "/token") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"


def test_what_is_no_operation_is_a_problem_too(shared: Reached) -> None:
    """Neither page nor form answers under the API's address."""
    program = shared.program()
    assert program.refused("GET", "/nothing") == (404, "not-found")
    assert program.refused("POST", "/../../case/sam/release/") == (404, "not-found")
    assert program.ask("DELETE", "/cases").status_code == 405
    too_large = json.dumps({"id": 1, "text": "x" * 3_000_000}).encode()
    client = program.client
    answer = client.post(
        "/api/v1/read",
        too_large,
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {program.secret}",
    )
    assert answer.status_code == 413


def test_a_house_without_rules_has_no_operations_on_them(shared: Reached) -> None:
    """Where the pages only show, what cannot be done is not there."""
    house = replace(shared.house, writer=None, second_reader=None)
    made = add_token(shared.book, "x", EVERYTHING, days=None, now=NOW, lang="en")
    program = Program(visitor(house), made.secret)
    assert program.refused("POST", "/cases/sam/release", {}) == (404, "not-found")
    assert program.refused("POST", "/cases/sam/second-opinion") == (404, "not-found")
