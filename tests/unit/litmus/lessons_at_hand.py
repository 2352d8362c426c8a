"""Letters and lessons that the tests of teaching share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus import FindingKind, Verdict
from anlass.litmus.lessons import Lesson
from anlass.litmus.shipped import load_panel

SAID_AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

RECRUITER = """Guten Tag Frau Weber,

für einen unserer Kunden suche ich eine Redakteurin in Festanstellung, 80 Prozent, Standort Kassel, Gehalt
bis 62.000 Euro. Ihre Reportagen über Wartezimmer passen genau zu der Stelle. Darf ich Ihnen das
Stellenprofil schicken?

Freundliche Grüße
Jana Kolb, Personalberatung"""

ANOTHER_RECRUITER = """Sehr geehrte Frau Weber,

wir besetzen in Marburg eine Stelle als leitende Redakteurin, Festanstellung, Gehalt um 65.000 Euro. Wegen
Ihrer Arbeit über Krankenhäuser habe ich an Sie gedacht. Soll ich Ihnen das Stellenprofil und den Namen des
Kunden nennen?

Mit freundlichen Grüßen
Timo Brandt, Personalberatung"""

READER = """Liebe Frau Weber,

in Ihrem Buch über Wartezimmer steht auf Seite 84, die Uhr in der Charité gehe seit 1911 nach. Ich habe dort
gelernt: Sie geht vor, weil der Hausmeister sie sonntags stellt. Möchten Sie sein Heft mit den Gängen sehen?

Herzlich
Ilse Thoma"""

HOLLOW = """Hallo Frau Weber,

Ihr Profil hat mich sofort angesprochen. Ich bin überzeugt, dass wir uns gegenseitig Impulse geben können.
Lassen Sie uns bei einem kurzen Telefonat Synergien ausloten. Wann passt es Ihnen diese Woche?

Beste Grüße
Benedikt Hohl"""


def request(text: str, subject: str | None = None) -> ContactRequest:
    """A letter to Ruth Weber."""
    return ContactRequest(
        "x",
        Channel.MAIL,
        text,
        subject=subject,
        requester=Requester("Kai"),
        recipient=Recipient("Ruth Weber"),
    )


def of_letter(text: str, verdict: Verdict, *, hours: int = 0, case: str = "c") -> Lesson:
    """The owner's word on a letter."""
    gist = load_panel().gist(request(text))
    return Lesson(SAID_AT + timedelta(hours=hours), case, verdict=verdict, gist=gist)


def of_words(words: str, kind: FindingKind, *, is_so: bool, hours: int = 0) -> Lesson:
    """The owner's word on words."""
    return Lesson(SAID_AT + timedelta(hours=hours), "c", kind=kind, words=words, is_so=is_so)
