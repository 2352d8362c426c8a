"""What the kinds of contact options are called on a card, in the card's language."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.cards.option import OptionKind

_LABELS: Mapping[OptionKind, tuple[str, str]] = {
    OptionKind.MAIL: ("Mail", "Mail"),
    OptionKind.PHONE: ("Telefon", "Phone"),
    OptionKind.MOBILE: ("Mobil", "Mobile"),
    OptionKind.ADDRESS: ("Anschrift", "Address"),
    OptionKind.XING: ("XING (früher openBC)", "XING (once openBC)"),
    OptionKind.LINKEDIN: ("LinkedIn", "LinkedIn"),
    OptionKind.FLICKR: ("Flickr", "Flickr"),
    OptionKind.MASTODON: ("Mastodon", "Mastodon"),
    OptionKind.MATRIX: ("Matrix", "Matrix"),
    OptionKind.XMPP: ("XMPP (Jabber)", "XMPP (Jabber)"),
    OptionKind.SIGNAL: ("Signal", "Signal"),
    OptionKind.THREEMA: ("Threema", "Threema"),
    OptionKind.SKYPE: ("Skype (Geschichte)", "Skype (history)"),
    OptionKind.WEB: ("Im Web", "On the web"),
    OptionKind.CALENDAR: ("Termin", "Appointment"),
}


def label_of(kind: OptionKind, lang: str) -> str:
    """Return the name of a kind, German for a German card, English for any other."""
    return _LABELS[kind][lang != "de"]
