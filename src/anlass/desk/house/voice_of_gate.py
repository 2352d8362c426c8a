"""What the gate writes: the letter with a one-time code, and the one that asks somebody to come in."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from anlass.desk.voice.common import Lang
from anlass.store.gate.keys import Role


def code_letter(code: str, place: str, lang: Lang) -> tuple[str, str]:
    """Return subject and text of the letter that brings a code; `place` is the name of the server."""
    shown = f"{code[:4]}-{code[4:]}"
    words = _CODE[lang]
    return words["subject"].format(place=place), words["text"].format(code=shown, place=place)


def invitation_letter(by: str, role: Role, link: str, lang: Lang) -> tuple[str, str]:
    """Return subject and text of the letter that asks somebody to come in; `by` is who asks."""
    words = _INVITATION[lang]
    subject = words["subject"].format(by=by) if by else words["subject_of_nobody"]
    return subject, words["text"].format(what=words[role.value].format(by=by or words["nobody"]), link=link)


def change_letter(change: str, place: str, lang: Lang) -> tuple[str, str]:
    """Return subject and text of the letter that tells of a change: `key`, `passkey` or `forgotten`."""
    words = _CHANGE[lang]
    return words["subject"].format(place=place), words["text"].format(what=words[change], place=place)


def written(sender: str, to: str, subject: str, text: str, *, now: datetime, id_: str) -> bytes:
    """Return a letter as it goes over the wire; nobody answers it automatically."""
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"], message["Date"] = " ".join(subject.split()), format_datetime(now)
    message["Message-ID"] = f"<{id_}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


_CODE: dict[Lang, dict[str, str]] = {
    "de": {
        "subject": "Dein Code für {place}",
        "text": "{code}\n\nDieser Code öffnet {place} einmal, in den nächsten zehn Minuten und nur in dem "
        "Browser, der ihn bestellt hat.\n\nDu hast keinen bestellt? Dann hat jemand deine Adresse "
        "eingetippt. Ohne den Code kommt niemand hinein; du musst nichts tun.\n",
    },
    "en": {
        "subject": "Your code for {place}",
        "text": "{code}\n\nThis code opens {place} once, within the next ten minutes, and only in the "
        "browser that asked for it.\n\nYou did not ask for one? Then somebody typed your address. "
        "Nobody gets in without the code; there is nothing you need to do.\n",
    },
}
_CHANGE: dict[Lang, dict[str, str]] = {
    "de": {
        "subject": "Dein Zutritt zu {place} hat sich geändert",
        "key": "Dein Schlüssel wurde geändert oder weggenommen.",
        "passkey": "Ein Passkey kam dazu. Er öffnet ab jetzt ohne Mail.",
        "forgotten": "Ein Passkey wurde vergessen. Er öffnet nichts mehr.",
        "text": "{what}\n\nDas warst nicht du? Melde dich auf {place} an und sieh unter „Zutritt“ nach.\n",
    },
    "en": {
        "subject": "Your access to {place} has changed",
        "key": "Your key was changed or taken away.",
        "passkey": "A passkey was added. From now on it opens without a mail.",
        "forgotten": "A passkey was forgotten. It opens nothing any more.",
        "text": "{what}\n\nWas that not you? Log in to {place} and look under “Access”.\n",
    },
}
_INVITATION: dict[Lang, dict[str, str]] = {
    "de": {
        "subject": "{by} bittet dich herein",
        "subject_of_nobody": "Dein Zugang zu Anlass",
        "nobody": "Jemand",
        "owner": "Du bekommst einen Schlüssel: Hinter der Adresse unten liegt das Haus, an dessen Tür Anlass "
        "deine Kontaktanfragen liest.",
        "assistant": "{by} möchte, dass du bei den Kontaktanfragen hilfst. Was privat ist, siehst du nicht.",
        "host": "Du bekommst Zutritt zum Server: Du betreibst ihn und siehst, ob alles läuft. "
        "Vorgänge siehst du nicht.",
        "text": "{what}\n\n{link}\n\nDie Adresse gilt sieben Tage lang und nur einmal. Wer sie öffnet, "
        "kommt hinein; gib sie nicht weiter.\n",
    },
    "en": {
        "subject": "{by} asks you in",
        "subject_of_nobody": "Your way into Anlass",
        "nobody": "Somebody",
        "owner": "You are given a key: behind the address below lies the house at whose door Anlass reads "
        "your contact requests.",
        "assistant": "{by} would like you to help with contact requests. What is private you do not see.",
        "host": "You are let in to the server: you run it and see whether all is well. "
        "Nobody's cases are shown to you.",
        "text": "{what}\n\n{link}\n\nThe address works once, within seven days. Whoever opens it gets in; "
        "do not pass it on.\n",
    },
}
