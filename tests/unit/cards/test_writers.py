"""Cards as vCard 3.0 and 4.0, jCard, JSContact and QR code, and the reader that reads them back."""

from __future__ import annotations

import json
import re

import pytest
import vobjectx

from anlass.cards import shown
from anlass.cards.jcard import jcard
from anlass.cards.jscontact import jscontact
from anlass.cards.properties import address_of, parts_of
from anlass.cards.qr import MOST, modules, offline, svg
from anlass.cards.vcard import Version, vcard
from anlass.ledger.trace import Trace
from anlass.sources import Bearings
from anlass.sources.cards import cards_in
from tests.unit.cards.samples import SINCE, UNTIL, all_of_it, cards_of


def unfolded(text: str) -> list[str]:
    """Return the lines of a card without folds."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_card_in_version_3_speaks_as_address_books_do() -> None:
    """Every option has the property that address books read it from; the end is in the note."""
    assert unfolded(vcard(all_of_it(), "3.0")) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:Olga von Türen",
        "N:von Türen;Olga;;;",
        r"ORG:Türen & Söhne\; Verlag",
        r"TITLE:Autorin\, Vorträge",
        "EMAIL;TYPE=INTERNET,work:karte@tueren.example",
        "X-SOCIALPROFILE;TYPE=xing;X-USER=Olga_Tueren:https://www.xing.com/profile/Olga_Tueren",
        "URL:https://www.xing.com/profile/Olga_Tueren",
        "X-SOCIALPROFILE;TYPE=mastodon;X-USER=@olga@social.example:https://social.example/@olga",
        "URL:https://social.example/@olga",
        "TEL;TYPE=VOICE,work:+49 30 901820",
        "ADR:;;Torweg 3;Berlin;;10117;Deutschland",
        "TEL;TYPE=CELL:+49 170 1234567",
        "IMPP;X-SERVICE-TYPE=Matrix:matrix:u/olga:chat.example",
        "item8.URL:https://zeit.example/olga",
        "item8.X-ABLABEL:Zwanzig Minuten",
        "IMPP;X-SERVICE-TYPE=Jabber:xmpp:olga@chat.example",
        "IMPP;X-SERVICE-TYPE=Skype:skype:olga.tueren",
        "X-SOCIALPROFILE;TYPE=signal;X-USER=+49 170 1234567:https://signal.me/#p/+491701234567",
        "URL:https://signal.me/#p/+491701234567",
        "X-SOCIALPROFILE;TYPE=threema;X-USER=ABCD1234:https://threema.id/ABCD1234",
        "URL:https://threema.id/ABCD1234",
        "X-SOCIALPROFILE;TYPE=flickr;X-USER=olga-t:https://www.flickr.com/people/olga-t",
        "URL:https://www.flickr.com/people/olga-t",
        "X-SOCIALPROFILE;TYPE=linkedin;X-USER=olga-von-tueren:https://www.linkedin.com/in/olga-von-tueren",
        "URL:https://www.linkedin.com/in/olga-von-tueren",
        "URL:https://tueren.example/",
        r"CATEGORIES:Türen,Schlösser\, alte",
        r"NOTE:Wer mag\, wählt einen Weg. Keine Antwort nötig. Gültig bis 24.12.2026.",
        "REV:20261122T090000Z",
        "X-ANLASS-VALID-UNTIL:20261224T090000Z",
        "END:VCARD",
    ]


def test_a_card_in_version_4_names_services_as_rfc_9554_does() -> None:
    """Profiles carry their service and name, numbers are links, the language is said."""
    lines = unfolded(vcard(all_of_it(), "4.0"))
    assert lines[:5] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", "LANGUAGE:de", "FN:Olga von Türen"]
    assert [line for line in lines if line.startswith(("TEL", "SOCIAL", "IMPP", "ADR"))] == [
        "SOCIALPROFILE;SERVICE-TYPE=XING;USERNAME=Olga_Tueren:https://www.xing.com/profile/Olga_Tueren",
        "SOCIALPROFILE;SERVICE-TYPE=Mastodon;USERNAME=@olga@social.example:https://social.example/@olga",
        "TEL;TYPE=voice,work;VALUE=uri:tel:+4930901820",
        'ADR;LABEL="Torweg 3, 10117 Berlin, Deutschland":;;Torweg 3;Berlin;;10117;Deutschland',
        "TEL;TYPE=voice,cell;VALUE=uri:tel:+491701234567",
        'IMPP;SERVICE-TYPE=Matrix;USERNAME="@olga:chat.example":matrix:u/olga:chat.example',
        "IMPP;SERVICE-TYPE=Jabber;USERNAME=olga@chat.example:xmpp:olga@chat.example",
        "IMPP;SERVICE-TYPE=Skype;USERNAME=olga.tueren:skype:olga.tueren",
        "SOCIALPROFILE;SERVICE-TYPE=Signal;USERNAME=+49 170 1234567:https://signal.me/#p/+491701234567",
        "SOCIALPROFILE;SERVICE-TYPE=Threema;USERNAME=ABCD1234:https://threema.id/ABCD1234",
        "SOCIALPROFILE;SERVICE-TYPE=Flickr;USERNAME=olga-t:https://www.flickr.com/people/olga-t",
        (
            "SOCIALPROFILE;SERVICE-TYPE=LinkedIn;USERNAME=olga-von-tueren:"
            "https://www.linkedin.com/in/olga-von-tueren"
        ),
    ]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_no_line_is_longer_than_75_bytes(version: Version) -> None:
    """Long values are folded within characters, never within bytes."""
    lines = vcard(all_of_it(), version).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert vobjectx.read_one(vcard(all_of_it(), version)).contents["fn"][0].value == "Olga von Türen"


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_the_reader_of_address_books_reads_what_is_written_here(version: Version) -> None:
    """Name, work and all addresses come back, by either version."""
    bearings = Bearings(frozenset(), SINCE, "DE")
    (trace,) = cards_in(vcard(all_of_it(), version).encode(), "olga.vcf", bearings)
    assert isinstance(trace, Trace)
    assert (trace.name, trace.about) == ("Olga von Türen", "Autorin, Vorträge, Türen & Söhne; Verlag")
    found = {str(address) for address in trace.addresses}
    assert {
        "karte@tueren.example",
        "https://www.linkedin.com/in/olga-von-tueren",
        "https://www.xing.com/profile/olga_tueren",
        "https://social.example/@olga",
        "https://tueren.example",
        "https://zeit.example/olga",
        "olga@chat.example",
        "u/olga:chat.example",
        "+4930901820",
        "+491701234567",
    } <= found


def test_jcard_is_version_4_property_by_property() -> None:
    """The same names in the same order; structured values are lists, moments are written out."""
    kind, properties = jcard(all_of_it())
    assert kind == "vcard"
    assert isinstance(properties, list)
    names = [
        re.split("[;:]", line)[0].rpartition(".")[2].lower() for line in unfolded(vcard(all_of_it(), "4.0"))
    ]
    assert [one[0] for one in properties] == names[1:-1]
    by_name = {one[0]: one for one in properties}
    assert by_name["n"] == ["n", {}, "text", ["von Türen", "Olga", "", "", ""]]
    assert by_name["categories"] == ["categories", {}, "text", "Türen", "Schlösser, alte"]
    assert by_name["rev"] == ["rev", {}, "timestamp", "2026-11-22T09:00:00Z"]
    assert by_name["x-ablabel"] == ["x-ablabel", {"group": "item8"}, "text", "Zwanzig Minuten"]
    assert by_name["tel"] == ["tel", {"type": ["voice", "cell"]}, "uri", "tel:+491701234567"]


def test_jscontact_has_every_option_once() -> None:
    """RFC 9553: numbers, services and pages in groups of their own, the language and the note said."""
    card = jscontact(all_of_it())
    assert {key: len(value) for key, value in card.items() if isinstance(value, dict)} == {
        "name": 3,
        "organizations": 1,
        "titles": 1,
        "emails": 1,
        "phones": 2,
        "addresses": 1,
        "onlineServices": 9,
        "links": 2,
        "keywords": 2,
        "notes": 1,
    }
    assert card["emails"] == {"e1": {"address": "karte@tueren.example", "contexts": {"work": True}}}
    assert card["phones"] == {
        "p1": {"number": "tel:+4930901820", "features": {"voice": True}, "contexts": {"work": True}},
        "p2": {"number": "tel:+491701234567", "features": {"voice": True, "mobile": True}},
    }
    assert json.loads(json.dumps(card)) == card


def test_a_card_without_an_end_says_none() -> None:
    """An end is written only where there is one; in English for an English card."""
    assert "VALID-UNTIL" not in vcard(all_of_it(until=None))
    english = shown(cards_of('name = "Olga"\nlang = "en"'), "main", "card", since=SINCE, until=UNTIL)
    assert english is not None
    assert "NOTE:Valid until 2026-12-24." in unfolded(vcard(english))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Olga", ("Olga", "")),
        ("Olga Türen", ("Türen", "Olga")),
        ("Olga Maria von der Türen", ("von der Türen", "Olga Maria")),
        ("", ("", "")),
    ],
)
def test_a_name_falls_into_its_parts(name: str, parts: tuple[str, str]) -> None:
    """Small words before the family name belong to it."""
    assert parts_of(name) == parts


def test_an_address_without_a_postcode_is_all_street() -> None:
    """What cannot be told apart stays together, in order."""
    assert address_of("Flat 2\n10 Downing Street\nLondon") == (
        "",
        "",
        "Flat 2, 10 Downing Street, London",
        "",
        "",
        "",
        "",
    )


def test_a_code_is_drawn_and_fits_paper() -> None:
    """A link makes a small square; a small card fits a code of its own, a full one may not."""
    rows = modules("https://karte.tueren.example/c/" + "a" * 42)
    assert {len(row) for row in rows} == {len(rows)} == {37}
    assert svg("x").startswith("<svg")
    assert "script" not in svg("x")
    small = shown(cards_of(), "press", "card", since=SINCE)
    assert small is not None
    assert offline(small) == vcard(small)
    assert len(vcard(all_of_it()).encode()) > MOST
    assert offline(all_of_it()) is None
