"""The writer's own words: what goes, and what stays on purpose."""

from __future__ import annotations

import pytest

from anlass.intake import own_words


@pytest.mark.parametrize(
    "older",
    [
        "Am 12.03.2026 um 10:15 schrieb Vera Beispiel <vera@example.org>:\n> alte Worte\n> noch mehr",
        "Am Donnerstag, 12. März 2026 schrieb Vera Beispiel:\nalte Worte",
        "Am 12.03.2026 um 10:15 schrieb Vera Beispiel\n<vera@example.org>:\n> alte Worte",
        "Vera Beispiel <vera@example.org> schrieb am 12.03.2026:\n> alte Worte",
        "On Thu, Mar 12, 2026 at 10:15 AM Vera Beispiel <vera@example.org> wrote:\n> old words",
        "On Thu, Mar 12, 2026 at 10:15 AM Vera Beispiel\n<vera@example.org> wrote:\n\n> old words",
        "Von: Vera Beispiel <vera@example.org>\nGesendet: Donnerstag\nAn: Max\nBetreff: x\n\nalte Worte",
        "________________________________\nVon: Vera\nGesendet: Donnerstag\nBetreff: x\n\nalte Worte",
        "From: Vera Beispiel\nSent: Thursday, March 12, 2026\nTo: Max\nSubject: x\n\nold words",
        "-----Ursprüngliche Nachricht-----\nVon: Vera\nGesendet: gestern\n\nalte Worte",
        "-----Original Message-----\nFrom: Vera\nSent: yesterday\n\nold words",
        "---------- Forwarded message ---------\nFrom: Vera <vera@example.org>\nDate: Thu\n\nold words",
        "Anfang der weitergeleiteten Nachricht:\n\nVon: Vera\nBetreff: x\n\nalte Worte",
        "> alte Worte\n> noch mehr",
    ],
)
def test_older_letters_go(older: str) -> None:
    """What somebody else wrote before is not the writer's."""
    assert own_words(f"Guten Tag,\nhier meine Frage.\n\n{older}\n") == "Guten Tag,\nhier meine Frage."


@pytest.mark.parametrize(
    "footer",
    [
        "Von meinem iPhone gesendet",
        "Gesendet von Mail für Windows",
        "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "--\nSent from my Galaxy",
        "___________________________\nBrücken mailing list -- b@example.com\nTo unsubscribe send an email",
        '-- \nYou received this message because you are subscribed to the Google Groups\n"x" group.',
        "-- \nSie erhalten diese Nachricht, weil Sie Mitglied sind.",
        "CONFIDENTIALITY NOTICE: This e-mail is for\nthe addressee only.",
        "Diese E-Mail enthält vertrauliche Worte.\nWenn Sie nicht der richtige sind, löschen Sie.",
        "Virenfrei. www.avast.com",
    ],
)
def test_what_programs_add_goes(footer: str) -> None:
    """Telephones, lawyers and lists have no share in a letter."""
    assert own_words(f"Guten Tag,\n\nhier meine Frage.\n\nMax Muster\n\n{footer}") == (
        "Guten Tag,\n\nhier meine Frage.\n\nMax Muster"
    )


def test_warning_of_a_gateway_goes() -> None:
    """A house that warns of the world outside speaks for itself."""
    warning = "CAUTION: This email originated from outside.\nDo not click."
    assert own_words(f"{warning}\n\nGuten Tag.") == "Guten Tag."


def test_signature_stays_because_it_introduces() -> None:
    """Who the stranger is often stands nowhere else."""
    text = "Guten Tag, eine Frage.\n-- \nDr. Max Muster\nRedaktion, Beispielblatt\nTel. 030 1234"
    assert (
        own_words(text) == "Guten Tag, eine Frage.\n\nDr. Max Muster\nRedaktion, Beispielblatt\nTel. 030 1234"
    )


def test_brochure_below_the_signature_goes() -> None:
    """A dozen lines introduce; the rest advertises."""
    text = "Guten Tag.\n-- \n" + "\n".join(f"Zeile {number}" for number in range(1, 40))
    assert own_words(text).endswith("Zeile 12")


def test_greeting_at_the_end_stays() -> None:
    """`Mit freundlichen Grüßen` and the name below are the writer's."""
    text = "Eine Frage.\n\nMit freundlichen Grüßen\nMax Muster\nVorstand, Brücken e. V."
    assert own_words(text) == text


def test_list_with_hyphens_stays() -> None:
    """A hyphen begins an item, not a signature."""
    text = "Drei Fragen:\n- Wann?\n- Wo?\n- Warum?\n\nMax"
    assert own_words(text) == text


def test_answers_between_quotes_stay() -> None:
    """Who answers line by line is heard line by line."""
    text = (
        "Am 12.03.2026 schrieb Vera Beispiel:\n> Worum geht es?\n\nUm Brücken.\n\n"
        "> Warum ich?\n\nWegen Ihres Buchs.\n\nMax"
    )
    assert own_words(text) == "Um Brücken.\n\nWegen Ihres Buchs.\n\nMax"


@pytest.mark.parametrize(
    "text",
    [
        "Datum: 12. März\nOrt: Köln\n\nKommen Sie?",
        "An: alle, die Brücken mögen\nBetreff ist nicht so wichtig.",
        "On the bridge I wrote:\nnothing at all.",
        "Am Montag rief ich an.\nAm Dienstag schrieb ich.",
        "Ich fand Ihre Adresse im Impressum: schön.",
        "-----\nZwischen Linien\n-----\nund danach",
    ],
)
def test_words_that_look_alike_stay(text: str) -> None:
    """A letter is not cut for a word at the beginning of a line."""
    assert own_words(text) == text


@pytest.mark.parametrize(
    "text", ["> nur Zitat\n> sonst nichts", "Von meinem iPhone gesendet", "Sent from my iPhone"]
)
def test_something_is_left_where_something_was(text: str) -> None:
    """A letter that is nothing but additions is shown as it is."""
    assert own_words(text) == text


def test_mbox_mark_is_taken_off() -> None:
    """`>From` at the beginning of a line is an mbox's mark, not a quote."""
    assert own_words("Guten Tag\n>From Köln mit Grüßen") == "Guten Tag\nFrom Köln mit Grüßen"
