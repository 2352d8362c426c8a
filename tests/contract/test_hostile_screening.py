"""One letter on which the program itself fails keeps nobody from the others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from anlass.desk.history.collecting import collect
from anlass.desk.requests.screening import Desk, Judged, screen
from anlass.doorman import Doorman
from anlass.intake import Recipient, SetAside
from anlass.litmus.shipped import load_panel
from anlass.policy import preset
from anlass.replies import shipped_templates
from anlass.replies.templates import Templates
from anlass.store.book import Book

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ME = Recipient("Vera", "")


def test_letters_that_break_the_doorman_are_named_and_judged_later(book: Book, tmp_path: Path) -> None:
    """They are set aside with their place; once the fault is mended the next run judges them."""
    for name in "ab":
        head = f"From: {name}@example.net\nTo: vera@example.org\nMessage-ID: <{name}@x.example>\n"
        (tmp_path / f"{name}.eml").write_text(head + "\nHaben Sie 15 Minuten?\n", "utf-8")
    collect(book, [tmp_path], owner=["vera@example.org"], now=NOW)
    panel, policy = load_panel(), preset("show-me-why")
    speechless = Doorman(panel, policy, Templates(()))
    told = list(screen(Desk(book, speechless, ME, NOW), [tmp_path]))
    assert {(one.origin.path, one.reason) for one in told if isinstance(one, SetAside)} == {
        (str(tmp_path / "a.eml"), "broken"),
        (str(tmp_path / "b.eml"), "broken"),
    }
    assert len(told) == 2
    mended = Doorman(panel, policy, shipped_templates())
    judged = list(screen(Desk(book, mended, ME, NOW), [tmp_path]))
    assert [type(one) for one in judged] == [Judged, Judged]
