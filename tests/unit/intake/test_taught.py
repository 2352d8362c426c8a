"""Recipes of the owner: they say where things stand, are bounded, and read back what they were made of."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from anlass.errors import ConfigError
from anlass.intake import Channel, Mark, NoRequest, Requester, normalise
from anlass.intake.gate.proposing import Saying, propose, words_between
from anlass.intake.gate.recipe_file import recipe_of, recipe_text
from anlass.intake.gate.taught import Recipe, Where, faults_of, read_by, subject_fits
from anlass.people import Address, AddressKind
from tests.unit.intake.mails import OWNER, around, mail, read

PROVIDER = "mx.example.org"
TEXT = """Hallo Vera,

Max Muster klopft bei dir an und schreibt:

Wir sprachen in Bremen über Brücken.
Darf ich den Bericht schicken?

Zur Anfrage: https://www.neuesnetz.example/accept?key=AbCdEf12

Du bekommst das, weil du dabei bist."""
RECIPE = Recipe(
    "netz", Channel.OTHER, "neuesnetz.example", "* klopft an", Where.SUBJECT, "* klopft an",
    after="und schreibt:", before="Zur Anfrage",
)  # fmt: skip
WORDS = "Wir sprachen in Bremen über Brücken.\nDarf ich den Bericht schicken?"


def notice(
    text: str = TEXT, *, subject: str = "Max Muster klopft an", domain: str = "post.neuesnetz.example"
) -> bytes:
    """Return a notice of a network that nobody knows here."""
    said = f"{PROVIDER}; dmarc=pass header.from={domain}"
    return mail(text, sender=f"Netz <no-reply@{domain}>", subject=subject, authentication_results=said)


def met(raw: bytes, recipe: Recipe = RECIPE) -> object:
    """Return what the gate says of a mail."""
    return normalise(read(raw), around(trusted=frozenset({PROVIDER}), recipes=(recipe,)))


def test_taught_notice_is_a_request_of_the_person_in_it() -> None:
    """N18: words between the landmarks, no link of the network's, no sender's address."""
    found = met(notice())
    assert not isinstance(found, NoRequest)
    assert (found.requester, found.text, found.marks) == (  # type: ignore[attr-defined]
        Requester("Max Muster"),
        WORDS,
        {Mark.NOTICE},
    )


@pytest.mark.parametrize(
    "raw",
    [
        notice(subject="Dein Wochenbericht"),
        notice(domain="neuesnetz.example.evil.example"),
        notice(domain="evilneuesnetz.example"),
    ],
)
def test_other_mail_is_read_as_before(raw: bytes) -> None:
    """A recipe is for one domain and one kind of subject."""
    assert met(raw) == met(raw, replace(RECIPE, domain="nobody.example"))


def test_recipe_never_makes_the_owners_own_letter_a_request() -> None:
    """N22 comes first, whatever a recipe says."""
    own = mail(TEXT, sender=f"Vera <{OWNER}>", subject="Max Muster klopft an")
    found = met(own, replace(RECIPE, domain="example.org"))
    assert isinstance(found, NoRequest)
    assert found.rule == "N22"


def test_words_to_the_end_where_the_second_landmark_is_missing() -> None:
    """Nothing of a person's words is lost, and no link to the network is kept."""
    found = read_by(replace(RECIPE, before="Fehlt"), read(notice()))
    assert found is not None
    assert found.words.startswith("Wir sprachen")
    assert "AbCdEf12" not in found.words


