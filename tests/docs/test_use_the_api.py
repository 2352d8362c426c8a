"""The examples of docs/howto/use-the-api.md do what the page says: each is run as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from tests.pages import pages_configured
from tests.programs import a_reached_house, wsgi

pytestmark = [
    pytest.mark.slow,  # makes a database with all its tables, and a server
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]

PAGES = [Path(__file__).parents[2] / "docs" / "howto" / f"use-the-api{end}.md" for end in ("", ".de")]
EXAMPLES = [
    one
    for page in PAGES
    for one in re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
]


class Quiet(WSGIRequestHandler):
    """Says nothing of what it answers."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Yield what the page takes from the environment: the address of a running server, and a token."""
    with pages_configured(), a_reached_house(tmp_path_factory.mktemp("api")) as reached:
        server = make_server("127.0.0.1", 0, wsgi(reached.house), handler_class=Quiet)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_address[1]}"
            yield {**os.environ, "ANLASS": address, "TOKEN": reached.program().secret, "no_proxy": "*"}
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def test_the_examples_are_there() -> None:
    """The pages have examples to run."""
    assert len(EXAMPLES) == 15


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_of_the_page(number: int, served: dict[str, str]) -> None:
    """It ends well, and prints what came."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", EXAMPLES[number]],
        env=served,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr
