"""The pages of cards: what a link shows, the one answer for all others, and the owner's own pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from anlass.cards import id_in, link_of
from anlass.desk.cards.granting import Wanted, give, grants, revoke
from anlass.desk.cards.own import FILE, cards_of, key_of, take_in
from anlass.desk.people.standing import say_standing, stands
from anlass.desk.people.watch_list import put_on, watch_list
from anlass.ledger.trace import Trace
from anlass.ledger.watch import Watch
from anlass.people import Address, AddressKind, Standing, person_id
from anlass.store.book import Book
from anlass.web.frame.limiter import Limiter
from anlass.web.settings import admit
from tests.characters import NOW, SAM
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # makes a database with all its tables

LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book on disk with one case, and Olga's cards."""
    made = book_on_disk(tmp_path, [SAM])
    take_in(made, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    return made


def granted(book: Book, wanted: Wanted | None = None) -> str:
    """Grant somebody a card and return the path of its page."""
    now = NOW - timedelta(days=8)
    return "/c/" + give(book, "kai@falk.example", wanted or Wanted(), now=now).link.rpartition("/")[2]


def options_on(client: Client, path: str) -> list[str]:
    """Return the values that a page shows."""
    page = client.get(path)
    assert page.status_code == 200
    return re.findall(r"<dd>(?:<a[^>]*>)?(.*?)(?:</a>)?</dd>", page.content.decode())


def test_a_link_shows_its_tier_to_whoever_has_it(book: Book) -> None:
    """No key, no cookie, no script; nobody may keep, find, embed or be told of the page."""
    somebody = visitor(a_house(book))
    path = granted(book, Wanted("press", "business", until=LATER))
    page = somebody.get(path)
    html = page.content.decode()
    assert options_on(somebody, path) == [
        "karte@tueren.example",
        "Olga_Tueren",
        "@olga@social.example",
        "+49 30 901820",
        "Torweg 3<br>10117 Berlin<br>Deutschland",
        "presse@tueren.example",
    ]
    assert "Gültig bis" in html
    assert not somebody.cookies
    assert {
        name: page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "X-Frame-Options")
    } == {
        "Cache-Control": "private, no-store, no-transform, max-age=0",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
        "X-Frame-Options": "DENY",
    }
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "<script" not in html
    assert set(re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', html)) == {
        "/static/anlass/anlass.css",
        "/static/anlass/cards.css",
        f"{path}.svg",
    }


def test_a_card_can_be_taken_along_in_every_form(book: Book) -> None:
    """VCard for the address book, the page's own code, and the forms for programs; all of the same tier."""
    somebody, path = visitor(a_house(book)), granted(book, Wanted(tier="card"))
    three, four = somebody.get(f"{path}.vcf"), somebody.get(f"{path}.v4.vcf")
    assert (three["Content-Type"], three["Content-Disposition"]) == (
        "text/vcard; charset=utf-8",
        'attachment; filename="card.vcf"',
    )
    assert "VERSION:3.0" in three.content.decode()
    assert "VERSION:4.0" in four.content.decode()
    assert json.loads(somebody.get(f"{path}.jcard").content)[0] == "vcard"
    assert (
        json.loads(somebody.get(f"{path}.json").content)["emails"]["e1"]["address"] == "karte@tueren.example"
    )
    assert somebody.get(f"{path}.svg").content.startswith(b"<svg")
    for ending in ("vcf", "v4.vcf", "jcard", "json", "svg"):
        answer = somebody.get(f"{path}.{ending}")
        assert answer["Cache-Control"] == "private, no-store, no-transform, max-age=0"
        assert b"901820" not in answer.content


def dead_links(book: Book) -> dict[str, str]:
    """Return links that show nothing, each for a reason of its own."""
    alive = granted(book).removeprefix("/c/")
    over = granted(book, Wanted(until=NOW - timedelta(days=1)))
    early = granted(book, Wanted(since=NOW + timedelta(days=1)))
    back = granted(book)
    revoke(book, id_in(key_of(book), back.removeprefix("/c/"))[0], now=NOW - timedelta(days=1))
    gone = link_of(key_of(book), "b" * 16)
    return {
        "over": over,
        "to come": early,
        "revoked": back,
        "signed but never given": f"/c/{gone}",
        "signed by another house": "/c/" + link_of(b"x" * 32, alive[:16]),
        "one letter changed": "/c/" + alive[:-3] + ("aaa" if alive[-3:] != "aaa" else "bbb"),
        "of the right shape": "/c/" + "a" * 42,
        "empty": "/c/",
        "short": "/c/x",
        "long": "/c/" + "a" * 5000,
        "odd": "/c/../%00%0a/ü?x=1",
        "in capitals": "/c/" + alive.upper(),
        "with a slash": f"/c/{alive}/",
        "an ending that is none": f"/c/{alive}.exe",
        "over, as a card": f"{over}.vcf",
        "revoked, as a code": f"{back}.svg",
        "revoked, as JSON": f"{back}.json",
    }


