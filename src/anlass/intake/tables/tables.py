"""The one place of this room that reads its data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TypeVar

from ahocorasick import Automaton


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a letter without being the writer's own words."""

    announcing: tuple[str, ...]
    separators: tuple[str, ...]
    from_fields: frozenset[str]
    other_fields: frozenset[str]
    devices: tuple[str, ...]
    banners: tuple[str, ...]
    disclaimers: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What tells a machine from a person, and a bulk mail from a letter."""

    lists: tuple[str, ...]
    auto_answers: tuple[str, ...]
    bulk: tuple[str, ...]
    bulk_mailers: tuple[str, ...]
    reports: tuple[str, ...]
    exact: frozenset[str]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    contains: tuple[str, ...]
    return_path_exact: frozenset[str]
    automatic: tuple[str, ...]
    doubtful: tuple[str, ...]
    bounces: tuple[str, ...]
    postmasters: frozenset[str]
    bounce_words: tuple[str, ...]
    reply_marks: tuple[str, ...]
    transactions: tuple[str, ...]
    services: frozenset[str]
    greetings: tuple[str, ...]
    asks: tuple[str, ...]
    crowds: tuple[str, ...]
    form_senders: tuple[str, ...]
    form_names: tuple[str, ...]
    form_messages: tuple[str, ...]
    form_footers: tuple[str, ...]
    form_person: tuple[str, ...]
    introductions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """How one network writes on behalf of people."""

    channel: str
    domains: tuple[str, ...]
    inviters: frozenset[str]
    relays: frozenset[str]
    relay_classes: frozenset[str]
    template_header: str
    class_header: str
    invitation_template: str
    other_templates: tuple[str, ...]
    invitation_path: str
    via: tuple[str, ...]
    subjects: tuple[str, ...]
    not_subjects: tuple[str, ...]
    not_words: tuple[str, ...]
    labels: tuple[str, ...]
    defaults: tuple[str, ...]
    reminders: tuple[str, ...]
    asking: tuple[str, ...]
    buttons: tuple[str, ...]
    footers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything this room knows by heart.

    `sentences` maps a rule to its sentence in each language; `human` finds phrases of
    R15 and yields their kind, the phrase, and whether it must stand where people sign;
    `human_domains` are the ends of domains of authorities. `defaults` are, for each channel, the words
    that stand where a person wrote none: small, without a full stop.
    """

    words: Words
    gate: Gate
    networks: tuple[Network, ...]
    other_networks: tuple[str, ...]
    sentences: dict[str, dict[str, str]]
    human: Automaton
    human_domains: tuple[str, ...]
    defaults: Mapping[str, tuple[str, ...]]


Section = Mapping[str, str | list[str]]
Filled = TypeVar("Filled", Words, Gate, Network)


@cache
def tables() -> Tables:
    """Read the data files of this room, once: `bootstrap` calls it, and so may anybody after."""
    words, gate, networks, human = (_read(name) for name in ("words", "gate", "networks", "human"))
    known = [section for name, section in networks.items() if name != "others"]
    automaton = Automaton()
    for kind, section in human.items():
        for phrase in section["phrases"]:
            automaton.add_word(phrase, (kind, phrase, False))
        for phrase in section.get("names", ()):
            automaton.add_word(phrase, (kind, phrase, True))
    automaton.make_automaton()
    return Tables(
        words=_filled(Words, _merged(words)),
        gate=_filled(Gate, _merged(gate)),
        networks=tuple(_filled(Network, section) for section in known),
        other_networks=tuple(networks["others"]["domains"]),
        sentences={
            rule: {lang: str(says) for lang, says in section.items()}
            for rule, section in _read("rules").items()
        },
        human=automaton,
        human_domains=tuple(human["authority"]["domains"]),
        defaults={
            **{str(section["channel"]): tuple(section["defaults"]) for section in known},
            **{channel: tuple(section["defaults"]) for channel, section in _read("knocks").items()},
        },
    )


def _read(name: str) -> dict[str, Section]:
    text = files("anlass.intake.tables").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _merged(sections: dict[str, Section]) -> Section:
    return {key: value for section in sections.values() for key, value in section.items()}


def _filled(kind: type[Filled], section: Section) -> Filled:
    """Make one value of a section: lists become tuples, or sets where the field is one."""
    names = [(one.name, str(one.type)) for one in fields(kind)]
    values = [_typed(section[name], annotation) for name, annotation in names]
    return kind(*values)  # type: ignore[arg-type]  # the shape of the files is checked by a test


def _typed(value: str | list[str], annotation: str) -> str | tuple[str, ...] | frozenset[str]:
    if isinstance(value, str):
        return value
    return frozenset(value) if annotation.startswith("frozenset") else tuple(value)
