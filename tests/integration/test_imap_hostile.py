"""What a mail server may answer that means ill or is broken: nothing is believed, nothing is lost by it."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from anlass.channels.mail.line import Line
from anlass.desk.history.collecting import Collected, Counts
from anlass.desk.history.mailboxes import collect_mailbox
from anlass.errors import SourceError
from anlass.sources.imap import Account, Tls, Wire, account
from anlass.store import open_book
from anlass.store.book import Book
from anlass.wires.trouble import Turned
from tests.contract.test_collecting import EVA, KAI, OLGA, shared
from tests.imap_server import Answer, Fake, fetched, line, serving

pytestmark = pytest.mark.slow  # a server of its own for each answer

_OWNERS = count(1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_SO = b"OK [UIDVALIDITY 7] so"
ASKED = {b"CAPABILITY", b"LOGIN", b"LIST", b"EXAMINE", b"UID SEARCH", b"UID FETCH", b"LOGOUT"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all books here."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def book(data: Path) -> Iterator[Book]:
    """Return the empty book of a new owner."""
    book = open_book(data, f"owner-{next(_OWNERS)}")
    yield book
    book.close()


def mail(id_: str, sender: str = KAI, to: str = OLGA) -> bytes:
    """Return a mail as it goes over the wire."""
    head = f"From: {sender}\r\nTo: {to}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{id_}@x>"
    return f"{head}\r\nSubject: Das Buch\r\n\r\nWorte.\r\n".encode()


def follow(book: Book, fake: Fake) -> Collected:
    """Follow the mailbox on this server."""
    at = account(f"imap://127.0.0.1:{fake.port}", "olga", "geheim")
    return collect_mailbox(book, at, owner=[OLGA], now=NOW)


def read(book: Book, **answers: Answer) -> tuple[Collected, list[bytes]]:
    """Follow a mailbox on a server that answers so; return what came of it, and what it was asked."""
    with serving(**answers) as fake:
        return follow(book, fake), fake.heard


def places(book: Book) -> list[str]:
    """Return where letters lie, from the name of the folder on."""
    rows = book._tables.rows("SELECT path FROM store_folder WHERE owner_id = %(owner)s")
    return sorted(path.rpartition("/")[2] for (path,) in rows)


def mails(*uids: int) -> Answer:
    """Return an answer with those of these mails that were asked for."""

    def answer(tag: bytes, asked: bytes) -> bytes:
        wanted = set(map(int, asked.split()[3].split(b",")))
        told = (fetched(uid, mail(f"m{uid}"), seq=n) for n, uid in enumerate(uids, 1) if uid in wanted)
        return line(*told)(tag, asked)

    return answer


@pytest.mark.parametrize(
    ("word", "says", "says_too"),
    [
        ("FETCH", b"* 1 FETCH (UID 1 BODY[HEADER]<0> {99999999999}\r\nFrom: x", "too large"),
        ("FETCH", b"* 1 FETCH (UID 1 BODY[HEADER]<0> {600000}\r\n" + b"x" * 600_000 + b")\r\n", "too large"),
        ("FETCH", b"* 1 FETCH (UID 1 " + b"x" * 17_000_000, "too large"),
        ("FETCH", b"* OK still busy\r\n" * 66_000, "too large"),
        ("FETCH", b"zzz OK done\r\n", "broke off"),
        ("FETCH", b"\xff\xfe\0\r\n", "broke off"),
        ("FETCH", b"* BYE I am tired\r\n", "broke off"),
        ("FETCH", b"* 1 FETCH (UID 1 BODY[HEADER]<0> {" + b"9" * 4_500 + b"}\r\n", "too large"),
        ("LIST", b"KAEB9 OK\r\n", "broke off"),
        ("EXAMINE", b"* BYE\r\n", "broke off"),
        ("SEARCH", b"* SEARCH 1 2 3\r\nzzz BAD no\r\n", "broke off"),
    ],
    ids=lambda value: value[:40] if isinstance(value, bytes) else None,
)
def test_answer_that_keeps_to_no_form_ends_the_talk(
    book: Book, word: str, says: bytes, says_too: str
) -> None:
    """Huge parts, endless lines, wrong tags: one sentence that names the server and no password."""
    with pytest.raises(SourceError, match=re.escape(says_too)) as no:
        read(book, **{word: lambda tag, asked: says})
    assert "geheim" not in str(no.value)
    assert not book.has_letters()


def test_numbers_in_any_order_are_read_once_each(book: Book) -> None:
    """Doubled and shuffled numbers, and mails that nobody asked for: each that is there, once."""
    search, told = line(b"SEARCH 9 3 3 4294967296 7 9 0 3"), line(*map(_told, (77, 9, 3, 7, 9)))
    with serving(SEARCH=search, FETCH=told) as fake:
        counts = follow(book, fake).counts
        assert (counts.read, counts.new) == (3, 3)
        assert [one.split()[3] for one in fake.heard if b"FETCH" in one] == [b"3,7,9"]
        assert follow(book, fake).counts == Counts(unchanged=3)


def _told(uid: int) -> bytes:
    return fetched(uid, mail(f"m{uid}"), seq=uid)


def test_nothing_but_reading_is_asked_whatever_folders_are_called(book: Book) -> None:
    """A name that carries a command is none; its folder is set aside, and the rest goes on."""
    names = (
        b'LIST () "/" {24}\r\nINBOX\r\nA1 DELETE Archive',
        'LIST () "/" "Entwürfe"'.encode(),
        b'LIST (\\Noselect) "/" "Ordner"',
        b'LIST () "/" 2025',
        b'LIST () "/" INBOX',
    )
    told, heard = read(book, LIST=line(*names), SEARCH=line(b"SEARCH 4"), FETCH=mails(4))
    assert [one.reason for one in told.set_aside] == ["folder_withheld"] * 2
    assert (told.counts.read, told.counts.new, told.counts.copies) == (2, 1, 1)
    asked = {b" ".join(one.split()[1 : 3 if b" UID " in one else 2]) for one in heard}
    assert asked <= ASKED
    assert all(b"BODY[" not in one for one in heard)
    assert sorted(one.split()[2] for one in heard if b"EXAMINE" in one) == [b'"2025"', b'"INBOX"']


def test_one_mail_that_is_withheld_keeps_no_other_back(book: Book) -> None:
    """The server refuses one mail and garbles another; both are named, all others come, later they too."""
    healthy = mails(*range(1, 9))

    def answer(tag: bytes, asked: bytes) -> bytes:
        wanted = asked.split()[3].split(b",")
        if b"3" in wanted:
            return tag + b" NO [SERVERBUG] no\r\n"
        if b"6" in wanted:
            return line(b"6 FETCH (UID six FLAGS")(tag, asked)
        return healthy(tag, asked)

    search = line(b"SEARCH 1 2 3 4 5 6 7 8 9")
    told, _ = read(book, SEARCH=search, FETCH=answer)
    assert told.counts == Counts(read=6, new=6, letters_in=6, set_aside=2)
    assert [one.origin.path.rpartition("=")[2] for one in told.set_aside] == ["3", "6"]
    assert {one.reason for one in told.set_aside} == {"mail_withheld"}


def test_folder_that_is_not_opened_keeps_its_mails(book: Book) -> None:
    """What a server refuses today was there yesterday: nothing is forgotten, and read again it is known."""
    with serving(SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        follow(book, fake)
        healthy, fake.answers["EXAMINE"] = fake.answers["EXAMINE"], line(ok=b"NO [INUSE] later")
        assert [one.reason for one in follow(book, fake).set_aside] == ["folder_withheld"]
        assert places(book) == ["INBOX;UIDVALIDITY=7"]
        fake.answers["EXAMINE"] = healthy
        assert follow(book, fake).counts == Counts(unchanged=1)


def test_folder_that_is_named_without_any_form_hides_no_other(book: Book) -> None:
    """The line is named, the others are read, and nothing is forgotten that may lie in it."""
    rows = (b'LIST () "/" INBOX', b'LIST () "/" Archiv')
    with serving(LIST=line(*rows), SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        follow(book, fake)
        fake.answers["LIST"] = line(rows[0], b'LIST (\\HasNoChildren "/" Archiv', b"LIST x", b'LIST () "/"')
        told = follow(book, fake)
        assert [one.reason for one in told.set_aside] == ["folder_garbled"]
        assert places(book) == ["Archiv;UIDVALIDITY=7", "INBOX;UIDVALIDITY=7"]
        fake.answers["LIST"] = line(rows[0])
        assert follow(book, fake).set_aside == ()
    assert places(book) == ["INBOX;UIDVALIDITY=7"]


def standing(exists: int, following: int, modseq: int) -> Answer:
    """Return what a server with CONDSTORE says of a folder: how many, the next number, the last change."""
    numbers = (
        b"OK [UIDVALIDITY 7] so",
        b"OK [UIDNEXT %d] so" % following,
        b"OK [HIGHESTMODSEQ %d] so" % modseq,
    )
    return line(b"%d EXISTS" % exists, *numbers, ok=b"OK [READ-ONLY] done")


def test_folder_is_looked_through_when_any_of_its_numbers_has_changed(book: Book) -> None:
    """The same numbers: no mail is asked for. One of them another: all are, for each says something else."""
    search = line(b"SEARCH 4")
    with serving(EXAMINE=standing(1, 5, 9), SEARCH=search, FETCH=mails(4)) as fake:

        def searches() -> int:
            before = sum(b"SEARCH" in one for one in fake.heard)
            assert follow(book, fake).counts.set_aside == 0
            return sum(b"SEARCH" in one for one in fake.heard) - before

        assert (searches(), searches()) == (1, 0)
        for numbers in ((1, 5, 10), (0, 5, 10), (0, 6, 10)):
            fake.answers["EXAMINE"] = standing(*numbers)
            assert (searches(), searches()) == (1, 0)
        fake.answers["EXAMINE"] = line(b"1 EXISTS", b"OK [UIDVALIDITY 7] so", b"OK [UIDNEXT 5] so")
        assert (searches(), searches()) == (1, 1)


def test_folder_with_a_mail_that_was_withheld_is_looked_through_again(book: Book) -> None:
    """What the server did not hand over today it may hand over tomorrow, though nothing has changed."""
    with serving(EXAMINE=standing(1, 5, 9), SEARCH=line(b"SEARCH 4"), FETCH=line(ok=b"NO no")) as fake:
        assert follow(book, fake).counts == Counts(set_aside=1)
        fake.answers["FETCH"] = mails(4)
        assert follow(book, fake).counts.new == 1


def test_run_that_broke_off_passes_over_nothing(book: Book) -> None:
    """A folder counts as read when the run that read it came to its end."""
    rows = line(b'LIST () "/" Archiv', b'LIST () "/" INBOX')
    broken = mails(4)
    with serving(LIST=rows, EXAMINE=standing(1, 5, 9), SEARCH=line(b"SEARCH 4"), FETCH=broken) as fake:
        fake.answers["SEARCH"] = _once(line(b"SEARCH 4"))
        with pytest.raises(SourceError):
            follow(book, fake)
        fake.answers["SEARCH"] = line(b"SEARCH 4")
        assert follow(book, fake).counts == Counts(read=1, copies=1, letters_in=1, unchanged=1)


def _once(answer: Answer) -> Answer:
    """Return an answer that is given once; then the server goes."""
    given: list[bytes] = []

    def answers(tag: bytes, asked: bytes) -> bytes:
        given.append(tag)
        return answer(tag, asked) if len(given) == 1 else b"* BYE\r\n"

    return answers


def test_folder_of_the_same_numbers_by_chance_is_another_folder(book: Book) -> None:
    """UIDVALIDITY and number agree, the mail does not: it is fetched, and no place is mixed up."""
    with serving(LIST=line(b'LIST () "/" Alt'), SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        follow(book, fake)
        fake.answers["LIST"] = line(b'LIST () "/" Neu')
        fake.answers["FETCH"] = line(fetched(4, mail("other", EVA)))
        assert follow(book, fake).counts == Counts(read=1, new=1, letters_in=1)
    assert places(book) == ["Neu;UIDVALIDITY=7"]
    (kai,) = book.people_named(KAI)
    assert [book.origins(one.id) for one in book.encounters_with(kai)] == [()]


def test_renamed_folder_is_followed_without_fetching_its_mails(book: Book) -> None:
    """Some mails are looked at to be sure; the others stay known by their numbers at the new name."""
    uids = tuple(range(1, 31))
    search = line(b"SEARCH " + b" ".join(b"%d" % uid for uid in uids))
    with serving(LIST=line(b'LIST () "/" Alt'), SEARCH=search, FETCH=mails(*uids)) as fake:
        follow(book, fake)
        fake.answers["LIST"] = line(b'LIST () "/" Neu')
        fake.heard.clear()
        assert follow(book, fake).counts == Counts(unchanged=30)
        fetches = [one.split()[3] for one in fake.heard if b"FETCH" in one]
    assert fetches == [b"1,7,13,19,25"]
    assert places(book) == ["Neu;UIDVALIDITY=7"]


def test_server_that_names_no_folder_forgets_nothing(book: Book) -> None:
    """An empty list is an error, and no mailbox without mail."""
    with pytest.raises(SourceError, match="names no folder"):
        read(book, LIST=line())


def test_numbers_given_anew_are_followed(book: Book) -> None:
    """Another UIDVALIDITY: all is read again, nothing counts twice, and the old places are forgotten."""
    with serving(SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        follow(book, fake)
        fake.answers["EXAMINE"] = line(b"OK [UIDVALIDITY 8] so")
        counts = follow(book, fake).counts
    assert (counts.read, counts.new, counts.copies) == (1, 0, 1)
    assert places(book) == ["INBOX;UIDVALIDITY=8"]
    assert shared(book) == {KAI: (1, 0, 0, 0)}


def test_what_the_server_says_a_folder_is_for_comes_before_its_name(book: Book) -> None:
    """RFC 6154: by its name the outbox would be for drafts, and spam lies anywhere."""
    rows = (b'LIST (\\Sent) "/" "Postausgang"', b'LIST (\\Junk) "/" "Krempel"', b'LIST (\\All) "/" "Alles"')
    sent = line(fetched(1, mail("o1", OLGA, EVA)))
    told, heard = read(book, LIST=line(*rows), FETCH=sent)
    assert told.counts == Counts(read=1, new=1, letters_out=1, junk=1)
    assert not any(b"Alles" in one for one in heard)


def test_labels_of_gmail_say_what_a_mail_is(book: Book) -> None:
    """All mail is read once, its labels tell sent mail and drafts; labels are not read again as folders."""
    rows = (
        b'LIST () "/" INBOX',
        b'LIST (\\All) "/" "[Gmail]/Alle Nachrichten"',
        b'LIST (\\Sent) "/" "[Gmail]/Gesendet"',
        b'LIST (\\Junk) "/" "[Gmail]/Spam"',
    )
    labelled = (
        fetched(1, mail("k1"), b'X-GM-LABELS ("\\\\Inbox" 2025 "B&APw-cher")'),
        fetched(2, mail("o1", OLGA, KAI), b'X-GM-LABELS ("\\\\Sent" "\\\\Important")'),
        fetched(3, mail("d1", OLGA, EVA), b'X-GM-LABELS ("\\\\Draft")'),
    )

    def search(tag: bytes, asked: bytes) -> bytes:
        return line(b"SEARCH 1 2 3")(tag, asked)

    told, heard = read(
        book,
        CAPABILITY=line(b"CAPABILITY IMAP4rev1 X-GM-EXT-1"),
        LIST=line(*rows),
        SEARCH=search,
        FETCH=line(*labelled),
    )
    assert told.counts == Counts(read=3, new=2, letters_in=1, letters_out=1, drafts=1, junk=3)
    assert [one.partition(b"EXAMINE ")[2] for one in heard if b"EXAMINE" in one] == [
        b'"[Gmail]/Alle Nachrichten"',
        b'"[Gmail]/Spam"',
    ]


def test_structure_of_any_depth_costs_nothing_and_is_read_on(book: Book) -> None:
    """A mail whose parts cannot be told is read on, for an appointment may be among them."""
    long = mail("long").replace(b"Subject", b"Content-Type: multipart/mixed; boundary=x\r\nSubject")
    long += b"x" * 20_000

    def answer(tag: bytes, asked: bytes) -> bytes:
        if b"BODYSTRUCTURE" in asked:
            return line(b"1 FETCH (UID 1 BODYSTRUCTURE " + b"(" * 50_000 + b")" * 50_000 + b")")(tag, asked)
        if b"BODY.PEEK[]" in asked:
            return line(b"1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)" % (len(long), long))(tag, asked)
        return line(fetched(1, long))(tag, asked)

    told, heard = read(book, FETCH=answer)
    assert told.counts == Counts(read=1, new=1, letters_in=1)
    assert sum(b"BODY.PEEK[]" in one for one in heard) == 1


@pytest.mark.parametrize("size", [b"0", b"9" * 30, b"NIL", b"many"])
def test_size_that_no_mail_has_is_not_believed(book: Book, size: bytes) -> None:
    """The mail is kept, with the bytes that came of it as its size."""
    raw = mail("m1")
    said = fetched(1, raw).replace(b"RFC822.SIZE %d" % len(raw), b"RFC822.SIZE " + size)
    told, _ = read(book, FETCH=line(said))
    assert told.counts.new == 1
    ((length,),) = book._tables.rows("SELECT length FROM store_place WHERE owner_id = %(owner)s")
    assert length == len(raw)


def test_what_nobody_asked_for_is_kept_by_nobody(book: Book) -> None:
    """A server that says more than it was asked, with every answer: none of it outlives the next question."""
    chatter = b"".join(b"* CHATTER%c %s\r\n" % (65 + n, b"x" * 1_000) for n in range(4))
    say: Answer = lambda tag, asked: chatter + line()(tag, asked)  # noqa: E731 - an answer like all others
    with (
        serving(FETCH=say) as fake,
        Wire(Account("127.0.0.1", fake.port, Tls.NONE, "olga", "geheim")) as wire,
    ):
        wire.examine("INBOX")
        for _ in range(4):
            wire.fetch([1], ["FLAGS"])
        kept = wire._client._imap.untagged_responses
    assert {name: len(told) for name, told in kept.items()} == {f"CHATTER{one}": 1 for one in "ABCD"}


@pytest.mark.parametrize(
    "says",
    [(b"1 EXISTS", b"OK [UIDVALIDITY %d] so" % 10**30), (b"1 EXISTS", _SO, b"OK [UIDNEXT %d] next" % 10**30),
     (b"1 EXISTS", _SO, b"OK [HIGHESTMODSEQ %d] last" % 10**30), (b"%d EXISTS" % 10**30, _SO)],
    ids=["validity", "next", "modseq", "count"],
)  # fmt: skip
def test_number_that_counts_nothing_is_believed_by_nobody(says: tuple[bytes, ...]) -> None:
    """The memory could not keep it: the folder counts as one that the server does not open."""
    with (
        serving(EXAMINE=line(*says), STATUS=line(b"STATUS INBOX (MESSAGES %d)" % 10**30)) as fake,
        Line(Account("127.0.0.1", fake.port, Tls.NONE, "olga", "geheim")) as open_line,
    ):
        with pytest.raises(Turned):
            open_line.look("INBOX")
        assert open_line.glance("INBOX") is None


def test_password_goes_nowhere_without_tls(book: Book) -> None:
    """A host is asked by TLS unless the owner says otherwise; a server that speaks none hears no password."""
    with serving() as fake, pytest.raises(SourceError, match="does not speak TLS"):
        collect_mailbox(book, account(f"127.0.0.1:{fake.port}", "olga", "geheim"), owner=[OLGA], now=NOW)
    assert not any(b"geheim" in one for one in fake.heard)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a throw-away certificate for `localhost`, its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    made = ("openssl", "req", "-x509", *curve, "-nodes", "-days", "2", *names)
    subprocess.run([*made, "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.mark.parametrize(
    ("host", "is_trusted", "says"),
    [("localhost", True, ""), ("localhost", False, "not valid"), ("127.0.0.1", True, "not valid")],
)
def test_certificate_is_checked_before_the_password_is_said(
    book: Book, certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, is_trusted: bool, says: str
) -> None:
    """By whom nobody knows, or for another host: nothing is said; a good one, and the mailbox is read."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt" if is_trusted else os.devnull)
    with serving(context, SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        at = account(f"{host}:{fake.port}", "olga", "geheim")
        if says:
            with pytest.raises(SourceError, match=says):
                collect_mailbox(book, at, owner=[OLGA], now=NOW)
            assert fake.heard == []
        else:
            assert collect_mailbox(book, at, owner=[OLGA], now=NOW).counts.new == 1


@pytest.mark.parametrize("offers", [True, False])
def test_password_is_said_behind_starttls_only(
    book: Book, certificate: Path, monkeypatch: pytest.MonkeyPatch, offers: bool
) -> None:
    """Where the server begins in the open: without encryption it hears nothing but the question for it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    offered = line(b"CAPABILITY IMAP4rev1 STARTTLS" if offers else b"CAPABILITY IMAP4rev1")
    tls = context if offers else None
    with serving(tls, CAPABILITY=offered, SEARCH=line(b"SEARCH 4"), FETCH=mails(4)) as fake:
        at = Account("localhost", fake.port, Tls.STARTTLS, "olga", "geheim")
        if offers:
            assert collect_mailbox(book, at, owner=[OLGA], now=NOW).counts.new == 1
        else:
            with pytest.raises(SourceError, match="does not speak TLS"):
                collect_mailbox(book, at, owner=[OLGA], now=NOW)
    words = [one.split()[1] for one in fake.heard]
    assert b"LOGIN" not in words[: words.index(b"STARTTLS")] if offers else words == [b"CAPABILITY"]
