"""How a house rule is written, for the page on which one is: an example, the actions, every fact."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.desk.voice.common import Lang
from anlass.policy import FACTS, Action
from anlass.policy.labels import ACTIONS

_SAMPLE: Mapping[Lang, str] = {
    "de": """\
[[rule]]
name = "Mehr als eine halbe Stunde"
why = "Erst ein Brief, dann ein Termin."
all = ["reading.asks_minutes > 30", "tie.turns < 2"]
do = "ask_back"
""",
    "en": """\
[[rule]]
name = "More than half an hour"
why = "A letter first, then an appointment."
all = ["reading.asks_minutes > 30", "tie.turns < 2"]
do = "ask_back"
""",
}


def vocabulary(lang: Lang) -> Mapping[str, object]:
    """Return an example, the actions in words, and each fact with its name, what it means, and its values."""
    facts = [
        (fact.name, fact.de if lang == "de" else fact.en, ", ".join(fact.choices) or fact.type.value)
        for fact in FACTS.values()
    ]
    return {
        "sample": _SAMPLE[lang],
        "actions": [(one.value, ACTIONS[one].in_(lang)) for one in Action],
        "vocabulary": facts,
    }
