"""The pages of the house rules: looked at, tried, changed and taken back, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from anlass.bootstrap import Home
from anlass.config import load_settings
from anlass.desk.rules.looking import rules_in_force
from anlass.desk.rules.rulebook import adopt
from anlass.policy import preset
from anlass.store.book import Book
from anlass.web.frame.house import House
from tests.characters import CARLA, HOHL, NOW, SAM, MemoryBook
from tests.pages import a_house, a_house_with_rules, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

RULE = '[[rule]]\nname = "{name}"\nwhy = "w"\nall = ["true"]\ndo = "{do}"\n'


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book on disk with three cases."""
    return book_on_disk(tmp_path, [HOHL, CARLA, SAM])


@pytest.fixture
def home(book: Book, tmp_path: Path) -> Home:
    """Return the home around that book, with house rules in a file."""
    return Home(load_settings(tmp_path), "en", book)


@pytest.fixture
def house(home: Home) -> House:
    """Return a house whose rules can be changed."""
    return a_house_with_rules(home)


def rules_file(home: Home) -> Path:
    """Where the owner's own rules lie."""
    return home.settings.data / "house-rules.toml"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", ("Hausordnung", "3 Anfragen", "Nahe Menschen prüft niemand", "33 Regeln für den Anfang")),
        (
            "en",
            ("House rules", "3 requests", "Nobody screens people who are close", "33 rules to begin with"),
        ),
    ],
)
def test_page_shows_rules_past_and_choices(house: House, lang: str, words: tuple[str, ...]) -> None:
    """Everything stands on one page, in the language of whoever looks; the picture says it in words too."""
    page = owner(house, lang).get("/rules/").content.decode()
    assert [word for word in words if word not in page] == []
    assert re.search(r'<svg[^>]*role="img"', page)
    assert re.search(r'<desc id="flow-desc">[^<]*3', page)
    assert page.count('name="choose"') == 3
    assert page.partition("<main")[2].count('aria-current="true"') == 1


def test_choosing_is_one_click_and_going_back_another(house: House, home: Home) -> None:
    """The file follows, the page says what came of it, and undo brings back what was."""
    browser = owner(house, "en")
    told = browser.post("/rules/change/", {"choose": "open-door"}, follow=True).content.decode()
    assert "In force now: Open door, 9 rules." in told
    assert rules_file(home).read_text() == 'preset = "open-door"\n'
    assert house.classroom is not None
    assert house.classroom.wits().policy.rules == preset("open-door").rules
    back = browser.post("/rules/change/", {"undo": "yes"}, follow=True).content.decode()
    assert "In force now: Show me why, 13 rules." in back
    assert house.classroom.wits().policy.rules == preset("show-me-why").rules


def test_draft_is_tried_on_real_cases_and_changes_nothing(house: House, home: Home) -> None:
    """Before and after stand side by side, with the people touched; the file stays."""
    browser = owner(house, "en")
    draft = RULE.format(name="All to the watch list", do="watch")
    part = browser.post("/rules/preview/", {"text": draft}, headers={"X-Requested-With": "preview"})
    page = part.content.decode()
    assert page.lstrip().startswith("<section")
    assert "New is the rule “All to the watch list”: put on the watch list." in page
    assert page.count("<svg") == 2
    assert re.search(r'href="/case/\w+/">[^<]+, then put on the watch list', page)
    assert not rules_file(home).exists()
    whole = browser.post("/rules/preview/", {"text": draft}).content.decode()
    assert "<textarea" in whole
    assert "All to the watch list" in whole


def test_broken_rules_are_told_with_their_place_and_never_hold(house: House, home: Home) -> None:
    """The words stay in the field, nothing is written, the rules in force go on."""
    browser = owner(house, "en")
    draft = RULE.format(name="n", do="holt").replace("true", "tie.turn > 1")
    answer = browser.post("/rules/change/", {"write": "yes", "text": draft})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "house-rules.toml:4:9: “tie.turn” is unknown. Did you mean “tie.turns”?" in page
    assert "Did you mean “hold”?" in page
    assert "tie.turn &gt; 1" in page
    assert not rules_file(home).exists()


