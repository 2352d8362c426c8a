"""How the servers that hold history are reached, as anlass.toml says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Servers with address books, calendars, and a mailbox; `anlass collect` without paths reads them."""

    carddav: tuple[str, ...] = ()
    """Addresses of address books, or of the server that has them (`https://...`)."""
    caldav: tuple[str, ...] = ()
    """Addresses of calendars, or of the server that has them."""
    user: str = ""
    """The user name there."""
    password_variable: str = "ANLASS_DAV_PASSWORD"  # noqa: S105 - the name of a variable
    """The environment variable that holds the password. The password itself never stands in this file."""
    password_file: str = ""
    """A file of mode 600 that holds the password, instead of the variable; relative to the data folder."""
    imap: str = ""
    """The mail server of a mailbox (`HOST` or `HOST:PORT`, by TLS; `imap://HOST` for STARTTLS)."""
    imap_user: str = ""
    """The user name there, where it is not `user`."""
    imap_password_variable: str = "ANLASS_IMAP_PASSWORD"  # noqa: S105 - the name of a variable
    """The environment variable that holds the password of the mailbox."""
    imap_password_file: str = ""
    """A file of mode 600 that holds the password of the mailbox, instead of the variable."""
    linkedin: str = "https://api.linkedin.com/rest"
    """Where members in the EEA and Switzerland fetch their data (Member Data Portability); untried."""
    linkedin_changes: bool = False
    """Ask there for the invitations of the last four weeks too, where your data holds none; untried."""
    linkedin_token_variable: str = "ANLASS_LINKEDIN_TOKEN"  # noqa: S105 - the name of a variable
    """The environment variable that holds the token for it."""
