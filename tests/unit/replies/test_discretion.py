"""No letter shows how the house decides, and the types keep the two voices apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from anlass.errors import ConfigError, Refused
from anlass.replies import Draft, OutwardText, Register, discreet, parse_templates

ROOT = Path(__file__).resolve().parents[3]
LETTER = "Guten Tag,\n\nvielen Dank für Ihre Nachricht. {0}\n\nFreundliche Grüße\nHanna Berg"


@pytest.mark.parametrize(
    "leak",
    [
        "Ihre Anfrage wurde abgelehnt.",
        "Ich lehne das ab, eine Ablehnung ist nichts Persönliches.",
        "Your request was declined.",
        "I have to turn you down.",
        "Sie haben 34 von 100 Punkten.",
        "Your score is 12.",
        "Das Urteil lautet hohl.",
        "The verdict is hollow.",
        "Regel „Erst Briefe, dann Kontakt“ greift.",
        "Our policy does not allow this.",
        "Sie stehen auf der Merkliste.",
        "You are on a watch\nlist.",
        "Sie sehen Stufe 2 meiner Karte.",
        "You may see this tier.",
        "Ihr Brief enthält eine Floskel.",
        "This looks like spam.",
        "ABGELEHNT",
        "Leider geht das nicht.",
        "Ihr Text macht Druck.",
        "action: decline_with_message",
    ],
)
def test_planted_leak_is_refused(leak: str) -> None:
    """A decline, a score, a rule, a verdict, a tier: in either language, the draft is not built."""
    with pytest.raises(Refused):
        discreet(Draft("de", Register("sie"), OutwardText(LETTER.format(leak))))


def test_planted_leak_in_the_subject_is_refused() -> None:
    """The subject is read by the requester too."""
    with pytest.raises(Refused) as caught:
        discreet(Draft("en", Register("you"), OutwardText("Hello,"), OutwardText("Declined: your request")))
    assert [str(problem) for problem in caught.value.problems] == ["subject: a draft must not say “Declined”"]


def test_harmless_letter_passes_unchanged() -> None:
    """What may be read is handed on as it is; no draft stays no draft."""
    draft = Draft("de", Register("sie"), OutwardText(LETTER.format("Worum genau soll es gehen?")))
    assert discreet(draft) is draft
    assert discreet(None) is None


ONLY_NAME = "must have the fields ['name'] and no others"

PLANTED = """
from anlass.replies import Draft, InwardReason, OutwardText, Register

inward = InwardReason("hollow")
Draft("de", Register("sie"), inward)
Draft("de", Register("sie"), "bare words")
Draft("de", Register("sie"), OutwardText("fine"), inward)
Draft("de", Register("sie"), OutwardText("fine"), OutwardText("fine"))
"""


@pytest.mark.slow  # starts mypy once
def test_type_checker_refuses_inward_words_in_a_draft(tmp_path: Path) -> None:
    """Mixing the two voices is an error before anything runs."""
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED, encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary"]
    run = subprocess.run(
        [*mypy, "--cache-dir", str(tmp_path / "cache"), str(planted)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    errors = [line.split(":", 2)[1:] for line in run.stdout.splitlines() if "error" in line]
    assert [(int(line), says.split("[")[-1]) for line, says in errors] == [
        (5, "arg-type]"),
        (6, "arg-type]"),
        (7, "arg-type]"),
    ]


def shipped() -> dict[str, str]:
    folder = ROOT / "src" / "anlass" / "languages"
    return {
        path.parent.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/templates.toml"))
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('thanks = "Thank you for writing."\n', "", "en.toml: [you] thanks is missing"),
        ('met = "', 'extra = "x"\nmet = "', "en.toml: [you] extra is unknown"),
        ("Hello {name},", "Hello,", f"en.toml: [you] greeting {ONLY_NAME}"),
        ("Hello {name},", "Hello {name} {score},", f"en.toml: [you] greeting {ONLY_NAME}"),
        ("Hello {name},", "Hello {name.x},", f"en.toml: [you] greeting {ONLY_NAME}"),
        ("Hello {name},", "Hello {name!r},", f"en.toml: [you] greeting {ONLY_NAME}"),
        ('met = "We have met before."', "met = 3", "en.toml: [you] met must be a text"),
    ],
)
def test_template_with_a_wrong_key_or_field_is_refused(old: str, new: str, problem: str) -> None:
    """A letter with a gap or a surprise in it cannot be written."""
    texts = shipped()
    assert old in texts["en"]
    with pytest.raises(ConfigError) as caught:
        parse_templates({**texts, "en": texts["en"].replace(old, new, 1)})
    assert [str(found) for found in caught.value.problems] == [problem]


def test_field_left_out_or_added_when_filling_is_an_error() -> None:
    """The formatter is strict both ways."""
    phrases = parse_templates(shipped()).of("en", Register("you"))
    with pytest.raises(KeyError):
        phrases.say("greeting")
    with pytest.raises(KeyError):
        phrases.say("thanks", name="x")


def test_templates_are_written_calmly() -> None:
    """No exclamation marks, no "leider", no word of the house's own in any template."""
    templates = parse_templates(shipped())
    words = [text for phrases in templates.phrases for text in phrases.words.values()]
    assert [text for text in words if "!" in text] == []
    for text in words:
        discreet(Draft("de", Register("sie"), OutwardText(text), OutwardText(text)))
