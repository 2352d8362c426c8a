"""The budget of the house: what is small stays readable."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "anlass"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)

LONGER_FILES: dict[str, str] = {}
"""Files over the budget: name -> reason and date. Empty is beautiful."""


def lines_of(path: Path) -> int:
    """Lines of a file, blank ones included."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    """Every function of a file with its length in lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{path.relative_to(SOURCE)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_are_small() -> None:
    """No file is over 350 lines, and half of them are under 120."""
    long = {str(p.relative_to(SOURCE)): lines_of(p) for p in FILES if lines_of(p) > 350}
    assert long.keys() == LONGER_FILES.keys()
    assert median(lines_of(p) for p in FILES) <= 120


def test_functions_are_small() -> None:
    """No function is over 60 lines, and nine of ten are under 30."""
    lengths = [item for path in FILES for item in functions(path)]
    assert [item for item in lengths if item[1] > 60] == []
    ordered = sorted(length for _, length in lengths)
    assert ordered[int(len(ordered) * 0.9)] <= 30


@pytest.mark.parametrize("probe", sorted((SOURCE / "litmus" / "probes").glob("*.py")), ids=lambda p: p.stem)
def test_a_probe_fits_one_screen(probe: Path) -> None:
    """A probe is at most 100 lines, so that the next one can look like it."""
    assert lines_of(probe) <= 100


def test_the_doorman_fits_one_page() -> None:
    """doorman.py is at most 150 lines, and its docstring names the rooms in the order they are called."""
    source = (SOURCE / "doorman.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 150
    page = ast.get_docstring(ast.parse(source)) or ""
    order = [
        page.index(room) for room in ("sources/", "intake/", "litmus/", "ledger/", "policy/", "replies/")
    ]
    assert all(a < b for a, b in pairwise(order))
    body = source[source.index("def consider") :]
    calls = [body.index(call) for call in ("panel.read(", "tie_of(", "decide(", "compose(", "discreet(")]
    assert all(a < b for a, b in pairwise(calls[:4]))


def test_everything_public_is_documented() -> None:
    """Every module, and every public class and function of it, says what it is."""
    silent = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(SOURCE)))
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                is_silent = not node.name.startswith("_") and not ast.get_docstring(node)
                silent += [f"{path.relative_to(SOURCE)}:{node.name}"] if is_silent else []
    assert silent == []


def test_broad_excepts_are_counted() -> None:
    """At most four handlers catch everything, all of them at an edge."""
    broad = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                if caught in {"everything", "Exception", "BaseException"}:
                    broad.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert len(broad) <= 4, broad


def test_doorman_and_rooms_carry_no_any() -> None:
    """Rooms know what they hold: `Any` is for edges."""
    rooms = (
        "people",
        "intake",
        "litmus",
        "ledger",
        "policy",
        "replies",
        "cards",
        "outreach",
        "doorman.py",
        "case.py",
        "errors.py",
    )
    vague = [
        str(path.relative_to(SOURCE))
        for path in FILES
        if path.relative_to(SOURCE).parts[0] in rooms
        and any(
            isinstance(n, ast.Name) and n.id == "Any" for n in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    ]
    assert vague == []
