"""A whole mail archive made up by chance, the same for the same seed.

One owner with two addresses and a Sent folder, friends with threads both ways, strangers
with requests, two kinds of mailing lists, newsletters, receipts, notices, bounces. The
shapes (sizes, header fields, threads, recipients, charsets) are those measured on public
archives; all words and names are invented. A truth file says what was put in.

    python -m bench.archive DIR --mails 20000 --seed 1
"""

from bench.archive.making import make
from bench.archive.post import Kind, Mail, Shared
from bench.archive.truth import Truth
from bench.archive.writing import write

__all__ = ["Kind", "Mail", "Shared", "Truth", "make", "write"]
