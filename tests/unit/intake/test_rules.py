"""The gate, rule by rule: what hits, what looks alike and does not."""

from __future__ import annotations

import pytest

from anlass.intake import ContactRequest, Mark, NoRequest, header_rule, normalise, parse_headers, ruling_says
from anlass.people import Address, AddressKind, Person
from tests.unit.intake.mails import ASK, HERE, OWNER, around, mail, read, request, rule

KAI = Person("kai", "Kai Bekannt", (Address(AddressKind.MAIL, "kai@example.com"),))


@pytest.mark.parametrize(
    ("expected", "raw"),
    [
        ("N1", mail(return_path="<>")),
        ("N2", mail(content_type="multipart/report; report-type=delivery-status; boundary=b")),
        ("N2", mail(x_failed_recipients="a@example.com")),
        ("N2", mail("It could not be delivered.", subject="Mail delivery failed: returning message")),
        ("N2", mail("Konnte nicht zugestellt werden.", subject="Unzustellbar: Hallo", in_reply_to="<9@x>")),
        ("N3", mail(auto_submitted="auto-replied (vacation)")),
        ("N3", mail(auto_submitted="auto-notified; owner-email=x@y")),
        ("N4", mail(list_id="Brücken <bruecken.example.com>")),
        ("N4", mail(x_google_group_id="123")),
        ("N4", mail(list_post="<mailto:l@example.com>", list_unsubscribe="<mailto:u@example.com>")),
        ("N5", mail("Unsere Angebote im März.\n\nAlles muss raus.", list_unsubscribe="<https://x.example/u>")),
        ("N5", mail("Our offers in March.\n\nRead more.", list_unsubscribe="<https://x.example/u>")),
        ("N9", mail(x_autoreply="yes")),
        ("N9", mail(precedence="auto_reply")),
        ("N9", mail(x_loop="max@example.net")),
        ("N10", mail("Ich bin im Urlaub.", subject="Automatische Antwort: Brücken")),
        ("N10", mail("I am away.", subject="Out of Office: bridges")),
        ("N10", mail("Ich bin bis Montag weg.", subject="Abwesenheitsnotiz")),
        ("N10", mail("Back soon.", subject="Auto: away")),
        ("N11", mail(sender="Mail Delivery Subsystem <MAILER-DAEMON@example.net>")),
        ("N11", mail(sender="noreply@example.net")),
        ("N11", mail(sender="Nicht Antworten <nicht-antworten@example.net>")),
        ("N11", mail(sender="bruecken-request@lists.example.net")),
        ("N11", mail(return_path="<bruecken-bounces+vera=example.org@lists.example.net>")),
        ("N16", mail("METHOD:REPLY", content_type="text/calendar; method=REPLY")),
        ("N19", mail(sender="LinkedIn <jobs-noreply@linkedin.com>", subject="5 neue Jobs")),
        ("N19", mail(sender="XING <mailrobot@mail.xing.com>", subject="Dein Wochencheck")),
        ("N19", mail(sender="Facebook <friend@facebookmail.com>", subject="Max hat kommentiert")),
        ("N20", mail("Summe: 12 Euro", sender="rechnung@example.net", subject="Ihre Rechnung Nr. 12")),
        ("N20", mail("Code: 123456", sender="Login <auth@example.net>", subject="Your verification code")),
        ("N22", mail(sender="Vera <VERA@example.org>")),
        ("N24", mail(x_spam_flag="YES")),
    ],
)  # fmt: skip
def test_rule_hits_what_is_no_request(expected: str, raw: bytes) -> None:
    """Machines, lists, services and networks never become requests, and the rule says why."""
    assert rule(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        mail(),
        mail("Dear Vera, could we talk about bridges?", subject="A question"),
        mail(return_path="<max@example.net>"),
        mail(return_path="<noreply@web.example.net>"),
        mail(return_path="<bounces+12-vera=example.org@mail.tool.example>"),
        mail(auto_submitted="no"),
        mail(auto_submitted="no (a human)"),
        mail(x_auto_response_suppress="All"),
        mail(precedence="bulk"),
        mail(feedback_id="1:2:3"),
        mail(x_loop="vera-list@example.org"),
        mail(sender="Post <postmaster@example.net>"),
        mail(sender="Bäckerei Muster <info@example.net>"),
        mail(sender="kontakt@example.net"),
        mail(sender="buero@example.net"),
        mail("Ist der Termin noch frei?", subject="Read: your essay on bridges"),
        mail("Ich verkaufe ein Auto. Passt eine Probefahrt?", subject="Auto: Probefahrt"),
        mail("Ihre Rechnung habe ich bekommen, danke.", subject="Ihre Rechnung vom Mai"),
        mail("Kann ich Ihren Text nachdrucken?", subject="Delivery failed? Your essay on logistics"),
        mail("Hallo Frau Beispiel,\nhätten Sie Zeit für ein Telefonat?", list_unsubscribe="<https://x/u>"),
        mail("Hi Vera,\nwould you be open to a quick call?", list_unsubscribe="<https://x/u>"),
    ],
)
def test_rule_spares_a_letter_that_looks_alike(raw: bytes) -> None:
    """Whatever a person may have written reaches the owner."""
    assert rule(raw) is None


