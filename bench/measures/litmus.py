"""The litmus test from outside: how many requests a second, and how long one takes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.pairs import Job, compare, middle, run
from bench.report import Row, left_out
from bench.setting import Setting

MANY = 4000


def lines(bench: Setting, count: int) -> Path:
    """Write `count` requests as JSON lines and return the file."""
    path = bench.scratch / f"requests-{count}.jsonl"
    asked = [
        {"id": str(number), "channel": "mail", "subject": subject, "text": text}
        for number, (subject, text) in enumerate(bench.texts(count))
    ]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked)
    path.write_text(text, encoding="utf-8")
    return path


def measure(bench: Setting) -> Iterator[Row]:
    """Measure the rate without start-up, and the whole process for one request."""
    if not bench.knows("read"):
        yield left_out("litmus test", "`anlass read` is not there yet")
        return
    one = bench.anlass("read", lines(bench, 1), name="anlass read, one request")
    many = bench.anlass("read", lines(bench, MANY), name="anlass read")
    run(one)
    taken = [(run(one), run(many)) for _ in range(bench.pairs)]
    single, whole = middle([used for used, _ in taken]), middle([used for _, used in taken])
    rate = (MANY - 1) / max(whole.cpu - single.cpu, 0.001)
    yield Row("requests read", f"{rate:.0f} a second of CPU", "2000", f"{MANY} requests, start-up taken off")
    bare = Job("python", [sys.executable, "-c", "pass"])
    found = compare(bare, one, bench.pairs)
    wall = f"{single.wall:.2f} s, {single.peak // 1024} MB"
    yield Row("one request, whole process", wall, "0.5 s", f"{found} a bare Python")
