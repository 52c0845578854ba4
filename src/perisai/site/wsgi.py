"""The WSGI application that ``perisai serve`` serves."""

import os

from django.core.wsgi import get_wsgi_application

from perisai.site import leash

if "PERISAI_SERVER" in os.environ:  # our own serving processes; another WSGI server looks after its own
    leash.hear_only_parent()
    leash.leave_with(int(os.environ["PERISAI_SERVER"]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perisai.site.settings")
application = get_wsgi_application()
