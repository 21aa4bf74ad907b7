"""The addresses of the callback form and what follows it."""

from django.urls import path

from enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("", views.new, name="new"),
    path("received/<str:token>/", views.received, name="received"),
    path("confirm/<str:token>/", views.confirm_guardian, name="confirm_guardian"),
]
