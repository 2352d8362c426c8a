"""What is said: drafts in the language and register of the request.

Words for the requester (`OutwardText`) and words for the owner (`InwardReason`) are
two types; a draft that shows a decline, a score or a rule cannot be built.
"""

from anlass.replies.draft import Draft, InwardReason, OutwardText, Register

__all__ = ["Draft", "InwardReason", "OutwardText", "Register"]