def test_every_dead_link_gets_one_answer_byte_for_byte(book: Book) -> None:
    """Over, taken back, never given, forged or senseless: status, headers, bytes and work are the same."""
    links, client = dead_links(book), visitor(a_house(book))
    answers, work = {}, {}
    using = book._tables.using
    for reason, path in links.items():
        with CaptureQueriesContext(connections[using]) as asked:
            answer = client.get(path)
        answers[reason] = (answer.status_code, sorted(answer.items()), answer.content)
        work[reason] = [re.sub(r"'[^']*'", "'…'", one["sql"]) for one in asked]
    told = next(iter(answers.values()))
    assert told[0] == 404
    assert {reason for reason, answer in answers.items() if answer != told} == set()
    plain = next(iter(work.values()))
    assert len(plain) == 6
    assert {reason for reason, asked in work.items() if asked != plain} == set()


def test_a_dead_link_says_the_same_to_every_method(book: Book) -> None:
    """HEAD has the headers of GET; what changes things is refused alike for living and dead links."""
    client, alive = visitor(a_house(book)), granted(book)
    assert client.head(alive).status_code == 200
    assert client.head("/c/x").status_code == 404
    refused = [client.post(path) for path in (alive, "/c/x")]
    assert [one.status_code for one in refused] == [405, 405]
    assert refused[0].content == refused[1].content


def test_nothing_that_the_owner_thinks_leaks_into_a_card(book: Book) -> None:
    """Standing, watch list, reasons, other tiers and other grants are planted, and none of it shows."""
    path = granted(book, Wanted(tier="card"))
    before = visitor(a_house(book)).get(path).content
    say_standing(book, "kai@falk.example", Standing.VOUCHED_FOR, why="PLANTED-REASON", now=NOW)
    put_on(book, "kai@falk.example", why="PLANTED-WATCH", now=NOW)
    granted(book, Wanted("press", "private"))
    more = TEXT + '\n[[option]]\nkind = "web"\nvalue = "planted.example"\ntier = "private"\n'
    take_in(book, more, FILE, "en", now=NOW)
    client = visitor(a_house(book))
    assert client.get(path).content == before
    for ending in ("", ".vcf", ".v4.vcf", ".jcard", ".json", ".svg"):
        shown = client.get(path + ending).content.decode().casefold()
        for secret in (
            "planted",
            "vouched",
            "watch",
            "private",
            "business",
            "tier",
            "stufe",
            "kai",
            "presse@",
        ):
            # the code's picture and the header "private, no-store" are no words of the card
            assert secret not in shown


def test_looks_are_counted_and_forgotten_whatever_is_looked_at(book: Book) -> None:
    """After too many looks living and dead links answer the same; nothing of a look is written down."""
    house, alive = replace(a_house(book), limiter=Limiter(each=2)), granted(book)
    acts = [one.act for one in book.entries()]
    client = visitor(house)
    assert [client.get(alive).status_code, client.get("/c/x").status_code] == [200, 404]
    refused = [client.get(path) for path in (alive, "/c/x", "/c/")]
    assert {one.status_code for one in refused} == {429}
    assert len({(tuple(sorted(one.items())), one.content) for one in refused}) == 1
    assert [one.act for one in book.entries()] == acts


def test_under_a_public_name_there_are_cards_and_nothing_else(book: Book) -> None:
    """The owner's pages are not even refused there: they are not there."""
    pages: dict[str, object] = {"ALLOWED_HOSTS": ["127.0.0.1"]}
    admit(pages, "https://karte.tueren.example")
    admit(pages, "")
    assert pages["ALLOWED_HOSTS"] == ["127.0.0.1", "karte.tueren.example"]
    alive = granted(book)
    with override_settings(ALLOWED_HOSTS=pages["ALLOWED_HOSTS"]):
        client = Client(HTTP_HOST="karte.tueren.example", HTTP_ACCEPT_LANGUAGE="de")
        client.defaults["anlass.house"] = a_house(book)  # type: ignore[assignment] # a value of WSGI
        assert client.get(alive).status_code == 200
        inside = [client.get(path) for path in ("/", "/cards/", "/?token=a-key-for-tests", "/case/x/")]
        assert {(one.status_code, one.content) for one in inside} == {
            (404, client.get("/c/x").content),
        }


