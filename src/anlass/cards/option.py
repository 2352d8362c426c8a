"""One contact option of the owner: its kind, its normal form, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

LONGEST = 300
"""Code points of a contact option; a postal address is the longest."""


class OptionKind(StrEnum):
    """The ways to reach somebody that a card can name."""

    MAIL = "mail"
    PHONE = "phone"
    MOBILE = "mobile"
    ADDRESS = "address"
    XING = "xing"
    LINKEDIN = "linkedin"
    FLICKR = "flickr"
    MASTODON = "mastodon"
    MATRIX = "matrix"
    XMPP = "xmpp"
    SIGNAL = "signal"
    THREEMA = "threema"
    SKYPE = "skype"
    """History: nobody can be reached there since May 2025, but old address books know people by it."""
    WEB = "web"
    CALENDAR = "calendar"
    """A page on which an appointment can be asked for."""


@dataclass(frozen=True, slots=True)
class ContactOption:
    """One line of the owner's: `value` is in normal form, `place` is `work`, `home` or "".

    `cards` names the cards it stands on; where it is empty, it stands on all of them.
    """

    kind: OptionKind
    value: str
    tier: str
    place: str = ""
    label: str = ""
    cards: tuple[str, ...] = ()


def normal(kind: OptionKind, text: str) -> str | None:
    """Return what was written for an option in normal form, or `None` where it is none of its kind."""
    if len(text) > LONGEST or any(not (char.isprintable() or char == "\n") for char in text):
        return None
    if kind is OptionKind.ADDRESS:
        lines = (" ".join(line.split()) for line in re.split(r"[\n;]", text))
        return "\n".join(line for line in lines if line) or None
    return _FORMS[kind](" ".join(text.split()))


def target(kind: OptionKind, value: str) -> str:
    """Return the address that a normal form leads to; "" where a click can lead nowhere."""
    make = _TARGETS.get(kind)
    return make(value) if make else ""


_MAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
_HANDLE = re.compile(r"[\w.@+%-]{1,100}")
_MASTODON = re.compile(
    rf"(?:https://(?P<there>{_HOST})/)?@?(?P<name>\w[\w.-]*)(?:@(?P<host>{_HOST}))?", re.ASCII | re.IGNORECASE
)
_MATRIX = re.compile(rf"@([a-z0-9._=/+-]+):({_HOST}(?::\d+)?)", re.IGNORECASE)
_PAGE = re.compile(
    r"https?://(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_]{2,}\.?(?::\d{1,5})?(?:[/?#][^\s\"<>]*)?", re.IGNORECASE
)
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
_THREEMA = re.compile(r"[A-Z0-9*][A-Z0-9]{7}")
_SIGNAL = re.compile(r"https://signal\.me/#(?:p|eu)/[\w+=-]{1,100}", re.ASCII)


def _mail(text: str) -> str | None:
    value = text.removeprefix("mailto:")
    return value if _MAIL.fullmatch(value) and ".." not in value and "." in value.partition("@")[2] else None


def _phone(text: str) -> str | None:
    """Return a number as it is read aloud, with its country; without one nobody abroad could dial it."""
    written = text.removeprefix("tel:")
    try:
        number = phonenumbers.parse(written if written.startswith("+") else "", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _profile(host: str, folder: str) -> Callable[[str], str | None]:
    """Return the form of a profile that is known by one name below a folder of a network."""
    page = re.compile(
        rf"(?:https?://)?(?:[a-z]+\.)?{re.escape(host)}/(?:{folder})/([^/?#\s]+)/?(?:[?#].*)?", re.IGNORECASE
    )

    def form(text: str) -> str | None:
        hit = page.fullmatch(text)
        name = hit[1] if hit else text
        if hit and not _HANDLE.fullmatch(name):  # as the page writes it, so that it is read again as the same
            name = _escaped(name, safe="@+%").replace("~", "%7E")
        return name if _HANDLE.fullmatch(name) else None

    return form


def _mastodon(text: str) -> str | None:
    hit = _MASTODON.fullmatch(text)
    host = hit and (hit["host"] or hit["there"])
    return f"@{hit['name']}@{host.lower()}" if hit and host else None


def _matrix(text: str) -> str | None:
    hit = _MATRIX.fullmatch(text)
    return f"@{hit[1]}:{hit[2].lower()}" if hit else None


def _signal(text: str) -> str | None:
    return text if _SIGNAL.fullmatch(text) else _phone(text)


def _threema(text: str) -> str | None:
    name = text.removeprefix("https://threema.id/").upper()
    return name if _THREEMA.fullmatch(name) else None


def _skype(text: str) -> str | None:
    name = text.removeprefix("skype:")
    return name if re.fullmatch(r"[\w.,:@+-]{1,100}", name) else None


def _page(text: str) -> str | None:
    written = text if "://" in text else f"https://{text}"
    return written if _PAGE.fullmatch(written) else None


def _escaped(text: str, *, safe: str = "") -> str:
    """Return a name as a part of an address: what is neither letter, digit nor `safe` by its bytes."""
    kept = frozenset((_PLAIN + safe).encode())
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in text.encode())


def _digits(number: str) -> str:
    return "+" + re.sub(r"\D", "", number)


def _mastodon_page(value: str) -> str:
    _, name, host = value.split("@")
    return f"https://{host}/@{name}"


def _same(value: str) -> str:
    return value


_FORMS: Mapping[OptionKind, Callable[[str], str | None]] = {
    OptionKind.MAIL: _mail,
    OptionKind.PHONE: _phone,
    OptionKind.MOBILE: _phone,
    OptionKind.XING: _profile("xing.com", "profile"),
    OptionKind.LINKEDIN: _profile("linkedin.com", "in"),
    OptionKind.FLICKR: _profile("flickr.com", "people|photos"),
    OptionKind.MASTODON: _mastodon,
    OptionKind.MATRIX: _matrix,
    OptionKind.XMPP: lambda text: _mail(text.removeprefix("xmpp:")),
    OptionKind.SIGNAL: _signal,
    OptionKind.THREEMA: _threema,
    OptionKind.SKYPE: _skype,
    OptionKind.WEB: _page,
    OptionKind.CALENDAR: _page,
}
_TARGETS: Mapping[OptionKind, Callable[[str], str]] = {
    OptionKind.MAIL: lambda value: f"mailto:{_escaped(value, safe='@')}",
    OptionKind.PHONE: lambda value: f"tel:{_digits(value)}",
    OptionKind.MOBILE: lambda value: f"tel:{_digits(value)}",
    OptionKind.XING: lambda value: f"https://www.xing.com/profile/{_escaped(value, safe='%')}",
    OptionKind.LINKEDIN: lambda value: f"https://www.linkedin.com/in/{_escaped(value, safe='%')}",
    OptionKind.FLICKR: lambda value: f"https://www.flickr.com/people/{_escaped(value, safe='@%')}",
    OptionKind.MASTODON: _mastodon_page,
    OptionKind.MATRIX: lambda value: f"matrix:u/{_escaped(value[1:], safe=':')}",
    OptionKind.XMPP: lambda value: f"xmpp:{_escaped(value, safe='@')}",
    OptionKind.SIGNAL: lambda value: value if "://" in value else f"https://signal.me/#p/{_digits(value)}",
    OptionKind.THREEMA: lambda value: f"https://threema.id/{value}",
    OptionKind.WEB: _same,
    OptionKind.CALENDAR: _same,
}
