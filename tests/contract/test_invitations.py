"""Invitations in LinkedIn's archives: of every era a case each, once, and no case where nobody asks."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.bootstrap import make_doorman
from anlass.config import Settings
from anlass.desk.history.collecting import collect
from anlass.desk.requests.invitations import screen_invitations
from anlass.desk.requests.judging import Bench
from anlass.desk.requests.screening import Judged
from anlass.doorman import Doorman
from anlass.intake import Channel, Mark, Recipient, SetAside
from anlass.ledger import EncounterKind
from anlass.people import profile_address
from anlass.store.book import Book, CaseState

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = Recipient("Olga Muster")
WORDS = "Hallo, wir saßen im Panel\nnebeneinander und sprachen über Lesereihen."
DEFAULT = "I'd like to join your LinkedIn network."
_URLS = "https://www.linkedin.com/in/max-muster,https://www.linkedin.com/in/olga-m"
_BACK = "https://www.linkedin.com/in/olga-m,https://www.linkedin.com/in/ruth-r"
_LATER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
ERAS = {
    "until 2021": ("From,To,Sent At,Message,Direction", "", ""),
    "until 2023": ("From,To,Sent At,Message,Direction", "", ""),
    "until 2025": (_LATER, f",{_URLS}", f",{_BACK}"),
    "2026": (_LATER, f",{_URLS}", f",{_BACK}"),
}


@pytest.fixture(scope="module")
def doorman(tmp_path_factory: pytest.TempPathFactory) -> Doorman:
    """Return the doorman of a house without settings."""
    return make_doorman(Settings(tmp_path_factory.mktemp("house")), "de")[0]


def archive(folder: Path, era: str, *, text: str = WORDS, connected: bool = False, sent: str = "") -> Path:
    """Write an archive of an era, packed as LinkedIn packs it."""
    head, came, went = ERAS[era]
    rows = [
        head,
        f'Max Muster,Olga Muster,"3/5/26, 1:45\u202fAM","{text}",INCOMING{came}',
        f'Olga Muster,Ruth Rat,"3/6/26, 11:05 PM","{sent}",OUTGOING{went}',
    ]
    if era == "2026":
        rows = [",".join(f'"{part}"' for part in head.split(",")), *rows[1:]]
    people = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    if connected:
        people += "Max,Muster,https://www.linkedin.com/in/max-muster,,AG,CTO,08 Mar 2026\n"
    path = folder / "Basic_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("Invitations.csv", "\n".join(rows) + "\n")
        zipped.writestr("Connections.csv", people)
    return path


def screened(book: Book, doorman: Doorman, path: Path, **more: object) -> list[Judged]:
    """Collect and screen an archive; nothing in it may be set aside."""
    collect(book, [path], owner=["olga@home.example"], now=NOW)
    found = list(screen_invitations(Bench(book, doorman, NOW), ME, [path], **more))  # type: ignore[arg-type]
    assert [one for one in found if isinstance(one, SetAside)] == []
    return [one for one in found if isinstance(one, Judged)]


@pytest.mark.parametrize("era", ERAS)
def test_an_invitation_of_every_era_becomes_a_case_once(
    book: Book, doorman: Doorman, tmp_path: Path, era: str
) -> None:
    """Words, moment and who asks come over; the second run knows it; what the owner sent is no case."""
    path = archive(tmp_path, era)
    (first,) = screened(book, doorman, path)
    request = first.case.request
    assert (first.is_new, request.channel, request.text) == (True, Channel.LINKEDIN, WORDS)
    assert request.arrived == datetime(2026, 3, 5, 1, 45, tzinfo=UTC)
    assert request.requester.name == "Max Muster"
    has_profile = "inviter" in ERAS[era][0]
    profile = profile_address("https://www.linkedin.com/in/max-muster") if has_profile else None
    assert request.requester.address == profile
    (again,) = screened(book, doorman, path)
    assert (again.is_new, again.case.request.id) == (False, request.id)
    assert book.cases().total == 1


def test_a_name_is_the_same_with_joiners_and_without(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """Archives without profiles name whoever asks by the name alone: as it was kept before, once."""
    path = tmp_path / "Invitations.csv"
    (tmp_path / "Connections.csv").write_text("First Name,Last Name,Connected On\n", encoding="utf-8")
    ids = set[str]()
    for name in ("علی\u200cرضا رضایی", "علیرضا رضایی"):
        path.write_text(
            f'{ERAS["until 2021"][0]}\n{name},Olga,"3/5/26, 1:45 AM","{WORDS}",INCOMING\n', "utf-8"
        )
        found = list(screen_invitations(Bench(book, doorman, NOW), ME, [tmp_path]))
        ids.update(one.case.request.id for one in found if isinstance(one, Judged))
    assert ids == {"ji2nl47foz32ap5n"}
    assert book.cases().total == 1


def test_the_networks_own_words_are_none(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """A default text is marked and left out: nobody wrote it."""
    (case,) = screened(book, doorman, archive(tmp_path, "2026", text=DEFAULT))
    assert (case.case.request.text, Mark.DEFAULT_TEXT in case.case.request.marks) == ("", True)


def test_a_taught_default_counts_as_no_word(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """What the owner says the network writes is no word of the requester's."""
    path = archive(tmp_path, "2026", text="Vernetzen wir uns auf LinkedIn.")
    (case,) = screened(book, doorman, path, defaults=["Vernetzen wir uns auf LinkedIn"])
    assert case.case.request.text == ""
    assert Mark.DEFAULT_TEXT in case.case.request.marks


def test_who_is_a_contact_by_now_was_answered(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """An invitation that was accepted there waits for nothing here."""
    (case,) = screened(book, doorman, archive(tmp_path, "2026", connected=True))
    assert book.case(case.case.request.id).state is CaseState.DONE


def test_words_that_the_owner_sent_along_are_history(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """An invitation sent with own words is a message out; the network's own words tell nothing."""
    ruth = profile_address("https://www.linkedin.com/in/ruth-r")
    assert ruth is not None
    screened(book, doorman, archive(tmp_path, "2026", sent=DEFAULT))
    assert book.encounters_with(book.person_of(ruth)) == ()
    screened(book, doorman, archive(tmp_path, "2026", sent="Wir sprachen in Kiel."))
    (met,) = book.encounters_with(book.person_of(ruth))
    assert (met.kind, met.when) == (EncounterKind.MESSAGE_OUT, datetime(2026, 3, 6, 23, 5, tzinfo=UTC))


def test_a_torn_row_is_said_and_the_rest_is_read(book: Book, doorman: Doorman, tmp_path: Path) -> None:
    """A row that cannot be read is set aside with its line; the others become cases."""
    path = tmp_path / "Invitations.csv"
    head = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
    good = f'Max Muster,Olga Muster,"3/5/26, 1:45 AM","{WORDS}",INCOMING,{_URLS}'
    path.write_text(f"{head}\nMax\n{good}\n", encoding="utf-8")
    (tmp_path / "Connections.csv").write_text("First Name,Last Name,Connected On\n", encoding="utf-8")
    found = list(screen_invitations(Bench(book, doorman, NOW), replace(ME), [tmp_path]))
    asides = [one for one in found if isinstance(one, SetAside)]
    assert [one.origin.offset for one in asides] == [2]
    assert len(found) == 2
