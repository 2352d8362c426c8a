"""The first evening on the pages: four questions, each kept as it is answered, then one's own door."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.test import Client

from anlass.bootstrap import Home, load_policy, open_home
from anlass.config import Settings, load_settings
from anlass.desk.house.arriving import looked_at_again
from anlass.store import open_book
from anlass.store.settings import FILE
from anlass.web.frame.house import House, Residence, Stage
from anlass.web.frame.key import Key
from anlass.web.serving.opening import clock_of, house_for
from tests.pages import TOKEN, a_house_with_rules, owner, pages_configured, visitor

EXAMPLE = Path(__file__).parents[2] / "src" / "anlass" / "example" / "mailbox" / "Inbox"
PATIENCE = 30.0

pytestmark = pytest.mark.slow  # a memory is made, and the house rules with it


@pytest.fixture(autouse=True)
def django(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Configure Django for these tests; the machine speaks English."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    with pages_configured():
        yield


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty memory, made once: making its tables takes longer than any of these tests."""
    folder = tmp_path_factory.mktemp("memory")
    with pages_configured():
        open_book(folder).close()
    return folder / FILE


@pytest.fixture
def residence(tmp_path: Path, memory: Path) -> Residence:
    """A house as `anlass serve` opens it on an empty folder."""
    shutil.copy(memory, tmp_path)
    home = Home(Settings(tmp_path), "en", open_book(tmp_path))

    def opened() -> House:
        fresh = looked_at_again(home)
        return house_for(fresh, clock_of(fresh), key=Key(TOKEN))

    return Residence(opened(), opened)


class Browser:
    """A browser that stays while the house behind it is opened anew."""

    def __init__(self, residence: Residence, lang: str = "en") -> None:
        self.residence = residence
        self.client: Client = owner(residence.house, lang)

    def get(self, path: str) -> tuple[int, str]:
        """Return status and page, or where one is led."""
        self.client.defaults["anlass.house"] = self.residence.house  # type: ignore[assignment]
        answer = self.client.get(path)
        return answer.status_code, answer.headers.get("Location") or answer.content.decode()

    def post(self, path: str, **typed: str) -> tuple[int, str]:
        """Send a form; return the same."""
        self.client.defaults["anlass.house"] = self.residence.house  # type: ignore[assignment]
        answer = self.client.post(path, typed)
        return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_four_answers_lead_to_the_own_door(residence: Residence, tmp_path: Path) -> None:
    """An empty house asks; each answer is in the owner's files at once and holds without a new start."""
    here = Browser(residence)
    assert here.get("/") == (302, "/arrival/")
    who = {"name": "Olga Brandt", "addresses": "olga@home.example, o@work.example", "language": "de"}
    assert here.post("/arrival/", **who) == (302, "/arrival/about/")
    assert here.post("/arrival/about/", about="Türen.\nUnd Schlüssel.") == (302, "/arrival/rules/")
    assert "Und Schlüssel." in here.get("/arrival/about/")[1]
    assert here.post("/arrival/rules/", preset="relationship-first") == (302, "/arrival/mail/")
    assert 'value="olga@home.example"' in here.get("/arrival/mail/")[1]
    assert here.post("/arrival/later/") == (302, "/")
    assert "Niemand wartet." in here.get("/")[1]
    settings = load_settings(tmp_path)
    owner = settings.owner
    assert (owner.name, owner.addresses) == ("Olga Brandt", ("olga@home.example", "o@work.example"))
    assert (owner.about, owner.language) == ("Türen.\nUnd Schlüssel.", "de")
    assert load_policy(settings, "de").preset == "relationship-first"
    now = residence.house.settings
    assert now is not None
    assert (now.owner, residence.house.wits().policy.preset) == (owner, "relationship-first")


def test_archive_is_read_while_the_page_says_how_far(residence: Residence, tmp_path: Path) -> None:
    """A folder is named, read and judged; where there is none that is said, and what was typed stays."""
    here = Browser(residence)
    status, page = here.post("/arrival/mail/", archive="/nowhere/at all")
    assert (status, 'value="/nowhere/at all"' in page) == (422, True)
    assert "There is nothing at &#x27;/nowhere/at all&#x27;." in page
    assert here.post("/arrival/mail/", archive=str(EXAMPLE)) == (302, "/settings/mailboxes/")
    until = monotonic() + PATIENCE
    while "Done." not in here.get("/settings/mailboxes/")[1]:
        assert monotonic() < until, here.get("/settings/mailboxes/")[1]
        sleep(0.05)
    assert open_home(str(tmp_path)).book.cases(limit=1).total > 20
    assert here.get("/")[0] == 200


def test_wrong_address_keeps_nothing(residence: Residence, tmp_path: Path) -> None:
    """What is no address is named, the rest of the answer waits in the form."""
    status, page = Browser(residence).post("/arrival/", name="Olga", addresses="olga", language="en")
    assert (status, "&#x27;olga&#x27; is no mail address." in page, 'value="Olga"' in page) == (
        422,
        True,
        True,
    )
    assert not (tmp_path / "anlass.toml").exists()


def test_empty_rooms_lead_on_in_the_owners_own_words(residence: Residence) -> None:
    """Nobody is sent to a terminal, and tiers and house rules bear names of the owner's language."""
    here = Browser(residence, "de")
    here.post("/arrival/later/")
    for path in ("/people/", "/audit/"):
        page = here.get(path)[1]
        assert "Es füllt sich, sobald deine Post gelesen wird." in page
        assert page.count('href="/settings/mailboxes/"') == 2  # here, and at the foot of every page
    assert 'href="/arrival/mail/#folder"' in here.get("/settings/mailboxes/")[1]
    door = here.get("/door/")[1]
    assert ("Sie beginnt mit einem Namen." in door, 'class="remark"' in door) == (True, False)
    page = here.get("/settings/")[1]
    assert ("Zeig mir, warum" in page, "show-me-why" in page) == (True, False)
    typed = {"name": "Olga", "lang": "de", "tiers": "Karte, beruflich, direkt, privat", "unlock": "beruflich"}
    assert all(f'value="{typed[one]}"' in here.get("/cards/")[1] for one in ("tiers", "unlock"))
    way = {"option-kind": "mail", "option-value": "karte@olga.example", "option-tier": "beruflich"}
    assert here.post("/cards/", **typed, **way) == (302, "/cards/")
    assert '<h3>beruflich</h3>\n<p class="quiet opened">' in here.get("/cards/")[1]


def test_nobody_is_led_to_the_questions_who_has_answered(tmp_path: Path, memory: Path) -> None:
    """With a name the door is the door."""
    shutil.copy(memory, tmp_path)
    (tmp_path / "anlass.toml").write_text('[owner]\nname = "Olga"\n', encoding="utf-8")
    home = Home(load_settings(tmp_path), "en", open_book(tmp_path))
    assert owner(a_house_with_rules(home)).get("/").status_code == 200


def test_an_example_asks_nobody(residence: Residence) -> None:
    """In the demo nobody arrives, and a stranger is told nothing anywhere."""
    on_stage = Stage(lambda stage: residence.house, lambda: residence.house)
    shown = replace(residence.house, stage=on_stage)
    there = ("/arrival/", "/arrival/about/", "/arrival/rules/", "/arrival/mail/")
    assert [owner(replace(shown, key=Key(TOKEN))).get(path).status_code for path in there] == [404] * 4
    assert [visitor(residence.house).get(path).status_code for path in there] == [403] * 4
