"""Skype's exports: talks between two count, calls that were held are meetings, the rest is passed over."""

from __future__ import annotations

import io
import json
import random
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from anlass.intake import SetAside
from anlass.ledger import UNDATED, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources import Bearings, NoTrace
from anlass.sources.skype import Skype
from tests.fuzz.torture import longest

FILES = Path(__file__).parents[2] / "networks" / "skype"
BEARINGS = Bearings(frozenset(), datetime(2026, 11, 22, tzinfo=UTC), region="DE")
IN, OUT, MET = EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT, EncounterKind.MEETING
KAI = Address(AddressKind.OTHER, "skype:live:kai")
Told = Trace | NoTrace | SetAside


def read(path: Path) -> list[Told]:
    """Return what Skype's source tells of a file it knows, within a second."""
    source = Skype()
    assert source.knows(str(path), path.read_bytes()[:16_384])
    began = process_time()
    told = list(source.read(str(path), BEARINGS))
    assert process_time() - began < longest()
    return told


def reasons(told: list[Told]) -> list[str]:
    """Return the reasons for what is no trace, in order."""
    return [one.reason for one in told if not isinstance(one, Trace)]


def message(**fields: object) -> dict[str, object]:
    """Return a message of Kai's, with some fields changed."""
    return {
        "id": "1",
        "displayName": "Kai",
        "originalarrivaltime": "2019-05-03T18:29:00Z",
        "messagetype": "RichText",
        "content": "Hallo",
        "conversationid": "8:live:kai",
        "from": "8:live:kai",
        **fields,
    }


def export(folder: Path, *messages: object, owner: str | None = "8:olga") -> Path:
    """Write an export with these messages in one conversation."""
    path = folder / "messages.json"
    talk = {"id": "8:live:kai", "displayName": None, "properties": None, "MessageList": messages}
    path.write_text(json.dumps({"userId": owner, "exportDate": "x", "conversations": [talk]}))
    return path


def tar(folder: Path, **files: bytes) -> Path:
    """Write a tar of these files; `_` in a name stands for a dot."""
    path = folder / "8_olga_export.tar"
    with tarfile.open(path, "w") as made:
        for name, content in files.items():
            info = tarfile.TarInfo(name.replace("_", "."))
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return path


def test_talk_of_two_counts_and_a_held_call_is_a_meeting() -> None:
    """Out, in and a call between two; media, groups and Skype's own notes are passed over."""
    told = read(FILES / "messages.json")
    assert [
        (one.name, one.addresses, one.encounters[0].kind, one.encounters[0].is_turn, one.encounters[0].where)
        for one in told
        if isinstance(one, Trace)
    ] == [
        ("Kai Falk", (KAI,), MET, False, "Skype"),
        ("Kai Falk", (KAI,), OUT, True, "Skype"),
        ("Kai Falk", (KAI,), IN, False, "Skype"),
    ]
    assert reasons(told) == ["no_words", "group", "group"]
    assert all(one.encounters[0].is_proven for one in told if isinstance(one, Trace))
    assert "Ruf an" not in repr(told)


def test_conversation_names_the_other_side_where_its_messages_do_not(tmp_path: Path) -> None:
    """What a message says of its sender comes first; no conversation lends its name to the next."""
    talks = [
        {
            "id": f"8:{who}",
            **named,
            "MessageList": [message(**{"conversationid": f"8:{who}", "from": f"8:{who}"}, **own)],
        }
        for who, named, own in (
            ("kai", {"displayName": "Kai Kaiser"}, {"displayName": None}),
            ("eva", {"displayName": None}, {"displayName": None}),
            ("uwe", {"displayName": "Uwe (Deich)"}, {"displayName": "Uwe Still"}),
            ("ida", {}, {"displayName": None}),
        )
    ]
    path = tmp_path / "messages.json"
    path.write_text(json.dumps({"userId": "8:olga", "exportDate": "x", "conversations": talks}))
    assert [one.name for one in read(path) if isinstance(one, Trace)] == [
        "Kai Kaiser",
        "eva",
        "Uwe Still",
        "ida",
    ]


def test_tar_tells_what_its_messages_tell(tmp_path: Path) -> None:
    """Packed with devices and pictures, the same encounters come."""
    content = (FILES / "messages.json").read_bytes()
    packed = read(tar(tmp_path, media_jpg=b"x" * 700, endpoints_json=b"{}", messages_json=content))
    assert [(one.name, [met.id for met in one.encounters]) for one in packed if isinstance(one, Trace)] == [
        (one.name, [met.id for met in one.encounters])
        for one in read(FILES / "messages.json")
        if isinstance(one, Trace)
    ]
    assert packed[0].place == "8_olga_export.tar: messages.json, message 1"  # type: ignore[union-attr]


def test_devices_are_no_contacts(tmp_path: Path) -> None:
    """`endpoints.json` lists the owner's machines; a tar of nothing else says so."""
    (tmp_path / "endpoints.json").write_text('{"endpoints": [{"endpointId": "a"}]}')
    assert read(tmp_path / "endpoints.json") == [NoTrace("endpoints.json", "no_rows")]
    assert reasons(read(tar(tmp_path, endpoints_json=b'{"endpoints":[]}'))) == ["no_talks"]


