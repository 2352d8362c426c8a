"""What can be strange about a message: each oddity has a name, and none is an error."""

from __future__ import annotations

from enum import StrEnum


class Oddity(StrEnum):
    """What is strange about a message, named so that it can be shown; never an error."""

    NO_FROM = "no_from"
    NO_TO = "no_to"
    NO_DATE = "no_date"
    NO_SUBJECT = "no_subject"
    NO_MESSAGE_ID = "no_message_id"
    BAD_FROM = "bad_from"
    BAD_DATE = "bad_date"
    BAD_MESSAGE_ID = "bad_message_id"
    SEVERAL_FROM = "several_from"
    DOUBLED_HEADER = "doubled_header"
    BAD_CHARSET = "bad_charset"
    BAD_ENCODING = "bad_encoding"
    BROKEN_HEADERS = "broken_headers"
    BROKEN_STRUCTURE = "broken_structure"
    HIDDEN_TEXT = "hidden_text"
    CUT = "cut"
    """The guard left something out: too long, too deep, too many."""
    FALLBACK = "fallback"
    """The first parser refused; the second one read it."""
