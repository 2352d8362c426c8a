"""LinkedIn's exports of all eras: the same people, messages and turns, however they are written."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from anlass.intake import SetAside
from anlass.ledger import EncounterKind, TieLevel, tie_of
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources import Bearings, NoTrace
from anlass.sources.linkedin import Invitation, LinkedIn, invitations
from tests.fuzz.torture import longest

ERAS = Path(__file__).parents[2] / "networks" / "linkedin"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@home.example"}), NOW)
IN, OUT = EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT
Told = Trace | NoTrace | SetAside
ERIKA = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/erika-b")
JUERGEN = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/j%c3%bcrgen-m")
NORA = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/nora-s")
KAI = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/kai-f")


def read(path: Path) -> list[Told]:
    """Return what LinkedIn's source tells of a file."""
    return list(LinkedIn().read(str(path), BEARINGS))


def traces(path: Path) -> list[Trace]:
    """Return the traces alone."""
    return [one for one in read(path) if isinstance(one, Trace)]


def packed(folder: Path, into: Path) -> Path:
    """Pack a folder as LinkedIn does."""
    path = into / "Basic_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in sorted(folder.iterdir()):
            zipped.write(file, file.name)
    return path


def said(one: Trace) -> tuple[str, Address | None, EncounterKind, int, bool, bool]:
    """Return what a message's trace says, in short."""
    (met,) = one.encounters
    return (
        one.name,
        one.addresses[0] if one.addresses else None,
        met.kind,
        met.others,
        met.is_turn,
        met.is_proven,
    )


def test_contacts_of_the_first_era_have_names_and_sometimes_an_address() -> None:
    """No notes, no profiles; a contact is no encounter, the day is kept."""
    told = traces(ERAS / "2020" / "Connections.csv")
    assert [
        (one.name, [str(a) for a in one.addresses], one.about, one.since, one.encounters) for one in told
    ] == [
        (
            "Erika Beispiel, PhD",
            ["erika@beispiel.example"],
            "CTO, Muster & Co, GmbH",
            datetime(2018, 2, 8, tzinfo=UTC),
            (),
        ),
        ("Kai Falk", [], "Redakteur, Falk AG", datetime(2019, 3, 17, tzinfo=UTC), ()),
        ("Kai Falk", [], "Lotse, Anderswo", datetime(2019, 3, 18, tzinfo=UTC), ()),
    ]
    assert [one.place for one in told] == [f"Connections.csv, line {line}" for line in (2, 3, 4)]


def test_notes_above_the_header_and_hidden_contacts() -> None:
    """From 2021 on there is a note above; contacts that show nothing but a date are counted."""
    told = read(ERAS / "2022" / "Connections.csv")
    assert [type(one).__name__ for one in told] == ["Trace", "NoTrace"]
    assert told[1] == NoTrace("Connections.csv, line 6", "hidden")


def test_contacts_with_profiles_never_learn_the_network_s_own_address() -> None:
    """From 2023 on there are profiles; relay addresses are nobody's."""
    told = traces(ERAS / "2024" / "Connections.csv")
    assert [[str(address) for address in one.addresses] for one in told] == [
        ["https://www.linkedin.com/in/erika-b", "erika@beispiel.example"],
        ["https://www.linkedin.com/in/j%c3%bcrgen-m"],
    ]


def test_latest_contacts_need_no_newline_at_the_end() -> None:
    """The last row comes though the file ends in it; months in German and formulas are what they are."""
    told = traces(ERAS / "2026" / "Connections.csv")
    assert [(one.name, one.since.day if one.since else None) for one in told] == [
        ("Erika Beispiel, PhD", 8),
        ("Jürgen Müßig", 1),
        ('=HYPERLINK("x") Formel', 1),
        ("Nora Still", 5),
    ]


@pytest.mark.parametrize("era", ["2020", "2022"])
def test_messages_without_recipients_profiles(era: str) -> None:
    """A bare name is whom the conversation knows by it; without a profile somebody is known there alone."""
    assert [said(one) for one in traces(ERAS / era / "messages.csv")] == [
        ("Erika Beispiel, PhD", ERIKA_2020, OUT, 1, True, True),
        ("Erika Beispiel, PhD", ERIKA_2020, IN, 1, False, True),
        ("Nora Still", Address(AddressKind.OTHER, "linkedin:6-b:nora still"), OUT, 1, False, True),
        ("Kai Falk", KAI, IN, 3, False, True),
    ]


ERIKA_2020 = ERIKA


