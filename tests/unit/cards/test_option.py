"""Contact options: normal forms, where they lead, and what is none."""

from __future__ import annotations

import pytest

from anlass.cards import OptionKind, normal, target


@pytest.mark.parametrize(
    ("kind", "text", "form", "leads"),
    [
        ("mail", " mailto:Olga@Tueren.example ", "Olga@Tueren.example", "mailto:Olga@Tueren.example"),
        ("phone", "tel:+4930901820", "+49 30 901820", "tel:+4930901820"),
        ("mobile", "+49 170 / 123 45-67", "+49 170 1234567", "tel:+491701234567"),
        ("address", "Torweg 3;10117  Berlin", "Torweg 3\n10117 Berlin", ""),
        (
            "xing",
            "http://xing.com/profile/Olga_T/",
            "Olga_T",
            "https://www.xing.com/profile/Olga_T",
        ),
        (
            "linkedin",
            "https://de.linkedin.com/in/olga-t%C3%BC?trk=x",
            "olga-t%C3%BC",
            "https://www.linkedin.com/in/olga-t%C3%BC",
        ),
        ("flickr", "12@N01", "12@N01", "https://www.flickr.com/people/12@N01"),
        ("mastodon", "@olga@Social.example", "@olga@social.example", "https://social.example/@olga"),
        ("mastodon", "https://social.example/@olga", "@olga@social.example", "https://social.example/@olga"),
        ("matrix", "@olga:Chat.example", "@olga:chat.example", "matrix:u/olga:chat.example"),
        ("xmpp", "xmpp:olga@chat.example", "olga@chat.example", "xmpp:olga@chat.example"),
        ("signal", "+49 170 1234567", "+49 170 1234567", "https://signal.me/#p/+491701234567"),
        (
            "signal",
            "https://signal.me/#eu/aB-c_1",
            "https://signal.me/#eu/aB-c_1",
            "https://signal.me/#eu/aB-c_1",
        ),
        ("threema", "abcd1234", "ABCD1234", "https://threema.id/ABCD1234"),
        ("skype", "skype:olga.t", "olga.t", ""),
        ("web", "tueren.example/a?b=c", "https://tueren.example/a?b=c", "https://tueren.example/a?b=c"),
        ("calendar", "https://zeit.example/olga", "https://zeit.example/olga", "https://zeit.example/olga"),
    ],
)
def test_an_option_has_one_form_however_it_was_written(kind: str, text: str, form: str, leads: str) -> None:
    """What was copied from a page and what was typed become the same; a click leads where it should."""
    assert normal(OptionKind(kind), text) == form
    assert target(OptionKind(kind), form) == leads
    assert normal(OptionKind(kind), form) == form


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mail", "olga"),
        ("mail", "olga@tueren.example, kai@falk.example"),
        ("mail", "olga@localhost"),
        ("phone", "030 901820"),
        ("phone", "+49"),
        ("address", " \n ; "),
        ("xing", "https://www.linkedin.com/in/olga"),
        ("linkedin", "olga von türen"),
        ("mastodon", "@olga"),
        ("matrix", "olga:chat.example"),
        ("threema", "ABC"),
        ("signal", "https://evil.example/#p/1"),
        ("skype", "olga tueren"),
        ("web", "javascript:alert(1)"),
        ("web", "https://olga:secret@tueren.example"),
        ("web", "https://[::1"),
        ("calendar", "ftp://zeit.example"),
        ("mail", "olga@tueren.example\nBcc: x@y.example"),
        ("web", "https://tueren.example/" + "a" * 300),
    ],
)
def test_what_is_no_option_is_none(kind: str, text: str) -> None:
    """Nothing is guessed: what is not of its kind is none."""
    assert normal(OptionKind(kind), text) is None
