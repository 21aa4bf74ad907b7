"""One include per app, and the project's own pages."""

from django.contrib import admin
from django.urls import include, path

app_name = None
urlpatterns = [
    path("", include("occupations.urls")),
    path("contact/", include("enquiries.urls")),
    path("admin/", admin.site.urls),
]
