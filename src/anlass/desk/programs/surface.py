"""Lines of the surface about programs: tokens, the links of feeds, webhooks. No secret is among them."""

from __future__ import annotations

from datetime import datetime

from anlass.desk.programs.tokens import Made
from anlass.desk.surface import JsonLine, moment
from anlass.store.programs.tokens import Token
from anlass.store.programs.webhooks import Hook


def token_line(token: Token, at: datetime) -> JsonLine:
    """One token, or one link of a feed; `used_on` is a day, nothing finer is known."""
    return {
        "token": token.id,
        "kind": token.kind.value,
        "name": token.name,
        "may": list(token.may),
        "made_at": moment(token.made_at),
        "expires_at": moment(token.expires_at),
        "revoked_at": moment(token.revoked_at),
        "used_on": token.used_on.date().isoformat() if token.used_on else None,
        "holds": token.opens(at),
    }


def made_line(made: Made, at: datetime) -> JsonLine:
    """A token that was just made, with its secret."""
    return {**token_line(made.token, at), "secret": made.secret}


def hook_line(hook: Hook) -> JsonLine:
    """One webhook: where it hears, of what, and how it goes."""
    return {
        "webhook": hook.id,
        "url": hook.url,
        "on": list(hook.on),
        "words": hook.words,
        "made_at": moment(hook.made_at),
        "failing_since": moment(hook.failing_since),
        "stopped_at": moment(hook.stopped_at),
        "says": hook.says or None,
    }
