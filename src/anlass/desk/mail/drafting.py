"""Drafts where the owner's mail program looks for them: one for each case that wants one, never two.

What is about to be done is written down before, and looked up by its Message-ID afterwards: a line that
breaks in the middle leaves neither none nor two. What the owner has changed, sent or thrown away is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.channels.mail.account import Account
from anlass.channels.mail.letter import Reply, digest_of, written
from anlass.channels.mail.line import Line
from anlass.desk.decisions.answers import answer_to
from anlass.doorman import Doorman
from anlass.intake import Channel, Recipient
from anlass.people import AddressKind
from anlass.replies import Draft
from anlass.store.accounts.mail import DraftState, PlacedDraft
from anlass.store.book import Book
from anlass.store.cases.kept import KeptCase
from anlass.store.outgoing.outbox import LIVE

_LONGEST = 256 * 1024
_FLAGS = (r"\Draft", r"\Seen")
_THERE = frozenset({DraftState.MEANT, DraftState.PLACED})


@dataclass(frozen=True, slots=True)
class Drawer:
    """The Drafts folder of one account, open on a line; `folder` is its name on the server."""

    book: Book
    doorman: Doorman
    account: Account
    me: Recipient
    line: Line
    folder: str

    def settle(self, cases: Iterable[str], *, now: datetime) -> int:
        """See to it that each of these cases has its draft, or none; return how many drafts moved."""
        return sum(self._settle(self.book.case(one), now) for one in cases)

    def _settle(self, kept: KeptCase, now: datetime) -> bool:
        key, reply = kept.id, self._reply(kept)
        if kept.case.second is not None:
            key = f"{kept.id}.2"
            first = self.book.mail.draft(kept.id)
            if first is not None and first.state in _THERE and first.account == self.account.name:
                self._take_back(first)
        lies = self.book.mail.draft(key)
        if lies is None or lies.state is DraftState.TAKEN_BACK:
            return reply is not None and self._put(key, reply, None, now)
        if lies.account != self.account.name or lies.state is DraftState.LEFT:
            return False
        if reply is None:
            return self._take_back(lies)
        if lies.state is DraftState.MEANT:
            return self._put(key, reply, lies, now)
        return reply.digest != lies.digest and self._replace(key, reply, lies, now)

    def _reply(self, kept: KeptCase) -> Reply | None:
        """Return what is to lie in Drafts for a case, `None` where nothing is to be said, or was said."""
        request = kept.case.request
        address = request.requester.address
        if kept.answered_at is not None or request.channel is not Channel.MAIL:
            return None
        if any(one.state in LIVE for one in self.book.outbox.of_request(kept.id)):
            return None  # it leaves through the outbox: a second way out would send it twice
        draft = self._draft(kept)
        if draft is None or address is None or address.kind is not AddressKind.MAIL:
            return None
        answers = kept.case.second.reply.request.message_id if kept.case.second else request.message_id
        return Reply(
            sender_name=self.me.name,
            sender=self.account.address,
            to_name=request.requester.name,
            to=address.value,
            subject=draft.subject.words if draft.subject else "",
            text=draft.text.words,
            answers=answers,
        )

    def _draft(self, kept: KeptCase) -> Draft | None:
        """Return the words that fit the owner's decision where there is one, else the house rules'."""
        return answer_to(self.book, self.doorman.templates, kept).draft

    def _put(self, case: str, reply: Reply, before: PlacedDraft | None, now: datetime) -> bool:
        """Put a draft into the folder, unless it lies there; whose place it takes is removed first."""
        message_id = reply.message_id(case)
        old = [one for one in before.message_id.split() if one != message_id] if before else []
        meant = PlacedDraft(
            case, self.account.name, " ".join([message_id, *old]), reply.digest, DraftState.MEANT
        )
        if not self.book.mail.claim_draft(meant):
            return False
        self.book.mail.keep_draft(meant)
        self.line.enter(self.folder)
        for one in old:
            if uids := self.line.find(one):
                self.line.remove(uids)
        if not self.line.find(message_id):
            self.line.append(self.folder, written(reply, message_id, now), _FLAGS)
        self.book.mail.keep_draft(replace(meant, message_id=message_id, state=DraftState.PLACED))
        return True

    def _replace(self, case: str, reply: Reply, lies: PlacedDraft, now: datetime) -> bool:
        """Put another draft in the place of one that nobody has touched."""
        if not self._untouched(lies):
            self.book.mail.keep_draft(replace(lies, state=DraftState.LEFT))
            return False
        return self._put(case, reply, lies, now)

    def _take_back(self, lies: PlacedDraft) -> bool:
        """Take a draft out that is not wanted any more, unless the owner has touched it."""
        uids = self._untouched(lies)
        if uids:
            self.line.remove(uids)
        is_unplaced = lies.state is DraftState.MEANT and not uids
        state = DraftState.TAKEN_BACK if uids or is_unplaced else DraftState.LEFT
        self.book.mail.keep_draft(replace(lies, state=state))
        return bool(uids)

    def _untouched(self, lies: PlacedDraft) -> tuple[int, ...]:
        """Return where a draft lies as it was put there; nothing where the owner has made it their own."""
        self.line.enter(self.folder)
        uids = self.line.find(lies.message_id.split()[0])
        for uid in uids:
            raw = self.line.text_of(uid, _LONGEST)
            if raw is None or digest_of(raw) != lies.digest:
                return ()
        return uids
