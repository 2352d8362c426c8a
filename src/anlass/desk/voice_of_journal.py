"""What the journal says: one sentence for each act. An act without one is shown by its own name."""

from __future__ import annotations

from collections.abc import Mapping

from anlass.desk.voice import Lang

_SHOWN = ("address", "host", "action", "choice", "tier", "minutes", "role", "standing", "to", "by")
_LONGEST = 120


def act_says(act: str, lang: Lang) -> str:
    """Say what was done."""
    return _ACTS[lang].get(act, act.replace("_", " ").replace("-", " ").capitalize())


def particulars(content: Mapping[str, object], lang: Lang) -> str:
    """Return what a line tells beside the act: an address, a tier, a number; never the words of a letter."""
    told = []
    for key in _SHOWN:
        value = content.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            told.append(_VALUES[lang].get(str(value), str(value))[:_LONGEST])
    return " · ".join(told)


_VALUES: dict[Lang, dict[str, str]] = {
    "de": {"owner": "Inhaber:in", "assistant": "Assistenz", "host": "Gastgeber:in"},
    "en": {},
}
_ACTS: dict[Lang, dict[str, str]] = {
    "de": {
        "answer": "Antwort nach deiner Regel vorbereitet",
        "assistants_send": "Festgelegt, ob Helfende Briefe abschicken",
        "apart": "Als zwei Personen festgehalten",
        "bounced": "Ein Brief kam als unzustellbar zurück",
        "cancel": "Brief zurückgeholt",
        "cards": "Karten geändert",
        "change_role": "Schlüssel geändert",
        "close": "In den engen Kreis genommen",
        "come_in": "Einladung angenommen",
        "connect": "Postfach verbunden",
        "decide": "Entschieden",
        "disconnect": "Postfach getrennt",
        "dismiss": "Schlüssel weggenommen",
        "distant": "Aus dem engen Kreis genommen",
        "doubtful": "Ob ein Brief ankam, ist ungewiss",
        "forget_notice": "Benachrichtigung verlernt",
        "give_time": "Zeit eingetragen",
        "grant": "Karte freigegeben",
        "house_page": "Text der öffentlichen Seite geändert",
        "house_rules": "Hausordnung geändert",
        "house_rules_refused": "Hausordnung mit Fehlern nicht übernommen",
        "invite": "Jemanden hereingebeten",
        "keep_private": "Für dich behalten",
        "kept_as_draft": "Als Entwurf gelassen",
        "lapsed": "Verfallen lassen",
        "not_sent": "Brief nicht verschickt",
        "pause": "Ausgang angehalten",
        "release": "Brief freigegeben",
        "resume": "Ausgang geöffnet",
        "retention": "Aufbewahrung geändert",
        "revoke": "Freigabe zurückgenommen",
        "same": "Als eine Person festgehalten",
        "send_again": "Brief noch einmal auf den Weg gebracht",
        "sent": "Brief verschickt",
        "share_again": "Nicht mehr nur für dich",
        "standing": "Stellung geändert",
        "stopped": "Ausgang hat sich selbst geschlossen",
        "take_back": "Entscheidung zurückgenommen",
        "take_back_time": "Eingetragene Zeit zurückgenommen",
        "teach": "Etwas beigebracht",
        "teach_notice": "Benachrichtigung gelernt",
        "uninvite": "Einladung zurückgenommen",
        "unteach": "Gelerntes vergessen",
        "unwatch": "Von der Merkliste genommen",
        "wake": "Merkliste hat sich gemeldet",
        "watch": "Auf die Merkliste gesetzt",
    },
    "en": {
        "answer": "Answer prepared by your rule",
        "assistants_send": "Said whether assistants send letters",
        "apart": "Noted as two persons",
        "bounced": "A letter came back undeliverable",
        "cancel": "Letter taken back",
        "cards": "Cards changed",
        "change_role": "Key changed",
        "close": "Taken into the inner circle",
        "come_in": "Invitation accepted",
        "connect": "Mailbox connected",
        "decide": "Decided",
        "disconnect": "Mailbox disconnected",
        "dismiss": "Key taken away",
        "distant": "Taken out of the inner circle",
        "doubtful": "Whether a letter arrived is uncertain",
        "forget_notice": "Notice unlearnt",
        "give_time": "Time noted",
        "grant": "Card granted",
        "house_page": "Words of the public page changed",
        "house_rules": "House rules changed",
        "house_rules_refused": "House rules with errors not adopted",
        "invite": "Somebody asked in",
        "keep_private": "Kept to yourself",
        "kept_as_draft": "Left as a draft",
        "lapsed": "Let lapse",
        "not_sent": "Letter not sent",
        "pause": "Outbox paused",
        "release": "Letter released",
        "resume": "Outbox opened",
        "retention": "Retention changed",
        "revoke": "Grant taken back",
        "same": "Noted as one person",
        "send_again": "Letter sent on its way again",
        "sent": "Letter sent",
        "share_again": "No longer yours alone",
        "standing": "Standing changed",
        "stopped": "The outbox shut itself",
        "take_back": "Decision taken back",
        "take_back_time": "Noted time taken back",
        "teach": "Something taught",
        "teach_notice": "Notice learnt",
        "uninvite": "Invitation taken back",
        "unteach": "Lesson forgotten",
        "unwatch": "Taken off the watch list",
        "wake": "The watch list spoke up",
        "watch": "Put on the watch list",
    },
}
