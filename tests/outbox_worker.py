"""A worker in a process of its own, which dies by its own hand at the step it is told.

python tests/outbox_worker.py DATA OWNER PORT STEP NOW
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Submission
from anlass.desk.outgoing.posting import PostOffice, Step, post
from anlass.store import open_book
from anlass.store.outgoing.outbox import Boxed


def main(data: str, owner: str, port: str, dies_at: str, now: str) -> None:
    """Post what is due, and die."""

    def watch(step: Step, _boxed: Boxed) -> None:
        if step == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    moment = datetime.fromisoformat(now)
    way = Submission(Server("127.0.0.1", int(port), "none"), patience=5.0)
    book = open_book(data if "://" in data else Path(data), owner)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for posted in post(book, PostOffice(way, f"worker-{os.getpid()}", lambda: moment, watch=watch)):
        sys.stdout.write(f"{posted.boxed.state}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
