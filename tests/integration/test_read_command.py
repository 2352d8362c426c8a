"""`anlass read` as a whole process, the way others call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ANLASS = str(Path(sys.executable).parent / "anlass")


def anlass(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the installed command."""
    return subprocess.run([ANLASS, *arguments], input=given, capture_output=True, check=False)


def test_lines_come_back_in_order_and_bad_ones_do_not_stop_the_rest(tmp_path: Path) -> None:
    """From a file or from standard input alike: one answer per line, exit code 0."""
    given = b'{"id": "a", "text": "Hallo"}\n\nnonsense\n{"id": "b", "text": "Hello"}'
    file = tmp_path / "requests.jsonl"
    file.write_bytes(given)
    piped, named = anlass("read", "-", given=given), anlass("read", str(file))
    assert piped.returncode == named.returncode == 0
    assert piped.stdout == named.stdout
    lines = [json.loads(line) for line in piped.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", None, "b"]
    assert ["error" in line for line in lines] == [False, True, False]
    assert piped.stderr == b""


def test_a_missing_file_is_wrong_use() -> None:
    """A file that is not there gets one clear line and exit code 2."""
    done = anlass("read", "nowhere.jsonl")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"nowhere.jsonl" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    """`anlass read | head -1` ends quietly."""
    line = b'{"id": "a", "text": "Hallo"}\n' * 5000
    pipe = subprocess.run(
        ["sh", "-c", f"'{ANLASS}' read - | head -n 1"], input=line, capture_output=True, check=False
    )
    assert len(pipe.stdout.splitlines()) == 1
    assert pipe.stderr == b""
