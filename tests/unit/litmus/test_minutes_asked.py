"""The time asked of the receiver: whatever is written, in either language, and nothing that is not asked."""

from __future__ import annotations

import pytest

from anlass.intake import Channel, ContactRequest, Recipient, Requester
from anlass.litmus.panel import Panel
from anlass.litmus.shipped import load_panel

ASKED = {
    "Hätten Sie nächste Woche 15 Minuten für ein Telefonat?": 15,
    "Hätten Sie am Mittwoch eine Viertelstunde?": 15,
    "Können wir mal eine halbe Stunde telefonieren?": 30,
    "Hast du zwanzig Minuten für mich?": 20,
    "Wäre ein Austausch von 15 bis 20 Minuten möglich?": 20,
    "Passen 20-30 Min. am Telefon?": 30,
    "Ich hätte gern eine Stunde mit Ihnen.": 60,
    "Hätten Sie anderthalb Stunden für ein Gespräch?": 90,
    "Hätten Sie zwei Stunden für einen Workshop mit uns?": 120,
    "Ich würde Sie gern für ca. 45 Minuten per Zoom interviewen.": 45,
    "Hätten Sie 45 Minuten für einen Vortrag genau dazu?": 45,
    "Würden Sie bei uns einen Vortrag von 30 Minuten halten?": 30,
    "Macht ein 15-minütiger Call am Dienstag um 14:00 Uhr Sinn?": 15,
    "Wären Sie offen für einen 20-minütigen Austausch?": 20,
    "Ich zeige Ihnen das gern in 20 Minuten am Telefon.": 20,
    "Hast du 30 min für einen Call am Freitag um 10:15?": 30,
    "Können wir eine Dreiviertelstunde reden?": 45,
    "Hätten Sie ein halbes Stündchen Zeit für mich?": 30,
    "Lass uns 30 min telefonieren, dann erklär ich dir das.": 30,
    "Drei Termine à 60 Minuten, hätten Sie dafür Zeit?": 60,
    "Hätten Sie eine gute Stunde Zeit für ein Gespräch?": 60,
    "Hätten Sie 1,5 Stunden für ein Interview?": 90,
    "Die Umfrage dauert etwa 10 Minuten.": 10,
    "Hätten Sie fünfundvierzig Minuten für ein Gespräch?": 45,
    "Do you have 15 minutes next week?": 15,
    "Could we speak for twenty minutes next week?": 20,
    "Would you have half an hour for a call?": 30,
    "Do you have a quarter of an hour on Monday?": 15,
    "Could I have an hour of your time?": 60,
    "Could we talk for an hour and a half?": 90,
    "Would you have 15-20 minutes for a chat?": 20,
    "Would you have fifteen to twenty minutes for a call?": 20,
    "Open to a quick 20-minute call on Thursday at 2?": 20,
    "Can I call you for 30 mins?": 30,
    "Would you be free for a 45 min video call?": 45,
    "Could you spare two hours for an interview?": 120,
    "Would you give a 30-minute talk at our meetup?": 30,
    "Do you have 1h this week for a call?": 60,
    "Could you spare three quarters of an hour?": 45,
    "Would you have forty-five minutes for a call?": 45,
    "Let's do 30 min so that I can show you what I mean.": 30,
    "Could you mentor me, 30 minutes per week?": 30,
    "Would you have a full hour for a call next week?": 60,
    "Please fill in our survey, which takes about 10 minutes. Thank you.": 10,
}
NOT_ASKED = [
    "Passt Ihnen Dienstag, 14 bis 15 Uhr?",
    "Passt 2 to 2.30?",
    "Ich bin seit 20 Jahren Tischler und suche Arbeit.",
    "Ich wohne 10 min zu Fuß von Ihnen.",
    "Die Werkstatt ist 15 Minuten vom Bahnhof entfernt.",
    "Ich habe gestern 40 Minuten gewartet und niemand kam.",
    "Der Bus kam 20 Minuten zu spät, können Sie das prüfen?",
    "Könnten Sie einen Tag zu uns kommen?",
    "Ein halber Tag in Ihrer Werkstatt wäre schön.",
    "Ich zahle 25 Euro die Stunde.",
    "Meine Tochter ist 15, hätten Sie einen Praktikumsplatz?",
    "I live 10 min walk from you.",
    "I have been a carpenter for 20 years.",
    "Hi, I pay £15 an hour, cash.",
    "The bus leaves 15 minutes earlier since the clocks changed.",
    "Thank you for the 20 minutes in Hannover.",
    "Could we meet on Thursday between 2 and 3?",
    "She waited for you 40 minutes ago at the gate.",
    "Could you come to us for a day?",
    "Call me when you have a minute.",
]


@pytest.fixture(scope="module")
def panel() -> Panel:
    """The shipped panel."""
    return load_panel()


def minutes(panel: Panel, text: str) -> int | None:
    """The minutes read from a letter."""
    request = ContactRequest(
        "x", Channel.MAIL, text, requester=Requester("Kai"), recipient=Recipient("Ruth Amsel")
    )
    return panel.read(request).asks_minutes


@pytest.mark.parametrize("text", ASKED)
def test_the_time_that_is_asked_is_read(panel: Panel, text: str) -> None:
    """Of a range the upper end, of several sessions one, whether in figures or in words."""
    assert minutes(panel, text) == ASKED[text]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_time_that_nobody_asks_for_is_not_read(panel: Panel, text: str) -> None:
    """Clocks, ages, ways, wages, delays, and days, which are no minutes."""
    assert minutes(panel, text) is None
