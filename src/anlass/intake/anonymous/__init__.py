"""A notice without anybody in it: the same structure and fixed words, nobody's name, address, number or key.

Nothing is searched for and struck out. The copy is written anew: a word stays where it is one of the
words that everybody uses, and neither a name that stands in the header nor a word of the requester's;
all else is replaced, the same by the same. So what nobody thought of is gone as well.
"""

from anlass.intake.anonymous.mail import anonymous
from anlass.intake.anonymous.veil import Veil, veil

__all__ = ["Veil", "anonymous", "veil"]
