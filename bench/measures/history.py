"""An archive into the ledger: from nothing, and again with nothing new."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from anlass.store.settings import FILE
from bench.archive.cast import OWNERS
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


def mu(bench: Setting, archive: Path, *, fresh: bool, home: str = "mu") -> Job:
    """Return `mu index` over `archive`."""
    place = bench.scratch / home
    program = which("mu") or "mu"

    def empty() -> None:
        shutil.rmtree(place, ignore_errors=True)
        run(Job("mu init", [program, "init", "--quiet", f"--muhome={place}", f"--maildir={archive}"]))

    command = [program, "index", "--quiet", f"--muhome={place}"]
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
    yield _size(bench)
    yield from _again(bench)
    yield _larger(bench)


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
    nothing = (
        bench.anlass("collect", bench.empty_archive),
        mu(bench, bench.empty_archive, fresh=False, home="mu-empty"),
    )
    run(mu(bench, bench.empty_archive, fresh=True, home="mu-empty"))
    bare = tuple(middle([run(job) for _ in range(5)]) for job in nothing)
    found = compare(ours, theirs, bench.pairs, less=(bare[0], bare[1]))
    yield _row(
        "collect again / mu index again", found, "nothing new; what an empty archive takes is taken off both"
    )


def _mails(archive: Path) -> list[Path]:
    return [one for one in archive.rglob("*") if one.parent.name in {"cur", "new"}]


def _size(bench: Setting) -> Row:
    """Hold the size of the memory against that of the mails in it."""
    run(bench.anlass("collect", bench.archive, *bench.owners, data="size", fresh=True))
    mails = _mails(bench.archive)
    kept = (bench.scratch / "size" / FILE).stat().st_size
    part = kept / sum(one.stat().st_size for one in mails)
    figure = f"{kept / 1_000_000:.1f} MB, {part:.1%} of the mail"
    return Row("the memory on disk", figure, "5 %", f"{kept // len(mails)} bytes a mail")


def _larger(bench: Setting) -> Row:
    """Say what one mail costs in an archive 4.2 times as large, held against one of the usual size."""
    jobs, starts = [], []
    for name, archive in (("usual", bench.made_archive), ("large", bench.large_archive)):
        owners = [word for one in OWNERS for word in ("--owner", one)]
        jobs.append(
            (bench.anlass("collect", archive, *owners, data=f"of-{name}", fresh=True), len(_mails(archive)))
        )
        starts.append(
            run(bench.anlass("collect", bench.empty_archive, *owners, data=f"of-{name}-0", fresh=True))
        )
    taken = [[run(job) for job, _ in jobs] for _ in range(min(bench.pairs, 3))]
    start = middle(starts).cpu
    usual, large = (middle([pair[at] for pair in taken]) for at in (0, 1))
    each = [(used.cpu - start) / count * 1e6 for used, (_, count) in zip((usual, large), jobs, strict=True)]
    figure = f"{each[1] / each[0]:.2f} times the cost of a mail"
    times = (
        f"{each[1]:.0f} µs of CPU against {each[0]:.0f}; {large.peak // 1024} MB against {usual.peak // 1024}"
    )
    return Row(
        f"collect {jobs[1][1]} mails / {jobs[0][1]}", figure, "1.15 times", f"{times}; start-up taken off"
    )
