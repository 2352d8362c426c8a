"""The addresses of the house."""

from __future__ import annotations

from django.urls import path

from anlass.web import opinion, person, teaching, time, views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("case/<str:case_id>/", views.case, name="case"),
    path("case/<str:case_id>/teach/", teaching.teach, name="teach"),
    path("case/<str:case_id>/unteach/", teaching.unteach, name="unteach"),
    path("case/<str:case_id>/second-opinion/", opinion.second_opinion, name="second-opinion"),
    path("case/<str:case_id>/person/", person.person_of_case, name="person-of-case"),
    path("person/<str:person_id>/", person.person, name="person"),
    path("time/", time.time_page, name="time"),
    path("case/<str:case_id>/given/", time.time_given, name="time-given"),
    path("time/<str:number>/", time.time_behind, name="time-behind"),
    path("time/<str:number>/<str:month>/", time.time_behind, name="time-behind-month"),
    path("set-aside/", views.set_aside, name="set-aside"),
    path("about/", views.about, name="about"),
]

handler400 = "anlass.web.views.not_understood"
handler404 = "anlass.web.views.not_here"
handler500 = "anlass.web.views.broken"
