"""The audit of a list of contacts in words: its sums, its groups, and one sentence for every contact."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.desk.audit.auditing import Audit, Audited, Why
from anlass.desk.voice.common import Lang, day_and_month
from anlass.languages import capital
from anlass.ledger import says
from anlass.ledger.bonds import Bond


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences in one language; a pair is the form for one and the form for several."""

    numbers: str
    groups: dict[Bond, str]
    none: str
    contacts: tuple[str, str]
    evident: tuple[str, str, str]
    perhaps: tuple[str, str]
    rows: str
    without_mail: tuple[str, str]
    reaches: str
    empty: str
    kept: str
    nothing: str
    since: str
    same_name: str
    several: str
    shared: str


_DE = _Words(
    numbers="keiner einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    groups={
        Bond.IN_TOUCH: "in Verbindung",
        Bond.BOTH_WAYS: "beide haben geschrieben",
        Bond.MET: "getroffen",
        Bond.CARD: "nur eine Karte",
        Bond.ONE_WAY: "nur einer hat geschrieben",
        Bond.PERHAPS: "vielleicht",
        Bond.NOTHING: "nichts",
    },
    none="In dieser Liste steht kein Kontakt.",
    contacts=("In dieser Liste steht ein Kontakt", "In dieser Liste stehen {n} Kontakte"),
    evident=(
        "bei keinem haben beide etwas dafür getan",
        "bei einem haben beide etwas dafür getan",
        "bei {n} haben beide etwas dafür getan",
    ),
    perhaps=(
        "Einer könnte jemand sein, den du kennst: Er ist nicht mitgezählt.",
        "{n} könnten Menschen sein, die du kennst: Sie sind nicht mitgezählt.",
    ),
    rows="Die Liste hat {rows} Einträge; mehrere Einträge einer Person zählen einmal.",
    without_mail=(
        "Bei einem steht keine Mailadresse. Für ihn zählt nur, was das Netzwerk selbst belegt.",
        "Bei {n} steht keine Mailadresse. Für sie zählt nur, was das Netzwerk selbst belegt.",
    ),
    reaches="Die Belege reichen bis {day} zurück. Was davor war oder nicht eingelesen ist, fehlt hier.",
    empty="Das Beziehungsbuch ist leer. Lies erst deine Mail ein: anlass collect PATH",
    kept="Nichts gespeichert, nichts geändert, nichts verschickt.",
    nothing="Bisher verbindet euch nichts.",
    since="Kontakt seit {day}.",
    same_name="Vielleicht {who}: Der volle Name ist gleich, eine Adresse belegt es nicht.",
    several="Vielleicht {who}: Der volle Name ist gleich, eine Adresse belegt keinen davon.",
    shared="Vielleicht {who}: Die Adresse steht in der Liste unter verschiedenen Namen.",
)
_EN = _Words(
    numbers="none one two three four five six seven eight nine ten eleven twelve",
    groups={
        Bond.IN_TOUCH: "in touch",
        Bond.BOTH_WAYS: "both have written",
        Bond.MET: "met",
        Bond.CARD: "a card only",
        Bond.ONE_WAY: "only one has written",
        Bond.PERHAPS: "perhaps",
        Bond.NOTHING: "nothing",
    },
    none="There is no contact in this list.",
    contacts=("There is one contact in this list", "There are {n} contacts in this list"),
    evident=(
        "with none of them have both sides done something",
        "with one of them both sides have done something",
        "with {n} of them both sides have done something",
    ),
    perhaps=(
        "One may be somebody you know: it is not counted in.",
        "{n} may be people you know: they are not counted in.",
    ),
    rows="The list has {rows} entries; several entries of one person count once.",
    without_mail=(
        "One has no mail address here. Only what the network itself proves counts for it.",
        "{n} have no mail address here. Only what the network itself proves counts for them.",
    ),
    reaches="The evidence goes back to {day}. What was before, or was not read in, is missing here.",
    empty="The ledger is empty. Read in your mail first: anlass collect PATH",
    kept="Nothing was kept, nothing changed, nothing sent.",
    nothing="So far you share nothing.",
    since="A contact since {day}.",
    same_name="Perhaps {who}: the full name is the same, no address proves it.",
    several="Perhaps {who}: the full name is the same, no address proves any of them.",
    shared="Perhaps {who}: the list has the address under different names.",
)


def group_name(bond: Bond, lang: Lang) -> str:
    """Name a group in a few words."""
    return _words(lang).groups[bond]


def sums_say(audit: Audit, lang: Lang) -> tuple[str, ...]:
    """Say how many contacts are contacts, and how far that can be relied on; one sentence or two each."""
    words, all_, evident = _words(lang), len(audit.contacts), audit.evident
    contacts, both = _of(words.contacts, all_, words), words.evident[min(evident, 2)]
    said = [f"{contacts}; {both.format(n=_number(evident, words))}." if all_ else words.none]
    perhaps = audit.count(Bond.PERHAPS)
    if perhaps:
        said.append(capital(_of(words.perhaps, perhaps, words)))
    if audit.entries > all_:
        said.append(words.rows.format(rows=audit.entries))
    if audit.without_mail:
        said.append(capital(_of(words.without_mail, audit.without_mail, words)))
    if audit.since:
        said.append(words.reaches.format(day=day_and_month(audit.since, audit.since, lang)))
    else:
        said.append(words.empty)
    return tuple(said)


def nothing_read(lang: Lang) -> str:
    """Say that the ledger is empty, and how it is filled."""
    return _words(lang).empty


def nothing_kept(lang: Lang) -> str:
    """Say that an audit leaves everything as it was."""
    return _words(lang).kept


def contact_says(one: Audited, lang: Lang) -> str:
    """Say what one contact rests on, in a sentence or two."""
    words, said = _words(lang), []
    if one.perhaps:
        said.append(_candidates(one, words))
    elif one.bond is Bond.NOTHING:
        said.append(words.nothing)
    else:
        said.append(says(one.tie, lang))
    if one.contact.since and one.bond in {Bond.NOTHING, Bond.PERHAPS}:
        said.append(words.since.format(day=day_and_month(one.contact.since, one.contact.since, lang)))
    return " ".join(said)


def _candidates(one: Audited, words: _Words) -> str:
    who = ", ".join(_who(line.person.name, [a.value for a in line.person.addresses]) for line in one.perhaps)
    if one.why is Why.SHARED:
        return words.shared.format(who=who)
    return (words.several if len(one.perhaps) > 1 else words.same_name).format(who=who)


def _who(name: str, addresses: list[str]) -> str:
    return f"{name} <{addresses[0]}>" if addresses and addresses[0] != name else name


def _words(lang: Lang) -> _Words:
    return _DE if lang == "de" else _EN


def _of(forms: tuple[str, str], count: int, words: _Words) -> str:
    return forms[count != 1].format(n=_number(count, words))


def _number(count: int, words: _Words) -> str:
    numbers = words.numbers.split()
    return numbers[count] if count < len(numbers) else str(count)
