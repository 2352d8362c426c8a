"""A house is backed up while it is in use, and stands again elsewhere, row by row and file by file."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connections, models

from anlass.bootstrap import Home, open_home
from anlass.config import SECTIONS, load_settings
from anlass.desk.safekeeping.backing_up import back_up, digest_of
from anlass.desk.safekeeping.presence import SERVE, WORK, present
from anlass.desk.safekeeping.restoring import Wanted, restore
from anlass.desk.safekeeping.scope import REPLACED, Why, house_files
from anlass.errors import NotFound, Refused, StoreError, UserError
from anlass.store.safekeeping.archive import LIST, Member, read_archive, unpack, write_archive
from anlass.store.safekeeping.whole import WISHES
from anlass.store.settings import FILE
from tests.characters import NOW
from tests.servers import Postgres
from tests.walking import furnished

SECRET = "correct horse battery staple"
_NUMBERS = count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], tuple[Path, str]]:
    """Return what makes a new place: a data folder that is not there yet, and an address for its memory."""

    def made() -> tuple[Path, str]:
        number = next(_NUMBERS)
        folder = tmp_path / f"place-{number}"
        if request.param == "sqlite":
            return folder, ""
        server: Postgres = request.getfixturevalue("postgres")
        return folder, server.create(f"backup_{number}")

    return made


@pytest.fixture
def house(fresh: Callable[[], tuple[Path, str]]) -> Home:
    """Return a house with rows in its tables and files of every kind in its folder."""
    return lived_in(*fresh())


def lived_in(folder: Path, address: str) -> Home:
    """Return a house that somebody lives in."""
    for name, text in {
        "anlass.toml": f'[store]\ndatabase = "{address}"\n[opinion]\nkey_file = "model-key"\n',
        "house-rules.toml": 'preset = "open-door"\n',
        "templates/de.toml": "",
        "door-files/" + "a" * 64: "a file from the door",
        "owners/kai/anlass.toml": "",
        "owners/kai/owner-id": "kai\n",
        "owners/kai/secrets/kai-mail": SECRET,
        "secrets/olga-mail": SECRET,
        "model-key": SECRET,
        "wish-keys/CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
        "wish-keys/round.key": SECRET,
        "wishes/event.json": SECRET,
        ".half-written.new": SECRET,
        "work.lock": "1\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    home = open_home(str(folder))
    furnished(address or folder, "kai", "plant")
    furnished(address or folder, home.book.owner)
    for name in WISHES:
        table = apps.get_model("store", name)._meta
        values: list[bytes | int | str] = [
            "owner" if one.column == "owner_id" else _some(one)
            for one in table.fields
            if one.concrete and one.column
        ]
        marks = ", ".join("%s" for _ in values)
        columns = ", ".join(f'"{one.column}"' for one in table.fields if one.concrete and one.column)
        with connections[home.book._tables.using].cursor() as cursor:
            cursor.execute(f'INSERT INTO "{table.db_table}" ({columns}) VALUES ({marks})', values)
    return home


def _some(field: models.Field[object, object]) -> bytes | int | str:
    """Return something that a column may hold."""
    if isinstance(field, models.BinaryField):
        return b"x"
    return (
        1
        if isinstance(field, models.IntegerField)
        else False
        if isinstance(field, models.BooleanField)
        else "x"
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder but those of its memory."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(FILE)}


def all_rows(home: Home) -> dict[str, list[str]]:
    """Return every row of every table, by its columns: their order in the table is nobody's business."""
    link, found = connections[home.book._tables.using], dict[str, list[str]]()
    with link.cursor() as cursor:
        for model in apps.get_app_config("store").get_models():
            names = sorted(
                str(field.column) for field in model._meta.fields if field.concrete and field.column
            )
            columns = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = sorted(repr(row) for row in cursor.fetchall())
    link.close()
    return found


