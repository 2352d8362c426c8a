"""Make the shipped fonts again: cut to what German and English letters need, as small woff2 files.

    pip download --no-deps fontpkg-literata==3.103          (unpack; its Literata*.ttf, OFL 1.1)
    npm pack @fontsource-variable/source-sans-3@5.3.0       (unpack; files/*-latin-wght-normal.woff2, OFL 1.1)
    pip install brotli
    python scripts/fonts.py FOLDER_WITH_BOTH src/anlass/web/static/anlass/fonts

Source Sans reserves its name for the unchanged font, so the cut one is called Anlass Sans.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x160, 0x161, 0x17D, 0x17E, 0x2C6, 0x2DC, 0x2009, 0x200A, 0x202F),
    *range(0x2010, 0x2015),
    *(0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033),
    *(0x2039, 0x203A, 0x20AC, 0x2212),
]
NAMES = sorted({*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E} - set(LATIN))
"""Letters of our neighbours' names; browsers fetch this file only when one of them appears."""

FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "onum", "pnum", "lnum", "tnum", "rvrn"]
Axes = dict[str, float | tuple[float, float]]


def cut(source: Path, target: Path, axes: Axes, unicodes: list[int], name: str | None = None) -> None:
    """Write `source` with these axes and characters only to `target`, renamed if `name` is given."""
    narrowed = io.BytesIO()
    font = TTFont(source)
    font.flavor = None
    instancer.instantiateVariableFont(font, axes).save(narrowed)
    narrowed.seek(0)
    font = TTFont(narrowed)
    if name:
        for record in font["name"].names:
            if record.nameID in {1, 3, 4, 6, 16, 25}:
                record.string = name.replace(" ", "") if record.nameID in {6, 25} else name
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=unicodes)
    worker.subset(font)
    font.flavor = "woff2"
    font.save(target)


def main(folder: Path, target: Path) -> None:
    """Find the sources below `folder` and write the four files into `target`."""
    roman = next(folder.rglob("Literata?opsz,wght?.ttf"))
    italic = next(folder.rglob("Literata-Italic?opsz,wght?.ttf"))
    sans = next(folder.rglob("source-sans-3-latin-wght-normal.woff2"))
    book: Axes = {"opsz": 14.0, "wght": (400.0, 600.0)}
    cut(roman, target / "literata.woff2", book, LATIN)
    cut(roman, target / "literata-names.woff2", book, NAMES)
    cut(italic, target / "literata-italic.woff2", {"opsz": 14.0, "wght": 400.0}, LATIN)
    cut(sans, target / "anlass-sans.woff2", {"wght": (400.0, 600.0)}, LATIN, name="Anlass Sans")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