def test_messages_with_recipients_profiles_groups_drafts_and_attachments() -> None:
    """Groups weigh by heads and hold no turn; a draft and a bare attachment are no letters."""
    told = read(ERAS / "2024" / "messages.csv")
    assert [said(one) for one in told if isinstance(one, Trace)] == [
        ("Erika Beispiel, PhD", ERIKA, OUT, 1, True, True),
        ("Erika Beispiel, PhD", ERIKA, IN, 1, False, True),
        ("", JUERGEN, OUT, 1, False, True),  # two names and one profile: nobody can tell whose it is
        ("Erika Beispiel, PhD", ERIKA, OUT, 2, False, True),
        ("Jürgen Müßig", JUERGEN, OUT, 2, False, True),
        ("Jürgen Müßig", JUERGEN, IN, 2, False, True),
    ]
    assert [(one.place, one.reason) for one in told if isinstance(one, NoTrace)] == [
        ("messages.csv, line 7", "draft"),
        ("messages.csv, line 8", "no_words"),
    ]


def test_latest_messages_quote_everything_and_break_lines() -> None:
    """Line breaks in a message are no rows; advertising, spam and lost accounts are nobody's letter."""
    told = read(ERAS / "2026" / "messages.csv")
    assert [one.place if isinstance(one, Trace) else getattr(one, "reason", "") for one in told] == [
        "messages.csv, line 2",
        "messages.csv, line 4",
        "sponsored",
        "account_gone",
        "spam",
    ]


def test_evidence_names_the_archive_the_file_and_the_line(tmp_path: Path) -> None:
    """In a zip the rows say in which file of it they stand; nothing of a message's words is kept."""
    told = traces(packed(ERAS / "2026", tmp_path))
    (met,) = told[-1].encounters
    assert met.source == "linkedin:Basic_LinkedInDataExport_11-20-2026.zip: messages.csv, line 4"
    assert (met.where, met.when) == ("LinkedIn", datetime(2026, 2, 8, 9, tzinfo=UTC))
    assert "Freitag" not in repr(told)


@pytest.mark.parametrize("era", ["2020", "2022", "2024", "2026"])
def test_zip_and_folder_tell_the_same(era: str, tmp_path: Path) -> None:
    """What was downloaded and what was unpacked differ in places only."""
    path = packed(ERAS / era, tmp_path)
    zipped = [(one.name, one.addresses, [met.id for met in one.encounters]) for one in traces(path)]
    loose = [
        (one.name, one.addresses, [met.id for met in one.encounters])
        for file in sorted((ERAS / era).iterdir())
        for one in traces(file)
    ]
    assert zipped == loose
    assert LinkedIn().knows(str(path), path.read_bytes()[:16_384])
    assert all(LinkedIn().knows(str(file), file.read_bytes()[:16_384]) for file in (ERAS / era).iterdir())


def test_same_message_in_two_eras_is_one_encounter() -> None:
    """An archive asked for again years later adds nothing that was there."""
    early, late = (
        [
            met.id
            for one in traces(ERAS / era / "messages.csv")
            if ERIKA in one.addresses
            for met in one.encounters
        ]
        for era in ("2020", "2024")
    )
    assert early[:2] == late[:2]


def test_other_files_of_an_export_are_known_and_hold_nobody(tmp_path: Path) -> None:
    """Skills and receipts are no broken mail; without an export around them they are anybody's."""
    (tmp_path / "Skills.csv").write_bytes(b"Name\nPosaune\n")
    assert not LinkedIn().knows(str(tmp_path / "Skills.csv"), b"Name\nPosaune\n")
    (tmp_path / "Connections.csv").write_bytes((ERAS / "2020" / "Connections.csv").read_bytes())
    assert LinkedIn().knows(str(tmp_path / "Skills.csv"), b"Name\nPosaune\n")
    assert read(tmp_path / "Skills.csv") == [NoTrace("Skills.csv", "other_file")]


def test_invitations_are_values_for_later_and_no_encounters() -> None:
    """Their words are kept word for word, history passes over them."""
    path = ERAS / "2024" / "Invitations.csv"
    assert [one.reason for one in read(path) if isinstance(one, NoTrace)] == ["invitation"] * 2
    olga = Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/olga-m")
    assert list(invitations(io.BytesIO(path.read_bytes()), NOW)) == [
        Invitation(
            "Max Muster",
            Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/max-muster"),
            is_incoming=True,
            sent_at=datetime(2024, 3, 5, 1, 45, tzinfo=UTC),
            text="Hallo, wir saßen im Panel\nnebeneinander …",
            line=2,
            own_profile=olga,
        ),
        Invitation(
            "Ruth Rat",
            Address(AddressKind.LINKEDIN, "https://www.linkedin.com/in/ruth-r"),
            is_incoming=False,
            sent_at=datetime(2024, 3, 6, 23, 5, tzinfo=UTC),
            text="",
            line=4,
            own_profile=olga,
        ),
    ]


HEAD = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n"


