"""A tie in one sentence of facts, in German and in English.

"Ihr habt euch seit März 2026 vier Briefe geschrieben und einmal getroffen (re:publica)."
Numbers up to twelve are words, nobody is told a score, and where nothing is shared the
sentence says so. Letters are mail, messages came through a network or a blog. Letters that
nothing proves are called that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.languages import capital
from anlass.ledger.tie import Tie

_PLACES = 3
"""Places that are named, the last ones: somebody met every week is met in many rooms."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The parts of the sentence in one language.

    A pair is the form for one and the form for several (of `met`: alone, and after
    letters; of `came_...`: one, several); `{n}` is a number, `{what}` letters and messages
    with theirs, `{times}` how often, `{when}` " seit März 2026".
    """

    months: str
    numbers: str
    times: str
    many_times: str
    nothing: str
    together: str
    letter: tuple[str, str]
    message: tuple[str, str]
    exchanged: str
    came_letters: tuple[str, str]
    came_messages: tuple[str, str]
    came_both: str
    sent: str
    met: tuple[str, str]
    card: tuple[str, str]
    introduced: str
    in_month: str
    since: str
    unproven: tuple[str, str]
    partly: tuple[str, str]
    unproven_letters: tuple[str, str]
    partly_letters: tuple[str, str]
    silent: str
    also: str
    turn: tuple[str, str]
    thread: tuple[str, str]
    within: str
    met_briefly: str


_DE = _Words(
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    numbers="null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    times="keinmal einmal zweimal dreimal viermal fünfmal sechsmal siebenmal achtmal neunmal "
    "zehnmal elfmal zwölfmal",
    many_times="{n}-mal",
    nothing="Bisher verbindet euch nichts",
    together="Ihr habt ",
    letter=("einen Brief", "{n} Briefe"),
    message=("eine Nachricht", "{n} Nachrichten"),
    exchanged="euch{when} {what} geschrieben",
    came_letters=(
        "Du hast{when} {what} bekommen und nicht beantwortet",
        "Du hast{when} {what} bekommen und keinen beantwortet",
    ),
    came_messages=(
        "Du hast{when} {what} bekommen und nicht beantwortet",
        "Du hast{when} {what} bekommen und keine beantwortet",
    ),
    came_both="Du hast{when} {what} bekommen und nichts davon beantwortet",
    sent="Du hast{when} {what} geschrieben, eine Antwort kam nicht",
    met=("euch {times} getroffen", "{times} getroffen"),
    card=("Karten getauscht", "{n} Karten getauscht"),
    introduced="ihr wurdet einander {times} vorgestellt",
    in_month=" im {month}",
    since=" seit {month}",
    unproven=("belegt ist er nicht", "belegt ist davon keiner"),
    partly=("belegt ist davon einer", "belegt sind davon {n}"),
    unproven_letters=("der Brief ist nicht belegt", "von den Briefen ist keiner belegt"),
    partly_letters=("von den Briefen ist einer belegt", "von den Briefen sind {n} belegt"),
    silent="seit {month} ist es still",
    also=" und ",
    turn=("{times} Brief und Antwort", "{times} Brief und Antwort"),
    thread=("einem Gespräch", "{n} Gesprächen"),
    within="{turns} in {threads}{when}",
    met_briefly="{times} getroffen",
)
_EN = _Words(
    months="January February March April May June July August September October November December",
    numbers="no one two three four five six seven eight nine ten eleven twelve",
    times="never once twice",
    many_times="{n} times",
    nothing="So far you share nothing",
    together="You have ",
    letter=("one letter", "{n} letters"),
    message=("one message", "{n} messages"),
    exchanged="exchanged {what}{when}",
    came_letters=(
        "You have received {what}{when} and not answered it",
        "You have received {what}{when} and answered none",
    ),
    came_messages=(
        "You have received {what}{when} and not answered it",
        "You have received {what}{when} and answered none",
    ),
    came_both="You have received {what}{when} and answered none",
    sent="You have written {what}{when}, and no answer came",
    met=("met {times}", "met {times}"),
    card=("swapped cards", "swapped {n} cards"),
    introduced="you were introduced to each other {times}",
    in_month=" in {month}",
    since=" since {month}",
    unproven=("it is not proven", "none of them is proven"),
    partly=("one of them is proven", "{n} of them are proven"),
    unproven_letters=("the letter is not proven", "none of the letters is proven"),
    partly_letters=("one of the letters is proven", "{n} of the letters are proven"),
    silent="it has been quiet since {month}",
    also=" and ",
    turn=("one turn", "{n} turns"),
    thread=("one thread", "{n} threads"),
    within="{turns} in {threads}{when}",
    met_briefly="met {times}",
)


def says(tie: Tie, lang: str) -> str:
    """Return one sentence of facts about `tie`, in German for `de`, else in English."""
    words = _DE if lang == "de" else _EN
    clauses = [*_one_sided(tie, words), *_shared(tie, words), *_introduced(tie, words)]
    clauses += [*_proof(tie, words), *_silence(tie, words)]
    sentence = "; ".join(_small(clause, words) if i else clause for i, clause in enumerate(clauses))
    return f"{capital(sentence or words.nothing)}."


def in_brief(tie: Tie, lang: str) -> str:
    """Return the facts of `tie` as a line of a list says them: "Four turns in two threads since March 2026".

    Where nobody has answered yet it is the whole sentence.
    """
    words = _DE if lang == "de" else _EN
    if not tie.turns:
        return says(tie, lang)
    turns, threads = (
        forms[count != 1].format(n=_number(count, words), times=_times(count, words))
        for forms, count in ((words.turn, tie.turns), (words.thread, max(1, min(tie.threads, tie.turns))))
    )
    clauses = [words.within.format(turns=turns, threads=threads, when=_when(tie, words))]
    if tie.meetings:
        places = f" ({', '.join(tie.places[-_PLACES:])})" if tie.places else ""
        clauses.append(words.met_briefly.format(times=_times(tie.meetings, words)) + places)
    sentence = ", ".join(clauses)
    return f"{capital('; '.join((sentence, *_silence(tie, words))))}."


def _one_sided(tie: Tie, words: _Words) -> list[str]:
    """Return what was written where only one side wrote."""
    came = tie.mails_in + tie.messages_in
    if bool(came) == bool(tie.mails_out + tie.messages_out):
        return []
    if not came:
        form = words.sent
    elif tie.mails_in and tie.messages_in:
        form = words.came_both
    else:
        form = (words.came_letters if tie.mails_in else words.came_messages)[came > 1]
    return [form.format(what=_written(tie, words), when=_when(tie, words))]


def _written(tie: Tie, words: _Words) -> str:
    """Return what was written by both: "vier Briefe und eine Nachricht"."""
    letters, messages = tie.mails_in + tie.mails_out, tie.messages_in + tie.messages_out
    counted = ((words.letter, letters), (words.message, messages))
    return _list([_of_number(forms, count, tie, words) for forms, count in counted if count], words)


def _shared(tie: Tie, words: _Words) -> list[str]:
    """Return what both did together: letters and messages each way, meetings, cards."""
    done = []
    if (tie.mails_in or tie.messages_in) and (tie.mails_out or tie.messages_out):
        done.append(words.exchanged.format(what=_written(tie, words), when=_when(tie, words)))
    if tie.meetings:
        places = f" ({', '.join(tie.places[-_PLACES:])})" if tie.places else ""
        done.append(words.met[bool(done)].format(times=_times(tie.meetings, words)) + places)
    if tie.cards:
        done.append(_of_number(words.card, tie.cards, tie, words))
    return [words.together + _list(done, words)] if done else []


def _introduced(tie: Tie, words: _Words) -> list[str]:
    return [words.introduced.format(times=_times(tie.introductions, words))] if tie.introductions else []


def _proof(tie: Tie, words: _Words) -> list[str]:
    """Say how many of the letters are proven, unless all of them are."""
    letters = tie.mails_in + tie.mails_out
    if tie.proven >= letters:
        return []
    has_messages = tie.messages_in or tie.messages_out
    if tie.proven:
        partly = words.partly_letters if has_messages else words.partly
        return [_of_number(partly, tie.proven, tie, words)]
    return [(words.unproven_letters if has_messages else words.unproven)[letters > 1]]


def _silence(tie: Tie, words: _Words) -> list[str]:
    return [words.silent.format(month=_month(tie.last, words))] if tie.is_dormant and tie.last else []


def _of_number(forms: tuple[str, str], count: int, tie: Tie, words: _Words) -> str:
    number = _number(count, words)
    return forms[count > 1].format(n=number, when=_when(tie, words))


def _when(tie: Tie, words: _Words) -> str:
    """Return " seit März 2026", or " im März 2026" where all happened in one month."""
    if tie.first is None or tie.last is None:
        return ""
    first, last = _month(tie.first, words), _month(tie.last, words)
    return (words.in_month if first == last else words.since).format(month=first)


def _month(moment: datetime, words: _Words) -> str:
    return f"{words.months.split()[moment.month - 1]} {moment.year}"


def _number(count: int, words: _Words) -> str:
    numbers = words.numbers.split()
    return numbers[count] if count < len(numbers) else str(count)


def _times(count: int, words: _Words) -> str:
    times = words.times.split()
    return times[count] if count < len(times) else words.many_times.format(n=_number(count, words))


def _list(parts: Sequence[str], words: _Words) -> str:
    return words.also.join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _small(clause: str, words: _Words) -> str:
    """Begin a later clause small, as the languages do; "Du" and "Ihr" are no nouns."""
    return clause[:1].lower() + clause[1:] if clause.startswith(words.together) else clause
