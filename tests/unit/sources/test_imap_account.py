"""Where a mailbox is: what the owner may write, and what of it is kept where."""

from __future__ import annotations

import pytest

from anlass.errors import ConfigError
from anlass.sources.imap import Account, Tls, account


@pytest.mark.parametrize(
    ("address", "host", "port", "tls"),
    [
        ("mail.example", "mail.example", 993, Tls.AT_ONCE),
        ("mail.example:10993", "mail.example", 10993, Tls.AT_ONCE),
        ("imaps://mail.example/", "mail.example", 993, Tls.AT_ONCE),
        ("imap://mail.example", "mail.example", 143, Tls.STARTTLS),
        ("imap://127.0.0.1:1143", "127.0.0.1", 1143, Tls.NONE),
        ("127.0.0.1:1143", "127.0.0.1", 1143, Tls.AT_ONCE),
    ],
)
def test_wire_is_encrypted_unless_it_ends_on_this_machine(
    address: str, host: str, port: int, tls: Tls
) -> None:
    """TLS from the first byte on is what nobody has to ask for."""
    assert account(address, "olga", "geheim") == Account(host, port, tls, "olga", "geheim")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("olga:geheim@mail.example", "must not hold a password"),
        ("https://mail.example", "is no address of a mail server"),
        ("mail.example/INBOX", "is no address of a mail server"),
        ("mail.example:port", "is no address of a mail server"),
        ("", "is no address of a mail server"),
        ("imap://[::1", "is no address of a mail server"),
    ],
)
def test_address_that_is_none_is_refused(address: str, says: str) -> None:
    """One sentence, and nothing of a password in it."""
    with pytest.raises(ConfigError, match=says) as refused:
        account(address, "olga")
    assert "geheim" not in str(refused.value) + refused.value.hint


def test_mailbox_of_nobody_is_refused() -> None:
    """The hint says what is missing."""
    with pytest.raises(ConfigError, match="Whose mailbox") as nameless:
        account("mail.example")
    assert "--user NAME" in nameless.value.hint


def test_place_of_a_mailbox_is_the_same_by_either_kind_of_tls() -> None:
    """The user stands in it and no password; another port may be another server."""
    both = [account(f"{scheme}://olga%40home.example@mail.example") for scheme in ("imap", "imaps")]
    assert {one.place for one in both} == {"imap://olga%40home.example@mail.example"}
    assert account("mail.example:1993", "olga").place == "imap://olga@mail.example:1993"
    assert "geheim" not in repr(account("mail.example", "olga", "geheim"))
