"""Whom to believe about a sender: the owner's provider, above the border, and nobody else."""

from __future__ import annotations

import pytest

from anlass.intake import Authenticity, authenticity, parse_headers, usual_server
from tests.unit.intake.mails import HERE, mail

TRUSTED = frozenset({"mx.example.org"})
OWN = "Received: from mail.example.net (mail.example.net [192.0.2.1]) by mx.example.org with ESMTPS; Mon\n"
INNER = "Received: from mx.example.org by imap.example.org with LMTP; Mon, 2 Mar 2026\n"
FOREIGN = "Received: from laptop by mail.example.net with ESMTPSA; Mon, 2 Mar 2026\n"


def said(
    *lines: str, sender: str = "Max <max@example.net>", trusted: frozenset[str] = TRUSTED
) -> Authenticity:
    """Return what is believed of a mail that begins with these lines."""
    return authenticity(parse_headers("".join(lines).encode() + mail(sender=sender), HERE), trusted)


def results(text: str, server: str = "mx.example.org") -> str:
    return f"Authentication-Results: {server};\n {text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dmarc=pass (p=NONE sp=NONE) header.from=example.net", Authenticity.PASS),
        (
            "spf=pass smtp.mailfrom=max@example.net; dkim=pass header.d=example.net; dmarc=pass",
            Authenticity.PASS,
        ),
        ("dmarc=fail (p=REJECT) header.from=example.net", Authenticity.FAIL),
        ("dkim=pass header.d=example.net; dmarc=fail header.from=example.net", Authenticity.FAIL),
        ("dkim=pass header.i=@example.net header.s=x header.b=abc", Authenticity.PASS),
        ("dkim=pass header.d=mail.example.net", Authenticity.PASS),
        ("dkim=pass header.d=tool.example; spf=pass smtp.mailfrom=b@tool.example", Authenticity.NONE),
        ("dkim=pass header.d=notexample.net", Authenticity.NONE),
        ("spf=pass smtp.mailfrom=max@example.net; dmarc=none header.from=example.net", Authenticity.PASS),
        ("spf=fail smtp.mailfrom=max@example.net", Authenticity.NONE),
        ("dmarc=temperror header.from=example.net", Authenticity.NONE),
        ("dmarc=pass header.from=other.example", Authenticity.NONE),
        ("none", Authenticity.NONE),
        ("((((", Authenticity.NONE),
        ("dkim=pass " + "(" * 5_000, Authenticity.NONE),
        ("=====", Authenticity.NONE),
    ],
)
def test_statement_of_the_own_provider(text: str, expected: Authenticity) -> None:
    """DMARC decides; without it an aligned SPF or DKIM pass; all else proves nothing."""
    assert said(OWN, results(text)) == expected


def test_statement_above_the_border_counts_wherever_the_provider_puts_it() -> None:
    """Above or below the provider's own Received fields is the same house."""
    line = results("dmarc=pass header.from=example.net")
    assert [said(line, INNER, OWN, FOREIGN), said(INNER, OWN, line, FOREIGN)] == [Authenticity.PASS] * 2


def test_statement_below_a_foreign_server_came_with_the_mail() -> None:
    """Whoever writes a mail can write the provider's name into it."""
    assert said(OWN, FOREIGN, results("dmarc=pass header.from=example.net")) == Authenticity.NONE


def test_statement_of_another_server_is_not_believed() -> None:
    """Only the owner's provider speaks."""
    assert said(OWN, results("dmarc=pass header.from=example.net", "mail.example.net")) == Authenticity.NONE


def test_topmost_statement_wins() -> None:
    """The provider's last word is on top."""
    fail, passed = (
        results("dmarc=fail header.from=example.net"),
        results("dmarc=pass header.from=example.net"),
    )
    assert said(fail, passed, OWN) == Authenticity.FAIL


def test_nobody_trusted_says_nothing() -> None:
    """As long as the owner's provider is not known, nothing is proven."""
    assert said(results("dmarc=pass header.from=example.net"), trusted=frozenset()) == Authenticity.NONE


def test_two_senders_never_pass() -> None:
    """A pass for one of two senders says nothing of the one that is shown."""
    lines = (OWN, results("dmarc=pass header.from=example.net"), "From: Max <max@example.net>\n")
    assert said(*lines, sender="Vera <vera@example.org>") == Authenticity.NONE


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (results("spf=pass", "MX.Example.ORG"), "mx.example.org"),
        (results("spf=pass", "mx.google.com 1"), "mx.google.com"),
        (results("spf=pass") + results("spf=pass", "other.example"), "mx.example.org"),
        ("Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n", ""),
        ("", None),
    ],
)
def test_usual_server_is_the_topmost_name(line: str, expected: str | None) -> None:
    """Counted over a mailbox, the topmost name is the owner's provider."""
    assert usual_server(parse_headers(line.encode() + mail(), HERE)) == expected
