"""Reading an archive into the ledger: what counts, who the owner is, what a second run does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.history.collecting import Counts, Pace, collect
from anlass.errors import NotFound, UserError
from anlass.ledger import TieLevel
from anlass.store.book import Book

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLGA, WORK = "olga@home.example", "brandt@verlag.example"
KAI, EVA, HOHL = "kai@falk.example", "eva@falk.example", "h@hohl.example"
SERVER = "mx.home.example"


class Archive:
    """A Maildir++ that grows mail by mail."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._count = 0

    def put(
        self, sender: str, to: str, id_: str, *, folder: str = "", body: str = "Worte.", **headers: str
    ) -> Path:
        """Write one mail into a folder and return its file."""
        self._count += 1
        place = self.path / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        head = {
            "From": sender,
            "To": to,
            "Date": f"Mon, 02 Mar 2026 10:{self._count:02}:00 +0000",
            "Message-ID": f"<{id_}@x.example>",
            "Subject": "Das Buch",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        lines = [f"{name}: {value}" for name, value in head.items() if value]
        file = place / "cur" / f"{self._count:04}.host:2,S"
        file.write_text("\n".join([*lines, "", body, ""]))
        return file

    def thread(self) -> None:
        """Write question, answer and thanks between Kai and Olga."""
        self.put(f"Kai Falk <{KAI}>", OLGA, "k1")
        self.put(f"Olga <{OLGA}>", KAI, "o1", folder=".Sent", In_Reply_To="<k1@x.example>")
        self.put(f"Kai Falk <{KAI}>", OLGA, "k2", In_Reply_To="<o1@x.example>")


@pytest.fixture
def mail(tmp_path: Path) -> Archive:
    """Return an empty archive."""
    return Archive(tmp_path / "Maildir")


def shared(book: Book) -> dict[str, tuple[int, int, int, int]]:
    """Return for every address: letters in, letters out, turns, proven ones."""
    return {
        line.person.addresses[0].value: (
            line.tie.mails_in,
            line.tie.mails_out,
            line.tie.turns,
            line.tie.proven,
        )
        for line in book.people(at=NOW)
    }


def test_what_counts_is_what_humans_wrote_to_each_other(book: Book, mail: Archive) -> None:
    """The table of what counts, mail by mail."""
    mail.thread()
    mail.put(HOHL, OLGA, "h1")
    vouched = f"{SERVER}; dmarc=pass header.from=falk.example"
    mail.put(EVA, OLGA, "e1", Authentication_Results=vouched)
    mail.put(EVA, OLGA, "e2", Authentication_Results=vouched.replace("pass", "fail"))
    mail.put(EVA, "team@verlag.example", "e3")
    mail.put("l@list.example", "all@list.example", "l1", List_Post="<mailto:all@list.example>", List_Id="x")
    mail.put(
        "Lars via All <all@list.example>",
        "all@list.example",
        "l2",
        List_Post="<mailto:all@list.example>",
        Reply_To="Lars <lars@list.example>",
        List_Id="<all.list.example>",
    )
    mail.put("no-reply@shop.example", OLGA, "r1")
    mail.put("MAILER-DAEMON@x.example", OLGA, "b1", Return_Path="<>")
    mail.put("dr@praxis.example", OLGA, "a1", Auto_Submitted="auto-replied")
    mail.put(OLGA, HOHL, "auto", folder=".Sent", Auto_Submitted="auto-replied")
    mail.put(HOHL, OLGA, "h2", In_Reply_To="<auto@x.example>")
    mail.put(OLGA, "all@list.example, nora@x.example", "o9", folder=".Sent")
    mail.put(HOHL, OLGA, "j1", folder=".Junk")
    mail.put(OLGA, EVA, "d1", folder=".Entw&APw-rfe")
    collected = collect(book, [mail.path], now=NOW)
    assert collected.owner_addresses == {OLGA}
    assert collected.trusted == {SERVER}
    assert shared(book) == {
        KAI: (2, 1, 2, 3),
        HOHL: (2, 0, 0, 0),
        EVA: (2, 0, 0, 1),
        "l@list.example": (0, 0, 0, 0),
        "lars@list.example": (0, 0, 0, 0),
        "dr@praxis.example": (0, 0, 0, 0),
        "nora@x.example": (0, 0, 0, 0),
    }


def test_letters_that_only_claim_to_be_the_owners_prove_nothing(book: Book, mail: Archive) -> None:
    """Anybody can write the owner's address into From; what the provider delivered, it must vouch for."""
    vouched = f"{SERVER}; dmarc=pass header.from=hohl.example"
    doubted = {
        "denied": f"{SERVER}; dmarc=fail header.from=home.example",
        "unsaid": f"{SERVER}; spf=softfail smtp.mailfrom=hohl.example; dmarc=none",
    }
    for id_, results in doubted.items():
        mail.put(f"Olga <{OLGA}>", HOHL, id_, Authentication_Results=results)
        mail.put(HOHL, OLGA, f"re-{id_}", In_Reply_To=f"<{id_}@x.example>", Authentication_Results=vouched)
    mail.put(f"Olga <{OLGA}>", EVA, "mine", Authentication_Results=f"{SERVER}; auth=pass smtp.auth={OLGA}")
    collect(book, [mail.path], owner=[OLGA], now=NOW)
    assert shared(book) == {EVA: (0, 1, 0, 1), HOHL: (2, 0, 0, 2)}
    assert book.sent_ids(["denied@x.example", "unsaid@x.example", "mine@x.example"]) == {"mine@x.example"}


def test_doubts_about_own_letters_end_with_the_belief_in_the_server(book: Book, mail: Archive) -> None:
    """Where the server turns out not to be the owner's, its word counts no more, and nothing is lost."""
    mail.put(f"Olga <{OLGA}>", EVA, "o1", Authentication_Results="mx.list.example; dmarc=fail")
    collect(book, [mail.path], owner=[OLGA], now=NOW)
    assert shared(book) == {EVA: (0, 0, 0, 0)}
    for n in range(20):
        mail.put(KAI, OLGA, f"k{n}", Authentication_Results=f"{SERVER}; dmarc=pass header.from=falk.example")
    collect(book, [mail.path], now=NOW)
    assert shared(book) == {EVA: (0, 1, 0, 1), KAI: (20, 0, 0, 20)}


def test_second_run_reads_only_what_is_new(book: Book, mail: Archive) -> None:
    """Unchanged files are not opened again; a new letter and a new mbox are."""
    mail.thread()
    first = collect(book, [mail.path], now=NOW).counts
    assert first == Counts(read=3, new=3, letters_in=2, letters_out=1)
    assert collect(book, [mail.path], now=NOW).counts == Counts(unchanged=3)
    mail.put(KAI, OLGA, "k3")
    assert collect(book, [mail.path], now=NOW).counts == Counts(read=1, new=1, letters_in=1, unchanged=3)
    assert shared(book)[KAI] == (3, 1, 2, 3)


def test_moved_and_renamed_mails_are_followed_and_deleted_ones_did_happen(book: Book, mail: Archive) -> None:
    """A mail that was flagged, filed or thrown away keeps its place in the ledger once."""
    mail.thread()
    moved, gone = mail.put(KAI, OLGA, "k3"), mail.put(KAI, OLGA, "k4")
    collect(book, [mail.path], now=NOW)
    before = shared(book)
    (mail.path / ".Archiv" / "cur").mkdir(parents=True)
    there = moved.rename(mail.path / ".Archiv" / "cur" / "9999.host:2,RS")
    gone.unlink()
    counts = collect(book, [mail.path], now=NOW).counts
    assert (counts.new, counts.copies, counts.unchanged) == (0, 1, 3)
    assert shared(book) == before
    person = book.people_named(KAI)[0]
    letters = {e.id: book.origins(e.id) for e in book.encounters_with(person)}
    assert sorted(len(places) for places in letters.values()) == [0, 1, 1, 1, 1]
    assert str(there) in {place.path for places in letters.values() for place in places}


def test_one_mail_in_three_folders_is_one_letter_and_two_of_one_name_are_two(
    book: Book, mail: Archive
) -> None:
    """Copies are known by their words, twins too."""
    for folder in ("", ".Archiv", ".Wichtig"):
        mail.put(KAI, OLGA, "same", folder=folder, Date="Mon, 02 Mar 2026 09:00:00 +0000")
    mail.put(KAI, OLGA, "same", body="Ganz andere Worte.", Date="Mon, 02 Mar 2026 09:00:00 +0000")
    counts = collect(book, [mail.path], owner=[OLGA], now=NOW).counts
    assert (counts.read, counts.new, counts.copies) == (4, 2, 2)
    assert shared(book) == {KAI: (2, 0, 0, 0)}


def test_grown_mbox_is_read_again_and_counted_once(book: Book, tmp_path: Path) -> None:
    """What was appended is new, and what lay before it is not."""
    begin = "From x Mon Mar  2 10:00:00 2026\n"
    mails = [
        f"{begin}From: {KAI}\nTo: {OLGA}\nDate: Mon, {day:02} Mar 2026 10:00:00 +0000\n"
        f"Message-ID: <k{day}@x>\n\nWorte.\n\n"
        for day in (2, 3, 4)
    ]
    box = tmp_path / "Archiv"
    box.write_text("".join(mails[:2]))
    assert collect(book, [box], owner=[OLGA], now=NOW).counts.new == 2
    assert collect(book, [box], owner=[OLGA], now=NOW).counts == Counts(unchanged=1)
    box.write_text("".join(mails))
    counts = collect(book, [box], owner=[OLGA], now=NOW).counts
    assert (counts.new, counts.copies) == (1, 2)
    assert shared(book) == {KAI: (3, 0, 0, 0)}


def test_what_cannot_be_read_is_named_and_kept(book: Book, mail: Archive) -> None:
    """A broken file stops nothing, and the book knows it and why."""
    mail.thread()
    (mail.path / "cur" / "broken").write_bytes(b"\0\1\2" * 100)
    (mail.path / "cur" / "empty").touch()
    collected = collect(book, [mail.path], now=NOW)
    named = {Path(one.origin.path).name: one.reason for one in collected.set_aside}
    assert named == {"broken": "binary", "empty": "empty"}
    assert {Path(one.origin.path).name: one.reason for one in book.all_set_aside()} == named
    assert collected.counts.set_aside == 2
    assert shared(book)[KAI] == (2, 1, 2, 3)


def test_letter_without_a_date_counts(book: Book, mail: Archive) -> None:
    """Whoever forgets the date has written all the same."""
    mail.put(KAI, OLGA, "k1", Date="")
    collect(book, [mail.path], owner=[OLGA], now=NOW)
    (line,) = book.people(at=NOW)
    assert (line.tie.mails_in, line.tie.first) == (1, None)


def test_owner_is_found_by_labels_where_there_is_no_sent_folder(book: Book, tmp_path: Path) -> None:
    """Gmail's export is one file; its labels say what was sent."""
    label = "X-Gmail-Labels: Gesendet\n"
    mails = [(label, OLGA, KAI), (label, WORK, KAI), ("", KAI, OLGA), ("", KAI, OLGA), ("", KAI, WORK)]
    text = "".join(
        f"From x Mon Mar  2 10:00:00 2026\n{head}From: {sender}\nTo: {to}\nMessage-ID: <{n}@x>\n\nWorte.\n\n"
        for n, (head, sender, to) in enumerate(mails)
    )
    (tmp_path / "Alle").write_text(text)
    assert collect(book, [tmp_path / "Alle"], now=NOW).owner_addresses == {OLGA, WORK}
    assert shared(book) == {KAI: (3, 2, 0, 2)}


def test_owner_is_who_writes_and_is_written_to_most(book: Book, tmp_path: Path) -> None:
    """Without folders and labels, the one who stands in all of it is the owner."""
    letters = [(KAI, OLGA), (OLGA, KAI), (EVA, OLGA), (OLGA, EVA), (HOHL, OLGA), (OLGA, HOHL)]
    for n, (sender, to) in enumerate(letters):
        (tmp_path / f"{n}.eml").write_text(f"From: {sender}\nTo: {to}\nMessage-ID: <{n}@x>\n\nWorte.\n")
    assert collect(book, [tmp_path], now=NOW).owner_addresses == {OLGA}


def test_unclear_owner_is_asked_for_and_nothing_is_written(book: Book, tmp_path: Path) -> None:
    """Two who write to each other might be either; the error says what to do."""
    for n, (sender, to) in enumerate([(KAI, OLGA), (OLGA, KAI)]):
        (tmp_path / f"{n}.eml").write_text(f"From: {sender}\nTo: {to}\nMessage-ID: <{n}@x>\n\nWorte.\n")
    with pytest.raises(UserError, match="not clear whose mail this is") as unclear:
        collect(book, [tmp_path], now=NOW)
    assert "--owner ADDRESS" in unclear.value.hint
    assert not book.has_letters()


def test_wrong_addresses_and_missing_paths_are_named_all_at_once(book: Book, tmp_path: Path) -> None:
    """Every problem is said, none of them later."""
    with pytest.raises(UserError) as wrong:
        collect(book, [tmp_path], owner=["olga", OLGA, "@"], now=NOW)
    assert [one.says for one in wrong.value.problems] == [
        "'olga' is no mail address.",
        "'@' is no mail address.",
    ]
    with pytest.raises(NotFound) as missing:
        collect(book, [tmp_path / "a", tmp_path / "b"], now=NOW)
    assert [one.where for one in missing.value.problems] == [str(tmp_path / "a"), str(tmp_path / "b")]


def test_second_address_of_the_owner_named_later_turns_its_letters_around(book: Book, mail: Archive) -> None:
    """What was read before the owner named the address is read anew, and counts as the owner's."""
    mail.thread()
    mail.put(WORK, KAI, "w1", In_Reply_To="<k2@x.example>")
    collect(book, [mail.path], now=NOW)
    assert shared(book)[WORK] == (1, 0, 0, 0)
    collect(book, [mail.path], owner=[WORK], now=NOW)
    assert shared(book) == {KAI: (2, 2, 3, 4)}
    (line,) = book.people(at=NOW)
    assert line.tie.level is TieLevel.ACQUAINTED


def test_progress_is_told_as_it_goes(book: Book, mail: Archive) -> None:
    """Whoever waits sees it move, to the end."""
    for n in range(5):
        mail.put(KAI, OLGA, f"k{n}")
    told: list[int] = []
    collect(book, [mail.path], owner=[OLGA], now=NOW, progress=told.append, pace=Pace(batch=2))
    assert told == sorted(told)
    assert told[-1] == sum(file.stat().st_size for file in mail.path.glob("cur/*"))
