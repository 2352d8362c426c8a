"""What the system hands in: secrets in variables and files, settings of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from anlass.config import load_settings
from anlass.errors import ConfigError
from anlass.wires.handed import secret_at, secret_named


def kept(path: Path, mode: int) -> Path:
    """Write a secret into a file of this mode."""
    path.write_text("kornblume\n", encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_secret_is_found_wherever_the_system_put_it(tmp_path: Path) -> None:
    """In the variable, in the file it names, in a credential of the service manager; in this order."""
    credential = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    file = {"A_SECRET_FILE": str(kept(tmp_path / "file", 0o600))}
    kept(tmp_path / "A_SECRET", 0o440)
    assert secret_named("A_SECRET", {"A_SECRET": " direct ", **file, **credential}) == "direct"
    assert secret_named("A_SECRET", file) == "kornblume"
    assert secret_named("A_SECRET", credential) == "kornblume"
    assert secret_named("ANOTHER", {**file, **credential}) is None
    assert secret_named("", credential) is None


def test_a_file_that_others_may_read_holds_no_secret_but_where_the_system_answers_for_it(
    tmp_path: Path,
) -> None:
    """Mode 640 is nobody's secret; as a credential it is, for the service manager settles who reads it."""
    file = kept(tmp_path / "file", 0o640)
    assert secret_at(file, {}) is None
    assert secret_at(file, {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == "kornblume"
    assert secret_at(file, {"CREDENTIALS_DIRECTORY": str(tmp_path / "other")}) is None


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of the machine holds; of owners it says nothing, and what makes no sense is told."""
    (tmp_path / "anlass.toml").write_text('[server]\nlisten = "::1"\nmail_port = 25\n', encoding="utf-8")
    monkeypatch.setenv("ANLASS_SERVER_ADDRESS", "https://anlass.example.org")
    monkeypatch.setenv("ANLASS_SERVER_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")
    monkeypatch.setenv("ANLASS_SERVER_MAIL_PORT", "587")
    monkeypatch.setenv("ANLASS_STORE_DATABASE", "postgresql://anlass@db/anlass")
    monkeypatch.setenv("ANLASS_OWNER_NAME", "Nobody")
    found = load_settings(tmp_path)
    server = found.server
    assert (server.address, server.listen) == ("https://anlass.example.org", "::1")
    assert (server.trusted_proxies, server.mail_port) == (("127.0.0.1", "10.0.0.0/8"), 587)
    assert (found.store.database, found.owner.name) == ("postgresql://anlass@db/anlass", "")
    monkeypatch.setenv("ANLASS_SERVER_MAIL_PORT", "many")
    with pytest.raises(ConfigError, match="mail_port must be a whole number"):
        load_settings(tmp_path)
