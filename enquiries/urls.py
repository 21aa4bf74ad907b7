"""The addresses of the callback form, and of an enquiry behind its link."""

from django.urls import path

from enquiries import views
from enquiries.views import desk_feed, enquiry

app_name = "enquiries"
urlpatterns = [
    path("", views.new, name="new"),
    path("form/", views.form_in_place, name="form"),
    path("times/", views.call_times, name="times"),
    path("received/<str:token>/", views.received, name="received"),
    path("confirm/<str:token>/", views.confirm_guardian, name="confirm_guardian"),
    path("guardian/<str:token>/", views.give_guardian, name="give_guardian"),
    path("agree/<str:token>/", views.agree_anew, name="agree_anew"),
    path("helped/<str:token>/", views.helped, name="helped"),
]
enquiry_patterns = [
    path("", enquiry.lost, name="lost"),
    path("not-me/<str:token>/", enquiry.disown, name="disown"),
    path("<str:token>/", enquiry.show, name="show"),
    path("<str:token>/time/", enquiry.choose_time, name="choose_time"),
    path("<str:token>/call.ics", enquiry.call_file, name="call_file"),
    path("<str:token>/contact/", enquiry.correct_contact, name="correct_contact"),
    path("<str:token>/resume/", enquiry.add_resume, name="add_resume"),
    path("<str:token>/withdraw/", enquiry.withdraw, name="withdraw"),
    path("<str:token>/data/", enquiry.data, name="data"),
]
desk_patterns = [path("calendar/<str:token>.ics", desk_feed.feed, name="feed")]
