"""What arrived: a message becomes a contact request, or the rule that makes it none.

The guard comes before every parser, so nothing a stranger sends can cost more than
its share. Spans point into the requester's own words. This room must not know what
a request means (`litmus`) nor what is shared with its sender (`ledger`).
"""

from anlass.intake.contact_request import Channel, ContactRequest, Mark, Origin, Recipient, Requester

__all__ = ["Channel", "ContactRequest", "Mark", "Origin", "Recipient", "Requester"]
