"""The keys of running rounds: a file each, of mode 600, beside the memory, never in it, destroyed at the end.

The folder bears the mark by which backup programs pass a folder over (CACHEDIR.TAG). What cannot be helped
is said: on disks that write elsewhere than they are told (SSD, snapshots) overwriting is a try, not a proof;
what is proven is that this machine can no longer read the key.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from anlass.config import Settings
from anlass.errors import StoreError
from anlass.wires.own_files import own_path

KEY = 32
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Keys of running rounds: no backup may hold them.\n"
_TIMES = 3


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was done to a key: how many bytes were overwritten how often, and whether nothing is left."""

    name: str
    overwritten: int
    times: int
    is_gone: bool


class KeyRing:
    """The folder of keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def made(self, name: str) -> bytes:
        """Return the key of this name, made now where there is none. Raises `StoreError`."""
        known = self.key(name)
        if known is not None:
            return known
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / "CACHEDIR.TAG").write_text(_TAG, encoding="ascii")
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            key = secrets.token_bytes(KEY)
            with os.fdopen(os.open(self._path(name), flags, 0o600), "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._error("A key cannot be kept", error) from error
        return key

    def key(self, name: str) -> bytes | None:
        """Return the key of this name; `None` where there is none, or others of this machine may read it."""
        path = self._path(name)
        try:
            if path.stat().st_mode & 0o077:
                return None
            key = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._error("A key cannot be read", error) from error
        return key if len(key) == KEY else None

    def destroy(self, name: str) -> Destroyed:
        """Overwrite a key, remove it, and look whether it is gone. Raises `StoreError`."""
        path = self._path(name)
        size = destroy_file(path)
        return Destroyed(name, size, _TIMES if size else 0, not path.exists())

    def names(self) -> tuple[str, ...]:
        """Return the names of all keys that are there."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.key")))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _error(self, says: str, error: OSError) -> StoreError:
        return StoreError(f"{says}: {error.strerror}", where=str(self._folder))


def key_ring(settings: Settings) -> KeyRing:
    """Return the keys of this house."""
    return KeyRing(settings.data / own_path(settings.store.wish_keys))


def round_name(event: bytes, number: int) -> str:
    """Return the name of a round's key."""
    return f"{event.hex()}-{number}"


def hosted_name(event: bytes) -> str:
    """Return the name of the secret from which the keys of hosted people are made."""
    return f"{event.hex()}-hosted"


def destroy_file(path: Path) -> int:
    """Overwrite a file, remove it, and return how many bytes it had. Raises `StoreError`."""
    try:
        size = path.stat().st_size if path.exists() else 0
        if size:
            _overwrite(path, size)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _settle(path.parent)
    except OSError as error:
        raise StoreError(f"It cannot be destroyed: {error.strerror}", where=str(path)) from error
    return size


def _overwrite(path: Path, size: int) -> None:
    """Write over the same place of the file, each time down to the disk; last of all zeros."""
    with path.open("r+b") as file:
        for content in (secrets.token_bytes(size), secrets.token_bytes(size), bytes(size)):
            file.seek(0)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Let the removal be on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
