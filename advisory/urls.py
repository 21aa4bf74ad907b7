"""One include per app, and the project's own pages."""

from django.contrib import admin
from django.urls import include, path

from advisory import crawlers, feedback, views
from enquiries.admin.desk import desk_urls
from enquiries.urls import desk_patterns, enquiry_patterns
from occupations import api, sitemaps

stock_urls, admin_app, admin_namespace = admin.site.urls
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/thanks/", feedback.thanks, name="feedback_thanks"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("robots.txt", crawlers.robots, name="robots"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>.xml", sitemaps.section, name="sitemap_section"),
    path("api/v1/", api.urls),
    path("", include("occupations.urls")),
    path("contact/", include("enquiries.urls")),
    path("enquiry/", include((enquiry_patterns, "enquiry"))),
    path("desk/", include((desk_patterns, "desk"))),
    path("admin/", include("advisory.sign_in.urls")),
    path("admin/", (desk_urls() + stock_urls, admin_app, admin_namespace)),
]
