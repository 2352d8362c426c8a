"""LinkedIn's own way out for members in the EEA and Switzerland: the Member Data Portability interface.

It only reads, with a token of the owner's own. Its rows are keyed like the columns of the export, so they are
written as an export, and everything that reads exports reads them. Written after its documentation and tried
against a server that speaks so, never against LinkedIn's own: treat it as untried.
"""

from __future__ import annotations

import csv
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anlass.errors import SourceError
from anlass.sources.linkedin.changes import REACHES, invitation_rows, processed_at
from anlass.wires.hosts import is_shut

if TYPE_CHECKING:
    from httpx2 import Client

ADDRESS = "https://api.linkedin.com/rest"
FILE = "LinkedInDataExport_Portability.zip"
DOMAINS = {
    "CONNECTIONS": "Connections.csv",
    "INBOX": "messages.csv",
    "INVITATIONS": "Invitations.csv",
    "PROFILE": "Profile.csv",
}
"""The domains that are asked for, and the file of an export that each is. `INVITATIONS` is not documented."""
_INVITATIONS = DOMAINS["INVITATIONS"]
_NOTHING_YET = "LinkedIn has nothing to hand over yet; after you agreed to it that can take a day."
_SECONDS = 60.0
_LARGEST = 16 * 1024 * 1024
_PAGES = 2_000
_ROWS = 500_000
_NOTHING = (400, 404)
"""What a domain answers that is not there, or not ready: that is no fault."""
_SAYS = {
    401: "does not know this token",
    403: "does not allow this with this token",
    429: "is asked too often",
}


@dataclass(frozen=True, slots=True)
class Portability:
    """Where members fetch their data, by which version of the interface, with which token.

    With `changes_until`, in milliseconds since 1970, the log of the four weeks before is asked for
    invitations where the data itself holds none.
    """

    token: str
    address: str = ADDRESS
    version: str = "202312"
    changes_until: int = 0


def fetch(from_: Portability, into: Path) -> Mapping[str, int]:
    """Write what the member may have as an export; return the rows of each file.

    Raises `SourceError`, also where there is nothing to have yet; an export that is there stays, then, as
    it is.
    """
    if not is_shut(from_.address):
        raise SourceError("Nothing goes there without encryption.", where=from_.address)
    import httpx2  # noqa: PLC0415 - a tenth of a second that only asking needs

    headers = {
        "Authorization": f"Bearer {from_.token}",
        "LinkedIn-Version": from_.version,
        "X-Restli-Protocol-Version": "2.0.0",
        "User-Agent": "anlass",
    }
    # No proxy, no netrc, no way elsewhere: the token goes to the address named.
    with httpx2.Client(headers=headers, timeout=_SECONDS, trust_env=False, follow_redirects=False) as client:
        found = {name: list(_rows(client, from_.address, domain)) for domain, name in DOMAINS.items()}
        if from_.changes_until and not found[_INVITATIONS]:
            since = from_.changes_until - REACHES
            found[_INVITATIONS] = list(invitation_rows(_events(client, from_.address, since)))
    if not any(found.values()):
        raise SourceError(_NOTHING_YET, where=from_.address, temporary=True)
    _write(into, found)
    return {name: len(rows) for name, rows in found.items()}


def _rows(client: Client, address: str, domain: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a domain, page after page."""
    count = 0
    for page in range(_PAGES):
        told = _page(
            client, f"{address}/memberSnapshotData", {"q": "criteria", "domain": domain, "start": str(page)}
        )
        rows = [row for row in _rows_in(told) if count < _ROWS]
        count += len(rows)
        yield from rows
        if not rows:
            return


def _events(client: Client, address: str, since: int) -> Iterator[Any]:
    """Yield the events of the log since a moment, each once; the last one of a page begins the next."""
    seen = set[str]()
    for _ in range(_PAGES):
        asked = {"q": "memberAndApplication", "startTime": str(since), "count": "50"}
        told = _page(client, f"{address}/memberChangeLogs", asked)
        page = told.get("elements") if isinstance(told, dict) else None
        events = [(json.dumps(one, sort_keys=True), one) for one in page or () if isinstance(one, dict)]
        fresh = [one for key, one in events if key not in seen]
        seen |= {key for key, _one in events}
        yield from fresh
        since = max([since, *map(processed_at, fresh)])
        if not fresh:
            return


def _page(client: Client, url: str, asked: Mapping[str, str]) -> Any:
    """Return one page; `None` where the domain has none."""
    import httpx2  # noqa: PLC0415

    try:
        with client.stream("GET", url, params=dict(asked)) as told:
            body = bytearray()
            for part in told.iter_bytes():
                body += part
                if len(body) > _LARGEST:
                    raise SourceError("The answer is too large.", where=url)
            status = told.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise SourceError("LinkedIn cannot be reached.", where=url, temporary=True) from error
    if status in _NOTHING:
        return None
    if status != 200:
        says = _SAYS.get(status, f"answers with status {status}")
        raise SourceError(f"LinkedIn {says}.", where=url, temporary=status >= 500 or status == 429)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError("LinkedIn's answer cannot be read.", where=url) from error


def _rows_in(told: Any) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a page; what has another shape is passed over."""
    elements = told.get("elements") if isinstance(told, dict) else None
    for element in elements if isinstance(elements, list) else ():
        rows = element.get("snapshotData") if isinstance(element, dict) else None
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row:
                yield {
                    str(key): value if isinstance(value, str) else json.dumps(value)
                    for key, value in row.items()
                }


def _write(into: Path, found: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Write an export that is whole or not there at all, and nobody else's to read."""
    fresh = into.with_name(f".{into.name}.new")
    try:
        into.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, rows in found.items():
                if rows:
                    zipped.writestr(name, _table(rows))
        fresh.replace(into)
    except OSError as error:
        raise SourceError(f"The export cannot be written: {error.strerror}.", where=str(into)) from error


def _table(rows: Sequence[Mapping[str, str]]) -> bytes:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    written = StringIO(newline="")
    table = csv.DictWriter(written, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode("utf-8", "replace")
