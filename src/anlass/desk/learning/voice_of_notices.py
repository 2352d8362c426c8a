"""What is said while a notice is taught: what was found, what is asked, why no recipe came of it."""

from __future__ import annotations

from anlass.desk.learning.notices import Looked
from anlass.desk.voice.common import Lang

_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "sender": "Absender: {domain}{proof}",
        "proven": ", dein Anbieter bestätigt es",
        "unproven": ", dein Anbieter bestätigt es nicht",
        "subject": "Betreff: {subject}",
        "who": "Wer fragt: {name}",
        "nobody_seen": "Wer fragt, ist nicht zu erkennen.",
        "words": "Eigene Worte:\n{words}",
        "default": "Worte des Netzwerks, nicht des Menschen:\n{words}",
        "no_words": "Eigene Worte: keine",
        "links": "Links, die wegfallen: {links}",
        "no_links": "Links: keine",
        "recipe": "Betreffmuster: {subject}\nDavor steht: {after}\nDahinter steht: {before}",
        "kept": "Gemerkt als {name}: {path}. `anlass teach-notice --forget {name}` nimmt es zurück.",
        "dry": "Nur geprobt: Es ist alles, wie es war.",
        "forgotten": "Zurückgenommen: {name}. Was daraus schon ein Vorgang wurde, bleibt einer.",
        "dry_forget": "Nur geprobt: {name} ist noch da.",
        "nothing": "Du hast noch keine Meldung gelehrt.",
        "anonymous": "Geschrieben: {path}. Lies es durch, bevor du es weitergibst.",
        "not_alike": "Die Kopie liest sich anders als das Original. Geschrieben ist nichts. "
        "Sag mit --name, wer fragt, oder lehre die Meldung zuerst.",
        "ask_name": "Wer fragt?",
        "ask_words": "Sind das die eigenen Worte?",
        "ask_first": "Die ersten Worte (leer: es gibt keine)",
        "ask_last": "Die letzten Worte",
        "fault_nobody": "Niemand ist genannt. Sag mit --name, wer fragt.",
        "fault_not_there": "Name oder Worte stehen so nicht in der Meldung, oder der Absender fehlt.",
        "fault_other_name": "So liest sich ein anderer Name. Sag mit --name, wer fragt, wie es dort steht.",
        "fault_other_words": "So lesen sich andere Worte. Sag mit --first und --last, welche es sind.",
    },
    "en": {
        "sender": "Sender: {domain}{proof}",
        "proven": ", your provider confirms it",
        "unproven": ", your provider does not confirm it",
        "subject": "Subject: {subject}",
        "who": "Who asks: {name}",
        "nobody_seen": "Who asks cannot be seen.",
        "words": "Own words:\n{words}",
        "default": "The network's words, not the person's:\n{words}",
        "no_words": "Own words: none",
        "links": "Links that are dropped: {links}",
        "no_links": "Links: none",
        "recipe": "Pattern of the subject: {subject}\nBefore it stands: {after}\nBehind it stands: {before}",
        "kept": "Learned as {name}: {path}. `anlass teach-notice --forget {name}` takes it back.",
        "dry": "Only rehearsed: everything is as it was.",
        "forgotten": "Taken back: {name}. What became a case by it stays one.",
        "dry_forget": "Only rehearsed: {name} is still there.",
        "nothing": "You have taught no notice yet.",
        "anonymous": "Written: {path}. Read it through before you give it away.",
        "not_alike": "The copy does not read as the original does. Nothing was written. "
        "Say with --name who asks, or teach the notice first.",
        "ask_name": "Who asks?",
        "ask_words": "Are these the own words?",
        "ask_first": "The first words (empty: there are none)",
        "ask_last": "The last words",
        "fault_nobody": "Nobody is named. Say with --name who asks.",
        "fault_not_there": "Name or words do not stand in the notice like this, or it has no sender.",
        "fault_other_name": "So another name is read. Say with --name who asks, as it is written there.",
        "fault_other_words": "So other words are read. Say with --first and --last which they are.",
    },
}


def notice_words(lang: Lang) -> dict[str, str]:
    """Return the fixed sentences."""
    return _WORDS[lang]


def looked_says(looked: Looked, lang: Lang) -> tuple[str, ...]:
    """Say what was found in a notice, and the recipe that comes of it."""
    words, recipe = _WORDS[lang], looked.proposal.recipe
    said = list(asked_of_owner(looked, lang))
    if recipe is not None:
        dash = "–"
        said.append(
            words["recipe"].format(
                subject=recipe.subject, after=recipe.after or dash, before=recipe.before or dash
            )
        )
    return tuple(said)


def asked_of_owner(looked: Looked, lang: Lang) -> tuple[str, ...]:
    """Say what was found in a notice, before the owner is asked whether it is so."""
    words, proposal, message = _WORDS[lang], looked.proposal, looked.message
    domain = message.sender.address.rpartition("@")[2] if message.sender else "–"
    is_default = proposal.recipe is not None and bool(proposal.recipe.defaults)
    shown = "\n".join(f"  {line}" for line in proposal.words.split("\n"))
    links = ", ".join(f"{host} ({count})" for host, count in looked.links)
    return (
        words["sender"].format(domain=domain, proof=words["proven" if looked.is_proven else "unproven"]),
        words["subject"].format(subject=message.subject or "–"),
        words["who"].format(name=proposal.name) if proposal.name else words["nobody_seen"],
        words["default" if is_default else "words" if proposal.words else "no_words"].format(words=shown),
        words["links"].format(links=links) if links else words["no_links"],
    )


def fault_says(fault: str, lang: Lang) -> str:
    """Say why no recipe came of a notice."""
    return _WORDS[lang].get(f"fault_{fault}", fault)