def test_sentence_quotes_the_value_in_both_languages() -> None:
    """The owner reads which header decided, in German and in English."""
    said = normalise(read(mail(list_id="Brücken <b.example.com>")), around())
    assert isinstance(said, NoRequest)
    assert said.says == "Came through a list: list-id: Brücken <b.example.com>."
    assert ruling_says(said, "de") == "Kam über eine Liste: list-id: Brücken <b.example.com>."


def test_sentence_ends_before_its_colon_where_no_value_is_known() -> None:
    """A rule that is told without its header is still a whole sentence."""
    said = NoRequest("N4", "")
    assert (ruling_says(said, "de"), ruling_says(said, "en")) == (
        "Kam über eine Liste.",
        "Came through a list.",
    )


def test_sentence_shows_no_control_characters_and_stays_short() -> None:
    """A header cannot write over the owner's terminal or fill the page."""
    said = normalise(read(mail(list_id="a\x1b[31mrot" + "x" * 5_000)), around())
    assert isinstance(said, NoRequest)
    assert said.quote == ("list-id: a[31mrot" + "x" * 5_000)[:120]


def test_header_rule_decides_without_the_text() -> None:
    """Archives are sorted by their headers alone."""
    owner = frozenset({OWNER})
    raws = {
        None: mail(),
        "N22": mail(sender=OWNER),
        "N4": mail(list_id="<b.example.com>"),
        "N18": mail(
            sender="Max <invitations@linkedin.com>", x_linkedin_template="email_m2m_invite_single_01"
        ),
    }
    found = {expected: header_rule(parse_headers(raw, HERE), owner) for expected, raw in raws.items()}
    assert {expected: said and said.rule for expected, said in found.items()} == {name: name for name in raws}


def test_answer_to_the_owner_is_no_request() -> None:
    """N12: whoever answers the owner's letter asks nothing new."""
    raw = mail(in_reply_to="<7@example.org>")
    assert rule(raw, answers_owner=True) == "N12"
    assert rule(raw) is None


def test_owners_thread_is_no_request() -> None:
    """N14: the owner began the conversation with this person in it."""
    assert rule(mail(references="<7@example.org> <8@x>"), in_owners_thread=True) == "N14"


def test_known_person_is_no_request() -> None:
    """N25: a friend is never screened."""
    assert rule(mail(), is_known=True) == "N25"


def test_forged_sender_is_never_known() -> None:
    """Who only looks like a friend, or like the owner, is a stranger with a mark."""
    results = "mx.example.org; dmarc=fail header.from=example.net"
    forged = mail(authentication_results=results, in_reply_to="<7@example.org>")
    own = mail(sender=OWNER, authentication_results="mx.example.org; dmarc=fail header.from=example.org")
    known = {
        "trusted": frozenset({"mx.example.org"}),
        "answers_owner": True,
        "in_owners_thread": True,
        "is_known": True,
    }
    assert Mark.FORGED in request(forged, **known).marks
    assert Mark.FORGED in request(own, **known).marks


def test_forged_list_mail_stays_list_mail() -> None:
    """Nobody gains by pretending to be a machine, so what says it is one is one."""
    raw = mail(
        list_id="<b.example.com>", authentication_results="mx.example.org; dmarc=fail header.from=example.net"
    )
    assert rule(raw, trusted=frozenset({"mx.example.org"})) == "N4"


def test_junk_folder_is_not_looked_at() -> None:
    """N24: the folder decides as the header does."""
    assert rule(mail(), in_junk=True) == "N24"


@pytest.mark.parametrize("subject", ["Re: Ihr Vortrag", "AW: Ihr Vortrag", "Fwd: talk", "WG: Vortrag"])
def test_claimed_thread_is_marked(subject: str) -> None:
    """N13: a reply to nothing is a request with a mark."""
    assert request(mail(subject=subject)).marks == {Mark.FAKE_REPLY}


def test_ordinary_subject_is_not_marked() -> None:
    """Words that begin alike are no reply marks."""
    assert request(mail(subject="Regarding your talk")).marks == frozenset()


