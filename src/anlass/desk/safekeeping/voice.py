"""What is said of backups and what stays out of them."""

from __future__ import annotations

from collections.abc import Iterable

from anlass.desk.safekeeping.scope import Kept, Why
from anlass.desk.voice.common import Lang


def left_out_says(left: Iterable[Kept], lang: Lang) -> tuple[str, ...]:
    """Say what stayed out of a backup and what follows; what is of the moment alone goes without saying."""
    by = {why: [one.path for one in left if one.why is why] for why in Why}
    told = _TOLD[lang]
    says = [told[why].format(names=_named(names)) for why, names in by.items() if names and why in told]
    return (*says, told["always"])


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown}, …" if len(names) > 5 else shown


_TOLD: dict[Lang, dict[str, str]] = {
    "de": {
        Why.SECRET: "Passwörter sind nicht dabei ({names}). Nach dem Zurückspielen fragt `anlass connect` "
        "danach; mit --with-secrets kommen sie mit.",
        Why.WISH: "Wünsche und die Schlüssel laufender Runden kommen in keine Sicherung ({names}).",
        Why.LINK: "Verweise auf andere Ordner sind nicht dabei: {names}.",
        "always": "Passwörter im Schlüsselbund des Systems sind in keiner Sicherung. Die Schlüssel, "
        "die deine Links unterschreiben, sind dabei: Bewahr die Datei auf wie deine Post.",
    },
    "en": {
        Why.SECRET: "Passwords are not in it ({names}). After restoring, `anlass connect` asks for them; "
        "with --with-secrets they come along.",
        Why.WISH: "Wishes and the keys of rounds that run go into no backup ({names}).",
        Why.LINK: "Links to other folders are not in it: {names}.",
        "always": "Passwords in the system's keyring are in no backup. The keys that sign your links are in "
        "it: keep the file as you keep your mail.",
    },
}
