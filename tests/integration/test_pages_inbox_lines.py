"""A line of the inbox as it is set, and parts of pages that are set once: nothing leaks into another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.template import Context, Engine

from anlass.desk.cases.inbox import Line
from anlass.desk.cases.waiting import Standing
from anlass.store.cases.kept import CaseState
from anlass.web.cases.case_line import lines_set
from tests.pages import pages_configured

LINE = Line(
    "a1", "Olga <b>", "Mail & more", "has a reason", 'Says "hello" <i>', "today", None, CaseState.DONE
)


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


def test_what_a_stranger_wrote_is_escaped_in_every_place_of_a_line() -> None:
    """Names, sentences and marks are text and never markup."""
    shown = lines_set([(LINE, Standing('"><x', "<u>", "<s>"))], can_decide=True, is_narrow=True)
    assert shown == (
        '<li>\n<input type="checkbox" name="case" value="a1:&quot;&gt;&lt;x" aria-labelledby="n-a1">\n'
        '<p class="who"><a id="n-a1" href="/case/a1/"><bdi>Olga &lt;b&gt;</bdi></a> <span class="by">'
        '<span class="door">Mail &amp; more · <span class="reads">has a reason</span></span> '
        "<time>today</time></span></p>\n"
        '<p class="says">Says &quot;hello&quot; &lt;i&gt;</p>\n'
        '<p class="stands"><b>&lt;u&gt;</b> · &lt;s&gt;</p>\n</li>\n'
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "Somebody without a name"),
        ("A" * 80, "A" * 80),
        ("A" * 81, "A" * 79 + "…"),
        ("Ö" * 90, "Ö" * 79 + "…"),
        ("two\nlines\u202e", "two lines\ufffd"),
    ],
)
def test_a_name_is_one_line_of_eighty_characters_at_most(name: str, shown: str) -> None:
    """Who has no name is called so; nothing hidden stays hidden."""
    line = Line("a1", name, "", "", "", "", datetime(2026, 1, 1, tzinfo=UTC), CaseState.DONE)
    assert f"<bdi>{shown}</bdi>" in lines_set([(line, Standing())])


def test_an_id_that_is_no_word_stays_one_part_of_the_address() -> None:
    """Whatever an id holds leads to the page of that case and to no other."""
    line = Line("a/b?c d", "Olga", "", "", "", "", None, CaseState.DONE)
    assert 'href="/case/a%2Fb%3Fc%20d/"' in lines_set([(line, Standing())])


def test_a_part_that_is_kept_shows_its_own_values_and_nothing_of_the_page_around_it() -> None:
    """Kept parts are told apart by what they are given; a page's secrets are not given."""
    page = Engine.get_default().from_string(
        "{% load kept %}{% kept 'anlass/keys.html' search_address=place %}"
    )
    first, second, again = (
        page.render(Context({"place": place, "rooms": "secret"})) for place in ("/one/", "/two/", "/one/")
    )
    assert first == again
    assert second == first.replace("/one/", "/two/")
    assert "secret" not in first
