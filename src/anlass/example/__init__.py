"""The example mailbox that `anlass demo` screens: invented people, real shapes.

Its owner, Henrike Solbach, is invented like everybody who writes to her.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anlass.example.house import ExampleHouse, example_house

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """The example's owner, the folder of the mails, and the evening on which they are looked at.

    `linkedin` is the folder of her archive from LinkedIn: a list of contacts to audit. `cards` is the file of
    her cards, as text, `house` what else she did in her house.
    """

    name: str
    addresses: tuple[str, ...]
    about: Mapping[str, str]
    today: datetime
    mailbox: Path
    linkedin: Path
    cards: str
    house: ExampleHouse


def example() -> Example:
    """Read who owns the example mailbox."""
    told = tomllib.loads((_HERE / "owner.toml").read_text(encoding="utf-8"))
    cards = (_HERE / "cards.toml").read_text(encoding="utf-8")
    folders = (_HERE / "mailbox", _HERE / "linkedin")
    return Example(
        told["name"], tuple(told["addresses"]), told["about"], told["today"], *folders, cards, example_house()
    )
