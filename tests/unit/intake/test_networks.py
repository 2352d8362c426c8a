"""Notices of LinkedIn and XING: the person is in the body, the keys are gone."""

from __future__ import annotations

import pytest

from anlass.intake import Channel, ContactRequest, Mark, Message, Requester, parse_headers
from anlass.people import Address, AddressKind
from tests.unit.intake import mails
from tests.unit.intake.mails import HERE, read, rule

NOTE = "Danke für das Gespräch nach dem Panel in München. Sie wollten den Bericht sehen – wohin darf er?"
DEFAULT = "I'd like to join your LinkedIn network."
PROVIDER = "mx.example.org"
PROVEN = f"{PROVIDER}; dkim=pass header.d={{domain}}; dmarc=pass header.from={{domain}}"
SECRETS = ("sharedKey", "AbCdEf12", "midToken", "TOKEN7", "otpToken", "midSig", "comm")


def mail(text: str, *, sender: str, **fields: str) -> bytes:
    """Return a mail that the owner's provider vouches for."""
    proof = PROVEN.format(domain=sender.rpartition("@")[2].strip(">"))
    return mails.mail(text, sender=sender, **({"authentication_results": proof} | fields))


def request(raw: bytes) -> ContactRequest:
    """Return the request in a mail, where the owner's provider is known."""
    return mails.request(raw, trusted=frozenset({PROVIDER}))


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
    named = headers | fields
    return mail(text, sender=named.pop("sender"), **named)


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
        mails.mail(
            "Schau: https://www.linkedin.com/comm/in/x?midToken=TOKEN7 und https://lnkd.in/abc?otpToken=TOKEN7"
        )
    )
    assert message.text == "Schau: https://www.linkedin.com/in/x und https://lnkd.in/"


def test_other_links_are_left_alone() -> None:
    """Only networks' links are shortened."""
    assert (
        read(mails.mail("https://example.com/a?b=c linkedin.example/x")).text
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


# --- proof ---


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "mx.foreign.example; dmarc=pass header.from=linkedin.com",
        f"{PROVIDER}; dkim=pass header.d=x.example",
    ],
)
def test_notice_that_nobody_vouches_for_is_a_claim(proof: str) -> None:
    """It is marked, its profile is nobody's address, and its number joins it to no confirmed request."""
    found = request(invitation(authentication_results=proof))
    assert (found.channel, found.requester) == (Channel.LINKEDIN, Requester("Max Muster"))
    assert (found.text, found.marks) == (NOTE, frozenset({Mark.NOTICE, Mark.UNPROVEN}))
    assert found.id != request(invitation()).id


def test_claims_of_one_number_are_one_request() -> None:
    """What repeats itself is merged, believed or not."""
    claims = [invitation(authentication_results="", message_id=f"<{number}@x>") for number in (1, 2)]
    assert len({request(raw).id for raw in claims}) == 1


# --- formats ---

EARLIER = """Hi Vera,

{words}

Accept: https://www.linkedin.com/comm/people/invite-accept?mboxid=I70_500&sharedKey=AbCdEf12&invitationId=70&midToken=TOKEN7

Max Muster
Redaktion bei Beispielblatt

View Max Muster's profile: https://www.linkedin.com/comm/profile/view?id=AAsTOKEN7&authType=name&authToken=TOKEN7

.....................................
Unsubscribe: https://www.linkedin.com/e/v2?midToken=TOKEN7
Help: https://www.linkedin.com/help
You are receiving Reminder emails for pending invitations."""


def test_order_of_the_parts_does_not_matter() -> None:
    """The form of April 2016 has the button before the name; words and person are the same."""
    raw = mail(
        EARLIER.format(words=NOTE),
        sender="LinkedIn <invitations@linkedin.com>",
        subject="Vera, please add me to your LinkedIn network",
    )
    found = request(raw)
    assert (found.text, found.requester.name) == (NOTE, "Max Muster")


def test_person_stands_above_the_button_where_nothing_else_names_one() -> None:
    """Where neither From nor the subject names who asks, the paragraph above the button does."""
    found = request(invitation(sender="LinkedIn <invitations@linkedin.com>"))
    assert (found.requester.name, found.text) == ("Max Muster", NOTE)


