"""A donated notice: nothing planted survives in any encoding, and the gate reads the copy as the original."""

from __future__ import annotations

import base64
import html
import quopri
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from urllib.parse import quote, unquote

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from anlass.desk.learning.donating import anonymous_notice
from anlass.intake import Message, Origin, parse
from anlass.intake.anonymous.veil import fixed_words

pytestmark = pytest.mark.slow  # writes, copies and reads whole mails

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßé"


def _foreign(word: str) -> bool:
    """Tell whether nobody uses this word, so that finding it in the copy is finding the person."""
    return word.lower() not in fixed_words() and not word.lower().startswith("zyx")


names = st.text(_LETTERS, min_size=5, max_size=12).map(str.capitalize).filter(_foreign)
keys = st.from_regex(r"[A-Z][a-z0-9]{4}[0-9][A-Za-z0-9]{6,12}", fullmatch=True)
numbers = st.integers(10**8, 10**18).map(str)


@dataclass(frozen=True)
class Planted:
    """What is planted in a notice, and must not be found in the copy."""

    first: str
    last: str
    owner: str
    firm: str
    word: str
    key: str
    number: str

    @property
    def all(self) -> tuple[str, ...]:
        """Everything personal."""
        return (self.first, self.last, self.owner, self.firm, self.word, self.key, self.number)


networks = st.sampled_from(["linkedin", "xing"])
transfers = st.sampled_from(["quoted-printable", "base64"])
planted = st.builds(
    lambda five, key, number: Planted(five[0], five[1], five[2], five[3], five[4], key, number),
    st.lists(names, min_size=5, max_size=5, unique_by=lambda name: name[:4].lower()),
    keys,
    numbers,
)


def notice(one: Planted, transfer: str, *, is_html_alone: bool = False, network: str = "linkedin") -> bytes:
    """Return a notice with all that is planted in all of its parts, in several encodings."""
    name, key, host = f"{one.first} {one.last}", one.key, f"https://www.{network}.com"
    link = f"{host}/comm/mynetwork/invite-accept/invitationId/{one.number}/sharedKey/{key}/?midToken={key}"
    profile = f"https://www.linkedin.com/comm/in/{quote(one.last.lower())}"
    note = f"Wir trafen uns bei {one.firm}. Schreib an {key}@{one.last.lower()}.example, ruf {one.number} an."
    text = (
        f"Hi {one.owner},\n\n{note}\n\n{name}\n{one.firm} {one.word}\n\nView profile: {profile}\n"
        f"Accept: {link}&u={quote(name)}\n\nYou are receiving Invitation emails.\n"
    )
    coded = "".join(f"&#{ord(sign)};" for sign in name)
    rich = f'<html><!-- {name} --><body data-id="{key}"><p title="{name}">{coded}</p>'
    rich += "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part)
    rich += f'<a href="{link}">x</a></body></html>'
    mail = EmailMessage()
    is_xing = network == "xing"
    mail["From"] = "XING <mailrobot@mail.xing.com>" if is_xing else f"{name} <invitations@linkedin.com>"
    mail["To"] = f"{one.owner} {one.last} <{key}@home.example>"
    asks = f"{one.owner}, please add me to your LinkedIn network"
    mail["Subject"] = f"{name} wants to connect" if is_xing else asks
    mail["Date"], mail["Message-ID"] = "Tue, 03 Mar 2026 09:12:33 +0000", f"<{key}.{one.number}@x.example>"
    mail["Received"] = f"from {key}.example by mx.home.example; Tue, 03 Mar 2026 09:12:33 +0000"
    mail["X-LinkedIn-Template"], mail["X-LinkedIn-fbl"] = "email_m2m_invite_single_01", f"m2-{key}"
    mail["X-Custom-Type"] = f"{one.word}-{key}"
    mail["List-Unsubscribe"] = f"<{host}/e/v2?midToken={key}>"
    kind = "html" if is_html_alone else "plain"
    mail.set_content(rich if is_html_alone else text, subtype=kind, cte=transfer)
    if not is_html_alone:
        mail.add_alternative(rich, subtype="html", cte=transfer)
        picture = f"{name} {key}".encode()
        mail.add_attachment(picture, maintype="image", subtype="png", filename=f"{one.word}.png")
    return mail.as_bytes()


def readings(raw: bytes) -> str:
    """Return a mail in every way in which its bytes can be read, in small letters."""
    parsed = BytesParser(policy=default).parsebytes(raw)
    found = [raw.decode("utf-8", "replace"), quopri.decodestring(raw).decode("utf-8", "replace")]
    found += [f"{name}: {value}" for name, value in parsed.items()]
    for part in parsed.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            found.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
    for run in re.findall(rb"[A-Za-z0-9+/]{16,}={0,2}", raw):
        whole = run.rstrip(b"=")
        found.append(base64.b64decode(whole[: len(whole) // 4 * 4]).decode("utf-8", "replace"))
    plain = "\n".join(found)
    return "\n".join((plain, html.unescape(plain), unquote(plain), unquote(unquote(plain)))).lower()


def copied(raw: bytes) -> tuple[bytes, bool]:
    """Return the copy of a notice, and whether it is read alike."""
    message = parse(raw, Origin("x.eml"))
    assert isinstance(message, Message)
    copy = anonymous_notice(raw, message, recipes=(), names=())
    return copy.raw, copy.is_read_alike


@settings(max_examples=6, phases=[Phase.generate])
@given(
    planted,
    transfers,
    st.booleans(),
    networks,
)
def test_nothing_planted_survives(one: Planted, transfer: str, is_html_alone: bool, network: str) -> None:
    """No name, firm, word, key or number of the original is in the copy, however its bytes are read."""
    raw = notice(one, transfer, is_html_alone=is_html_alone, network=network)
    assert [part for part in one.all if part.lower() in readings(raw)] == list(one.all)
    copy, _ = copied(raw)
    assert [part for part in one.all if part.lower() in readings(copy)] == []


@settings(max_examples=4, phases=[Phase.generate])
@given(planted, transfers, networks)
def test_copy_is_read_alike(one: Planted, transfer: str, network: str) -> None:
    """Door, person, number of words, marks and rule are the same; and copying twice gives the same bytes."""
    raw = notice(one, transfer, network=network)
    copy, is_read_alike = copied(raw)
    assert is_read_alike
    assert copied(raw) == (copy, True)
    assert copied(copy)[1]


@pytest.mark.parametrize(
    "sender",
    [
        "no-reply",
        "no-reply@",
        "Neues Netz <no-reply@>",
        "Neues Netz <@>",
        "no-reply@käse.example",
        "no-reply@neu\u200bes.example",
        "",
    ],
)
def test_network_without_a_domain_is_copied_as_one_of_nowhere(sender: str) -> None:
    """Where nobody can say whose notice it is, the copy is a mail all the same."""
    text = "Hallo Olga,\n\nYsolde Quendt schreibt:\n\nAuf der Tagung.\n\nhttps://www.neues.example/a?key=T7\n"
    head = f"From: {sender}\nTo: Olga <olga@home.example>\nSubject: Ysolde Quendt klopft\nMessage-ID: <1@x.y>"
    raw = f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()
    copy, _ = copied(raw)
    top = copy.partition(b"\n\n")[0]
    assert top.isascii()
    assert b"<1.notice@example.com>" in top
    assert [part for part in (b"Ysolde", b"Quendt", b"T7", b"olga") if part in copy] == []
    assert b"<1.notice@example.com>" in copied(copy)[0]
