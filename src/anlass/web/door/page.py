"""The public door: who the owner is, what they are glad about, and a form with a friend reading along.

Nobody needs a key here and no cookie is set. What a link shows after sending is one page for everybody, for
ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlass.desk.door.asking import Fault, Page, confirm, faults, receive, seen
from anlass.desk.door.taking import letter_text
from anlass.errors import StoreError
from anlass.intake.form import ASKED, LONGEST, FormLetter, too_long
from anlass.replies.door_help import DoorHelp, door_help
from anlass.replies.door_words import DoorWords, door_words, spoken
from anlass.store.door.letters import Asked
from anlass.web.door.form import TRAP, TooLargeError, Typed, blank, letter_in, read_form
from anlass.web.door.whose import Behind, door_house
from anlass.web.frame.public import caller_of, is_at_home

if TYPE_CHECKING:
    from django.http import HttpRequest

    from anlass.desk.voice.common import Lang

View = Callable[..., HttpResponse]
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=0, must-revalidate",
}
_UNSEEN = {"Cache-Control": "private, no-store, max-age=0", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_TOO_LARGE = 413
_TEXTS = ("imprint", "privacy")


def public(view: View) -> View:
    """Find what lies behind the door, count the look, and set the headers that all its pages have."""

    @wraps(view)
    def found(request: HttpRequest, name: str, *given: str, **named: str) -> HttpResponse:
        behind = door_house(request, name)
        if behind is None:
            raise Http404
        words = door_words(_lang(request), behind.door.register)
        limits = behind.house.door_limits
        limit = limits.helps if view.__name__ == "help_along" else limits.looks
        if not limit.admits(caller_of(request)):
            response = HttpResponse(
                words.say("fault_often"), status=429, content_type="text/plain; charset=utf-8"
            )
        else:
            with translation.override(words.lang):
                response = view(request, behind, words, *given, **named)
        headers = _HEADERS if request.method != "POST" else {**_HEADERS, "Cache-Control": "no-store"}
        for field, value in headers.items():
            response.headers.setdefault(field, value)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return found


@csrf_exempt  # no cookie and no session stands behind this form: whoever can send it may
@require_http_methods(["GET", "HEAD", "POST"])
@public
def door(request: HttpRequest, behind: Behind, words: DoorWords) -> HttpResponse:
    """Show the door, or take what was written: to be looked at, or to be sent."""
    if request.method != "POST":
        return _page(request, behind, words, blank(behind))
    try:
        sent = read_form(request, behind)
    except TooLargeError:
        return _page(
            request, behind, words, blank(behind), wrong=[(words.say("fault_large"), "")], status=_TOO_LARGE
        )
    if not behind.house.door_limits.letters.admits(caller_of(request)):
        return _page(request, behind, words, sent, wrong=[(words.say("fault_often"), "")], status=429)
    if sent.is_look:
        return _page(request, behind, words, sent, wrong=_said_of_files(words, sent), is_look=True)
    return _sent(request, behind, words, sent)


@csrf_exempt
@require_POST
@public
def help_along(request: HttpRequest, behind: Behind, words: DoorWords) -> HttpResponse:
    """Say what a letter still lacks while it is written: a part of the page."""
    try:
        letter = letter_in(request.POST)
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError) as error:
        raise Http404 from error
    return render(request, "anlass/door_help.html", {"help": _help(behind, words, letter)})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def link(request: HttpRequest, behind: Behind, words: DoorWords, link: str) -> HttpResponse:
    """Ask whether it was them, take their word, and from then on show the one page that everybody sees."""
    now = behind.house.now()
    if request.method == "POST":
        if confirm(behind.book, link, now=now) and behind.house.wake_porter is not None:
            behind.house.wake_porter()
        response: HttpResponse = HttpResponseRedirect(request.path)
        response.status_code = 303
    else:
        found = seen(behind.book, link, now=now)
        words = door_words(found.lang or words.lang, behind.door.register)
        context = _common(behind, words)
        response = render(
            request, f"anlass/door_{found.page}.html", context, status=404 if found.page is Page.DEAD else 200
        )
    for field, value in _UNSEEN.items():
        response[field] = value
    return response


@require_safe
@public
def text(request: HttpRequest, behind: Behind, words: DoorWords, text: str) -> HttpResponse:
    """Show imprint, privacy notice, or how the owner deals with post."""
    context = _common(behind, words)
    if text == "rules":
        page = behind.house_page(_spoken_here(words))
        said = "\n\n".join(one.words for one in page.paragraphs)
        context |= {"title": page.title.words, "text": said, "of": page.lang}
    elif text in _TEXTS and behind.door.text(text, words.lang)[0]:
        said, of = behind.door.text(text, words.lang)
        context |= {"title": words.say(text), "text": said, "of": of}
    else:
        raise Http404
    return render(request, "anlass/door_text.html", context)


def _sent(request: HttpRequest, behind: Behind, words: DoorWords, sent: Typed) -> HttpResponse:
    """Keep a letter and say where its link goes, or show it again with what is missing."""
    now = behind.house.now()
    found = faults(sent.letter, sent.sheet, trap=sent.trap, now=now)
    if sent.sheet is None or found or sent.file_faults:
        wrong = [*_said(words, sent, found), *_said_of_files(words, sent)]
        return _page(request, behind, words, sent, wrong=wrong, status=422)
    files = tuple(file for file, _ in sent.files)
    asked = Asked(sent.letter, behind.door.name, _base(request, behind), files)
    try:
        id_ = receive(behind.book, sent.sheet, asked, lang=words.lang, now=now)
    except StoreError:
        return _page(request, behind, words, sent, wrong=[(words.say("fault_later"), "")], status=503)
    if id_ is None:
        return _page(request, behind, words, sent, wrong=[(words.say("fault_often"), "")], status=429)
    context = _common(behind, words) | {"sent_text": words.say("sent_text", address=sent.letter.address)}
    return render(request, "anlass/door_sent.html", context)


def _page(
    request: HttpRequest,
    behind: Behind,
    words: DoorWords,
    sent: Typed,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    is_look: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the door with what was written on it, the help beside it, and what is wrong."""
    letter, shown = sent.letter, bool(sent.letter.matter.strip())
    helped = _help(behind, words, letter)
    who, glad = (behind.door.text(field, words.lang) for field in ("who", "glad"))
    context = _common(behind, words) | {
        "who": who,
        "glad": glad,
        "rules": behind.house_page(_spoken_here(words)),
        "letter": letter,
        "preview": _preview(behind, words, letter) if is_look and shown else "",
        "help": helped,
        "asked": [
            (field, words.say(field), words.say(f"{field}_hint"), letter.answer(field), LONGEST[field])
            for field in ASKED
            if not (is_look and shown) or field in helped.open or letter.answer(field)
        ],
        "sheet": sent.token,
        "trap": TRAP,
        "files": sent.files,
        "wrong": wrong,
        "is_kept": status != _TOO_LARGE,
        "at": {field for _, field in wrong},
        "other": next((one for one in spoken() if one != words.lang), ""),
        "longest": LONGEST,
    }
    return render(request, "anlass/door.html", context, status=status)


