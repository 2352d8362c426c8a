"""A backup as one file: a plain tar of members, and last of all a list of them with their checksums.

What is cut off lacks the list, what was changed differs from it: neither is unpacked. No member leads out of
the folder it is unpacked into, is a link, or is there twice. Any tar reads it, should the house be gone.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from anlass.errors import NotFound, StoreError, UserError

LIST = "anlass-backup.json"
"""The member that lists all others; it stands last."""
VERSION = 1
HOUSE, MEMORY = "house", "memory"
"""The folders of what lay in the data folder, and of the memory."""
_LONGEST_LIST = 64 * 1024 * 1024
_MOST = 1_000_000
_BLOCK = 1024 * 1024
_LONGEST_EXTENSION = 64 * 1024
_SAID_BY_EXTENSIONS = frozenset({"path", "size"})
"""What this house itself says in an extension of the format: a long name, and a size of over 8 GiB."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file that goes into a backup: its name there, and where it lies now."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of a member: its length in bytes, its mode, and the digest of its content."""

    name: str
    size: int
    mode: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: its files, and what was written down about it."""

    files: tuple[Listed, ...]
    about: Mapping[str, object]

    def below(self, folder: str) -> tuple[Listed, ...]:
        """Return the files of one of its folders."""
        return tuple(one for one in self.files if one.name.startswith(f"{folder}/"))


class _PlainInfo(tarfile.TarInfo):
    """A header of a tar, looked at before the library follows it: only such as are written here.

    The others cost minutes, or all memory, where they are forged.
    """

    def _proc_member(self, archive: tarfile.TarFile) -> Self:
        """Go on from a header; raises `tarfile.ReadError` for one that this house never writes.

        This is where the library lets others look in; reading the header itself it no longer does since 3.13.
        """
        is_extension = self.type == tarfile.XHDTYPE and self.size <= _LONGEST_EXTENSION
        is_known = is_extension or self.type in {*tarfile.REGULAR_TYPES, *_LEADING_OUT} - {
            tarfile.GNUTYPE_SPARSE
        }
        if self.size < 0 or not is_known:
            raise tarfile.ReadError("a header that is never written here")
        return cast("Self", super()._proc_member(archive))  # type: ignore[misc]  # no public name


_LEADING_OUT = (
    *(tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE),
    *(tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE),
)
"""Kinds of members that cost nothing to read and are refused by name."""


