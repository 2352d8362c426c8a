"""The public door: writing, confirming, and that nobody outside can tell what is thought of a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from anlass.desk.blocking.blocking import block
from anlass.desk.door.own import add_word, close_door, rename, set_register, set_texts
from anlass.desk.door.posting import link_mail
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.people.circle import put
from anlass.desk.rules.sharing import edit_page
from anlass.errors import Refused
from anlass.intake import Channel, Mark
from anlass.policy import Action
from anlass.replies.door import RESERVED, CodeWord
from anlass.replies.door_words import door_words
from anlass.store.book import CaseState
from anlass.store.door.letters import LIFE
from anlass.web.frame.limiter import DoorLimits, Limiter
from tests.at_door import LETTER, MATTER, AtDoor, at_door, rule
from tests.characters import NOW
from tests.pages import owner, pages_configured

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def door(tmp_path: Path) -> AtDoor:
    """Return a house with an open door."""
    return at_door(tmp_path)


def heading(content: bytes) -> str:
    """Return the first heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", content.decode())
    return found[1] if found else ""


def faults_on(content: bytes) -> list[str]:
    """Return what a page says is wrong."""
    block = re.search(r'class="faults".*?</div>', content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", block[0]) if block else []


# --- the way of a letter ---


def test_a_letter_becomes_a_case_once_its_address_is_confirmed(door: AtDoor) -> None:
    """Nothing reaches the owner before; then it is a case like any other, by the door, of a proven person."""
    client = door.visitor()
    sent = door.writes(client, occasion="Ihr Vortrag am 12. September in Bremen")
    assert (sent.status_code, heading(sent.content)) == (200, "Noch ein Schritt")
    assert door.takes_in() == []
    assert door.book.cases().total == 0
    link = door.link()
    assert heading(client.get(link).content) == "Warst du das?"
    assert door.takes_in() == []
    confirmed = client.post(link)
    assert (confirmed.status_code, confirmed["Location"]) == (303, link)
    assert heading(client.get(link).content) == "Angekommen."
    (case,) = door.takes_in()
    assert case.request.channel is Channel.FORM
    assert case.request.text == f"{MATTER}\n\nDer Anlass: Ihr Vortrag am 12. September in Bremen"
    assert (case.request.requester.name, str(case.request.requester.address)) == (
        "Kai Falk",
        "kai@falk.example",
    )
    (met,) = door.book.encounters_with(case.person)
    assert (met.kind.value, met.is_proven) == ("message_in", True)
    assert not client.cookies


def test_confirming_and_taking_in_twice_makes_one_case(door: AtDoor) -> None:
    """Two clicks, two tabs, two workers: one case; and no word of the letter stays at the door."""
    client = door.visitor()
    door.writes(client)
    link = door.link()
    for _ in range(2):
        assert client.post(link).status_code == 303
    assert len(door.takes_in()) == 1
    assert door.takes_in() == []
    client.post(link)
    assert door.takes_in() == []
    assert door.book.cases().total == 1
    (row,) = door.book.door._tables.rows("SELECT content, state FROM store_doorrequest")
    assert row == ("", "taken")


def test_a_crash_between_thinking_and_writing_loses_and_doubles_nothing(
    door: AtDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the note that a letter was taken cannot be written, no case is kept; the next look makes it."""
    client = door.visitor()
    door.writes(client)
    client.post(door.link())

    def breaks(*_args: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(type(door.book.door), "taken", breaks)
        with pytest.raises(RuntimeError):
            door.takes_in()
    assert door.book.cases().total == 0
    assert len(door.takes_in()) == 1


def test_a_letter_sent_twice_waits_once(door: AtDoor) -> None:
    """A double press, the back button, a second tab with the same words: one letter, one link."""
    client = door.visitor()
    sheet = door.sheet(client)
    answers = {door.writes(client, sheet=sheet).content for _ in range(3)}
    answers.add(door.writes(client).content)
    assert len(answers) == 1
    assert len(door.book.door.waiting()) == 1


def test_a_letter_changed_on_its_sheet_takes_the_place_of_the_first(door: AtDoor) -> None:
    """Back, another word, sent again: the same link brings the new words; a new address gets its own."""
    client = door.visitor()
    sheet = door.sheet(client)
    door.writes(client, sheet=sheet)
    link = door.link()
    door.writes(client, sheet=sheet, matter="Eine andere Frage: Wo steht die Bank?")
    assert door.link() == link
    door.writes(
        client, sheet=sheet, matter="Eine andere Frage: Wo steht die Bank?", address="kai.falk@falk.example"
    )
    assert heading(client.get(link).content) == "Dieser Link öffnet nichts mehr"
    client.post(link)
    assert door.takes_in() == []
    client.post(door.link())
    (case,) = door.takes_in()
    assert (case.request.text, str(case.request.requester.address)) == (
        "Eine andere Frage: Wo steht die Bank?",
        "kai.falk@falk.example",
    )


def test_what_follows_a_confirmed_letter_on_its_sheet_is_a_letter_of_its_own(door: AtDoor) -> None:
    """Whoever goes back after confirming and writes something new changes nothing that has arrived."""
    client = door.visitor()
    sheet = door.sheet(client)
    door.writes(client, sheet=sheet)
    client.post(door.link())
    door.writes(client, sheet=sheet, matter="Noch etwas: Wann erscheint das Buch?")
    client.post(door.link())
    assert sorted(case.request.text for case in door.takes_in()) == sorted(
        [MATTER, "Noch etwas: Wann erscheint das Buch?"]
    )


def test_an_expired_link_says_so_kindly_and_its_words_are_forgotten(door: AtDoor) -> None:
    """After a week nothing can be confirmed; expired, replaced, forged and senseless links are one page."""
    client = door.visitor()
    door.writes(client)
    link = door.link()
    door.now += LIFE
    dead = client.get(link)
    assert (dead.status_code, heading(dead.content)) == (404, "Dieser Link öffnet nichts mehr")
    client.post(link)
    assert door.takes_in() == []
    assert door.book.door.sweep(now=door.now) == 1
    assert door.book.door.waiting() == ()
    told = {
        (one.status_code, one.content, tuple(sorted(one.items())))
        for one in map(
            client.get,
            (link, link[:-1] + ("a" if link[-1] != "a" else "b"), "/henrike/k/x", f"/henrike/k/{'a' * 42}"),
        )
    }
    assert told == {(404, dead.content, tuple(sorted(dead.items())))}


def test_the_mail_with_the_link_holds_nothing_of_the_stranger(door: AtDoor) -> None:
    """Neither name nor words are in it; mails to different people differ in the link alone."""
    planted: dict[str, object] = {
        "matter": "PLANTED https://evil.example buy",
        "name": "PLANTED",
        "who": "PLANTED",
        "word": "PLANTED",
    }
    mails = []
    for fields in (planted, {"address": "eva@other.example"}):
        door.writes(**fields)
        letter = door.book.door.waiting()[0]
        assert letter.asked
        mail = link_mail(
            door.book, Writer("Henrike Solbach", "henrike@solbach.example"), letter, letter.asked
        )
        assert "PLANTED" not in f"{mail.subject} {mail.text}"
        assert "evil" not in mail.text
        mails.append(mail.text.replace(door.link().rpartition("/")[2], "LINK"))
        door.passes(minutes=1)
    assert mails[0] == mails[1]
    assert "http://127.0.0.1:8000/henrike/k/LINK" in mails[0]


# --- nothing can be told from outside ---


HOLLOW = (
    "Guten Tag, ich würde mich gern mit Ihnen vernetzen und sehe spannende Synergien. Hätten Sie diese Woche"
    " 15 Minuten für ein kurzes Telefonat zum gegenseitigen Austausch von Impulsen? Ich freue mich auf"
    " inspirierende Anknüpfungspunkte."
)


def seen_from_outside(
    door: AtDoor, address: str, *, is_taken: bool = True, then: str = ""
) -> list[tuple[object, ...]]:
    """Write, confirm, wait, look again: return all that came back, with the work that each answer took."""
    client, using = door.visitor(), door.book._tables.using
    told: list[tuple[object, ...]] = []
    sheets = re.compile(rb'value="[a-z2-7]{16}\.\d+\.[a-z2-7]{26}"')

    def look(ask: Callable[[], Any]) -> None:
        with CaptureQueriesContext(connections[using]) as asked:
            answer = ask()
        work = tuple(re.sub(r"'[^']*'|\d+", "…", one["sql"]) for one in asked)
        told_by = {**dict(answer.items()), "Content-Length": ""}  # an address may be long or short
        headers = sorted((name, re.sub(r"/k/.*", "/k/LINK", value)) for name, value in told_by.items())
        content = sheets.sub(b"SHEET", answer.content).replace(address.encode(), b"ADDRESS")
        told.append((answer.status_code, headers, content, work))

    look(lambda: door.writes(client, address=address, matter=HOLLOW))
    link = door.link()
    for ask in (client.get, client.post, client.get):
        look(partial(ask, link))
    for case in door.takes_in() if is_taken else ():
        if then:
            door.book.set_state(case.request.id, CaseState(then))
    for ask, path in ((client.get, link), (client.post, link), (client.get, "/henrike")):
        look(partial(ask, path))
    door.passes(days=40)
    door.book.door.sweep(now=door.now)
    for ask in (client.get, client.head):
        look(partial(ask, link))
    look(lambda: door.writes(client, address=address, matter="Noch einmal: Haben Sie Zeit?"))
    door.passes(days=40)
    return told


def test_every_decision_looks_the_same_from_outside(tmp_path: Path) -> None:
    """Hold, watch, lapse, unread, blocked, and those that will speak by mail: bytes, work and later are one.

    The page after sending, the link before and after the decision, forty days later, and the next letter.
    """
    rules = "".join(rule(f"{action}.example", action.value) for action in Action)
    door = at_door(tmp_path, f'preset = "none"\n{rules}')
    edit_page(door.home, "Ich lese gern.", "de", now=NOW)  # else it is made of the rules as a whole
    door.sheet(door.visitor())  # the first sheet ever makes the key that signs them
    seen = {action.value: seen_from_outside(door, f"kai@{action}.example") for action in Action}
    decided = {
        case.case.request.requester.address: case.case.decision.action for case in door.book.cases().cases
    }
    assert {str(address): action for address, action in decided.items()} == {
        f"kai@{action}.example": action for action in Action
    }
    block(door.book, "kai@blocked.example", now=NOW, lang="de")
    seen["blocked"] = seen_from_outside(door, "kai@blocked.example")
    assert {case.state for case in door.book.cases(CaseState.BLOCKED).cases} == {CaseState.BLOCKED}
    block(door.book, "kai@hold.example", now=NOW, lang="de")
    seen["blocked after the first letter"] = seen_from_outside(door, "kai@hold.example")
    seen["lapsed by the owner"] = seen_from_outside(door, "eva@hold.example", then="done")
    seen["watched by the owner"] = seen_from_outside(door, "uwe@hold.example", then="watched")
    put(door.book, "eva@hold.example", is_in=True, now=NOW)
    seen["of the inner circle"] = seen_from_outside(door, "eva@hold.example")
    plain = seen_from_outside(door, "kai@unread.example", is_taken=False)
    assert {way for way, told in seen.items() if told != plain} == set()
    assert "PLANTED" not in repr(seen)


def test_help_says_nothing_of_rules_or_of_what_was_taught(tmp_path: Path) -> None:
    """With other rules, and with a code word that is right or wrong, the help beside a letter is the same."""
    helps, with_word = set(), set()
    for action in ("hold", "lapse"):
        (tmp_path / action).mkdir()
        made = at_door(tmp_path / action, rule("falk.example", action))
        add_word(made.book, CodeWord("Kornblume"), "de", now=NOW)
        client = made.visitor()
        helps.add(client.post("/henrike/help", LETTER).content)
        with_word |= {
            client.post("/henrike/help", {**LETTER, "word": one}).content for one in ("Kornblume", "falsch")
        }
    assert len(helps) == len(with_word) == 1
    (said,) = helps
    assert re.findall(r"<p>(.*?)</p>", said.decode()) == [
        door_words("de", "du").say("help_call_minutes", minutes="15"),
        "Mir fehlt noch, was dich gerade jetzt darauf bringt.",
    ]
    assert re.findall(r"<p>(.*?)</p>", next(iter(with_word)).decode()) == []


def test_a_code_word_keeps_the_house_from_asking_back(door: AtDoor) -> None:
    """In any spelling it marks the letter, and what would be asked comes to the owner; a wrong one not."""
    add_word(door.book, CodeWord("Korn-Blume"), "de", now=NOW)
    actions = {}
    for word in ("KORNBLUME", "Distel"):
        door.writes(word=word, address=f"{word}@falk.example".lower())
        door.visitor().post(door.link())
        (case,) = door.takes_in()
        actions[word] = (case.decision.action, Mark.CODE_WORD in case.request.marks)
    assert actions == {"KORNBLUME": (Action.HOLD, True), "Distel": (Action.ASK_BACK, False)}


# --- the page ---

GOOD = (
    "Guten Tag, ich bin Tischler in Köln und baue die Bank von Seite 61 Ihres Buches nach. Mir fehlt ein"
    " Maß: Wie tief war die Sitzfläche? Ihr Vortrag in Bremen hat mich darauf gebracht."
)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("de", ("Worum geht es?", "Schreib mir")), ("en", ("What is it about?", "Write to me"))],
)
def test_the_door_shows_who_lives_there_and_asks_kindly(
    door: AtDoor, lang: str, words: tuple[str, ...]
) -> None:
    """Portrait, house rules, questions and the owner's texts in every language; a private house's headers."""
    page = door.visitor(lang).get("/henrike")
    html = page.content.decode()
    assert page.status_code == 200
    for said in (*words, "Henrike Solbach", "Bücher über das Warten", "Zufallsfunde"):
        assert said in html
    assert f'<html lang="{lang}">' in html
    assert '<section class="portrait" lang="de">' in html
    assert page["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "Set-Cookie" not in page
    other = door.visitor(lang).get("/henrike", {"lang": "en" if lang == "de" else "de"}).content.decode()
    assert words[0] not in other
    for text in ("imprint", "privacy", "rules"):
        assert door.visitor(lang).get(f"/henrike/{text}").status_code == 200
    assert door.visitor(lang).get("/henrike/secret").status_code == 404


def test_germans_are_addressed_as_the_owner_chose(door: AtDoor) -> None:
    """The page and the mail say Sie where that is wanted."""
    set_register(door.book, "sie", "de", now=NOW)
    assert "Schreiben Sie mir" in door.visitor().get("/henrike").content.decode()


def test_without_a_script_a_letter_can_be_looked_at_first(door: AtDoor) -> None:
    """The preview shows it as it will arrive, with help and open questions; nothing is kept."""
    answer = door.writes(look="yes", who="Tischler aus Köln")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "So kommt es bei mir an" in html
    assert "<p>Wer ich bin: Tischler aus Köln</p>" in html
    assert "Mir fehlt noch, was dich gerade jetzt darauf bringt." in html
    assert door.book.door.waiting() == ()
    enough = door.writes(look="yes", matter=GOOD).content.decode()
    assert "Was genau möchtest du von mir?" not in enough
    assert 'id="occasion"' not in enough


# --- bad input ---


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"matter": ""}, "Worum geht es? Das Feld ist noch leer."),
        ({"name": "  "}, "Sag mir noch, wie du heißt."),
        ({"address": "kai"}, "Ich brauche eine Mailadresse, an die ich schreiben kann."),
        ({"address": "kai@localhost"}, "Ich brauche eine Mailadresse, an die ich schreiben kann."),
        ({"address": "kai@falk.example\nBcc: eva@other.example"}, "Ich brauche eine Mailadresse"),
        ({"address": "kai@falk.example, eva@other.example"}, "Ich brauche eine Mailadresse"),
        ({"website": "https://spam.example"}, "Ein Feld, das leer bleiben soll, war ausgefüllt."),
        ({"sheet": "forged"}, "Das Formular lag lange offen."),
        (
            {"matter": "x" * 1_048_576},
            "„Worum geht es?“ ist zu lang: höchstens 10000 Zeichen, es sind 1048576.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(door: AtDoor, fields: dict[str, str], fault: str) -> None:
    """The form comes back filled with all that was typed, and sent again it goes."""
    client = door.visitor()
    answer = door.writes(client, **fields)
    assert answer.status_code == 422
    (said,) = faults_on(answer.content)
    assert said.startswith(fault)
    html = answer.content.decode()
    for name, typed in {**LETTER, **fields}.items():
        if name not in {"website", "sheet"} and typed.strip() and "\n" not in typed:
            assert typed in html
    assert door.book.door.waiting() == ()
    sheet = re.findall(r'name="sheet" value="([^"]+)"', html)[0]
    assert door.writes(client, sheet=sheet).status_code == 200


def test_a_machine_and_an_old_sheet_are_asked_to_send_again(door: AtDoor) -> None:
    """Sent at once, after days, or after the clock was set back: kind words, and the second time it goes."""
    client = door.visitor()
    sheet = door.sheet(client)
    answer = client.post("/henrike", {**LETTER, "send": "yes", "sheet": sheet})
    assert faults_on(answer.content) == ["Das ging schnell. Lies es noch einmal durch und schick es dann ab."]
    for days in (2, -1):
        door.passes(days=days)
        late = client.post("/henrike", {**LETTER, "send": "yes", "sheet": sheet})
        assert faults_on(late.content) == [
            "Das Formular lag lange offen. Es ist nichts verloren: Schick es einfach noch einmal ab."
        ]
        assert MATTER in late.content.decode()
        sheet = re.findall(r'name="sheet" value="([^"]+)"', late.content.decode())[0]
    door.passes(seconds=10)
    again = client.post("/henrike", {**LETTER, "send": "yes", "sheet": sheet})
    assert heading(again.content) == "Noch ein Schritt"


ODD = {
    "right to left": "שלום, אני כותבת על הספסל \u202egnp.exe\u2066",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 Eine Frage zur Bank",
    "null": "Eine\0 Frage\x07 zur\x1b[2J Bank",
    "html": "<b>Frage</b><script>alert(1)</script><img src=x onerror=alert(1)>",
    "piles": "F" + "\u0301" * 60 + "rage",
    "template": "{{ settings.SECRET_KEY }}{% load x %} {0.__class__} %s",
    "sql": "'; DROP TABLE store_case; --",
    "surrogates": "Frage \ud800 zur Bank".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "lines": "Zeile\r\nZeile\rZeile\u2028Zeile",
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_words_in_every_field_arrive_as_words(door: AtDoor, kind: str) -> None:
    """They are shown, kept and read as text, in each field at once; no markup, no steering, no error."""
    odd, client = ODD[kind], door.visitor()
    fields = dict.fromkeys(("matter", "name", "who", "occasion", "why_me", "benefit", "word"), odd)
    looked = door.writes(client, look="yes", **fields)
    assert looked.status_code == 200
    for page in (looked, client.post("/henrike/help", {**LETTER, **fields})):
        assert b"<script>alert" not in page.content
        assert b"<img" not in page.content
    assert door.writes(client, **{**fields, "address": odd}).status_code == 422
    assert door.writes(client, **fields).status_code == 200
    client.post(door.link())
    (case,) = door.takes_in()
    assert case.request.text.count("\0") == 0
    sheet = owner(door.house).get(f"/case/{case.request.id}/")
    assert sheet.status_code == 200
    assert b"<script>alert" not in sheet.content


def test_what_is_no_form_at_all_gets_the_form(door: AtDoor) -> None:
    """JSON, broken multipart, too much, and methods that are none: never an error page of the house."""
    client = door.visitor()
    assert client.post("/henrike", b"{}", content_type="application/json").status_code == 422
    assert client.post("/henrike", b"x", content_type="multipart/form-data; boundary=y").status_code in {
        200,
        422,
    }
    large = client.post("/henrike", b"x" * 13_000_000, content_type="application/octet-stream")
    assert (large.status_code, len(faults_on(large.content))) == (413, 1)
    fields = b"matter=" + b"y" * 3_000_000
    many = client.post("/henrike", fields, content_type="application/x-www-form-urlencoded")
    assert (many.status_code, len(faults_on(many.content))) == (413, 1)
    assert client.put("/henrike").status_code == 405
    assert client.get("/henrike/help").status_code == 405


def test_who_sends_too_much_is_asked_for_patience_with_the_letter_in_hand(door: AtDoor) -> None:
    """Letters of one network are few in a while; others go on; nothing typed is lost."""
    limits = DoorLimits(Limiter(1000, 1000), Limiter(2, 1000), Limiter(2, 1000, minutes=10))
    door.house = replace(door.house, door_limits=limits)
    client = door.visitor()
    answers = [door.writes(client, address=f"a{number}@falk.example") for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert MATTER in answers[2].content.decode()
    assert [client.post("/henrike/help", LETTER).status_code for _ in range(3)] == [200, 200, 429]
    elsewhere = door.visitor()
    elsewhere.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert door.writes(elsewhere, address="b@falk.example").status_code == 200


# --- files ---


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file to be sent."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_files_come_along_and_are_handed_over_as_bytes(door: AtDoor) -> None:
    """Kept by digest, shown with name and size, downloaded as nothing that a browser opens."""
    client = door.visitor()
    page = b"<script>alert(1)</script>"
    door.writes(client, files=[upload("../../bank\u202egnp.html", page), upload("maß.pdf", b"%PDF-1.4 x")])
    client.post(door.link())
    (case,) = door.takes_in()
    inside = owner(door.house)
    html = inside.get(f"/case/{case.request.id}/").content.decode()
    assert re.findall(r"download><bdi>(.*?)</bdi>", html) == ["bankgnp.html", "maß.pdf"]
    assert "PDF" in html
    answer = inside.get(f"/case/{case.request.id}/file/0/")
    assert (answer.content, answer["Content-Type"]) == (page, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [inside.get(f"/case/{case.request.id}/file/{n}/").status_code for n in (1, 2)] == [200, 404]
    assert client.get(f"/case/{case.request.id}/file/0/").status_code == 403


def test_files_stay_on_the_sheet_while_something_is_mended(door: AtDoor) -> None:
    """A file need not be chosen again after a preview or a fault, and can be left out."""
    client = door.visitor()
    sheet = door.sheet(client)
    html = door.writes(
        client, sheet=sheet, look="yes", files=upload("bank.png", b"\x89PNG\r\n\x1a\n")
    ).content.decode()
    (ticket,) = re.findall(r'name="ticket" value="([^"]+)"', html)
    door.writes(client, sheet=sheet, ticket=ticket)
    client.post(door.link())
    (case,) = door.takes_in()
    (file,) = door.book.door.files_of(case.request.id)
    assert (file.name, file.size, file.label) == ("bank.png", 8, "PNG")
    door.writes(client, ticket=ticket, address="eva@other.example")
    (letter,) = door.book.door.waiting()
    assert letter.asked
    assert letter.asked.files == ()


def test_too_many_and_too_large_files_are_named_and_the_letter_stays(door: AtDoor) -> None:
    """Three files, five megabytes each; what is over is dropped while it comes in."""
    many = door.writes(files=[upload(f"{number}.txt", b"x%d" % number) for number in range(5)])
    assert faults_on(many.content) == ["Es sind zu viele Dateien. Drei kann ich annehmen."]
    large = door.writes(files=upload("film.mp4", b"x" * (5 * 1024 * 1024 + 1)))
    assert faults_on(large.content)[0].startswith("Eine Datei war zu groß")
    assert MATTER in large.content.decode()
    assert door.book.door.waiting() == ()


# --- open, shut, and whose name it is ---


def test_under_the_public_name_there_are_doors_and_cards_and_nothing_else(tmp_path: Path) -> None:
    """The owner's pages, other names and a shut door are one answer there, byte for byte."""
    made = at_door(tmp_path, settings='[door]\naddress = "https://anlass.example.org"\n')
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "anlass.example.org"]):
        client = made.visitor(host="anlass.example.org")
        assert client.get("/henrike").status_code == 200
        made.writes(client)
        letter = made.book.door.waiting()[0]
        assert letter.asked
        assert letter.asked.base == "https://anlass.example.org"
        nothing = client.get("/nobody")
        elsewhere = [
            "/",
            "/door/",
            "/case/x/",
            "/settings/",
            "/nobody/k/x",
            "/?token=a-key-for-tests",
            "/rules/page/",
        ]
        told = {(one.status_code, one.content) for one in map(client.get, elsewhere)}
        assert told == {(404, nothing.content)}
        close_door(made.book, now=NOW)
        assert client.get("/henrike").content == nothing.content
        assert client.post("/henrike", LETTER).content == nothing.content
        assert made.visitor().get("/henrike").status_code == 200
        for field in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via"):
            brought = made.visitor().get("/henrike", headers={field: "198.51.100.1"})
            assert brought.status_code == 403


