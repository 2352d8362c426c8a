"""Whoever watches over the machine: alive, ready, and figures that name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from anlass.bootstrap import open_home
from anlass.desk.safekeeping.heartbeat import Pulse, last_beat
from anlass.store.safekeeping.figures import is_ready
from anlass.store.safekeeping.steps import known_steps
from tests.characters import NOW, SCENES
from tests.pages import a_house_with_rules, pages_configured, visitor
from tests.walking import FRIEND, furnished

pytestmark = pytest.mark.slow  # makes a database with all its tables


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Return a browser of nobody in particular, before a house with people in it."""
    folder = tmp_path_factory.mktemp("house")
    book = furnished(folder, "owner", "Plant")
    with pages_configured():
        yield visitor(a_house_with_rules(open_home(str(folder))))
    book.close()


def test_health_is_one_word_for_everybody(caller: Client) -> None:
    """Under any host name, without a key, without a cookie, whatever asks for it."""
    for path, words in (("/health/live", b"ok\n"), ("/health/ready", None)):
        told = caller.get(path, headers={"host": "10.1.2.3:8025"})
        assert told.status_code == (200 if words else 200 if told.content == b"ok\n" else 503)
        assert told.content in {b"ok\n", b"not now\n"}
        assert told.headers["Cache-Control"] == "no-store"
        assert told.cookies == {}
    assert caller.head("/health/live").status_code == 200
    assert caller.get("/health/else").status_code == 403


def test_memory_is_ready_where_it_has_todays_shape(tmp_path: Path) -> None:
    """A step too few or too many is not."""
    book = open_home(str(tmp_path)).book
    using = book._tables.using
    assert is_ready(using)
    book._tables.write(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999', '2030-01-01')"
    )
    assert not is_ready(using)
    assert book.shape.steps() == (0, 1)
    book._tables.write("DELETE FROM django_migrations WHERE name >= %(newest)s", newest=max(known_steps()))
    assert not is_ready(using)
    assert book.shape.steps() == (1, 0)
    book.close()


def test_figures_are_off_and_then_for_this_machine_or_for_a_token(caller: Client, tmp_path: Path) -> None:
    """Nobody outside reads them; whoever comes through a proxy is outside."""
    assert caller.get("/metrics").status_code == 403
    with override_settings(ANLASS_METRICS="", ANLASS_DATA=tmp_path):
        near = visitor_again(caller)
        assert near.get("/metrics").status_code == 200
        assert near.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
        assert near.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404
    with override_settings(ANLASS_METRICS="a-token", ANLASS_DATA=tmp_path):
        near = visitor_again(caller)
        assert near.get("/metrics").status_code == 404
        assert near.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 404
        there = near.get("/metrics", headers={"authorization": "Bearer a-token"}, REMOTE_ADDR="192.0.2.7")
        assert there.status_code == 200


@pytest.mark.parametrize(
    "brought",
    [
        {"host": "attacker.example:8000"},
        {"host": "anlass.example.org"},
        {"host": "localhost.attacker.example"},
        {"host": ""},
        {"x-forwarded-for": ""},
        {"x-real-ip": "192.0.2.7"},
        {"forwarded": "for=192.0.2.7"},
        {"x-forwarded-host": "anlass.example.org"},
        {"via": "1.1 proxy"},
    ],
    ids=str,
)
def test_figures_are_for_nobody_whom_a_name_or_a_proxy_brings_here(
    caller: Client, tmp_path: Path, brought: dict[str, str]
) -> None:
    """A page elsewhere whose name was turned to this machine, and a proxy that names its callers badly."""
    with override_settings(ANLASS_METRICS="", ANLASS_DATA=tmp_path):
        assert visitor_again(caller).get("/metrics", headers=brought).status_code == 404
        for name in ("127.0.0.1:9090", "localhost", "[::1]:8025"):
            assert visitor_again(caller).get("/metrics", headers={"host": name}).status_code == 200


def visitor_again(caller: Client) -> Client:
    """Return the same browser before pages that read their settings anew."""
    return visitor(caller.defaults["anlass.house"])  # type: ignore[arg-type]


def test_figures_name_nobody(caller: Client, tmp_path: Path) -> None:
    """Pages by name, states by name, the worker's steps: no owner, no mailbox, no person, no address."""
    pulse = Pulse(tmp_path)
    with pulse.step("outbox"):
        pass
    pulse.beat(NOW.timestamp())
    assert (beat := last_beat(tmp_path)) is not None
    assert beat.steps["outbox"][0] == 1
    with override_settings(ANLASS_METRICS="", ANLASS_DATA=tmp_path):
        near = visitor_again(caller)
        for path in ("/", f"/people/?q={FRIEND}", "/case/secret-case/", "/c/secret-link", "/none/"):
            near.get(path)
        text = near.get("/metrics").content.decode()
    families = {one.name: one for one in text_string_to_metric_families(text)}
    assert {
        "anlass_requests",
        "anlass_cases",
        "anlass_work_step_seconds",
        "anlass_database_bytes",
    } <= families.keys()
    labels = {key for one in families.values() for sample in one.samples for key in sample.labels}
    assert labels <= {"page", "status", "kind", "state", "step", "version", "le"}
    steps = [sample.labels["step"] for sample in families["anlass_work_steps"].samples]
    assert steps == ["outbox"]
    names = [one.name for one in SCENES if one.name]
    assert [one for one in (FRIEND, "secret", "Plant", "owner-", *names) if one in text] == []
    pulse.end()
    assert last_beat(tmp_path) is None


def test_pulse_counts_what_breaks_too(tmp_path: Path) -> None:
    """A step that breaks took its time as well; what is no sign of life is none."""
    pulse = Pulse(tmp_path)
    with pytest.raises(ValueError, match="x"), pulse.step("door"):
        raise ValueError("x")
    pulse.beat(1.0)
    beat = last_beat(tmp_path)
    assert beat is not None
    assert (beat.at, beat.steps["door"][0]) == (1.0, 1)
    for text in ("", "[]", '{"at": "x", "steps": {}}', '{"steps": []}'):
        (tmp_path / "work.beat").write_text(text, encoding="ascii")
        assert last_beat(tmp_path) is None
