"""The words of the made-up archive: names, places, and sentences in parts.

Written for this generator. Letters of strangers are put together from `REQUESTS`; what
they were put together as is known, so a reading can be compared with it roughly.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Anna Ben Clara David Elif Frieda Greta Hannes Ida Jonas Katharina Lukas Mira Nele Oskar Paula "
    "Rafael Sofie Tom Ulrike Viktor Wanda Yusuf Zoe Jürgen Käthe Björn Maren Alice Brian Chloe Daniel "
    "Emma Finn Grace Henry Isla Jack Keira Liam Maeve Noah Olivia Patrick Ruth Samir Tara Wei Xin "
    "Akira"
)
LAST = _words(
    "Ahrens Böhm Conrad Dahlke Eggers Förster Gärtner Hübner Ihle Jäger Köhler Lindner Möller Nowak "
    "Oehler Petersen Quandt Röder Sander Thoma Uhlig Voß Wieland Zeller Abbott Barker Carver Doyle "
    "Ellis Fletcher Granger Hobbs Irving Jarvis Kemp Larkin Mercer Nolan Ogden Pryce Quigley Rowan "
    "Sutton Tilley Usher Vance"
)
WORKS = (
    "Orchard",
    "Salzhaus",
    "Fernweh",
    "Lamplight",
    "Kontor",
    "Millrace",
    "Birkenhof",
    "Harbour",
    "Zirkel",
    "Foundry",
)
TOPICS = (
    "resync after power loss",
    "bitmap on external device",
    "mismatch count",
    "reshape stalls",
    "write journal",
    "sample rate and overruns",
    "clock drift",
    "flow graph stops",
    "driver on new kernel",
    "calibration table",
)

CHATTER = (
    "I tried the patch on two machines and the first one came up without a warning.",
    "The log shows the same error after about four hours of load.",
    "Could you post the output of the status command before and after the change?",
    "With the older release the array assembles, with the new one it waits for a member.",
    "This looks like the race that was discussed last spring, but the trace differs.",
    "Ich habe das auf einem zweiten Rechner geprüft und sehe dasselbe.",
    "The buffer is freed twice when the device goes away during the scan.",
    "Reviewed, one question below about the order of the two locks.",
    "Please find the corrected version attached; only the comment changed.",
    "It works when I lower the rate, so I suspect the cable and not the code.",
    "The documentation says bytes where the code counts sectors.",
    "Das Verhalten ist seit der letzten Version anders als beschrieben.",
)

STEMS = _words(
    "sync raid dev block queue flush lock page node irq dma core sched timer bio sector mount probe link phy "
    "rate gain tune sink source chan filt freq clock host usrp tag port"
)
"""Beginnings of the odd words in logs."""

GREETING = {"de": ("Liebe Olga", "Hallo Olga", "Moin Olga"), "en": ("Dear Olga", "Hi Olga", "Olga")}
LETTER = {
    "de": (
        "ich habe das zweite Kapitel am Wochenende gelesen und am Rand ein paar Stellen markiert.",
        "Am Donnerstag fahre ich nach Leipzig, danach bin ich wieder erreichbar.",
        "Die Stelle mit dem Fährmann gefällt mir, der Schluss kommt zu schnell.",
        "Danke für die Fotos, Mutter hat sich sehr gefreut.",
        "Das Gespräch mit dem Verlag war gut, sie wollen bis März entscheiden.",
        "Kannst du mir die Adresse der Werkstatt noch einmal schicken?",
        "Wir haben die Termine verglichen, der 14. passt allen.",
        "Grüße auch von Ralf, er sucht noch immer nach dem Titel.",
    ),
    "en": (
        "I read the second chapter over the weekend and marked a few places in the margin.",
        "On Thursday I travel to Leeds, after that I am reachable again.",
        "The scene with the ferryman works for me, the ending comes too fast.",
        "Thanks for the pictures, they made my mother's day.",
        "The talk with the publisher went well, they will decide by March.",
        "Could you send me the address of the workshop once more?",
        "We compared our calendars and the 14th suits everybody.",
        "Robin sends greetings and is still looking for a title.",
    ),
}
SUBJECT = {
    "de": (
        "Zweites Kapitel",
        "Termin im März",
        "Fotos vom Sommer",
        "Korrekturen für Seite 40",
        "Fähre nach Föhr",
    ),
    "en": (
        "Second chapter",
        "Dates in March",
        "Pictures of the summer",
        "Corrections for page 40",
        "The ferry",
    ),
}

REQUESTS: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "subject": (
            "Anfrage",
            "Kurzer Austausch?",
            "Frage zu Ihrem Buch",
            "Kontakt",
            "Ihr Vortrag in Kassel",
        ),
        "greeting": ("Sehr geehrte Frau Brandt,", "Guten Tag Frau Brandt,", "Hallo Olga,"),
        "who": (
            "ich leite die Stadtbücherei in {town} und betreue dort die Lesereihe.",
            "ich schreibe an der Universität {town} meine Abschlussarbeit über Hafenromane.",
            "ich bin Lektorin in einem kleinen Verlag in {town}.",
        ),
        "occasion": (
            "Ihren Vortrag in {town} am {day}. Mai habe ich aus der dritten Reihe gehört.",
            "{name} hat mir geraten, Ihnen wegen der Übersetzung zu schreiben.",
            "In Ihrem Buch steht auf Seite {page}, dass die Fähre 1931 eingestellt wurde.",
        ),
        "substance": (
            "Im Stadtarchiv liegt ein Fahrplan von 1934, der das Gegenteil zeigt; ich lege ihn bei.",
            "Würden Sie am {day}. Oktober für 400 Euro und Reisekosten eine Stunde lesen?",
            "Gilt das auch für die kleinere Linie, oder nur für die Strecke über den Damm?",
        ),
        "hollow": (
            "Ihr Profil hat mich sehr angesprochen.",
            "Ich sehe spannende Anknüpfungspunkte und Synergien.",
            "Ein Austausch auf Augenhöhe bringt uns sicher beiden neue Impulse.",
            "Wir begleiten Menschen wie Sie auf dem Weg zum nächsten Schritt.",
        ),
        "pressure": (
            "Es sind nur noch zwei Plätze frei.",
            "Mehr möchte ich erst am Telefon verraten.",
            "Diese Gelegenheit kommt nicht wieder.",
        ),
        "ask": (
            "Haben Sie diese Woche {minutes} Minuten für ein Telefonat?",
            "Ich würde mich gern mit Ihnen vernetzen.",
            "Wann passt Ihnen ein kurzes Gespräch?",
        ),
        "close": ("Mit freundlichen Grüßen", "Herzliche Grüße", "Viele Grüße"),
    },
    "en": {
        "subject": (
            "Enquiry",
            "Quick chat?",
            "A question about your book",
            "Connecting",
            "Your talk in Bath",
        ),
        "greeting": ("Dear Ms Brandt,", "Hello Olga,", "Good morning,"),
        "who": (
            "I run the town library of {town} and look after its reading evenings.",
            "I am writing my thesis on harbour novels at the University of {town}.",
            "I edit fiction at a small press in {town}.",
        ),
        "occasion": (
            "I heard your talk in {town} on {day} May from the third row.",
            "{name} suggested that I write to you about the translation.",
            "On page {page} of your book the ferry ends in 1931.",
        ),
        "substance": (
            "Our archive has a timetable of 1934 that says otherwise; I attach it.",
            "Would you read for an hour on {day} October, for 400 pounds and travel?",
            "Does that hold for the smaller line too, or only for the one across the dam?",
        ),
        "hollow": (
            "Your profile really resonated with me.",
            "I see exciting synergies between what we do.",
            "An exchange at eye level will surely inspire us both.",
            "We help people like you to reach the next level.",
        ),
        "pressure": (
            "There are only two places left.",
            "I would rather tell you more on the phone.",
            "This chance will not come again.",
        ),
        "ask": (
            "Do you have {minutes} minutes for a call this week?",
            "I would love to connect.",
            "When would a short conversation suit you?",
        ),
        "close": ("Kind regards", "Best wishes", "Many thanks"),
    },
}
TOWNS = ("Husum", "Kassel", "Görlitz", "Bath", "Whitby", "Lüneburg", "Galway", "Celle")

SHOPS = (
    "Papierladen",
    "Fernbus",
    "Gartenwelt",
    "Bookbarn",
    "Railtickets",
    "Stadtwerke",
    "Cloudspace",
    "Kaffeekontor",
)
OFFERS = (
    "Nur bis Sonntag: zwanzig Prozent auf alle Hefte.",
    "New in our range: notebooks with dotted paper.",
    "Ihre Punkte verfallen am Monatsende.",
    "Read what our customers wrote about the autumn selection.",
    "Jetzt vorbestellen und versandkostenfrei erhalten.",
)
