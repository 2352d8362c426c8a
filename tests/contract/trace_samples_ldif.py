"""An address book as Thunderbird and a directory of a firm write it: folded, encoded, with groups between."""

from __future__ import annotations

from base64 import b64encode

_EVA = b64encode("Eva Sülzer".encode())
CONTENT = (
    b"""version: 1
# exported on a Tuesday
dn: cn=Kai Falk,mail=kai@falk.example
objectclass: top
objectclass: person
objectclass: inetOrgPerson
objectclass: mozillaAbPersonAlpha
givenName: Kai
sn: Falk
cn: Kai Falk
mail: Kai@Falk.example
mozillaSecondEmail: kai.falk@verlag-falk-mit-einem-sehr-langen-Namen.exam
 ple
telephoneNumber: +49 421 5566
mozillaHomeUrl: https://www.linkedin.com/in/kai-falk
o: Falk Verlag
title: Lektor

dn:: """
    + b64encode("cn=Eva Sülzer,mail=eva@s.example".encode())
    + b"""\r
objectclass: person\r
cn;lang-de:: """
    + _EVA
    + b"""\r
mail: eva@s.example\r
jpegPhoto:< file:///etc/passwd\r
\r
dn: cn=Alle,ou=Listen
objectclass: groupOfNames
cn: Alle
member: cn=Kai Falk,mail=kai@falk.example

dn: o=Falk Verlag
objectclass: organization
o: Falk Verlag

dn: cn=Olga Brandt,mail=olga@home.example
objectclass: person
cn: Olga Brandt
mail: olga@home.example


dn: mail=nur@adresse.example
sn: B\xfcrger
mail: nur@adresse.example
"""
)
PEOPLE = ("Kai Falk", "Eva Sülzer", "Bürger")
BROKEN = CONTENT.replace(b"dn: cn=Alle", b"objectclass: person\ncn: Ohne Eintrag\n\ndn: cn=Alle")


def many(count: int) -> bytes:
    """Return an address book of so many entries."""
    return b"version: 1\n" + b"".join(
        b"dn: cn=Person %d,mail=p%d@people.example\nobjectclass: person\ncn: Person %d\n"
        b"mail: p%d@people.example\ntelephoneNumber: +49 30 %07d\ndescription: %s\n\n"
        % (i, i, i, i, i, b"x" * 100)
        for i in range(count)
    )