def test_nobody_sees_the_owners_pages_without_the_key(book: Book) -> None:
    """Cards, watch list and grants ask for the key like every page."""
    client = visitor(a_house(book))
    for path in ("/cards/", "/watch/", "/cards/press/private.pdf"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    ("lang", "words"), [("de", "Was dieser Mensch von dir sehen darf"), ("en", "may see of you")]
)
def test_the_owner_grants_and_takes_back_on_the_page_of_a_person(book: Book, lang: str, words: str) -> None:
    """A link is told once and stays listed; taken back it is gone, and what was is said."""
    client = owner(a_house(book), lang)
    person = book.case(SAM.id).case.person
    page = client.get(f"/person/{person.id}/").content.decode()
    assert words in page
    client.post(f"/person/{person.id}/grant/", {"card": "press", "tier": "direct", "until": "2027-01-01"})
    (one,) = grants(book, at=NOW)
    assert (one.grant.tier, one.grant.card) == ("direct", "press")
    page = client.get(f"/person/{person.id}/").content.decode()
    assert page.count(one.link) == 2
    client.post(f"/person/{person.id}/revoke/", {"grant": one.grant.id})
    page = client.get(f"/person/{person.id}/").content.decode()
    assert one.link not in page
    client.post(f"/person/{person.id}/grant/", {"card": "x", "tier": "y", "until": "never"})
    assert len(list(grants(book, at=NOW))) == 1


def test_the_owner_says_what_a_person_is_and_whom_to_watch(book: Book) -> None:
    """Standing and watch list on the page of a person and on a page of their own."""
    client, person = owner(a_house(book)), book.case(SAM.id).case.person
    client.post(f"/person/{person.id}/standing/", {"standing": "vouched-for", "why": "gute Arbeit"})
    assert stands(book, person, at=NOW).standing is Standing.VOUCHED_FOR
    page = client.get(f"/person/{person.id}/").content.decode()
    assert "Für diesen Menschen bürgst du." in page
    assert "„gute Arbeit“" in page
    client.post("/watch/put/", {"who": person.id, "why": "<b>Buch</b>", "put": "on", "until": ""})
    assert [one.entry.why for one in watch_list(book, at=NOW)] == ["<b>Buch</b>"]
    page = client.get("/watch/").content.decode()
    assert "&lt;b&gt;Buch&lt;/b&gt;" in page
    client.post("/watch/put/", {"who": person.id, "put": "off", "back": person.id})
    assert watch_list(book, at=NOW) == ()
    client.post("/watch/put/", {"who": "nobody at all", "put": "on"})
    assert "nobody at all" in client.get("/watch/").content.decode()
    client.post("/watch/put/", {"who": person.id, "put": "on", "until": "sometime"})
    client.post(f"/person/{person.id}/standing/", {"standing": "boss"})
    assert watch_list(book, at=NOW) == ()


def test_a_long_watch_list_comes_in_pages(book: Book) -> None:
    """A hundred on each page, nobody twice and nobody missing; beyond the last is the last."""
    names = [f"Nr{number:03} Nest" for number in range(101)]
    nests = [Address(AddressKind.MAIL, f"nest{number}@nest.example") for number in range(101)]
    told = [Trace(name, (one,), "nests.vcf", about="x") for name, one in zip(names, nests, strict=True)]
    book.traces.tell("nests.vcf", told)
    book.settle()
    for one in nests:
        book.standings.watch(Watch(person_id(one), NOW, NOW + timedelta(days=9)))
    client = owner(a_house(book))
    pages = [client.get(f"/watch/?page={page}").content.decode() for page in (1, 2, 9)]
    shown = [[name for name in names if f">{name}<" in page] for page in pages]
    assert [len(page) for page in shown] == [100, 1, 1]
    assert sorted(shown[0] + shown[1]) == names
    assert "Seite 1 von 2" in pages[0]


FORM = {
    "name": "Olga T.",
    "lang": "de",
    "tiers": "card, business",
    "unlock": "business",
    "topics": "Türen, Schlösser",
    "face-name": ["main", ""],
    "option-kind": ["mail", "phone", "web"],
    "option-value": ["olga@tueren.example", "+49 30 901820", ""],
    "option-tier": ["card", "business", "card"],
    "option-place": ["work", "", ""],
    "option-label": ["", "bis 17 Uhr", ""],
    "option-cards": ["", "main", ""],
}


