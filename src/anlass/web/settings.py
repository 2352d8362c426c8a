"""The pages' part of Django's settings, as plain values; the edge hands them to the store's `configure`.

No page needs a script, a third party or a table of its own: sessions live in a signed
cookie, styles, fonts and the one small script come from this folder, and the policy sent
with every page forbids everything else.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "connect-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


def web_settings(secret: str) -> dict[str, object]:
    """Return the settings of the pages; `secret` signs the session cookie, new at every start."""
    return {
        "SECRET_KEY": secret,
        "DEBUG": False,
        "INSTALLED_APPS": ["django.contrib.staticfiles", "anlass.web"],
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "ROOT_URLCONF": "anlass.web.urls",
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "anlass.web.middleware.PrivateHouse",
            "csp.middleware.CSPMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django.middleware.common.CommonMiddleware",  # refuses foreign Host headers before all else
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "anlass.web.middleware.Threshold",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["anlass.web.rooms.rooms"]},
            },
        ],
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": POLICY},
        "SECURE_REFERRER_POLICY": "same-origin",  # with none at all a form names no origin, and is refused
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "SESSION_COOKIE_NAME": "anlass",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_USE_SESSIONS": True,  # no second cookie
        "CSRF_FAILURE_VIEW": "anlass.web.views.not_from_here",
        "FILE_UPLOAD_HANDLERS": [
            "anlass.web.uploads.Quota",
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "django.core.files.uploadhandler.TemporaryFileUploadHandler",
        ],
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_MAX_AGE": 86_400,
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("de", "Deutsch"), ("en", "English")],
        "LOCALE_PATHS": [Path(__file__).with_name("locale")],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
    }


def admit(pages: dict[str, object], address: str) -> None:
    """Let the pages answer under the name of a public address too; `pages` are the settings in use.

    Under that name only the public pages are there: the door, cards, the list of those vouched for, events.
    """
    hosts, host = pages["ALLOWED_HOSTS"], urlsplit(address).hostname
    if host and isinstance(hosts, list) and host not in hosts:
        hosts.append(host)
