"""Django settings; what differs between places comes from the environment (docs/operations.md)."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import environ
from django.contrib.messages import constants as message_levels

from perisai.site import places, postgres, secret

env = environ.Env()

HOME = places.home()

DEBUG = env.bool("PERISAI_DEBUG", default=False)
SECRET_KEY = env.str("PERISAI_SECRET_KEY", default="") or secret.secret_key(HOME)
ALLOWED_HOSTS = env.list("PERISAI_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "procrastinate.contrib.django",
    "perisai.accounts",
    "perisai.audit",
    "perisai.notices",
    "perisai.regions",
    "perisai.organisation",
    "perisai.villages",
    "perisai.agents",
    "perisai.certification",
    "perisai.employers",
    "perisai.membership",
    "perisai.contributions",
    "perisai.banks",
    "perisai.outreach",
    "perisai.incentives",
    "perisai.targets",
    "perisai.sync",
    "perisai.web",
    "perisai.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "perisai.web.middleware.reader_language",
    "perisai.web.middleware.security_headers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "perisai.site.middleware.sliding_session",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "perisai.site.urls"
WSGI_APPLICATION = "perisai.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [places.PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Without DATABASE_URL: the embedded server, which `perisai` starts before anybody connects.
DATABASES = {"default": env.db("DATABASE_URL", default=postgres.place(HOME).url)}
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a socket's folder comes percent-encoded
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# The server plans a statement once and then only fills it in: a third of what the main chain cost it.
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=3)
if env.bool("PERISAI_POOL", default=False):  # set by `perisai serve`, whose threads come and go
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1, "max_size": env.int("PERISAI_POOL_SIZE", default=8), "timeout": 10,
    }  # fmt: skip

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/"

AUTHENTICATION_BACKENDS = ["perisai.accounts.backend.AccountBackend"]
SESSION_ENGINE = "perisai.accounts.backend"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "perisai.web.views.pages.csrf_failure"

HTTPS = env.bool("PERISAI_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
X_FRAME_OPTIONS = "DENY"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# The build writes names with a hash of the content, so a browser may keep such a file for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/.+[.-][A-Za-z0-9_-]{8,}\.(js|css|woff2?|svg|png)$"

# Photos and signatures, each sealed: in a folder beside the keys, or in a bucket of S3 or of anything that speaks as it does.
_BUCKET = env.str("PERISAI_PICTURES_BUCKET", default="")
_PICTURES: dict[str, Any] = (
    {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _BUCKET,
            "endpoint_url": env.str("PERISAI_PICTURES_ENDPOINT", default="") or None,
            "default_acl": None,
            "querystring_auth": True,
        },
    }
    if _BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "pictures",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
)
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "pictures": _PICTURES,
}

MESSAGE_TAGS = {message_levels.DEBUG: "secondary", message_levels.ERROR: "danger"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [places.PACKAGE / "locale"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {"()": "perisai.site.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": env.str("PERISAI_LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "mt940": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},  # it would log what it cannot read
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

# The day at which boards open; the demo sets the day of the report, without it they open today.
BOARDS_OPEN_AT = date.fromisoformat(day) if (day := env.str("PERISAI_BOARDS_OPEN_AT", default="")) else None
