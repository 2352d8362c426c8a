"""Checks of the doors on chat networks: does each open, who could read its secret, does somebody watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.network_accounts import network_accounts, tried
from anlass.desk.voice import spoken
from anlass.desk.voice_of_networks import door_opens, door_trouble
from anlass.store.mail import Watch

_ALIVE = timedelta(minutes=10)


def doors(patient: Patient) -> Iterator[Result]:
    """Does each door open, with a secret that nobody else can read?"""
    for account in network_accounts(patient.book):
        name, secrets = account.name, patient.secrets
        if secrets.is_open_to_others(name):
            told = says(patient.lang, "secret_open", file=secrets.place(name))
            yield Result("doors", is_well=False, says=told, about=name)
            continue
        found = tried(account, secrets.get(name))
        told = door_opens(account.address, found.waiting, patient.lang)
        if found.trouble is not None:
            told = door_trouble(found.trouble, name, account.house, patient.lang)
        yield Result("doors", is_well=found.trouble is None, says=told, about=name)


def doors_watched(patient: Patient) -> Iterator[Result]:
    """Has each door been seen by `anlass work` just now?"""
    states = {state.account: state for state in patient.book.networks.states()}
    for account in network_accounts(patient.book):
        state = states.get(account.name)
        is_alive = (
            state is not None and state.watch is not Watch.STOPPED and patient.now - state.seen_at < _ALIVE
        )
        when = spoken(state.seen_at, patient.now, patient.lang) if state else ""
        key = "worker_well" if is_alive else "worker_gone" if state else "worker_never"
        told = says(patient.lang, key, account=account.name, when=when)
        yield Result("worker", is_well=is_alive, says=told, about=account.name)
        if is_alive and state is not None and state.watch is Watch.TROUBLED:
            told = door_trouble(state.trouble, account.name, account.house, patient.lang)
            yield Result("worker", is_well=False, says=told, about=account.name)
