"""What arrived: a message becomes a contact request, or the rule that makes it none.

The guard comes before every parser, so nothing a stranger sends can cost more than
its share. Spans point into the requester's own words. This room must not know what
a request means (`litmus`) nor what is shared with its sender (`ledger`).

The way of a mail: `guard` cuts, `parse` reads (`headers`, `parts`, `body`), `own_words`
keeps what the writer wrote, `authenticity` says whom to believe, `gate` decides whether
it is a request at all, `identity` gives it the name it keeps.
"""

from anlass.intake.authenticity import Authenticity, authenticity, is_vouched_for, usual_server
from anlass.intake.contact_request import Channel, ContactRequest, Mark, Origin, Recipient, Requester
from anlass.intake.gate import NoRequest, Ruling, Surroundings, header_rule, normalise, ruling_says
from anlass.intake.identity import identity
from anlass.intake.message import Attachment, Mailbox, Message, Oddity, SetAside
from anlass.intake.own_words import own_words
from anlass.intake.parse import parse, parse_headers
from anlass.intake.tables import tables
from anlass.intake.writer import writer

__all__ = [
    "Attachment",
    "Authenticity",
    "Channel",
    "ContactRequest",
    "Mailbox",
    "Mark",
    "Message",
    "NoRequest",
    "Oddity",
    "Origin",
    "Recipient",
    "Requester",
    "Ruling",
    "SetAside",
    "Surroundings",
    "authenticity",
    "header_rule",
    "identity",
    "is_vouched_for",
    "normalise",
    "own_words",
    "parse",
    "parse_headers",
    "ruling_says",
    "tables",
    "usual_server",
    "writer",
]
