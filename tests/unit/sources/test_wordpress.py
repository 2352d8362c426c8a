"""Comments out of a blog: what counts is what the owner took up, and XML is read without trust."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from anlass.intake import SetAside
from anlass.ledger import EncounterKind, TieLevel, tie_of
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.wordpress import WordPress
from tests.fuzz.torture import longest

BLOG = Path(__file__).parents[2] / "networks" / "wordpress" / "blog.xml"
OLGA = "olga@home.example"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BEARINGS = Bearings(frozenset({OLGA}), NOW)
IN, OUT = EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT
Told = Trace | NoTrace | SetAside

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<wp:base_blog_url>https://olga.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>olga</wp:author_login></wp:author>
"""
END = "</channel></rss>"


def comment(number: int, *, parent: int = 0, user: int = 0, day: int = 1, more: str = "") -> str:
    """Return a comment of Kai's, or where `user` is 1 of the owner's."""
    who = "Olga" if user else "Kai"
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{who}</wp:comment_author>"
        f"<wp:comment_author_email>{who.lower()}@falk.example</wp:comment_author_email>"
        f"<wp:comment_date_gmt>2026-01-{day:02} 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id>{more}</wp:comment>"
    )


def post(number: int, *comments: str) -> str:
    """Return a post of the owner's."""
    return (
        f"<item><title>Post {number}</title><wp:post_id>{number}</wp:post_id><dc:creator>olga</dc:creator>"
        f"{''.join(comments)}</item>"
    )


def told(folder: Path, content: str | bytes) -> list[Told]:
    """Return what an export with this content tells, within a second."""
    path = folder / "blog.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    began = process_time()
    found = list(WordPress().read(str(path), BEARINGS))
    assert process_time() - began < longest()
    return found


def ways(found: list[Told]) -> list[tuple[EncounterKind, bool, bool] | str]:
    """Return kind, turn and proof of what happened, or why nothing did."""
    return [
        (one.encounters[0].kind, one.encounters[0].is_turn, one.encounters[0].is_proven)
        if isinstance(one, Trace)
        else one.reason
        for one in found
    ]


def test_answered_comment_is_proven_and_the_answer_is_a_turn() -> None:
    """Kai's first comment was answered, the second was not; Ruth's waits; the rest is nobody's word."""
    found = list(WordPress().read(str(BLOG), BEARINGS))
    assert ways(found) == [
        (IN, False, True),
        (OUT, True, True),
        (IN, False, False),
        "pingback",
        "spam",
        "not_yours",
        (IN, False, False),
        "own",
    ]
    traces = [one for one in found if isinstance(one, Trace)]
    assert [(one.name, str(one.addresses[0])) for one in traces] == [
        ("Kai Falk", "kai@falk.example"),
        ("Kai Falk", "kai@falk.example"),
        ("Kai Falk", "kai@falk.example"),
        ("Ruth & Rat", "ruth@rat.example"),
    ]
    assert traces[0].encounters[0].when == datetime(2012, 1, 25, 10, 56, 16, tzinfo=UTC)
    assert traces[3].encounters[0].when == datetime(2014, 1, 27, 12, tzinfo=UTC)
    assert traces[0].encounters[0].where == "Über Grußkarten"
    assert traces[0].encounters[0].source == "wordpress:blog.xml, comment 1"
    assert not WordPress().joins


def test_comment_is_a_turn_where_it_answers_the_owner_and_was_answered_too(tmp_path: Path) -> None:
    """Back and forth under a post: the last word, unanswered, is none."""
    talk = [comment(1), comment(2, parent=1, user=1), comment(3, parent=2), comment(4, parent=3, user=1),
            comment(5, parent=4)]  # fmt: skip
    assert ways(told(tmp_path, HEAD + post(1, *talk) + END)) == [
        (IN, False, True),
        (OUT, True, True),
        (IN, True, True),
        (OUT, True, True),
        (IN, False, False),
    ]


def test_who_comments_a_hundred_times_unanswered_is_a_stranger(tmp_path: Path) -> None:
    """Nobody comments himself into a tie."""
    found = told(tmp_path, HEAD + "".join(post(n, comment(n, day=n)) for n in range(1, 29)) + END)
    tie = tie_of([met for one in found if isinstance(one, Trace) for met in one.encounters], at=NOW)
    assert (tie.level, tie.messages_in, tie.turns) == (TieLevel.STRANGER, 28, 0)


def test_three_answers_under_two_posts_make_people_in_touch(tmp_path: Path) -> None:
    """Posts are threads; each answer is a turn on its day."""
    posts = [post(n, comment(n), comment(10 + n, parent=n, user=1, day=n)) for n in (1, 2, 3)]
    found = told(tmp_path, HEAD + "".join(posts) + END)
    tie = tie_of([met for one in found if isinstance(one, Trace) for met in one.encounters], at=NOW)
    assert (tie.level, tie.turns, tie.threads) == (TieLevel.IN_TOUCH, 3, 3)


