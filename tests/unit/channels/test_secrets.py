"""Secrets: kept where nobody else reads, in the keyring where there is one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from anlass.channels.mail.secrets import Secrets
from anlass.errors import ChannelError


class Ring:
    """A keyring in memory; a locked one raises."""

    def __init__(self, *, is_locked: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = is_locked

    def _open(self) -> None:
        if self.is_locked:
            raise RuntimeError("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]


def test_a_file_is_the_owners_alone(tmp_path: Path) -> None:
    """Its folder too; the secret comes back as it was, spaces and all."""
    secrets = Secrets(tmp_path)
    assert secrets.put("post", " ge heim ") == "file"
    place = secrets.place("post")
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)
    assert secrets.get("post") == " ge heim "
    secrets.put("post", "neu")
    assert (secrets.get("post"), [one.name for one in place.parent.iterdir()]) == ("neu", ["post"])
    secrets.forget("post")
    assert secrets.get("post") is None


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_may_read_holds_no_secret(tmp_path: Path, mode: int) -> None:
    """It is not used, and that can be told."""
    secrets = Secrets(tmp_path)
    secrets.put("post", "geheim")
    secrets.place("post").chmod(mode)
    assert (secrets.get("post"), secrets.is_open_to_others("post")) == (None, True)


def test_a_keyring_is_used_where_there_is_one(tmp_path: Path) -> None:
    """Then there is no file, and an old one goes; two houses do not share a secret."""
    ring = Ring()
    Secrets(tmp_path).put("post", "alt")
    secrets = Secrets(tmp_path, ring)
    assert secrets.put("post", "geheim") == "keyring"
    assert (secrets.get("post"), secrets.place("post").exists()) == ("geheim", False)
    assert Secrets(tmp_path / "other", ring).get("post") is None
    secrets.forget("post")
    assert ring.kept == {}


def test_a_locked_keyring_leads_to_the_file_unless_the_owner_said_keyring(tmp_path: Path) -> None:
    """Whoever asked for the keyring is told; else the secret is kept in a file."""
    secrets = Secrets(tmp_path, Ring(is_locked=True))
    with pytest.raises(ChannelError, match="takes nothing"):
        secrets.put("post", "geheim", "keyring")
    assert not secrets.place("post").exists()
    assert secrets.put("post", "geheim") == "file"
    assert secrets.get("post") == "geheim"
    with pytest.raises(ChannelError, match="no keyring"):
        Secrets(tmp_path).put("post", "geheim", "keyring")
