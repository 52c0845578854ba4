"""Addresses of the JSON API."""

from django.urls import path, re_path

from perisai.api.v1 import api, unknown_address

urlpatterns = [path("v1/", api.urls), re_path(r"^.*$", unknown_address)]
