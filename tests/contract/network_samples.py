"""Exports of networks and blogs as they are, with invented people; the files lie in `tests/networks/`."""

from __future__ import annotations

from pathlib import Path

from anlass.sources.linkedin import LINKEDIN
from anlass.sources.skype import SKYPE
from anlass.sources.wordpress import WORDPRESS
from anlass.sources.xing import XING
from tests.contract.trace_samples import Sample

NETWORKS = Path(__file__).parents[1] / "networks"
_YEAR = NETWORKS / "linkedin" / "2026"
_CONNECTIONS = (_YEAR / "Connections.csv").read_bytes()
_MESSAGES = (_YEAR / "messages.csv").read_bytes()


def _connections(count: int) -> bytes:
    head = _CONNECTIONS.decode().split("Erika")[0]
    rows = (
        f"Person,Nummer {n},https://www.linkedin.com/in/p{n},,Firma {n % 40},Rolle,0{n % 9 + 1} Feb 2025\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


def _messages(count: int) -> bytes:
    head = _MESSAGES.decode().split("\n", 1)[0] + "\n"
    rows = (
        f"2-{n % 700},,Person {n % 700},https://www.linkedin.com/in/p{n % 700},Olga Muster,"
        f"https://www.linkedin.com/in/olga-m,2025-02-01 09:{n % 60:02}:00 UTC,,Hallo,INBOX,\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


_XING = (NETWORKS / "xing" / "XingNetwork.csv").read_bytes()
_SKYPE = (NETWORKS / "skype" / "messages.json").read_bytes()
_SKYPE_PEOPLE = (NETWORKS / "skype" / "contacts.csv").read_bytes()
_BLOG = (NETWORKS / "wordpress" / "blog.xml").read_bytes()


def _xing(count: int) -> bytes:
    head = _XING.decode().split("\n", 1)[0] + "\n"
    rows = (f"Nummer {n};Person;Firma {n % 40};;;https://www.xing.com/profile/P_{n}\n" for n in range(count))
    return (head + "".join(rows)).encode()


def _skype(count: int) -> bytes:
    messages = ",".join(
        f'{{"id":"{n}","displayName":"K","originalarrivaltime":"2019-05-03T18:29:{n % 60:02}Z",'
        f'"messagetype":"RichText","content":"Hallo","conversationid":"8:k{n % 90}","from":"8:k{n % 90}"}}'
        for n in range(count)
    )
    return ('{"userId":"8:olga","conversations":[{"id":"8:kai","MessageList":[' + messages + "]}]}").encode()


def _skype_people(count: int) -> bytes:
    head = _SKYPE_PEOPLE.decode().split("\n", 1)[0] + "\n"
    return (head + "".join(f"Skype,8:p{n},Person {n},,,,,,,,\n" for n in range(count))).encode()


def _blog(count: int) -> bytes:
    head, _, _ = _BLOG.decode().partition("<wp:comment>")
    comments = "".join(
        f"<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author>P {n}</wp:comment_author>"
        f"<wp:comment_author_email>p{n}@x.example</wp:comment_author_email>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment>"
        for n in range(count)
    )
    return (head + comments + "</item></channel></rss>").encode()


SAMPLES = (
    Sample(
        id="linkedin-connections",
        source=LINKEDIN,
        file="Connections.csv",
        content=_CONNECTIONS,
        records=5,
        people=("Erika Beispiel, PhD", "Jürgen Müßig", '=HYPERLINK("x") Formel', "Nora Still"),
        broken=_CONNECTIONS.replace(b"Nora", b"zu,wenig\nNora"),
        many=_connections,
    ),
    Sample(
        id="linkedin-messages",
        source=LINKEDIN,
        file="messages.csv",
        content=_MESSAGES,
        records=5,
        people=("Erika Beispiel, PhD", "Erika Beispiel, PhD"),
        broken=_MESSAGES.replace(b'"2-b==', b'"2-x==","","Kai\n"2-b==', 1),
        many=_messages,
        beside={"Profile.csv": (_YEAR / "Profile.csv").read_bytes()},
    ),
    Sample(
        id="xing",
        source=XING,
        file="XingNetwork.csv",
        content=_XING,
        records=2,
        people=("Erika Beispiel", "Jürgen Müßig"),
        broken=_XING.replace("Müßig;".encode(), "zu;wenig\nMüßig;".encode()),
        many=_xing,
    ),
    Sample(
        id="skype-messages",
        source=SKYPE,
        file="messages.json",
        content=_SKYPE,
        records=6,
        people=("Kai Falk", "Kai Falk", "Kai Falk"),
        broken=_SKYPE.replace(b'{"id":"2"', b'{"id":7,"from":null},{"id":"2"'),
        many=_skype,
    ),
    Sample(
        id="skype-contacts",
        source=SKYPE,
        file="contacts.csv",
        content=_SKYPE_PEOPLE,
        records=3,
        people=("Kai Falk", "Nora Still"),
        broken=_SKYPE_PEOPLE.replace(b"Skype,8:nora", b"Skype,8:x\nSkype,8:nora"),
        many=_skype_people,
    ),
    Sample(
        id="wordpress",
        source=WORDPRESS,
        file="blog.xml",
        content=_BLOG,
        records=8,
        people=("Kai Falk", "Kai Falk", "Kai Falk", "Ruth & Rat"),
        broken=_BLOG.replace(b"<wp:comment><wp:comment_id>4", b"<wp:comment/><wp:comment><wp:comment_id>4"),
        many=_blog,
    ),
)
