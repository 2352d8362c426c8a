"""The first evening in a real browser: from the example to one's own mailbox, on a real mail server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, SCREENSHOTS, reader
from tests.live import request
from tests.servers import HOST, PASSWORD, Dovecot

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser, a mail server and the whole demo start

PATIENCE = 30_000
"""Milliseconds that an own mailbox may take until its first cases stand at the door."""
SENDERS = {"de": "Sabine Krohn", "en": "Maud Ellery"}


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """Serve `anlass demo` and yield the address it prints; the own house would lie in `tmp_path`."""
    command = [sys.executable, "-m", "anlass", "demo", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment(tmp_path)
    ) as process:
        assert process.stdout
        try:
            yield next(word for line in process.stdout for word in line.split() if word.startswith("http"))
        finally:
            process.terminate()


def environment(tmp_path: Path) -> dict[str, str]:
    """Return what a machine without a keyring gives a program."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.mark.parametrize(("lang", "size"), [("de", "phone"), ("en", "desk")])
def test_own_mailbox_takes_the_place_of_the_example(
    browser: Browser, dovecot: Dovecot, demo: str, lang: str, size: str
) -> None:
    """Three clicks and what one knows by heart; then the page counts, and own requests stand there."""
    address, sender = f"evening-{lang}@anlass.example", f"sabine-{lang}@krohn.example"
    for number in range(4):
        raw = request(f"evening-{lang}-{number}", sender=f"{SENDERS[lang]} <{number}{sender}>", to=address)
        dovecot.deliver(raw, to=address, sender=f"{number}{sender}")
    with reader(browser, None, lang=lang, size=size, scripts=True) as context:
        page = context.new_page()
        page.goto(demo)
        expect(page.locator("ol.cases > li").first).to_be_visible()
        draw(page, f"evening-example-{lang}-{size}")
        page.get_by_role("link", name={"de": "Dein eigenes Postfach", "en": "Connect your own"}[lang]).click()
        page.fill("#address", address)
        page.fill("#password", PASSWORD)
        page.click("summary")
        page.fill("#imap", f"none {HOST}:{dovecot.imap}")
        page.check("[name=only-read]")
        draw(page, f"evening-connect-{lang}-{size}")
        page.click("button.first")
        done = page.get_by_text({"de": "4 Anfragen stehen", "en": "4 requests stand"}[lang])
        expect(done).to_be_visible(timeout=PATIENCE)
        draw(page, f"evening-read-{lang}-{size}")
        page.get_by_role("link", name={"de": "Zur Tür", "en": "To the door"}[lang]).click()
        expect(page.get_by_text(SENDERS[lang])).to_have_count(4)
        assert "Katharina" not in page.inner_text("main")
        draw(page, f"evening-own-{lang}-{size}")


def draw(page: Page, name: str) -> None:
    """Hold a page to its window, and draw it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
