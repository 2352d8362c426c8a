"""A tie in one sentence of facts, in German and in English.

"Ihr habt euch seit März 2026 vier Briefe geschrieben und einmal getroffen (re:publica)."
Numbers up to twelve are words, nobody is told a score, and where nothing is shared the
sentence says so. Letters that nothing proves are called that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.ledger.tie import Tie


@dataclass(frozen=True, slots=True)
class _Words:
    """The parts of the sentence in one language.

    A pair is the form for one and the form for several (of `met`: alone, and after
    letters); `{n}` is a number, `{times}` how often, `{when}` " seit März 2026".
    """

    months: str
    numbers: str
    times: str
    many_times: str
    nothing: str
    together: str
    exchanged: str
    came: tuple[str, str]
    sent: tuple[str, str]
    met: tuple[str, str]
    card: tuple[str, str]
    introduced: str
    in_month: str
    since: str
    unproven: tuple[str, str]
    partly: tuple[str, str]
    silent: str
    also: str


_DE = _Words(
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    numbers="null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    times="keinmal einmal zweimal dreimal viermal fünfmal sechsmal siebenmal achtmal neunmal "
    "zehnmal elfmal zwölfmal",
    many_times="{n}-mal",
    nothing="Bisher verbindet euch nichts",
    together="Ihr habt ",
    exchanged="euch{when} {n} Briefe geschrieben",
    came=(
        "Du hast{when} einen Brief bekommen und nicht beantwortet",
        "Du hast{when} {n} Briefe bekommen und keinen beantwortet",
    ),
    sent=(
        "Du hast{when} einen Brief geschrieben, eine Antwort kam nicht",
        "Du hast{when} {n} Briefe geschrieben, eine Antwort kam nicht",
    ),
    met=("euch {times} getroffen", "{times} getroffen"),
    card=("Karten getauscht", "{n} Karten getauscht"),
    introduced="ihr wurdet einander {times} vorgestellt",
    in_month=" im {month}",
    since=" seit {month}",
    unproven=("belegt ist er nicht", "belegt ist davon keiner"),
    partly=("belegt ist davon einer", "belegt sind davon {n}"),
    silent="seit {month} ist es still",
    also=" und ",
)
_EN = _Words(
    months="January February March April May June July August September October November December",
    numbers="no one two three four five six seven eight nine ten eleven twelve",
    times="never once twice",
    many_times="{n} times",
    nothing="So far you share nothing",
    together="You have ",
    exchanged="exchanged {n} letters{when}",
    came=(
        "You have received one letter{when} and not answered it",
        "You have received {n} letters{when} and answered none",
    ),
    sent=(
        "You have written one letter{when}, and no answer came",
        "You have written {n} letters{when}, and no answer came",
    ),
    met=("met {times}", "met {times}"),
    card=("swapped cards", "swapped {n} cards"),
    introduced="you were introduced to each other {times}",
    in_month=" in {month}",
    since=" since {month}",
    unproven=("it is not proven", "none of them is proven"),
    partly=("one of them is proven", "{n} of them are proven"),
    silent="it has been quiet since {month}",
    also=" and ",
)


def says(tie: Tie, lang: str) -> str:
    """Return one sentence of facts about `tie`, in German for `de`, else in English."""
    words = _DE if lang == "de" else _EN
    clauses = [*_letters(tie, words), *_shared(tie, words), *_introduced(tie, words)]
    clauses += [*_proof(tie, words), *_silence(tie, words)]
    sentence = "; ".join(_small(clause, words) if i else clause for i, clause in enumerate(clauses))
    return f"{_capital(sentence or words.nothing)}."


def _letters(tie: Tie, words: _Words) -> list[str]:
    """Return what was written where only one side wrote."""
    if bool(tie.mails_in) == bool(tie.mails_out):
        return []
    return [_of_number(words.came if tie.mails_in else words.sent, tie.mails_in + tie.mails_out, tie, words)]


def _shared(tie: Tie, words: _Words) -> list[str]:
    """Return what both did together: letters each way, meetings, cards."""
    done = []
    if tie.mails_in and tie.mails_out:
        letters = tie.mails_in + tie.mails_out
        done.append(words.exchanged.format(n=_number(letters, words), when=_when(tie, words)))
    if tie.meetings:
        places = f" ({', '.join(tie.places)})" if tie.places else ""
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
    if tie.proven:
        return [_of_number(words.partly, tie.proven, tie, words)]
    return [words.unproven[letters > 1]]


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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