def talk(folder: Path, *rows: tuple[str, str, str, str]) -> list[Trace]:
    """Return the traces of messages given as conversation, sender, recipient and date, without a profile."""
    lines = [
        f"{number},{sender},https://www.linkedin.com/in/{sender.lower()},{to},https://www.linkedin.com/in/{to.lower()},"
        f"{date},Hallo\n"
        for number, sender, to, date in rows
    ]
    (folder / "messages.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    return traces(folder / "messages.csv")


def test_owner_without_a_profile_is_who_takes_part_in_most_conversations(tmp_path: Path) -> None:
    """With messages alone, the one who is in all of it is the owner."""
    told = talk(
        tmp_path,
        ("1", "Kai", "Olga", "2026-01-01 10:00:00 UTC"),
        ("2", "Olga", "Nora", "2026-01-02 10:00:00 UTC"),
    )
    assert [(one.name, one.encounters[0].kind) for one in told] == [("Kai", IN), ("Nora", OUT)]


def test_rows_are_set_aside_where_nobody_can_tell_who_the_owner_is(tmp_path: Path) -> None:
    """One conversation of two: it may be either, so nothing is guessed."""
    assert talk(tmp_path, ("1", "Kai", "Olga", "2026-01-01 10:00:00 UTC")) == []
    (aside,) = read(tmp_path / "messages.csv")
    assert isinstance(aside, SetAside)
    assert (aside.reason, aside.origin.offset, aside.says) == (
        "no_owner", 2, "It cannot be told which of these people is you (line 2).",
    )  # fmt: skip


def test_namesake_who_writes_to_the_owner_is_somebody_else(tmp_path: Path) -> None:
    """Two profiles of one name that talk with each other are two people."""
    (tmp_path / "Profile.csv").write_text("First Name,Last Name\nOlga,Muster\n")
    url = "https://www.linkedin.com/in/"
    row = "{},Olga Muster," + url + "{},{}," + url + "{},2026-01-0{} 10:00 UTC,Hallo\n"
    (tmp_path / "messages.csv").write_text(
        HEAD
        + row.format(1, "olga-m", "Kai", "kai", 1)
        + row.format(2, "other-olga", "Olga Muster", "olga-m", 2)
        + row.format(3, "olga-old", "Nora", "nora", 3)
    )
    assert [(str(one.addresses[0]), one.encounters[0].kind) for one in traces(tmp_path / "messages.csv")] == [
        ("https://www.linkedin.com/in/kai", OUT),
        ("https://www.linkedin.com/in/other-olga", IN),
        ("https://www.linkedin.com/in/nora", OUT),
    ]


def test_exchange_on_two_occasions_makes_people_in_touch(tmp_path: Path) -> None:
    """One conversation that rests for a month holds two threads; three turns in them are being in touch."""
    (tmp_path / "Profile.csv").write_text("First Name,Last Name\nOlga,\n")
    days = [("Kai", "Olga", "01-01"), ("Olga", "Kai", "01-02"), ("Kai", "Olga", "01-03"),
            ("Kai", "Olga", "04-01"), ("Olga", "Kai", "04-02")]  # fmt: skip
    told = talk(
        tmp_path, *((("1", sender, to, f"2026-{day} 10:00:00 UTC")) for sender, to, day in reversed(days))
    )
    tie = tie_of([met for one in told for met in one.encounters], at=NOW)
    assert (tie.messages_in, tie.messages_out, tie.turns, tie.threads) == (3, 2, 3, 2)
    assert tie.level is TieLevel.IN_TOUCH
    assert (tie.mails_in, tie.mails_out, tie.proven) == (0, 0, 0)


def test_stranger_who_writes_often_is_no_friend(tmp_path: Path) -> None:
    """Messages that the owner never answered make nobody known."""
    (tmp_path / "Profile.csv").write_text("First Name,Last Name\nOlga,\n")
    told = talk(tmp_path, *((str(n), "Kai", "Olga", f"2026-01-{n:02} 10:00:00 UTC") for n in range(1, 20)))
    assert tie_of([met for one in told for met in one.encounters], at=NOW).level is TieLevel.STRANGER


@pytest.mark.slow  # a hundred thousand rows
def test_hundred_thousand_rows_all_come(tmp_path: Path) -> None:
    """A long life on the network is read in seconds, every row of it."""
    rows = "".join(
        f"{n % 900},P {n % 900},https://www.linkedin.com/in/p{n % 900},Olga,https://www.linkedin.com/in/olga,"
        f"2025-02-{n % 28 + 1:02} 09:{n % 60:02}:00 UTC,Hallo\n"
        for n in range(100_000)
    )
    (tmp_path / "messages.csv").write_text(HEAD + rows)
    began = process_time()
    assert len(traces(tmp_path / "messages.csv")) == 100_000
    assert process_time() - began < 20 * longest()