@pytest.mark.parametrize("field", ["list_unsubscribe", "feedback_id", "x_mc_user", "x_ses_outgoing"])
def test_bulk_letter_to_one_person_is_marked(field: str) -> None:
    """N5b to N7: a machine that asks for a call is a request of mass outreach."""
    raw = mail(
        "Hallo Frau Beispiel,\n\nhätten Sie Zeit für ein kurzes Telefonat?",
        **{field: "<https://x.example/u>"},
    )
    assert request(raw).marks == {Mark.MASS_OUTREACH}


def test_introduced_stranger_is_the_requester() -> None:
    """N15: a friend who brings somebody along is answered with the somebody in mind."""
    raw = mail(
        "Liebe Vera, darf ich vorstellen: Nora baut Brücken.",
        sender="Kai Bekannt <kai@example.com>",
        cc="Nora Neu <nora@example.net>",
    )
    found = request(raw, introducer=KAI, is_known=True)
    assert found.requester.name == "Nora Neu"
    assert found.requester.address == Address(AddressKind.MAIL, "nora@example.net")
    assert found.marks == {Mark.INTRODUCTION}


def test_friend_who_only_copies_somebody_introduces_nobody() -> None:
    """N15 needs the words, not only the address."""
    raw = mail("Liebe Vera, bis Montag.", sender="Kai <kai@example.com>", cc="nora@example.net")
    assert rule(raw, introducer=KAI, is_known=True) == "N25"


def test_unasked_invitation_names_its_time() -> None:
    """N17: an appointment from a stranger is a request, with title, words and minutes."""
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Kennenlernen\n"
        "DESCRIPTION:Kurzer Austausch\\, \n"
        " ganz locker\nDTSTART;TZID=Europe/Berlin:20260305T100000\n"
        "DTEND:20260305T103000\nEND:VEVENT\nEND:VCALENDAR"
    )
    found = request(mail(calendar, content_type="text/calendar; method=REQUEST; charset=utf-8"))
    assert found.marks == {Mark.CALENDAR}
    assert found.text == "Kennenlernen\n\nKurzer Austausch, ganz locker\n\n2026-03-05 10:00 - 10:30 (30 min)"


def test_blind_copy_is_marked() -> None:
    """N21: the owner stands nowhere in the header."""
    assert request(mail(to="alle@example.net")).marks == {Mark.NOT_ADDRESSED}
    assert Mark.NOT_ADDRESSED in request(mail(resent_from="kai@example.com")).marks


@pytest.mark.parametrize(
    "raw",
    [
        mail("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----"),
        mail("x", content_type="multipart/encrypted; protocol=application/pgp-encrypted; boundary=b"),
        mail("x", content_type="application/pkcs7-mime; smime-type=enveloped-data"),
    ],
)
def test_encrypted_letter_goes_to_the_owner(raw: bytes) -> None:
    """N23: what nobody can read is a request without words."""
    found = request(raw)
    assert Mark.ENCRYPTED in found.marks
    assert found.text == ""


def test_signed_letter_is_not_encrypted() -> None:
    """A signature hides nothing."""
    raw = mail(
        "--b\n\nHallo\n--b--",
        content_type='multipart/signed; protocol="application/pgp-signature"; boundary=b',
    )
    assert request(raw).marks == frozenset()


def test_web_form_is_credited_to_its_visitor() -> None:
    """A form that writes as no-reply names the visitor in Reply-To."""
    found = request(mail(sender="Website <noreply@example.org>", reply_to="Max Muster <max@example.net>"))
    assert found.requester.address == Address(AddressKind.MAIL, "max@example.net")


def test_service_that_answers_itself_stays_a_service() -> None:
    """Reply-To within the same house makes nobody a visitor."""
    assert rule(mail(sender="noreply@example.net", reply_to="support@example.net")) == "N11"


def test_request_carries_what_came() -> None:
    """The request holds the own words, the person, the moment and the place of the bytes."""
    found = request(mail())
    assert isinstance(found, ContactRequest)
    assert (found.text, found.subject, found.channel, found.message_id) == (
        ASK,
        "Eine Frage",
        "mail",
        "1@example.net",
    )
    assert (found.requester.name, str(found.requester.address)) == ("Max Muster", "max@example.net")
    assert found.arrived is not None
    assert (found.arrived.isoformat(), found.origin) == ("2026-03-02T08:12:33+00:00", HERE)


def test_empty_letter_is_a_request_without_words() -> None:
    """Nothing said is said to be nothing, not dropped."""
    assert request(mail("")).marks == {Mark.EMPTY}
