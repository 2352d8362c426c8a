"""Notices of LinkedIn and XING: the person is in the body, the keys are gone."""

from __future__ import annotations

import pytest

from anlass.intake import Channel, Mark, Message, parse_headers
from anlass.people import Address, AddressKind
from tests.unit.intake.mails import HERE, mail, read, request, rule

NOTE = "Danke für das Gespräch nach dem Panel in München. Sie wollten den Bericht sehen – wohin darf er?"
DEFAULT = "I'd like to join your LinkedIn network."
SECRETS = ("sharedKey", "AbCdEf12", "midToken", "TOKEN7", "otpToken", "midSig", "comm")


def invitation(words: str = NOTE, **fields: str) -> bytes:
    """Return an invitation as LinkedIn writes it, with keys that must not be kept."""
    text = f"""Hi Vera,

{words}

Max Muster
Redaktion bei Beispielblatt

View profile: https://www.linkedin.com/comm/in/Max-Muster-1a2b?midToken=TOKEN7&midSig=TOKEN7&otpToken=TOKEN7
Accept: https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/7000000000000000000/sharedKey/AbCdEf12/?midToken=TOKEN7

.....................................
Unsubscribe: https://www.linkedin.com/e/v2?midToken=TOKEN7
You are receiving Invitation emails.
This email was intended for Vera Beispiel (Editor)"""
    headers = {
        "sender": "Max Muster <invitations@linkedin.com>",
        "subject": "Vera, please add me to your LinkedIn network",
        "x_linkedin_class": "EMAIL-DEFAULT",
        "x_linkedin_template": "email_m2m_invite_single_01",
        "list_unsubscribe": "<https://www.linkedin.com/e/v2?midToken=TOKEN7&sharedKey=AbCdEf12>",
    }
    return mail(text, **(headers | fields))


def everything_in(value: object) -> str:
    """Return all that a value shows."""
    return repr(value)


def test_invitation_is_a_request_of_the_person_in_the_body() -> None:
    """N18: who asks is named, with the profile as address and only the person's words."""
    found = request(invitation())
    assert found.channel is Channel.LINKEDIN
    assert found.requester.name == "Max Muster"
    assert found.requester.address == Address(
        AddressKind.LINKEDIN, "https://www.linkedin.com/in/max-muster-1a2b"
    )
    assert (found.text, found.marks) == (NOTE, frozenset({Mark.NOTICE}))


def test_no_value_keeps_a_key() -> None:
    """A link that accepts or signs in for its holder is nowhere behind the door."""
    raw = invitation()
    kept = everything_in(read(raw)) + everything_in(request(raw)) + everything_in(parse_headers(raw, HERE))
    assert [secret for secret in SECRETS if secret in kept] == []
    assert "AbCdEf12" in raw.decode()


def test_keys_are_gone_from_other_peoples_mail_too() -> None:
    """A forwarded invitation opens nothing either."""
    message = read(
        mail(
            "Schau: https://www.linkedin.com/comm/in/x?midToken=TOKEN7 und https://lnkd.in/abc?otpToken=TOKEN7"
        )
    )
    assert message.text == "Schau: https://www.linkedin.com/in/x und https://lnkd.in/"


def test_other_links_are_left_alone() -> None:
    """Only networks' links are shortened."""
    assert (
        read(mail("https://example.com/a?b=c linkedin.example/x")).text
        == "https://example.com/a?b=c linkedin.example/x"
    )


@pytest.mark.parametrize(
    "words",
    [
        DEFAULT,
        "I’d like to add you to my professional network on LinkedIn.",
        "Ich möchte Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufügen.",
    ],
)
def test_default_text_is_no_word_of_the_person(words: str) -> None:
    """A click without words has no words."""
    found = request(invitation(words))
    assert (found.text, found.marks) == ("", frozenset({Mark.NOTICE, Mark.DEFAULT_TEXT, Mark.EMPTY}))


def test_reminder_is_the_same_request() -> None:
    """Asking twice raises no rank: one invitation has one name."""
    reminder = invitation(subject="Max Muster's invitation is waiting for your response", message_id="<2@x>")
    assert request(reminder).id == request(invitation()).id


def test_two_invitations_are_two_requests() -> None:
    """Another number is another request."""
    other = invitation().replace(b"7000000000000000000", b"7000000000000000001")
    assert request(other).id != request(invitation()).id


