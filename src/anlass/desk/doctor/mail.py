"""Checks of the mailboxes: can each be opened, who could read its secret, does somebody watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from anlass.desk.connecting import retested
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.mail_accounts import accounts
from anlass.desk.voice import spoken
from anlass.desk.voice_of_mail import tested_says, trouble_says
from anlass.store.mail import Watch
from anlass.wires.trouble import Trouble

_ALIVE = timedelta(minutes=10)
"""A worker says how it goes more often than that, also while a server is away."""


def secret_files(patient: Patient) -> Iterator[Result]:
    """Does each mailbox have its secret, in a place that nobody else can read?"""
    for account in accounts(patient.book):
        if patient.secrets.is_open_to_others(account.name):
            told = says(patient.lang, "secret_open", file=patient.secrets.place(account.name))
        elif patient.secrets.get(account.name) is None:
            told = trouble_says(Trouble.NO_SECRET, account, patient.lang)
        else:
            well = says(patient.lang, "secret_well", account=account.name)
            yield Result("secrets", is_well=True, says=well, about=account.name)
            continue
        yield Result("secrets", is_well=False, says=told, about=account.name)


def connections(patient: Patient) -> Iterator[Result]:
    """Does each server let the owner in, with everything the house needs?"""
    known = accounts(patient.book)
    if not known:
        yield Result("connection", is_well=None, says=says(patient.lang, "no_mailbox"))
    for account in known:
        if patient.secrets.get(account.name) is None:
            continue
        found = retested(account, patient.secrets)
        is_well = found.trouble is None and found.cannot_send is None
        told = " ".join(tested_says(found, patient.lang))
        yield Result("connection", is_well=is_well, says=told, about=account.name)


def worker(patient: Patient) -> Iterator[Result]:
    """Has each mailbox been seen by `anlass work` just now?"""
    states = {state.account: state for state in patient.book.mail.states()}
    for account in accounts(patient.book):
        state = states.get(account.name)
        is_alive = (
            state is not None and state.watch is not Watch.STOPPED and patient.now - state.seen_at < _ALIVE
        )
        when = spoken(state.seen_at, patient.now, patient.lang) if state else ""
        key = "worker_well" if is_alive else "worker_gone" if state else "worker_never"
        told = says(patient.lang, key, account=account.name, when=when)
        yield Result("worker", is_well=is_alive, says=told, about=account.name)
        if is_alive and state is not None and state.watch is Watch.TROUBLED:
            told = trouble_says(state.trouble, account, patient.lang)
            yield Result("worker", is_well=False, says=told, about=account.name)
