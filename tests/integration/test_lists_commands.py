"""`anlass vouch`, `books`, `export`, `outcome`, `time --mail`, `token`, `feed`, `webhook`, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anlass.desk.cards.address_books import set_note
from anlass.sources.dav import CARDDAV
from anlass.store import open_book
from tests.commands import SETTINGS, Shell, a_lived_in_house
from tests.integration.test_books_written import CARD, NOW
from tests.integration.test_dav import Shelf
from tests.servers import PASSWORD, Radicale

pytestmark = pytest.mark.slow  # a house with all its tables

Words = tuple[str, ...]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Return the house that the others are copies of."""
    return a_lived_in_house(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: Shell, tmp_path: Path) -> Shell:
    """Return a copy of it that a test may change."""
    return built.copy(tmp_path / "house")


REHEARSED = "Only rehearsed: everything is as it was.\n"
CHANGES: dict[str, tuple[Words, str]] = {
    "vouch add": (("vouch", "add", "Kai Falk", "--why", "Good work"), "vouched_line"),
    "vouch remove": (("vouch", "remove", "Eva Amsel"), "vouched_line"),
    "vouch ask by hand": (("vouch", "ask", "Eva Amsel", "--by-hand"), ""),
    "vouch ask": (("vouch", "ask", "Eva Amsel", "--send"), ""),
    "vouch voucher": (("vouch", "voucher", "Sam Wald"), "voucher_line"),
    "vouch revoke": (("vouch", "revoke", "{voucher}"), "voucher_line"),
    "vouch trust": (("vouch", "trust", "Eva Amsel", "{keys}"), "house_key_line"),
    "vouch forget": (("vouch", "forget", "{key}"), "house_key_line"),
    "grant give": (("grant", "give", "Kai Falk", "--days", "9"), "grant_line"),
    "grant revoke": (("grant", "revoke", "{grant}"), "grant_line"),
    "grant hand-out": (("grant", "hand-out", "Badge", "--days", "9"), "grant_line"),
    "watch add": (("watch", "add", "Kai Falk", "--why", "Doors"), "watch_line"),
    "watch remove": (("watch", "remove", "Sam Wald"), ""),
    "standing": (("standing", "Kai Falk", "--contact"), "standing_line"),
    "books note": (("books", "note", "Kai Falk", "Likes tea"), ""),
    "import": (("import", "{export}", "--merge"), "imported_line"),
    "outcome": (("outcome", "old", "friendship"), "outcome_line"),
    "outcome taken back": (("outcome", "said", "--take-back"), "outcome_line"),
    "time mail": (("time", "--mail", "on"), ""),
    "time gave": (("time", "--gave", "old", "--minutes", "20"), ""),
    "token add": (("token", "add", "x", "--scope", "read", "--days", "9"), "token_made"),
    "token revoke": (("token", "revoke", "{token}"), "token_line"),
    "feed add": (("feed", "add", "x", "--details"), "token_made"),
    "feed revoke": (("feed", "revoke", "{feed}"), "token_line"),
    "webhook add": (("webhook", "add", "https://example.org/", "--on", "case.new"), "webhook_made"),
    "webhook remove": (("webhook", "remove", "{webhook}"), "webhook_line"),
    "webhook resume": (("webhook", "resume", "{webhook}"), "webhook_line"),
    "webhook ping": (("webhook", "ping", "{webhook}"), "webhook_line"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_rehearsal_changes_nothing_and_the_act_does(house: Shell, name: str) -> None:
    """The whole memory is the same after --dry-run, in words and as JSON; without it, it is not."""
    words, shape = CHANGES[name]
    before = house.dump()
    said = house.run(*words, "--dry-run")
    assert said.code == 0, said.err
    assert said.err.endswith(REHEARSED)
    if shape:
        rehearsed = house.run(*words, "--dry-run", "--json")
        assert (rehearsed.code, rehearsed.err) == (0, REHEARSED)
        assert rehearsed.lines(shape)
    assert house.dump() == before
    done = house.run(*words, *(("--json",) if shape else ()))
    assert done.code == 0, done.err
    if shape:
        assert done.lines(shape)
    assert house.dump() != before


LISTS = {
    "vouched_line": ("vouch", "list"),
    "house_key_line": ("vouch", "keys"),
    "outcome_line": ("outcome",),
    "time_line": ("time",),
    "webhook_line": ("webhook", "list"),
    "token_line": ("token", "list"),
    "webhook_event_line": ("webhook", "events"),
}


@pytest.mark.parametrize("shape", LISTS)
def test_every_list_keeps_the_contract_and_changes_nothing(built: Shell, shape: str) -> None:
    """Lines there are, each in its shape, and the same once more; words and lines name as many."""
    before = built.dump()
    told = built.run(*LISTS[shape], "--json")
    assert (told.code, told.err) == (0, "")
    assert told.lines(shape)
    assert built.run(*LISTS[shape], "--json") == told
    assert built.run(*LISTS[shape]).code == 0
    assert built.dump() == before


REFUSED: dict[str, tuple[Words, str]] = {
    "nobody": (("vouch", "add", "Nobody Known"), "Nobody Known"),
    "not vouched": (("vouch", "remove", "Kai Falk"), "do not vouch"),
    "ask unvouched": (("vouch", "ask", "Kai Falk"), "do not vouch"),
    "voucher unvouched": (("vouch", "voucher", "Kai Falk"), "do not vouch"),
    "voucher of another": (
        ("vouch", "voucher", "Eva Amsel", "--address", "x@y.example"),
        "no address of theirs",
    ),
    "voucher over": (("vouch", "voucher", "Eva Amsel", "--until", "2020-01-01"), "92 days at most"),
    "no day": (("vouch", "voucher", "Eva Amsel", "--until", "soon"), "is no day"),
    "no voucher": (("vouch", "revoke", "ffff"), "ffff"),
    "no file": (("vouch", "trust", "Eva Amsel", "/nowhere/keys.json"), "cannot be read"),
    "no keys": (("vouch", "trust", "Eva Amsel", "{settings}"), "no key of a house"),
    "key of another": (("vouch", "trust", "Sam Wald", "{keys}"), "somebody else already"),
    "inside": (("vouch", "trust", "Eva Amsel", "https://10.0.0.1"), "your own network"),
    "in the clear": (("vouch", "trust", "Eva Amsel", "http://example.org"), "https://"),
    "no key": (("vouch", "forget", "ffff"), "ffff"),
    "no book": (("books", "write"), "address book"),
    "note on nobody": (("books", "note", "Nobody Known", "x"), "Nobody Known"),
    "folder in use": (("export", "{given}"), "is not empty"),
    "no export": (("import", "{given}"), "is no export"),
    "memory in use": (("import", "{export}"), "--merge"),
    "no outcome": (("outcome", "old"), "--take-back"),
    "both": (("outcome", "old", "job", "--take-back"), "--take-back"),
    "other outcome": (("outcome", "old", "love"), "love"),
    "no case": (("outcome", "nope", "job"), "nope"),
    "mail maybe": (("time", "--mail", "maybe"), "maybe"),
    "two at once": (("time", "--mail", "on", "--digest"), "Name one of"),
    "no scope": (("token", "add", "x"), "--scope"),
    "other scope": (("token", "add", "x", "--scope", "all"), "all"),
    "no days": (("token", "add", "x", "--scope", "read", "--days", "0"), "day"),
    "no name": (("token", "add", " ", "--scope", "read"), "name"),
    "no token": (("token", "revoke", "zz"), "zz"),
    "feed as token": (("token", "revoke", "{feed}"), ""),
    "no feed": (("feed", "revoke", "zz"), "zz"),
    "feed without end": (("feed", "add", "x", "--days", "-1"), "day"),
    "webhook by ftp": (("webhook", "add", "ftp://example.org/", "--on", "case.new"), ""),
    "webhook in the clear": (("webhook", "add", "http://example.org/", "--on", "case.new"), "https"),
    "webhook for nothing": (("webhook", "add", "https://example.org/"), "--on"),
    "webhook of old": (("webhook", "add", "https://example.org/", "--on", "case.old"), "case.old"),
    "no webhook": (("webhook", "ping", "zz"), "zz"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_use_is_said_with_exit_code_2_and_changes_nothing(built: Shell, name: str) -> None:
    """What is wrong is named on standard error, and nowhere else."""
    words, says = REFUSED[name]
    built.ids.update(given=str(built.data / "given"), settings=str(built.data / "anlass.toml"))
    before = built.dump()
    told = built.run(*words)
    assert (told.code, told.out) == (2, "")
    assert says in told.err
    assert "Traceback" not in told.err
    assert built.dump() == before


@pytest.mark.parametrize(
    "words",
    [
        ("vouch", "trust", "Eva Amsel", "http://127.0.0.1:1"),
        ("books", "write", "--carddav", "http://127.0.0.1:1/"),
    ],
)
def test_a_server_that_is_not_there_now_is_exit_code_75(built: Shell, words: Words) -> None:
    """Try again: the outside world failed, nothing was done wrong and nothing is changed."""
    before = built.dump()
    told = built.run(*words)
    assert (told.code, told.out) == (75, "")
    assert told.err
    assert built.dump() == before


def test_an_empty_house_says_what_is_missing(tmp_path: Path) -> None:
    """No key to publish, no address to send the month's letter to: exit code 2, with what helps."""
    (tmp_path / "anlass.toml").write_text('[owner]\nname = "Olga"\nlanguage = "en"\n', encoding="utf-8")
    house = Shell(tmp_path)
    key, mail = house.run("vouch", "publish"), house.run("time", "--mail", "on")
    assert (key.code, "anlass vouch voucher" in key.err) == (2, True)
    assert (mail.code, "anlass connect" in mail.err) == (2, True)
    assert house.run("time", "--mail", "off").code == 0


def test_what_is_written_out_is_read_into_an_empty_house(built: Shell, tmp_path: Path) -> None:
    """Files and tables are named as JSON; the new house vouches, and its key is the old one."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "anlass.toml").write_text(SETTINGS, encoding="utf-8")
    written = built.run("export", str(tmp_path / "out"), "--with-keys", "--json")
    files = {one["file"] for one in written.lines("exported_line")}
    assert files | {"anlass.json"} == {
        str(one.relative_to(tmp_path / "out")) for one in (tmp_path / "out").rglob("*") if one.is_file()
    }
    new = Shell(tmp_path / "new")
    assert new.run("import", str(tmp_path / "out"), "--json").lines("imported_line")
    for words in (("vouch", "list"), ("vouch", "keys"), ("outcome",), ("token", "list")):
        assert new.run(*words, "--json") == built.run(*words, "--json")
    assert new.run("vouch", "publish").out == built.run("vouch", "publish").out


# --- address books on a real server ---


@pytest.fixture
def shelf(radicale: Radicale) -> Iterator[Shelf]:
    """Return an address book with Kai in it."""
    made = Shelf(radicale, CARDDAV)
    made.put("kai.vcf", CARD)
    yield made
    made.close()


def test_books_are_written_on_demand_alone_and_a_conflict_is_exit_code_1(
    house: Shell, shelf: Shelf, radicale: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown, rehearsed, written, written already, edited by somebody: each with its state and exit code."""
    monkeypatch.setenv("ANLASS_DAV_PASSWORD", PASSWORD)
    set_note(open_book(house.data), "Kai Falk", "Likes tea", now=NOW)
    words = ("books", "write", "--carddav", radicale.url(shelf.path), "--user", radicale.user)
    before = house.dump()

    def states(*more: str) -> tuple[int, list[str]]:
        told = house.run(*words, *more, "--json")
        return told.code, [one["state"] for one in told.lines("written_line")]

    assert states() == states("--dry-run") == states("--go", "--dry-run") == (0, ["would"])
    assert house.dump() == before
    assert house.run(*words, "--dry-run").err == REHEARSED
    assert states("--go") == (0, ["done"])
    assert states("--go") == (0, ["same"])
    shelf.put("kai.vcf", CARD.replace("NOTE:mine", "X-ANLASS-NOTE:theirs"))
    assert states("--go") == (1, ["edited"])
    assert "Likes tea" in house.run(*words, "--go").out
    assert states("--go", "--mine") == (0, ["done"])
