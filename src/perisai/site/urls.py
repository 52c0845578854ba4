"""Every address of the program: the office pages, and the JSON for machines under ``/api/``."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("perisai.api.urls")),
    path("", include("perisai.web.urls")),
]
