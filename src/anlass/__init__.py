"""Anlass stands at your door.

It reads every contact request, weighs it against what you really share with that
person, says in plain words whether there is a reason and why it thinks so, and
prepares the answer you would give.

Read `doorman.py` first: it shows the whole way of one request on one page.
Importing this package has no side effects and loads nothing else.
"""

__version__ = "0.1.0"
