"""Coming in by another service (OpenID Connect), where the host named one: authorization code with PKCE.

The service says which mail address somebody has, and that it was checked; a key they must have already. Only
the address that the host wrote into anlass.toml is asked; what it signs is checked by joserfc.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from anlass.people import mail_address
from anlass.web.frame.public import caller_of
from anlass.web.gate.enter import let_in, site_of
from anlass.wires.asking import answer_of
from anlass.wires.hosts import is_shut, is_this_machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from anlass.store.gate.keys import Keyholder
    from anlass.web.frame.site import Site

_ASKED = "oidc"
_SECONDS = 10.0
_LONGEST = 256 * 1024
_ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]


class _Trouble(Exception):
    """The service did not answer as it should."""


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Send somebody to the service, with a state, a nonce and a proof that only this browser has."""
    site = _site(request)
    try:
        known = _discovered(site)
    except _Trouble:
        return _failed(request, site)
    state, nonce, proof = (secrets.token_urlsafe(32) for _ in range(3))
    request.session[_ASKED] = {"state": state, "nonce": nonce, "proof": proof}
    request.session["next"] = request.POST.get("next", "")[:320]
    challenge = urlsafe_b64encode(sha256(proof.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": site.server.oidc_client,
        "redirect_uri": _back(site),
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return HttpResponseRedirect(f"{known['authorization_endpoint']}?{urlencode(query)}")


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Take what the service says, and open where the address it checked has a key."""
    site = _site(request)
    asked = request.session.pop(_ASKED, None)
    if not isinstance(asked, dict) or not site.admits_from(caller_of(request)):
        return _failed(request, site)
    if not secrets.compare_digest(request.GET.get("state", "").encode(), str(asked.get("state")).encode()):
        return _failed(request, site)
    try:
        keyholder = _keyholder(site, _claims(site, request.GET.get("code", "")[:4096], asked))
    except (_Trouble, JoseError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return _failed(request, site)
    return let_in(request, site, keyholder, "oidc") if keyholder else _failed(request, site)


def _site(request: HttpRequest) -> Site:
    site = site_of(request)
    if not (site.server.oidc_name and site.server.oidc_issuer and site.server.oidc_client):
        raise Http404
    return site


def _back(site: Site) -> str:
    return f"{site.server.address.rstrip('/')}{reverse('enter-back')}"


def _failed(request: HttpRequest, site: Site) -> HttpResponse:
    """Say one thing, whatever it was: as much for an address without a key as for a service that is down."""
    context = {"trouble": "elsewhere", "place": site.name, "by": site.server.oidc_name}
    return render(request, "anlass/enter.html", context, status=403)


def _discovered(site: Site) -> dict[str, str]:
    """Return where the service answers; raises `_Trouble` where that is not the service."""
    issuer = site.server.oidc_issuer.rstrip("/")
    named = named_by(_asked(issuer + "/.well-known/openid-configuration"), issuer)
    if named is None:
        raise _Trouble
    return named


def named_by(found: Mapping[str, object], issuer: str) -> dict[str, str] | None:
    """Return where a service answers, by what it tells of itself; `None` where that is not `issuer`.

    All of it is encrypted, and a service from elsewhere sends nobody to this machine.
    """
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    named = {key: str(found.get(key, "")) for key in wanted}
    is_itself = str(found.get("issuer", "")).rstrip("/") == issuer
    if not is_itself or not all(map(is_shut, named.values())):
        return None
    if not _is_here(issuer) and any(map(_is_here, named.values())):
        return None
    return {**named, "issuer": str(found["issuer"])}


def _claims(site: Site, code: str, asked: Mapping[str, object]) -> Mapping[str, object]:
    """Exchange the code for an identity and check it; raises `_Trouble` and `JoseError`."""
    known = _discovered(site)
    answer = _asked(
        known["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _back(site),
            "client_id": site.server.oidc_client,
            "client_secret": site.secret_of_oidc(),
            "code_verifier": str(asked["proof"]),
        },
    )
    keys = KeySet.import_key_set(_asked(known["jwks_uri"]))  # type: ignore[arg-type] # checked by it
    claims = jwt.decode(str(answer.get("id_token", "")), keys, algorithms=_ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        now=int(site.now().timestamp()),
        leeway=60,
        iss={"essential": True, "value": known["issuer"]},
        aud={"essential": True, "value": site.server.oidc_client},
        exp={"essential": True},
        nonce={"essential": True, "value": str(asked["nonce"])},
    ).validate(claims)
    return claims


def _keyholder(site: Site, claims: Mapping[str, object]) -> Keyholder | None:
    address = mail_address(str(claims.get("email", "")))
    if address is None or claims.get("email_verified") is not True:
        return None
    return site.gate.keyholder_at(address.value)


def _asked(address: str, form: dict[str, str] | None = None) -> dict[str, object]:
    """Ask the service; it leads nobody elsewhere, and its answer is small."""
    if not is_shut(address):
        raise _Trouble
    try:
        status, content = answer_of(address, form, seconds=_SECONDS, most=_LONGEST)
        found = json.loads(content)
    except (OSError, ValueError, RecursionError) as error:
        raise _Trouble from error
    if status != 200 or not isinstance(found, dict):
        raise _Trouble
    return found


def _is_here(address: str) -> bool:
    return is_this_machine(urlsplit(address).hostname or "")