def test_contacts_have_handles_and_numbers_and_no_encounter() -> None:
    """The other file that Skype gave away: cards, written by their bearers."""
    told = read(FILES / "contacts.csv")
    assert [
        (one.name, [str(a) for a in one.addresses], one.encounters) for one in told if isinstance(one, Trace)
    ] == [
        ("Kai Falk", ["skype:live:kai", "+4940123456"], ()),
        ("Nora Still", ["skype:nora"], ()),
    ]
    assert reasons(told) == ["bot"]
    assert not Skype().joins


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"content": ""}, "no_words"),
        ({"content": "<p>\u200b</p> &nbsp;"}, "no_words"),
        ({"content": None}, "no_words"),
        ({"messagetype": "RichText/Media_Video"}, "no_words"),
        ({"messagetype": "Notice"}, "service"),
        ({"messagetype": None}, "service"),
        ({"from": "8:somebody"}, "service"),
        ({"conversationid": "19:abc@thread.skype"}, "group"),
        ({"conversationid": "28:bot"}, "bot"),
        ({"conversationid": "8:olga", "from": "8:olga"}, "own_notes"),
        ({"messagetype": "Event/Call", "content": "<partlist type='started'/>"}, "call"),
        (
            {"messagetype": "Event/Call", "content": "<partlist type='missed'><part/><part/></partlist>"},
            "call",
        ),
        ({"messagetype": "Event/Call", "content": "no xml"}, "call"),
        (
            {
                "messagetype": "Event/Call",
                "content": "<partlist type='ended'><part><duration>9</duration></part><part/></partlist>",
            },
            "call",
        ),
    ],
)
def test_what_is_no_word_between_two_people_is_passed_over(
    fields: dict[str, object], reason: str, tmp_path: Path
) -> None:
    """Each kind has its reason."""
    assert reasons(read(export(tmp_path, message(**fields)))) == [reason]


def test_records_of_another_shape_are_set_aside_and_the_rest_comes(tmp_path: Path) -> None:
    """Numbers, lists and messages from nobody are named by their number."""
    told = read(export(tmp_path, 7, ["x"], message(**{"from": None}), message(), message(conversationid=3)))
    assert [(one.origin.offset, one.reason, one.says) for one in told if isinstance(one, SetAside)] == [
        (number, "misshapen", f"The record does not have the shape of this export (message {number}).")
        for number in (1, 2, 3, 5)
    ]
    assert sum(isinstance(one, Trace) for one in told) == 1


def test_undated_and_future_messages_count_without_a_day(tmp_path: Path) -> None:
    """A clock that went wrong gives no date."""
    told = read(
        export(
            tmp_path, message(originalarrivaltime="2199-01-01T00:00:00Z"), message(originalarrivaltime=None)
        )
    )
    assert [one.encounters[0].when for one in told if isinstance(one, Trace)] == [UNDATED, UNDATED]
    assert len({one.encounters[0].id for one in told if isinstance(one, Trace)}) == 2


START = b'{"userId":"8:olga","exportDate":"x","conversations":[{"MessageList":'
HOSTILE = {
    "cut off": START + b'[{"id":"1","from":"8:k',
    "deep": START + b"[" * 500_000,
    "deep objects": START + b"[" + b'{"a":' * 300_000,
    "deep before": b'{"userId":"8:olga","x":' + b"[" * 500_000,
    "long number": b'{"userId":"8:olga","exportDate":' + b"9" * 1_000_000 + b',"conversations":[]}',
    "long text": b'{"userId":"8:olga","exportDate":"' + b"x" * 3_000_000,
    "no UTF-8": START + b'[{"from":"\xff\xfe"}]}]}',
    "no JSON": b"userId exportDate" * 1_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_json_costs_less_than_a_second_and_is_named(kind: str, tmp_path: Path) -> None:
    """Whatever no program wrote is set aside at the place where it breaks."""
    path = tmp_path / "messages.json"
    path.write_bytes(HOSTILE[kind])
    began = process_time()
    assert reasons(list(Skype().read(str(path), BEARINGS)))[-1] == "broken_file"
    assert process_time() - began < longest()


def test_call_with_entities_resolves_nothing(tmp_path: Path) -> None:
    """A call's XML may name files and bombs; neither is opened."""
    secret = tmp_path / "secret"
    secret.write_text("900")
    content = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY b "900">]>'
        '<partlist type="ended"><part><duration>&s;&b;</duration></part><part/></partlist>'
    )
    assert reasons(read(export(tmp_path, message(messagetype="Event/Call", content=content)))) == ["call"]


def test_truncated_tar_gives_what_stands_before_the_end(tmp_path: Path) -> None:
    """A download that broke within the messages: those before come, the break is named."""
    content = (FILES / "messages.json").read_bytes()
    path = tar(tmp_path, messages_json=content)
    path.write_bytes(path.read_bytes()[: 512 + len(content) * 2 // 3])
    told = read(path)
    assert sum(isinstance(one, Trace) for one in told) == 3
    assert reasons(told)[-1] == "broken_file"


def test_forged_tar_is_gone_through_once(tmp_path: Path) -> None:
    """Sizes that no disk holds, sizes that are no numbers, names that are no text: read as far as it goes."""
    whole = bytearray(tar(tmp_path, messages_json=(FILES / "messages.json").read_bytes()).read_bytes())
    for forged in (b"77777777777\0", b"\x80" + b"\xff" * 11, b"-1234567890\0", b"\xff" * 12):
        path = tmp_path / "forged.tar"
        path.write_bytes(bytes(whole[:124] + forged + whole[136:]))
        began = process_time()
        assert list(Skype().read(str(path), BEARINGS))
        assert process_time() - began < longest()


def test_tar_with_bytes_thrown_into_it_raises_nothing(tmp_path: Path) -> None:
    """Wherever a byte is wrong, something is said."""
    whole = tar(tmp_path, messages_json=(FILES / "messages.json").read_bytes()).read_bytes()[:5_000]
    path, dice = tmp_path / "torn.tar", random.Random(7)
    for _ in range(300):
        torn = bytearray(whole)
        for _ in range(dice.randrange(1, 9)):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        path.write_bytes(bytes(torn))
        assert list(Skype().read(str(path), BEARINGS))