def test_a_door_without_imprint_or_privacy_notice_is_there_on_this_machine_alone(tmp_path: Path) -> None:
    """Taking one of the texts away shuts it; it cannot be opened before both are there."""
    made = at_door(tmp_path)
    set_texts(made.book, "de", {"privacy": ""}, "de", now=NOW)
    inside = owner(made.house)
    refused = inside.post("/door/change/", {"do": "open"})
    assert refused.status_code == 422
    assert "Der Datenschutzhinweis fehlt." in refused.content.decode()
    assert "Der Datenschutzhinweis fehlt." in inside.get("/settings/").content.decode()
    with override_settings(ALLOWED_HOSTS=["anlass.example.org", "127.0.0.1"]):
        assert made.visitor(host="anlass.example.org").get("/henrike").status_code == 404
    assert made.visitor().get("/henrike").status_code == 200


def test_no_door_can_bear_the_name_of_a_room(door: AtDoor) -> None:
    """Every first part of an address of the house is reserved; odd names are refused as well."""
    from anlass.web.urls import urlpatterns  # noqa: PLC0415 - it asks Django for settings that are there by now

    rooms = {re.split(r"[/<(?]", str(one.pattern).lstrip("^"))[0] for one in urlpatterns} - {""}
    assert rooms <= RESERVED
    for name in (*rooms, "static", "x", "-a", "a--/b", "ä" * 3, "a" * 41, "", "a b", "../x", "admin"):
        with pytest.raises(Refused):
            rename(door.book, name, "de", now=NOW)
    assert rename(door.book, " /Solbach/ ", "de", now=NOW).name == "solbach"
    assert door.visitor().get("/henrike").status_code == 403
    assert door.visitor().get("/solbach").status_code == 200


