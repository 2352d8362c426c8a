"""The pages of the house rules: what holds, a draft with its preview on the past, the public page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from anlass.desk.rules import page as desk
from anlass.desk.rules.looking import held_instead
from anlass.desk.rules.rulebook import Adopted, add_rule, adopt, choose, undo
from anlass.desk.rules.sharing import edit_page
from anlass.desk.rules.sharing import public_page as page_of
from anlass.desk.rules.voice import adopted_says, rules_refused_say
from anlass.desk.rules.words import vocabulary
from anlass.desk.voice.refused import in_words
from anlass.errors import NotFound, PolicyError, Problem, Refused, UserError
from anlass.policy.editing import with_rule
from anlass.policy.recipes import recipe_texts, rules_of
from anlass.web.frame.house import house_of
from anlass.web.frame.language import lang_of
from anlass.web.frame.memory import home_of
from anlass.wires.own_files import LONGEST

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_TOLD = "rules_told"
"""Where the session keeps what the next page tells."""


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in force, what they did to the past, and everything that can be chosen."""
    home, now, lang = home_of(request), house_of(request).now(), lang_of()
    page = desk.rules_page(home, now=now, lang=lang)
    context = {
        "page": page,
        "refused": rules_refused_say(held_instead(home), lang) if page.problems else "",
        "picture": mark_safe(page.side.picture),  # noqa: S308 - drawn by the desk, every word escaped
        "told": request.session.pop(_TOLD, ""),
    }
    return render(request, "anlass/rules.html", context)


@require_safe
def edit(request: HttpRequest) -> HttpResponse:
    """Show the owner's own rules to be changed, with a recipe before them where one was asked for."""
    home = home_of(request)
    name, text = request.GET.get("with", ""), desk.own_text(home)
    if name in recipe_texts():
        text = with_rule(text, rules_of(recipe_texts()[name]))
    return _edited(request, text, _preview(request, text))


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Show what a draft would change: as a part of the page that asks, else as a page of its own."""
    text = _text(request)
    is_part = request.headers.get("X-Requested-With") == "preview"
    found = _preview(request, text)
    return render(request, "anlass/rules_preview.html", found) if is_part else _edited(request, text, found)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Do what was pressed: choose shipped rules, add one, write own ones, go back."""
    home, now = home_of(request), house_of(request).now()
    given = request.POST
    acts: Mapping[str, Callable[[], Adopted]] = {
        "choose": lambda: choose(home, given["choose"], now=now),
        "recipe": lambda: add_rule(
            home, rules_of(recipe_texts()[given["recipe"]]), by=f"add {given['recipe']}", now=now
        ),
        "rule": lambda: add_rule(home, given["rule"][:LONGEST], by="add", now=now),
        "write": lambda: adopt(home, _text(request), by="page", now=now),
        "undo": lambda: undo(home, now=now),
    }
    pressed = next((name for name in acts if name in given), None)
    if pressed is None or (pressed == "recipe" and given["recipe"] not in recipe_texts()):
        raise Http404
    try:
        made = acts[pressed]()
        request.session[_TOLD] = adopted_says(made.policy, len(made.cases), lang_of())
    except PolicyError as error:
        if pressed == "write":
            found = {"preview": desk.Preview(problems=error.problems)}
            return _edited(request, _text(request), found, status=422)
        request.session[_TOLD] = _first(error.problems)
    except (NotFound, Refused) as error:
        request.session[_TOLD] = _first(error.problems)
    return HttpResponseRedirect(reverse("rules"))


def public_page(request: HttpRequest) -> HttpResponse:
    """Show the page that strangers may read, and let the owner write it."""
    home, now = home_of(request), house_of(request).now()
    lang: Final = "de" if request.GET.get("lang", lang_of()) == "de" else "en"
    if request.method == "POST":
        text = "" if "reset" in request.POST else _text(request)
        edit_page(home, text, lang, now=now)
        return HttpResponseRedirect(f"{reverse('public-page')}?lang={lang}")
    return render(request, "anlass/public_page.html", {"shown": page_of(home, lang), "longest": LONGEST})


def _edited(
    request: HttpRequest, text: str, found: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Show a draft with what is found about it, and how rules are written."""
    context = {"text": text, "longest": LONGEST, **vocabulary(lang_of()), **found}
    return render(request, "anlass/rules_edit.html", context, status=status)


def _preview(request: HttpRequest, text: str) -> dict[str, object]:
    found = desk.preview(home_of(request), text, now=house_of(request).now(), lang=lang_of())
    sides = [(side, mark_safe(side.picture)) for side in (found.before, found.after) if side]  # noqa: S308 - as above
    return {"preview": found, "sides": sides}


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "")[: LONGEST + 1].replace("\r\n", "\n")


def _first(problems: tuple[Problem, ...] | UserError) -> str:
    told = problems.problems if isinstance(problems, UserError) else problems
    return in_words(told[0].says, lang_of()) if told else ""
