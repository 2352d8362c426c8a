"""Skype: the export of conversations (`messages.json`, alone or in its tar) and the table of contacts.

Between two people messages count as on any network, and a call that both took part in
for a minute is a meeting. Groups do not count: the export does not say who read along.
The service ended in 2025, so its names are remembered and open nothing.

Reasons of a `NoTrace` here: `group`, `bot`, `service` (what Skype wrote itself), `no_words`,
`call` (begun, missed or short), `own_notes`, `no_rows`, `other_file`.
"""

from anlass.sources.skype.source import Skype

__all__ = ["Skype"]