def test_the_owner_builds_the_door_on_a_page(tmp_path: Path) -> None:
    """Name, texts in two languages, code words, open and shut; what cannot hold comes back as typed."""
    made = at_door(tmp_path, is_open=False)
    inside = owner(made.house)
    page = inside.get("/door/?lang=en").content.decode()
    assert "Die Tür ist zu." in page
    inside.post(
        "/door/change/?lang=en", {"do": "texts", "who": "I <b>write</b>.", "imprint": "Me", "privacy": "No"}
    )
    page = inside.get("/door/?lang=en").content.decode()
    assert "I &lt;b&gt;write&lt;/b&gt;." in page
    inside.post("/door/change/", {"do": "word", "word": "Kornblume", "until": "2027-01-01", "note": "Bremen"})
    assert "Kornblume" in inside.get("/door/").content.decode()
    assert inside.post("/door/change/", {"do": "word", "word": "ab"}).status_code == 422
    assert inside.post("/door/change/", {"do": "word", "word": "Blume", "until": "x"}).status_code == 422
    inside.post("/door/change/", {"word_gone": "kornblume"})
    assert "Kornblume" not in inside.get("/door/").content.decode()
    wrong = inside.post("/door/change/", {"do": "name", "name": "rules"})
    assert (wrong.status_code, 'value="rules"' in wrong.content.decode()) == (422, True)
    inside.post("/door/change/", {"do": "name", "name": "solbach", "register": "sie"})
    inside.post("/door/change/", {"do": "open"})
    assert "Die Tür steht offen" in inside.get("/door/").content.decode()
    inside.post("/door/change/", {"do": "close"})
    assert inside.post("/door/change/", {"do": "burn"}).status_code == 404
    assert [one.act for one in made.book.entries(limit=3)] == ["door"] * 3
    assert made.visitor().get("/door/").status_code == 403
