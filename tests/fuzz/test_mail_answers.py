"""A mail server may answer anything: a look ends in order all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.channels.mail.account import GERMAN, Account, Server
from anlass.desk.accounts.mail import keep
from tests.imap_server import Answer, line, serving
from tests.live import NOW, House
from tests.servers import HOST

pytestmark = pytest.mark.slow  # each example is a talk with a server

CAPABLE = line(b"CAPABILITY IMAP4rev1 IDLE CONDSTORE MOVE UIDPLUS NAMESPACE QUOTA")
WORDS = "LIST EXAMINE SELECT SEARCH FETCH NAMESPACE CREATE APPEND LOGIN CAPABILITY".split()
ATOMS = rb"""
* ( ) " {99999999999} NIL OK NO BAD BYE [UIDVALIDITY_7] [UIDVALIDITY_0] [UIDNEXT_4294967296] [HIGHESTMODSEQ_x]
EXISTS EXPUNGE 1_FETCH_(UID_1 FLAGS_(\Seen) BODY[] SEARCH_1_2_3 SEARCH_-1_9999999999999 +
LIST_(\Drafts)_"/"_Drafts
LIST_()_NIL_INBOX &AOQ- &broken
""".split()
"""Pieces of answers; a line below a word stands for the space in it."""
PARTS = st.lists(
    st.sampled_from([atom.replace(b"_", b" ") for atom in ATOMS] + [b"{5}\r\n", b"\xff\xfe"])
    | st.binary(max_size=20).filter(lambda raw: b"\n" not in raw),
    max_size=6,
)
FOLDERS = replace(GERMAN, shown="folders")


def spoiled(parts: list[bytes]) -> Answer:
    """Return an answer of these bytes, and the end that is expected."""

    def answer(tag: bytes, asked: bytes) -> bytes:
        return b"* " + b" ".join(parts) + b"\r\n" + tag + b" OK done\r\n"

    return answer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return one house for all examples: it has to bear them one after the other, too."""
    return House(tmp_path_factory.mktemp("house"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(WORDS), parts=PARTS)
def test_any_answer_ends_a_look_in_order(house: House, word: str, parts: list[bytes]) -> None:
    """Whatever one question is answered with, nothing but a named trouble comes of it, and no case."""
    answers = {"CAPABILITY": CAPABLE, "EXAMINE": empty(), "SELECT": empty(), "SEARCH": line(b"SEARCH")}
    with serving(**answers | {word: spoiled(parts)}) as fake:
        at = Server(HOST, fake.port, "none")
        account = Account("post", "olga@anlass.example", at, None, "olga", folders=FOLDERS)
        house.secrets.put("post", "secret", "file")
        keep(house.home.book, account, now=NOW)
        troubles = house.once()
        assert house.cases() == []
        assert "broken" not in troubles.values()


def empty() -> Answer:
    """Return what a server says of an empty folder."""
    return line(b"0 EXISTS", b"OK [UIDVALIDITY 7] so", b"OK [UIDNEXT 1] so", ok=b"OK [READ-WRITE] done")
