"""Choosing a list of contacts for the audit: a file that is handed over, or a list that is known here.

An uploaded file is read from a folder of its own that is gone afterwards. A form can name no path and no
server, only one of the lists that are offered.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from anlass.bootstrap import make_servers
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.desk.accounts.networks import network_accounts
from anlass.desk.audit.auditing import audit as audit_contacts
from anlass.desk.audit.contact_lists import ContactFile, known_lists
from anlass.errors import NotFound, SourceError, StoreError, UserError
from anlass.policy.labels import CHANNELS
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.uploads import MOST, TOO_LARGE
from anlass.wires.trouble import WireError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

    from anlass.channels.networks.account import NetworkAccount

_REFUSED = "refused"
"""Where the session keeps why a list was not audited."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that is known here: a file or folder, an address book on a server, an account on a network."""

    name: str
    path: Path | None = None
    url: str = ""
    account: NetworkAccount | None = None

    @property
    def id(self) -> str:
        """What stands for it in a form; a path may be no text."""
        place = os.fsencode(self.path) if self.path else f"{self.url}{self.account or ''}".encode()
        return blake2b(place, digest_size=10).hexdigest()


def choice(request: HttpRequest) -> dict[str, object]:
    """What the page needs that asks for a list."""
    offers = tuple(_offers(request))
    return {
        "lists": offers,
        "megabytes": MOST // 2**20,
        "refused": request.session.pop(_REFUSED, ""),
        "is_empty": not (book_of(request).has_letters() or offers),
    }


def take(request: HttpRequest) -> HttpResponse:
    """Audit the list that was handed over or chosen, and lay it on the table; or remember why not."""
    offers = {one.id: one for one in _offers(request)}
    if file := request.FILES.get("file"):
        refused = _uploaded(request, file)
    elif offer := offers.get(request.POST.get("known", "")):
        refused = _audited(request, offer)
    elif request.META.get(TOO_LARGE):
        refused = _("The file is larger than a list of contacts ever is. Nothing of it was kept.")
    else:
        refused = _("Choose a file first.")
    if refused:
        request.session[_REFUSED] = refused
    return HttpResponseRedirect(reverse("audit"))


def _offers(request: HttpRequest) -> Iterator[Offer]:
    """Yield the lists that are known here, each once."""
    house = house_of(request)
    for path in dict.fromkeys((*house.lists, *known_lists(book_of(request)))):
        yield Offer(os.fsencode(Path(*path.parts[-2:])).decode(errors="replace"), path)
    for url in house.settings.sources.carddav if house.settings else ():
        yield Offer(url, url=url)
    for account in network_accounts(book_of(request)) if house.settings else ():
        yield Offer(f"{CHANNELS[account.channel].in_(lang_of())}: {account.address}", account=account)


def _uploaded(request: HttpRequest, file: UploadedFile[bytes]) -> str:
    """Audit an uploaded file from a folder of its own, which is gone afterwards."""
    name = get_valid_filename(Path(file.name or "").name.lstrip(".") or "list")[-80:]
    with TemporaryDirectory(prefix="anlass-audit-") as folder:
        path = Path(folder) / name
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return _audited(request, Offer(name, path))


def _audited(request: HttpRequest, offer: Offer) -> str:
    """Audit a list; say why where that cannot be done, else ""."""
    house, paths = house_of(request), [offer.path] if offer.path else []
    try:
        servers = make_servers(house.settings, (offer.url,)) if house.settings and offer.url else ()
        lists = _lists(house.settings.data, offer.account) if house.settings and offer.account else ()
        found = audit_contacts(
            book_of(request), paths, servers=servers, lists=lists, now=house.now(), region=house.region
        )
    except NotFound:
        return _(
            "There is no list of contacts in this file. Take Connections.csv or the archive of LinkedIn, "
            "contacts of XING, or an address book (.vcf)."
        )
    except StoreError:
        return _("The ledger is being written to just now. Try again in a moment.")
    except WireError:
        return _("The network did not hand over your list. In a terminal, anlass audit --networks says more.")
    except (SourceError, UserError):
        return _("The server did not hand over the address book. In a terminal, anlass audit says more.")
    house.audit_table.lay(offer.name, found)
    return ""


def _lists(data: Path, account: NetworkAccount) -> tuple[ContactFile, ...]:
    from anlass.desk.audit.network_lists import list_on  # noqa: PLC0415 - only networks need it

    return (list_on(account, Secrets(data, system_ring())),)
