"""The people of the tests: a dozen who knock at Olga's door, in German and English.

Olga Brandt writes about waiting rooms and speaks at conferences. Now is a Saturday
evening in November 2026. Nobody here exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from anlass.case import Case
from anlass.errors import NotFound
from anlass.intake import Channel, ContactRequest, Mark, Origin, Requester
from anlass.intake.message import SetAside
from anlass.ledger import Encounter, EncounterKind, tie_of
from anlass.litmus import Asks, Finding, FindingKind, Place, Question, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.people import Person, mail_address
from anlass.policy import Action, Decision, TriedCondition, TriedRule, Words
from anlass.replies import Draft, OutwardText, Register
from anlass.store.cases.inbox import Found, Glance, Glanced, Wanted
from anlass.store.cases.inbox import Place as Spot
from anlass.store.cases.kept import CaseState, KeptCase

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=ZoneInfo("Europe/Berlin"))

K, V, A = FindingKind, Verdict, Action


def before(**ago: float) -> datetime:
    """Return the moment that long before now."""
    return NOW - timedelta(**ago)


def found(kind: FindingKind, quote: str, says: str, place: Place = Place.TEXT) -> Finding:
    """Return a finding without its place in the text, which `case_of` looks up."""
    return Finding(kind, place, 0, 0, quote, says)


@dataclass(frozen=True, slots=True)
class Scene:
    """What differs from case to case."""

    id: str
    name: str
    address: str
    channel: Channel
    arrived: datetime | None
    subject: str | None
    text: str
    lang: str
    verdict: Verdict
    sure: float
    asks: Asks
    action: Action
    rule: Words | str
    why: Words | str
    minutes: int | None = None
    findings: tuple[Finding, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    draft: Draft | None = None
    marks: frozenset[Mark] = frozenset()
    state: CaseState = CaseState.WAITING


def both(said: Words | str) -> Words:
    """Return words in both languages; one plain string is said in both, as in a file of house rules."""
    return Words(said, said) if isinstance(said, str) else said


def case_of(scene: Scene) -> Case:
    """Build a case from a scene, with every finding at its place."""
    findings = tuple(_placed(finding, scene) for finding in scene.findings)
    questions = {question.value for question in Question}
    rest = (1 - scene.sure) / 2
    chances = {verdict.value: rest for verdict in Verdict} | {scene.verdict.value: scene.sure}
    address = mail_address(scene.address)
    return Case(
        request=ContactRequest(
            id=scene.id,
            channel=scene.channel,
            text=scene.text,
            subject=scene.subject,
            requester=Requester(scene.name, address),
            arrived=scene.arrived,
            marks=scene.marks,
        ),
        person=Person(scene.id, scene.name, (address,) if address else ()),
        reading=Reading(
            lang=scene.lang,
            verdict=scene.verdict,
            probabilities=Probabilities(**chances),
            unsure=scene.sure < 0.6,
            answers=frozenset(Question(f.kind.value) for f in findings if f.kind.value in questions),
            asks=scene.asks,
            asks_minutes=scene.minutes,
            findings=findings,
            version="by hand",
        ),
        tie=tie_of(scene.encounters, at=NOW),
        decision=Decision(scene.action, both(scene.rule), both(scene.why), TRACE),
        draft=scene.draft,
    )


def _placed(finding: Finding, scene: Scene) -> Finding:
    field = scene.text if finding.place is Place.TEXT else scene.subject or ""
    start = field.index(finding.quote)
    end = start + len(finding.quote)
    return Finding(finding.kind, finding.place, start, end, finding.quote, finding.says)


SHOW_ME_WHY = Words("Zeig mir, warum", "Show me why")
NO_OCCASION = Words(
    "Wer um Zeit bittet und keinen Anlass nennt, wird gefragt.",
    "Whoever asks for time and names no occasion is asked.",
)

TRACE = (
    TriedRule(
        Words("Freunde zuerst", "Friends first"),
        matched=False,
        conditions=(
            TriedCondition('tie.level == "in touch"', held=False, values=(("tie.level", "stranger"),)),
        ),
    ),
    TriedRule(
        Words("Erst Briefe, dann Kontakt", "Letters first, then contact"),
        matched=False,
        conditions=(
            TriedCondition('reading.asks == "contact"', held=True, values=(("reading.asks", "contact"),)),
            TriedCondition("tie.turns >= 3", held=False, values=(("tie.turns", "0"),)),
        ),
    ),
    TriedRule(
        SHOW_ME_WHY,
        matched=True,
        conditions=(
            TriedCondition(
                "!reading.answers.occasion", held=True, values=(("reading.answers.occasion", "false"),)
            ),
            TriedCondition("request.age_days < 30", held=None),
        ),
    ),
)

_HOHL = """Sehr geehrte Frau Brandt,

