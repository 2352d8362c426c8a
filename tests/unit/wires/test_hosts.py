"""Which ways are shut, and which hosts lie outside."""

from __future__ import annotations

import pytest

from anlass.wires.hosts import is_on_the_internet, is_shut, is_this_machine


@pytest.mark.parametrize(
    "url", ["https://mail.example", "http://localhost:8000/a", "http://[::1]/", "http://127.0.0.9"]
)
def test_nobody_reads_along_by_tls_or_on_this_machine(url: str) -> None:
    """Whatever the port and the page."""
    assert is_shut(url)


@pytest.mark.parametrize(
    "url", ["http://mail.example", "http://127.0.0.1.example/", "ftp://localhost", "http://[", ""]
)
def test_every_other_way_is_open(url: str) -> None:
    """A name that begins like this machine is another's; what is no address is no way at all."""
    assert not is_shut(url)


def test_an_address_that_wraps_one_of_this_machine_is_not_outside() -> None:
    """Gateways turn some addresses of the newer kind into older ones, which may lie in the house."""
    inside = ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")
    assert not any(map(is_on_the_internet, inside))
    assert is_on_the_internet("1.1.1.1")
    assert not is_this_machine("1.1.1.1")
