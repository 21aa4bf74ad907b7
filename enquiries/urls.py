"""The addresses of the callback form and what follows it."""

from django.urls import URLPattern

app_name = "enquiries"
urlpatterns: list[URLPattern] = []
