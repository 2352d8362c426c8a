"""Whole mails judged, beside programs that judge mails for another reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from bench.archive.robots import junk, newsletters
from bench.measures import rspamd
from bench.pairs import Comparison, Job, Used, compare, middle, run
from bench.report import Row, left_out
from bench.setting import Setting, which


def _listed(bench: Setting, folder: Path) -> Path:
    path = bench.scratch / f"{folder.name}.files"
    path.write_text("".join(f"{file}\n" for file in sorted((folder / "cur").iterdir())), encoding="utf-8")
    return path


def bogofilter(bench: Setting) -> Job:
    """Return bogofilter over the requests, trained on them and on newsletters and junk."""
    program, words = which("bogofilter") or "bogofilter", bench.scratch / "bogofilter"
    words.mkdir()
    bulk = bench.scratch / "bulk"
    (bulk / "cur").mkdir(parents=True)
    rng = Random(f"{bench.seed}:bulk")
    for number, mail in enumerate([*islice(newsletters(rng), 300), *islice(junk(rng), 300)]):
        (bulk / "cur" / f"{number:05d}").write_bytes(mail.raw)
    files = _listed(bench, bench.requests)
    run(Job("bogofilter -n", [program, "-d", words, "-n", "-b"], stdin=files))
    run(Job("bogofilter -s", [program, "-d", words, "-s", "-b"], stdin=_listed(bench, bulk)))
    # 0, 1 and 2 are its words for spam, ham and unsure.
    return Job("bogofilter", [program, "-d", words, "-T", "-b"], stdin=files, codes=frozenset({0, 1, 2}))


def spamassassin(bench: Setting, count: int) -> Job:
    """Return SpamAssassin, local tests only, one process for the first `count` requests."""
    box = bench.scratch / f"sample-{count}.mbox"
    files = sorted((bench.requests / "cur").iterdir())[:count]
    box.write_bytes(
        b"".join(b"From x Sat Jan  1 00:00:00 2022\n" + one.read_bytes() + b"\n" for one in files)
    )
    return Job("SpamAssassin", [which("spamassassin") or "spamassassin", "-L", "-x", "--mbox"], stdin=box)


SAMPLE = 41
PEERS = ("bogofilter", "rspamd", "spamassassin")
GOALS = {"bogofilter": "0.25", "rspamd": "1.5", "spamassassin": "75"}


def _compared(bench: Setting, ours: Job, peer: str) -> tuple[Comparison, float]:
    """Return the comparison with a peer, and how many mails we judged for each of its own."""
    pairs = min(bench.pairs, 3)
    if peer == "rspamd":
        return rspamd.compared(bench, ours, pairs), 1
    if peer == "bogofilter":
        return compare(ours, bogofilter(bench), pairs), 1
    # It is slow to start and slow to judge: a sample will do, the start taken off.
    start = middle([run(spamassassin(bench, 1)) for _ in range(2)])
    nothing = Used(0, 0, 0)
    return compare(ours, spamassassin(bench, SAMPLE), pairs, less=(nothing, start)), 1000 / (SAMPLE - 1)


def measure(bench: Setting) -> Iterator[Row]:
    """Judge a thousand strangers' mails with reasons, and hold the rate against the peers' rates."""
    if not bench.knows("screen"):
        yield left_out("whole mail judged", "`anlass screen` is not there yet")
        return
    ours = bench.anlass("screen", "--json", bench.requests, *bench.owners, data="judged", fresh=True)
    for peer in PEERS:
        what = f"whole mail judged / {peer}"
        if which(peer) is None:
            yield left_out(what, f"{peer} is not installed here")
            continue
        found, share = _compared(bench, ours, peer)
        figure = f"{found.median * share:.2f} times" if found.is_judged else str(found)
        yield Row(what, figure, GOALS[peer], "start-up, ledger and store of Anlass included")
