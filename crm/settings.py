"""Every setting of the project, read from the environment only. ``.env.example`` documents each variable."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from crm import environment

BASE_DIR = environment.FOLDER

DEBUG = environment.switch("DEBUG", default=False)
LOCAL_DEMO = environment.switch("LOCAL_DEMO", default=False)
SECRET_KEY = environment.secret("SECRET_KEY")
if not SECRET_KEY:
    if not (DEBUG or LOCAL_DEMO):
        raise ImproperlyConfigured(
            "SECRET_KEY must be set (or DEBUG=1 or LOCAL_DEMO=1 on a machine of your own)."
        )
    SECRET_KEY = "insecure-only-for-development-and-the-demo-on-the-loopback-address"  # noqa: S105

ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
# Without a name the product's stands alone, and a system check says so.
OFFICE_NAME = environment.text("OFFICE_NAME")

INSTALLED_APPS = [
    "crm",
    "core.accounts",
    "core.imports",
    "core",
    "actors",
    "contacts",
    "events",
    "reports",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "template_partials",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.forms",  # the templates of form controls that ours do not replace
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.caching.PrivateMiddleware",  # below what serves files, above all that makes an answer
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.drafts.DraftMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "core.forms.FormRenderer"

# --- databases ----------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}
DATABASES = {"default": environment.database("DATABASE_URL", "sqlite:///db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "core.memory.ReadableCache", "LOCATION": "cache"},
    # Apart and roomy: when a cache is full it forgets, and whoever guesses passwords must not make it forget.
    "sign_in": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- sign-in ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "core.accounts.forms.SignInForm",
    "reset_password": "core.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Counted by core.accounts.attempts, which knows browsers; what is left to the library waits a minute at most.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": None}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0, least=0, most=9)

# --- mail ---------------------------------------------------------------------------------------------------
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = environment.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.switch("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "stadtteilnetz@localhost")
# The box that `manage.py fetch_emails` reads, as imaps://user:password@host:993/INBOX
EMAIL_IN_URL = environment.secret("EMAIL_IN_URL")
# What is sent from these addresses is the office's own, as from those of its users and its own actor.
OFFICE_EMAILS = environment.listing("OFFICE_EMAILS")
# Without a mail server nothing is sent, and the sign-in page says whom to ask instead.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# --- language and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "crm" / "locale"]
TIME_ZONE = "Europe/Berlin"
# Where a telephone number without a country code is dialled.
PHONE_REGION = "DE"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["crm.formats"]

# --- static files -------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
STORAGES = {
    "default": {"BACKEND": "core.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = environment.folder("MEDIA_ROOT", "media")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
OFFLINE_WORKER = environment.switch("OFFLINE_WORKER", default=True)
# What tells actors of the same name apart beside what the register itself knows.
ACTOR_HINTS = ["contacts.hints.last_contacts"]
IMPORT_KEEP_DAYS = environment.number("IMPORT_KEEP_DAYS", 90, least=1, most=36500)

# --- security -----------------------------------------------------------------------------------------------
HTTPS_ONLY = environment.switch("HTTPS_ONLY", default=not (DEBUG or LOCAL_DEMO))
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31536000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
if environment.switch("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- REST API -----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one answers whoever is not signed in: 401 with how to sign in, not 403.
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api_defaults.ModelRights"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api_defaults.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "core.api_defaults.Pages",
    "DEFAULT_FILTER_BACKENDS": ["core.api_strictness.FilterBackend"],
    "EXCEPTION_HANDLER": "core.api_errors.answer_to_error",
    "DEFAULT_SCHEMA_CLASS": "core.api_schema.Schema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Stadtteilnetz",
    "DESCRIPTION": "Stakeholder network and engagement records of a neighbourhood office.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["core.api_defaults.ModelRights"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ActorKind": "actors.models.ActorKind",
        "Salutation": "actors.models.Salutation",
        "Sector": "actors.models.Sector",
        "ConsentPurpose": "actors.models.ConsentPurpose",
        "ConsentGivenHow": "actors.models.ConsentGivenHow",
        "ContactDirection": "contacts.models.Direction",
        "EmailKind": "contacts.models.EmailKind",
        "EmailState": "contacts.models.EmailState",
        "FollowUpRepeats": "contacts.models.Repeats",
        "FeedScope": "contacts.models.FeedScope",
        "EventStatus": "events.models.EventStatus",
        "EventMode": "events.models.EventMode",
        "Rhythm": "events.models.Rhythm",
        "GoalDirection": "events.models.GoalDirection",
        "GoalCount": "events.models.GoalCount",
        "OtherHolder": "actors.services.holders.OtherHolder",
        "ContinuityDecision": "events.models.ContinuityDecision",
        "ParticipationState": "events.models.ParticipationState",
        "Weekday": "events.models.hours.WEEKDAY",
        "ConsultationSeason": "events.models.Season",
        "SpecialDaysKind": "events.models.SpecialDaysKind",
        "HeadcountGroup": "events.models.HeadcountGroup",
        "HeadcountSex": "events.models.HeadcountSex",
        "HeadcountMethod": "events.models.HeadcountMethod",
        "UserRole": "core.roles.Role",
    },
}

DJANGO_TABLES2_TEMPLATE = "tables/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.request_log.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": environment.choice(
            "LOG_LEVEL", "WARNING", choices=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
        ),
    },
    # Not Django's own handlers: they would write lines twice, and e-mails with all that a request holds.
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