mein Name ist Benedikt Hohl, ich bin Gründer und Netzwerker aus Leidenschaft. Ihr Profil hat mich sofort angesprochen: Sie sind wirklich eine inspirierende Persönlichkeit!

Ich sehe viele Anknüpfungspunkte und spannende Synergien zwischen uns. Hätten Sie diese Woche 15 Minuten für ein kurzes Telefonat? Ein kleiner Austausch, gegenseitige Impulse, was auch immer sich ergibt. Worum es im Kern geht, verrate ich Ihnen am liebsten persönlich.

Meine Termine sind allerdings schnell vergeben, am Donnerstag hätte ich noch einen Platz frei. Eine Chance wie diese kommt nicht alle Tage.

Mit besten Grüßen
Benedikt Hohl
"""

_CARLA = """Liebe Frau Brandt,

wir standen am Mittwochabend auf der Tagung in Kassel zusammen am Fenster, Sie hatten den kalten Tee und ich das Fahrrad. Sie sagten, in Wartezimmern ohne Uhr warte man länger, und dass Sie dafür noch Zahlen suchen.

Ich habe sie. Wir haben in vier Praxen im Odenwald drei Monate lang die Uhren abgehängt, mit Einverständnis der Praxen, und jeden gefragt, wie lange er gewartet habe. Mit Uhr lagen die Leute im Mittel zwei Minuten daneben, ohne Uhr neun. Der Datensatz hängt an, die Fragebögen auch.

Verwenden Sie davon, was Sie brauchen. Eine Frage habe ich auch: In Ihrem Kapitel über Bahnhöfe schreiben Sie, dass Reisende auf Bahnsteigen ohne Bank öfter auf die Uhr sehen. Worauf stützt sich das?

Herzliche Grüße
Carla Menzel
"""

_SAM = """Dear Olga,

I run the small lending library on Skerry Street, and we read your chapter on ferry terminals aloud last winter, in instalments, while the heating was out.

One sentence divided the room: "Whoever may leave is not waiting." Mrs Dunlop, who is ninety, says that she may leave at any time and has been waiting since 1961. What would you answer her?

If you tell us, I will read it out on Thursday and write down what she says. No call needed, and no hurry.

Sam Whitlock
"""

_PRYCE = """Hi {first_name},

I noticed that your company is doing great things in the Publishing space! We help authors like you get 3x more qualified leads, guaranteed, or your money back.

Do you have 20 minutes on Tuesday? Just reply "yes" and I will send an invite. This offer closes on Friday.

Dean Pryce
Head of Growth

P.S. Not interested? Click here to unsubscribe.
"""

_YUSUF = """Sehr geehrte Frau Brandt,

ich schreibe in Hildesheim meine Bachelorarbeit über Schalterhallen und bin dabei über Ihre Fußnote 57 gestolpert. Dort steht, die Post habe 1974 ihre Wartebänke abgeschafft. In den Amtsblättern, die ich gefunden habe, steht 1976.

Kann es sein, dass Sie den Beschluss meinen und nicht den Abbau? Ich schicke Ihnen gern die drei Seiten.

Vielen Dank und freundliche Grüße
Yusuf Arslan
"""

_MAREN = """Hallo Olga,

