"""The pages of the audit: a list is handed over, seen, marked and taken along, and nothing of it is kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import gettempdir

import pytest
from django.test import Client

from anlass.channels.mail.secrets import Secrets
from anlass.config import Settings
from anlass.desk.accounts.networks import keep_network
from anlass.desk.history.collecting import collect
from anlass.replies.outgoing import Deed
from anlass.store.book import Book
from anlass.web.frame import uploads
from anlass.web.frame.house import House
from anlass.wires.history import SourceSettings
from tests.characters import NOW
from tests.contract.test_auditing import CARDS, HEAD, ME, ROWS, mail
from tests.contract.test_doors import asked, letter, yes
from tests.doors import xmpp_scene
from tests.integration.test_pages import words
from tests.network_servers import Prosody
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.servers import HOST

pytestmark = pytest.mark.slow  # makes a database with all its tables

KAI = "kai@x.example"
EVIL = '"=cmd|calc","<script>alert(1)</script>",,,,,\n'


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book with letters of Eva both ways, and of one Kai Falk."""
    kept, post = book_on_disk(tmp_path, (), ()), tmp_path / "post"
    post.mkdir()
    told = (*both("Eva Beispiel", "eva@firma.example"), *both("Kai Falk", KAI))
    for number, (sender, to) in enumerate(told, 1):
        (post / f"{number}.eml").write_text(mail(number, sender, to, answers=0 if number % 2 else number - 1))
    collect(kept, [post], owner=[ME], now=NOW)
    yield kept
    kept.close()


@pytest.fixture
def house(book: Book) -> House:
    """A house over that book."""
    return a_house(book)


