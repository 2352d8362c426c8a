"""Checks of the mailboxes: can each be opened, who could read its secret, does somebody watch."""

from __future__ import annotations

from collections.abc import Iterator

from anlass.channels.mail.account import Account
from anlass.desk.accounts.connecting import retested
from anlass.desk.accounts.mail import accounts
from anlass.desk.accounts.voice_of_mail import tested_says, trouble_says
from anlass.desk.doctor.results import Patient, Result
from anlass.desk.doctor.voice import says
from anlass.desk.doctor.watched import watched
from anlass.wires.trouble import Trouble


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
    """Has each mailbox been seen just now?"""
    states = {state.account: state for state in patient.book.mail.states()}
    for account in accounts(patient.book):

        def in_words(trouble: str, account: Account = account) -> str:
            return trouble_says(trouble, account, patient.lang)

        yield from watched(patient, account.name, states.get(account.name), in_words)
