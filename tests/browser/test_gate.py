"""The gate in a real browser: log-in by code, a passkey of a virtual device, keys, and the pages behind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, SCREENSHOTS, reader
from tests.servers import free_ports

pytestmark = [pytest.mark.browser, pytest.mark.slow]  # a browser starts

_CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
OLGA = "olga@home.example"
PAGES = (
    "settings/access",
    "settings",
    "settings/mailboxes",
    "settings/mailboxes/connect",
    "journal",
    "houses",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A served gate: its address, and the letters it prints."""

    address: str
    printed: IO[str]

    def code(self) -> str:
        """Return the code in the next letter that brings one."""
        while not (found := _CODE.match(json.loads(self.printed.readline())["text"])):
            pass
        return found[0]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on which Olga lives."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "tests.browser.served_gate", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Server(process.stdout.readline().strip(), process.stdout)
        finally:
            process.terminate()


@contextmanager
def inside(browser: Browser, server: Server, **how: str | bool) -> Iterator[Page]:
    """A page of a browser that logged in by code, without scripts unless they are asked for."""
    with reader(browser, None, **how) as context:  # type: ignore[arg-type]
        page = context.new_page()
        log_in(page, server)
        yield page


def log_in(page: Page, server: Server, who: str = OLGA) -> None:
    """Type the address, then the code from the mail; with the keyboard alone."""
    page.goto(f"{server.address}/enter/")
    page.locator("#address").fill(who)
    page.keyboard.press("Enter")
    page.locator("#code").fill(server.code())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/enter/" not in address)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_pages_of_the_gate_are_found_accessible_and_fit_a_phone(
    browser: Browser, server: Server, lang: str
) -> None:
    """Before the gate and behind it: axe finds nothing, nothing is wider than 320 px, in light and dark."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for scheme, size in (("light", "desk"), ("dark", "phone")):
        with inside(browser, server, lang=lang, scheme=scheme, size=size, scripts=True) as page:
            with reader(browser, None, lang=lang, scheme=scheme, size=size, scripts=True) as outside:
                before = outside.new_page()
                for path in ("enter", "invitation/never-was"):
                    before.goto(f"{server.address}/{path}/")
                    _look(before, f"gate-{path.replace('/', '-')}-{lang}-{scheme}-{size}")
                before.goto(f"{server.address}/enter/")
                before.locator("#address").fill("nobody@nowhere.example")
                before.keyboard.press("Enter")
                before.wait_for_url("**/enter/code/")
                _look(before, f"gate-code-{lang}-{scheme}-{size}")
            for path in PAGES:
                page.goto(f"{server.address}/{path}/")
                assert page.locator("html").get_attribute("lang") == lang
                _look(page, f"gate-{path.replace('/', '-')}-{lang}-{scheme}-{size}")


def _look(page: Page, name: str) -> None:
    """Keep a picture; hold the page to axe and to a narrow screen."""
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    if before:
        page.set_viewport_size(before)


def test_log_in_needs_no_script(browser: Browser, server: Server) -> None:
    """Without JavaScript the code by mail opens, and leaving shuts again."""
    with inside(browser, server, lang="en") as page:
        assert page.locator("h1").inner_text() != "Come in"
        page.goto(f"{server.address}/settings/access/")
        assert not page.locator("[data-new-passkey]").is_visible()
        with page.expect_navigation():
            page.get_by_role("button", name="Log out", exact=True).click()
        page.goto(f"{server.address}/")
        assert page.url == f"{server.address}/enter/"


def test_passkey_is_made_opens_and_is_forgotten(browser: Browser, server: Server) -> None:
    """A device makes a passkey; from then on it opens without a mail; forgotten, it opens nothing."""
    with inside(browser, server, lang="en", scripts=True) as page:
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        page.goto(f"{server.address}/settings/access/")
        page.get_by_role("button", name="Make a passkey on this device").click()
        page.get_by_text("From now on this device opens without a mail.").wait_for()
        assert "A passkey was added" in json.loads(server.printed.readline())["text"]
        _look(page, "gate-passkey-made-en-light-desk")
        page.get_by_role("button", name="Log out", exact=True).click()
        page.get_by_role("button", name="Open with a passkey").click()
        page.wait_for_url(f"{server.address}/")
        page.goto(f"{server.address}/settings/access/")
        page.get_by_role("button", name="Forget").click()
        page.get_by_text("It opens nothing any more.").wait_for()
        page.get_by_role("button", name="Log out", exact=True).click()
        page.get_by_role("button", name="Open with a passkey").click()
        page.get_by_text("The passkey did not open.").wait_for()


def test_host_sees_the_server_alone(browser: Browser, server: Server) -> None:
    """The host comes to the server's page, which lists who lives here."""
    with reader(browser, None, lang="de", scripts=True) as context:
        page = context.new_page()
        log_in(page, server, "host@home.example")
        assert page.url == f"{server.address}/server/"
        _look(page, "gate-host-de-light-desk")
        assert OLGA in page.locator("main").inner_text()
