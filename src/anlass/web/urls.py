"""The addresses of the house."""

from __future__ import annotations

from django.urls import path

from anlass.web import opinion, person, rules, teaching, views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("case/<str:case_id>/", views.case, name="case"),
    path("case/<str:case_id>/teach/", teaching.teach, name="teach"),
    path("case/<str:case_id>/unteach/", teaching.unteach, name="unteach"),
    path("case/<str:case_id>/second-opinion/", opinion.second_opinion, name="second-opinion"),
    path("case/<str:case_id>/person/", person.person_of_case, name="person-of-case"),
    path("person/<str:person_id>/", person.person, name="person"),
    path("rules/", rules.rules, name="rules"),
    path("rules/edit/", rules.edit, name="edit-rules"),
    path("rules/preview/", rules.preview, name="preview-rules"),
    path("rules/change/", rules.change, name="change-rules"),
    path("rules/page/", rules.public_page, name="public-page"),
    path("set-aside/", views.set_aside, name="set-aside"),
    path("about/", views.about, name="about"),
]

handler400 = "anlass.web.views.not_understood"
handler404 = "anlass.web.views.not_here"
handler500 = "anlass.web.views.broken"