def write_archive(path: Path, members: Iterable[Member], about: Mapping[str, object]) -> Contents:
    """Write a backup that only the owner can read, whole or not at all. Raises `StoreError`."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                listed = tuple(one for one in (_added(tar, member) for member in members) if one is not None)
                _add_list(tar, listed, about)
            file.flush()
            os.fsync(handle)
        new.replace(path)
    except OSError as error:
        raise StoreError(f"The backup cannot be written: {error.strerror}", where=str(path)) from error
    finally:
        new.unlink(missing_ok=True)
    return Contents(listed, about)


def _added(tar: tarfile.TarFile, member: Member) -> Listed | None:
    """Add one file, `None` where it is gone; what it grows by meanwhile is left out."""
    digest = sha256()
    try:
        file = member.path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        found = os.fstat(file.fileno())
        info = tarfile.TarInfo(member.name)
        info.size, info.mode, info.mtime = found.st_size, found.st_mode & 0o777, int(found.st_mtime)
        tar.addfile(info, _Digesting(file, digest.update))
    return Listed(member.name, info.size, info.mode, digest.hexdigest())


class _Digesting(BytesIO):
    """Reads a file, and lets somebody see every byte that is read."""

    def __init__(self, file: IO[bytes], see: object) -> None:
        super().__init__()
        self._file, self._see = file, see

    def read(self, size: int | None = -1, /) -> bytes:
        """Read some bytes."""
        data = self._file.read(-1 if size is None else size)
        self._see(data)  # type: ignore[operator] # a digest's own method
        return data


def _add_list(tar: tarfile.TarFile, listed: tuple[Listed, ...], about: Mapping[str, object]) -> None:
    files = [{"name": one.name, "size": one.size, "mode": one.mode, "sha256": one.sha256} for one in listed]
    text = json.dumps({"anlass_backup": VERSION, **about, "files": files}, indent=1).encode()
    info = tarfile.TarInfo(LIST)
    info.size, info.mode = len(text), 0o600
    tar.addfile(info, BytesIO(text))


def read_archive(path: Path) -> Contents:
    """Read a backup through to its end and hold every file to the list; unpacks nothing.

    Raises `NotFound` where there is none, and `UserError`, in one sentence, for one that is not as written.
    """
    found = dict[str, Listed]()
    with _opened(path) as tar:
        for info in tar:
            if info.name == LIST:
                contents = _listed(tar, info, path)
                if tar.next() is not None or tuple(found.values()) != contents.files:
                    raise _changed(path)
                return contents
            _check(info, path, found.keys())
            digest = sha256()
            for part in _parts(tar, info):
                digest.update(part)
            found[info.name] = Listed(info.name, info.size, info.mode, digest.hexdigest())
    raise UserError(f"{path} ends too early: it was not written or copied to its end.")


def unpack(path: Path, contents: Contents, folder: Path) -> None:
    """Unpack a backup that was read into an empty folder; each file is held to the list once more."""
    wanted = {one.name: one for one in contents.files}
    with _opened(path) as tar:
        for info in tar:
            if info.name == LIST:
                return
            if info.name not in wanted:
                raise _changed(path)
            safe = tarfile.data_filter(info, str(folder))
            target, digest = folder / safe.name, sha256()
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for part in _parts(tar, info):
                    digest.update(part)
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            target.chmod(wanted[info.name].mode & 0o700)  # what was the owner's alone before, and never more
            if digest.hexdigest() != wanted[info.name].sha256:
                raise _changed(path)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:", tarinfo=_PlainInfo) as tar:
            yield tar
    except FileNotFoundError as missing:
        raise NotFound(f"There is no file {path}.") from missing
    except (tarfile.TarError, EOFError, ValueError, RecursionError) as error:
        raise UserError(f"{path} is no backup of Anlass, or it is damaged.") from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error


def _parts(tar: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    file = tar.extractfile(info)
    left = info.size
    while left and file is not None:
        part = file.read(min(_BLOCK, left))
        if not part:
            raise tarfile.ReadError("cut off")
        left -= len(part)
        yield part


def _check(info: tarfile.TarInfo, path: Path, known: Collection[str]) -> None:
    """Refuse a member that is no plain file of this house's, leads out of it, or was there already."""
    name = PurePosixPath(info.name)
    is_within = len(name.parts) > 1 and name.parts[0] in {HOUSE, MEMORY} and ".." not in name.parts
    is_file = (
        info.isreg()
        and not info.issparse()
        and info.size >= 0
        and info.pax_headers.keys() <= _SAID_BY_EXTENSIONS
    )
    is_plain = str(name) == info.name and is_file and "\\" not in info.name and info.name.isprintable()
    if not (is_within and is_plain) or info.name in known or len(known) > _MOST:
        raise UserError(f"{path} is not restored: what is in it leads out of the folder it belongs in.")


def _listed(tar: tarfile.TarFile, info: tarfile.TarInfo, path: Path) -> Contents:
    if not info.isreg() or info.issparse() or not 0 <= info.size <= _LONGEST_LIST:
        raise _changed(path)
    try:
        told = json.loads(b"".join(_parts(tar, info)))
        version = told.pop("anlass_backup")
        files = tuple(
            Listed(str(one["name"]), int(one["size"]), int(one["mode"]), str(one["sha256"]))
            for one in told.pop("files")
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise _changed(path) from wrong
    if version != VERSION:
        raise UserError(f"{path} is a backup of a newer Anlass; this one cannot read it.")
    return Contents(files, told)


def _changed(path: Path) -> UserError:
    return UserError(f"{path} is not restored: it is not as it was written.")
