"""What networks and blogs export, in the ledger beside mail: told once, joined by what can be believed."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.desk.history.collecting import Collected, collect
from anlass.desk.surface import ledger_line
from anlass.ledger import EncounterKind, TieLevel
from anlass.store.book import Book, LedgerLine
from tests.contract.conftest import NewBook

NETWORKS = Path(__file__).parents[1] / "networks"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = "olga@home.example"
ERIKA, JUERGEN = "https://www.linkedin.com/in/erika-b", "https://www.linkedin.com/in/j%c3%bcrgen-m"


def run(book: Book, *paths: Path) -> Collected:
    """Collect these as Olga's."""
    return collect(book, paths, owner=[ME], now=NOW)


def at(book: Book, address: str) -> LedgerLine:
    """Return the line of who has this address."""
    (line,) = (one for one in book.people(at=NOW) if address in {a.value for a in one.person.addresses})
    return line


def packed(folder: Path, into: Path) -> Path:
    """Pack an era's folder as LinkedIn does."""
    path = into / "Basic_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for file in sorted(folder.iterdir()):
            zipped.write(file, file.name)
    return path


def test_linkedin_archive_flows_into_the_ledger(book: Book, tmp_path: Path) -> None:
    """Contacts and messages are one person, two people in one group message stay two."""
    collected = run(book, packed(NETWORKS / "linkedin" / "2024", tmp_path))
    assert (collected.counts.entries, collected.counts.encounters, collected.set_aside) == (13, 6, ())
    erika, juergen = at(book, ERIKA), at(book, JUERGEN)
    assert {one.value for one in erika.person.addresses} == {ERIKA, "erika@beispiel.example"}
    assert {one.value for one in juergen.person.addresses} == {JUERGEN}
    assert (erika.tie.messages_in, erika.tie.messages_out, erika.tie.turns, erika.tie.threads) == (1, 2, 1, 2)
    assert (juergen.tie.messages_in, juergen.tie.messages_out, juergen.tie.turns) == (1, 2, 0)
    assert (erika.tie.mails_in, erika.tie.mails_out, erika.tie.proven) == (0, 0, 0)
    assert erika.tie.level is TieLevel.ACQUAINTED


def test_archive_read_again_older_newer_packed_and_unpacked_counts_once(
    new_book: NewBook, tmp_path: Path
) -> None:
    """The same messages from several archives are the same encounters, in whatever order they come."""
    older = tmp_path / "older"
    shutil.copytree(NETWORKS / "linkedin" / "2020", older)
    paths = [older, NETWORKS / "linkedin" / "2024", packed(NETWORKS / "linkedin" / "2024", tmp_path)]
    ledgers = []
    for order in (paths, paths[::-1], [*paths, *paths]):
        book = new_book()
        for path in order:
            run(book, path)
        tie = at(book, ERIKA).tie
        ledgers.append((tie, {line.person.id for line in book.people(at=NOW)}))
    assert ledgers[0] == ledgers[1] == ledgers[2]
    assert (ledgers[0][0].messages_in, ledgers[0][0].messages_out) == (1, 2)


def test_unchanged_archive_is_not_read_again(book: Book, tmp_path: Path) -> None:
    """A second run knows the zip by its looks."""
    path = packed(NETWORKS / "linkedin" / "2024", tmp_path)
    run(book, path)
    again = run(book, path)
    assert (again.counts.entries, again.counts.unchanged) == (0, 1)


def test_mail_and_network_are_one_person_where_the_network_names_the_address(
    book: Book, tmp_path: Path
) -> None:
    """A letter and messages of one person stand in one line, each counted as what it is."""
    (tmp_path / "1.eml").write_text(
        f"From: Erika <erika@beispiel.example>\nTo: {ME}\nMessage-ID: <1@x.example>\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0000\nSubject: Hallo\n\nWorte.\n"
    )
    run(book, tmp_path, NETWORKS / "linkedin" / "2024")
    line = at(book, ERIKA)
    told = ledger_line(line.person, line.tie, "de")
    assert {
        name: told[name] for name in ("mails_in", "mails_out", "messages_in", "messages_out", "last")
    } == {
        "mails_in": 1,
        "mails_out": 0,
        "messages_in": 1,
        "messages_out": 2,
        "last": "2026-03-02T10:00:00Z",
    }


