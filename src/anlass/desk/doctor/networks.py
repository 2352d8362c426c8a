"""Checks of the doors on chat networks: does each open, who could read its secret, does somebody watch."""

from __future__ import annotations

from collections.abc import Iterator

from anlass.channels.networks.account import NetworkAccount
from anlass.desk.accounts.networks import network_accounts, tried
from anlass.desk.accounts.voice_of_networks import door_opens, door_trouble
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.doctor.watched import watched


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
            told = door_trouble(found.trouble, name, account.house, patient.lang, place=found.place)
        yield Result("doors", is_well=found.trouble is None, says=told, about=name)


def doors_watched(patient: Patient) -> Iterator[Result]:
    """Has each door been seen just now?"""
    states = {state.account: state for state in patient.book.networks.states()}
    for account in network_accounts(patient.book):

        def in_words(trouble: str, account: NetworkAccount = account) -> str:
            return door_trouble(trouble, account.name, account.house, patient.lang)

        yield from watched(patient, account.name, states.get(account.name), in_words)
