"""Where the secrets of mailboxes are kept: the keyring of the system, else files only the owner can read.

Never in the settings, never in the memory, never in a log.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from anlass.errors import ChannelError
from anlass.wires.own_files import write_own_file

FOLDER = "secrets"
_SERVICE = "anlass"
_LONGEST = 16 * 1024
Where = Literal["keyring", "file"]


@cache
def _errors_of_rings() -> tuple[type[Exception], ...]:
    """Return what keyrings raise; each has errors of its own, most of them of one family."""
    try:
        from keyring.errors import KeyringError  # noqa: PLC0415 - an extra
    except ImportError:
        return (OSError, RuntimeError)
    return (KeyringError, OSError, RuntimeError)


class Ring(Protocol):
    """What the house needs of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of one house, by the names of its accounts."""

    data: Path
    ring: Ring | None = None

    def get(self, name: str) -> str | None:
        """Return a secret; `None` where there is none, or where others of this machine may read it."""
        if self.ring is not None:
            with suppress(*_errors_of_rings()):  # a keyring that is locked holds nothing for now
                found: str | None = self.ring.get_password(_SERVICE, self._user(name))
                if found is not None:
                    return found
        return self._read(self.place(name))

    def put(self, name: str, secret: str, where: Where | None = None) -> Where:
        """Keep a secret, in the keyring where there is one; return where it is."""
        if where != "file" and self.ring is not None:
            try:
                self.ring.set_password(_SERVICE, self._user(name), secret)
            except _errors_of_rings() as error:
                if where == "keyring":
                    raise ChannelError("The keyring takes nothing.", where=_SERVICE) from error
            else:
                self.place(name).unlink(missing_ok=True)
                return "keyring"
        if where == "keyring":
            raise ChannelError("There is no keyring on this machine.", where=_SERVICE)
        self._write(self.place(name), secret)
        return "file"

    def forget(self, name: str) -> None:
        """Forget a secret, wherever it is."""
        if self.ring is not None:
            with suppress(*_errors_of_rings()):  # it was not there
                self.ring.delete_password(_SERVICE, self._user(name))
        self.place(name).unlink(missing_ok=True)

    def place(self, name: str) -> Path:
        """Return the file that a secret lies in where no keyring has it."""
        return self.data / FOLDER / name

    def is_open_to_others(self, name: str) -> bool:
        """Tell whether others of this machine could read the file of a secret."""
        try:
            return bool(self.place(name).stat().st_mode & 0o077)
        except OSError:
            return False

    def _user(self, name: str) -> str:
        return f"{name} ({self.data.absolute()})"

    @staticmethod
    def _read(path: Path) -> str | None:
        try:
            with path.open(encoding="utf-8", newline="") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read(_LONGEST) if stat.S_ISREG(mode) and not mode & 0o077 else ""
        except (OSError, ValueError):
            return None
        return text.rstrip("\r\n") or None

    @staticmethod
    def _write(path: Path, secret: str) -> None:
        """Write a file that is whole or not there at all, and was never anybody else's to read."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_own_file(path, secret + "\n", is_private=True)
        except OSError as error:
            says = f"The secret cannot be kept: {error.strerror}."
            raise ChannelError(says, where=str(path), temporary=True) from error


def system_ring() -> Ring | None:
    """Return the keyring of the system, `None` where there is none (a server, most of the time)."""
    try:
        import keyring  # noqa: PLC0415 - an extra; slow to import
        from keyring.backends.fail import Keyring as Nothing  # noqa: PLC0415
    except ImportError:
        return None
    ring: Ring = keyring.get_keyring()
    return None if isinstance(ring, Nothing) else ring