wir machen den Podcast „Leerlauf“ und hätten dich gern als Gast. Das wird richtig gut, unsere Hörerinnen lieben solche Themen. Wir nehmen ungefähr eine Stunde auf.

Sag uns doch einfach, wann es dir passt, dann schicken wir alles Weitere.

Maren
"""

_AHN = """Guten Tag Frau Brandt,

Sie wurden mir empfohlen. Ich würde mich gern mit Ihnen austauschen, ganz unverbindlich. Wann passt es Ihnen?

K. von Ahn
"""

_DRAFT_HOHL = Draft(
    "de",
    Register("sie"),
    OutwardText(
        "Sehr geehrter Herr Hohl,\n\nvielen Dank für Ihre Nachricht. Bevor wir telefonieren: Worum genau soll es "
        "gehen, und wie sind Sie auf mich gekommen?\n\nFreundliche Grüße\nOlga Brandt"
    ),
    OutwardText("Re: Kurzer Austausch?"),
)

MAIL_IN, MAIL_OUT, MEETING, CARD = (
    EncounterKind.MAIL_IN,
    EncounterKind.MAIL_OUT,
    EncounterKind.MEETING,
    EncounterKind.CARD,
)

HOHL = Scene(
    "hohl", "Benedikt Hohl", "b.hohl@netzwerk-hohl.example", Channel.LINKEDIN, before(hours=9), "Kurzer Austausch?",
    _HOHL, "de", V.HOLLOW, 0.97, Asks.CALL, A.ASK_BACK, SHOW_ME_WHY, NO_OCCASION, 15,
    (
        found(K.NO_PURPOSE, "Kurzer Austausch?", "Der Betreff nennt kein Thema.", Place.SUBJECT),
        found(K.WHO, "mein Name ist Benedikt Hohl, ich bin Gründer", "Stellt sich vor: Gründer; wovon, steht nicht da."),
        found(K.FLATTERY, "Sie sind wirklich eine inspirierende Persönlichkeit!", "Dieses Lob passt auf jede."),
        found(K.HOLLOW, "viele Anknüpfungspunkte und spannende Synergien", "Hohl: „Anknüpfungspunkte und Synergien“ sagt nichts darüber, worum es geht."),
        found(K.HOLLOW, "gegenseitige Impulse", "Hohl: „gegenseitige Impulse“ sagt nichts darüber, worum es geht."),
        found(K.NO_PURPOSE, "Ein kleiner Austausch, gegenseitige Impulse, was auch immer sich ergibt.", "Ohne Thema: Es soll sich erst ergeben."),
        found(K.SECRECY, "Worum es im Kern geht, verrate ich Ihnen am liebsten persönlich.", "Der Inhalt wird bis zum Anruf zurückgehalten."),
        found(K.PRESSURE, "Meine Termine sind allerdings schnell vergeben", "Macht die Zeit knapp, obwohl er selbst etwas möchte."),
        found(K.PRESSURE, "Eine Chance wie diese kommt nicht alle Tage.", "Droht mit einer verpassten Gelegenheit."),
    ),
    (), _DRAFT_HOHL,
)  # fmt: skip

CARLA = Scene(
    "carla", "Carla Menzel", "carla.menzel@odenwald-praxen.example", Channel.MAIL, before(days=2, hours=3),
    "Die Uhren aus dem Odenwald", _CARLA, "de", V.REASON, 0.98, Asks.ANSWER, A.ACCEPT,
    Words("Ein guter Grund genügt", "A good reason is enough"),
    Words("Anlass, Bezug und Gehalt stehen da.", "Occasion, relation and substance are there."), None,
    (
        found(K.OCCASION, "wir standen am Mittwochabend auf der Tagung in Kassel zusammen am Fenster", "Ihr seid euch in Kassel begegnet."),
        found(K.WHY_ME, "Sie sagten, in Wartezimmern ohne Uhr warte man länger, und dass Sie dafür noch Zahlen suchen.", "Nimmt auf, was du gesagt hast."),
        found(K.SUBSTANCE, "Mit Uhr lagen die Leute im Mittel zwei Minuten daneben, ohne Uhr neun.", "Das Ergebnis steht schon da."),
        found(K.BENEFIT, "Verwenden Sie davon, was Sie brauchen.", "Du bekommst die Zahlen, die dir fehlen."),
        found(K.WHY_ME, "In Ihrem Kapitel über Bahnhöfe", "Hat dein Kapitel gelesen."),
    ),
    (
        Encounter(MAIL_OUT, before(days=402), "t0", is_proven=True, source="Gesendet/cur/1729.eml"),
        Encounter(MAIL_IN, before(days=398), "t0", is_turn=True, is_proven=True, source="INBOX/cur/1730.eml"),
        Encounter(MAIL_OUT, before(days=397), "t0", is_turn=True, is_proven=True, source="Gesendet/cur/1731.eml"),
        Encounter(MAIL_IN, before(days=120), "t1", source="INBOX/cur/2044.eml"),
        Encounter(CARD, before(days=3, hours=1), is_proven=True, source="Karten/kassel.vcf", where="Tagung in Kassel"),
        Encounter(MEETING, before(days=3), is_proven=True, source="Kalender/kassel.ics", where="Tagung in Kassel"),
    ),
    Draft("de", Register("sie"), OutwardText("Liebe Frau Menzel,\n\nich denke gern an unser Gespräch in Kassel zurück, und die Zahlen sind genau die, die mir fehlten. Zu Ihrer Frage nach den Bahnsteigen:\n\n\nHerzliche Grüße\nOlga Brandt"), OutwardText("Re: Die Uhren aus dem Odenwald")),
)  # fmt: skip

SAM = Scene(
    "sam", "Sam Whitlock", "sam@skerrystreet.example", Channel.MAIL, before(days=1, hours=1), "A question from Mrs Dunlop",
    _SAM, "en", V.REASON, 0.95, Asks.ANSWER, A.HOLD, "", "", None,
    (
        found(K.WHO, "I run the small lending library on Skerry Street", "Runs a lending library."),
        found(K.OCCASION, "we read your chapter on ferry terminals aloud last winter", "They read your chapter aloud."),
        found(K.SUBSTANCE, "What would you answer her?", "A question you can answer right here."),
    ),
    (Encounter(MAIL_IN, before(days=300), "s", source="INBOX/cur/1800.eml"),),
)  # fmt: skip

PRYCE = Scene(
    "pryce", "Dean Pryce", "dean@leadrocket.example", Channel.MAIL, before(days=20), "Quick question, {first_name}",
    _PRYCE, "en", V.HOLLOW, 0.99, Asks.SALE, A.LAPSE, "No sale at this door", "A sale by mass mail is left to rest.", 20,
    (
        found(K.PLACEHOLDER, "{first_name}", "A merge field was left unfilled.", Place.SUBJECT),
        found(K.PLACEHOLDER, "{first_name}", "A merge field was left unfilled."),
        found(K.MERGED, "your company is doing great things in the Publishing space!", "A detail that a machine pasted in."),
        found(K.PITCH, "We help authors like you get 3x more qualified leads, guaranteed, or your money back.", "Sells something, with promised numbers."),
        found(K.PRESSURE, "This offer closes on Friday.", "Makes time scarce."),
        found(K.OPTOUT, "Click here to unsubscribe.", "Private letters do not need this."),
    ),
    (), None, frozenset({Mark.MASS_OUTREACH}),
    state=CaseState.DONE,
)  # fmt: skip

YUSUF = Scene(
    "yusuf", "Yusuf Arslan", "yusuf.arslan@uni-hildesheim.example", Channel.FORM, before(minutes=35), "Fußnote 57",
    _YUSUF, "de", V.REASON, 0.96, Asks.ANSWER, A.HOLD, "", "", None,
    (
        found(K.WHO, "ich schreibe in Hildesheim meine Bachelorarbeit über Schalterhallen", "Studiert in Hildesheim."),
        found(K.OCCASION, "bin dabei über Ihre Fußnote 57 gestolpert", "Ein Fund in deinem Buch."),
        found(K.SUBSTANCE, "In den Amtsblättern, die ich gefunden habe, steht 1976.", "Ein Fund, den du prüfen kannst."),
        found(K.BENEFIT, "Ich schicke Ihnen gern die drei Seiten.", "Du bekommst die Quelle."),
    ),
)  # fmt: skip

MAREN = Scene(
    "maren", "Maren Tiedt", "maren@leerlauf.example", Channel.MASTODON, before(days=4), None, _MAREN, "de", V.ASK, 0.55,
    Asks.EVENT, A.ASK_BACK, SHOW_ME_WHY, NO_OCCASION, 60,
    (
        found(K.WHO, "wir machen den Podcast „Leerlauf“", "Macht einen Podcast."),
        found(K.HOLLOW, "unsere Hörerinnen lieben solche Themen", "Hohl: Welche Themen, steht nicht da."),
    ),
    (), Draft("de", Register("du"), OutwardText("Hallo Maren,\n\ndanke für die Einladung. Worüber möchtet ihr mit mir sprechen, und was habt ihr von mir gelesen?\n\nOlga")),
)  # fmt: skip

AHN = Scene(
    "ahn", "Katharina von Ahn", "k.vonahn@ahn-partner.example", Channel.XING, before(days=12), "Austausch", _AHN, "de",
    V.ASK, 0.81, Asks.MEETING, A.ASK_BACK, SHOW_ME_WHY, NO_OCCASION,
    None, (found(K.HOLLOW, "ganz unverbindlich", "Hohl: „ganz unverbindlich“ sagt nichts."),),
    (Encounter(MAIL_OUT, before(days=11), "a", is_turn=True, is_proven=True, source="Gesendet/cur/2101.eml"),),
    state=CaseState.ASKED,
)  # fmt: skip

REUTER = Scene(
    "reuter", "Tom Reuter", "tom@reuter-radio.example", Channel.MAIL, before(days=40), "Ihr Vortrag in Jena",
    "Guten Tag,\n\nich habe Ihren Vortrag in Jena gehört und würde ihn gern in unserer Sendung zitieren. Darf ich?\n\nTom Reuter\n",
    "de", V.REASON, 0.93, Asks.ANSWER, A.HOLD, "", "", None,
    (found(K.OCCASION, "ich habe Ihren Vortrag in Jena gehört", "War bei deinem Vortrag."),),
    (
        Encounter(MAIL_OUT, before(days=39), "r", is_turn=True, is_proven=True, source="Gesendet/cur/1990.eml"),
        Encounter(MAIL_IN, before(days=38), "r", is_turn=True, is_proven=True, source="INBOX/cur/1991.eml"),
    ),
    state=CaseState.DONE,
)  # fmt: skip

LUCJA = Scene(
    "lucja", "Łucja Brzezińska", "", Channel.LINKEDIN, before(days=6), None, "", "und", V.HOLLOW, 0.7, Asks.CONTACT,
    A.WATCH, "Klick ohne Worte", "Das Netz erlaubt hier keine Worte. Die Merkliste wartet mit.", None,
    state=CaseState.WATCHED,
)  # fmt: skip

NOA = Scene(
    "noa", "נועה לוי", "noa@tahana.example", Channel.MATRIX, before(days=90), "Waiting rooms in Haifa",
    "Hello,\n\nI photograph station waiting rooms in Haifa. Your essay is on my wall. Perhaps one day we can exchange a picture for a sentence.\n\nנועה",
    "en", V.ASK, 0.66, Asks.COLLABORATION, A.WATCH, "Keep in mind", "Interesting, and nothing is asked yet.", None,
    (found(K.WHY_ME, "Your essay is on my wall.", "She means your essay."),),
    state=CaseState.WATCHED,
)  # fmt: skip

VOGT = Scene(
    "vogt", "Kanzlei Vogt & Partner", "post@kanzlei-vogt.example", Channel.MAIL, before(days=5), "Nachlass Ihrer Tante",
    "Sehr geehrte Frau Brandt,\n\nwir verwalten den Nachlass von Frau Irmgard Brandt und bitten um Rückruf unter der Nummer auf dem Briefbogen.\n\nDr. Vogt",
    "de", V.REASON, 0.9, Asks.CALL, A.HOLD, "", "", None,
    (found(K.OCCASION, "wir verwalten den Nachlass von Frau Irmgard Brandt", "Es geht um einen Nachlass."),),
    (), None, frozenset({Mark.HUMAN_MUST_READ}),
)  # fmt: skip

PRIYA = Scene(
    "priya", "Priya Raman", "priya@tidework.example", Channel.XMPP, None, "Hello",
    "Hi Olga,\n\nlove your work. Can I pick your brain over coffee?\n\nPriya", "en", V.HOLLOW, 0.88, Asks.MEETING,
    A.ASK_BACK, SHOW_ME_WHY, NO_OCCASION, None,
    (found(K.FLATTERY, "love your work", "This praise fits anyone."), found(K.TAKE_ONLY, "Can I pick your brain", "Wants something and offers nothing.")),
    (), Draft("en", Register("you"), OutwardText("Dear Priya,\n\nthanks for writing. What would you like to ask me? If you send me the question, I can probably answer right here.\n\nOlga")),
)  # fmt: skip

SCENES = (HOHL, CARLA, SAM, PRYCE, YUSUF, MAREN, AHN, REUTER, LUCJA, NOA, VOGT, PRIYA)

ASIDE = (
    SetAside(
        Origin("Archiv/2009/alt.mbox", 48_213, 912, "0" * 64),
        "no_headers",
        "Kein Brief: Hier beginnt kein Kopf.",
    ),
    SetAside(
        Origin("INBOX/cur/1733:2,S", 0, 41_000_000, "1" * 64),
        "over_40_mb",
        "Größer als 40 MB: nicht geöffnet.",
    ),
)


def glance(kept: KeptCase) -> Glanced:
    """Return what a list shows of a case."""
    case = kept.case
    return Glanced(
        kept.id, Glance(case.request, case.person, case.reading, case.second), kept.answered_at, kept.state
    )


class MemoryBook:
    """A book that keeps its cases in memory, as the store does on disk."""

    def __init__(self, scenes: Sequence[Scene] = SCENES, aside: Sequence[SetAside] = ASIDE) -> None:
        ordered = sorted(scenes, key=lambda scene: (scene.arrived or NOW, scene.id), reverse=True)
        self._kept = [
            KeptCase(scene.id, case_of(scene), NOW, None, scene.encounters, scene.state) for scene in ordered
        ]
        self._aside = tuple(aside)

    @property
    def inbox(self) -> MemoryBook:
        """The cases as they are looked through."""
        return self

    def part(
        self, wanted: Wanted, *, limit: int, after: Spot | None = None, before: Spot | None = None
    ) -> Found:
        """Return a part of the cases, by group and newest first; nothing else narrows them here."""
        order = list(CaseState)
        found = [kept for kept in self._kept if wanted.state in {None, kept.state}]
        found.sort(key=lambda kept: order.index(kept.state))
        cases = [(Spot(kept.state, int((kept.case.request.arrived or NOW).timestamp()), kept.id), glance(kept))
                 for kept in found]  # fmt: skip
        places = [place for place, _ in cases]
        start = places.index(after) + 1 if after in places else 0
        if before in places:
            start, limit = max(0, places.index(before) - limit), min(limit, places.index(before))
        return Found(tuple(cases[start : start + limit]), start > 0, start + limit < len(cases))

    def case(self, id_or_prefix: str) -> KeptCase:
        """Return one case; raises `NotFound`."""
        for kept in self._kept:
            if kept.id == id_or_prefix:
                return kept
        raise NotFound(f"There is no case {id_or_prefix}.")

    def all_set_aside(self) -> Iterable[SetAside]:
        """Return what could not be read."""
        return self._aside

    def origins(self, letter: str) -> tuple[Origin, ...]:
        """Return where copies of a letter lie."""
        return (Origin(f"/mail/Archive/{letter}.eml"),)