def test_every_number_opens_into_its_encounters(book: Book) -> None:
    """Each message can be opened: archive, file and line, and where it came through."""
    run(book, NETWORKS / "linkedin" / "2024")
    met = book.encounters_with(at(book, ERIKA).person)
    assert [(one.kind, one.source, one.where) for one in met] == [
        (EncounterKind.MESSAGE_IN, "linkedin:messages.csv, line 3", "LinkedIn"),
        (EncounterKind.MESSAGE_OUT, "linkedin:messages.csv, line 2", "LinkedIn"),
        (EncounterKind.MESSAGE_OUT, "linkedin:messages.csv, line 5", "LinkedIn"),
    ]


def test_blog_skype_and_xing_flow_into_the_ledger(book: Book) -> None:
    """An answered comment, a held call, and a name on a list."""
    collected = run(book, NETWORKS / "wordpress", NETWORKS / "skype", NETWORKS / "xing")
    assert [one.reason for one in collected.set_aside] == ["nobody"]
    commented, called = at(book, "kai@falk.example").tie, at(book, "skype:live:kai").tie
    assert (commented.messages_in, commented.messages_out, commented.turns) == (2, 1, 1)
    assert (called.meetings, called.places, called.turns) == (1, ("Skype",), 1)
    assert called.level is TieLevel.IN_TOUCH
    listed = at(book, "https://www.xing.com/profile/erika_beispiel")
    assert (listed.person.name, listed.tie.level) == ("Erika Beispiel", TieLevel.STRANGER)


def test_archive_that_lost_messages_takes_back_what_nobody_else_tells(book: Book, tmp_path: Path) -> None:
    """A file is told as a whole: what it tells no more is gone, unless another archive tells it too."""
    path = tmp_path / "messages.csv"
    shutil.copy(NETWORKS / "linkedin" / "2024" / "Profile.csv", tmp_path)
    whole = (NETWORKS / "linkedin" / "2024" / "messages.csv").read_text().splitlines(keepends=True)
    path.write_text("".join(whole))
    run(book, tmp_path)
    assert at(book, ERIKA).tie.messages_out == 2
    path.write_text("".join(whole[:3]))
    run(book, tmp_path)
    assert at(book, ERIKA).tie.messages_out == 1


def test_archive_without_any_mail_asks_for_no_address(book: Book, tmp_path: Path) -> None:
    """Who the owner is stands in the export itself; their mail address is found when mail comes."""
    collected = collect(book, [packed(NETWORKS / "linkedin" / "2024", tmp_path)], now=NOW)
    assert (collected.owner_addresses, collected.counts.encounters) == (frozenset(), 6)


def test_messages_are_read_again_when_the_profile_comes_beside_them(book: Book, tmp_path: Path) -> None:
    """A single file of one conversation cannot tell who is who; a profile beside it can."""
    rows = (NETWORKS / "linkedin" / "2024" / "messages.csv").read_text().splitlines(keepends=True)
    (tmp_path / "messages.csv").write_text("".join(rows[:3]))
    assert [one.reason for one in run(book, tmp_path).set_aside] == ["no_owner", "no_owner"]
    shutil.copy(NETWORKS / "linkedin" / "2024" / "Profile.csv", tmp_path)
    assert run(book, tmp_path).counts.encounters == 2


@pytest.mark.slow  # thousands of rows into a database
def test_long_export_is_written_in_parts(book: Book, tmp_path: Path) -> None:
    """Thousands of messages come, each once."""
    talk = [
        {
            "id": str(n),
            "originalarrivaltime": f"2019-05-{n % 28 + 1:02}T18:{n // 28 % 60:02}:00Z",
            "messagetype": "Text",
            "content": "Hallo",
            "conversationid": "8:live:kai",
            "from": ("8:live:kai", "8:olga")[n % 2],
        }
        for n in range(3_000)
    ]
    export = {"userId": "8:olga", "exportDate": "", "conversations": [{"MessageList": talk}]}
    (tmp_path / "messages.json").write_text(json.dumps(export))
    assert run(book, tmp_path).counts.encounters == 3_000
    tie = at(book, "skype:live:kai").tie
    assert (tie.messages_in, tie.messages_out) == (1_500, 1_500)
    assert tie.turns <= 56
