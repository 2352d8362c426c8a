"""Sketches tell texts that are nearly the same from texts that are not, whatever was merged in."""

from __future__ import annotations

from hashlib import sha256
from time import process_time

import pytest

from anlass.intake import Channel, ContactRequest, Mark, Recipient, Requester
from anlass.litmus.sketch import ALIKE, NUMBERS, Sketch, likeness, sketch
from anlass.people import mail_address

PITCH = (
    "mein Name ist {me} und ich unterstütze Unternehmen wie {firm} dabei, planbar neue Kunden zu gewinnen. "
    "Ich bin auf Ihr Profil gestoßen und finde Ihren Werdegang sehr spannend. Hätten Sie am {day}. Mai 15 "
    "Minuten für ein kurzes Telefonat? Dann zeige ich Ihnen, wie {firm} in 90 Tagen bis zu 40 % mehr Umsatz "
    "macht."
)
OTHER = (
    "in Ihrem Buch steht auf Seite 61, dass Stühle im Kreis die Leute verstummen lassen. Ich habe in drei "
    "Praxen das Gegenteil beobachtet und mir Notizen gemacht, die ich Ihnen gern schicke. Ist das die "
    "Ausgabe von 2014?"
)


def letter(
    text: str, *, me: str = "Tim Kruse", you: str = "Olga Brandt", marks: frozenset[Mark] = frozenset()
) -> ContactRequest:
    """Return a letter to Olga."""
    requester = Requester(me, mail_address(f"{me.partition(' ')[0].lower()}@kruse.example"))
    return ContactRequest("r", Channel.MAIL, text, requester=requester, recipient=Recipient(you), marks=marks)


def pitch(
    *, greeting: str = "Guten Tag Frau Brandt,", me: str = "Tim Kruse", firm: str = "Brandt", day: int = 4
) -> Sketch:
    """Return the sketch of one copy of the template."""
    text = f"{greeting}\n\n{PITCH.format(me=me, firm=firm, day=day)}\n\nViele Grüße\n{me}\n{firm} seit 1998"
    made = sketch(letter(text, me=me))
    assert made is not None
    return made


def test_a_template_is_known_behind_names_figures_and_greetings() -> None:
    """What is merged in does not hide that the text is the same."""
    one = pitch()
    assert likeness(one, pitch(greeting="Hallo Olga,", me="Sabine Meyer-Lühr", day=28)) == 1
    other_firm = pitch(me="Udo Lang", firm="das Büro für Lesungen")
    assert likeness(one, other_firm) >= ALIKE
    assert set(one.bands) & set(other_firm.bands)


def test_another_letter_is_not_alike() -> None:
    """Two letters that share nothing but manners are no copies."""
    other = sketch(letter(OTHER))
    assert other is not None
    assert likeness(pitch(), other) < 0.2
    assert not set(pitch().bands) & set(other.bands)


def test_hidden_characters_do_not_hide_a_copy() -> None:
    """Letters borrowed from other scripts and characters without width are read as they look."""
    plain = sketch(letter(PITCH))
    disguised = sketch(letter(PITCH.replace("o", "о").replace("Kunden", "Kun\u200bden")))
    assert plain is not None
    assert plain == disguised


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ich würde mich gern mit Ihnen vernetzen und freue mich auf den Austausch.",
        "Hallo Olga,\n\nhaben Sie 15 Minuten?\n\nViele Grüße\n" + "Tim Kruse, Kundengewinnung, Beratung " * 9,
        "Hallo hallo hallo " * 40,
    ],
)
def test_too_little_of_its_own_has_no_sketch(text: str) -> None:
    """Short texts, long signatures and one word said often are found by two people by themselves."""
    assert sketch(letter(text)) is None


def test_default_texts_of_networks_have_no_sketch() -> None:
    """Neither marked by the gate nor known by their wording do they make anybody a mass mailer."""
    default = "ich möchte Sie gerne zu meinen Kontakten hinzufügen"
    said = (
        f"{default}, denn wir haben beruflich viele gemeinsame Themen und könnten uns wirklich gut ergänzen."
    )
    assert sketch(letter(said)) is not None
    assert sketch(letter(said), [default]) is None
    assert sketch(letter(PITCH, marks=frozenset({Mark.DEFAULT_TEXT}))) is None


def test_a_sketch_is_the_same_on_every_machine_and_in_every_year() -> None:
    """Sketches are kept: if this changes, `VERSION` has to change with it."""
    made = pitch()
    assert len(made.numbers) == NUMBERS
    assert all(0 <= number < 2**32 for number in made.numbers)
    assert sha256(repr(made).encode()).hexdigest()[:16] == "76116bffd65b4ea7"
    assert all(-(2**63) <= band < 2**63 for band in made.bands)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["mit freundlichen ", "gr", "\n--", "a@", "www.", "liebe liebe "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Ten times the text costs at most some twenty times as long, whatever it repeats."""

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        began = process_time()
        for _ in range(3):
            sketch(letter(text))
        return process_time() - began

    cost(300)
    assert cost(30_000) < 40 * max(cost(3_000), 0.002)
