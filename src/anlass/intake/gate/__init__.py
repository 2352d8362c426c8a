"""Is it a contact request at all? One ordered table of small rules, the first that hits wins.

`table.py` is the table, `signs.py` holds the small tests it names, `networks.py` reads
the notices of LinkedIn and XING, `marks.py` notes what is evidence and no verdict,
`human.py` finds what a human must read, `normalise.py` puts a request together.
"""

from anlass.intake.gate.normalise import normalise
from anlass.intake.gate.ruling import FORGOTTEN, NoRequest, Ruling, Surroundings, ruling_says
from anlass.intake.gate.table import header_rule

__all__ = ["FORGOTTEN", "NoRequest", "Ruling", "Surroundings", "header_rule", "normalise", "ruling_says"]
