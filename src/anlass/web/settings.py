"""The pages' part of Django's settings, as plain values; the edge hands them to the store's `configure`.

No page needs a script, a third party or a table of its own: sessions live in a signed
cookie, styles, fonts and the one small script come from this folder, and the policy sent
with every page forbids everything else.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from anlass.wires.server import OFF, ServerSettings

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


def web_settings(secret: str, server: ServerSettings = OFF) -> dict[str, object]:
    """Return the settings of the pages; `secret` signs the session cookie.

    Without a server it is new at every start, and so is every key; with one that has TLS the cookie goes by
    TLS alone. What a proxy says is believed where it is named.
    """
    pages = {**_pages(secret), "ANLASS_PROXIES": server.trusted_proxies}
    return {**pages, **(_on_a_server(server) if server.is_on else {})}


def _on_a_server(server: ServerSettings) -> dict[str, object]:
    name = urlsplit(server.address).hostname or ""
    settings: dict[str, object] = {
        "ALLOWED_HOSTS": [name],
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": False,
        "SESSION_COOKIE_AGE": 30 * 86_400,
    }
    if server.has_tls:
        settings |= {
            "SESSION_COOKIE_NAME": "__Host-anlass",
            "SESSION_COOKIE_SECURE": True,
            "SECURE_HSTS_SECONDS": 365 * 86_400,
        }
    return settings


def _pages(secret: str) -> dict[str, object]:
    return {
        "SECRET_KEY": secret,
        "DEBUG": False,
        "INSTALLED_APPS": ["django.contrib.staticfiles", "anlass.web"],
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "ROOT_URLCONF": "anlass.web.urls",
        "MIDDLEWARE": [
            "anlass.web.serving.health.Health",
            "anlass.web.serving.proxy.BehindProxy",
            "django.middleware.security.SecurityMiddleware",
            "anlass.web.serving.middleware.PrivateHouse",
            "csp.middleware.CSPMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django.middleware.common.CommonMiddleware",  # refuses foreign Host headers before all else
            "anlass.web.serving.packed.Packed",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "anlass.web.serving.middleware.Threshold",
            "anlass.web.keeping.settings.OwnLanguage",
            "django.middleware.csrf.CsrfViewMiddleware",
            "anlass.web.serving.middleware.OfThisHouse",
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
        "CSRF_FAILURE_VIEW": "anlass.web.keeping.about.not_from_here",
        "FILE_UPLOAD_HANDLERS": [
            "anlass.web.frame.uploads.Quota",
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "django.core.files.uploadhandler.TemporaryFileUploadHandler",
        ],
        "DATA_UPLOAD_MAX_NUMBER_FILES": 10,  # a form is at most 2.5 MB and 1,000 fields; files have a quota
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
