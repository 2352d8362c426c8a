"""Faults for as long as one likes: python -m tests.chaos --minutes 60 [--seed N] [--memory sqlite|postgres].

Every round has a seed, which is printed; `--seed N --rounds 1` plays that one again. Ends with 1 where
anything was not as it must be, and says what.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path

from tests import servers
from tests.chaos.rounds import Plan, play


def main() -> int:
    """Play rounds until the time is over; print one line for each, and what they came to."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=0, help="play so many, however long it takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", choices=("sqlite", "postgres"), help="one of them only")
    parser.add_argument("--letters", type=int, default=12)
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--logs", type=Path, help="keep what the processes said of rounds that went wrong")
    given = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    end, faults, rounds, bad, letters, sent = (
        time.monotonic() + 60 * given.minutes,
        Counter[str](),
        0,
        0,
        0,
        0,
    )
    with servers.dovecot() as dovecot:
        while rounds < given.rounds if given.rounds else time.monotonic() < end:
            memory = given.memory or ("sqlite", "postgres")[rounds % 2]
            done = play(Plan(given.seed + rounds, memory, given.letters, given.faults), dovecot)
            faults.update(done.faults)
            rounds, bad = rounds + 1, bad + bool(done.wrong)
            letters, sent = letters + done.letters, sent + done.sent
            told = {
                "seed": done.plan.seed,
                "memory": memory,
                "wrong": done.wrong,
                "seconds": round(done.seconds),
            }
            told |= {"faults": sum(done.faults.values()), "letters": done.letters, "sent": done.sent}
            told |= {"restarts": done.restarts, "refused": done.refused}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            if done.wrong and given.logs:
                given.logs.mkdir(parents=True, exist_ok=True)
                said = "\n".join([*done.story, done.logs])
                (given.logs / f"{memory}-{done.plan.seed}.log").write_text(said, encoding="utf-8")
    sys.stdout.write(
        json.dumps({"rounds": rounds, "bad": bad, "letters": letters, "sent": sent, **faults}) + "\n"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
