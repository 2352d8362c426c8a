"""How the owner is told of mailboxes: what stands in the way, what a server can do, what to do first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from anlass.channels.mail.account import Account
from anlass.channels.mail.providers import Provider
from anlass.desk.accounts.connecting import Tested
from anlass.desk.voice.common import Lang, spoken
from anlass.store.accounts.mail import MailState, Watch
from anlass.wires.trouble import Trouble

TROUBLES: dict[Lang, dict[str, str]] = {
    "de": {
        Trouble.NO_SUCH_HOST: "Den Server {host} gibt es nicht, oder das Netz ist gerade weg.",
        Trouble.REFUSED: "Auf {host} nimmt an Port {port} niemand ab. Stimmt der Port, läuft der Server?",
        Trouble.UNREACHABLE: "{host} ist nicht zu erreichen. Steht das Netz?",
        Trouble.SILENT: "{host} antwortet nicht. Vielleicht ist er überlastet, oder ein Filter liegt "
        "dazwischen.",
        Trouble.NO_TLS: "{host} spricht an Port {port} kein TLS. Ohne Verschlüsselung geht kein Passwort "
        "hinaus.",
        Trouble.CERTIFICATE_UNKNOWN: "Wer das Zertifikat von {host} ausgestellt hat, ist hier unbekannt. "
        "Das Passwort wurde nicht gesendet.",
        Trouble.CERTIFICATE_EXPIRED: "Das Zertifikat von {host} ist abgelaufen, oder die Uhr hier geht "
        "falsch. "
        "Das Passwort wurde nicht gesendet.",
        Trouble.CERTIFICATE_OF_ANOTHER: "Das Zertifikat, das {host} zeigt, gehört einem anderen Server. "
        "Das Passwort wurde nicht gesendet.",
        Trouble.PASSWORD: "{host} nimmt Nutzer oder Passwort nicht an. Neu setzen: anlass connect {address}",
        Trouble.APP_PASSWORD: "{host} will ein App-Passwort. Lege eins in den Einstellungen deines "
        "Anbieters an; "
        "das gewöhnliche nimmt er von Programmen nicht.",
        Trouble.NO_SECRET: "Für {address} ist kein Passwort da, oder es liegt so, dass andere es lesen "
        "könnten. "
        "Setzen: anlass connect {address}",
        Trouble.BUSY: "{host} lässt gerade niemanden ein.",
        Trouble.BROKE_OFF: "Die Verbindung zu {host} ist abgerissen.",
        Trouble.UNREADABLE: "Was {host} antwortet, lässt sich nicht lesen.",
        Trouble.TURNED_DOWN: "{host} lehnt ab, was Anlass fragt.",
        Trouble.FULL: "Das Postfach {address} ist voll. Entwürfe finden keinen Platz.",
        "store": "Der Speicher von Anlass nimmt gerade nichts auf. Ist die Platte voll?",
        "server": "Mit {host} stimmt etwas nicht.",
        "broken": "Anlass ist an etwas gescheitert. Das Log nennt die Stelle.",
    },
    "en": {
        Trouble.NO_SUCH_HOST: "There is no server {host}, or the network is down.",
        Trouble.REFUSED: "Nobody answers on {host} at port {port}. Is the port right, is the server running?",
        Trouble.UNREACHABLE: "{host} cannot be reached. Is the network up?",
        Trouble.SILENT: "{host} does not answer. It may be overloaded, or a filter stands in between.",
        Trouble.NO_TLS: "{host} does not speak TLS at port {port}. Without encryption no password leaves.",
        Trouble.CERTIFICATE_UNKNOWN: "Whoever issued the certificate of {host} is not known here. "
        "The password was not sent.",
        Trouble.CERTIFICATE_EXPIRED: "The certificate of {host} has expired, or the clock here is wrong. "
        "The password was not sent.",
        Trouble.CERTIFICATE_OF_ANOTHER: "The certificate that {host} shows is another server's. "
        "The password was not sent.",
        Trouble.PASSWORD: "{host} does not accept the user or the password. Set it anew: anlass connect "
        "{address}",
        Trouble.APP_PASSWORD: "{host} wants an app password. Make one in the settings of your provider; "
        "it does not take the ordinary one from programs.",
        Trouble.NO_SECRET: "There is no password for {address}, or others could read it where it lies. "
        "Set it: anlass connect {address}",
        Trouble.BUSY: "{host} lets nobody in at the moment.",
        Trouble.BROKE_OFF: "The connection to {host} broke off.",
        Trouble.UNREADABLE: "What {host} answers cannot be read.",
        Trouble.TURNED_DOWN: "{host} turns down what Anlass asks.",
        Trouble.FULL: "The mailbox {address} is full. There is no room for drafts.",
        "store": "The memory of Anlass takes nothing at the moment. Is the disk full?",
        "server": "Something is wrong with {host}.",
        "broken": "Anlass failed at something. The log says where.",
    },
}
_NEEDS: dict[Lang, dict[str, str]] = {
    "de": {
        "app_password": "{name} will ein App-Passwort: in den Sicherheitseinstellungen anlegen, hier "
        "einsetzen.",
        "enable": "{name} öffnet IMAP erst, wenn du es in den Einstellungen erlaubst.",
        "mail_password": "{name} will ein eigenes Passwort für Mailprogramme: im Kundencenter anlegen.",
        "oauth2": "{name} nimmt keine Passwörter, nur OAuth2: anlass connect ADRESSE --client-id KENNUNG",
        "bridge": "{name} braucht die Bridge des Anbieters auf diesem Rechner.",
        "closed": "{name} öffnet Postfächer für kein anderes Programm. Anlass kann sie nicht lesen.",
    },
    "en": {
        "app_password": "{name} wants an app password: make one in its security settings and use it here.",
        "enable": "{name} opens IMAP only once you allow it in its settings.",
        "mail_password": "{name} wants a password of its own for mail programs: make one in its customer "
        "centre.",
        "oauth2": "{name} takes no passwords, only OAuth2: anlass connect ADDRESS --client-id ID",
        "bridge": "{name} needs its provider's bridge on this machine.",
        "closed": "{name} opens mailboxes for no other program. Anlass cannot read them.",
    },
}
_ABILITIES: dict[Lang, dict[str, str]] = {
    "de": {
        "IDLE": "Der Server meldet neue Post nicht von selbst (kein IDLE). Anlass fragt jede halbe Minute.",
        "MOVE": "Der Server verschiebt nicht in einem Zug (kein MOVE). Anlass kopiert und nimmt dann heraus.",
        "UIDPLUS": "Der Server kann keine einzelne Mail löschen (kein UIDPLUS). Alte Entwürfe sind nur "
        "markiert.",
    },
    "en": {
        "IDLE": "The server does not tell of new mail by itself (no IDLE). Anlass asks every half minute.",
        "MOVE": "The server does not move in one go (no MOVE). Anlass copies, and then takes out.",
        "UIDPLUS": "The server cannot delete a single mail (no UIDPLUS). Old drafts are marked only.",
    },
}
_WORDS: dict[Lang, dict[str, str]] = {
    "de": {
        "in": "{host} lässt dich ein: {count} Ordner.",
        "drafts": "Entwürfe kommen nach „{name}“.",
        "no_drafts": "Einen Ordner für Entwürfe gibt es nicht. Anlass legt keine ab.",
        "sent": "Gesendetes liegt in „{name}“.",
        "no_sent": "Ein Ordner für Gesendetes ist nicht zu erkennen. Antworten sieht Anlass erst, wenn es "
        "ihn gibt.",
        "quota": "Belegt sind {used} von {room} MB.",
        "tight": "Belegt sind {used} von {room} MB. Das wird eng.",
        "out": "Hinaus geht es über {host}.",
        "not_out": "Senden geht nicht: {says}",
        "since": "{says} ({when})",
        "blind": "{account}: Anlass hat dieses Postfach zuletzt {when} gesehen. Wacht Anlass noch?",
        "ahead": "Die Uhr dieses Rechners geht falsch: {account} wurde zuletzt am {when} UTC gesehen, und so "
        "spät ist es noch nicht.",
    },
    "en": {
        "in": "{host} lets you in: {count} folders.",
        "drafts": "Drafts go to “{name}”.",
        "no_drafts": "There is no folder for drafts. Anlass puts none anywhere.",
        "sent": "Sent mail lies in “{name}”.",
        "no_sent": "No folder for sent mail can be made out. Anlass sees answers only once there is one.",
        "quota": "{used} of {room} MB are taken.",
        "tight": "{used} of {room} MB are taken. There is little room left.",
        "out": "Letters go out by {host}.",
        "not_out": "Sending does not work: {says}",
        "since": "{says} ({when})",
        "blind": "{account}: Anlass last saw this mailbox {when}. Is Anlass still watching?",
        "ahead": "The clock of this machine is wrong: {account} was last seen on {when} UTC, and it is not "
        "that late yet.",
    },
}
_TIGHT = 0.95
_UNSEEN = timedelta(hours=26)
"""So long nobody may look: who looks once a day by a clock of their own is not disturbed."""
_AHEAD = timedelta(minutes=10)


def trouble_says(trouble: str, account: Account, lang: Lang, *, sending: bool = False) -> str:
    """Say what stands in the way of a mailbox, and what to do about it."""
    there = account.smtp if sending and account.smtp else account.imap
    known = TROUBLES[lang]
    return known.get(trouble, known["server"]).format(
        host=there.host, port=there.port, address=account.address
    )


def needs_says(provider: Provider, lang: Lang) -> str:
    """Say what the owner must do first at a provider, if anything."""
    return _NEEDS[lang].get(provider.needs, "").format(name=provider.name)


def tested_says(tested: Tested, lang: Lang) -> tuple[str, ...]:
    """Say what trying a mailbox brought, line by line."""
    account, words = tested.account, _WORDS[lang]
    if tested.trouble is not None:
        return (trouble_says(tested.trouble, account, lang),)
    said = [words["in"].format(host=account.imap.host, count=tested.folders)]
    for kind, name in (("drafts", tested.drafts), ("sent", tested.sent)):
        said.append(words[kind].format(name=name) if name else words[f"no_{kind}"])
    said += [_ABILITIES[lang][one] for one in tested.lacks if one in _ABILITIES[lang]]
    if tested.quota is not None:
        used, room = tested.quota
        is_tight = room > 0 and used > _TIGHT * room
        said.append(words["tight" if is_tight else "quota"].format(used=used // 1024, room=room // 1024))
    if account.smtp is not None:
        says = trouble_says(tested.cannot_send, account, lang, sending=True) if tested.cannot_send else ""
        said.append(
            words["not_out"].format(says=says) if says else words["out"].format(host=account.smtp.host)
        )
    return tuple(said)


def notices(
    states: Iterable[MailState], accounts: Iterable[Account], now: datetime, lang: Lang
) -> tuple[str, ...]:
    """Say on the owner's inbox what stands in the way of which mailbox, and since when."""
    known = {one.name: one for one in accounts}
    told = (_notice(one, known[one.account], now, lang) for one in states if one.account in known)
    return tuple(line for line in told if line)


def _notice(state: MailState, account: Account, now: datetime, lang: Lang) -> str:
    """Say what is wrong with the watching of one mailbox; "" where nothing is."""
    words = _WORDS[lang]
    if state.seen_at - now > _AHEAD:
        return words["ahead"].format(account=account.address, when=f"{state.seen_at:%Y-%m-%d %H:%M}")
    if state.watch is Watch.TROUBLED:
        says = trouble_says(state.trouble, account, lang)
        return words["since"].format(says=says, when=spoken(state.since, now, lang))
    if now - state.seen_at > _UNSEEN:
        return words["blind"].format(account=account.address, when=spoken(state.seen_at, now, lang))
    return ""
