"""What is said to the owner of doors on chat networks: how each goes, what to do where one stays shut."""

from __future__ import annotations

from anlass.desk.voice.common import Lang
from anlass.store.accounts.mail import Watch
from anlass.wires.trouble import Trouble

_TROUBLE: dict[Lang, dict[str, str]] = {
    "de": {
        Trouble.NO_SUCH_HOST: "{host} gibt es nicht. Stimmt die Adresse? Sonst nenne den Server: --server",
        Trouble.REFUSED: "{host} ist nicht zu erreichen. Stimmt der Server? Sonst nenne ihn: --server",
        Trouble.UNREACHABLE: "{host} ist nicht zu erreichen.",
        Trouble.SILENT: "{host} antwortet nicht.",
        Trouble.NO_TLS: "{host} spricht nicht verschlüsselt. So geht kein Passwort hinaus.",
        Trouble.CERTIFICATE_UNKNOWN: "Das Zertifikat von {host} ist nicht bekannt; so geht nichts hinaus.",
        Trouble.CERTIFICATE_EXPIRED: "Das Zertifikat von {host} ist abgelaufen; so geht nichts hinaus.",
        Trouble.CERTIFICATE_OF_ANOTHER: "{host} zeigt ein fremdes Zertifikat; so geht nichts hinaus.",
        Trouble.PASSWORD: "{host} nimmt das Passwort oder den Zugangsschlüssel nicht an. Verbinde neu.",
        Trouble.NO_SECRET: "Für {name} liegt kein Zugang bereit. Verbinde neu: anlass connect",
        Trouble.BUSY: "{host} lässt gerade niemanden hinein.",
        Trouble.BROKE_OFF: "Die Verbindung zu {host} brach ab.",
        Trouble.TURNED_DOWN: "{host} beantwortet eine Frage nicht.",
        Trouble.UNREADABLE: "Was {host} antwortet, ist nicht zu lesen.",
        Trouble.LACKING: "Für {name} fehlt ein Teil von Anlass{place}: pip install 'anlass[networks]'",
        Trouble.NO_DOOR: "Zum Netzwerk von {name} hat dieses Anlass keine Tür; verbunden hat es ein anderes."
        " Die Vorgänge bleiben. Vergessen: anlass connect --forget {name}",
        Trouble.BROKEN: "An der Tür von {name} ist das Programm gescheitert{place}. Verloren ist nichts;"
        " sag es denen, die diese Tür gemacht haben.",
        "": "{name}: Etwas ging schief ({trouble}).",
    },
    "en": {
        Trouble.NO_SUCH_HOST: "There is no {host}. Is the address right? Else name the server: --server",
        Trouble.REFUSED: "{host} cannot be reached. Is the server right? Else name it: --server",
        Trouble.UNREACHABLE: "{host} cannot be reached.",
        Trouble.SILENT: "{host} does not answer.",
        Trouble.NO_TLS: "{host} speaks without encryption. No password goes out like that.",
        Trouble.CERTIFICATE_UNKNOWN: "The certificate of {host} is not known; nothing goes out like that.",
        Trouble.CERTIFICATE_EXPIRED: "The certificate of {host} has expired; nothing goes out like that.",
        Trouble.CERTIFICATE_OF_ANOTHER: "{host} shows the certificate of another host; nothing goes out.",
        Trouble.PASSWORD: "{host} does not take the password or token. Connect again: anlass connect",
        Trouble.NO_SECRET: "There is no way in for {name}. Connect again: anlass connect",
        Trouble.BUSY: "{host} lets nobody in just now.",
        Trouble.BROKE_OFF: "The connection to {host} broke off.",
        Trouble.TURNED_DOWN: "{host} does not answer a question.",
        Trouble.UNREADABLE: "What {host} answers cannot be read.",
        Trouble.LACKING: "A part of Anlass is missing for {name}{place}: pip install 'anlass[networks]'",
        Trouble.NO_DOOR: "This Anlass has no door to the network of {name}; another one connected it."
        " Its cases stay. To forget it: anlass connect --forget {name}",
        Trouble.BROKEN: "The program failed at the door of {name}{place}. Nothing is lost;"
        " tell whoever made this door.",
        "": "{name}: something went wrong ({trouble}).",
    },
}


def door_trouble(trouble: str, name: str, host: str, lang: Lang, *, place: str = "") -> str:
    """Say what stands in the way of a door, and what to do; `place` names what broke or lacks."""
    sentence = _TROUBLE[lang].get(trouble) or _TROUBLE[lang][""]
    return sentence.format(name=name, host=host or name, trouble=trouble, place=place and f" ({place})")


def door_opens(address: str, count: int, lang: Lang) -> str:
    """Say that a door opens, and how much asks there."""
    if lang == "de":
        return f"{address}: Die Tür geht auf. Offen: {count}."
    return f"{address}: the door opens. Open: {count}."


def not_here(lang: Lang) -> str:
    """Say that there is nothing that could be turned down where the other sees it."""
    if lang == "de":
        return "Hier ist nichts offen, das sich sichtbar ablehnen ließe. Wer nicht antwortet, lehnt ab."
    return "Nothing is open here that could be turned down visibly. Whoever does not answer declines."


_GOES: dict[Lang, dict[str, str]] = {
    "de": {
        Watch.OPEN: "Die Tür ist offen, zuletzt nachgesehen: {when}.",
        Watch.STOPPED: "Gerade sieht niemand nach, zuletzt: {when}. Anlass sieht nach, sobald es wacht.",
        "": "Noch hat niemand nachgesehen. Anlass sieht nach, sobald es wacht.",
    },
    "en": {
        Watch.OPEN: "The door is open, last looked at: {when}.",
        Watch.STOPPED: "Nobody is looking, the last time: {when}. Anlass looks as soon as it watches.",
        "": "Nobody has looked yet. Anlass looks as soon as it watches.",
    },
}


def door_goes(watch: str, when: str, lang: Lang) -> str:
    """Say how it goes with a door that nothing stands in the way of; `watch` is "" before the first look."""
    return _GOES[lang][watch].format(when=when)