@pytest.mark.parametrize(
    ("preset", "says"), [("show-me-why", "The last good ones"), ("nonsense", "Everything is left")]
)
def test_page_of_broken_rules_says_what_holds_instead(
    home: Home, tmp_path: Path, preset: str, says: str
) -> None:
    """The last good ones, but not where a slip in anlass.toml keeps these from holding as well."""
    adopt(home, RULE.format(name="mine", do="lapse"), by="page", now=NOW)
    rules_file(home).write_text("broken", encoding="utf-8")
    (tmp_path / "anlass.toml").write_text(f'[policy]\npreset = "{preset}"\n', encoding="utf-8")
    held = rules_in_force(broken := replace(home, settings=load_settings(tmp_path)))[0]
    assert (len(held.rules) > 1) is (preset == "show-me-why")
    assert says in owner(a_house_with_rules(broken), "en").get("/rules/").content.decode()


def test_running_house_takes_up_a_changed_file_and_keeps_the_last_good_one(house: House, home: Home) -> None:
    """An editor beside the pages counts at once; a broken file does not, and the page says so."""
    assert house.classroom is not None
    rules_file(home).write_text('preset = "relationship-first"\n')
    assert house.classroom.wits().policy.rules == preset("relationship-first").rules
    rules_file(home).write_text('preset = "relationship-last"\n# broken\n')
    assert house.classroom.wits().policy.rules == preset("relationship-first").rules
    assert house.classroom.on_duty is not None
    assert [problem.line for problem in house.classroom.on_duty.problems()] == [1]
    page = owner(house, "en").get("/rules/").content.decode()
    assert "Did you mean “relationship-first”?" in page
    rules_file(home).unlink()
    assert house.classroom.wits().policy.rules == preset("show-me-why").rules
    assert house.classroom.on_duty.problems() == ()


def test_recipe_lies_ready_in_the_editor_and_can_be_added(house: House, home: Home) -> None:
    """A recipe is shown with what it would change; what is no recipe is nothing."""
    browser = owner(house, "en")
    page = browser.get("/rules/edit/?with=quiet-weekends").content.decode()
    assert "time.weekday &gt;= 6" in page
    browser.post("/rules/change/", {"recipe": "quiet-weekends"})
    assert "time.weekday >= 6" in rules_file(home).read_text()
    assert browser.post("/rules/change/", {"recipe": "../x"}).status_code == 404
    assert browser.post("/rules/change/", {}).status_code == 404


def test_public_page_is_edited_and_made_again(house: House) -> None:
    """German and English are two pages; markup stays words; what gives a rule away is said."""
    browser = owner(house, "en")
    browser.post("/rules/change/", {"recipe": "code-word"})
    made = browser.get("/rules/page/?lang=de").content.decode()
    assert "Wie ich mit Post umgehe" in made
    text = "Schreib <b>Kornblume</b>.\r\n\r\nDanke."
    page = browser.post("/rules/page/?lang=de", {"text": text}, follow=True).content.decode()
    assert "<p>Schreib &lt;b&gt;Kornblume&lt;/b&gt;.</p>" in page
    assert "“kornblume” gives away something of your rules." in page
    assert "How I treat letters" in browser.get("/rules/page/?lang=en").content.decode()
    again = browser.post("/rules/page/?lang=de", {"reset": "yes"}, follow=True).content.decode()
    assert "Danke." not in again


def test_strangers_and_showing_houses_see_no_rules(house: House) -> None:
    """Without the key there is nothing; a house that only shows has no rules to change."""
    for address in ("/rules/", "/rules/edit/", "/rules/page/"):
        assert visitor(house).get(address).status_code == 403
        assert owner(a_house(MemoryBook())).get(address).status_code == 404
    assert visitor(house).post("/rules/change/", {"undo": "yes"}).status_code == 403
