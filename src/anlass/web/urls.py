"""The addresses of the house."""

from __future__ import annotations

from django.urls import path, re_path

from anlass.web import card, cards, opinion, person, teaching, views, watch

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("case/<str:case_id>/", views.case, name="case"),
    path("case/<str:case_id>/teach/", teaching.teach, name="teach"),
    path("case/<str:case_id>/unteach/", teaching.unteach, name="unteach"),
    path("case/<str:case_id>/second-opinion/", opinion.second_opinion, name="second-opinion"),
    path("case/<str:case_id>/person/", person.person_of_case, name="person-of-case"),
    path("person/<str:person_id>/", person.person, name="person"),
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
]

handler400 = "anlass.web.views.not_understood"
handler404 = "anlass.web.views.not_here"
handler500 = "anlass.web.views.broken"
