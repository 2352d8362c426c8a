"""Whole mails judged, beside programs that judge mails for another reason.

What is held against a peer is the judging: parse, strip, language, litmus test, reasons, in one
process, the start of all taken off. `anlass screen` of the same mails stands beside it: that starts,
keeps a ledger and stores cases as well, which no peer does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from bench.archive.robots import junk, newsletters
from bench.measures import rspamd
from bench.pairs import Comparison, FailedError, Job, Used, middle, run
from bench.report import Row, left_out
from bench.setting import Setting, which

Peer = Callable[[], Used]

SAMPLE = 41
"""Mails for a peer that is slow."""


def bogofilter(bench: Setting, folder: Path) -> Job:
    """Return bogofilter over a folder of letters, trained on them and on newsletters and junk."""
    program = which("bogofilter") or "bogofilter"
    words, bulk = (Path(mkdtemp(prefix=name, dir=bench.scratch)) for name in ("bogofilter-", "bulk-"))
    rng = Random(f"{bench.seed}:bulk")
    for number, mail in enumerate([*islice(newsletters(rng), 300), *islice(junk(rng), 300)]):
        (bulk / f"{number:05d}").write_bytes(mail.raw)
    files = _listed(bench, folder)
    run(Job("bogofilter -n", [program, "-d", words, "-n", "-b"], stdin=files))
    run(Job("bogofilter -s", [program, "-d", words, "-s", "-b"], stdin=_listed(bench, bulk)))
    # 0, 1 and 2 are its words for spam, ham and unsure.
    return Job("bogofilter", [program, "-d", words, "-T", "-b"], stdin=files, codes=frozenset({0, 1, 2}))


def _listed(bench: Setting, folder: Path) -> Path:
    path = bench.scratch / f"{folder.name}.files"
    path.write_text("".join(f"{file}\n" for file in sorted(folder.iterdir())), encoding="utf-8")
    return path


def spamassassin(bench: Setting, folder: Path, every: int, count: int) -> Job:
    """Return SpamAssassin, local tests only, one process for `count` mails of a folder, each so many-th."""
    box = bench.scratch / f"{folder.name}-{count}.mbox"
    files = sorted(folder.iterdir())[::every][:count]
    box.write_bytes(
        b"".join(b"From x Sat Jan  1 00:00:00 2022\n" + one.read_bytes() + b"\n" for one in files)
    )
    return Job("SpamAssassin", [which("spamassassin") or "spamassassin", "-L", "-x", "--mbox"], stdin=box)


def _bogofilter(bench: Setting, folder: Path) -> AbstractContextManager[Peer]:
    job = bogofilter(bench, folder)
    return nullcontext(lambda: run(job))


def _spamassassin(bench: Setting, folder: Path) -> AbstractContextManager[Peer]:
    """Its time for all mails, by that of a sample without the start."""
    mails = len(list(folder.iterdir()))
    start, sample = (spamassassin(bench, folder, mails // SAMPLE, count) for count in (1, SAMPLE))
    begun = middle([run(start) for _ in range(2)])

    def judge() -> Used:
        used = run(sample)
        return Used((used.cpu - begun.cpu) * mails / (SAMPLE - 1), used.wall, used.peak)

    return nullcontext(judge)


PEERS: dict[str, tuple[Callable[[Setting, Path], AbstractContextManager[Peer]], str]] = {
    "bogofilter": (_bogofilter, "0.25"),
    "rspamd": (rspamd.serving, "1.5"),
    "spamassassin": (_spamassassin, "75"),
}


def judging(bench: Setting, folder: Path) -> Callable[[], Used]:
    """Return what judges all mails of a folder, its start taken off."""
    bare = bench.scratch / f"none-{folder.name}"
    bare.mkdir(exist_ok=True)
    start, whole = (Job("judging", [sys.executable, "-m", "bench.judging", one]) for one in (bare, folder))
    begun = middle([run(start) for _ in range(5)])

    def judge() -> Used:
        used = run(whole)
        return Used(used.cpu - begun.cpu, used.wall, used.peak)

    return judge


def measure(bench: Setting) -> Iterator[Row]:
    """Judge strangers' letters and mails of all kinds, and hold the time against the peers' times."""
    letters, mails = bench.requests / "cur", bench.mixed
    screen = bench.anlass("screen", "--json", bench.requests, *bench.owners, data="judged", fresh=True)
    ours = (
        ("strangers' letters judged", letters, judging(bench, letters), ""),
        ("mails of all kinds judged", mails, judging(bench, mails), ""),
        ("the letters by `anlass screen`", letters, lambda: run(screen), "with start-up, ledger and store"),
    )
    for what, folder, job, note in ours:
        yield from _beside(bench, what, folder, job, note)


def _beside(bench: Setting, what: str, folder: Path, ours: Peer, note: str) -> Iterator[Row]:
    """Hold one way of ours against every peer over the same mails."""
    for name, (serving, goal) in PEERS.items():
        if which(name) is None:
            yield left_out(f"{what} / {name}", f"{name} is not installed here")
            continue
        try:
            found = _compared(bench, folder, ours, serving)
        except FailedError as failure:
            yield left_out(f"{what} / {name}", str(failure).replace("|", "/"))
            continue
        times = f"{middle(found.a).cpu:.2f} s of CPU against {middle(found.b).cpu:.2f}"
        memory = f"{middle(found.a).peak // 1024} MB"
        yield Row(f"{what} / {name}", str(found), "" if note else goal, note or f"{times}; {memory}")


def _compared(
    bench: Setting,
    folder: Path,
    ours: Peer,
    serving: Callable[[Setting, Path], AbstractContextManager[Peer]],
) -> Comparison:
    with serving(bench, folder) as theirs:
        ours(), theirs()
        taken = [(ours(), theirs()) for _ in range(min(bench.pairs, 3))]
    ratios = tuple(two.cpu / max(one.cpu, 0.001) for one, two in taken)
    return Comparison(ratios, tuple(one for one, _ in taken), tuple(two for _, two in taken))