def test_one_sign_is_not_enough() -> None:
    """LinkedIn's sender alone, or its template alone, may be anything."""
    raw = invitation(subject="Neues aus deinem Netzwerk", x_linkedin_template="email_digest_01").replace(
        b"invite-accept", b"x"
    )
    assert rule(raw) == "N19"


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "Vera, start a conversation with your new connection, Max"},
        {"x_linkedin_template": "email_accept_invite_01"},
        {"x_linkedin_template": "email_pymk_02", "subject": "People you may know"},
    ],
)
def test_acceptance_and_suggestion_ask_nothing(fields: dict[str, str]) -> None:
    """N19: the same sender, but nobody asks."""
    assert rule(invitation(**fields)) == "N19"


def test_relayed_message_is_a_request() -> None:
    """A member's own words come through the network's address, which is nobody's."""
    found = request(
        mail(
            "Guten Tag, darf ich Sie etwas zum Buch fragen?",
            sender="Max Muster <inmail-hit-reply@linkedin.com>",
        )
    )
    assert (found.channel, found.requester.name, found.requester.address) == (
        Channel.LINKEDIN,
        "Max Muster",
        None,
    )


def test_name_without_via() -> None:
    """`Max Muster via LinkedIn` is Max Muster."""
    assert (
        request(invitation(sender='"Max Muster via LinkedIn" <invitations@linkedin.com>')).requester.name
        == "Max Muster"
    )


def test_name_from_the_subject_where_the_network_signs() -> None:
    """Where From names only the network, the subject names the person."""
    raw = invitation(sender="LinkedIn <invitations@linkedin.com>", subject="Max Muster wants to connect")
    assert request(raw).requester.name == "Max Muster"


def test_imitation_is_no_notice() -> None:
    """A lookalike domain is an ordinary stranger; a forged one is a marked stranger."""
    lookalike = request(invitation(sender="Max <invitations@linkedin.com.example.net>"))
    forged = request(
        invitation(authentication_results="mx.example.org; dmarc=fail header.from=linkedin.com"),
        trusted=frozenset({"mx.example.org"}),
    )
    assert lookalike.channel is Channel.MAIL
    assert (forged.channel, Mark.FORGED in forged.marks) == (Channel.MAIL, True)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Max Muster möchte sich mit dir vernetzen", None),
        ("Neue Kontaktanfrage von Max Muster", None),
        ("Dein Wochencheck", "N19"),
        ("Neue Recruiting-Nachricht", "N19"),
        ("Max Muster hat deine Kontaktanfrage bestätigt", "N19"),
    ],
)
def test_xing_is_read_by_its_subject(subject: str, expected: str | None) -> None:
    """The robot of XING writes about everything; only a contact request asks."""
    raw = mail("Hallo Vera,\n\nwir sprachen auf der DLD.\n\nAnnehmen: https://www.xing.com/x?token=TOKEN7",
               sender="XING <mailrobot@mail.xing.com>", subject=subject)  # fmt: skip
    assert rule(raw) == expected


def test_xing_request_has_person_and_words() -> None:
    """The words stand between greeting and button."""
    raw = mail("Hallo Vera,\n\nwir sprachen auf der DLD.\n\nAnnehmen: https://www.xing.com/x?token=TOKEN7\n\n"
               "https://www.xing.com/profile/Max_Muster/cv?sc_o=TOKEN7",
               sender="XING <mailrobot@mail.xing.com>",
               subject="Max Muster möchte sich mit dir vernetzen")  # fmt: skip
    found = request(raw)
    assert (found.channel, found.requester.name, found.text) == (
        Channel.XING,
        "Max Muster",
        "wir sprachen auf der DLD.",
    )
    assert found.requester.address == Address(AddressKind.XING, "https://www.xing.com/profile/max_muster")


def test_header_alone_keeps_no_key() -> None:
    """The same holds for what is read of an archive."""
    message = parse_headers(invitation(), HERE)
    assert isinstance(message, Message)
    assert message.headers["list-unsubscribe"] == ("<https://www.linkedin.com/>",)


def test_words_below_a_networks_label_are_the_persons_own() -> None:
    """XING repeats name and position above the note: the note below its label is kept whole."""
    text = (
        "Hallo Olga Brandt,\n\nGunnar Ratjen möchte Sie als Kontakt hinzufügen.\n\nGunnar Ratjen\n"
        "Betriebsleiter\n\nNachricht von Gunnar Ratjen:\nMoin, darf ich Ihnen unsere Zählung schicken?\n\n"
        "Anfrage beantworten: https://www.xing.com/contacts/requests\n"
    )
    found = request(
        mail(
            text,
            sender="XING <mailrobot@mail.xing.com>",
            subject="Neue Kontaktanfrage von Gunnar Ratjen",
        )
    )
    assert found.requester.name == "Gunnar Ratjen"
    assert found.text == "Moin, darf ich Ihnen unsere Zählung schicken?"
