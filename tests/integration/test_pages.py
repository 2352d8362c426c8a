"""The pages, asked over HTTP: who is let in, what is said, and what a stranger's words cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest

from anlass.web.frame.house import House
from anlass.web.frame.key import Key
from tests.characters import CARLA, HOHL, NOW, SAM, MemoryBook
from tests.pages import TOKEN, a_house, owner, pages_configured, visitor

ADDRESSES = ("/", "/case/hohl/", "/settings/", "/set-aside/", "/about/")
POLICY = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
]


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


class Answered(Protocol):
    """What a client got."""

    @property
    def content(self) -> bytes:
        """The page."""


def words(response: Answered) -> str:
    """Return the words of a page as one line, without markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# --- the threshold ---


@pytest.mark.parametrize("address", [*ADDRESSES, "/case/nobody/", "/nowhere/"])
@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "Schlüssel\x00"])
def test_door_when_the_token_is_missing_or_wrong(address: str, token: str | None) -> None:
    """Without the key every address says the same: use the address in the terminal."""
    response = visitor(a_house()).get(address, {} if token is None else {"token": token})
    assert response.status_code == 403
    assert "Diese Tür braucht einen Schlüssel" in words(response)
    assert response.content == visitor(a_house()).get("/").content
    assert not response.cookies


def test_door_when_the_token_is_right() -> None:
    """The key lets one browser in, is gone from the address, and the cookie is shut off from scripts."""
    client = visitor(a_house())
    response = client.get("/case/hohl/", {"token": TOKEN, "page": "2"})
    assert (response.status_code, response["Location"]) == (302, "/case/hohl/?page=2")
    cookie = response.cookies["anlass"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert client.get("/case/hohl/").status_code == 200


def test_door_when_the_token_is_used_again() -> None:
    """A second browser with the same address stays outside; the first may reload it."""
    house = a_house()
    inside = owner(house)
    assert visitor(house).get("/", {"token": TOKEN}).status_code == 403
    again = inside.get("/", {"token": TOKEN})
    assert (again.status_code, again["Location"]) == (302, "/")


def test_door_when_only_the_head_is_asked_for() -> None:
    """A preview that asks for the head alone does not spend the key."""
    house = a_house()
    assert visitor(house).head("/", {"token": TOKEN}).status_code == 403
    assert visitor(house).get("/", {"token": TOKEN}).status_code == 302


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example"])
def test_redirect_when_the_path_leads_elsewhere(path: str) -> None:
    """Taking the token off never sends the browser to another host."""
    location = visitor(a_house()).get(path, {"token": TOKEN})["Location"]
    assert re.match(r"/(?![/\\])", location)


def test_door_when_the_cookie_is_from_another_start() -> None:
    """A cookie signed with another secret is worth nothing."""
    house = a_house()
    client = visitor(house)
    client.cookies["anlass"] = owner(house).cookies["anlass"].value[:-4] + "aaaa"
    assert client.get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "169.254.1.1", ""])
def test_host_when_a_foreign_name_points_here(host: str) -> None:
    """A name that was rebound to this machine gets nothing, not even a style sheet."""
    client = owner(a_house())
    for address in ("/", "/static/anlass/anlass.css"):
        response = client.get(address, HTTP_HOST=host)
        assert (response.status_code, response.content) == (400, b"Bad request.\n")


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8000"])
def test_host_when_it_is_this_machine(host: str) -> None:
    """Every way to name this machine is understood."""
    assert owner(a_house()).get("/", HTTP_HOST=host).status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere/"])
def test_headers_on_every_page(address: str) -> None:
    """Nothing is kept, embedded, sent on or loaded from elsewhere."""
    for client in (owner(a_house()), visitor(a_house())):
        headers = client.get(address).headers
        assert sorted(headers["Content-Security-Policy"].split("; ")) == POLICY
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one != "/settings/"])
def test_pages_when_something_is_posted(address: str) -> None:
    """These pages only show; they take nothing."""
    assert owner(a_house()).post(address).status_code == 405


