"""Makes the pictures of the documents from the running demo: `make pictures`.

Nothing in them is arranged: it is what everybody sees after `make demo`, in German and in English.
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from anlass.example import example
from anlass.policy import PRESETS
from scripts import pictures_of_pages as pages

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CASES = {
    "de": {"case": "Mandy Sonnleitner", "reason": "Osman Demirtas"},
    "en": {"case": "Victoria Lanchester", "reason": "Tamsin Oyelaran"},
}
"""By language: the names of the pictures of cases, and whose letters they show."""
ROOMS = {"people": "people/", "door": example().house.door.name, "rules": "rules/", "outcomes": "outcomes/"}
"""Names of the pictures of other pages, and where they are."""
_BOTH = {"timetable": "timetable-desk", "own": "own-phone", "proof": "proof-phone"}
CONFERENCE = {
    "de": {**_BOTH, "wish": "wish-phone", "results": "results-phone"},
    "en": {**_BOTH, "wish": "wish-desk", "nobody": "nobody-phone"},
}
"""By language: the names of the pictures of the conference, and as what its story keeps them."""
WIDTH, HEIGHT = 1280, 1500
PORT = 8459
"""Where the demo is served: it stands in some pictures, and they are to be the same every time."""
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Serve the demo, look at it in both languages, and stop it again; audit contacts, try rules."""
    audits()
    flows()
    conference()
    command = [str(Path(sys.executable).parent / "anlass"), "demo", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            address = next(m[0] for line in demo.stdout or () if (m := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
                look(browser, address)
                walk(browser, address)
        finally:
            demo.terminate()


def audits() -> None:
    """Write the picture of the audit of the example's contacts, in both languages."""
    anlass, shown = str(Path(sys.executable).parent / "anlass"), example()
    owner = [part for one in shown.addresses for part in ("--owner", one)]
    with TemporaryDirectory() as data:
        subprocess.run([anlass, "collect", str(shown.mailbox), *owner, "--data", data], check=True)
        for lang, of_system in (("de", "de_DE.UTF-8"), ("en", "en_GB.UTF-8")):
            picture = PICTURES / f"audit.{lang}.svg"
            picture.unlink(missing_ok=True)
            order = [anlass, "audit", str(shown.linkedin), "--picture", str(picture), "--data", data]
            subprocess.run(order, env={"LANG": of_system}, stdout=subprocess.DEVNULL, check=True)


def flows() -> None:
    """Write what each shipped set of house rules would have done to the example's past, in both languages."""
    anlass, shown = str(Path(sys.executable).parent / "anlass"), example()
    owner = [part for one in shown.addresses for part in ("--owner", one)]
    with TemporaryDirectory() as data:
        kept = ["--data", data]
        screen = [anlass, "screen", str(shown.mailbox), *owner, *kept]
        subprocess.run(screen, stdout=subprocess.DEVNULL, check=True)
        for lang, of_system in (("de", "de_DE.UTF-8"), ("en", "en_GB.UTF-8")):
            for name in PRESETS:
                picture = PICTURES / f"rules-{name}.{lang}.svg"
                picture.unlink(missing_ok=True)
                order = [anlass, "policy", "replay", "--against", name, "--picture", str(picture), *kept]
                subprocess.run(order, env={"LANG": of_system}, stdout=subprocess.DEVNULL, check=True)


def conference() -> None:
    """Play the conference of the tutorial, which keeps its own pictures, and take those that are shown."""
    story = [sys.executable, "-m", "pytest", "-q", "tests/stories/test_conference.py"]
    subprocess.run(story, cwd=ROOT, check=True)
    for lang, shown in CONFERENCE.items():
        for name, kept in shown.items():
            picture = ROOT / "artefacts" / "screenshots" / f"conference-{kept}-{lang}.png"
            keep(picture.read_bytes(), f"conference-{name}.{lang}")


def look(browser: Browser, address: str) -> None:
    """Write the pictures; the key in `address` opens once, so both languages share one session."""
    first = browser.new_context()
    first.new_page().goto(address)
    for lang in ("de", "en"):
        context = browser.new_context(
            locale=lang,
            storage_state=first.storage_state(),
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
        )
        page = context.new_page()
        page.goto(address.partition("?")[0])
        keep(page.screenshot(), f"inbox.{lang}")
        for name, person in CASES[lang].items():
            page.goto(address.partition("?")[0])
            while not page.get_by_text(person).count():
                page.locator("a[rel=next]").click()
            page.get_by_text(person).first.click()
            keep(page.screenshot(full_page=True), f"{name}.{lang}")
        for name, path in ROOMS.items():
            page.goto(address.partition("?")[0] + path)
            keep(page.screenshot(), f"{name}.{lang}")
        page.goto(address.partition("?")[0] + "events/")
        page.locator(".cases a").last.click()
        keep(page.screenshot(), f"event.{lang}")
        page.goto(address.partition("?")[0] + "audit/")
        page.locator("button[name=known]").first.click()
        keep(page.screenshot(), f"audit-page.{lang}")
        page.locator(".hand-over button").click()


def walk(browser: Browser, address: str) -> None:
    """Take a picture of every page on the map, in both languages, and note what it says.

    What a browser itself writes ("Choose file") is in the language that it is installed in.
    """
    base, found = address.partition("?")[0], dict[str, dict[str, str]]()
    inside = browser.contexts[0].storage_state()
    pages.FOLDER.mkdir(parents=True, exist_ok=True)
    for lang in pages.LANGUAGES:
        desk, phone = (
            browser.new_context(locale=lang, storage_state=inside, viewport=size, color_scheme="light")
            for size in (ViewportSize(width=1000, height=900), ViewportSize(width=390, height=844))
        )
        for place in pages.Words(desk.request.get(base).text()).map:
            name, there = pages.named(place), urljoin(base, place)
            words = pages.Words(desk.request.get(there, headers={"Accept-Language": lang}).text())
            found.setdefault(name, {})[lang] = words.digest
            for context, end in ((desk, ""), *([(phone, "-phone")] if name in pages.ON_A_PHONE else [])):
                page = context.new_page()
                page.goto(there)
                with Image.open(BytesIO(page.screenshot())) as full:
                    full.convert("RGB").save(pages.FOLDER / f"{name}{end}.{lang}.webp", quality=82, method=6)
                page.close()
    pages.keep_said(found)


def keep(screenshot: bytes, name: str) -> None:
    """Write a screenshot with a small palette, no higher than one looks without scrolling long."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(screenshot)) as full:
        shown = full.convert("RGB").crop((0, 0, full.width, min(full.height, HEIGHT)))
        small = shown.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