def test_the_owner_edits_cards_on_a_page(book: Book) -> None:
    """What was typed holds at once; the page shows it again, and a card to print."""
    client = owner(a_house(book))
    assert "karte@tueren.example" in client.get("/cards/").content.decode()
    assert client.post("/cards/", FORM).status_code == 302
    cards = cards_of(book)
    assert cards is not None
    assert [(one.value, one.tier, one.label) for one in cards.options] == [
        ("olga@tueren.example", "card", ""),
        ("+49 30 901820", "business", "bis 17 Uhr"),
    ]
    assert cards.topics == ("Türen", "Schlösser")
    assert "Deine Karten gelten jetzt so." in client.get("/cards/").content.decode()
    pdf = client.get("/cards/main/business.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get("/cards/main/nope.pdf").status_code == 404


def test_what_cannot_hold_is_shown_again_with_all_problems(book: Book) -> None:
    """Nothing is lost of what was typed, nothing of what holds has changed."""
    client, before = owner(a_house(book)), cards_of(book)
    wrong = {
        **FORM,
        "name": "",
        "option-value": ["olga", "030 1", ""],
        "option-tier": ["card", "secret", "card"],
    }
    page = client.post("/cards/", wrong)
    assert page.status_code == 422
    html = page.content.decode()
    assert html.count('role="alert"') == 1
    for said in ("Oben fehlt name", "„olga“ ist keine Mailadresse", "Diese Stufe gibt es nicht: „secret“"):
        assert said in html
    assert 'value="030 1"' in html
    assert cards_of(book) == before
    assert client.post("/cards/", {**FORM, "option-kind": ["mail", "fax", "web"]}).status_code == 404


def test_a_card_is_handed_out_and_taken_back(book: Book) -> None:
    """The page makes a link for whoever holds it, as code, tag and printed card, and takes it back."""
    house = a_house(book)
    inside = owner(house)
    wanted = {"name": "Schild <b>", "card": "press", "tier": "card", "until": f"{LATER:%Y-%m-%d}"}
    inside.post("/cards/hand-out/", wanted)
    page = inside.get("/cards/").content.decode()
    assert "Schild &lt;b&gt;" in page
    assert "<b>Schild <b>" not in page
    (link,) = set(re.findall(r"https://karte\.tueren\.example(/c/[a-z2-7]{42})", page))
    assert options_on(visitor(house), link)
    kinds = {
        shape: inside.get(f"/cards/handed/{link[3:19]}/{shape}/")["Content-Type"]
        for shape in ("pdf", "qr", "nfc", "link")
    }
    assert kinds == {
        "pdf": "application/pdf",
        "qr": "image/svg+xml",
        "nfc": "application/octet-stream",
        "link": "text/plain; charset=utf-8",
    }
    for nothing in (f"{link[3:19]}/exe", "zzzz/pdf"):
        assert inside.get(f"/cards/handed/{nothing}/").status_code == 404
    inside.post("/cards/hand-out/", {"revoke": link[3:19]})
    assert visitor(house).get(link).status_code == 404
    refused = inside.get(f"/cards/handed/{link[3:19]}/pdf/", follow=True).content.decode()
    assert "Diese Freigabe ist vorbei; es gibt nichts zu drucken." in refused


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x", "tier": "no"}, {"name": "x", "until": "soon"}])
def test_what_cannot_be_handed_out_is_said_on_the_page(book: Book, wrong: dict[str, str]) -> None:
    """In the owner's language, and nothing comes of it."""
    inside = owner(a_house(book))
    assert 'class="told"' in inside.post("/cards/hand-out/", wrong, follow=True).content.decode()
    assert list(grants(book, at=NOW)) == []


def test_an_address_of_several_lines_holds_as_a_browser_sends_it(book: Book) -> None:
    """Browsers end the lines of a field with two signs, and what is kept has one."""
    wanted = {
        **FORM,
        "option-kind": ["mail", "address", "web"],
        "option-value": ["olga@tueren.example", "Torweg 3\r\n10117 Berlin", ""],
    }
    assert owner(a_house(book)).post("/cards/", wanted).status_code == 302
    cards = cards_of(book)
    assert cards is not None
    assert cards.options[1].value == "Torweg 3\n10117 Berlin"


def test_handing_out_needs_the_key(book: Book) -> None:
    """Neither the act nor a file is there for a stranger."""
    stranger = visitor(a_house(book))
    assert stranger.post("/cards/hand-out/", {"name": "x"}).status_code == 403
    assert stranger.get("/cards/handed/aaaa/pdf/").status_code == 403
