"""Address books as the sample of their source: the dialects of Apple, Google and Outlook in one file."""

from __future__ import annotations

APPLE = b"""BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//macOS 15.1//EN\r
N:Falk;Kai;;;\r
FN:Kai Falk\r
ORG:Falk Verlag\\, Bremen;Lektorat\r
TITLE:Lektor\r
EMAIL;type=INTERNET;type=WORK;type=pref:Kai@Falk.example\r
item1.EMAIL;type=INTERNET:kai.falk@home.example\r
item1.X-ABLabel:_$!<Other>!$_\r
item2.URL;type=pref:https\\://www.linkedin.com/in/Kai-Falk-17/\r
item2.X-ABLabel:_$!<HomePage>!$_\r
item3.X-ABDATE;type=pref:2026-05-19\r
item3.X-ABLabel:Karte getauscht: re:publica\r
item4.X-ABDATE:1971-03-01\r
item4.X-ABLabel:_$!<Anniversary>!$_\r
TEL;type=CELL;type=VOICE;type=pref:+49 421 123 45 67\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHI\r
 AAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAA\r
END:VCARD\r
"""
GROUP = b"""BEGIN:VCARD\r
VERSION:3.0\r
N:Autoren;;;;\r
FN:Autoren\r
X-ADDRESSBOOKSERVER-KIND:group\r
X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1e1a4b9a-0001-4000-8000-000000000001\r
END:VCARD\r
"""
GOOGLE = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Dr. Eva Sülzer\r
N:Sülzer;Eva;;Dr.;\r
EMAIL;TYPE=INTERNET;TYPE=HOME:eva@suelzer.example\r
TEL;TYPE=CELL:+49 30 901820\r
URL:http\\://www.xing.com/profile/Eva_Suelzer\r
NOTE:Zeile eins\\nFN:niemand\r
CATEGORIES:myContacts\r
END:VCARD\r
""".encode()
OUTLOOK = """BEGIN:VCARD\r
VERSION:2.1\r
N;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jörg\r
FN;CHARSET=Windows-1252:Jörg Müller\r
ORG;ENCODING=QUOTED-PRINTABLE:B=E4ckerei M=FCller\r
TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gesch=C3=A4fts=\r
f=C3=BChrer\r
NOTE;ENCODING=QUOTED-PRINTABLE:Kommt gern =0D=0A=\r
FN: und geht sp=E4t\r
TEL;WORK;VOICE:+49 (421) 55 66 77\r
EMAIL;PREF;INTERNET:joerg.mueller@baeckerei.example\r
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards">\r
REV:20260104T101500Z\r
END:VCARD\r
""".encode("cp1252")
FOUR = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Zoë Özdemir
EMAIL;TYPE=work;PREF=1:zoe@uni.example
TEL;VALUE=uri;TYPE="work,voice":tel:+49-421-218-1;ext=12
SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://de.linkedin.com/in/zo%C3%AB
IMPP:xmpp:zoe@jabber.example
ORG;TYPE=work:Universität am
  Deich
END:VCARD
""".encode()
ME = b"""BEGIN:VCARD\r
VERSION:3.0\r
FN:Olga Brandt\r
EMAIL:olga@home.example\r
END:VCARD\r
"""

CONTENT = APPLE + GROUP + GOOGLE + OUTLOOK + b"\r\n" + FOUR + ME
PEOPLE = ("Kai Falk", "Dr. Eva Sülzer", "Jörg Müller", "Zoë Özdemir")
BROKEN = APPLE + b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Halbe Sache\r\n" + CONTENT[len(APPLE) :]


def many(count: int) -> bytes:
    """Return an address book of so many cards."""
    return b"".join(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person %d\r\nN:%d;Person;;;\r\nEMAIL:p%d@people.example"
        b"\r\nTEL;TYPE=CELL:+49 30 %07d\r\nNOTE:%s\r\nEND:VCARD\r\n" % (i, i, i, i, b"x" * 100)
        for i in range(count)
    )
