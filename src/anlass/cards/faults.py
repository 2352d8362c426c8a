"""What can be wrong with the owner's cards, in the owner's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

_FAULTS: Mapping[str, tuple[str, str]] = {
    "no_name": (
        "Oben fehlt name: der Name, der auf den Karten steht.",
        "name is missing: whose cards these are.",
    ),
    "text": ("{key} muss ein Text in Anführungszeichen sein.", "{key} must be a text in quotation marks."),
    "long": (
        "{key} ist zu lang oder enthält Steuerzeichen.",
        "{key} is too long, or holds control characters.",
    ),
    "list": (
        '{key} muss eine Liste von Texten sein: ["…", "…"].',
        '{key} must be a list of texts: ["…", "…"].',
    ),
    "twice": ("In {key} steht etwas zweimal oder zu viel.", "{key} names something twice, or too much."),
    "table": ("Hier gehört eine Tabelle hin: {key}.", "A table belongs here: {key}."),
    "many": ("{value} Kontaktmöglichkeiten sind zu viele.", "{value} contact options are too many."),
    "key": ("„{value}“ ist kein Schlüssel.", "{value!r} is no key."),
    "near": ("Gemeint vielleicht: {value}?", "Did you mean {value}?"),
    "name": (
        "„{value}“ ist kein Name: Buchstaben, Ziffern, Bindestriche.",
        "{value!r} is no name: letters, digits, hyphens.",
    ),
    "kind": (
        "Diese Art gibt es nicht: „{value}“. Es gibt {known}.",
        "There is no kind {value!r}. There are {known}.",
    ),
    "tier": (
        "Diese Stufe gibt es nicht: „{value}“. Es gibt {known}.",
        "There is no tier {value!r}. There are {known}.",
    ),
    "card": (
        "Diese Karte gibt es nicht: „{value}“. Es gibt {known}.",
        "There is no card {value!r}. There are {known}.",
    ),
    "place": (
        "place ist work, home oder leer, nicht „{value}“.",
        "place is work, home or empty, not {value!r}.",
    ),
    "lang": (
        "lang ist eine Sprache in zwei Buchstaben (de, en), nicht „{value}“.",
        "lang is a language in two letters (de, en), not {value!r}.",
    ),
    "address": (
        "address ist, worunter die Kartenseiten erreichbar sind (https://karte.example), nicht „{value}“.",
        "address is where the pages of cards are reached (https://card.example), not {value!r}.",
    ),
    "value_mail": ("„{value}“ ist keine Mailadresse.", "{value!r} is no mail address."),
    "value_phone": (
        "„{value}“ ist keine Telefonnummer mit Landesvorwahl (+49 30 1234567).",
        "{value!r} is no telephone number with its country code (+49 30 1234567).",
    ),
    "value_address": ("Die Anschrift ist leer oder zu lang.", "The postal address is empty or too long."),
    "value_mastodon": (
        "„{value}“ ist keine Adresse wie @name@ort.example.",
        "{value!r} is no address like @name@place.example.",
    ),
    "value_matrix": (
        "„{value}“ ist keine Adresse wie @name:ort.example.",
        "{value!r} is no address like @name:place.example.",
    ),
    "value_threema": (
        "„{value}“ ist keine Threema-ID aus acht Zeichen.",
        "{value!r} is no Threema ID of eight characters.",
    ),
    "value_page": ("„{value}“ ist keine Adresse im Web.", "{value!r} is no address on the web."),
    "value_profile": (
        "„{value}“ ist kein Name und keine Profilseite dort.",
        "{value!r} is no name and no profile page there.",
    ),
}
_SAME = {
    "value_mobile": "value_phone",
    "value_signal": "value_phone",
    "value_xmpp": "value_mail",
    "value_web": "value_page",
    "value_calendar": "value_page",
    "value_xing": "value_profile",
    "value_linkedin": "value_profile",
    "value_flickr": "value_profile",
    "value_skype": "value_profile",
}


def fault(what: str, lang: Literal["de", "en"], **fields: str) -> str:
    """Say one fault; `fields` are what its sentence names."""
    words = _FAULTS[_SAME.get(what, what)]
    return words[lang == "en"].format(**fields)
