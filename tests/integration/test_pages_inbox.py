"""The inbox and the page of a case as the owner works them: words said, taken back, and looked for."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from anlass.desk.decisions.deciding import Choice, choice_on
from anlass.desk.outgoing.outbox import Writer
from anlass.replies import Draft, OutwardText, Register
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from tests.characters import SAM, Scene
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

TEXT = "Hello Sam,\n\nWhat is it about?\n\nKind regards\nOlga"
DRAFT = Draft("en", Register("you"), OutwardText(TEXT), OutwardText("Re: A call"))
THREE = tuple(
    replace(SAM, id=id_, name=name, address=f"{id_}@x.example", draft=DRAFT)
    for id_, name in (("anna", "Anna Müller"), ("ben", "Ben <b>Ott</b>"), ("cleo", "Cleo Süß"))
)


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Client, Book]]:
    """Yield the owner's browser and book, with three cases that wait."""
    yield from opened(tmp_path)


def opened(
    folder: Path, lang: str = "de", scenes: tuple[Scene, ...] = THREE
) -> Iterator[tuple[Client, Book]]:
    """Yield the owner's browser and book with these cases."""
    with closing(book_on_disk(folder, scenes)) as book:
        yield owner(replace(a_house(book), writer=Writer("Olga Brandt", "olga@home.example")), lang), book


def words(response: HttpResponseBase) -> str:
    """Return what a reader sees of a page."""
    assert isinstance(response, HttpResponse)
    whole = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", f"<main{whole}").split()))


def ticks(client: Client, address: str = "/") -> list[str]:
    """Return what the boxes of a page stand for."""
    page = client.get(address).content.decode()
    return re.findall(r'name="case" value="([^"]+)"', page)


