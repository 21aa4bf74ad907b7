"""One include per app, and the project's own pages."""

from django.contrib import admin
from django.urls import include, path

from advisory import feedback, views
from occupations import api

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/thanks/", feedback.thanks, name="feedback_thanks"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("api/v1/", api.urls),
    path("", include("occupations.urls")),
    path("contact/", include("enquiries.urls")),
    path("admin/", admin.site.urls),
]
