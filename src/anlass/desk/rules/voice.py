"""House rules in words: what they would have done to the past, what changed, why some cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from anlass.desk.voice.common import Lang, day_and_month
from anlass.policy import Action, Policy, Words
from anlass.policy.labels import ACTIONS
from anlass.policy.replay import Replayed, Share, Sum, Truth
from anlass.policy.sharing import Personal, Shared
from anlass.store.cases.versions import Version

_FEWEST = 10
"""Cases below which a range says nothing that the two numbers do not."""

_REFUSED = Words(
    "Die Hausordnung lässt sich nicht benutzen. Alles wird dir vorgelegt.",
    "The house rules cannot be used. Everything is left to you.",
)
_REFUSED_FOR_LAST = Words(
    "Diese Hausordnung lässt sich nicht benutzen. Es gilt weiter die letzte gute, vom {day}.",
    "These house rules cannot be used. The last good ones, of {day}, go on.",
)
_PAST = Words(
    "{count} Anfragen vom {first} bis zum {last}, jede von ihrem Tag aus gesehen.",
    "{count} requests from {first} to {last}, each seen from its own day.",
)
_NO_PAST = Words("Noch liegt keine Anfrage vor.", "There is no request yet.")
_FIRST_LETTERS = Words(
    "Dazu {n} erste Briefe von Menschen, mit denen du heute in Verbindung stehst.",
    "And {n} first letters of people you are in touch with today.",
)
_ONE_FIRST_LETTER = Words(
    "Dazu der erste Brief eines Menschen, mit dem du heute in Verbindung stehst.",
    "And the first letter of somebody you are in touch with today.",
)
_HELD_AGAINST = Words("Gemessen an deinen eigenen Antworten:", "Held against your own answers:")
_SHARES = {
    "speaks": Words(
        "Wo diese Regeln schreiben, hast du {count} von {of} Mal geschrieben{range}.",
        "Where these rules write, you wrote {count} of {of} times{range}.",
    ),
    "spoken": Words(
        "Von {of} Menschen, denen du geschrieben hast, schreiben sie {count}{range}.",
        "Of {of} people you wrote to, they write to {count}{range}.",
    ),
    "silent": Words(
        "Wo sie schweigen, hast du {count} von {of} Mal geschwiegen{range}.",
        "Where they stay silent, you stayed silent {count} of {of} times{range}.",
    ),
    "silenced": Words(
        "Von {of} Anfragen, auf die du geschwiegen hast, legen sie dir {count} nicht mehr vor{range}.",
        "Of {of} requests you left unanswered, they keep {count} from you{range}.",
    ),
}
_RANGE = Words(
    " (der wahre Anteil liegt wohl zwischen {low} und {high} von 100)",
    " (the true share is probably between {low} and {high} in 100)",
)
_NOBODY = {
    "speaks": Words("Diese Regeln schreiben hier niemandem.", "These rules write to nobody here."),
    "spoken": Words("Du hast noch niemandem geantwortet.", "You have answered nobody yet."),
    "silent": Words("Diese Regeln übergehen hier niemanden.", "These rules pass over nobody here."),
    "silenced": Words("Unbeantwortet ist hier nichts.", "Nothing is unanswered here."),
}
_LEFT = Words("{n} werden dir vorgelegt; da entscheidest du.", "{n} are left to you; there you decide.")
_MISSED = Words(
    "Diese hast du beantwortet, die Regeln übergehen sie: {names}.",
    "You answered these, the rules pass over them: {names}.",
)
_YOUNG = Words(
    "{n} unbeantwortete sind jünger als zwei Wochen und zählen dabei nicht mit.",
    "{n} unanswered ones are younger than two weeks and are not counted in this.",
)
_LIMITS = Words(
    "Das sind Zahlen über geschriebene Antworten, mehr nicht: Wer am Telefon Antwort bekam oder wessen Brief "
    "du nie gesehen hast, zählt als unbeantwortet. Was jemand gesagt hätte, den du nicht gefragt hast, weiß "
    "niemand.",
    "These figures are about written answers and nothing else: whoever you answered on the telephone, or "
    "whose letter you never saw, counts as unanswered. What somebody would have said whom you did not ask, "
    "nobody knows.",
)
_COUNTS = Words(
    "{cases}, beantwortet {answered}, seither im Briefwechsel {in_letters}",
    "{cases}, answered {answered}, now in correspondence {in_letters}",
)
_CHANGES = {
    0: Words("Keine Anfrage wird anders entschieden.", "No request is decided otherwise."),
    1: Words("Eine Anfrage wird anders entschieden:", "One request is decided otherwise:"),
    2: Words("{n} Anfragen werden anders entschieden:", "{n} requests are decided otherwise:"),
}
_LONGEST_LIST = 8
_ADOPTED = Words("Es gilt jetzt: {title}, {n} Regeln.", "In force now: {title}, {n} rules.")
_WAITING = {
    0: Words("Keine wartende Anfrage ist anders entschieden.", "No waiting request is decided otherwise."),
    1: Words("Eine wartende Anfrage ist anders entschieden.", "One waiting request is decided otherwise."),
    2: Words("{n} wartende Anfragen sind anders entschieden.", "{n} waiting requests are decided otherwise."),
}
_VERSION = Words("seit dem {day}, eigene Regeln: {n}, {came}", "since {day}, own rules: {n}, {came}")
_CAME = {
    "file": Words("aus der Datei", "from the file"),
    "choose": Words("gewählt: {what}", "chosen: {what}"),
    "add": Words("Regel dazu: {what}", "rule added: {what}"),
    "import": Words("übernommen", "imported"),
    "undo": Words("zurückgeholt", "brought back"),
    "page": Words("auf der Seite geschrieben", "written on the page"),
    "api": Words("durch ein Programm", "by a program"),
}
_LEFT_OUT = {
    Personal.FACT: Words(
        "Ausgelassen: „{name}“ vergleicht etwas, das nur dir gehört.",
        "Left out: “{name}” compares something that is yours alone.",
    ),
    Personal.WORDS: Words(
        "Ausgelassen: „{name}“ nennt einen Menschen, eine Adresse oder eine Nummer.",
        "Left out: “{name}” names a person, an address or a number.",
    ),
}
_SHARED = Words(
    "Regeln in der Datei: {n}. Lies sie noch einmal, bevor du sie weitergibst.",
    "Rules in the file: {n}. Read them once more before you pass them on.",
)


def rules_refused_say(last: Version | None, lang: Lang) -> str:
    """Say which rules hold where those in the file cannot be used."""
    if last is None:
        return _REFUSED.in_(lang)
    return _REFUSED_FOR_LAST.in_(lang).format(day=day_and_month(last.since, last.since, lang))


def adopted_says(policy: Policy, cases: int, lang: Lang) -> str:
    """Say that new house rules hold, and how many waiting requests are decided otherwise."""
    held = _ADOPTED.in_(lang).format(n=len(policy.rules), title=policy.title.in_(lang))
    return f"{held} {_WAITING[min(cases, 2)].in_(lang).format(n=cases)}"


def version_says(version: Version, lang: Lang) -> str:
    """Say since when rules held, and how they came."""
    day = day_and_month(version.since, version.since, lang)
    came = came_says(version.by, lang)
    return _VERSION.in_(lang).format(day=day, came=came, n=version.text.count("[[rule]]"))


def came_says(by: str, lang: Lang) -> str:
    """Say how rules came to hold, from what their version keeps of it; a word that is none of these stays."""
    how, _, what = by.partition(" ")
    told = _CAME[how].in_(lang).format(what=what) if how in _CAME else by
    return told.removesuffix(": ")


def left_out_says(shared: Shared, lang: Lang) -> tuple[str, ...]:
    """Say which rules are not shared, and why."""
    said = [_LEFT_OUT[why].in_(lang).format(name=rule.name.in_(lang)) for rule, why in shared.left_out]
    return (*said, _SHARED.in_(lang).format(n=shared.rules))


def past_says(cases: Sequence[Replayed], first_letters: int, now: datetime, lang: Lang) -> tuple[str, ...]:
    """Say how much past there is, and from when to when."""
    if not cases:
        return (_NO_PAST.in_(lang),)
    days = sorted(one.came for one in cases)
    first, last = (day_and_month(day, now, lang) for day in (days[0], days[-1]))
    said = [_PAST.in_(lang).format(count=len(cases) - first_letters, first=first, last=last)]
    if first_letters:
        words = _ONE_FIRST_LETTER if first_letters == 1 else _FIRST_LETTERS
        said.append(words.in_(lang).format(n=first_letters))
    return tuple(said)


def sums_rows(found: Mapping[Action, Sum], lang: Lang) -> tuple[tuple[str, Sum], ...]:
    """Return a row for each action the rules took, in the order of the actions."""
    return tuple((ACTIONS[action].in_(lang), count) for action, count in found.items())


def sum_says(count: Sum, lang: Lang) -> str:
    """Say one row of sums."""
    return _COUNTS.in_(lang).format(cases=count.cases, answered=count.answered, in_letters=count.in_letters)


def truth_says(found: Truth, lang: Lang) -> tuple[str, ...]:
    """Say how rules fit the owner's own answers, and how far that can be trusted."""
    shares = ("speaks", "spoken", "silent", "silenced")
    said = [_share_says(name, getattr(found, name), lang) for name in shares]
    if found.missed:
        names = [one.name for one in found.missed[:_LONGEST_LIST]]
        more = len(found.missed) - len(names)
        names += [f"+ {more}"] if more else []
        said.append(_MISSED.in_(lang).format(names=", ".join(names)))
    said.append(_LEFT.in_(lang).format(n=found.left))
    if found.young:
        said.append(_YOUNG.in_(lang).format(n=found.young))
    return (_HELD_AGAINST.in_(lang), *said)


def limits_say(lang: Lang) -> str:
    """Say how far those figures can be trusted."""
    return _LIMITS.in_(lang)


def changes_say(count: int, lang: Lang) -> str:
    """Say how many requests are decided otherwise."""
    return _CHANGES[min(count, 2)].in_(lang).format(n=count)


def _share_says(name: str, share: Share, lang: Lang) -> str:
    if not share.of:
        return _NOBODY[name].in_(lang)
    low, high = share.bounds
    within = _RANGE.in_(lang).format(low=round(low * 100), high=round(high * 100))
    return (
        _SHARES[name]
        .in_(lang)
        .format(count=share.count, of=share.of, range=within if share.of >= _FEWEST else "")
    )
