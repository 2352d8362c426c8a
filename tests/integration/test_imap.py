"""A mailbox on a real server is followed into the ledger, and nothing on it is changed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from anlass.bootstrap import make_doorman
from anlass.config import Settings
from anlass.desk.history.collecting import Collected, Counts, Progress, collect
from anlass.desk.history.mailboxes import collect_mailbox, letters_of
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.errors import SourceError, UserError
from anlass.intake import Origin, Recipient
from anlass.sources import Everything, Found
from anlass.sources.imap import Account, Mailbox, Wire, account
from anlass.store import open_book
from anlass.store.book import Book
from tests.contract.test_collecting import EVA, HOHL, KAI, OLGA, shared
from tests.contract.test_sources import MAILS
from tests.imap_server import Relay, relayed
from tests.integration.test_dovecot_archive import fill, letters, quoted
from tests.live import request
from tests.servers import HOST, PASSWORD, Dovecot

pytestmark = pytest.mark.slow  # a real server answers each question

NOW = datetime(2026, 11, 22, tzinfo=UTC)
State = list[list[tuple[object, ...]]]
_NAMES = count(1)


class Post:
    """A mailbox of its own on the server, as another program of the owner's fills it."""

    def __init__(self, dovecot: Dovecot) -> None:
        self.dovecot = dovecot
        self.name = f"imap{next(_NAMES)}@anlass.example"
        self._sent = 0

    def account(self, port: int = 0) -> Account:
        """Return the mailbox as the owner names it."""
        return account(f"imap://{HOST}:{port or self.dovecot.imap}", self.name, PASSWORD)

    def put(
        self, sender: str, to: str, id_: str, *, folder: str = "INBOX", body: str = "Worte.", **more: str
    ) -> bytes:
        """Write one mail into a folder and return it."""
        self._sent += 1
        head = {
            "From": sender,
            "To": to,
            "Date": f"Mon, 02 Mar 2026 10:{self._sent:02}:00 +0000",
            "Message-ID": f"<{id_}@x.example>",
            "Subject": "Das Buch",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        raw = "".join(f"{name}: {value}\r\n" for name, value in head.items()) + f"\r\n{body}\r\n"
        self.append(raw.encode(), folder)
        return raw.encode()

    def append(self, raw: bytes, folder: str) -> None:
        """Put a mail into a folder, which is made where it is missing."""
        with self.dovecot.login(self.name) as session:
            if folder != "INBOX":
                session.create(quoted(folder))
            assert session.append(quoted(folder), "", "", raw)[0] == "OK"

    def thread(self) -> None:
        """Write question, answer and thanks between Kai and Olga."""
        self.put(f"Kai Falk <{KAI}>", OLGA, "k1")
        self.put(f"Olga <{OLGA}>", KAI, "o1", folder="Gesendet", In_Reply_To="<k1@x.example>")
        self.put(f"Kai Falk <{KAI}>", OLGA, "k2", In_Reply_To="<o1@x.example>")


@pytest.fixture
def post(dovecot: Dovecot) -> Post:
    """Return an empty mailbox."""
    return Post(dovecot)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Return an empty book."""
    book = open_book(tmp_path / "data")
    yield book
    book.close()


def read(book: Book, post: Post, *owner: str, port: int = 0, batch: int = 1_000) -> Collected:
    """Follow the mailbox once."""
    return collect_mailbox(book, post.account(port), owner=owner, now=NOW, batch=batch)


def state(book: Book) -> State:
    """Return all that is kept of letters, where they lie, and what they prove."""
    tables = ("letter", "place", "folder", "encounter", "personaddress", "person", "owneraddress")
    return [sorted(book._tables.rows(f"SELECT * FROM store_{name}"), key=repr) for name in tables]


def ledger(book: Book) -> list[tuple[object, ...]]:
    """Return all that is kept of letters but where they lie."""
    columns = "id, thread, way, rule, quote, others, authserv, authenticity, words, body"
    return sorted(book._tables.rows(f"SELECT {columns} FROM store_letter"), key=repr)


def test_mails_come_as_they_were_written_and_are_found_again(post: Post) -> None:
    """The source keeps the contract of all archives: the same bytes, each once, the same twice."""
    mails = [mail.replace(b"\n", b"\r\n") for mail in MAILS]
    for mail, folder in zip(mails, ("INBOX", "Ämter & Co", "Archiv/2025"), strict=True):
        post.append(mail, folder)
    with Wire(post.account()) as wire:
        mailbox = Mailbox(wire)
        found = list(mailbox.mails(Everything()))
        assert all(isinstance(one, Found) for one in found)
        assert [getattr(one, "raw", b"") for one in found] == [mails[1], mails[2], mails[0]]
        assert [getattr(one, "folder", "") for one in found] == ["Ämter & Co", "Archiv/2025", "INBOX"]
        assert [mailbox.reread(one.origin) for one in found] == [mails[1], mails[2], mails[0]]
        assert list(mailbox.mails(Everything())) == found
        gone = found[0].origin.path.replace(";UID=1", ";UID=9")
        assert mailbox.reread(Origin(gone)) is None


def test_mails_of_all_folders_are_read_and_none_is_touched(book: Book, post: Post) -> None:
    """Received and sent mail counts, drafts and junk are left alone; no mail is marked as seen."""
    post.thread()
    post.put(OLGA, EVA, "d1", folder="Drafts")
    post.put(HOHL, OLGA, "j1", folder="Junk")
    collected = read(book, post, OLGA)
    assert collected.counts == Counts(read=4, new=3, letters_in=2, letters_out=1, drafts=1, junk=1)
    assert shared(book) == {KAI: (2, 1, 2, 3)}
    with post.dovecot.login(post.name) as session:
        for folder, number in (("INBOX", 2), ("Gesendet", 1), ("Drafts", 1), ("Junk", 1)):
            session.select(folder, readonly=True)
            assert len(session.search(None, "UNSEEN")[1][0].split()) == number


def test_owner_is_found_in_the_sent_mail_and_by_the_login(book: Book, post: Post) -> None:
    """Whoever wrote what lies among sent mail is the owner, and so is the user where that is an address."""
    post.thread()
    assert read(book, post).owner_addresses == {OLGA, post.name}


def test_unclear_owner_is_asked_for(book: Book, post: Post) -> None:
    """A user's name that is no address, and nothing sent: nobody is guessed."""
    post.name = f"olga{next(_NAMES)}"
    post.put(KAI, OLGA, "k1")
    with pytest.raises(UserError, match="not clear whose mail"):
        read(book, post)
    assert not book.has_letters()


def test_second_run_fetches_only_what_is_new(book: Book, post: Post) -> None:
    """What was read is known by its number, and not asked for again."""
    post.thread()
    post.put(OLGA, EVA, "d1", folder="Drafts")
    read(book, post, OLGA, batch=1)
    before = state(book)
    assert read(book, post).counts == Counts(unchanged=4)
    assert state(book) == before
    post.put(KAI, OLGA, "k3")
    assert read(book, post).counts == Counts(read=1, new=1, letters_in=1, unchanged=4)


def test_mailbox_comes_to_the_same_as_its_files(tmp_path: Path, book: Book, post: Post) -> None:
    """By IMAP and from the server's disk: the same letters by the same rules; read both ways, none twice."""
    fill(post.dovecot, post.name, letters(60))
    read(book, post, OLGA)
    disk = post.dovecot.maildir(post.name)
    other = open_book(tmp_path / "other")
    collect(other, [disk], owner=[OLGA], now=NOW)
    assert len(ledger(book)) > 40
    assert ledger(book) == ledger(other)
    assert collect(book, [disk], owner=[OLGA], now=NOW).counts.new == 0
    assert read(other, post).counts.new == 0
    assert ledger(book) == ledger(other)
    other.close()


def test_long_mail_is_read_on_where_its_words_decide(tmp_path: Path, book: Book, post: Post) -> None:
    """An appointment behind a long text is found, and so is who speaks to nobody; as on disk."""
    post.thread()
    long = "Ein langer Satz ohne Anrede. " * 600
    post.put(HOHL, OLGA, "n1", body=long, List_Unsubscribe="<https://hohl.example/weg>")
    meeting = (
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART:20260105T100000Z\r\n"
        f"DTEND:20260105T110000Z\r\nORGANIZER:mailto:{KAI}\r\n"
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{OLGA}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    kind = "Content-Type: text/calendar; method=REPLY"
    parts = f"--=\r\nContent-Type: text/plain\r\n\r\n{long}\r\n--=\r\n{kind}\r\n"
    post.put(
        OLGA,
        KAI,
        "a1",
        folder="Gesendet",
        body=f"{parts}\r\n{meeting}\r\n--=--",
        MIME_Version="1.0",
        Content_Type='multipart/mixed; boundary="="',
    )
    counts = read(book, post, OLGA).counts
    other = open_book(tmp_path / "other")
    assert collect(other, [post.dovecot.maildir(post.name)], owner=[OLGA], now=NOW).counts == counts
    assert ledger(book) == ledger(other)
    assert (counts.encounters, counts.machines) == (1, 2)
    other.close()


def test_moved_deleted_renamed_and_renumbered_mails_are_followed(book: Book, post: Post) -> None:
    """Every letter is known once, where it lies now; what was deleted did happen."""
    post.thread()
    post.put(EVA, OLGA, "e1", folder="Archiv/2025")
    post.put(EVA, OLGA, "e2", folder="Archiv/2025")
    gone = post.put(HOHL, OLGA, "h1", folder="Weg")
    read(book, post, OLGA)
    before = shared(book), ledger(book)
    with post.dovecot.login(post.name) as session:
        session.select("INBOX")
        session.create("Ablage")
        session.copy("1", "Ablage")
        session.store("1", "+FLAGS", r"(\Deleted)")
        session.expunge()
        session.close()
        session.rename("Archiv/2025", quoted("Früher"))
        session.delete("Weg")
    first = read(book, post).counts
    assert (first.read, first.new, first.copies) == (1, 0, 1)
    assert (shared(book), ledger(book)) == before
    places = {one.path for letter in ledger(book) for one in book.origins(str(letter[0]))}
    titles = sorted(path.partition(post.account().place)[2].partition(";")[0] for path in places)
    assert titles == ["/Ablage", "/Fr%C3%BCher", "/Fr%C3%BCher", "/Gesendet", "/INBOX"]
    post.append(gone, "Weg")
    with post.dovecot.login(post.name) as session:
        session.delete("Ablage")
    again = read(book, post).counts
    assert (again.new, again.copies) == (0, 1)
    assert (shared(book), ledger(book)) == before
    assert read(book, post).counts == Counts(unchanged=5)


def test_nothing_is_missed_in_folders_that_seem_to_stand_as_they_did(book: Book, post: Post) -> None:
    """After any change, be it one that leaves the number of mails as it was, the next run knows all of it."""
    post.thread()
    read(book, post, OLGA)
    assert read(book, post).counts == Counts(unchanged=3)
    with post.dovecot.login(post.name) as session:
        session.select("INBOX")
        session.store("1", "+FLAGS", r"(\Deleted)")
        session.expunge()
    post.put(EVA, OLGA, "e1")
    assert read(book, post).counts == Counts(read=1, new=1, letters_in=1, unchanged=2)
    with post.dovecot.login(post.name) as session:
        session.rename("Gesendet", "Verschickt")
    assert read(book, post).counts == Counts(unchanged=3)
    post.put(OLGA, EVA, "o2", folder="Verschickt")
    assert read(book, post).counts == Counts(read=1, new=1, letters_out=1, unchanged=3)
    book.forget_marks()
    assert read(book, post).counts.copies == 4


def test_copies_are_one_letter_and_twins_are_two(book: Book, post: Post) -> None:
    """The same mail in three folders and delivered twice; another one that took over its Message-ID."""
    date = "Mon, 02 Mar 2026 09:00:00 +0000"
    for folder in ("INBOX", "INBOX", "Archiv", "Wichtig"):
        post.put(KAI, OLGA, "same", folder=folder, Date=date)
    post.put(KAI, OLGA, "same", body="Ganz andere Worte.", Date=date)
    counts = read(book, post, OLGA).counts
    assert (counts.read, counts.new, counts.copies) == (5, 2, 3)
    assert shared(book) == {KAI: (2, 0, 0, 0)}
    post.put(KAI, OLGA, "same", body="Und wieder andere.", Date=date)
    assert read(book, post).counts.new == 1
    assert shared(book) == {KAI: (3, 0, 0, 0)}


@pytest.fixture(scope="module")
def full(dovecot: Dovecot) -> Post:
    """Return a mailbox with mails of all kinds in five folders; reading changes nothing in it."""
    post = Post(dovecot)
    fill(dovecot, post.name, letters(30))
    return post


@pytest.fixture(scope="module")
def relay(dovecot: Dovecot) -> Iterator[Relay]:
    """Return a wire to the server that can be cut."""
    with relayed(dovecot.imap) as relay:
        yield relay


@pytest.fixture(scope="module")
def whole(full: Post, relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, int]:
    """Return what a run comes to in which nothing happens, and the bytes that the server said in it."""
    book = open_book(tmp_path_factory.mktemp("undisturbed"))
    read(book, full, OLGA, port=relay.port)
    kept = state(book)
    book.close()
    return kept, relay.passed


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.6, 0.9])
def test_server_that_dies_in_the_middle_loses_and_doubles_nothing(
    book: Book, full: Post, relay: Relay, whole: tuple[State, int], share: float
) -> None:
    """Wherever the connection breaks off: what was read is kept, and the next run ends as if nothing was."""
    relay.limit = int(share * whole[1])
    with pytest.raises(SourceError) as broken:
        read(book, full, OLGA, port=relay.port, batch=3)
    assert broken.value.temporary
    relay.limit = -1
    read(book, full, OLGA, port=relay.port)
    assert state(book) == whole[0]


