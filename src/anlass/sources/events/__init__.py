"""Events and who is on their lists: .ics, exports of pretix, pretalx and Indico, tables, vCards, card texts.

One file or pasted text becomes one `EventList`: the event where the file names one, the people on it, and
what could not be read, each with its place. Nothing is raised for any bytes. Whether somebody on a list
was met is for the owner to say.
"""

from anlass.sources.events.card_text import somebody_on
from anlass.sources.events.lists import EventList, Listed, Named, read_list, read_pasted, read_typed

__all__ = ["EventList", "Listed", "Named", "read_list", "read_pasted", "read_typed", "somebody_on"]
