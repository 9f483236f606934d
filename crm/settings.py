"""All settings, read from the environment (and `.env`) by django-environ.

Every variable is explained in `.env.example`; a test compares the two.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from crm.lib.broker import socket_path

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# socket, SQLite file, media and logs; ignored by git
VAR_DIR = Path(env("VAR_DIR", default="") or BASE_DIR / "var").resolve()
for folder in ("run", "media", "log", "static"):
    (VAR_DIR / folder).mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
# The demo world is for looking at, so it may run on a key everybody knows; a real
# start without a key is refused by the system check crm.E001.
SECRET_KEY = env("SECRET_KEY", default="") or (
    "demo-only-not-a-secret" if DEMO or DEBUG else "missing"
)
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "crm",
    "notifications",
    "accounts",
    "leads",
    "sales",
    "projects",
    "analytics",
    "crm.admin.Config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, beside ours (crm.lib.forms.Renderer)
    "allauth",
    "crm.apps.SignIn",  # allauth.account
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lucide",
    "phonenumber_field",
    "rest_framework",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "crm.middleware.ReaderMiddleware",
    "crm.middleware.NotAllowedNowMiddleware",
    "crm.middleware.ViewAsMiddleware",  # the last: only the view sees the other person
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
FORM_RENDERER = "crm.lib.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.pages.context.page",
            ],
            "builtins": ["crm.templatetags.words", "crm.templatetags.icons"],
        },
    }
]

# --- Data ---------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(
        env("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'crm.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Web and worker write one file: WAL, and a write lock taken at BEGIN, or two
    # writers fail with "database is locked" (measured: 153 of 900 against none).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
    # Tests on a file too: threads cannot wait for each other on a memory database.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR_DIR / "media"  # served only through views that pass the gate
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = env.bool("STATIC_FROM_SOURCE", default=DEBUG or DEMO)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Broker and cache: REDIS_URL, else the embedded Valkey on a unix socket ---
REDIS_URL = env("REDIS_URL", default="")
EMBEDDED_BROKER = not REDIS_URL
BROKER_SOCKET = socket_path(VAR_DIR / "run")
if EMBEDDED_BROKER:
    CELERY_BROKER_URL = f"redis+socket://{BROKER_SOCKET}?virtual_host=0"
    CACHE_URL = f"unix://{BROKER_SOCKET}?db=1"
else:
    CELERY_BROKER_URL = REDIS_URL
    CACHE_URL = REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "crm.lib.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        "KEY_PREFIX": "linden",
    }
}

# --- Celery -------------------------------------------------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False  # the row is the queue: a sweep finds it
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # longer than any task, or a task runs twice
    "unacked_restore_interval": 15,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # A page that cannot reach the broker goes on at once; the worker has its own loop.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_ALWAYS_EAGER = env.bool("TASKS_EAGER", default=False)
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = env("TIME_ZONE", default="UTC")
# What comes again soon expires, or a day without a worker leaves thousands of them.
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "crm.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "outbox": {
        "task": "notifications.send_due",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "reminders": {
        "task": "leads.remind",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "pass_on": {
        "task": "leads.pass_on",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "heartbeat": {
        "task": "crm.heartbeat",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "remind": {"task": "sales.remind", "schedule": 300.0, "options": {"expires": 300}},
    "warn_late": {"task": "projects.warn_late", "schedule": crontab(hour=6, minute=20)},
    "open_due": {
        "task": "projects.open_due",
        "schedule": crontab(minute=20),
        "options": {"expires": 3600},
    },
    "nightly": {"task": "crm.nightly", "schedule": crontab(hour=2, minute=10)},
}

# --- People -------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"  # no open sign-up, own redirects
ACCOUNT_EMAIL_VERIFICATION = "none"  # people arrive by an invitation we mailed
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers because somebody typed it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "accounts.forms.signin.SignInForm",
    "reset_password": "accounts.forms.signin.ForgottenForm",
    "reset_password_from_key": "accounts.forms.signin.NewPasswordForm",
    "change_password": "accounts.forms.signin.ChangePasswordForm",
    "reauthenticate": "accounts.forms.signin.StillYouForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Linden"
MFA_FORMS = {
    "authenticate": "accounts.forms.signin.CodeForm",
    "reauthenticate": "accounts.forms.signin.CodeAgainForm",
    "activate_totp": "accounts.forms.signin.SetUpForm",
}
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_AUTO_SIGNUP = False

# --- Language, zone, money ----------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="UTC")
DEFAULT_CURRENCY = env("DEFAULT_CURRENCY", default="EUR")
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "E164"

# --- Mail and SMS -------------------------------------------------------------
# Without EMAIL_URL the demo keeps its mails in the outbox table (/demo/inbox/).
EMAIL_URL = env("EMAIL_URL", default="")
EMAIL_CONFIGURED = bool(EMAIL_URL)
vars().update(
    env.email_url_config(EMAIL_URL or ("dummymail://" if DEMO else "consolemail://"))
)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Linden <crm@localhost>")
TWILIO_ACCOUNT_SID = env("TWILIO_ACCOUNT_SID", default="")
TWILIO_AUTH_TOKEN = env("TWILIO_AUTH_TOKEN", default="")
TWILIO_FROM = env("TWILIO_FROM", default="")
TWILIO_API_BASE = env("TWILIO_API_BASE", default="")

# --- API ----------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "crm.lib.api.CursorPages",
    "DEFAULT_FILTER_BACKENDS": [
        "crm.lib.api.Filters",
        "crm.lib.api.Search",
        "crm.lib.api.Order",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "crm.lib.api.problem",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "600/min"},
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Linden CRM",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "ClientKind": "accounts.models.Client.Kind",
        "InteractionKind": "leads.models.Interaction.Kind",
        "RequestKind": "projects.models.Request.Kind",
        "RequestState": "projects.models.Request.State",
        "RunKind": "analytics.models.Run.Kind",
        "VisitKind": "sales.models.ProductEvent.Kind",
    },
}

# --- Safety -------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
IMPORT_MAX_BYTES = 50 * 2**20
IMPORT_MAX_ROWS = 500_000
DOCUMENT_MAX_BYTES = 25 * 2**20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "crm.lib.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line" if DEBUG or DEMO else "json",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "twilio": {"level": "WARNING"},  # it writes telephone numbers at INFO
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
