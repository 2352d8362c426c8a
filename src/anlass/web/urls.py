"""The addresses of the house."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import path, re_path

from anlass.web import (
    access,
    audit,
    card,
    cards,
    circle,
    enter,
    invitation,
    journal,
    mailboxes,
    opinion,
    outbox,
    people,
    person,
    private,
    rules,
    settings_page,
    teaching,
    time,
    views,
    watch,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def later(module: str, page: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return a page whose file is loaded when somebody first comes to it: few houses have passkeys."""

    def view(request: HttpRequest) -> HttpResponse:
        found: Callable[[HttpRequest], HttpResponse] = getattr(import_module(module), page)
        return found(request)

    return view


PASSKEYS, OIDC = "anlass.web.passkeys", "anlass.web.oidc"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("case/<str:case_id>/", views.case, name="case"),
    path("case/<str:case_id>/teach/", teaching.teach, name="teach"),
    path("case/<str:case_id>/unteach/", teaching.unteach, name="unteach"),
    path("case/<str:case_id>/second-opinion/", opinion.second_opinion, name="second-opinion"),
    path("case/<str:case_id>/release/", outbox.release, name="release"),
    path("case/<str:case_id>/cancel/", outbox.cancel, name="cancel"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/hold/", outbox.hold, name="hold-outbox"),
    path("case/<str:case_id>/person/", person.person_of_case, name="person-of-case"),
    path("person/<str:person_id>/", person.person, name="person"),
    path("person/<str:person_id>/same/", person.same, name="same"),
    path("person/<str:person_id>/apart/", person.apart, name="apart"),
    path("people/", people.people, name="people"),
    path("people/same/", people.proposals, name="proposals"),
    path("people/same/say/", people.same_or_apart, name="same-or-apart"),
    path("people/undo/", people.undo, name="undo"),
    path("circle/", circle.circle, name="circle"),
    path("circle/put/", circle.put_in_or_out, name="put"),
    path("audit/", audit.audit, name="audit"),
    path("audit/mark/", audit.mark, name="audit-mark"),
    path("audit/contacts.csv", audit.table, name="audit-table"),
    path("audit/contacts.svg", audit.picture, name="audit-picture"),
    path("audit/put-away/", audit.put_away, name="audit-put-away"),
    path("settings/", settings_page.settings, name="settings"),
    path("time/", time.time_page, name="time"),
    path("case/<str:case_id>/given/", time.time_given, name="time-given"),
    path("time/<str:number>/", time.time_behind, name="time-behind"),
    path("time/<str:number>/<str:month>/", time.time_behind, name="time-behind-month"),
    path("rules/", rules.rules, name="rules"),
    path("rules/edit/", rules.edit, name="edit-rules"),
    path("rules/preview/", rules.preview, name="preview-rules"),
    path("rules/change/", rules.change, name="change-rules"),
    path("rules/page/", rules.public_page, name="public-page"),
    path("person/<str:person_id>/grant/", cards.grant, name="grant"),
    path("person/<str:person_id>/revoke/", cards.revoke_grant, name="revoke"),
    path("person/<str:person_id>/standing/", watch.standing, name="standing"),
    path("cards/", cards.cards, name="cards"),
    path("cards/<str:name>/<str:tier>.pdf", cards.pdf, name="card-pdf"),
    path("watch/", watch.watch, name="watch"),
    path("watch/put/", watch.put, name="watch-put"),
    re_path(r"^c/(?P<link>(?s:.*))$", card.card, name="card"),
    path("set-aside/", views.set_aside, name="set-aside"),
    path("about/", views.about, name="about"),
    path("enter/", enter.enter, name="enter"),
    path("enter/code/", enter.code, name="enter-code"),
    path("invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("enter/passkey/", later(PASSKEYS, "enter_passkey"), name="enter-passkey"),
    path("enter/with/", later(OIDC, "start"), name="enter-with"),
    path("enter/back/", later(OIDC, "back"), name="enter-back"),
    path("leave/", enter.leave_house, name="leave"),
    path("houses/", access.houses, name="houses"),
    path("host/", access.host, name="host"),
    path("settings/access/", access.access, name="access"),
    path("settings/access/passkey/", later(PASSKEYS, "new_passkey"), name="passkey-new"),
    path("settings/access/passkey/forget/", later(PASSKEYS, "forget_passkey"), name="passkey-forget"),
    path("settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/connect/", mailboxes.connect_mailbox, name="connect-mailbox"),
    path("settings/mailboxes/read/", mailboxes.read_mailbox, name="read-mailbox"),
    path("settings/mailboxes/forget/", mailboxes.forget_mailbox, name="forget-mailbox"),
    path("case/<str:case_id>/private/", private.private_case, name="case-private"),
    path("person/<str:person_id>/private/", private.private_person, name="person-private"),
    path("journal/", journal.journal, name="journal"),
    path("settings/access/end/", access.end_visit, name="end-visit"),
]

handler400 = "anlass.web.views.not_understood"
handler404 = "anlass.web.views.not_here"
handler500 = "anlass.web.views.broken"
