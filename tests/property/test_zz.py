"""Laws of quickness: what is read the quick way is what the patient way reads, for whatever bytes."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anlass.intake.parse import patient_message
from anlass.intake.plain_headers import plain_message
from anlass.intake.results import by_the_grammar, plainly
from tests.unit.intake.mails import HERE

FIELDS = """
From: Ada Lindqvist <ada@sender.example>
From: "Lindqvist, Ada" <Ada@Sender.Example>, b@c.example
From: =?utf-8?q?J=C3=BCrgen?= <j@d.example>
From: ada@sender.example (Ada)
To: a@b.example, C D <c@d.example>,"E, F"<e@f.example>
To: Team: a@b.example, c@d.example;
To: undisclosed-recipients:;
To: A <a@b.example> , , B
Cc: 'x' <x@y.example>,\\n\\tB B\\n <b@y.example>, "a \\\\" q" <q@y.example>
Cc: <x@y.example> A, A@x <a@b.example>, A: B <a@b.example>, nobody
Cc:
Reply-To: A < a@b.example >, <mailto:m@b.example>
Date: Wed, 20 Apr 2022 23:17:38 -0700 (PDT)
Date: 2 Feb 1999 01:02:03 +0000
Date: Wed, 30 Feb 2022 23:17:60 +0199
Date: Wed, 31 Dec 2099 23:59:59 -0900
Date: yesterday
Subject: Re: [x] a  b\\n \\n  c
Subject:  =?iso-8859-1?q?Gr=FC=DFe?= and\\n =?utf-8?b?w6Q=?=
Subject:
 x:
subject : with a blank
Message-ID: <a.b@c.example>
Message-ID:\\n <a.b@c.example>
Message-Id: a@b
In-Reply-To: <x@y> (Ada's message of Monday)
References: <1@x> <2@x>\\n\\t<3@x> <
Content-Type: multipart/report;\\n\\treport-type=delivery-status
Received: from a by b;\\n\\tWed, 20 Apr 2022 23:17:38 -0700
Authentication-Results: mx.example; dkim=pass header.d=sender.example
List-Id: <x.y.example>
X-Odd: \\x00\\x0b\\t\\x7f
: nothing
no field
>From x
""".strip().split("\n")
fields = st.sampled_from([one.encode().decode("unicode_escape").encode() for one in FIELDS])
ends = st.sampled_from([b"\n", b"\n", b"\n", b"\r\n", b"\r\n", b"\r", b"\r\r\n"])


@st.composite
def heads(draw: st.DrawFn) -> bytes:
    """Some fields, mostly with one kind of line end, a letter below them, perhaps some bytes turned."""
    end = draw(ends)
    lines = draw(st.lists(fields, max_size=9))
    raw = end.join([*lines, b"", b"Dear Olga,", b"", b"so long"])
    if end == b"\r\n":
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    rng = random.Random(draw(st.integers(0, 1 << 30)))
    for _ in range(draw(st.integers(0, 3))):
        at = rng.randrange(len(raw) + 1)
        raw = (
            raw[:at] + bytes([rng.choice(b'\r\n\t <>@,;:"\\()=?\0\xe4aA.[]')]) + raw[at + rng.randrange(2) :]
        )
    return raw


@settings(max_examples=50000)
@given(heads())
@example(b"From: a@b.example\nTo: " + b"c@d.example, " * 2_000 + b"e@f.example\n\nx")
@example(b"From: a@b.example\nX-Long: " + b"x" * 5_000 + b"\n\nx")
@example(b"".join(b"X-%d: y\n" % number for number in range(600)) + b"\n")
def test_a_plain_head_says_what_the_patient_way_reads(raw: bytes) -> None:
    """The quick way declines, or its message is equal, field by field and in all headers."""
    quick = plain_message(raw, HERE)
    assert quick is None or quick == patient_message(raw, HERE)


def test_an_ordinary_letter_is_read_the_quick_way() -> None:
    """Encoded words, a quoted comma, folds and CRLF make no letter odd; else the quick way were none."""
    head = (
        b'From: =?utf-8?q?J=C3=BCrgen?= <j@d.example>\nTo: "E, F" <e@f.example>,\n\tc@d.example\n'
        b"Subject: =?utf-8?b?w6Q=?=\nDate: Wed, 20 Apr 2022 23:17:38 -0700 (PDT)\nMessage-ID: <a@b>\n\nbody"
    )
    for raw in (head, head.replace(b"\n", b"\r\n")):
        quick = plain_message(raw, HERE)
        assert quick is not None
        assert quick == patient_message(raw, HERE)


TOLD = """
mx.example|mx.example 1| mx-1.example |i=1|dkim=pass|spf=pass (mx: a@b designates 1.2.3.4)
dmarc=fail (p=none dis=none)|dkim=none (message not signed)|arc=none smtp.client-ip=1.2.3.4|none|nonesuch=pass
dkim=pass/1|dkim/1=pass|DKIM=Pass|dkim = pass|action=none|compauth=pass reason=100|
header.d=b.example|header.i=@b.example|header.i=@b..example|header.b="a+/=b"|header.b=a+/=b
header.from=b.example|smtp.mailfrom=a@b.example|smtp.mailfrom="a b"@b.example|smtp.auth=|policy.x=y|tls.v=1.3
reason="bad (a) sign"
(|)|(a (b) c)|()|(a\\)b)|"|;|;;|=|.|@
"""
told = st.lists(st.sampled_from(TOLD.strip("\n").replace("\n", "|").split("|")), max_size=9)


@settings(max_examples=50000)
@given(told, st.sampled_from(["; ", " ", ";", ""]))
@example(["mx.example", "dkim=pass header.d=b.example"], "; ")
def test_a_plain_statement_of_a_server_says_what_the_grammar_reads(parts: list[str], between: str) -> None:
    """The quick way declines, or states the same methods, results and domains."""
    value = " ".join(between.join(parts).split())
    quick = plainly(value)
    assert quick is None or quick == by_the_grammar(value)


@pytest.mark.parametrize(
    "value",
    [
        'mx.example; dkim=pass (2048-bit key) header.d=b.example header.b="a+/b"; spf=pass smtp.auth=b.de',
        "mx.example; dmarc=pass (p=none dis=none) header.from=b.example",
    ],
)
def test_what_providers_write_is_plain(value: str) -> None:
    """The common shapes are read the quick way, and as the grammar has them."""
    assert plainly(value) is not None
    assert plainly(value) == by_the_grammar(value)