def told(client: Client, address: str = "/") -> str:
    """Return what is told above a page of what was just done."""
    found = re.search(r'id="told".*?</div>\n', client.get(address).content.decode(), re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", f"<{found[0]}").split())) if found else ""


def act_of(client: Client, address: str = "/") -> str:
    """Return the act that the page offers to take back."""
    found = re.search(
        r'class="quietly undo" name="act" value="([^"]+)"', client.get(address).content.decode()
    )
    assert found
    return found[1]


def states(book: Book) -> list[CaseState]:
    """Return what each case needs."""
    return [book.case(scene.id).state for scene in THREE]


def test_a_word_is_said_on_the_page_of_a_case(desk: tuple[Client, Book]) -> None:
    """The case stays in view with what was said, and one button takes it back."""
    client, book = desk
    for choice in (one for one in Choice if one is not Choice.UNLOCKED):
        (seen,) = ticks(client, "/case/anna/")
        answer = client.post("/decide/", {"case": seen, "choice": choice, "back": "/case/anna/"})
        assert (answer.status_code, answer["Location"]) == (302, "/case/anna/#told")
        assert choice_on(book, "anna") is choice
        act = act_of(client, "/case/anna/")
        client.post("/decide/undo/", {"act": act, "back": "/case/anna/"})
        assert choice_on(book, "anna") is None
        assert "Zurückgenommen: Anna Müller:" in told(client, "/case/anna/")


def test_many_are_said_at_once_and_taken_back_as_one(desk: tuple[Client, Book]) -> None:
    """Three ticks are one act; the inbox says what was done, and that nothing has left."""
    client, book = desk
    client.post("/decide/", {"case": ticks(client), "choice": "asked", "back": "/?group=waiting"})
    shown = client.get("/").content.decode()
    assert states(book) == [CaseState.ASKED] * 3
    assert "3 Vorgänge: nachgefragt. Verschickt ist nichts: Die Briefe liegen als Entwürfe" in shown
    assert shown.count("Der Brief liegt noch als Entwurf da.") == 3
    act = re.search(r'name="act" value="([^"]+)"', shown)
    assert act
    client.post("/decide/undo/", {"act": act[1]})
    assert states(book) == [CaseState.WAITING] * 3
    client.post("/decide/undo/", {"act": act[1]})
    assert "Das ist schon zurückgenommen." in told(client)


def test_an_old_page_says_what_was_decided_meanwhile(desk: tuple[Client, Book]) -> None:
    """Two windows, the back button, a second press: nothing twice, nothing overwritten, and clear words."""
    client, book = desk
    old = ticks(client)
    client.post("/decide/", {"case": old[:1], "choice": "lapsed"})
    client.post("/decide/", {"case": old[:1], "choice": "lapsed"})
    assert told(client).endswith("Das stand schon so da.")
    client.post("/decide/", {"case": old, "choice": "accepted"})
    assert states(book).count(CaseState.DONE) == 3
    first = old[0].partition(":")[0]
    assert choice_on(book, first) is Choice.LAPSED
    shown = told(client)
    assert "2 Vorgänge: angenommen." in shown
    assert "Inzwischen ist schon entschieden: verfallen gelassen. Dabei ist es geblieben." in shown


NONSENSE: tuple[tuple[dict[str, object], int], ...] = (
    ({"choice": "lapsed"}, 302),
    ({"case": "anna:", "choice": "burn"}, 404),
    ({"case": "anna:"}, 404),
    ({"case": ["nobody:waiting.0", "\0:x", "א" * 500], "choice": "lapsed"}, 302),
    ({"case": "anna:waiting.0", "choice": "unlocked"}, 302),
    ({"case": "anna:waiting.0", "choice": "watched", "back": "https://elsewhere.example/"}, 302),
)


def test_nonsense_in_a_form_changes_nothing_it_does_not_name(desk: tuple[Client, Book]) -> None:
    """Whatever is posted, the house answers with a page and never leads away."""
    client, book = desk
    for given, status in NONSENSE:
        answer = client.post("/decide/", given)
        assert (answer.status_code, answer.headers.get("Location")) == (
            status,
            "/#told" if status == 302 else None,
        )
        assert states(book)[1:] == [CaseState.WAITING] * 2
        assert client.get("/").status_code == 200
    for act in ("", "x", "א" * 99):
        assert client.post("/decide/undo/", {"act": act}).status_code in {302, 404}


def test_after_the_letter_left_the_way_back_says_so(desk: tuple[Client, Book]) -> None:
    """What has left is not called back: the page says when it left, and the decision stays."""
    client, book = desk
    client.post("/decide/", {"case": ticks(client, "/case/anna/"), "choice": "asked"})
    act = act_of(client)
    client.post("/case/anna/release/")
    (boxed,) = book.outbox.all()
    book.outbox.claim("w", now=boxed.due)
    book.outbox.hand_over(boxed.id, "w", now=boxed.due)
    book.outbox.delivered(boxed.id, "w", now=boxed.due)
    client.post("/decide/undo/", {"act": act})
    assert "Der Brief ging um 18:32 Uhr hinaus. Das lässt sich nicht zurückholen" in told(client)
    assert choice_on(book, "anna") is Choice.ASKED


def test_all_that_was_done_is_listed_with_its_way_back(desk: tuple[Client, Book]) -> None:
    """The list of acts names people as text, and each act that stands has a button."""
    client, _ = desk
    assert "Noch nichts." in words(client.get("/recent/"))
    client.post("/case/anna/release/")
    client.post("/decide/", {"case": ticks(client, "/case/ben/"), "choice": "watched"})
    client.get("/")
    page = client.get("/recent/").content.decode()
    assert "Ben &lt;b&gt;Ott&lt;/b&gt;: auf der Merkliste" in page
    assert (page.count("quietly undo"), "Anna Müller: Brief freigegeben" in page) == (2, True)


NARROWED: tuple[tuple[str, list[str]], ...] = (
    ("q=mueller", ["anna"]),
    ("q=SUSS", ["cleo"]),
    ("q=ferry&group=waiting", ["anna", "ben", "cleo"]),
    ("q=-müller", ["ben", "cleo"]),
    ("channel=linkedin", []),
    ("lang=de", []),
    ("since=2026-11-20&until=2026-11-20", ["anna", "ben", "cleo"]),
    ("since=2027-01-01", []),
    ("q=%22", []),
)
CLEANED = (
    ("q=&group=&since=", "/"),
    ("group=nonsense&q=ferry", "/?q=ferry"),
    ("since=31.12.2026", "/"),
    ("since=0001-01-01&lang=xx&person=%00", "/"),
    ("page=2", "/"),
    ("q=++a++", "/?q=a"),
    ("q=%3Cscript%3E&utm=1", "/?q=%3Cscript%3E"),
)


def test_addresses_narrow_the_inbox(desk: tuple[Client, Book]) -> None:
    """Every view is an address; where nothing lies, the page says so."""
    client, _ = desk
    for query, found in NARROWED:
        answer = client.get(f"/?{query}")
        assert answer.status_code == 200, query
        cases = sorted(tick.partition(":")[0] for tick in ticks(client, f"/?{query}"))
        assert (query, cases) == (query, found)
        assert ("Davon liegt hier nichts." in words(answer)) == (not found)


def test_addresses_are_cleaned_of_what_says_nothing(desk: tuple[Client, Book]) -> None:
    """Empty fields of the form and nonsense are gone from the address that is shown and kept."""
    client, _ = desk
    for query, clean in CLEANED:
        answer = client.get(f"/?{query}")
        assert (answer.status_code, answer["Location"]) == (302, clean)
        assert client.get(clean).status_code == 200


def test_own_words_are_kept_before_they_leave(desk: tuple[Client, Book]) -> None:
    """Words kept are the draft from then on; the house's come back by one button, and nothing left."""
    client, book = desk
    mine = {"text": "Dear Anna,\r\n\r\n<i>which</i> book?", "subject": "Your question"}
    assert client.post("/case/anna/reword/", mine)["Location"] == "/case/anna/#draft"
    page = client.get("/case/anna/").content.decode()
    assert page.count("&lt;i&gt;which&lt;/i&gt; book?") == 2
    client.post("/case/anna/release/")
    (boxed,) = book.outbox.all()
    assert (boxed.letter.text, boxed.letter.subject) == ("Dear Anna,\n\n<i>which</i> book?", "Your question")
    client.post("/case/anna/cancel/")
    client.post("/case/anna/reword/", {"text": "", "back_to": "draft"})
    assert "What is it about?" in words(client.get("/case/anna/"))
    for nothing in ("", " \r\n ", "x" * 20_001):
        client.post("/case/anna/reword/", {"text": nothing})
        assert "What is it about?" in words(client.get("/case/anna/"))


def test_lines_take_no_query_each(desk: tuple[Client, Book]) -> None:
    """A page of three cases asks the memory as often as a page of one."""
    from django.db import connection  # noqa: PLC0415 - after Django is configured
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, _ = desk
    counts = []
    for address in ("/?q=mueller", "/?q=ferry"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nobody_else_decides(desk: tuple[Client, Book]) -> None:
    """Without the key there is no act, and a form from elsewhere is refused."""
    _, book = desk
    stranger = visitor(a_house(book))
    for address in ("/decide/", "/decide/undo/", "/case/anna/reword/"):
        assert stranger.post(address, {"case": "anna:", "choice": "lapsed", "act": "x"}).status_code == 403
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1:8000")
    strict.cookies = owner(a_house(book)).cookies
    strict.defaults["anlass.house"] = a_house(book)  # type: ignore[assignment]  # as in `visitor`
    assert strict.post("/decide/", {"case": "anna:", "choice": "lapsed"}).status_code == 403
    assert states(book) == [CaseState.WAITING] * 3


def test_pages_are_light() -> None:
    """All styles and scripts of the house together, as they go over the wire, are less than 25 kB."""
    static = Path(__file__).parents[2] / "src" / "anlass" / "web" / "static" / "anlass"
    files = [path.read_bytes() for path in static.iterdir() if path.suffix in {".css", ".js"}]
    assert sum(len(gzip.compress(one)) for one in files) < 25_000


def test_files_of_the_house_go_packed_and_pages_never_do(desk: tuple[Client, Book]) -> None:
    """The length of a packed page would depend on its words, those of strangers among them."""
    client, asked = desk[0], {"accept-encoding": "gzip, br"}
    style = client.get("/static/anlass/anlass.css", headers=asked)
    packed, whole = style.getvalue(), client.get("/static/anlass/anlass.css").getvalue()
    assert (style["Content-Encoding"], gzip.decompress(packed)) == ("gzip", whole)
    assert len(packed) * 2 < len(whole)
    assert "Content-Encoding" not in client.get("/", headers=asked)
