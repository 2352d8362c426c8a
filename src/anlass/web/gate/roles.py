"""Which pages an assistant may enter: those named here, and none beside. A new page is the owner's alone."""

from __future__ import annotations

ASSISTANT = frozenset({
    "about",
    "cancel",
    "case",
    "decide",
    "door-file",
    "given",
    "inbox",
    "outbox",
    "people",
    "person",
    "person-of-case",
    "recent",
    "release",
    "reword",
    "standing",
    "take-back",
    "teach",
    "time",
    "time-behind",
    "time-behind-month",
    "time-given",
    "unteach",
    "watch",
    "watch-put",
})  # fmt: skip
"""An assistant works cases: reads, decides, answers, teaches, keeps people in mind.

Letters go only where the owner lets them (`Preferences.assistants_send`)."""
ANYBODY_INSIDE = frozenset(
    {"houses", "leave", "access", "end-visit", "passkey-new", "passkey-forget", "server"}
)
"""Pages of whoever is logged in, in whatever house or in none."""
AT_THE_GATE = frozenset({
    "enter",
    "enter-code",
    "enter-passkey",
    "enter-with",
    "enter-back",
    "invitation",
})  # fmt: skip
"""Pages before which nobody has logged in."""
