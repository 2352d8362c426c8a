"""Exports of networks and blogs as they are, with invented people; the files lie in `tests/networks/`."""

from __future__ import annotations

from pathlib import Path

NETWORKS = Path(__file__).parents[1] / "networks"
_YEAR = NETWORKS / "linkedin" / "2026"
CONNECTIONS = (_YEAR / "Connections.csv").read_bytes()
MESSAGES = (_YEAR / "messages.csv").read_bytes()


def connections(count: int) -> bytes:
    head = CONNECTIONS.decode().split("Erika")[0]
    rows = (
        f"Person,Nummer {n},https://www.linkedin.com/in/p{n},,Firma {n % 40},Rolle,0{n % 9 + 1} Feb 2025\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


def messages(count: int) -> bytes:
    head = MESSAGES.decode().split("\n", 1)[0] + "\n"
    rows = (
        f"2-{n % 700},,Person {n % 700},https://www.linkedin.com/in/p{n % 700},Olga Muster,"
        f"https://www.linkedin.com/in/olga-m,2025-02-01 09:{n % 60:02}:00 UTC,,Hallo,INBOX,\n"
        for n in range(count)
    )
    return (head + "".join(rows)).encode()


XING = (NETWORKS / "xing" / "XingNetwork.csv").read_bytes()
SKYPE = (NETWORKS / "skype" / "messages.json").read_bytes()
SKYPE_CONTACTS = (NETWORKS / "skype" / "contacts.csv").read_bytes()
BLOG = (NETWORKS / "wordpress" / "blog.xml").read_bytes()


def xing(count: int) -> bytes:
    head = XING.decode().split("\n", 1)[0] + "\n"
    rows = (f"Nummer {n};Person;Firma {n % 40};;;https://www.xing.com/profile/P_{n}\n" for n in range(count))
    return (head + "".join(rows)).encode()


def skype(count: int) -> bytes:
    messages = ",".join(
        f'{{"id":"{n}","displayName":"K","originalarrivaltime":"2019-05-03T18:29:{n % 60:02}Z",'
        f'"messagetype":"RichText","content":"Hallo","conversationid":"8:k{n % 90}","from":"8:k{n % 90}"}}'
        for n in range(count)
    )
    return ('{"userId":"8:olga","conversations":[{"id":"8:kai","MessageList":[' + messages + "]}]}").encode()


def skype_contacts(count: int) -> bytes:
    head = SKYPE_CONTACTS.decode().split("\n", 1)[0] + "\n"
    return (head + "".join(f"Skype,8:p{n},Person {n},,,,,,,,\n" for n in range(count))).encode()


def blog(count: int) -> bytes:
    head, _, _ = BLOG.decode().partition("<wp:comment>")
    comments = "".join(
        f"<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author>P {n}</wp:comment_author>"
        f"<wp:comment_author_email>p{n}@x.example</wp:comment_author_email>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment>"
        for n in range(count)
    )
    return (head + comments + "</item></channel></rss>").encode()


CONNECTIONS_BROKEN = CONNECTIONS.replace(b"Nora", b"zu,wenig\nNora")
MESSAGES_BROKEN = MESSAGES.replace(b'"2-b==', b'"2-x==","","Kai\n"2-b==', 1)
XING_BROKEN = XING.replace("Müßig;".encode(), "zu;wenig\nMüßig;".encode())
SKYPE_BROKEN = SKYPE.replace(b'{"id":"2"', b'{"id":7,"from":null},{"id":"2"')
SKYPE_CONTACTS_BROKEN = SKYPE_CONTACTS.replace(b"Skype,8:nora", b"Skype,8:x\nSkype,8:nora")
BLOG_BROKEN = BLOG.replace(b"<wp:comment><wp:comment_id>4", b"<wp:comment/><wp:comment><wp:comment_id>4")
CONTACTS = ("Erika Beispiel, PhD", "Jürgen Müßig", '=HYPERLINK("x") Formel', "Nora Still")
PROFILE = {"Profile.csv": (_YEAR / "Profile.csv").read_bytes()}
