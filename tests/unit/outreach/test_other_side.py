"""One's own draft from the other side: what is said of it, and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from anlass.desk.outgoing.linting import DraftText, draft_in, look_over, place_of
from anlass.desk.voice.common import Lang
from anlass.ledger import Encounter, EncounterKind, tie_of
from anlass.litmus import FindingKind, Question
from anlass.litmus.shipped import load_panel
from anlass.outreach.other_side import FILE, Shared, View, shared_says
from anlass.outreach.phrases import in_form, words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOLLOW = (
    "Hallo Frau Adeyemi,\n\nich würde Sie gerne kennenlernen: Könnten wir diese Woche 15 Minuten "
    "telefonieren? Kurzer Austausch, gegenseitige Impulse und Synergien.\n\nViele Grüße\nOlga Türen"
)
GOOD = (
    "Dear Ms Doe, I read your 2021 paper on tariffs and stumbled over table 3: the 2019 figure for steel "
    "seems to be in euros. I maintain the data set at the Kiel institute and can send you the corrected "
    "file, attached as CSV. Would you like it for your second edition?\nAnna Berg"
)


def shared(*kinds: EncounterKind, turns: bool = False, where: str = "re:publica", topic: str = "") -> Shared:
    """Return what two people share of whom this happened."""
    met = [
        Encounter(kind, NOW, f"t{n}", is_turn=turns, is_proven=True, id=str(n), where=where)
        for n, kind in enumerate(kinds)
    ]
    return Shared(tie_of(met, at=NOW), where if kinds else "", topic)


def view(text: str, known: Shared | None = None, lang: str = "de", subject: str = "") -> View:
    """Look at a draft."""
    spoken: Lang = "de" if lang == "de" else "en"
    return look_over(load_panel(), DraftText(text, subject), writer="Olga Türen", lang=spoken, shared=known)


def kinds(found: View) -> list[str]:
    """Return the kinds of remarks."""
    return [one.kind for one in found.remarks]


def test_one_card_no_letters_and_fifteen_minutes() -> None:
    """What is shared, what is asked and not offered, and where the occasion lies."""
    found = view(HOLLOW, shared(EncounterKind.CARD, topic="Zölle"))
    assert found.shared == "Zwischen euch gibt es eine Visitenkarte (re:publica) und keinen Brief."
    said = {one.kind: (one.says, one.suggestion) for one in found.remarks}
    assert said["benefit"][0] == "Du bittest um 15 Minuten und bietest noch nichts an."
    assert said["occasion"] == (
        "Dein Anlass liegt da: Zwischen euch gibt es eine Visitenkarte (re:publica) und keinen Brief.",
        "Auf der Veranstaltung re:publica haben wir über Zölle gesprochen.",
    )
    assert "who" not in said
    assert not found.is_fine


def test_the_same_in_english() -> None:
    """The remarks are in the owner's language, the suggestions in that of the draft."""
    found = view(HOLLOW, shared(EncounterKind.CARD), lang="en")
    assert found.shared == "You two share one card (re:publica) and no letters."
    said = {one.kind: (one.says, one.suggestion) for one in found.remarks}
    assert said["benefit"] == (
        "You ask for 15 minutes and offer nothing yet.",
        "Dafür kann ich Ihnen … geben.",
    )


def test_every_hollow_word_has_its_place() -> None:
    """What is quoted is exactly the slice of the draft that it is about."""
    placed = [one for one in view(HOLLOW).remarks if one.end]
    assert [one.quote for one in placed] == [HOLLOW[one.start : one.end] for one in placed]
    assert "gegenseitige Impulse" in {one.quote for one in placed}


def test_a_letter_with_a_reason_is_left_alone() -> None:
    """Nothing is said of a letter that says why, also where somebody could say more."""
    assert view(GOOD).is_fine


def test_whoever_is_in_touch_owes_no_reason() -> None:
    """Among those who write to each other anyway only hollow words are remarked."""
    close = shared(EncounterKind.MEETING, EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT, turns=True)
    assert {*kinds(view(HOLLOW, close))} & {question.value for question in Question} == set()
    assert view("Liebe Grace, kommst du morgen mit ins Kino?", close).is_fine


def test_a_stranger_is_called_one() -> None:
    """Nothing shared is said, and so is what was written in vain and what is still unanswered."""
    assert (
        shared_says(shared(), "de")
        == "Von drüben gesehen bist du ein unbekannter Mensch: Euch verbindet nichts."
    )
    vain = shared(EncounterKind.MAIL_OUT, EncounterKind.MAIL_OUT)
    assert shared_says(replace(vain, where=""), "en").endswith(
        "You have written 2 times already, and no answer came."
    )
    owing = replace(shared(EncounterKind.MAIL_IN), owes_answer=True)
    assert shared_says(owing, "de").endswith("du hast ihn noch nicht beantwortet.")


@pytest.mark.parametrize("text", ["", " \n\n", "> Und du?\n> Ja.\n", "-- \nOlga Türen\n"])
def test_an_empty_draft_is_empty(text: str) -> None:
    """Quotes and a signature are nobody's words."""
    assert kinds(view(text)) == ["empty"]


def test_a_draft_with_a_head_keeps_its_places() -> None:
    """Lines are counted as the editor counts them; quoted words are not judged."""
    raw = f"To: Grace <g@x.example>\nSubject: Austausch\n\n{HOLLOW}\n\n> Synergien überall\n".encode()
    draft = draft_in(raw)
    found = look_over(load_panel(), draft, lang="de")
    lines = raw.decode().split("\n")
    placed = [one for one in found.remarks if one.end and one.place == "text"]
    for one in placed:
        line, column = place_of(draft, one)
        assert lines[line - 1][column - 1 :].startswith(one.quote)
    assert len([one for one in placed if one.quote == "Synergien"]) == 1
    assert (draft.to, draft.subject) == ("Grace <g@x.example>", "Austausch")


def test_an_encoded_mail_is_read() -> None:
    """A draft as a mail program stores it, quoted-printable, has its words."""
    raw = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n"
    raw += b"Content-Type: text/plain; charset=utf-8\r\n"
    raw += b"Content-Transfer-Encoding: quoted-printable\r\n\r\nK=C3=B6nnten wir reden?\r\n"
    draft = draft_in(raw)
    assert (draft.subject, draft.text.strip()) == ("Grüße", "Könnten wir reden?")


def test_every_language_says_everything() -> None:
    """Every finding and question has a sentence; every form of address the same suggestions."""
    emptying = {kind.value for kind in FindingKind}
    for lang in ("de", "en"):
        assert emptying - {"who"} <= words(lang, FILE, "says").keys() | {"who"}
        assert words(lang, FILE, "shared").keys() == words("en", FILE, "shared").keys()
        assert words(lang, FILE, "asks").keys() == words("en", FILE, "asks").keys()
    english = in_form("en", FILE, "suggest", "you")
    for lang, form in (("de", "sie"), ("de", "du"), ("fr", "vous"), ("fr", "tu"), ("und", "")):
        told = in_form(lang, FILE, "suggest", form)
        assert told.keys() == english.keys()
        assert (told == english) == (lang == "und")
