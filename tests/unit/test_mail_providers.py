"""Where mailboxes are: the table of providers, and what a server may be written as."""

from __future__ import annotations

import pytest

from anlass.channels.mail.account import Server
from anlass.channels.mail.providers import guesses, provider_of, server
from anlass.errors import ConfigError


def test_a_large_provider_is_known_by_its_domain() -> None:
    """Host, port and what must be done first come from the table, whatever the case of the letters."""
    found = provider_of("GMX.de.")
    assert found is not None
    assert (found.imap, found.smtp) == (Server("imap.gmx.net", 993), Server("mail.gmx.net", 465))
    assert found.needs == "enable"
    assert provider_of("wend.example") is None


def test_a_domain_of_ones_own_is_guessed_encrypted() -> None:
    """First the usual names with TLS, then with STARTTLS; never without."""
    assert guesses("wend.example", "imap") == (
        Server("imap.wend.example", 993),
        Server("mail.wend.example", 993),
        Server("imap.wend.example", 143, "starttls"),
        Server("mail.wend.example", 143, "starttls"),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mail.example", Server("mail.example", 993)),
        ("Mail.Example:143", Server("mail.example", 143, "starttls")),
        ("starttls mail.example", Server("mail.example", 143, "starttls")),
        ("tls mail.example:1143", Server("mail.example", 1143)),
        ("none 127.0.0.1:4143", Server("127.0.0.1", 4143, "none")),
        ("[::1]:993", Server("::1", 993)),
    ],
)
def test_a_server_as_the_owner_writes_it(written: str, meant: Server) -> None:
    """Host and port; the port says how the wire is encrypted where nothing else does."""
    assert server(written, "imap") == meant


@pytest.mark.parametrize(
    "written", ["", "a b c", "https://mail.example/", "mail.example:99999", "me@mail.example"]
)
def test_what_is_no_server_is_said(written: str) -> None:
    """Nothing is asked at an address that is none."""
    with pytest.raises(ConfigError):
        server(written, "imap")
