"""LinkedIn's data export: the zip as it was downloaded, its unpacked folder, or one of its files.

Four eras are read alike, for columns are known by their names: with and without notes
above the header, profile addresses, recipients' addresses, quotes around everything. A
confirmed contact is no encounter; messages are, where they have words and a sender.

Reasons of a `NoTrace` here: `hidden` (a contact that shows nothing but a date), `draft`,
`spam`, `sponsored`, `no_words` (an attachment or nothing), `account_gone`, `to_nobody`,
`invitation` (one that came, or went out without own words; see `invitations.py`), `no_rows`, `other_file`.
"""

from anlass.sources.linkedin.invitations import Invitation, invitations
from anlass.sources.linkedin.source import LinkedIn

__all__ = ["Invitation", "LinkedIn", "invitations"]
