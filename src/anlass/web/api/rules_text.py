"""House rules that come as text in a request."""

from typing import TYPE_CHECKING

from anlass.bootstrap import policy_of
from anlass.web.api.caller import Caller

if TYPE_CHECKING:
    from anlass.policy import Policy

NAME = "house-rules.toml"


def policy_in(caller: Caller, text: str) -> "Policy":
    """Return the rules in a text, completed as if they were the owner's; raises `PolicyError`."""
    return policy_of(text, caller.home.settings, caller.lang, NAME)
