"""The addresses of the house."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import path, re_path, register_converter

from anlass.web.api.routes import urls as api_urls
from anlass.web.cards import card, handing, vouched, vouching
from anlass.web.cards import own as own_cards
from anlass.web.cases import case, decisions, drafts, inbox, knocks, opinion, outbox, outcomes, teaching
from anlass.web.door import desk as door_desk
from anlass.web.door import page as door_page
from anlass.web.door.whose import DoorName
from anlass.web.gate import access, enter, invitation, private
from anlass.web.gatherings import events, hosting, hosting_public, mailing, note, wish, wish_page
from anlass.web.keeping import (
    about,
    arrival,
    erasing,
    feeds,
    journal,
    mailboxes,
    programs,
    rules,
    settings,
    taking,
    time,
)
from anlass.web.people import audit, blocking, circle, listing, person, watch

register_converter(DoorName, "door")

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def later(module: str, page: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return a page whose file is loaded when somebody first comes to it: few houses have passkeys."""

    def view(request: HttpRequest) -> HttpResponse:
        found: Callable[[HttpRequest], HttpResponse] = getattr(import_module(module), page)
        return found(request)

    return view


PASSKEYS, OIDC = "anlass.web.gate.passkeys", "anlass.web.gate.oidc"

urlpatterns = [
    *api_urls(),
    re_path(r"^feed/(?P<secret>[A-Za-z0-9_-]{1,200})\.(?P<form>ics|atom)$", feeds.feed, name="feed"),
    path("settings/tokens/", programs.tokens, name="tokens"),
    path("settings/tokens/add/", programs.add_token, name="add-token"),
    path("settings/tokens/revoke/", programs.revoke_token, name="revoke-token"),
    path("settings/webhooks/", programs.webhooks, name="webhooks"),
    path("settings/webhooks/change/", programs.change_webhook, name="change-webhook"),
    path("", inbox.inbox, name="inbox"),
    path("arrival/", arrival.who, name="arrival"),
    path("arrival/about/", arrival.about, name="arrival-about"),
    path("arrival/rules/", arrival.rules, name="arrival-rules"),
    path("arrival/mail/", arrival.mail, name="arrival-mail"),
    path("arrival/later/", arrival.later, name="arrival-later"),
    path("decide/", decisions.decide, name="decide"),
    path("decide/undo/", decisions.take_back, name="take-back"),
    path("recent/", decisions.recent, name="recent"),
    path("case/<str:case_id>/", case.case, name="case"),
    path("case/<str:case_id>/reword/", outbox.reword, name="reword"),
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
    path("blocked/", blocking.blocked, name="blocked"),
    path("person/<str:person_id>/block/", blocking.block, name="block"),
    path("person/<str:person_id>/block/lift/", blocking.lift, name="block-lift"),
    path("person/<str:person_id>/block/report.zip", blocking.report, name="block-report"),
    path("knocks/", knocks.knocks, name="knocks"),
    path("case/<str:case_id>/let-in/", knocks.let_in, name="let-in"),
    path("case/<str:case_id>/turn-down/", knocks.turn_down, name="turn-down"),
    path("people/", listing.people, name="people"),
    path("people/same/", listing.proposals, name="proposals"),
    path("people/same/say/", listing.same_or_apart, name="same-or-apart"),
    path("people/undo/", listing.undo, name="undo"),
    path("circle/", circle.circle, name="circle"),
    path("circle/put/", circle.put_in_or_out, name="put"),
    path("audit/", audit.audit, name="audit"),
    path("audit/mark/", audit.mark, name="audit-mark"),
    path("audit/contacts.csv", audit.table, name="audit-table"),
    path("audit/contacts.svg", audit.picture, name="audit-picture"),
    path("audit/put-away/", audit.put_away, name="audit-put-away"),
    path("settings/take/", taking.take, name="take"),
    path("settings/take/file/", taking.taken, name="taken"),
    path("settings/", settings.settings, name="settings"),
    path("time/", time.time_page, name="time"),
    path("case/<str:case_id>/given/", time.time_given, name="time-given"),
    path("time/<str:number>/", time.time_behind, name="time-behind"),
    path("time/<str:number>/<str:month>/", time.time_behind, name="time-behind-month"),
    path("rules/", rules.rules, name="rules"),
    path("rules/edit/", rules.edit, name="edit-rules"),
    path("rules/preview/", rules.preview, name="preview-rules"),
    path("rules/change/", rules.change, name="change-rules"),
    path("rules/page/", rules.public_page, name="public-page"),
    path("person/<str:person_id>/forget/", erasing.forget_person, name="forget-person"),
    path("person/<str:person_id>/grant/", own_cards.grant, name="grant"),
    path("person/<str:person_id>/revoke/", own_cards.revoke_grant, name="revoke"),
    path("person/<str:person_id>/standing/", watch.standing, name="standing"),
    path("cards/", own_cards.cards, name="cards"),
    path("cards/hand-out/", handing.hand, name="hand-out"),
    path("cards/handed/<str:grant>/<str:shape>/", handing.written, name="handed"),
    path("cards/<str:name>/<str:tier>.pdf", own_cards.pdf, name="card-pdf"),
    path("watch/", watch.watch, name="watch"),
    path("watch/put/", watch.put, name="watch-put"),
    path("draft/", drafts.draft, name="draft"),
    path("events/", events.events, name="events"),
    path("events/<str:event_id>/", events.event, name="event"),
    path("events/<str:event_id>/met/", events.met, name="event-met"),
    path("events/<str:event_id>/scan/", events.scan, name="event-scan"),
    path("events/<str:event_id>/sort/", events.sort, name="event-sort"),
    path("events/<str:event_id>/mailing/", mailing.mailing, name="event-mailing"),
    path("events/<str:event_id>/forget/", events.forget, name="event-forget"),
    path("host/", hosting.hostings, name="hostings"),
    path("host/<str:event_id>/", hosting.hosting, name="hosting"),
    path("host/<str:event_id>/<str:what>.pdf", hosting.printed, name="hosting-print"),
    path("host/<str:event_id>/records.md", hosting.records, name="hosting-records"),
    path("e/<str:event_id>/", hosting_public.start, name="hosted"),
    path("e/<str:event_id>/<str:link>/", hosting_public.own, name="hosted-own"),
    path("e/<str:event_id>/<str:link>/data.json", hosting_public.data, name="hosted-data"),
    re_path(r"^e/", hosting_public.nowhere),
    re_path(r"^u/(?P<link>(?s:.*))$", mailing.stop, name="stop"),
    path("w/<str:link>/", wish_page.wish, name="wish"),
    path("w/<str:link>", wish_page.wish),  # as the link stands in a letter
    path("w/<str:link>/<str:what>", wish.ask, name="wish-ask"),
    re_path(r"^w/", wish_page.nowhere),
    re_path(r"^n/(?P<link>(?s:.*))$", note.note, name="note"),
    re_path(r"^c/(?P<link>(?s:.*))$", card.card, name="card"),
    path("vouched/", vouched.vouched, name="vouched"),
    path("person/<str:person_id>/vouch/", vouched.say, name="vouch"),
    path("person/<str:person_id>/consent/", vouched.consent, name="ask-consent"),
    path("person/<str:person_id>/voucher/", vouched.voucher, name="voucher"),
    path("v/", vouching.names, name="vouched-names"),
    path("v/of/<str:owner_id>/", vouching.names, name="vouched-names-of"),
    path("v/of/<str:owner_id>/.well-known/anlass-vouchers.json", vouching.keys, name="voucher-keys-of"),
    re_path(r"^v/(?P<link>(?s:.+))$", vouching.consent, name="vouched-consent"),
    path(".well-known/anlass-vouchers.json", vouching.keys, name="voucher-keys"),
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/letter/", outcomes.digest_mail, name="digest-mail"),
    path("outcomes/<str:came>/", outcomes.outcomes, name="outcomes-of"),
    path("case/<str:case_id>/outcome/", outcomes.say, name="say-outcome"),
    path("set-aside/", about.set_aside, name="set-aside"),
    path("about/", about.about, name="about"),
    path("enter/", enter.enter, name="enter"),
    path("enter/code/", enter.code, name="enter-code"),
    path("invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("enter/passkey/", later(PASSKEYS, "enter_passkey"), name="enter-passkey"),
    path("enter/with/", later(OIDC, "start"), name="enter-with"),
    path("enter/back/", later(OIDC, "back"), name="enter-back"),
    path("leave/", enter.leave_house, name="leave"),
    path("houses/", access.houses, name="houses"),
    path("server/", access.server, name="server"),
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
    path("door/", door_desk.door_desk, name="door"),
    path("door/change/", door_desk.change, name="change-door"),
    path("case/<str:case_id>/file/<int:number>/", door_desk.file, name="door-file"),
    path("<door:name>", door_page.door, name="public-door"),
    path("<door:name>/help", door_page.help_along, name="door-help"),
    path("<door:name>/k/<str:link>", door_page.link, name="door-link"),
    path("<door:name>/<slug:text>", door_page.text, name="door-text"),
]

handler400 = "anlass.web.keeping.about.not_understood"
handler404 = "anlass.web.keeping.about.not_here"
handler500 = "anlass.web.keeping.about.broken"