def test_house_stands_again_in_an_empty_place(
    house: Home, fresh: Callable[[], tuple[Path, str]], tmp_path: Path
) -> None:
    """Every table of every owner is equal row by row, every file byte by byte, but secrets and wishes."""
    done = back_up(house.book, house.settings, tmp_path / "house.tar", now=NOW)
    place, address = fresh()
    restore(done.path, place, Wanted(database=address, sha256=done.sha256), now=NOW)
    again = open_home(str(place))
    before, after = all_rows(house), all_rows(again)
    assert all(before[f"store_{name}"] and not after[f"store_{name}"] for name in WISHES)
    assert after == {**before, **{f"store_{name}": [] for name in WISHES}}
    assert sum(map(len, after.values())) > 80
    wanted = {
        name: content
        for name, content in files_of(house.settings.data).items()
        if SECRET.encode() not in content and not name.startswith("wish") and not name.endswith(".lock")
    }
    old = house.settings.store.database
    if old:
        wanted["anlass.toml"] = wanted["anlass.toml"].replace(old.encode(), address.encode())
    assert files_of(place) == wanted
    assert {path.stat().st_mode & 0o077 for path in place.rglob("*") if path.is_file()} <= {0}
    assert SECRET.encode() not in done.path.read_bytes()
    assert done.path.stat().st_mode & 0o077 == 0
    assert {one.path: one.why for one in done.left_out if one.why is not Why.MOMENT} == {
        "secrets": Why.SECRET,
        "owners/kai/secrets": Why.SECRET,
        "model-key": Why.SECRET,
        "wish-keys": Why.WISH,
        "wishes": Why.WISH,
    }


def test_backup_is_of_one_moment_while_others_write(house: Home, tmp_path: Path) -> None:
    """What is written together is in it together or not at all, and who writes is not kept waiting."""
    began, over, errors = Event(), Event(), list[Exception]()

    def write() -> None:
        book = open_home(str(house.settings.data)).book
        number = 0
        try:
            while not over.is_set():
                with book.together():
                    for half in ("first", "second"):
                        book.note(half, about=str(number), content={"half": half}, now=NOW)
                number += 1
                began.set()
        except StoreError as error:
            errors.append(error)
        finally:
            book.close()

    writer = Thread(target=write)
    writer.start()
    assert began.wait(10)
    done = back_up(house.book, house.settings, tmp_path / "while.tar", now=NOW)
    over.set()
    writer.join()
    assert errors == []
    acts = journal_in(done.path, tmp_path)
    assert len([one for one in acts if one == "first"]) == len([one for one in acts if one == "second"]) > 0


def journal_in(path: Path, aside: Path) -> list[str]:
    """Return the acts that the journal in a backup tells of."""
    with tarfile.open(path) as tar:
        names = tar.getnames()
        if f"memory/{FILE}" in names:
            tar.extract(f"memory/{FILE}", aside, filter="data")
            with closing(sqlite3.connect(aside / "memory" / FILE)) as base, base:
                return [act for (act,) in base.execute("SELECT act FROM store_journalentry")]
        (about,) = [json.loads((tar.extractfile(LIST) or io.BytesIO()).read())]
        at = about["tables"]["store_journalentry"].index("act")
        rows = (tar.extractfile("memory/store_journalentry.copy") or io.BytesIO()).read().decode()
        return [row.split("\t")[at] for row in rows.splitlines()]


def test_secrets_come_along_where_they_are_asked_for(house: Home, tmp_path: Path) -> None:
    """Mailbox passwords and named key files, of every owner; what must be destroyable never."""
    done = back_up(house.book, house.settings, tmp_path / "all.tar", now=NOW, with_secrets=True)
    holding = {one.name for one in done.contents.files if one.size == len(SECRET)}
    assert holding == {"house/secrets/olga-mail", "house/owners/kai/secrets/kai-mail", "house/model-key"}


def test_every_file_that_a_setting_names_as_secret_is_one(tmp_path: Path) -> None:
    """None goes into a backup or an export, whatever folder it lies in; whoever adds one is told here."""
    lines, files = list[str](), set[str]()
    for section, kind in SECTIONS.items():
        names = {one.name: f"{section}.{one.name}" for one in fields(kind) if one.name.endswith("_file")}
        lines += [f"[{section}]", *(f'{name} = "{file}"' for name, file in names.items())]
        files.update(names.values())
    (tmp_path / "anlass.toml").write_text("\n".join(lines), encoding="utf-8")
    for file in files:
        (tmp_path / file).write_text(SECRET, encoding="utf-8")
    kept = house_files(load_settings(tmp_path))
    assert {one.path for one in kept if one.why is Why.SECRET} == files
    assert "store.password_file" in files


