"""What is said: drafts in the language and register of the request.

Words for the requester (`OutwardText`) and words for the owner (`InwardReason`) are
two types; a draft that shows a decline, a score or a rule cannot be built. This room
must not send anything nor know how it is sent (`channels`).
"""

from anlass.replies.compose import compose
from anlass.replies.discretion import discreet
from anlass.replies.draft import Draft, InwardReason, OutwardText, Register
from anlass.replies.inward import headline
from anlass.replies.labels import label
from anlass.replies.templates import Templates, overlaid, parse_templates, shipped_templates

__all__ = [
    "Draft",
    "InwardReason",
    "OutwardText",
    "Register",
    "Templates",
    "compose",
    "discreet",
    "headline",
    "label",
    "overlaid",
    "parse_templates",
    "shipped_templates",
]
