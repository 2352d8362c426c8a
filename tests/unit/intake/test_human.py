"""What a human must read (R15): by what somebody is, not by what a letter passes on its way."""

from __future__ import annotations

import pytest

from anlass.intake import Mailbox, Message, Origin
from anlass.intake.gate.human import human_must_read

FILLER = "Ich habe Ihren Vortrag gehört und möchte gern wissen, wie Sie das sehen.\n"


def found(text: str, *, name: str = "", address: str = "x@y.example", subject: str = "") -> str | None:
    """Return what is found in a letter."""
    return human_must_read(Message(Origin(""), sender=Mailbox(name, address), subject=subject), text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("press", "Ich bin Journalistin und schreibe über Wartezimmer. Darf ich Sie zitieren?"),
        ("press", "I'm a reporter at the regional paper. Comment before 16:00?"),
        ("court", "Amtsgericht Musterstadt: Ladung zum Termin am 3. Dezember."),
        ("authority", "Ihr Aktenzeichen 17/26; die Frist endet am Freitag."),
        ("lawyer", "Ich bin Rechtsanwältin und vertrete Herrn Kolk."),
        ("lawyer", "Hiermit bitte ich um Auskunft nach Art. 15 DSGVO."),
        ("doctor", "My mother has a letter from the hospital and I cannot read it."),
        ("doctor", "Die Trauerfeier ist am Freitag."),
        ("threat", "Ich weiß, wo du wohnst."),
        ("threat", "Ich weiß, wo Sie wohnen, und Sie werden schon sehen, was Sie davon haben."),
        ("threat", "You will regret this."),
        ("need", "Ich habe keine Kraft mehr und sehe keinen Ausweg."),
        ("need", "It is an emergency: please help me."),
        ("minor", "Hallo, ich gehe in die 9. Klasse und suche ein Praktikum."),
        ("applicant", "Hiermit bewerbe mich um die Stelle."),
    ],
)
def test_who_writes_of_a_deadline_or_a_life_is_for_a_human(kind: str, text: str) -> None:
    """Each kind that gates.md names is recognised by what people write in such a letter."""
    said = found(text)
    assert said is not None
    assert said.split(":")[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "Die Seilbahn vom Bahnhof zum Klinikum wäre 2,7 km lang und bräuchte elf Stützen.\nGruß\nKlaus",
        "A dental clinic in your region gained 37 new patients in one month. When is a good time?",
        "I led data products at two hospital chains in Pune, and we talked about that.\nBest\nRavi",
        "Eine Schnittstelle zum Finanzamt, Barcodes, Blockchain: Lass uns telefonieren.\nGruß\nJo",
        "You are receiving this because you are listed as a journalist in our media database, as ever.",
        "Ein Nein ist auch eine Hilfe, bitte bis 15. Januar.\nSandra Reichelt",
        "Your complaints went from 7 to 4 since you publish the field test results also when they are bad.",
        "Wir haben 17 Leute in der Schlange vor dem Bürgeramt gefragt, und vierzehn blieben hängen.\nGruß",
    ],
)
def test_a_place_that_is_only_mentioned_makes_no_letter_for_a_human(text: str) -> None:
    """Hospitals, offices and reporters that a letter passes on its way say nothing about its writer."""
    assert found(FILLER + text + "\n" + FILLER * 3) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Finanzamt Musterstadt", FILLER),
        ("Klinikum am Park, Aufnahme", FILLER),
        ("", FILLER * 4 + "\nMit freundlichen Grüßen\nDr. I. Weertz\nRechtsanwältin\n"),
        (
            "",
            FILLER * 4
            + "\nGruß\nMarkus Ewert, Redakteur\nTagblatt\n\n"
            + "Diese Nachricht ist vertraulich. " * 9,
        ),
        ("", FILLER * 4 + "\nRegards\nDr N. Qureshi\nStation Road Surgery\n"),
    ],
)
def test_what_somebody_is_counts_in_their_name_and_where_they_sign(name: str, text: str) -> None:
    """Also above the small print that offices put below every letter."""
    assert found(text, name=name) is not None


def test_an_authority_is_known_by_its_domain() -> None:
    """Whatever the letter says; a domain that only ends alike is none."""
    assert found(FILLER, address="post@fa.berlin.de") == "authority: fa.berlin.de"
    assert found(FILLER, address="post@notberlin.de") is None


def test_a_phrase_is_whole_words() -> None:
    """A word that holds another is not that word."""
    assert found("Die Bewerbungsmappe liegt bei mir im Regal, und sie ist alt.") is None
