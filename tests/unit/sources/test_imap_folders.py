"""Which folder is for drafts and sent mail: by the server's own word first, else by the folder's name."""

from __future__ import annotations

from anlass.sources import FolderUse
from anlass.sources.imap.folders import folder_for
from anlass.wires.imap import Row

ROWS: tuple[Row, ...] = (
    ((), "INBOX"),
    ((b"\\HasNoChildren",), "Gesendet"),
    ((b"\\HasNoChildren", b"\\Sent"), "Ausgang"),
    ((b"\\Drafts",), "Entw&APw-rfe"),
    ((b"\\Noselect", b"\\Sent"), "Anything"),
)


def test_the_servers_word_comes_before_names() -> None:
    """A folder marked by the server is taken, one that cannot be opened never; a named one before both."""
    assert folder_for(FolderUse.SENT, ROWS) == "Ausgang"
    assert folder_for(FolderUse.DRAFTS, ROWS) == "Entw&APw-rfe"
    assert folder_for(FolderUse.SENT, ROWS, "Gesendet") == "Gesendet"
    assert folder_for(FolderUse.SENT, ROWS, "Not there") is None


def test_without_a_word_of_the_server_its_name_counts() -> None:
    """German and English names are known; where there is none there is none."""
    assert folder_for(FolderUse.SENT, ROWS[:2]) == "Gesendet"
    assert folder_for(FolderUse.DRAFTS, ROWS[:2]) is None
