"""Contact forms of the owner's own site: the visitor asks, not the form."""

from __future__ import annotations

import pytest

from anlass.intake import (
    Channel,
    ContactRequest,
    Message,
    NoRequest,
    Origin,
    Recipient,
    Surroundings,
    normalise,
    parse,
)

AROUND = Surroundings(frozenset({"olga@brandt.example"}), Recipient("Olga Brandt"))
HEAD = """\
From: "Kontaktformular brandt.example" <formular@brandt.example>
Reply-To: {reply_to}
To: olga@brandt.example
Subject: [Kontaktformular] Seite 40
Date: Mon, 2 Mar 2026 09:12:33 +0100
Message-ID: <1@brandt.example>

"""
BODY = """\
Name: Yusuf Arslan
E-Mail: yusuf@arslan.example
Nachricht:
Auf Seite 40 steht 1987. War es nicht 1978?

--
Gesendet über das Formular auf brandt.example
"""


def asked(text: str) -> ContactRequest | NoRequest:
    """Return what the gate makes of one mail."""
    message = parse(text.encode(), Origin("form.eml"))
    assert isinstance(message, Message)
    return normalise(message, AROUND)


def test_the_visitor_of_a_form_is_the_requester_and_the_message_alone_are_the_words() -> None:
    """Name, address and words are the visitor's; the door is the form."""
    found = asked(HEAD.format(reply_to="yusuf@arslan.example") + BODY)
    assert isinstance(found, ContactRequest)
    assert found.channel is Channel.FORM
    assert (found.requester.name, str(found.requester.address)) == ("Yusuf Arslan", "yusuf@arslan.example")
    assert found.text == "Auf Seite 40 steht 1987. War es nicht 1978?"


def test_a_form_without_labels_passes_on_all_of_its_words() -> None:
    """Where no field is labelled as the message, nothing is cut."""
    found = asked(HEAD.format(reply_to="Yusuf <yusuf@arslan.example>") + "War es nicht 1978?\n")
    assert isinstance(found, ContactRequest)
    assert (found.channel, found.requester.name, found.text) == (Channel.FORM, "Yusuf", "War es nicht 1978?")


@pytest.mark.parametrize("sender", ["Jana Form <jana@form.example>", "formular@brandt.example"])
def test_a_person_or_a_form_without_a_visitor_is_no_form(sender: str) -> None:
    """A letter whose From is its Reply-To, or a person's, came through no form."""
    head = HEAD.replace('"Kontaktformular brandt.example" <formular@brandt.example>', sender)
    found = asked(head.format(reply_to=sender) + BODY)
    assert isinstance(found, ContactRequest)
    assert found.channel is Channel.MAIL
