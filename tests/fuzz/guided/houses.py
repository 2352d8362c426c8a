"""What comes from other houses and servers: backups, rosters, sealed notes, keys, answers to a log-in."""

from __future__ import annotations

import json
import shutil
from functools import cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from anlass.channels.mail.oauth import grant
from anlass.desk.cards.vouchers import _read as read_keys
from anlass.desk.wishes.purse import purses
from anlass.errors import AnlassError, Refused
from anlass.outreach.sealed_note import Enclosed, enclosed, open_note, taken_out
from anlass.outreach.wish import pair_of, unseal
from anlass.outreach.wish_hosted import HostedWishes, hosted_frame, wishes_in
from anlass.outreach.wish_roster import FalseRoster, packed, plain_name, roster_in
from anlass.outreach.wish_round import fault_of, unshelved
from anlass.store.safekeeping.archive import Member, read_archive, unpack, write_archive
from anlass.wires.wishes import WishLine, line_to
from tests.fuzz.guided.target import Target, folder, laid
from tests.unit.outreach.wishing import entry, roster, secret

KEY = b"k" * 32


def read_backup(data: bytes) -> None:
    """A backup: what is unpacked lies in its folder, is a plain file and the owner's alone."""
    path = laid("backup.tar", data)
    contents = read_archive(path)
    place = folder() / "unpacked"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    unpack(path, contents, place)
    found = [one for one in place.rglob("*") if not one.is_dir()]
    assert all(one.is_file() and not one.is_symlink() and not one.stat().st_mode & 0o077 for one in found)
    assert sorted(str(one.relative_to(place)) for one in found) == sorted(one.name for one in contents.files)


@cache
def _backups() -> tuple[bytes, ...]:
    one, two = laid("seed/a", b"[owner]\n"), laid("seed/b", bytes(700))
    path = folder() / "seed.tar"
    write_archive(path, (Member("house/anlass.toml", one), Member("memory/anlass.db", two)), {"made": "x"})
    return (path.read_bytes(),)


def read_roster(data: bytes) -> None:
    """The list of a round: what is read is packed again to the same bytes, every name is one plain line."""
    found = roster_in(data)
    assert packed(found) == data
    assert all(plain_name(one.name) == one.name for one in found.entries)


def read_wishes(data: bytes) -> None:
    """What takes part in a round sends, and what lies on its shelf: opened with the right key, or nothing."""
    fault_of(data)
    assert unshelved(KEY, b"place", data) is None
    people = roster(2)
    pair = pair_of(secret(0), entry(0), entry(1), people)
    if len(data) >= 300:
        unseal(pair, data[:300])
    ids = sorted({data[at : at + 16] for at in range(0, min(len(data), 160) - 15, 16)})
    wishes = HostedWishes(data[:60].decode("utf-8", "replace")[:20], tuple(ids))
    assert wishes_in(hosted_frame(wishes)) == wishes


def read_note(data: bytes) -> None:
    """A sealed note and what is enclosed with a card: read, or nothing; nothing in it steers."""
    assert open_note(data, KEY, bytes(32), b"about") is None
    told = taken_out(data.decode("utf-8", "replace"))
    assert taken_out(enclosed(told.card[:20], told.note[:20])) == Enclosed(told.card[:20], told.note[:20])


def read_house_key(data: bytes) -> None:
    """What another house publishes: keys of the right length, or a refusal."""
    keys, revoked = read_keys(data.decode("utf-8", "replace"))
    assert {len(one) for one in keys} == {64}
    assert {len(one) for one in revoked} <= {20}


def read_service(data: bytes) -> None:
    """What a service to log in by answers: nobody comes in by bytes that nobody signed."""
    key = OctKey.import_key("a" * 64)
    told = json.loads(data)
    keys = KeySet.import_key_set(told)
    jwt.decode(str(told.get("id_token", "")), KeySet([key]), algorithms=["RS256", "ES256", "EdDSA"])
    raise AssertionError(keys)


def read_line(data: bytes) -> None:
    """What the server of a round says of it, and the link that leads there."""
    link, _, told = data.partition(b"\n")
    line_to(link.decode("utf-8", "replace"))
    WishLine("https://wish.example/w/x/")._object(told)


def read_kept(data: bytes) -> None:
    """What a mailbox's secret holds, and a purse that somebody changed."""
    purses(laid("purse/wishes/a.json", data).parents[1])
    grant(data.decode("utf-8", "replace"))


def _roster() -> bytes:
    return packed(roster(3))


TARGETS = (
    Target(
        "backup", ("store.safekeeping.archive",), read_backup, _backups, (AnlassError,), longest=16 * 1024
    ),
    Target("roster", ("outreach.wish_roster",), read_roster, lambda: (_roster(),), (FalseRoster,)),
    Target(
        "wishes",
        ("outreach.wish", "outreach.wish_round", "outreach.wish_hosted"),
        read_wishes,
        lambda: (_roster(), bytes(3600)),
    ),
    Target(
        "note",
        ("outreach.sealed_note",),
        read_note,
        lambda: (b"\0" * 60, enclosed("Kai <k@x.example>", "Bis bald").encode()),
    ),
    Target(
        "house-key",
        ("desk.cards.vouchers",),
        read_house_key,
        lambda: (
            json.dumps({"version": 1, "keys": [{"id": "x", "ed25519": "ab" * 32}], "revoked": []}).encode(),
        ),
        (Refused,),
    ),
    Target(
        "service",
        ("web.gate.oidc",),
        read_service,
        lambda: (
            json.dumps(
                {
                    "keys": [
                        {"kty": "oct", "k": "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo"},
                        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
                    ],
                    "id_token": "eyJhbGciOiJSUzI1NiJ9.e30.AA",
                }
            ).encode(),
        ),
        (JoseError, ValueError, KeyError, TypeError),
    ),
    Target(
        "wish-line",
        ("wires.wishes",),
        read_line,
        lambda: (b'https://h.example/w/x/\n{"ticket": {"name": "x", "pid": "00"}}',),
        (AnlassError,),
    ),
    Target(
        "kept",
        ("channels.mail.oauth", "desk.wishes.purse"),
        read_kept,
        lambda: (b'{"token_url": "https://x", "client_id": "a", "refresh_token": "b", "client_secret": ""}',),
        (AnlassError,),
    ),
)