def _common(behind: Behind, words: DoorWords) -> dict[str, object]:
    """Return what every page of a door knows."""
    own: Mapping[str, str] = words.words
    filled = {"confirm_text": words.say("confirm_text", name=behind.owner_name)}
    return {
        "say": {**own, **filled},
        "lang": words.lang,
        "owner": behind.owner_name,
        "door": behind.door,
    }


def _help(behind: Behind, words: DoorWords, letter: FormLetter) -> DoorHelp:
    """Return the help for a letter: read by the litmus test as shipped, which knows nothing of the owner."""
    cut = FormLetter(**{field: letter.answer(field)[:most] for field, most in LONGEST.items()})
    request = letter_text(cut, words.lang, behind.door.register, behind.recipient)
    return door_help(words, cut, behind.doorman.panel.read(request))


def _preview(behind: Behind, words: DoorWords, letter: FormLetter) -> str:
    """Return the letter as it would reach the owner."""
    return letter_text(letter, words.lang, behind.door.register, behind.recipient).text


def _said(words: DoorWords, sent: Typed, found: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Return what is wrong in kind words, each with the field it is about."""
    said = [(words.say(f"fault_{fault}"), fault.value) for fault in found if fault is not Fault.LONG]
    for field, count in too_long(sent.letter):
        told = words.say("fault_long", field=words.say(field), most=str(LONGEST[field]), count=str(count))
        said.append((told, field))
    return said


def _said_of_files(words: DoorWords, sent: Typed) -> list[tuple[str, str]]:
    return [(words.say(one), "files") for one in sent.file_faults]


def _base(request: HttpRequest, behind: Behind) -> str:
    """Return what a link begins with: the public address; on this machine alone the one it was asked by."""
    settings = behind.house.settings
    named = settings.public_address if settings else ""
    return named or (f"{request.scheme}://{request.get_host()}" if is_at_home(request) else "")


def _spoken_here(words: DoorWords) -> Lang:
    return "de" if words.lang == "de" else "en"


def _lang(request: HttpRequest) -> str:
    """Return the language that was asked for, in the address or by the browser."""
    asked = request.GET.get("lang", "")
    return asked if asked in spoken() else translation.get_language() or ""
