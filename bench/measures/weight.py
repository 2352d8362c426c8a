"""How heavy pages are: what a browser that was never here loads of the example's house, on the wire."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.pairs import FailedError
from bench.report import Row, left_out
from bench.setting import Setting

_PROMISE = 100_000
"""Bytes that a page weighs at most, fonts included."""
_PLACES = {"inbox": "", "a case": "case", "people": "people/", "settings": "settings/", "the door": "door"}


def measure(_bench: Setting) -> Iterator[Row]:
    """Load pages of the demo in Chromium, each with nothing kept, and add up what came."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here a browser is needed
    except ImportError:
        yield left_out("weight of pages", "Playwright is not installed here")
        return
    from anlass.example import example  # noqa: PLC0415 - what the demo shows
    from scripts.pictures import CHROMIUM  # noqa: PLC0415 - how the pictures start the browser

    command = [str(Path(sys.executable).parent / "anlass"), "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            found = (re.search(r"http://\S+", line) for line in demo.stdout or ())
            address = next((one[0] for one in found if one), "")
            if not address:
                raise FailedError("the demo did not start")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
                entered = browser.new_context()
                page = entered.new_page()
                page.goto(address)
                base = address.partition("?")[0]
                case = page.locator("ol.cases a").first.get_attribute("href") or ""
                places = {**_PLACES, "a case": case.lstrip("/"), "the door": example().house.door.name}
                for name, place in places.items():
                    weight, fonts = _weight(
                        browser.new_context(storage_state=entered.storage_state()), base + place
                    )
                    note = f"{fonts / 1000:.0f} kB of it fonts"
                    yield Row(f"weight of {name}", f"{weight / 1000:.0f} kB", f"{_PROMISE // 1000} kB", note)
                browser.close()
        finally:
            demo.terminate()


def _weight(context: object, address: str) -> tuple[int, int]:
    """Return the bytes that came for a page, and those of fonts among them."""
    page = context.new_page()  # type: ignore[attr-defined] # a context of Playwright, which is loaded late
    wire = context.new_cdp_session(page)  # type: ignore[attr-defined] # as above
    kinds: dict[str, str] = {}
    weights: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    wire.on(
        "Network.loadingFinished", lambda told: weights.update({told["requestId"]: told["encodedDataLength"]})
    )
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    fonts = sum(weight for one, weight in weights.items() if kinds.get(one) == "Font")
    context.close()  # type: ignore[attr-defined] # as above
    return int(sum(weights.values())), int(fonts)
