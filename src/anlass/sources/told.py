"""Why a file or a row of a network's export was set aside: one sentence for each reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside

if TYPE_CHECKING:
    from anlass.sources.tables import Torn

SAYS = {
    # of whole files
    "broken_zip": "The archive is broken or was not downloaded to its end. Download it again.",
    "broken_file": "The file breaks off or is damaged here; what stands before it was read.",
    "damaged": "The file is damaged here; the rest of it was read.",
    "too_many_files": "There are more files in this archive than any network exports.",
    "too_large": "The file is too large to be read.",
    "bomb": "The file is packed far too tightly to be an export; it was not unpacked.",
    "locked": "The file is locked with a password.",
    "leads_out": "The name of this file leads out of the archive; it was not read.",
    "no_table": "No row of this file holds the names of the columns.",
    "hopeless": "From here on nothing could be read.",
    "no_owner": "It cannot be told which of these people is you.",
    "no_talks": "There are no conversations in this file.",
    # of rows and records
    "too_few_columns": "The row has fewer columns than the table.",
    "too_many_columns": "The row has more columns than the table.",
    "broken_quotes": "A quotation mark in this row is never closed.",
    "row_too_long": "The row is too long.",
    "nobody": "The row names nobody.",
    "no_date": "The date in this row cannot be read, or cannot be right; the rest of the row was read.",
    "no_address": "What stands in this row for a mail address is none; the rest of the row was read.",
    "misshapen": "The record does not have the shape of this export.",
    "further": "From here on more entries of this file could not be read.",
}
_EMPTY = "The file is empty."
_OF_FILES = frozenset({"empty", "no_table"})


def aside(path: str, reason: str, line: int = 0, *, unit: str = "line") -> SetAside:
    """Return the value that says why the file at `path`, or the row in this line of it, was not read."""
    says = SAYS.get(reason, _EMPTY)
    if line:
        says = f"{says[:-1]} ({unit} {line})."
    return SetAside(Origin(path, line), reason, says)


def torn(path: str, row: Torn) -> SetAside:
    """Return the value for a row that cannot be read; a file without any rows is set aside as a whole."""
    return aside(path, row.reason, 0 if row.reason in _OF_FILES else row.line)