def test_answer_to_spam_or_to_oneself_is_nobody_s(tmp_path: Path) -> None:
    """An answer goes to a person's comment or to nobody."""
    spam = comment(1).replace("<wp:comment_approved>1", "<wp:comment_approved>spam")
    talk = [spam, comment(2, parent=1, user=1), comment(3, parent=2, user=1), comment(4, parent=99, user=1)]
    assert ways(told(tmp_path, HEAD + post(1, *talk) + END)) == ["spam", "own", "own", "own"]


def test_blog_of_several_names_its_owner_by_address(tmp_path: Path) -> None:
    """Without an address of the owner among several authors nothing is guessed."""
    second = "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>gast</wp:author_login></wp:author>"
    found = told(tmp_path, HEAD + second + post(1, comment(1)) + END)
    assert ways(found) == ["no_owner"]
    assert isinstance(found[0], SetAside)
    assert (found[0].origin.offset, found[0].says[-12:]) == (1, "(comment 1).")


def test_comment_without_an_address_is_a_name(tmp_path: Path) -> None:
    """A bare name is nobody to meet; the networks' own addresses are nobody's."""
    for mail in ("", "kein Ort", "hit-reply@linkedin.com"):
        (found,) = told(tmp_path, HEAD + post(1, comment(1).replace("kai@falk.example", mail)) + END)
        assert isinstance(found, Trace)
        assert (found.name, found.addresses, found.encounters) == ("Kai", (), ())


BOMB = '<!DOCTYPE rss [<!ENTITY a "' + "x" * 1_000 + '">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 50}">' for old, new in zip("abcdef", "bcdefg", strict=True)
) + "]>"  # fmt: skip


def test_entities_are_neither_multiplied_nor_opened(tmp_path: Path) -> None:
    """A laugh times a billion, and a file named as an entity, stay words that nobody reads."""
    (tmp_path / "secret").write_text("geheim")
    outside = f'<!DOCTYPE rss [<!ENTITY g SYSTEM "file://{tmp_path}/secret">]>'
    for doctype in (BOMB, outside):
        content = (
            (HEAD + post(1, comment(1)) + END).replace("<rss", doctype + "<rss").replace("Kai", "&g;", 1)
        )
        found = told(tmp_path, content)
        assert "geheim" not in repr(found)
        assert "xxx" not in repr(found)
        assert len(repr(found)) < 10_000


HOSTILE = {
    "deep": HEAD + "<a>" * 300_000,
    "cut off": HEAD + post(1, comment(1)) + "<item><wp:comment><wp:comment_id>2",
    "no end": HEAD + post(1, comment(1)),
    "controls": (HEAD + post(1, comment(1).replace("Kai", "K\x0bai")) + END),
    "unknown entity": HEAD + post(1, comment(1).replace("Kai", "K&nbsp;ai")) + END,
    "crossed": HEAD + post(1, comment(1).replace("</wp:comment_author>", "")) + END,
    "no XML": "wordpress.org/export/" + "x" * 100_000,
    "unknown coding": HEAD.replace("UTF-8", "klingon") + post(1, comment(1)) + END,
    "other coding": HEAD.replace("UTF-8", "UTF-16") + post(1, comment(1)) + END,
    "old version": HEAD.replace('version="1.0"', 'version="7.0"') + "<" + post(1, comment(1)),
    "long text": HEAD + post(1, comment(1, more="<wp:comment_content>" + "x" * 11_000_000)) + END,
}


@pytest.mark.slow  # megabytes of some
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_xml_costs_less_than_a_second_and_is_named(kind: str, tmp_path: Path) -> None:
    """Whatever is broken is named with its line; what stands before it comes where it can."""
    found = told(tmp_path, HOSTILE[kind])
    assert isinstance(found[-1], SetAside)
    assert found[-1].reason in {"broken_file", "damaged", "misshapen"}


def test_control_characters_of_old_blogs_cost_nothing_but_themselves(tmp_path: Path) -> None:
    """The comment comes, and the rest of the file behind it."""
    found = told(tmp_path, HEAD + post(1, comment(1).replace("Kai", "K\x0bai"), comment(2)) + END)
    assert [one.name for one in found if isinstance(one, Trace)] == ["Kai", "Kai"]
    assert ways(found)[2:] == ["damaged"]


def test_export_that_was_cut_off_says_so(tmp_path: Path) -> None:
    """What stands before the end of the download comes; that there is no more is named."""
    whole = HEAD + post(1, comment(1)) + post(2, comment(2)) + END
    found = told(tmp_path, whole[: whole.index("<title>Post 2")])
    assert ways(found) == [(IN, False, False), "broken_file"]


@pytest.mark.slow  # a hundred thousand comments
def test_hundred_thousand_comments_under_one_post_all_come(tmp_path: Path) -> None:
    """One post that the whole world discussed."""
    path = tmp_path / "blog.xml"
    path.write_text(HEAD + post(1, *(comment(n) for n in range(1, 100_001))) + END)
    began = process_time()
    assert sum(isinstance(one, Trace) for one in WordPress().read(str(path), BEARINGS)) == 100_000
    assert process_time() - began < 20 * longest()
