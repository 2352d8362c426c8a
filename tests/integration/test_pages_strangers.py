"""Every address of the site: its headers, and that nothing a stranger wrote becomes part of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from anlass.intake import Origin, SetAside
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from tests.characters import NOW, SCENES, case_of
from tests.gates import HOSTESS, KAI, OLGA, Gate, gate
from tests.walking import ids_of, stops

pytestmark = pytest.mark.slow  # makes a database with all its tables

PLANT = "\"'><plant-x planted=1 onclick=planted()></plant-x><script>planted()</script>"
POLICY = {
    "default-src 'none'",
    *(f"{what} 'self'" for what in ("script-src", "style-src", "connect-src", "font-src", "img-src")),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}


SCANS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
"""What the page that scans cards may use, and no other."""
TYPES = {"require-trusted-types-for 'script'", "trusted-types 'none'"}
"""What pages with scripts for strangers forbid beside."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A server on which strangers put markup into every field they can write."""
    with gate(tmp_path_factory.mktemp("planted"), PLANT) as made:
        _plant(made)
        yield made
        made.olga.close()
        made.neighbour.close()


def _plant(here: Gate) -> None:
    book, somebody = here.olga, Address(AddressKind.MAIL, "friederike@amsel.example")
    for number, scene in enumerate(SCENES):
        text = f"{scene.text} {PLANT}"
        planted = replace(
            scene, id=f"planted{number}", name=PLANT, subject=f"{scene.subject or ''} {PLANT}", text=text
        )
        book.keep(case_of(planted), scene.encounters, now=NOW)
    met = Encounter(EncounterKind.MEETING, NOW, is_proven=True, source=PLANT, id="m-plant")
    book.add_encounter(somebody, replace(met, where=PLANT))
    address = Address(AddressKind.MAIL, "planted@evil.example")
    book.traces.tell(PLANT, [Trace(PLANT, (address,), PLANT, about=PLANT)], joins=True)
    book.settle()
    book.set_aside([SetAside(Origin(PLANT, 0, 9, "2" * 64), "no_headers", PLANT)], now=NOW)


class _Planted(HTMLParser):
    """Finds elements and attributes that a page should not have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        names = {name for name, _ in attrs}
        is_script = tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/")
        is_ours = not (tag == "plant-x" or is_script or "planted" in names or "style" in names)
        if not is_ours or any(name.startswith("on") for name in names):
            self.found.append(tag)


def _answers(here: Gate) -> Iterator[tuple[str, HttpResponse]]:
    """Yield every answer of the site, as each role and as nobody sees it, with the paths of planted cases."""
    ids = ids_of(here.olga)
    browsers = [here.browser("de"), here.inside(OLGA), here.inside(KAI), here.inside(HOSTESS)]
    for case in (ids["case_id"], *(f"planted{number}" for number in range(len(SCENES)))):
        for stop in stops({**ids, "case_id": case}):
            for browser in browsers:
                if "case" in stop.path or case == ids["case_id"]:
                    yield stop.path, browser.get(stop.path)  # type: ignore[misc] # a test client's answer


def test_every_address_carries_the_headers_of_the_house(here: Gate) -> None:
    """Pages, pictures, tables, redirects, refusals: each forbids what no page needs; nobody keeps it."""
    walked = 0
    for path, answer in _answers(here):
        walked += 1
        devices = (
            {"Permissions-Policy": SCANS} if path.endswith("/scan/") and answer.status_code == 200 else {}
        )
        assert {name: answer.get(name) for name in HEADERS} == HEADERS | devices, path
        assert set(answer["Content-Security-Policy"].split("; ")) - TYPES == POLICY, path
        assert "no-store" in answer["Cache-Control"], path
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, path
        for cookie in answer.cookies.values():
            assert cookie.key == "__Host-anlass", path
            assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), path
    assert walked > 200


def test_nothing_a_stranger_wrote_becomes_an_element_of_any_page(here: Gate) -> None:
    """Markup in names, subjects, letters, places and files is shown as text on every page, or not at all."""
    shown = 0
    for path, answer in _answers(here):
        content = b"".join(answer) if answer.streaming else answer.content
        if "html" not in answer.get("Content-Type", "") and "svg" not in answer.get("Content-Type", ""):
            assert answer["X-Content-Type-Options"] == "nosniff", path
            continue
        page = _Planted()
        page.feed(content.decode())
        assert page.found == [], path
        shown += b"plant-x" in content
    assert shown > 10


def test_forged_form_changes_nothing(here: Gate) -> None:
    """A form without the token of its page, or from another site, is refused at every address."""
    inside = here.inside(OLGA)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, HTTP_HOST="anlass.example.org")
    client.defaults.update(inside.defaults)
    client.cookies = inside.cookies
    for stop in stops(ids_of(here.olga)):
        answer = client.post(stop.path, {"do": "x"}, HTTP_ORIGIN="https://evil.example")
        refused = {401, 403, 404, 405, 429} if stop.name != "stop" else {200, 429}  # one page for all
        assert answer.status_code in refused, stop.path


def test_headers_of_a_caller_are_believed_only_from_the_proxy(here: Gate) -> None:
    """Who says they are somebody else, or came by TLS, is believed where the host named them as a proxy."""
    plain = here.browser()
    answers = [plain.get("/enter/", REMOTE_ADDR=caller) for caller in ("192.0.2.1", "10.0.0.1")]
    assert ["Strict-Transport-Security" in one for one in answers] == [False, True]
    for number in range(41):
        caller = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}", "REMOTE_ADDR": "192.0.2.200"}
        last = plain.post("/enter/", {"address": f"x{number}@y.example"}, **caller)  # type: ignore[arg-type]
    assert last.status_code == 429
