"""The table of `make fuzz`: samples pass, parsers have a target or a reason, what broke one does no more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from tests.contract.trace_samples_networks import SKYPE_CONTACTS
from tests.fuzz.guided import pages
from tests.fuzz.guided.marked import modules, readers
from tests.fuzz.guided.table import LEFT_OUT, TARGETS
from tests.fuzz.guided.target import Target


def _nameless() -> bytes:
    """Return an archive with a file that has no name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(zipfile.ZipInfo("x"), b"")  # with a date of its own, not the clock's
    return packed.getvalue().replace(b"x", b"\0")


_BY_NAME = {one.name: one for one in TARGETS}
BROKE: dict[str, tuple[bytes, ...]] = {
    "recipe": (b'channel = []\nwhere = "subject"\n',),
    "html": (
        b"<p hidden>x</p>\x01",
        b"<table><tr><td>a</td>&#1;</tr></table>",
        b"<blockquote type=cite>&#xfffe;</blockquote>",
    ),
    "names": (b"https://w.linkedin.com/in/k(~",),
    "linkedin-messages": (
        (
            b'"FROM","TO","DATE","CONTENT","CONVERSATION ID"\n'
            b'"Lars Lotto","Olga Muster","2025-01-01 09:00:00 UTC","Hallo",""\n'
            b'"Erika Beispiel","Olga Muster","2025-01-01 09:00:00 UTC","Hallo","2-\x1bd"\n'
        ),
    ),
    "skype-contacts": (SKYPE_CONTACTS.replace(b",Kai Falk,", b',"Kai\nFalk",'),),
    "house-key": (b'{"keys":[{"ed25519":"' + 15 * b"ab" + b" ac" + 16 * b"ab" + b'"}]}',),
    "wish-line": (b"https://[\n{}",),
    "zip": (_nameless(),),
    "api-body": (b"[" * 900 + b"]" * 900,),
}
"""Inputs that a fuzzer found, made small."""


@pytest.fixture(scope="module", autouse=True)
def settings_given_back() -> Iterator[None]:
    """Give the pages' settings back for the tests that follow."""
    yield
    pages.close()


@pytest.mark.slow  # the first page of a house is made, and its database
@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_every_sample_of_a_target_passes(target: Target) -> None:
    """What is sound is read, by the same laws that the fuzzer holds."""
    for data in target.seeds():
        target.take(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(name, data, id=f"{name}-{place}")
        for name, some in BROKE.items()
        for place, data in enumerate(some, start=1)
    ],
)
def test_what_broke_a_parser_once_breaks_it_no_more(name: str, data: bytes) -> None:
    """Each input that was found is kept."""
    _BY_NAME[name].take(data)


def test_every_parser_has_a_target_or_a_reason() -> None:
    """Whoever writes a module that takes texts apart names a target for it, or says why there is none."""
    tried = {module for one in TARGETS for module in one.reads}
    assert sorted(readers().keys() - tried - LEFT_OUT.keys()) == []
    assert sorted(tried & LEFT_OUT.keys()) == []
    assert sorted((tried | LEFT_OUT.keys()) - modules()) == []
    assert sorted(LEFT_OUT.keys() - readers().keys()) == []


def test_names_of_targets_differ() -> None:
    """A name leads to one target."""
    assert len(_BY_NAME) == len(TARGETS)


def test_a_parser_without_a_target_is_noticed() -> None:
    """The marks are found in what is known to read: JSON, TOML, Base64, dates, archives."""
    assert {
        "litmus.opinion_heard",
        "toml_text",
        "people.voucher",
        "sources.packed",
        "web.api.asked",
    } <= readers().keys()
