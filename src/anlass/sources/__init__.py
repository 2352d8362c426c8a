"""Edges: history comes in here, replies never go out.

A source collects what happened and hands it over as bytes or rows with their place;
it must not judge. What cannot be read becomes a `SetAside` with its place and reason,
and the rest goes on.
"""

from anlass.sources.archive import archive
from anlass.sources.found import HEADS, HEADS_LATER, WHOLE, Everything, Found, Gate, Glance, Portion
from anlass.sources.mail.folders import FolderUse, folder_uses
from anlass.sources.mail.letters import read_letter, unopened
from anlass.sources.reading import is_there, reread
from anlass.sources.traces import Bearings, Beside, NoTrace, TraceSource
from anlass.sources.weight import weigh

__all__ = [
    "HEADS",
    "HEADS_LATER",
    "WHOLE",
    "Bearings",
    "Beside",
    "Everything",
    "FolderUse",
    "Found",
    "Gate",
    "Glance",
    "NoTrace",
    "Portion",
    "TraceSource",
    "archive",
    "folder_uses",
    "is_there",
    "read_letter",
    "reread",
    "unopened",
    "weigh",
]
