"""The owner's page of cards: what stands on them, who sees it as far as which tier, and the card to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.cards import Card, Cards, ContactOption, OptionKind, shown, written
from anlass.cards.labels import label_of
from anlass.cards.printed import printed
from anlass.cards.qr import offline
from anlass.desk.cards.granting import Wanted, give, revoke
from anlass.desk.cards.own import begun, cards_of, take_in, write_after
from anlass.desk.cards.voice import grant_says, taken_in_says
from anlass.errors import ConfigError
from anlass.web.cards.handing import handed_here
from anlass.web.frame.days import day_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import book_of
from anlass.web.frame.refusals import said
from anlass.web.frame.telling import done, tell, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, QueryDict

    from anlass.desk.voice.common import Lang
    from anlass.errors import Problem

_FACE = ("title", "organisation", "role", "note")
_OPTION = ("kind", "value", "tier", "place", "label", "cards")
_EMPTY_ROWS = 3
_MOST = 210


@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: HttpRequest) -> HttpResponse:
    """Show the cards, or let what was written hold; what cannot hold is shown again with its problems."""
    book = book_of(request)
    if request.method != "POST":
        return _shown(request, cards_of(book) or begun(lang_of()), ())
    try:
        wanted = _typed(request.POST)
    except ValueError as wrong:
        raise Http404 from wrong
    try:
        before = book.cards.newest()
        changed = take_in(book, written(wanted), "", lang_of(), now=house_of(request).now())
    except ConfigError as wrong:
        return _shown(request, wanted, _without_places(wrong.problems), status=422)
    settings = house_of(request).settings
    is_same = settings is None or write_after(settings.data, changed.cards, before.text if before else None)
    aside = "" if is_same else _("cards.toml was edited meanwhile and is left alone; it says something else.")
    tell(request, says=f"{taken_in_says(changed, lang_of())} {aside}".strip())
    return HttpResponseRedirect(reverse("cards"))


@require_safe
def pdf(request: HttpRequest, name: str, tier: str) -> HttpResponse:
    """Return one of the owner's own cards to print."""
    own = cards_of(book_of(request))
    card = shown(own, name, tier, since=house_of(request).now()) if own else None
    if card is None:
        raise Http404
    response = HttpResponse(printed(card, offline(card) or ""), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="card.pdf"'
    return response


@require_POST
def grant(request: HttpRequest, person_id: str) -> HttpResponse:
    """Let a person see a card."""
    book, now, given = book_of(request), house_of(request).now(), request.POST

    def act() -> tuple[str, str]:
        until = day_of(given.get("until", ""), now)
        wanted = Wanted(given.get("card", ""), given.get("tier", ""), None, until)
        made = give(book, person_id, wanted, now=now)
        return grant_says(made, now, lang_of()), made.link

    return done(request, _grants_of(person_id), act)


@require_POST
def revoke_grant(request: HttpRequest, person_id: str) -> HttpResponse:
    """Take a grant of a person back."""
    book, now, which = book_of(request), house_of(request).now(), request.POST.get("grant", "")
    return done(
        request, _grants_of(person_id), lambda: grant_says(revoke(book, which, now=now), now, lang_of())
    )


def _grants_of(person_id: str) -> str:
    return reverse("person", args=[person_id]) + "#grants"


def _shown(request: HttpRequest, own: Cards, problems: Iterable[str], *, status: int = 200) -> HttpResponse:
    lang, now = lang_of(), house_of(request).now()
    seen = [(tier, [_line(one, lang) for one in own.options if one.tier == tier]) for tier in own.tiers]
    context = {
        "own": own,
        "problems": tuple(problems),
        "faces": [*own.cards, Card("")],
        "rows": [*own.options, *[None] * _EMPTY_ROWS],
        "kinds": [(kind.value, label_of(kind, lang)) for kind in OptionKind],
        "seen": seen,
        "topics": ", ".join(own.topics),
        "tiers": ", ".join(own.tiers),
        "sheets": [(one.name, one.title or one.name, own.tiers) for one in own.cards] if own.options else [],
        **handed_here(request),
        "just_done": told(request),
        "now": now,
    }
    return render(request, "anlass/cards.html", context, status=status)


def _line(option: ContactOption, lang: Lang) -> str:
    return f"{label_of(option.kind, lang)}: {option.value}".replace("\n", ", ")


def _without_places(problems: Iterable[Problem]) -> Iterable[str]:
    """Say what is wrong without lines: nobody sees the file behind a form."""
    return dict.fromkeys(said(one) for one in problems)


def _typed(given: QueryDict) -> Cards:
    """Return the cards as they were typed; whether they can hold is not asked here."""
    own = _Typed(given)
    faces = [Card(name, *texts) for name, *texts in own.rows("face", ("name", *_FACE)) if name]
    options = [row for row in own.rows("option", _OPTION) if row[1]]
    common = Card("main", "", own.one("organisation"), own.one("role"), own.one("note"))
    return own.cards(common, tuple(faces), options)


class _Typed:
    """A form that was sent: single fields, and rows of fields of one name each."""

    def __init__(self, given: QueryDict) -> None:
        self._given = given

    def one(self, name: str) -> str:
        """Return one field on one line."""
        return " ".join(self._given.get(name, "").split())

    def listed(self, text: str) -> tuple[str, ...]:
        """Return what stands between commas, each once."""
        return tuple(dict.fromkeys(part for one in text.split(",") if (part := " ".join(one.split()))))

    def rows(self, prefix: str, names: tuple[str, ...]) -> list[list[str]]:
        """Return the rows of fields, in order; a browser ends the lines of a field its own way."""
        columns = [self._given.getlist(f"{prefix}-{name}")[:_MOST] for name in names]
        count = max(map(len, columns), default=0)
        padded = [[*column, *[""] * (count - len(column))] for column in columns]
        return [[cell.strip().replace("\r\n", "\n") for cell in row] for row in zip(*padded, strict=True)]

    def option(self, row: list[str]) -> ContactOption:
        """Return an option as it was typed; raises `ValueError` for a kind that no form offers."""
        kind, value, tier, place, label, on = row
        return ContactOption(OptionKind(kind), value, tier, place, " ".join(label.split()), self.listed(on))

    def cards(self, common: Card, faces: tuple[Card, ...], options: list[list[str]]) -> Cards:
        """Return the cards with what was typed for each option, be it right or wrong."""
        made = Cards(self.one("name"), common)
        return Cards(
            made.name,
            common,
            faces or made.cards,
            tuple(map(self.option, options)),
            self.listed(self.one("tiers")) or made.tiers,
            self.listed(self.one("topics")),
            self.one("lang") or lang_of(),
            self.one("address"),
            self.one("unlock"),
        )
