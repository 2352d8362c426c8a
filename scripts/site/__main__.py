"""Builds the documents into build/site: `make docs`. A broken link or a missing translation fails it."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

from scripts.site.map import faults
from scripts.site.staging import stage

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def main() -> int:
    """Build the site; return 0 where nothing is wrong with it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path, default=ROOT / "build" / "site")
    asked.add_argument("--work", type=Path, default=ROOT / "build" / "site-work")
    into, work = (path.resolve() for path in vars(asked.parse_args()).values())
    staged = work / "pages"
    wrong = [f"{link} leads nowhere." for link in stage(ROOT, staged)] + faults(staged)
    for fault in wrong:
        print(fault, file=sys.stderr)
    if wrong:
        return 1
    shutil.rmtree(into, ignore_errors=True)
    app = Sphinx(staged, HERE, into, work / "trees", "html", status=None, freshenv=True, warningiserror=True)
    app.build()
    print(f"{into / 'index.html'}")
    return app.statuscode


if __name__ == "__main__":
    sys.exit(main())