def test_secret_of_a_further_owner_stays_out_though_their_settings_are_broken(tmp_path: Path) -> None:
    """What cannot be read as settings is read line by line: a slip of theirs opens no secret."""
    theirs = tmp_path / "owners" / "kai"
    theirs.mkdir(parents=True)
    for name in ("model-key", "plain-notes"):
        (theirs / name).write_text(SECRET, encoding="utf-8")
    for slip in ("[opinion\n", "nonsense = true\n", "\xff", "[opinion]\n"):
        (theirs / "anlass.toml").write_bytes(f"{slip}  key_file = 'model-key'\n".encode("latin-1"))
        kept = {one.path: one.why for one in house_files(load_settings(tmp_path))}
        assert kept["owners/kai/model-key"] is Why.SECRET, slip
        assert kept["owners/kai/plain-notes"] is None
    (theirs / "anlass.toml").unlink()
    (theirs / "anlass.toml").mkdir()
    assert list(house_files(load_settings(tmp_path))), "settings that are a folder break no backup"


def test_house_is_only_restored_where_there_is_none_or_it_is_set_aside(house: Home, tmp_path: Path) -> None:
    """What is there stays until somebody says so, and then it is moved and not deleted."""
    done = back_up(house.book, house.settings, tmp_path / "house.tar", now=NOW)
    data = house.settings.data
    before = all_rows(house)
    house.book.note("later", about="x", now=NOW)
    (data / "house-rules.toml").write_text("# changed", encoding="utf-8")
    with pytest.raises(Refused, match="a house at"):
        restore(done.path, data, Wanted(), now=NOW)
    for lock in (WORK, SERVE):
        with present(data, lock), pytest.raises(Refused, match="Stop it first"):
            restore(done.path, data, Wanted(replace=True), now=NOW)
    with pytest.raises(Refused, match="another one"):
        restore(done.path, data, Wanted(replace=True, sha256="0" * 64), now=NOW)
    restore(done.path, data, Wanted(replace=True, rehearse=True), now=NOW)
    assert (data / "house-rules.toml").read_text(encoding="utf-8") == "# changed"
    house.book.close()
    put = restore(done.path, data, Wanted(replace=True), now=NOW)
    again = open_home(str(data))
    assert all_rows(again) == {**before, **{f"store_{name}": [] for name in WISHES}}
    assert (data / "house-rules.toml").read_text(encoding="utf-8") == 'preset = "open-door"\n'
    assert put.set_aside is not None
    assert put.set_aside.name.startswith(REPLACED)
    assert (put.set_aside / "house-rules.toml").read_text(encoding="utf-8") == "# changed"
    assert (data / "secrets" / "olga-mail").read_text(encoding="utf-8") == SECRET
    assert (data / "wish-keys" / "round.key").exists()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup that is as it was written."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "data").mkdir()
    (folder / "data" / "house-rules.toml").write_text('preset = "open-door"\n', encoding="utf-8")
    home = open_home(str(folder / "data"))
    return back_up(home.book, home.settings, folder / "sound.tar", now=NOW).path


