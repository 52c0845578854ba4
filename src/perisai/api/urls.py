"""Addresses of the JSON API."""

from django.urls import include, path, re_path

from perisai.api.v1 import api, unknown_address

urlpatterns = [
    path("v1/", api.urls),
    path("snap/v1.0/", include("perisai.api.snap")),
    re_path(r"^.*$", unknown_address),
]