def both(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return sender and receiver of a letter, and of its answer."""
    return (f"{name} <{address}>", ME), (ME, address)


def hand_over(client: Client, text: str | bytes, name: str = "Connections.csv") -> str:
    """Hand a list over, and return the words of the page that follows."""
    file = BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = name
    told = client.post("/audit/", {"file": file})
    assert (told.status_code, told["Location"]) == (302, "/audit/")
    return words(client.get("/audit/"))


def state(book: Book) -> list[object]:
    """Return everything that could have been kept of a list."""
    tables = (
        "person",
        "personaddress",
        "claim",
        "encounter",
        "place",
        "word",
        "journalentry",
        "setasidefile",
    )
    return [book._tables.rows(f"SELECT * FROM store_{name} ORDER BY 1, 2, 3") for name in tables]


def table(client: Client) -> list[dict[str, str]]:
    """Return the table as a program reads it."""
    content = b"".join(client.get("/audit/contacts.csv"))
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


# --- the list ---


def test_list_that_is_handed_over_is_seen_and_nothing_is_kept(house: House, book: Book) -> None:
    """Sums, groups and a sentence for each contact; the ledger and the folder for files are as before."""
    before, files = state(book), set(Path(gettempdir()).glob("anlass-audit-*"))
    page = hand_over(owner(house), HEAD + ROWS)
    assert "In dieser Liste stehen vier Kontakte; bei einem haben beide etwas dafür getan." in page
    assert "beide haben geschrieben 1" in page
    assert "vielleicht 1" in page
    assert "nichts 2" in page
    assert "Kai Falk Vielleicht Kai Falk &lt;kai@x.example&gt;" in page
    assert "Lotsin, Firma · Connections.csv, Zeile 2" in page
    assert state(book) == before
    assert set(Path(gettempdir()).glob("anlass-audit-*")) == files


def test_list_lies_there_until_it_is_put_away(house: House) -> None:
    """Another page of the same owner sees it too; put away, the page asks for a list again."""
    inside = owner(house, "en")
    assert "A list from this machine" in words(inside.get("/audit/"))
    hand_over(inside, HEAD + ROWS)
    assert "There are four contacts in this list" in words(inside.get("/audit/"))
    inside.post("/audit/put-away/")
    assert "A list from this machine" in words(inside.get("/audit/"))
    assert inside.get("/audit/contacts.csv").status_code == 404
    assert inside.get("/audit/contacts.svg").status_code == 404


def test_file_of_cards_is_a_list_too(house: House) -> None:
    """An address book is audited by what is in it, whatever its name leads to."""
    page = hand_over(owner(house, "en"), CARDS, "../../../etc/Meine Leute.vcf")
    assert "Meine_Leute.vcf" in page
    assert "Tom Treffen" in page
    assert "etc" not in page.partition("Groups")[0].split()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Guten Tag.", "brief.txt"),
        ("", "Connections.csv"),
        (b"\x00\xff" * 99, "x.zip"),
        ("a,b\n1,2\n", "a.csv"),
    ],
)
def test_file_without_a_list_is_refused_kindly(house: House, text: str | bytes, name: str) -> None:
    """What is no list of contacts is told, and the page asks again."""
    page = hand_over(owner(house), text, name)
    assert "Eine Liste von diesem Rechner" in page or "Was sich nicht lesen ließ" in page
    assert house.audit_table.lying is None or not house.audit_table.lying.audit.contacts


def test_file_that_is_too_large_is_dropped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit nothing of a file is read, and the page says so; a smaller one is taken afterwards."""
    monkeypatch.setattr(uploads, "MOST", 1_000)
    inside = owner(house, "en")
    assert "larger than a list of contacts ever is" in hand_over(inside, HEAD + ROWS * 99)
    assert "There are four contacts" in hand_over(inside, HEAD + ROWS)


@pytest.mark.parametrize(
    "given", [{}, {"known": "/etc/passwd"}, {"known": "0" * 20}, {"file": "Connections.csv"}]
)
def test_nothing_or_a_path_is_no_list(house: House, given: dict[str, str]) -> None:
    """A form can name only a list that is offered, never a path on this machine."""
    inside = owner(house, "en")
    assert inside.post("/audit/", given)["Location"] == "/audit/"
    assert "Choose a file first." in words(inside.get("/audit/"))


def test_list_that_was_collected_is_offered(house: House, book: Book, tmp_path: Path) -> None:
    """Address books and connections that were read in can be chosen; messages, and what is gone, cannot."""
    lists = tmp_path / "listen"
    lists.mkdir()
    (lists / "Connections.csv").write_text(HEAD + ROWS)
    (lists / "buch.vcf").write_text(CARDS)
    (lists / "alt.vcf").write_text(CARDS)
    collect(book, [lists], owner=[ME], now=NOW)
    (lists / "alt.vcf").unlink()
    inside = owner(house)
    page = inside.get("/audit/")
    assert "listen/Connections.csv Prüfen listen/buch.vcf Prüfen" in words(page)
    assert "alt.vcf" not in words(page)
    known = page.content.decode().split('name="known" value="')[1].partition('"')[0]
    inside.post("/audit/", {"known": known})
    assert "stehen vier Kontakte" in words(inside.get("/audit/"))


def test_address_book_on_a_server_that_is_not_there(house: House, tmp_path: Path) -> None:
    """Address books of anlass.toml are offered; one that cannot be reached is told, and nothing is kept."""
    url = "http://127.0.0.1:9/buch/"
    wired = replace(house, settings=Settings(tmp_path, sources=SourceSettings(carddav=(url,))))
    inside = owner(wired, "en")
    page = inside.get("/audit/")
    assert f"{url} Audit" in words(page)
    inside.post(
        "/audit/", {"known": page.content.decode().split('name="known" value="')[1].partition('"')[0]}
    )
    assert "The server did not hand over the address book." in words(inside.get("/audit/"))
    assert wired.audit_table.lying is None


def test_own_list_on_a_network_is_offered(house: House, book: Book, tmp_path: Path, prosody: Prosody) -> None:
    """A roster lies on the table like a file does; of a server that is silent the page says so."""
    with xmpp_scene(prosody) as scene:
        with scene.door() as door:
            ask, _, _ = asked(scene, door)
            door.hand(letter(scene, ask, Deed.ACCEPT), yes)
        account = scene.account
        for one in (account, replace(account, name="weg", server=f"{HOST}:9")):
            keep_network(book, one, now=NOW)
            Secrets(tmp_path, None).put(one.name, scene.secret, "file")
        wired = replace(house, settings=Settings(tmp_path))
        inside = owner(wired)
        page = inside.get("/audit/").content.decode()
        gone, there = (part.partition('"')[0] for part in page.split('name="known" value="')[1:])
        inside.post("/audit/", {"known": gone})
        assert "Das Netzwerk hat deine Liste nicht herausgegeben." in words(inside.get("/audit/"))
        inside.post("/audit/", {"known": there})
        shown = words(inside.get("/audit/"))
    assert "In dieser Liste steht ein Kontakt" in shown
    assert f"{account.address}, auf deiner Liste" in shown


# --- groups, marks, what is taken along ---


def test_groups_and_marks_choose_what_is_shown(house: House) -> None:
    """A group shows its own; marks are set on some or on all of a choice, and taken away again."""
    inside = owner(house, "en")
    hand_over(inside, HEAD + ROWS)
    nothing = words(inside.get("/audit/", {"group": "nothing"}))
    assert ("Uwe Still" in nothing, "Eva Beispiel" in nothing) == (True, False)
    number = house.audit_table.lying.number if house.audit_table.lying else 0
    back = inside.post("/audit/mark/", {"list": number, "group": "nothing", "contact": ["2"], "do": "later"})
    assert back["Location"] == "/audit/?group=nothing&page=1#contacts"
    inside.post("/audit/mark/", {"list": number, "group": "both ways", "all": "yes", "do": "keep"})
    assert [(row["name"], row["mark"]) for row in table(inside)] == [
        ("Eva Beispiel", "keep"),
        ("Kai Falk", ""),
        ("Nina Niemand", "look at later"),
        ("Uwe Still", ""),
    ]
    later = words(inside.get("/audit/", {"group": "later"}))
    assert ("Nina Niemand look at later" in later, "Uwe Still" in later) == (True, False)
    inside.post("/audit/mark/", {"list": number, "contact": ["2"], "do": "none"})
    assert "Nobody is in this group." in words(inside.get("/audit/", {"group": "later"}))


@pytest.mark.parametrize(
    "given",
    [
        {"contact": ["99", "-1", "x", "9" * 40], "do": "keep"},
        {"contact": ["0"], "do": "delete"},
        {"list": "99", "contact": ["0"], "do": "keep"},
        {"list": "x", "contact": ["0"], "do": "keep"},
        {},
    ],
)
def test_marks_that_make_no_sense_mark_nothing(house: House, given: dict[str, object]) -> None:
    """Numbers of nobody, unknown words and the page of another list change nothing."""
    inside = owner(house)
    hand_over(inside, HEAD + ROWS)
    number = house.audit_table.lying.number if house.audit_table.lying else 0
    assert inside.post("/audit/mark/", {"list": number, "group": "?", **given}).status_code == 302
    assert {row["mark"] for row in table(inside)} == {""}


def test_strangers_words_stay_words_in_page_table_and_picture(house: House) -> None:
    """A name is neither markup nor a formula, in none of the three."""
    inside = owner(house)
    hand_over(inside, HEAD + ROWS + EVIL)
    for address in ("/audit/", "/audit/contacts.csv", "/audit/contacts.svg"):
        answer = inside.get(address)
        assert ("<script>" in answer.content.decode()) is (address == "/audit/contacts.csv")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert next(row["name"] for row in table(inside) if "cmd" in row["name"]).startswith("'=")
    csv_file = inside.get("/audit/contacts.csv")
    assert csv_file["Content-Disposition"] == 'attachment; filename="contacts.csv"'


def test_audit_is_nobody_else_s(house: House) -> None:
    """Without the key neither list nor table nor picture is there, and nothing can be handed over."""
    hand_over(owner(house), HEAD + ROWS)
    outside = visitor(house)
    for address in ("/audit/", "/audit/contacts.csv", "/audit/contacts.svg"):
        answer = outside.get(address)
        assert (answer.status_code, b"Eva" in answer.content) == (403, False)
    for address in ("/audit/", "/audit/mark/", "/audit/put-away/"):
        assert outside.post(address, {"list": 1}).status_code == 403
    assert house.audit_table.lying is not None


def test_acts_on_the_audit_when_they_come_from_elsewhere(house: House) -> None:
    """A form of another page hands nothing over and puts nothing away."""
    inside = owner(house)
    hand_over(inside, HEAD + ROWS)
    inside.handler.enforce_csrf_checks = True
    for address in ("/audit/", "/audit/mark/", "/audit/put-away/"):
        assert inside.post(address, {"list": 1, "contact": "0", "do": "keep"}).status_code == 403
    lying = house.audit_table.lying
    assert lying is not None
    assert lying.marks == {}
