"""`anlass connect` for chat networks, `anlass knock`, `anlass doctor`: tried first, kept apart."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result

from anlass.channels.mail.sending import Fate
from anlass.cli.audit import audit
from anlass.cli.collecting import collect
from anlass.cli.connecting import connect
from anlass.cli.examining import doctor
from anlass.cli.networks import knock
from anlass.desk.surface import JsonLine
from anlass.jobs.commands import work
from anlass.replies.outgoing import Deed
from anlass.store import open_book
from tests.contract.test_doors import WORDS, asked, letter, made, yes
from tests.doors import Scene, Sight
from tests.servers import HOST

pytestmark = pytest.mark.slow  # real servers


@pytest.fixture(autouse=True)
def _speaks_german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def connected(data: Path, scene: Scene, secret: str, *more: str) -> Result:
    """Connect the account of a scene with a secret on standard input."""
    account = scene.account
    server = f"none {account.server}" if account.security == "none" else account.server
    words = [account.channel.value, account.address, "--server", server, "--password-file", "-"]
    words += ["--keep", "file", "--data", str(data), *more]
    return CliRunner().invoke(connect, words, input=f"{secret}\n")


@pytest.mark.parametrize("network", ["xmpp", "matrix-knock", "mastodon"])
def test_an_account_is_tried_kept_watched_and_answered(
    request: pytest.FixtureRequest, tmp_path: Path, network: str
) -> None:
    """A wrong secret keeps nothing; a right one opens the door, and what asks there is listed."""
    with made(network, request) as scene:
        secret = scene.secret if network != "matrix-knock" else "secret"
        wrong = connected(tmp_path, scene, "falsch")
        assert (wrong.exit_code, "nicht an" in wrong.stdout) == (1, True)
        book = open_book(tmp_path)
        assert book.networks.accounts(dict) == {}
        porch = ["--porch", scene.account.porch] if scene.account.porch else []
        done = connected(tmp_path, scene, secret, "--json", *porch)
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert (told["address"], told["trouble"]) == (scene.account.address, None)
        (kept,) = [path for path in (tmp_path / "secrets").iterdir() if path.is_file()]
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        scene.requester.ask(WORDS)
        before = scene.requester.sees()
        looked = CliRunner().invoke(work, ["--once", "--data", str(tmp_path)])
        assert looked.exit_code == 0, looked.output
        listed = CliRunner().invoke(knock, ["--json", "--data", str(tmp_path)])
        line = json.loads(listed.stdout)
        assert (line["account"], line["asks"]) == (told["name"], scene.asks.value)
        shown = CliRunner().invoke(knock, ["turn-down", line["case"], "--data", str(tmp_path)])
        assert (shown.exit_code, bool(shown.stdout.strip())) == (1, True)
        assert book.outbox.all() == ()
        assert scene.requester.sees() == Sight(before.stands)
        healthy = CliRunner().invoke(doctor, ["--json", "--data", str(tmp_path)])
        lines = [json.loads(one) for one in healthy.stdout.splitlines()]
        assert [one["well"] for one in lines if one["check"] == "doors"] == [True]
        gone = CliRunner().invoke(connect, ["--forget", told["name"], "--data", str(tmp_path)])
        assert gone.exit_code == 0
        assert not kept.exists()
        book.close()


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Nothing is kept, and the sentence names the host and what to do."""
    words = ["xmpp", "olga@wend.example", "--server", f"none {HOST}:1", "--password-file", "-"]
    said = CliRunner().invoke(connect, [*words, "--data", str(tmp_path)], input="secret\n")
    assert said.exit_code == 1
    assert "--server" in said.stdout
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["xmpp", "kein Mensch"],
        ["matrix", "olga@wend.example"],
        ["mastodon", "olga"],
        ["xmpp"],
        ["mastodon", "@olga@wend.example", "--server", "http://wend.example"],
        ["xmpp", "olga@wend.example", "--server", "none wend.example"],
    ],
)
def test_what_is_no_address_or_not_kept_shut_is_refused(tmp_path: Path, words: list[str]) -> None:
    """Before anything goes over a wire."""
    said = CliRunner().invoke(connect, [*words, "--password-file", "-", "--data", str(tmp_path)], input="x\n")
    assert said.exit_code != 0
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("network", ["xmpp", "mastodon"])
def test_the_owners_own_list_is_audited_and_known(
    request: pytest.FixtureRequest, tmp_path: Path, network: str
) -> None:
    """Who was let in is a contact without anything behind it; reading the list again changes nothing."""
    data = ["--data", str(tmp_path)]
    none = CliRunner().invoke(audit, ["--networks", *data])
    assert none.exit_code != 0
    with made(network, request) as scene:
        assert connected(tmp_path, scene, scene.secret).exit_code == 0
        with scene.door() as door:
            ask, _, _ = asked(scene, door)
            assert door.hand(letter(scene, ask, Deed.ACCEPT), yes).fate is Fate.TAKEN
        scene.requester.sees()
        (line,) = told(audit, "--networks", "--json", *data)
        assert line["addresses"] == [scene.requester.address]
        assert (line["group"], line["says"]) == ("nothing", "Bisher verbindet euch nichts.")
        rehearsed = CliRunner().invoke(collect, ["--networks", "--dry-run", *data])
        assert rehearsed.exit_code == 0, rehearsed.output
        book = open_book(tmp_path)
        assert list(book.people(at=datetime.now(UTC))) == []
        for _ in range(2):
            done = CliRunner().invoke(collect, ["--networks", *data])
            assert (done.exit_code, done.stderr) == (
                0,
                "1 Eintrag einer anderen Quelle gelesen, Begegnungen darin: 0. Nichts verschickt.\n",
            )
            (known,) = book.people(at=datetime.now(UTC))
            assert [one.value for one in known.person.addresses] == [scene.requester.address]
        there = {f"presence {word} {scene.account.address}" for word in ("xa", "unavailable")}
        assert set(scene.requester.sees().arrived) <= there, "nothing but that a program is there"
        book.close()


def told(command: Command, *words: str) -> list[JsonLine]:
    """Return the lines that a command prints."""
    said = CliRunner().invoke(command, list(words))
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_somebody_is_let_in_from_a_terminal(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A rehearsal lets nobody in; the act leaves by the worker, and the requester sees it."""
    data = ["--data", str(tmp_path)]
    with made("mastodon", request) as scene:
        assert connected(tmp_path, scene, scene.secret).exit_code == 0
        scene.requester.ask()
        assert CliRunner().invoke(work, ["--once", *data]).exit_code == 0
        (line,) = told(knock, "--json", *data)
        book = open_book(tmp_path)
        for _ in range(2):
            rehearsed = CliRunner().invoke(knock, ["let-in", str(line["case"]), "--dry-run", *data])
            assert rehearsed.exit_code == 0, rehearsed.output
            assert book.outbox.all() == ()
        said = CliRunner().invoke(knock, ["let-in", str(line["case"]), *data])
        assert said.exit_code == 0, said.output
        assert [one.letter.deed for one in book.outbox.all()] == [Deed.ACCEPT]
        book.close()
