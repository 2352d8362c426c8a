"""Whole mails judged, beside programs that judge mails for another reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from bench.archive.robots import junk, newsletters
from bench.pairs import Job, compare, run
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


def spamassassin(bench: Setting) -> Job:
    """Return SpamAssassin, local tests only, one process for a sample of the requests."""
    box = bench.scratch / "sample.mbox"
    files = sorted((bench.requests / "cur").iterdir())[:SAMPLE]
    box.write_bytes(
        b"".join(b"From x Sat Jan  1 00:00:00 2022\n" + one.read_bytes() + b"\n" for one in files)
    )
    return Job("SpamAssassin", [which("spamassassin") or "spamassassin", "-L", "-x", "--mbox"], stdin=box)


SAMPLE = 40
PEERS = (("bogofilter", bogofilter, 1000, "0.25"), ("spamassassin", spamassassin, SAMPLE, "75"))


def measure(bench: Setting) -> Iterator[Row]:
    """Judge a thousand strangers' mails with reasons, and hold the rate against the peers' rates."""
    if not bench.knows("screen"):
        yield left_out("whole mail judged", "`anlass screen` is not there yet")
        return
    ours = bench.anlass("screen", "--json", bench.requests, *bench.owners, data="judged", fresh=True)
    for name, peer, count, goal in PEERS:
        if which(name) is None:
            yield left_out(f"whole mail judged / {name}", f"{name} is not installed here")
            continue
        found = compare(ours, peer(bench), min(bench.pairs, 3))
        ratio = found.median * 1000 / count
        figure = f"{ratio:.2f} times" if found.is_judged else str(found)
        yield Row(
            f"whole mail judged / {name}", figure, goal, "start-up, ledger and store of Anlass included"
        )
    why = (
        "it runs as a server with a configuration of its own"
        if which("rspamd")
        else "rspamd is not installed here"
    )
    yield left_out("whole mail judged / rspamd", why)