def test_progress_is_told_in_mails_first_how_many_there_are(book: Book, post: Post) -> None:
    """Whoever watches learns the number of all mails first, and how many are behind us as it goes."""
    post.thread()
    told: list[int] = []

    def watch(count: int) -> Progress:
        told.append(-count)
        return told.append

    for batch, expected in ((1, [-3, 1, 2, 3, 3]), (200, [-3, 3])):
        collect_mailbox(book, post.account(), owner=[OLGA], now=NOW, batch=batch, watch=watch)
        assert told == expected
        told.clear()


_RUN = f"""
import sys
from datetime import datetime
from pathlib import Path
from anlass.desk.history.mailboxes import collect_mailbox, letters_of
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.sources.imap import account
from anlass.store import open_book
data, address, name, password, owner = sys.argv[1:]
collect_mailbox(
    open_book(Path(data)), account(address, name, password), owner=[owner],
    now=datetime.fromisoformat("{NOW.isoformat()}"), batch=3,
    watch=lambda count: lambda done: print(done, flush=True))
"""


def test_run_that_is_killed_is_made_whole_by_the_next(
    tmp_path: Path, full: Post, relay: Relay, whole: tuple[State, int]
) -> None:
    """Killed with -9 while the server is in the middle of an answer; the next run ends in the same state."""
    relay.is_over.clear()
    relay.limit, relay.falls_silent = whole[1] * 4 // 5, True
    words = (str(tmp_path / "data"), f"imap://{HOST}:{relay.port}", full.name, PASSWORD, OLGA)
    command = [sys.executable, "-c", _RUN, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert relay.is_over.wait(30)
        assert process.stdout.readline()  # some of it is written
        process.send_signal(signal.SIGKILL)
    relay.limit, relay.falls_silent = -1, False
    book = open_book(tmp_path / "data")
    before = state(book)
    read(book, full, OLGA, port=relay.port)
    assert 0 < len(before[0]) < len(whole[0][0])
    assert state(book) == whole[0]
    book.close()


def test_wrong_password_is_said_and_is_in_no_error(book: Book, post: Post) -> None:
    """The server's refusal is one sentence; the password stands in none."""
    wrong = account(f"imap://{HOST}:{post.dovecot.imap}", post.name, "geheim-ä")
    with pytest.raises(SourceError, match="does not know this user or password") as refused:
        collect_mailbox(book, wrong, owner=[OLGA], now=NOW)
    assert not refused.value.temporary
    assert "geheim" not in str(refused.value) + repr(wrong)


def test_server_that_is_not_there_may_be_tried_again(book: Book) -> None:
    """No connection is temporary."""
    with pytest.raises(SourceError, match="cannot be reached") as away:
        collect_mailbox(book, account(f"imap://{HOST}:9", "olga", "x"), owner=[OLGA], now=NOW)
    assert away.value.temporary


def test_letters_of_a_mailbox_are_judged_where_they_lie(book: Book, post: Post) -> None:
    """A mailbox is screened like an archive: its letters are fetched again, whole, and become cases once."""
    post.append(request("s1", to=OLGA), "INBOX")
    collect_mailbox(book, post.account(), owner=[OLGA], now=NOW)
    doorman, _ = make_doorman(Settings(Path()), "de")
    place = post.account().place
    found = []
    for _ in range(2):
        with letters_of(post.account()) as reread:
            desk = Desk(book, doorman, Recipient("Olga"), NOW, reread=reread)
            found.append([(type(one), getattr(one, "is_new", None)) for one in screen(desk, [place])])
    assert found == [[(Judged, True)], [(Judged, False)]]
    assert [one.case.request.message_id for one in book.cases().cases] == ["s1@krohn.example"]