def test_default_words_are_no_words() -> None:
    """What the owner says is the network's own counts as nothing."""
    found = met(notice(), replace(RECIPE, defaults=(WORDS.upper(),)))
    assert (found.text, Mark.DEFAULT_TEXT in found.marks) == ("", True)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "subject", "fits"),
    [
        ("* klopft an", "Max klopft an", True),
        ("* klopft an", "Max klopft an die Tür", False),
        ("Du hast * neue von *", "Du hast 3 neue von Max", True),
        ("Neu", "neu", True),
        ("a*b*c", "a c", False),
        ("a*a", "a", False),
    ],
)
def test_subject_pattern(pattern: str, subject: str, fits: bool) -> None:
    """A star stands for anything, all else for itself."""
    assert subject_fits(replace(RECIPE, subject=pattern), subject) is fits


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "*"},
        {"subject": "a*" * 5},
        {"subject": "x" * 201},
        {"domain": "localhost"},
        {"domain": "a b.example"},
        {"who": "kein Stern"},
        {"who": "*"},
        {"after": "zwei\nZeilen"},
        {"defaults": ("x",) * 11},
    ],
)
def test_unbounded_recipe_is_none(change: dict[str, object]) -> None:
    """Limits are named, so that no recipe can run long or hit everything."""
    assert faults_of(replace(RECIPE, **change)) != ()  # type: ignore[arg-type]


def test_hostile_notice_costs_little() -> None:
    """Landmarks that repeat a thousand times are looked for once."""
    recipe = replace(RECIPE, subject="a*a*a*a*a", where=Where.TEXT, who="a* a", after="aaaa", before="ab")
    message = replace(read(notice()), subject="a" * 1_000, text="a " * 100_000 + "\n" * 50_000)
    begin = time.process_time()
    subject_fits(recipe, message.subject)
    read_by(recipe, message)
    assert time.process_time() - begin < 1


def test_recipe_survives_its_file() -> None:
    """What is written is what is read, quotes and umlauts included."""
    odd = replace(RECIPE, after='sagt "ä\\\x7f":', defaults=("a\nb",))
    assert recipe_of("netz", recipe_text(odd), "netz.toml") == odd


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        'action = "accept"\n' + recipe_text(RECIPE),
        recipe_text(RECIPE).replace('"other"', '"mail order"'),
        recipe_text(RECIPE).replace("[]", '"x"'),
        recipe_text(RECIPE).replace('"neuesnetz.example"', "7"),
    ],
)
def test_broken_file_is_named(text: str) -> None:
    """A recipe cannot choose an action, and what is wrong is said with its file."""
    with pytest.raises(ConfigError) as error:
        recipe_of("netz", text, "netz.toml")
    assert {problem.where for problem in error.value.problems} == {"netz.toml"}


@pytest.mark.parametrize(
    ("saying", "name", "words"),
    [
        (Saying("n", name="Max Muster"), "Max Muster", None),
        (Saying("n", name="Max Muster", words=WORDS.replace("\n", " ")), "Max Muster", WORDS),
        (Saying("n", name="Max Muster", words=""), "Max Muster", ""),
    ],
)
def test_proposal_reads_its_own_notice(saying: Saying, name: str, words: str | None) -> None:
    """The recipe made of a notice finds in it what the owner says is there."""
    message = read(notice())
    proposal = propose(message, saying)
    assert proposal.recipe is not None
    assert faults_of(proposal.recipe) == ()
    found = read_by(proposal.recipe, message)
    assert found is not None
    assert found.requester.name == proposal.name == name
    if words is not None:
        assert " ".join(found.words.split()) == " ".join(words.split())


@pytest.mark.parametrize(
    "saying", [Saying("n", name="Eva Fremd"), Saying("n", words="steht nicht da"), Saying("n", name="")]
)
def test_what_is_not_there_becomes_no_recipe(saying: Saying) -> None:
    """A name or words that the notice does not hold are no ground for a recipe."""
    assert propose(read(notice()), saying).recipe is None


def test_words_by_their_ends() -> None:
    """The first and the last words are enough, however lines are broken."""
    assert words_between(TEXT, "Wir sprachen", "Bericht schicken?") == WORDS
    assert words_between(TEXT, "Bericht", "Wir sprachen") is None


def test_profile_of_a_known_network_is_its_address() -> None:
    """For XING the profile behind the button is the requester's address, as in any other notice."""
    text = TEXT.replace("https://www.neuesnetz.example/accept", "https://www.xing.com/profile/Max_Muster/cv")
    recipe = replace(RECIPE, channel=Channel.XING, domain="xing.com")
    found = met(notice(text, domain="mail.xing.com"), recipe)
    assert found.requester.address == Address(  # type: ignore[attr-defined]
        AddressKind.XING, "https://www.xing.com/profile/max_muster"
    )
