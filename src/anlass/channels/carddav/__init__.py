"""Writing into the owner's address book on a server: one entry at a time, never over a change of others."""

from anlass.channels.carddav.pen import Entry, Pen, Put

__all__ = ["Entry", "Pen", "Put"]
