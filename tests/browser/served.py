"""Serve the characters' house as `anlass serve` does: python -m tests.browser.served [empty] [PORT]."""

from __future__ import annotations

import sys

from anlass.web.house import application
from anlass.web.serve import serve
from tests.characters import MemoryBook
from tests.pages import TOKEN, a_house, pages_configured


def main() -> None:
    """Print the address with its token once the pages can be had, and serve until stopped."""
    book = MemoryBook([], []) if "empty" in sys.argv else MemoryBook()
    port = next((int(word) for word in sys.argv[1:] if word.isdigit()), 0)
    with pages_configured():
        serve(
            application(a_house(book)),
            "127.0.0.1",
            port,
            lambda host, real: print(f"http://{host}:{real}/?token={TOKEN}", flush=True),
        )


if __name__ == "__main__":
    main()