def test_backup_that_is_cut_off_or_changed_is_refused_in_one_line(sound: Path, tmp_path: Path) -> None:
    """Wherever it is cut, whichever byte of it turns: nothing is made of it."""
    whole = sound.read_bytes()
    last = whole.rstrip(b"\0")
    broken = [whole[: len(whole) * part // 9] for part in range(9)]
    broken += [last[:-1], b"", b"\0" * 4096, whole.replace(b"open-door", b"shut-door")]
    for place in range(600, len(last), len(last) // 40):
        if whole[place]:  # padding between members says nothing
            broken.append(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    for number, content in enumerate(broken):
        path = tmp_path / f"{number}.tar"
        path.write_bytes(content)
        with pytest.raises(UserError) as refused:
            restore(path, tmp_path / "place", Wanted(), now=NOW)
        assert len(str(refused.value).splitlines()) == 1
        assert not list((tmp_path / "place").glob("*")) if (tmp_path / "place").exists() else True
    with pytest.raises(NotFound):
        read_archive(tmp_path / "none.tar")


def packed(path: Path, *members: tarfile.TarInfo, listed: object = None) -> Path:
    """Write a tar with these members and a list that agrees with them."""
    with tarfile.open(path, "w") as tar:
        files = []
        for one in members:
            content = b"x" * one.size
            tar.addfile(one, io.BytesIO(content))
            files.append(
                {"name": one.name, "size": one.size, "mode": 0o600, "sha256": sha256(content).hexdigest()}
            )
        text = json.dumps({"anlass_backup": 1, "files": files} if listed is None else listed).encode()
        info = tarfile.TarInfo(LIST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """Return a member of a tar."""
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = (1 if kind == tarfile.REGTYPE else 0), kind, link
    return info


@pytest.mark.parametrize(
    "members",
    [
        [member("../out")],
        [member("house/../../out")],
        [member("/etc/out")],
        [member("elsewhere/out")],
        [member("house/./out")],
        [member("house//out")],
        [member("house\\..\\out")],
        [member("house")],
        [member("house/a\nb")],
        [member("house/a", tarfile.SYMTYPE, "/etc/passwd")],
        [member("house/a", tarfile.LNKTYPE, "/etc/passwd")],
        [member("house/a", tarfile.DIRTYPE)],
        [member("house/a", tarfile.FIFOTYPE)],
        [member("house/a", tarfile.CHRTYPE)],
        [member("house/a"), member("house/a")],
    ],
)
def test_archive_that_leads_out_is_refused(members: list[tarfile.TarInfo], tmp_path: Path) -> None:
    """Ways up, roots, links, devices, a name twice: refused before anything is unpacked."""
    path = packed(tmp_path / "bad.tar", *members)
    with pytest.raises(UserError, match="leads out"):
        restore(path, tmp_path / "place", Wanted(), now=NOW)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.tar"]


def header(kind: bytes, size: int, name: str = "house/a") -> bytes:
    """Return one header of a tar."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)


def unfolding(path: Path) -> bytes:
    """Return a tar of a file that says to unfold to a tebibyte."""
    info = tarfile.TarInfo("house/a")
    info.size = 512
    said = {"major": "1", "minor": "0", "realsize": str(1 << 40), "name": "house/a"}
    info.pax_headers = {f"GNU.sparse.{key}": value for key, value in said.items()}
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(b"0\n".ljust(512, b"\0")))
    return path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        header(tarfile.GNUTYPE_LONGNAME, 0) * 2_000,
        header(tarfile.XHDTYPE, 0) * 2_000,
        header(tarfile.XHDTYPE, 1 << 62),
        header(tarfile.XGLTYPE, 1 << 40),
        header(tarfile.GNUTYPE_LONGLINK, 1 << 40),
        header(tarfile.GNUTYPE_SPARSE, 1 << 40),
        header(tarfile.REGTYPE, -512),
        header(tarfile.REGTYPE, 1 << 62),
    ],
    ids=["long names", "extensions", "extension", "for all", "link", "sparse", "negative", "huge"],
)
def test_headers_that_are_never_written_here_cost_nothing(content: bytes, tmp_path: Path) -> None:
    """Headers within headers, lengths beyond all memory: refused at once, in one sentence."""
    path = tmp_path / "forged.tar"
    path.write_bytes(content + bytes(1024))
    with pytest.raises(UserError, match=r"no backup of Anlass|leads out"):
        read_archive(path)


def test_file_that_unfolds_is_refused_before_it_does(tmp_path: Path) -> None:
    """Ten kilobytes that say to be a tebibyte are not read."""
    unfolding(tmp_path / "bad.tar")
    with pytest.raises(UserError, match="leads out"):
        read_archive(tmp_path / "bad.tar")


def test_long_name_and_much_in_a_backup_is_read_back(tmp_path: Path) -> None:
    """The one extension that is written here is understood."""
    (tmp_path / "a").write_bytes(b"x")
    name = f"house/{'ä' * 120}"
    write_archive(tmp_path / "b.tar", [Member(name, tmp_path / "a")], {})
    contents = read_archive(tmp_path / "b.tar")
    assert [one.name for one in contents.files] == [name]
    unpack(tmp_path / "b.tar", contents, tmp_path / "place")
    assert (tmp_path / "place" / name).read_bytes() == b"x"


@pytest.mark.parametrize("listed", [[], {}, {"anlass_backup": 1}, {"anlass_backup": 1, "files": [1]}, 7])
def test_list_that_says_nothing_is_refused(listed: object, tmp_path: Path) -> None:
    """Whatever stands in place of the list."""
    path = packed(tmp_path / "bad.tar", member("house/a"), listed=listed)
    with pytest.raises(UserError, match="as it was written"):
        read_archive(path)


def test_backup_of_a_newer_program_is_refused(sound: Path, tmp_path: Path) -> None:
    """Its list, or the steps its tables took, are unknown here."""
    with pytest.raises(UserError, match="newer"):
        read_archive(packed(tmp_path / "a.tar", listed={"anlass_backup": 2, "files": []}))
    steps = {"anlass_backup": 1, "files": [], "database": "sqlite", "steps": ["9999_things_to_come"]}
    with pytest.raises(UserError, match="newer"):
        restore(packed(tmp_path / "b.tar", listed=steps), tmp_path / "place", Wanted(), now=NOW)


@pytest.mark.postgres
def test_database_that_gives_way_is_saved_also_for_a_new_folder(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what the backup names, or `--database`; the folder need not know of it. Its password is found."""
    home = lived_in(tmp_path / "old", postgres.create("gives_way"))
    done = back_up(home.book, home.settings, tmp_path / "house.tar", now=NOW)
    home.book.note("later", about="x", now=NOW)
    monkeypatch.setenv("ANLASS_DATABASE_PASSWORD", SECRET)
    with pytest.raises(Refused, match=r"in the database 127\.0\.0\.1/gives_way already"):
        restore(done.path, tmp_path / "new", Wanted(), now=NOW)
    for folder, database in (("new", ""), ("newer", postgres.url("gives_way"))):
        put = restore(done.path, tmp_path / folder, Wanted(replace=True, database=database), now=NOW)
        assert put.set_aside is not None
        assert read_archive(put.set_aside).about["database"] == "postgresql"
        assert ("later" in journal_in(put.set_aside, tmp_path)) is (folder == "new")
    empty = postgres.create("stays_empty")
    restore(done.path, tmp_path / "newest", Wanted(database=empty), now=NOW)
    assert [one["PASSWORD"] for one in connections.databases.values() if one["NAME"] == "stays_empty"] == [
        SECRET
    ]


def test_backup_goes_into_no_file_that_is_there_and_into_no_other_database(
    sound: Path, tmp_path: Path
) -> None:
    """A backup is never written over; SQLite stays SQLite."""
    home = open_home(str(sound.parent / "data"))
    with pytest.raises(Refused, match="already"):
        back_up(home.book, home.settings, sound, now=NOW)
    with pytest.raises(Refused, match="which file"):
        back_up(home.book, home.settings, None, now=NOW)
    with pytest.raises(StoreError):
        back_up(home.book, home.settings, tmp_path / "no" / "folder" / "x.tar", now=NOW)
    named = replace(home.settings, backup=replace(home.settings.backup, folder=str(tmp_path / "kept")))
    done = back_up(home.book, named, None, now=NOW)
    assert done.path == tmp_path / "kept" / f"anlass-{NOW:%Y%m%d-%H%M%S}.tar"
    assert done.sha256 == digest_of(done.path)
    with pytest.raises(UserError, match="backup is of sqlite"):
        restore(sound, tmp_path / "place", Wanted(database="postgresql://nobody@127.0.0.1:1/none"), now=NOW)
    owners = home.settings.data / "owners" / "kai"
    owners.mkdir(parents=True)
    (owners / "owner-id").write_text("kai\n", encoding="utf-8")
    with pytest.raises(Refused, match="one owner's house"):
        back_up(home.book, replace(home.settings, data=owners), tmp_path / "kai.tar", now=NOW)
