"""The owner's cards as a file: read at once, with everything that is wrong with it.

The room gets the tables of the file and a function that says where a key stands; it opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Literal

from anlass.cards.card import MAIN, TIERS, Card, Cards
from anlass.cards.faults import fault
from anlass.cards.option import LONGEST, ContactOption, OptionKind, normal
from anlass.errors import Problem

Key = tuple[str | int, ...]
Where = Callable[[Key], tuple[str, int, int]]
"""Where the key or value at a path stands: file, line and column."""

_NAME = re.compile(r"[\w-]{1,40}(?: [\w-]{1,40}){0,3}")
_TEXTS = ("name", "organisation", "role", "note", "address", "lang", "unlock")
_FACE = ("title", "organisation", "role", "note")
_OPTION = ("kind", "value", "tier", "place", "label", "cards")
_KNOWN = (*_TEXTS, "topics", "tiers", "card", "option")
_PLACES = ("", "work", "home")
_MOST = 200
_PAGE = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)


class CardFaults(ValueError):
    """The file of cards cannot be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def parse_cards(data: Mapping[str, object], where: Where, lang: Literal["de", "en"] = "en") -> Cards:
    """Return the cards in the tables of a file; raises `CardFaults`, said in `lang`."""
    reader = _Reader(where, lang)
    cards = reader.cards(data)
    if reader.problems:
        raise CardFaults(sorted(reader.problems, key=lambda one: (one.line or 0, one.column or 0)))
    return cards


class _Reader:
    """Reads table after table and gathers what is wrong, with its place."""

    def __init__(self, where: Where, lang: Literal["de", "en"]) -> None:
        self._where, self._lang = where, lang
        self.problems: list[Problem] = []

    def cards(self, data: Mapping[str, object]) -> Cards:
        """Return the whole file; of one with problems, what is left of it."""
        self._known(data, (), _KNOWN)
        texts = {key: self._text(data, (), key) for key in _TEXTS}
        tiers = self._names(data, "tiers") or TIERS
        faces = self._faces(data.get("card", {}))
        common = Card(MAIN, "", texts["organisation"], texts["role"], texts["note"])
        cards = Cards(texts["name"], common, faces or (Card(MAIN),), tiers=tiers)
        if not texts["name"]:
            self._say(("name",), "no_name")
        if texts["address"] and not _PAGE.fullmatch(texts["address"].rstrip("/")):
            self._say(("address",), "address", value=texts["address"])
        unlock = texts["unlock"] or (cards.unlock if cards.unlock in tiers else tiers[0])
        if unlock not in tiers:
            self._say(("unlock",), "tier", value=unlock, known=", ".join(tiers), near=_near(unlock, tiers))
        lang = texts["lang"] or "de"
        if not re.fullmatch(r"[a-z]{2,3}", lang):
            self._say(("lang",), "lang", value=lang)
        return replace(
            cards,
            options=tuple(self._options(data.get("option", []), cards)),
            topics=self._names(data, "topics", are_names=False),
            lang=lang,
            address=texts["address"].rstrip("/"),
            unlock=unlock,
        )

    def _faces(self, tables: object) -> tuple[Card, ...]:
        if not isinstance(tables, dict):
            self._say(("card",), "table", key="[card.NAME]")
            return ()
        found = []
        for name, table in tables.items():
            if not isinstance(table, dict):
                self._say(("card", name), "table", key=f"[card.{name}]")
                continue
            if not re.fullmatch(r"[\w-]{1,40}", name):
                self._say(("card", name), "name", value=name)
            self._known(table, ("card", name), _FACE)
            found.append(Card(name, *(self._text(table, ("card", name), key) for key in _FACE)))
        return tuple(found)

    def _options(self, tables: object, cards: Cards) -> Iterable[ContactOption]:
        if not isinstance(tables, list):
            self._say(("option",), "table", key="[[option]]")
            return
        if len(tables) > _MOST:
            self._say(("option",), "many", value=str(len(tables)))
        for number, table in enumerate(tables[:_MOST]):
            if isinstance(table, dict):
                option = self._option(table, ("option", number), cards)
                if option is not None:
                    yield option
            else:
                self._say(("option", number), "table", key="[[option]]")

    def _option(self, table: Mapping[str, object], path: Key, cards: Cards) -> ContactOption | None:
        before = len(self.problems)
        self._known(table, path, _OPTION)
        kind, value, tier, place, label = (self._text(table, path, key) for key in _OPTION[:5])
        kinds = tuple(OptionKind)
        if kind not in kinds:
            self._say((*path, "kind"), "kind", value=kind, known=", ".join(kinds), near=_near(kind, kinds))
        if tier not in cards.tiers:
            known = ", ".join(cards.tiers)
            self._say((*path, "tier"), "tier", value=tier, known=known, near=_near(tier, cards.tiers))
        if place not in _PLACES:
            self._say((*path, "place"), "place", value=place)
        on = self._names(table, "cards", path)
        for name in on:
            if cards.card(name) is None:
                known = ", ".join(one.name for one in cards.cards)
                self._say((*path, "cards"), "card", value=name, known=known, near="")
        if len(self.problems) > before:
            return None
        form = normal(OptionKind(kind), value)
        if form is None:
            self._say((*path, "value"), f"value_{kind}", value=value)
            return None
        return ContactOption(OptionKind(kind), form, tier, place, label, on)

    def _text(self, table: Mapping[str, object], path: Key, key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self._say((*path, key), "text", key=key)
            return ""
        if len(value) > LONGEST or any(not (char.isprintable() or char == "\n") for char in value):
            self._say((*path, key), "long", key=key)
            return ""
        return value.strip() if key == "value" else " ".join(value.split())

    def _names(
        self, table: Mapping[str, object], key: str, path: Key = (), *, are_names: bool = True
    ) -> tuple[str, ...]:
        value = table.get(key, [])
        names = tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else None
        if names is None or len(names) < len(value if isinstance(value, list) else ()):
            self._say((*path, key), "list", key=key)
            return ()
        if len(names) > _MOST or len(set(names)) < len(names):
            self._say((*path, key), "twice", key=key)
        for name in names:
            if are_names and not _NAME.fullmatch(name):
                self._say((*path, key), "name", value=name)
            elif not are_names and (not name.strip() or len(name) > LONGEST or not name.isprintable()):
                self._say((*path, key), "long", key=key)
        return names

    def _known(self, table: Mapping[str, object], path: Key, known: Iterable[str]) -> None:
        for key in table:
            if key not in known:
                self._say((*path, key), "key", value=key, near=_near(key, known))

    def _say(self, path: Key, what: str, **fields: str) -> None:
        near = fields.pop("near", "")
        says = fault(what, self._lang, **{name: value[:LONGEST] for name, value in fields.items()})
        if near:
            says += " " + fault("near", self._lang, value=near)
        self.problems.append(Problem(says, *self._where(path)))


def _near(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1)), "")
