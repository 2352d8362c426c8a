"""A server behind the nginx configuration that is shipped: one enters by TLS, as oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.commands import Shell
from tests.conftest import running
from tests.proxies import NAME, SETTINGS, Proxied, proxied

pytestmark = pytest.mark.slow  # a memory is made, nginx and the pages start


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proxied, str]]:
    """Yield a server that somebody was invited to, and the way in that the invitation names."""
    data = tmp_path_factory.mktemp("server")
    (data / "anlass.toml").write_text(SETTINGS, encoding="utf-8")
    said = Shell(data).run("invite", "olga@home.example")
    found = re.search(rf"https://{NAME}(/invitation/\S+)", said.out)
    assert found, said
    for there in running(lambda: proxied(data)):
        yield there, found[1]


def form_in(page: str) -> str:
    """Return the mark against forgery of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_one_enters_by_tls_and_stays(server: tuple[Proxied, str]) -> None:
    """Plain is led to TLS; the invitation opens; cookie and headers are those of a site by TLS alone."""
    there, invitation = server
    led = there.in_the_clear("/enter/?a=b")
    assert (led.status, led.headers["Location"]) == (301, f"https://{NAME}/enter/?a=b")
    asked = there.get(invitation)
    assert (asked.status, asked.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    entered = there.post(invitation, {"csrfmiddlewaretoken": form_in(asked.text)})
    assert entered.status == 302
    cookie = entered.headers["Set-Cookie"]
    name, *marks = (part.strip().partition("=")[0] for part in cookie.split(";"))
    assert (name, {"HttpOnly", "Path", "SameSite", "Secure"} <= set(marks)) == ("__Host-anlass", True)
    assert there.get("/").headers["Location"] == "/arrival/"
    assert there.get("/arrival/").status == 200
    written = [path.read_text(errors="replace") for path in there.folder.glob("*.log")]
    assert [text for text in written if invitation in text] == []


def test_a_caller_cannot_say_who_they_are(server: tuple[Proxied, str]) -> None:
    """Guesses from one place are stopped, whatever they claim; somebody elsewhere is not stopped too."""
    there, _ = server
    there.cookies.clear()
    claims = ({"X_Forwarded_For": f"203.0.{n}.1", "X_Forwarded_Proto": "http"} for n in range(45))
    guesses = [there.get("/invitation/never-was/", **claim) for claim in claims]
    assert all("Strict-Transport-Security" in one.headers for one in guesses)
    assert ["too often" in one.text for one in (guesses[0], guesses[-1])] == [False, True]
    there.caller = "127.9.9.9"
    assert "too often" not in there.get("/invitation/never-was/").text


def test_past_the_proxy_and_too_much_are_turned_down(server: tuple[Proxied, str]) -> None:
    """Another name is no page; more than 64 MB is turned down before it comes in."""
    there, _ = server
    assert there.past_the_proxy("/enter/", Host="localhost").status == 400
    assert there.get("/enter/", Content_Length=str(65 * 1024 * 1024)).status == 413
