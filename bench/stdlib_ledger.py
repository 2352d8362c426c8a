"""The plain way to read a mail archive with the standard library; what Anlass is held against.

Headers with `BytesHeaderParser`, addresses, date, decoded subject, ids; nothing is kept.

    python -m bench.stdlib_ledger MAILDIR
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

Entry = tuple[list[tuple[str, str]], datetime | None, str, str | None, str | None, str | None]


def entry(raw: bytes) -> Entry:
    """Return people, date, subject and ids of one mail, as the plain way reads them."""
    end = raw.find(b"\n\n")
    message = BytesHeaderParser().parsebytes(raw[: end + 2] if end > 0 else raw)
    people = getaddresses([str(one) for name in ("From", "To", "Cc") for one in message.get_all(name) or []])
    try:
        when = parsedate_to_datetime(str(message["Date"]))
    except (ValueError, TypeError):
        when = None
    subject = str(make_header(decode_header(str(message["Subject"] or ""))))
    return people, when, subject, message["Message-ID"], message["In-Reply-To"], message["References"]


def main() -> int:
    """Read every file in the cur and new folders below the path given."""
    read = failed = 0
    for folder, _, names in os.walk(sys.argv[1]):
        if Path(folder).name not in {"cur", "new"}:
            continue
        for name in names:
            try:
                entry(Path(folder, name).read_bytes())
                read += 1
            except (LookupError, ValueError, RecursionError):
                failed += 1
    print(f"{read} read, {failed} failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
