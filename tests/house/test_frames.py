"""A page has one of two frames: the house's own, or that of everything people outside can see."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "src/anlass/web/templates/anlass"


def test_pages_have_one_of_two_frames() -> None:
    """No page brings a head of its own, so what all must say is said in two places."""
    framed = {one.name for one in TEMPLATES.glob("*.html") if "<!doctype" in one.read_text("utf-8").lower()}
    assert framed == {"base.html", "frame.html"}
