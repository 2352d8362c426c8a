"""Every parser of foreign bytes: its target, or the reason why it has none."""

from __future__ import annotations

from tests.fuzz.guided import histories, houses, letters, networks, pages, sheets
from tests.fuzz.guided.target import Target

_SHIPPED = "reads a file that is shipped with the program"
_OWN = "reads what this house itself wrote into its memory"
_TYPED = (
    "a date or a number that the owner or an assistant types into a form; refused in words where it is none"
)
_NAMED = "looks at an address that the owner or the host wrote into the settings"
_ASKED = "what it reads is tried by a target already; it hands the bytes on"

TARGETS: tuple[Target, ...] = (
    *letters.TARGETS,
    *histories.TARGETS,
    *sheets.TARGETS,
    *houses.TARGETS,
    *networks.TARGETS,
    *pages.TARGETS,
)

LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(
        (
            "channels.mail.providers",
            "desk.voice.refused",
            "example",
            "example.house",
            "languages.reading",
            "litmus.shipped",
            "litmus.speech",
            "litmus.wording",
            "outreach.handouts",
            "outreach.phrases",
            "replies.door_words",
            "replies.house_page",
            "replies.where_to_turn",
        ),
        _SHIPPED,
    ),
    **dict.fromkeys(
        (
            "desk.blocking.dossier",
            "desk.history.second_reader",
            "desk.learning.lessons",
            "desk.safekeeping.everything",
            "desk.safekeeping.heartbeat",
            "desk.wishes.at_events",
            "desk.wishes.timetables",
            "litmus.opinion_asked",
            "policy.days",
            "store.cards.own",
            "store.cards.vouching",
            "store.cases.inbox",
            "store.cases.past",
            "store.door.letters",
            "store.gate.whose",
            "store.gatherings.wish_shelf",
            "store.gatherings.wishes",
            "store.ground.mapping",
            "store.history.marks",
            "store.outgoing.latches",
            "store.outgoing.sealed_notes",
            "store.people.forgotten",
            "store.people.owner_page",
            "store.people.persons",
            "web.api.afterwards",
            "wires.webhook",
            "desk.gatherings.hosting",
        ),
        _OWN,
    ),
    **dict.fromkeys(
        (
            "cli.clock",
            "cli.wish_host",
            "web.frame.days",
            "web.gatherings.hosting",
        ),
        _TYPED,
    ),
    **dict.fromkeys(
        (
            "adviser",
            "bootstrap",
            "sources.dav.account",
            "sources.imap.account",
            "store.settings",
            "web.frame.site",
            "web.gatherings.hosting_public",
            "web.settings",
            "wires.door",
            "wires.hosts",
        ),
        _NAMED,
    ),
    **dict.fromkeys(
        ("desk.cards.own", "policy.editing", "desk.safekeeping.restoring", "desk.wishes.own_key"), _ASKED
    ),
    "cli.lint_server": "speaks with the owner's editor on this machine",
    "desk.safekeeping.importing": "needs a database; held by tests/contract/test_exporting.py",
    "store.safekeeping.whole": "needs a database; held by tests/contract/test_exporting.py",
    "desk.outgoing.noting": "one line of Base64 of one length, held by tests/contract/test_sealed_notes.py",
    "web.api.lines": "a cursor of the API, tried by Schemathesis in test_api_schema.py",
    "web.api.once": "a key and an answer of the API, tried by Schemathesis in test_api_schema.py",
    "web.gate.passkeys": "a signed answer of a browser, tried by tests/integration/test_pages_gate.py",
    "web.gatherings.wish": "questions of those who wish, tried by tests/integration/test_wish_attacks.py",
    "web.gatherings.wish_page": "marks of a form, tried by tests/integration/test_wish_attacks.py",
}
"""Modules that take texts apart and have no target, each with the reason."""
