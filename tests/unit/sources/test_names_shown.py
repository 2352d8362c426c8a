"""However a person came, the name is one line of signs that can be seen, and so is what is said of them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.channels.networks.lists import on_mastodon
from anlass.intake.guard import one_line
from anlass.intake.knock import short_line
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources import Bearings
from anlass.sources.events import read_list, read_pasted
from anlass.sources.linkedin import LinkedIn, invitations

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@home.example"}), NOW, "DE")
KAI = Address(AddressKind.MAIL, "kai@falk.example")
UNSEEN = {
    "zero-width": "\u200b",
    "joiner": "\u200d",
    "mark": "\ufeff",
    "hyphen": "\u00ad",
    "right-to-left": "\u202e",
    "isolate": "\u2066",
    "control": "\x07",
    "escape": "\x1b",
}
Person = tuple[str, str, tuple[Address, ...]]


def _listed(path: Path, text: str) -> Person:
    path.write_text(text, "utf-8")
    (found,) = read_list(str(path), BEARINGS).people
    return found.somebody.name, found.somebody.about, found.somebody.addresses


def _vcard(name: str, about: str) -> str:
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"TITLE:{about}", f"EMAIL:{KAI}", "END:VCARD", "")
    return "\r\n".join(lines)


def from_card(folder: Path, name: str, about: str) -> Person:
    """A card that came as a file."""
    escaped = (text.replace("\n", "\\n") for text in (name, about))
    return _listed(folder / "kai.vcf", _vcard(*escaped))


def from_code(_folder: Path, name: str, about: str) -> Person:
    """A card in a code that was scanned."""
    name, about = (text.replace("\n", "\\n") for text in (name, about))
    (found,) = read_pasted(_vcard(name, about), BEARINGS).people
    return found.somebody.name, found.somebody.about, found.somebody.addresses


def from_table(folder: Path, name: str, about: str) -> Person:
    """A list of guests."""
    return _listed(folder / "list.csv", f'Name,E-Mail,Funktion\n"{name}",{KAI},"{about}"\n')


def from_export(folder: Path, name: str, about: str) -> Person:
    """What a ticket shop exports."""
    told = [{"name": name, "email": str(KAI), "position": about}]
    return _listed(folder / "list.json", json.dumps(told))


def from_linkedin(folder: Path, name: str, about: str) -> Person:
    """The contacts of LinkedIn."""
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    first, last = name.split(maxsplit=1) if name.split() != [name] else (name, "")
    path = folder / "Connections.csv"
    path.write_text(f'{head}\n"{first}","{last}",,{KAI},,"{about}",01 Mar 2020\n', "utf-8")
    (found,) = [one for one in LinkedIn().read(str(path), BEARINGS) if isinstance(one, Trace)]
    return found.name, found.about, found.addresses


READERS: tuple[Callable[[Path, str, str], Person], ...] = (
    from_card,
    from_code,
    from_table,
    from_export,
    from_linkedin,
)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN.keys())
def test_signs_that_nobody_sees_are_left_out(
    tmp_path: Path, read: Callable[[Path, str, str], Person], sign: str
) -> None:
    """Two who look alike are called alike, and no sign turns or hides what stands beside it."""
    shown = read(tmp_path, f"Ka{sign}i {sign}Falk", f"Setz{sign}er")
    assert shown == ("Kai Falk", "Setzer", (KAI,))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\t"], ids=["line", "mail", "separator", "tab"])
def test_several_lines_become_one(tmp_path: Path, read: Callable[[Path, str, str], Person], end: str) -> None:
    """A name on two lines would be a line of its own in every list it stands in."""
    if read in (from_card, from_code):
        end = end.replace("\r", "")
    assert read(tmp_path, f"Kai{end}Falk", f"Setzer{end}Falk") == ("Kai Falk", "Setzer Falk", (KAI,))


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u2066"], ids=["zero-width", "turned", "isolate"])
def test_an_address_with_such_a_sign_is_none(tmp_path: Path, sign: str) -> None:
    """Nothing is mended in an address: it would be somebody else's."""
    text = f"Name,E-Mail\nKai Falk,kai{sign}@falk.example\n"
    assert _listed(tmp_path / "list.csv", text) == ("Kai Falk", "", ())
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kai Falk\r\nEMAIL:kai{sign}@falk.example\r\nEND:VCARD\r\n"
    assert _listed(tmp_path / "kai.vcf", card) == ("Kai Falk", "", ())


def test_an_invitation_on_several_lines_has_one_name() -> None:
    """Whoever asks stands in the inbox by that name."""
    rows = (
        b'From,To,Sent At,Message,Direction\n"Kai\nFal\xe2\x80\x8bk",Olga,"3/2/26, 9:00 AM",Hallo,INCOMING\n'
    )
    (one,) = invitations(io.BytesIO(rows), NOW)
    assert getattr(one, "name", None) == "Kai Falk"


@pytest.mark.parametrize(
    "name", ["\u0645\u06cc\u200c\u0646\u0627", "\u0d28\u0d4d\u200d \u0d05", "Łukasz Żółć", "李 小龍"]
)
def test_every_script_is_written_as_it_is(name: str) -> None:
    """Joiners stay where letters need them."""
    assert one_line(name) == short_line(name) == name.replace("\u200d ", " ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\t"], ids=["line", "mail", "separator", "tab"])
def test_a_name_on_a_list_of_a_chat_network_is_one_line(end: str) -> None:
    """Its words stay apart, and no longer than a name is kept."""
    rows = [{"acct": "kai@falk.example", "display_name": f"Ka\u200bi{end}Falk"}]
    (found,) = on_mastodon("olga@home.example", "home.example", rows, "follows")
    assert isinstance(found, Trace)
    assert found.name == "Kai Falk"


@given(st.text(max_size=40))
def test_one_line_is_one(text: str) -> None:
    """It shows what it is, and stays as it is when it is read again."""
    line = one_line(text)
    assert all(char.isprintable() or char in "\u200c\u200d" for char in line)
    assert one_line(line) == line
    assert not any(char.isspace() and char != " " for char in line)
