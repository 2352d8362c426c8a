"""Coming in by another service: what it signs is checked in every part, and a key one must have already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from joserfc.jwk import RSAKey

from anlass.web.frame.house import Houses
from anlass.web.gate.oidc import named_by
from tests.gates import OLGA, Gate, gate
from tests.oidc_server import Service, service

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gate, Service]]:
    """A server that lets people in by a service, and the service."""
    with gate(tmp_path_factory.mktemp("oidc")) as made, service() as said:
        server = replace(
            made.site.server, oidc_name="Vereinskonto", oidc_issuer=said.address, oidc_client="anlass"
        )
        site = replace(made.site, server=server, secret_of_oidc=lambda: "a secret of the service")
        made.houses = Houses(made.houses.owners, made.houses.of, site)
        yield made, said


@pytest.fixture(autouse=True)
def honest(here: tuple[Gate, Service]) -> None:
    """The service tells the truth again."""
    _, said = here
    said.shown, said.endless = None, b""
    said.asked.clear()


def come_in(here: tuple[Gate, Service], state: str = "", **claims: object) -> tuple[HttpResponse, object]:
    """Go to the service and come back with what it says; return the answer and the browser."""
    made, said = here
    browser = made.browser()
    sent = browser.post("/enter/with/", {"next": "/people/"})
    query = {key: values[0] for key, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    at = int(made.at[-1].timestamp())
    said.claims = {
        "aud": "anlass", "exp": at + 300, "nonce": query["nonce"], "email": OLGA, "email_verified": True,
    } | claims  # fmt: skip
    back = browser.get("/enter/back/", {"code": "c0de", "state": state or query["state"]})
    return back, browser  # type: ignore[return-value] # a test client's answer


def test_checked_address_with_a_key_comes_in(here: tuple[Gate, Service]) -> None:
    """State, nonce and proof fit: the wanted page opens, and the secret went to the service alone."""
    back, browser = come_in(here)
    assert (back.status_code, back["Location"]) == (302, "/people/")
    assert browser.get("/people/").status_code == 200  # type: ignore[attr-defined]
    (form,) = here[1].asked
    assert (form["client_secret"], form["client_id"], form["code"]) == (
        "a secret of the service",
        "anlass",
        "c0de",
    )
    assert len(form["code_verifier"]) >= 43


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"nonce": "another"},
        {"exp": 1},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "nobody@nowhere.example"},
        {"email": None},
        {"exp": float("inf")},
        {"nonce": ["another"]},
    ],
    ids=str,
)
def test_what_does_not_fit_opens_nothing_and_is_told_alike(
    here: tuple[Gate, Service], lie: dict[str, object]
) -> None:
    """Another audience, issuer, nonce or time, an address unchecked or without a key: one page for all."""
    back, browser = come_in(here, "", **lie)
    other, _ = come_in(here, email="nobody@nowhere.example")
    assert back.status_code == 403
    assert _without_token(back) == _without_token(other)
    assert browser.get("/people/").status_code == 302  # type: ignore[attr-defined]


def test_foreign_key_and_foreign_state_open_nothing(here: tuple[Gate, Service]) -> None:
    """A signature by another key, and an answer to nobody's question, are not believed; nor is one twice."""
    here[1].shown = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    assert come_in(here)[0].status_code == 403
    here[1].shown = None
    assert come_in(here, state="forged")[0].status_code == 403
    _, browser = come_in(here)
    assert browser.get("/enter/back/", {"code": "c0de", "state": ""}).status_code == 403  # type: ignore[attr-defined]


@pytest.mark.parametrize("endless", [b"[" * 200_000, b" " * 300_000 + b"{}"], ids=["depth", "length"])
def test_service_that_answers_without_end_is_told_like_all_else(
    here: tuple[Gate, Service], endless: bytes
) -> None:
    """Brackets without end, and more bytes than any answer has: nobody comes in, and no page breaks."""
    made, said = here
    said.endless = endless
    assert made.browser().post("/enter/with/", {"next": "/"}).status_code == 403
    said.endless = b""
    assert come_in(here)[0].status_code == 302


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
@pytest.mark.parametrize("host", ["http://127.0.0.1:1/x", "https://127.0.0.1/x", "https://[::1]/x"])
def test_service_from_elsewhere_names_nothing_on_this_machine(name: str, host: str) -> None:
    """Else whoever runs the service could have this machine ask itself."""
    there = "https://id.example"
    told = {"issuer": there, "authorization_endpoint": there, "token_endpoint": there, "jwks_uri": there}
    assert named_by(told, there) == {**told}
    assert named_by({**told, name: host}, there) is None


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
def test_service_that_names_what_is_no_address_is_not_believed(name: str) -> None:
    """Like all else that is wrong with it; no page breaks."""
    there = "https://id.example"
    told = {"issuer": there, "authorization_endpoint": there, "token_endpoint": there, "jwks_uri": there}
    assert named_by({**told, name: "https://["}, there) is None


def _without_token(answer: HttpResponse) -> str:
    return answer.content.decode().split('name="csrfmiddlewaretoken"')[0]
