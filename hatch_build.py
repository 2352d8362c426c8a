"""Build hook: compiles the translations, so that no compiled file lies in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a `.mo` beside every `.po` and takes it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue below `src`; `version` is hatchling's, not ours."""
        for source in sorted(Path(self.root, "src").rglob("*.po")):
            target = source.with_suffix(".mo")
            with source.open("rb") as readable, target.open("wb") as writable:
                write_mo(writable, read_po(readable, locale=source.parts[-3]))
            build_data["artifacts"].append(target.relative_to(self.root).as_posix())