def test_html_alone_is_read_alike() -> None:
    """Words stand without their links there; the preview that the eye does not see is none of them."""
    raw = mail(
        f"""<html><body><div style="display:none">{NOTE}</div><p>Hi Vera,</p><p>{NOTE}</p>
<p>Max Muster<br>Redaktion bei Beispielblatt</p>
<p><a href="https://www.linkedin.com/comm/in/max-muster-1a2b?midToken=TOKEN7">View profile</a></p>
<p><a href="https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/7/sharedKey/AbCdEf12/">Accept</a></p>
<p>You are receiving Invitation emails.</p></body></html>""",
        sender="Max Muster <invitations@linkedin.com>",
        subject="Vera, please add me to your LinkedIn network",
        content_type="text/html; charset=utf-8",
    )
    found = request(raw)
    assert (found.requester.name, found.text) == ("Max Muster", NOTE)


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Max Muster would like to connect", "Max Muster"),
        ("Max Muster's invitation is waiting for your response", "Max Muster"),
        ("Max Muster’s invitation is waiting for your response", "Max Muster"),
        ("Max Muster möchte sich mit Ihnen vernetzen", "Max Muster"),
        ("Die Einladung von Max Muster wartet auf Ihre Antwort", "Max Muster"),
    ],
)
def test_subject_names_who_asks(subject: str, name: str) -> None:
    """In both languages, whatever the apostrophe."""
    assert (
        request(invitation(sender="LinkedIn <invitations@linkedin.com>", subject=subject)).requester.name
        == name
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Ich möchte mich mit Ihnen vernetzen",
        "Vera, fügen Sie mich bitte Ihrem LinkedIn Netzwerk hinzu",
        "Voglio collegarmi con te",
        "Máte pozvánku",
        "You have an invitation",
        "Invitation to connect",
    ],
)
def test_subject_is_a_sign_in_several_languages(subject: str) -> None:
    """With the sender it is enough, whatever else is missing."""
    raw = invitation(subject=subject, x_linkedin_template="").replace(b"invite-accept", b"x")
    assert request(raw).channel is Channel.LINKEDIN


def test_invitation_of_a_guest_is_a_request() -> None:
    """A guest's template speaks of an invitation as well."""
    raw = invitation(subject="Neu", x_linkedin_template="invite_guest_59", x_linkedin_class="INVITE-GUEST")
    assert request(raw).channel is Channel.LINKEDIN


@pytest.mark.parametrize("subject", ["You have 3 pending invitations", "3 Einladungen warten auf dich"])
def test_list_of_what_is_open_asks_nothing_new(subject: str) -> None:
    """N19: the requests it counts are here already, or their own notices are."""
    assert rule(invitation(subject=subject)) == "N19"


def test_words_may_speak_of_an_accepted_invitation() -> None:
    """Where the invitation itself can be accepted, such words are the person's, not the network's."""
    words = "My colleague has accepted your invitation to the fair, so may I come too?"
    assert request(invitation(words)).text == words


def test_words_that_begin_like_a_button_are_kept() -> None:
    """A short sentence is no button."""
    words = "View from the bridge, anyone?\n\nAccept my thanks.\nHilfe beim Zählen wäre schön."
    assert request(invitation(words)).text == words


@pytest.mark.parametrize("name", ["Jobst Newsom", "Annika Stellenberg"])
def test_name_is_no_sign_against_a_request(name: str) -> None:
    """XING's robot writes of jobs and news; people may be called alike."""
    raw = mail("Hallo Vera,\n\nwir sprachen.\n", sender="XING <mailrobot@mail.xing.com>",
               subject=f"{name} möchte sich mit dir vernetzen")  # fmt: skip
    assert request(raw).requester.name == name


# --- keys ---

WRAPPED = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.linkedin.com%2Fcomm%2Fmynetwork"
    "%2Finvite-accept%2FinvitationId%2F7000%2FsharedKey%2FAbCdEf12%2F%3FmidToken%3DTOKEN7&data=05"
)


@pytest.mark.parametrize(
    "link",
    [
        WRAPPED,
        WRAPPED.replace("%", "%25"),
        "https://t.example/r?to=https://www.linkedin.com/x?midToken=TOKEN7",
    ],
)
def test_wrapped_link_has_no_key(link: str) -> None:
    """A program that looks at links first writes them into its own; the key is no longer in it."""
    message = read(mails.mail(f"Schau: {link} und gut", subject=f"Link {link}"))
    assert [secret for secret in ("AbCdEf12", "TOKEN7") if secret in everything_in(message)] == []
    assert message.text.startswith("Schau: ")
    assert message.text.endswith(" und gut")


def test_key_in_a_name_or_subject_is_gone() -> None:
    """Keys are looked for wherever a page or a table could take them from."""
    link = "https://www.linkedin.com/comm/x?midToken=TOKEN7"
    message = read(invitation(subject=f"Accept {link}", sender=f'"Max {link}" <invitations@linkedin.com>'))
    assert "TOKEN7" not in everything_in(message)
