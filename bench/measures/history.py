"""An archive into the ledger: from nothing, and again with nothing new."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.pairs import Comparison, Job, compare, middle, run
from bench.report import Row, left_out
from bench.setting import Setting, which

INDEX_TOO = "for the relationship job: they also build a full-text index, which Anlass does not"


def notmuch(bench: Setting, archive: Path, *, fresh: bool) -> Job:
    """Return `notmuch new` over `archive`."""
    database, conf = bench.scratch / "notmuch", bench.scratch / "notmuch.conf"
    conf.write_text(
        f"[database]\npath={database}\nmail_root={archive}\n[new]\ntags=new\n[search]\nexclude_tags=\n",
        encoding="utf-8",
    )

    def empty() -> None:
        shutil.rmtree(database, ignore_errors=True)
        database.mkdir()

    command = [which("notmuch") or "notmuch", "new", "--quiet"]
    return Job("notmuch new", command, {"NOTMUCH_CONFIG": str(conf)}, empty if fresh else lambda: None)


def mu(bench: Setting, archive: Path, *, fresh: bool) -> Job:
    """Return `mu index` over `archive`."""
    home = bench.scratch / "mu"
    program = which("mu") or "mu"

    def empty() -> None:
        shutil.rmtree(home, ignore_errors=True)
        run(Job("mu init", [program, "init", "--quiet", f"--muhome={home}", f"--maildir={archive}"]))

    command = [program, "index", "--quiet", f"--muhome={home}"]
    return Job("mu index", command, {}, empty if fresh else lambda: None)


def _row(what: str, found: Comparison, note: str) -> Row:
    ours, theirs = middle(found.a), middle(found.b)
    times = f"{ours.cpu:.2f} s of CPU against {theirs.cpu:.2f}"
    memory = f"{ours.peak // 1024} MB against {theirs.peak // 1024}"
    return Row(what, str(found), f"{times}; {memory}", note)


def measure(bench: Setting) -> Iterator[Row]:
    """Compare with notmuch, mu and the plain way of the standard library."""
    if not bench.knows("collect"):
        yield left_out("archive into the ledger", "`anlass collect` is not there yet")
        return
    yield from _from_nothing(bench)
    yield from _again(bench)


def _from_nothing(bench: Setting) -> Iterator[Row]:
    ours = bench.anlass("collect", bench.archive, *bench.owners, fresh=True)
    plain = Job("stdlib", [sys.executable, "-m", "bench.stdlib_ledger", bench.archive])
    yield _row("collect / plain standard library", compare(ours, plain, bench.pairs), "store included")
    small = bench.anlass("collect", bench.small_archive, *bench.owners, data="small-data", fresh=True)
    for name, peer in (("notmuch", notmuch), ("mu", mu)):
        if which(name) is None:
            yield left_out(f"collect / {name}", f"{name} is not installed here")
            continue
        # These take minutes; two pairs are A B A B.
        found = compare(small, peer(bench, bench.small_archive, fresh=True), min(bench.pairs, 2))
        yield _row(f"collect / {name}", found, INDEX_TOO)


def _again(bench: Setting) -> Iterator[Row]:
    """Compare the second run with that of mu, the start-up of both taken off."""
    if which("mu") is None:
        yield left_out("collect again / mu index again", "mu is not installed here")
        return
    ours = bench.anlass("collect", bench.archive, *bench.owners)
    theirs = mu(bench, bench.archive, fresh=False)
    run(bench.anlass("collect", bench.archive, *bench.owners, fresh=True))
    run(mu(bench, bench.archive, fresh=True))
    starts = (bench.anlass("--version"), Job("mu", [which("mu") or "mu", "--version"]))
    bare = tuple(middle([run(job) for _ in range(5)]) for job in starts)
    found = compare(ours, theirs, bench.pairs, less=(bare[0], bare[1]))
    yield _row("collect again / mu index again", found, "nothing new; start-up of both taken off")
