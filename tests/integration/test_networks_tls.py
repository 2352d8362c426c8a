"""A chat network's server that does not prove its name gets no password, and the owner hears why."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from anlass.channels.networks.account import NetworkAccount
from anlass.desk.accounts.networks import Tried, tried
from anlass.desk.accounts.voice_of_networks import door_trouble
from anlass.intake import Channel
from anlass.wires.trouble import TEMPORARY, Trouble
from tests.certificates import certificate
from tests.conftest import go_without
from tests.network_servers import DOMAIN, Prosody, prosody
from tests.servers import HOST, PASSWORD, MissingError

pytestmark = pytest.mark.slow  # real servers
SHOWN = pytest.mark.parametrize(
    ("host", "is_over", "is_known", "trouble"),
    [
        ("named", False, False, Trouble.CERTIFICATE_UNKNOWN),
        ("named", True, True, Trouble.CERTIFICATE_EXPIRED),
        ("other.example", False, True, Trouble.CERTIFICATE_OF_ANOTHER),
    ],
    ids=["nobody knows it", "it is over", "it is another host's"],
)


@contextmanager
def showing(context: ssl.SSLContext) -> Iterator[int]:
    """Run a server that shows a certificate to whoever comes, and says nothing else."""

    def serve() -> None:
        while True:
            try:
                talk, _ = ears.accept()
            except OSError:
                return
            with talk, ExitStack() as stack:
                try:
                    stack.enter_context(context.wrap_socket(talk, server_side=True)).recv(100)
                except OSError:
                    continue

    with closing(socket.create_server((HOST, 0))) as ears:
        Thread(target=serve, daemon=True).start()
        yield ears.getsockname()[1]
        ears.shutdown(socket.SHUT_RDWR)


@contextmanager
def shut_prosody(shown: Path) -> Iterator[Prosody]:
    """Run a real XMPP server that shows a certificate, or go without."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(prosody(shown))
        except MissingError as missing:
            go_without(missing)
        yield server


def believe(monkeypatch: pytest.MonkeyPatch, known: Path) -> None:
    """Let this machine know a certificate, for all the libraries that look."""
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.setenv(name, str(known))


def xmpp(port: int) -> NetworkAccount:
    """Return an account at a server that is named by its port."""
    return NetworkAccount("xmpp", Channel.XMPP, f"olga@{DOMAIN}", f"{HOST}:{port}")


def at(channel: Channel, port: int) -> NetworkAccount:
    """Return an account at a server of the web."""
    address = "@olga:localhost" if channel is Channel.MATRIX else "@olga@localhost"
    return NetworkAccount("here", channel, address, f"https://localhost:{port}")


def says_what_to_do(found: Tried, trouble: Trouble) -> None:
    """See that a trouble is named, passes by nothing, and has sentences in both languages."""
    assert (found.trouble, trouble in TEMPORARY) == (trouble, False)
    told = [door_trouble(trouble, "here", "host.example", lang) for lang in ("de", "en")]
    assert all("host.example" in one and trouble not in one for one in told)
    assert len(set(told)) == 2


def test_a_server_that_proves_its_name_lets_the_house_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By STARTTLS on the usual port, though encryption from the first byte on is tried there first."""
    _, known = certificate(tmp_path, DOMAIN)
    believe(monkeypatch, known)
    with shut_prosody(known.with_suffix(".pem")) as server:
        server.register("olga")
        assert tried(xmpp(server.port), PASSWORD) == Tried(xmpp(server.port))
        assert tried(xmpp(server.port), "wrong").trouble == Trouble.PASSWORD


@SHOWN
def test_a_certificate_that_is_not_right_on_xmpp(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    is_over: bool,
    is_known: bool,
    trouble: Trouble,
) -> None:
    """Both ways in: by STARTTLS, and from the first byte on."""
    context, known = certificate(tmp_path, DOMAIN if host == "named" else host, is_over=is_over)
    if is_known:
        believe(monkeypatch, known)
    with shut_prosody(known.with_suffix(".pem")) as server:
        says_what_to_do(tried(xmpp(server.port), PASSWORD), trouble)
    with showing(context) as port:
        says_what_to_do(tried(xmpp(port), PASSWORD), trouble)


@pytest.mark.parametrize("channel", [Channel.MATRIX, Channel.MASTODON])
@SHOWN
def test_a_certificate_that_is_not_right_on_the_web(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    channel: Channel,
    host: str,
    is_over: bool,
    is_known: bool,
    trouble: Trouble,
) -> None:
    """Matrix and Mastodon are spoken to like pages, and held to the same."""
    context, known = certificate(tmp_path, "localhost" if host == "named" else host, is_over=is_over)
    if is_known:
        believe(monkeypatch, known)
    with showing(context) as port:
        says_what_to_do(tried(at(channel, port), "token"), trouble)


def test_a_server_without_encryption_gets_no_password(prosody: Prosody) -> None:
    """What is to be shut and is not stays out, and that is said."""
    assert tried(xmpp(prosody.port), PASSWORD).trouble == Trouble.NO_TLS


@pytest.mark.parametrize("channel", [Channel.XMPP, Channel.MATRIX, Channel.MASTODON])
def test_a_port_where_nobody_listens_may_answer_later(channel: Channel) -> None:
    """Nobody there is a trouble that may pass."""
    with closing(socket.create_server((HOST, 0))) as ears:
        port = ears.getsockname()[1]
    account = xmpp(port) if channel is Channel.XMPP else at(channel, port)
    found = tried(account, "token")
    assert (found.trouble, Trouble.REFUSED in TEMPORARY) == (Trouble.REFUSED, True)
