"""The addresses of the catalogue: a contract, they never change."""

from django.urls import URLPattern

app_name = "occupations"
urlpatterns: list[URLPattern] = []
