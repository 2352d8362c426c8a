"""The table of figures and the marked block it replaces."""

from __future__ import annotations

from pathlib import Path

from bench.report import Row, left_out, write_into

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def test_only_the_marked_block_is_replaced(tmp_path: Path) -> None:
    """What others wrote before and after the marks stays, also a block with other marks."""
    page = tmp_path / "figures.md"
    page.write_text(
        f"# Figures\n\n<!-- litmus: begin -->\nL\n<!-- litmus: end -->\n\n{BEGIN}\nold\n{END}\n\nEnd.\n"
    )
    write_into(page, "new", "bench")
    assert page.read_text() == (
        f"# Figures\n\n<!-- litmus: begin -->\nL\n<!-- litmus: end -->\n\n{BEGIN}\nnew\n{END}\n\nEnd.\n"
    )


def test_a_page_without_marks_gets_them_at_its_end(tmp_path: Path) -> None:
    """Also a page that is not there yet; writing twice changes nothing."""
    page = tmp_path / "docs" / "figures.md"
    page.parent.mkdir()
    write_into(page, "one", "bench")
    first = page.read_text()
    write_into(page, "one", "bench")
    assert first == page.read_text() == f"# Figures\n\n{BEGIN}\none\n{END}\n"


def test_what_could_not_be_measured_says_why() -> None:
    """A missing peer is named in the table rather than left out in silence."""
    assert left_out("collect / mu", "mu is not installed here") == Row(
        "collect / mu", "–", "", "mu is not installed here"
    )
