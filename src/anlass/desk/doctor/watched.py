"""Does somebody watch? Of one account, a mailbox or a door, by what `anlass work` wrote down of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.voice.common import spoken
from anlass.store.accounts.mail import MailState, Watch

_ALIVE = timedelta(minutes=10)
"""A worker says how it goes more often than that, also while a server is away."""


def watched(
    patient: Patient, account: str, state: MailState | None, in_words: Callable[[str], str]
) -> Iterator[Result]:
    """Tell whether an account was seen just now, and what troubles it; `in_words` says a trouble."""
    is_alive = state is not None and state.watch is not Watch.STOPPED and patient.now - state.seen_at < _ALIVE
    when = spoken(state.seen_at, patient.now, patient.lang) if state else ""
    key = "worker_well" if is_alive else "worker_gone" if state else "worker_never"
    told = says(patient.lang, key, account=account, when=when)
    yield Result("worker", is_well=is_alive, says=told, about=account)
    if is_alive and state is not None and state.watch is Watch.TROUBLED:
        yield Result("worker", is_well=False, says=in_words(state.trouble), about=account)
