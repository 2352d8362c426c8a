"""House rules and other people: a file without personal data, and the public page in kind words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from anlass.bootstrap import Home, own_rules, policy_of
from anlass.desk.rules.looking import rules_in_force
from anlass.desk.voice.common import Lang
from anlass.policy import Policy, parse_policy
from anlass.policy.sharing import Shared, share
from anlass.replies.house_page import HousePage, edited_page, gives_away, house_page
from anlass.store.book import Book

_PAGE = "house_page"


def shared_rules(home: Home, *, now: datetime) -> Shared:
    """Return the owner's own rules for others, with those left out that are the owner's alone."""
    text = own_rules(home.settings)
    whole = policy_of(text, home.settings, home.lang)
    own = parse_policy(text, lang=home.lang)
    named = Policy(own.rules, own.title, own.about, whole.preset)
    return share(named, _names(home, now))


def _names(home: Home, now: datetime) -> Iterator[str]:
    """Yield the words that stand for people: the owner, and everybody in the ledger."""
    settings = home.settings.owner
    yield settings.name
    yield from settings.name.split()
    yield from settings.addresses
    yield from home.book.owner_addresses()
    for line in home.book.people(at=now):
        yield line.person.name
        yield from (address.value for address in line.person.addresses)


@dataclass(frozen=True, slots=True)
class PublicPage:
    """The public page as it is now, whether the owner wrote it, and what on it gives something away."""

    page: HousePage
    is_edited: bool
    gives_away: tuple[str, ...]


def public_page(home: Home, lang: Lang) -> PublicPage:
    """Return the page in one language: as the owner wrote it, else as the rules in force make it."""
    policy, _ = rules_in_force(home)
    page = page_for_strangers(home.book, policy, lang)
    return PublicPage(page, bool(_edited(home.book).get(lang)), gives_away(page, policy))


def page_for_strangers(book: Book, policy: Policy, lang: Lang) -> HousePage:
    """Return the page in one language, as strangers see it under these rules."""
    text = _edited(book).get(lang, "")
    return edited_page(text, lang) if text else house_page(policy, lang)


def edit_page(home: Home, text: str, lang: Lang, *, now: datetime) -> PublicPage:
    """Let the page read so from now on; an empty text gives back the one made of the rules."""
    before = _edited(home.book)
    with home.book.together():
        pages = {**before, lang: text.strip()}
        kept = {key: value for key, value in pages.items() if value}
        home.book.set_settings({**home.book.settings(), _PAGE: kept})
        home.book.note(
            "house_page", about=_PAGE, content={"lang": lang, "before": before.get(lang, "")}, now=now
        )
    return public_page(home, lang)


def page_html(page: HousePage) -> str:
    """Return the page as one file of HTML that needs nothing else and tells nobody that it was read."""
    told = "\n".join(f"<p>{escape(one.words)}</p>" for one in page.paragraphs)
    title = escape(page.title.words)
    return (
        f'<!doctype html>\n<html lang="{page.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{told}\n"
        "</body>\n</html>\n"
    )


_STYLE = (
    "body{max-width:34em;margin:4em auto;padding:0 1.2em;font:18px/1.6 Literata,Georgia,serif;"
    "color:#26221c;background:#f7f2e8;hyphens:auto}h1{font-size:1.5em;font-weight:400}"
    "@media(prefers-color-scheme:dark){body{color:#ebe4d7;background:#191713}}"
)


def _edited(book: Book) -> dict[str, str]:
    told = book.settings().get(_PAGE)
    return {str(lang): str(text) for lang, text in told.items()} if isinstance(told, dict) else {}