# --- what the pages say ---


@pytest.mark.parametrize(
    ("accepts", "lang", "title"),
    [
        ("de", "de", "An der Tür"),
        ("de-AT,en;q=0.5", "de", "An der Tür"),
        ("en-GB", "en", "At the door"),
        ("fr", "en", "At the door"),
        ("", "en", "At the door"),
    ],
)
def test_language_when_the_browser_asks(accepts: str, lang: str, title: str) -> None:
    """The browser's language is spoken, English where it is neither German nor English."""
    page = owner(a_house(), accepts).get("/").content.decode()
    assert f'<html lang="{lang}">' in page
    assert f"<h1>{title}</h1>" in page


def test_inbox_when_nobody_came() -> None:
    """An empty inbox says so kindly and counts nothing."""
    page = words(owner(a_house(MemoryBook([]))).get("/"))
    assert page.endswith(
        "An der Tür Samstag, 21. November 2026 Niemand wartet. An der Tür ist es still. "
        "Wer als Nächstes klopft, wird hier gemeldet. "
        "An der Tür Ausgang Zeit Einstellungen Hausordnung Beiseitegelegt Was Anlass nie tut"
    )


def test_inbox_when_there_are_pages() -> None:
    """Pages are leafed through by links; nonsense in the address is the first page."""
    client = owner(a_house(MemoryBook([replace(SAM, id=f"s{n}") for n in range(60)])))
    first = client.get("/").content.decode()
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(older).content.decode()
    assert len(set(re.findall(r"/case/s\d+/", first + second))) == 50
    (newer,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert set(re.findall(r"/case/s\d+/", client.get(newer).content.decode())) == set(
        re.findall(r"/case/s\d+/", first)
    )
    for nonsense in ("0", "-1", "x", "", "٣", "9" * 4000, "waiting.1.nobody", "waiting.9" * 30):
        shown = client.get("/", {"after": nonsense}, follow=True)
        assert (shown.status_code, "Sam Whitlock" in words(shown)) == (200, True)


def test_case_when_it_is_read_in_german() -> None:
    """The rows, the proposal, the reason and the plain word that nothing was sent stand there."""
    page = words(owner(a_house()).get("/case/hohl/"))
    assert (
        "Wie er sich liest Ein Anlass ist nicht zu finden. "
        "Von hundert Briefen, die sich so lesen, stimmt das bei etwa 97. "
        "Wer? mein Name ist Benedikt Hohl, ich bin Gründer Anlass? – Nicht gefunden. "
        "Warum ich? – Nicht gefunden. "
        "Was habe ich davon? – Nicht gefunden. Was liegt schon vor? – Nicht gefunden. "
        "Was euch verbindet Bisher verbindet euch nichts. "
        "Der Entwurf Nichts verschickt. Das ist ein Entwurf. Verschicken kannst ihn nur du."
    ) in page
    assert (
        "Warum so Die Hausordnung schlägt vor, nachzufragen. "
        "Regel „Zeig mir, warum“: Wer um Zeit bittet und keinen Anlass nennt, wird gefragt."
    ) in page


def test_note_when_words_are_underlined() -> None:
    """The margin says what the words do, in the language of the page, whatever the letter's is."""
    assert "Hohl Sagt nichts darüber, worum es geht." in words(owner(a_house()).get("/case/hohl/"))
    assert "Flattery This praise fits anyone." in words(owner(a_house(), "en").get("/case/priya/"))


def test_quotes_when_letter_and_page_differ_in_language() -> None:
    """An English letter on a German page is marked as English, and its owner's words as German."""
    page = owner(a_house()).get("/case/sam/").content.decode()
    assert '<div lang="en">' in page
    assert '<q lang="en" dir="auto">What would you answer her?</q>' in page
    assert '<small class="note solid" role="note" lang="de"><b>Schon da</b>' in page


def test_numbers_when_a_case_is_shown() -> None:
    """No score, no probability and no weight stands bare on the page."""
    page = words(owner(a_house()).get("/case/carla/"))
    assert not re.search(r"\d[.,]\d{2,}|\d ?%", page.replace("15:30 Uhr", ""))


def test_encounters_when_they_are_many() -> None:
    """The table shows the newest hundred and says how many it leaves out."""
    letters = tuple(
        replace(CARLA.encounters[0], when=NOW - timedelta(days=number), source=f"letter-{number}.eml")
        for number in range(130)
    )
    page = (
        owner(a_house(MemoryBook([replace(CARLA, encounters=letters)]))).get("/case/carla/").content.decode()
    )
    assert page.index("letter-0.eml") < page.index("letter-99.eml")
    assert "letter-100.eml" not in page
    assert "30 ältere Begegnungen stehen hier nicht." in page


def test_case_when_there_is_none() -> None:
    """An address that leads nowhere says so, and where to go."""
    response = owner(a_house()).get("/case/nobody/")
    assert response.status_code == 404
    assert "Hier liegt nichts" in words(response)


def test_page_when_the_house_fails() -> None:
    """A failure says what was kept, and shows no inner word."""

    class Burnt(MemoryBook):
        @property
        def inbox(self) -> MemoryBook:
            raise RuntimeError("the secret inside")

    response = owner(a_house(Burnt())).get("/")
    assert response.status_code == 500
    assert "Deine Briefe sind, wie sie waren, und verschickt wurde nichts." in words(response)
    assert b"secret inside" not in response.content


# --- what a stranger's words cannot do ---

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x00{{ sheet }}{% url %}"


def test_words_when_they_are_markup_or_orders() -> None:
    """Markup, template code, controls and turned text from a stranger are shown as plain words everywhere."""
    scene = replace(
        HOHL,
        name=EVIL,
        subject=EVIL,
        text=EVIL,
        rule=EVIL,
        why=EVIL,
        findings=tuple(
            replace(HOHL.findings[1], quote="<script>", says=EVIL, kind=f.kind) for f in HOHL.findings[1:4]
        ),
        encounters=tuple(replace(one, where=EVIL, source=EVIL) for one in CARLA.encounters),
    )
    assert scene.draft is not None
    scene = replace(scene, draft=replace(scene.draft, text=replace(scene.draft.text, words=EVIL)))
    client = owner(a_house(MemoryBook([scene])))
    for address in ("/", "/case/hohl/"):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;" in page
        assert "{{ sheet }}" in page
        assert not re.search(r"<script(?! src=\"/static/)|<img|\u202e|\x00", page)


def test_address_when_a_case_id_is_odd() -> None:
    """A case whose id needs quoting is still found by its own link."""
    client = owner(a_house(MemoryBook([replace(SAM, id='a b"<ü?#%')])))
    link = re.findall(r'href="(/case/[^"]+)"', client.get("/").content.decode())
    assert [client.get(address).status_code for address in link] == [200]


@pytest.mark.slow  # sets a megabyte of text a few times
@pytest.mark.parametrize("flood", ["x", "\n", "\x00", "<", "a ", "\u0301", "🧵"])
def test_page_when_subject_name_and_letter_are_a_megabyte(flood: str) -> None:
    """A flood is cut, the page stays light, and what is left out is said."""
    scene = replace(
        SAM, name=flood * 1_000_000, subject=flood * 1_000_000, text=flood * 1_000_000, findings=()
    )
    client = owner(a_house(MemoryBook([scene])))
    assert len(client.get("/").content) < 12_000
    response = client.get("/case/sam/")
    assert len(response.content) < 130_000
    assert "980000 Zeichen weiter" in words(response)


def test_key_is_new_at_every_start() -> None:
    """Two houses never open with the same key."""
    book, now = MemoryBook(), NOW
    first, second = (House(book, lambda: now, Key()) for _ in range(2))
    assert visitor(second).get("/", {"token": first.key.token}).status_code == 403
