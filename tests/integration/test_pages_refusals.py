"""What a page refuses it says in the owner's language: every form that can be refused, posted in German."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from anlass.desk.gatherings.events import begin
from anlass.sources.events import Named
from tests.characters import NOW, SAM
from tests.pages import owner, pages_configured
from tests.programs import a_reached_house

pytestmark = pytest.mark.slow  # makes a database with all its tables

ENGLISH = re.compile(
    r"\b(the|there|is|are|no|not|nobody|cannot|that|this|with|of|only|your|you|must|needs?|give|called)\b",
    re.IGNORECASE,
)
FORMS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("/settings/tokens/", "/settings/tokens/add/", {"name": "x", "kind": "api"}),
    ("/settings/tokens/", "/settings/tokens/add/", {"name": "", "kind": "api", "scope": ["read"]}),
    ("/settings/tokens/", "/settings/tokens/add/", {"name": "", "kind": "feed"}),
    ("/settings/tokens/", "/settings/tokens/revoke/", {"token": "zz"}),
    ("/settings/webhooks/", "/settings/webhooks/change/", {"do": "add", "url": "nowhere", "on": ["decide"]}),
    ("/settings/webhooks/", "/settings/webhooks/change/", {"do": "add", "url": "https://x.org", "on": []}),
    ("/settings/webhooks/", "/settings/webhooks/change/", {"do": "add", "url": "http://127.0.0.1/"}),
    ("/settings/webhooks/", "/settings/webhooks/change/", {"do": "remove", "webhook": "zz"}),
    ("/", "/decide/", {"choice": "accepted"}),
    ("/", "/decide/", {"choice": "accepted", "case": ["nobody:x"]}),
    ("/", "/decide/", {"choice": "accepted", "case": [f"{SAM.id}:old"]}),
    ("/", "/decide/undo/", {"act": "zz"}),
    ("/people/", "/people/undo/", {"word": "zz"}),
    ("/circle/", "/circle/put/", {"who": "", "do": "put"}),
    ("/watch/", "/watch/put/", {"who": "zzz", "do": "put"}),
    ("/watch/", "/watch/put/", {"who": "milan@horvat.example", "until": "1999-01-01"}),
    ("/cards/", "/cards/hand-out/", {"name": "", "tier": "card"}),
    ("/cards/", "/cards/hand-out/", {"name": "Tisch", "tier": "nowhere"}),
    ("/cards/", "/cards/hand-out/", {"name": "Tisch", "tier": "card", "until": "1999-01-01"}),
    ("/cards/", "/cards/hand-out/", {"revoke": "zz"}),
    ("/door/", "/door/change/", {"do": "open"}),
    ("/door/", "/door/change/", {"do": "name", "name": "settings"}),
    ("/door/", "/door/change/", {"do": "name", "name": "a b/c"}),
    ("/events/", "/events/", {"name": ""}),
    ("/events/{event}/", "/events/{event}/met/", {"name": ""}),
    ("/events/{event}/", "/events/{event}/met/", {"name": "Ada", "mail": "no address"}),
    ("/events/{event}/mailing/", "/events/{event}/mailing/", {"do": "send", "sorts": ["interesting"]}),
    ("/host/", "/host/", {"name": ""}),
    ("/rules/", "/rules/change/", {"do": "undo"}),
    ("/rules/", "/rules/change/", {"do": "choose", "preset": "zz"}),
    ("/settings/mailboxes/connect/", "/settings/mailboxes/connect/", {"address": "x", "password": "y"}),
    ("/settings/mailboxes/connect/", "/settings/mailboxes/connect/",
     {"address": "a@b.example", "password": "y", "imap": "one two three four"}),
)  # fmt: skip
"""The page a form stands on, where it goes, and what is refused of it."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, str]]:
    """Yield the browser of an owner who reads German, and an event of theirs."""
    with pages_configured(), a_reached_house(tmp_path_factory.mktemp("refusals")) as reached:
        event = begin(reached.book, Named("Messe", NOW, None, ""), now=NOW)
        yield owner(reached.house, "de"), event.id


@pytest.mark.parametrize(("page", "to", "given"), FORMS)
def test_a_form_is_refused_in_german(
    desk: tuple[Client, str], page: str, to: str, given: dict[str, object]
) -> None:
    """Something new is said on the page, and none of it is English."""
    client, event = desk
    before = sentences(client.get(page.format(event=event)))
    answer = client.post(to.format(event=event), given, follow=True)
    assert answer.status_code in {200, 404, 422}
    new = [one for one in sentences(answer) if one not in before]
    assert new
    assert [one for one in new if ENGLISH.search(one)] == []


def sentences(answer: object) -> list[str]:
    """Return what a reader sees of a page, piece by piece."""
    assert isinstance(answer, HttpResponse)
    whole = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    whole = re.sub(r"<(textarea|bdi|option|code|pre|kbd)\b.*?</\1>", "", whole, flags=re.DOTALL)
    return [one for one in (html.unescape(piece).strip() for piece in re.split(r"<[^>]*>", whole)) if one]
