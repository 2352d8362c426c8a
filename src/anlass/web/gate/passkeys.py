"""Passkeys: making one, opening with one, forgetting one. What is signed is checked by py_webauthn.

A challenge is good once, for ten minutes, in the browser that asked for it. Opening asks for no address: the
browser offers the passkeys it has for this server.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from anlass.desk.house.entering import CODE_LASTS, digest
from anlass.store.gate.keys import Passkey
from anlass.web.frame.public import caller_of
from anlass.web.gate.access import fresh, here_of
from anlass.web.gate.enter import device_of, let_in, site_of, tell

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from anlass.store.gate.keys import Keyholder
    from anlass.web.frame.site import Site

_CHALLENGE = "challenge"
_LONGEST = 16_384
_MOST = 12
"""Passkeys of one keyholder; nobody has more devices to come in with."""


@require_POST
def enter_passkey(request: HttpRequest) -> HttpResponse:
    """Give a challenge; with what a passkey signed, open."""
    site = site_of(request)
    if not site.admits_from(caller_of(request)):
        return _no(429)
    if "credential" not in request.POST:
        challenge = _new_challenge(request, site)
        options = generate_authentication_options(
            rp_id=site.host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
        )
        return JsonResponse(json.loads(options_to_json(options)))
    keyholder = _opened(request, site)
    if keyholder is None:
        return _no(403)
    return JsonResponse({"to": let_in(request, site, keyholder, "passkey").headers["Location"]})


@require_POST
@fresh
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Give a challenge; with what the browser made, keep the passkey."""
    here, site = here_of(request), site_of(request)
    known = site.gate.passkeys(here.keyholder.id)
    if len(known) >= _MOST:
        return _no(403)
    if "credential" not in request.POST:
        options = generate_registration_options(
            rp_id=site.host,
            rp_name=site.name,
            user_id=here.keyholder.id.encode(),
            user_name=here.keyholder.address,
            challenge=_new_challenge(request, site),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential)) for one in known
            ],
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
        )
        return JsonResponse(json.loads(options_to_json(options)))
    made = _made(request, site, here.keyholder.id)
    if made is None or site.gate.passkey(made.id) is not None:
        return _no(403)
    site.gate.add_passkey(made)
    tell(site, here.keyholder.address, "passkey")
    request.session["gate-told"] = _("From now on this device opens without a mail.")
    return JsonResponse({"to": reverse("access")})


@require_POST
@fresh
def forget_passkey(request: HttpRequest) -> HttpResponse:
    """Forget a passkey of one's own."""
    here, site = here_of(request), site_of(request)
    if not site.gate.forget_passkey(here.keyholder.id, request.POST.get("passkey", "")[:64]):
        raise Http404
    tell(site, here.keyholder.address, "forgotten")
    request.session["gate-told"] = _("Forgotten. It opens nothing any more.")
    return HttpResponseRedirect(reverse("access"))


def _opened(request: HttpRequest, site: Site) -> Keyholder | None:
    """Return whose passkey signed the challenge; `None` for everything else."""
    credential, challenge = _credential(request), _spent_challenge(request, site)
    key = site.gate.passkey(digest(str(credential.get("id", "")))) if credential else None
    if credential is None or challenge is None or key is None:
        return None
    try:
        proven = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.server.address.rstrip("/"),
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.counter,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    site.gate.used_passkey(key.id, proven.new_sign_count, now=site.now())
    return site.gate.keyholder(key.keyholder)


def _made(request: HttpRequest, site: Site, keyholder: str) -> Passkey | None:
    credential, challenge = _credential(request), _spent_challenge(request, site)
    if credential is None or challenge is None:
        return None
    try:
        proven = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.server.address.rstrip("/"),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    name = bytes_to_base64url(proven.credential_id)
    return Passkey(
        digest(name),
        keyholder,
        name,
        bytes_to_base64url(proven.credential_public_key),
        proven.sign_count,
        device_of(request),
        site.now(),
    )


def _credential(request: HttpRequest) -> dict[str, object] | None:
    try:
        found = json.loads(request.POST.get("credential", "")[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _new_challenge(request: HttpRequest, site: Site) -> bytes:
    challenge = secrets.token_urlsafe(32)
    now = site.now()
    site.gate.keep_code(digest(challenge), "", "", ends=now + CODE_LASTS, now=now)
    request.session[_CHALLENGE] = challenge
    return challenge.encode()


def _spent_challenge(request: HttpRequest, site: Site) -> bytes | None:
    """Return the challenge of this browser, which is no good from now on."""
    challenge = str(request.session.pop(_CHALLENGE, ""))
    is_good = site.gate.try_code(digest(challenge), tries=1, now=site.now()) is not None
    site.gate.spend_code(digest(challenge))
    return challenge.encode() if challenge and is_good else None


def _no(status: int) -> HttpResponse:
    return JsonResponse({"to": ""}, status=status)
