"""The book: everything that one owner's house remembers, grouped as its pages are.

Values go in and come out; nobody outside sees a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from anlass.intake import ContactRequest, NoRequest
from anlass.intake.contact_request import Origin
from anlass.ledger import Encounter
from anlass.ledger.letter import Letter
from anlass.people import Address, Person, Standing
from anlass.store.cases.answered import AnswerTables
from anlass.store.cases.journal import JournalPage
from anlass.store.cases.kept import CasePage, CaseState, CaseTables, KeptCase, survey_kept
from anlass.store.cases.lessons import LessonTables
from anlass.store.cases.opinions import OpinionTables, Spent
from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables
from anlass.store.history.awaited import await_introductions
from anlass.store.history.filed import Filed, FiledTables
from anlass.store.history.letters import Kept, LetterTables
from anlass.store.history.marks import Entry, JournalTables, MarkPage, MarkTables
from anlass.store.history.oddities import keep_oddities
from anlass.store.history.rounds import Round, round_after
from anlass.store.history.threads import mark_settled, settle, survey_what_came
from anlass.store.people.introductions import introduce, keep_addressees
from anlass.store.people.owner_page import OwnerPage
from anlass.store.people.persons import LedgerLine, OwnerTables, PeopleTables
from anlass.store.people.traces import Told
from anlass.store.programs.webhooks import event_of, new_case
from anlass.store.shelves import Shelves

if TYPE_CHECKING:
    from anlass.case import Case
    from anlass.litmus.copies import Copy
    from anlass.litmus.lessons import Lesson
    from anlass.litmus.opinion import Opinion
    from anlass.litmus.sketch import Sketch
    from anlass.policy import Known
    from anlass.store.cases.sketches import SketchTables, Unsketched

__all__ = [
    "Book",
    "CasePage",
    "CaseState",
    "Entry",
    "Filed",
    "Kept",
    "KeptCase",
    "LedgerLine",
    "Spent",
    "Told",
]


class Book(Shelves, MarkPage, JournalPage, OwnerPage):
    """The memory of one owner. Threads may share it; each has its own connection.

    What rarely goes together with anything else stands on a shelf of its own (`shelves.py`).
    """

    def __init__(
        self, owner: str, *, using: str = "default", for_assistant: bool = False, by: str = ""
    ) -> None:
        self.owner = owner
        Shelves.__init__(self, Tables(owner, using, for_assistant=for_assistant))
        MarkPage.__init__(self, MarkTables(self._tables))
        JournalPage.__init__(self, JournalTables(self._tables), by)
        OwnerPage.__init__(self, OwnerTables(self._tables))
        self._letters = LetterTables(self._tables)
        self._filed = FiledTables(self._tables)
        self._people = PeopleTables(self._tables)
        self._cases = CaseTables(self._tables)
        self._kept = 0
        self._answers = AnswerTables(self._tables)
        self._lessons = LessonTables(self._tables)
        self._opinions = OpinionTables(self._tables)

    def note(
        self, act: str, *, about: str = "", content: Mapping[str, object] | None = None, now: datetime
    ) -> str:
        """Add a line to the journal, for webhooks to hear of, and return its id."""
        with self.together():
            entry = super().note(act, about=about, content=content, now=now)
            if (told := event_of(act, about, content or {})) is not None:
                self.webhooks.announce(entry, told, now=now)
        return entry

    def for_keyholder(self, address: str, *, for_assistant: bool) -> Book:
        """Return the same memory, whose journal says who acted; an assistant's has nothing private in it."""
        return Book(self.owner, using=self._tables.using, for_assistant=for_assistant, by=address)

    @property
    def is_assistants(self) -> bool:
        """Whether an assistant has this memory in hand, and not its owner."""
        return self._tables.for_assistant

    # --- the owner ---

    def set_trusted(self, servers: frozenset[str]) -> None:
        """Write down whose statements about senders are believed; `settle` then weighs them."""
        changed = servers ^ self.trusted()
        if changed:
            with self.together():
                self._owner.put("trusted", json.dumps(sorted(servers)))
                self._letters.unsettle(changed)

    # --- letters ---

    def add_letters(self, letters: Sequence[Letter], stamps: Mapping[str, int] | None = None) -> int:
        """Keep a batch of letters with their places; return how many are new.

        `stamps` maps the paths of files that are one letter each to their marks.
        """
        letters = self.forgotten.without(letters)
        with self.together():
            keep_addressees(self._tables, letters)
            keep_oddities(self._tables, letters)
            return self._letters.add(letters, stamps or {})

    def kept_letters(self, ids: Iterable[str]) -> Mapping[str, Kept]:
        """Return those of the letters that are kept already."""
        return self._letters.kept(ids)

    def origins(self, letter: str) -> tuple[Origin, ...]:
        """Return the places where copies of a letter lie."""
        return self._letters.origins(letter)

    def letters_below(self, paths: Iterable[str]) -> Iterator[Filed]:
        """Yield the letters that lie in these files and folders, oldest first, each once."""
        return self._filed.below(paths)

    def found_request(self, letter: str, request: str) -> None:
        """Remember that a letter, read whole, is this request."""
        self._filed.write_request(letter, request)

    def found_none(self, decided: Iterable[tuple[str, NoRequest]]) -> None:
        """Remember of letters the rules by which they are no request."""
        self._filed.write_none(decided)

    def thread_begun_by_owner(self, letter: str) -> bool:
        """Tell whether the oldest letter of this letter's thread is the owner's."""
        return self._filed.thread_begun_by_owner(letter)

    def set_words(self, letter: str, words: str) -> None:
        """Remember the digest of a letter's own words."""
        self._letters.set_words(letter, words)

    def rename_letter(self, letter: str, new: str) -> None:
        """Give a letter another id, wherever it stands."""
        with self.together():
            self._letters.rename(letter, new)

    def has_letters(self) -> bool:
        """Tell whether any letter is kept."""
        return self._letters.has_any()

    def servers(self) -> Mapping[str, int]:
        """Return the servers whose word stands on top of letters, with the number of these letters."""
        return self._letters.servers()

    def settle(self) -> int:
        """Work out who is one person, what new letters change, who introduced whom, and who is how close.

        Returns how many threads had new letters.
        """
        if not self.traces.is_settled():
            await_introductions(self._tables)
        survey_what_came(self._tables)
        joined = self.traces.settle()
        settled = settle(self._tables, self.trusted())
        with self.together():
            introduce(self._tables, self.traces, settled.threads)
            if joined:
                self._cases.unmark_answered()
                self.inbox.called_otherwise()
                self._answers.mark_all()
            else:
                self._answers.mark_in(settled.threads)
            mark_settled(self._tables, settled)
        self.blocks.settle()
        self.register.settle()
        return len(settled.threads)

    def sent_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those Message-IDs that stand on letters of the owner."""
        return self._people.sent_ids(ids)

    # --- people ---

    def person_of(self, address: Address, name: str = "") -> Person:
        """Return whom the address belongs to; somebody new, of that name, where nobody is known by it."""
        return self._people.person_of(address, name)

    def person(self, id_: str) -> Person | None:
        """Return the person of this id, or `None`."""
        return self._people.person(id_)

    def people_named(self, text: str) -> tuple[Person, ...]:
        """Return the persons with this address, else those with this text in name or address."""
        return self._people.named(text)

    def meet(self, person: Person) -> None:
        """Write down a person; an address that belongs to somebody already stays there."""
        self._people.meet(person)

    def encounters_with(
        self, person: Person, *, without: ContactRequest | None = None, at: datetime | None = None
    ) -> tuple[Encounter, ...]:
        """Return all encounters with a person, oldest first; a request never speaks for itself.

        A meeting that is to come at the moment `at` is left out.
        """
        return self._people.encounters_with(person, without, at)

    def add_encounter(self, address: Address, encounter: Encounter) -> None:
        """Write down a meeting, card or introduction with the person of this address."""
        self._people.encounter(address, encounter)

    def people(self, *, at: datetime) -> Iterator[LedgerLine]:
        """Yield every person with what is shared as of `at`; lists and the owner are none."""
        return self._people.lines(at)

    def people_by_id(self, ids: Iterable[str], *, at: datetime) -> Iterator[LedgerLine]:
        """Yield these persons with what is shared as of `at`, in no order; who is nobody is left out."""
        found = {one.id: one for one in self._people.people(ids)}
        ties = self.register.ties(found, at)
        return (LedgerLine(person, ties[id_]) for id_, person in found.items())

    def known_addresses(self, *, at: datetime) -> frozenset[str]:
        """Return the mail addresses of all who are in touch with the owner."""
        return self._people.mails_of(self.register.in_touch(at))

    # --- cases ---

    def keep(self, case: Case, encounters: Sequence[Encounter] = (), *, now: datetime) -> bool:
        """Keep a case and the encounters it rests on; return whether it is new."""
        with self.together():
            self._people.meet(case.person)
            is_new = self._cases.keep(case, encounters, now=now)
            if is_new and not case.known.is_blocked:
                self.webhooks.announce(case.request.id, new_case(case), now=now)
        if is_new:
            self._kept += 1
            survey_kept(self._tables, self._kept)
        return is_new

    def rewrite(self, case: Case, encounters: Sequence[Encounter] = (), *, state: CaseState) -> None:
        """Replace a kept case by what it became."""
        self._cases.rewrite(case, encounters, state=state)

    def set_state(self, id_: str, state: CaseState) -> None:
        """Write down what a case needs from the owner from now on."""
        self._cases.set_state(id_, state)

    def case(self, id_or_prefix: str) -> KeptCase:
        """Return a case by its id or the beginning of it; raises `NotFound` with a hint."""
        return self._cases.find(id_or_prefix)

    def cases(
        self, state: CaseState | None = None, *, person: str | None = None, offset: int = 0, limit: int = 50
    ) -> CasePage:
        """Return a part of the cases, newest first, with the counts by state."""
        return self._cases.page(state, person, offset=offset, limit=limit)

    def asked_through(
        self, channel: str, person: Person, *, since: datetime, until: datetime
    ) -> Iterator[KeptCase]:
        """Yield the requests of a person, or of one of this name, through a network, newest first."""
        return self._cases.asked_through(
            channel, person.id, person.name, since=seconds(since), until=seconds(until)
        )

    # --- evidence from outside of one text ---

    def known_of(self, person: Person, *, without: str, before: datetime) -> Known:
        """Return what other cases say of a person: requests and questions before then, on the watch list."""
        from anlass.policy import Known  # noqa: PLC0415 - collecting needs none of what judges

        asked, is_watched, earlier = self._cases.known_of(person.id, without=without, before=before)
        return Known(Standing.WATCHED if is_watched else Standing.STRANGER, asked, earlier=earlier)

    def cases_asked(self) -> Iterator[KeptCase]:
        """Yield the cases in which the owner asked back, the question has left, and nothing has come yet."""
        return self._cases.asked()

    def round_after(self, message_id: str | None, person: Person) -> Round | None:
        """Return what followed a request in its thread: an own letter, and what came back."""
        return round_after(self._tables, message_id, person)

    @cached_property
    def _sketches(self) -> SketchTables:
        from anlass.store.cases.sketches import SketchTables  # noqa: PLC0415 - collecting needs none of what judges

        return SketchTables(self._tables)

    def keep_sketch(self, case: Case, letter: str, sketch: Sketch | None) -> None:
        """Keep the sketch of the text of a case that came in a letter, or that it has none."""
        self._sketches.write(case, letter, sketch)

    def earlier_alike(self, sketch: Sketch, mine: Copy) -> tuple[Copy, ...]:
        """Return the cases with nearly the same text that came before `mine`, the earliest first."""
        return self._sketches.earlier(sketch, mine)

    def later_alike(self, sketch: Sketch, mine: Copy) -> tuple[Copy, ...]:
        """Return the few cases with nearly the same text that came next after `mine`."""
        return self._sketches.later(sketch, mine)

    def unsketched(self) -> Iterator[Unsketched]:
        """Yield the cases that have no sketch of today's making."""
        return self._sketches.missing()

    # --- lessons ---

    def lessons(self) -> tuple[Lesson, ...]:
        """Return everything the owner taught, oldest first; earlier words on the same stay."""
        return self._lessons.all()

    def add_lessons(self, lessons: Iterable[Lesson]) -> int:
        """Keep lessons, each once; return how many are new."""
        with self.together():
            return self._lessons.add(lessons)

    def forget_lesson(self, id_: str) -> bool:
        """Forget a lesson; return whether there was one."""
        return self._lessons.forget(id_)

    # --- second opinions ---

    def add_opinion(self, case: str, opinion: Opinion) -> None:
        """Write down a second opinion on a case for which its letter left the house."""
        with self.together():
            self._opinions.add(case, opinion)

    def opinions(self, case: str) -> tuple[Opinion, ...]:
        """Return every second opinion on a case that was asked for, oldest first."""
        return self._opinions.all(case)

    def spent_on_opinions(self, *, since: datetime) -> Spent:
        """Return what second opinions have taken since then."""
        return self._opinions.spent(since)
