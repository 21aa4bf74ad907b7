"""Settings in Django's topic order; what varies comes from the environment and fails loudly."""

from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from advisory import embedded
from advisory.private_storage import in_bucket, in_folder
from advisory.var import BASE_DIR, kept_secret_key, var_dir

env = environ.Env()

# What the process keeps on disk
VAR_DIR = var_dir()
PRIVATE_FILES_DIR = Path(env("PRIVATE_FILES_DIR", default=str(VAR_DIR / "private")))

# Core
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or kept_secret_key()
if not SECRET_KEY:
    msg = "Set SECRET_KEY, or run `make up` once: it makes a key for this machine."
    raise ImproperlyConfigured(msg)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    msg = f"SITE_URL must be a whole address such as https://example.org, not {SITE_URL!r}."
    raise ImproperlyConfigured(msg)
_https = _site.scheme == "https"
ALLOWED_HOSTS = [
    _site.hostname,
    *env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]),
]
ROOT_URLCONF = "advisory.urls"
WSGI_APPLICATION = "advisory.wsgi.application"
INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "advisory",
    "enquiries",
    "occupations",
    "crispy_forms",
    "ninja",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "advisory.utf8.Utf8Middleware",
    "advisory.cross_origin.CrossOriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "advisory.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "advisory.sign_in.sessions.StaffSessionsMiddleware",
    "advisory.desk_records.DeskRecordsMiddleware",
]

# Databases
DATABASE_URL = env("DATABASE_URL", default="") or embedded.database_url(VAR_DIR)
if urlsplit(DATABASE_URL).scheme not in {"postgres", "postgresql"}:
    msg = "DATABASE_URL must look like postgres://name:password@host/database."
    raise ImproperlyConfigured(msg)
_database = env.db_url_config(DATABASE_URL)
# What comes under another name is on record as written by hand.
_options = {**_database.get("OPTIONS", {}), "application_name": "advisory"}
_most_connections = env.int("DATABASE_POOL", default=0)
if _most_connections:  # shared by the threads of a web process, which else open one each
    _options["pool"] = {
        "min_size": 2,
        "max_size": _most_connections,
        "max_idle": 60,
        "timeout": 5,  # seconds, if there is no database
        "reconnect_timeout": 5,
    }
DATABASES = {
    "default": _database
    | {
        "HOST": unquote(_database["HOST"] or ""),
        "CONN_MAX_AGE": 0 if _most_connections else env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options,
    }
}

# Internationalisation
SITE_TIME_ZONE = env("SITE_TIME_ZONE", default="Australia/Sydney")
TIME_ZONE = SITE_TIME_ZONE
LANGUAGE_CODE = "en-au"
USE_I18N = True
USE_TZ = True

# Templates and forms
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
                "advisory.firm.firm",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["advisory_forms"]
CRISPY_TEMPLATE_PACK = "advisory_forms"
CRISPY_FAIL_SILENTLY = False

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
RESUME_STORAGE_URL = env("RESUME_STORAGE_URL", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "resumes": (
        in_bucket(RESUME_STORAGE_URL)
        if RESUME_STORAGE_URL
        else in_folder(PRIVATE_FILES_DIR / "resumes")
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Whoever sends a file, to whichever page: never more than one of them, nor more of it than we keep.
FILE_UPLOAD_HANDLERS = ["enquiries.views.streaming.BoundedUploadHandler"]

# E-mail
_email = env("EMAIL_URL", default="")
if _email:
    _mail = env.email_url_config(_email)
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": _mail["EMAIL_HOST"],
                "port": _mail["EMAIL_PORT"] or 25,
                "username": _mail["EMAIL_HOST_USER"] or "",
                "password": _mail["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": _mail.get("EMAIL_USE_TLS", False),
                "use_ssl": _mail.get("EMAIL_USE_SSL", False),
                "timeout": 10,
            },
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(VAR_DIR / "mail")},
        }
    }
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"Advisory <advisory@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_mail_domain = parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2]
STAFF_EMAIL = env("STAFF_EMAIL", default=f"staff@{_mail_domain}")

# Security
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
try:
    TRUSTED_PROXIES = [str(ip_network(each, strict=False)) for each in TRUSTED_PROXIES]
except ValueError as error:
    msg = f"TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8: {error}."
    raise ImproperlyConfigured(msg) from None
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_ENGINE = "advisory.sign_in.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "advisory.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"

# How staff sign in: no sign-up, no e-mail; lock-outs are ours, since processes share them
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=_https)
AUTHENTICATION_BACKENDS = ["advisory.sign_in.backend.StaffBackend"]
ACCOUNT_ADAPTER = "advisory.sign_in.adapters.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "advisory.sign_in.forms.SignInForm",
    "reauthenticate": "advisory.sign_in.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "advisory.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "advisory.sign_in.forms.SetUpAppForm",
    "add_webauthn": "advisory.sign_in.passkey_forms.AddPasskeyForm",
    "authenticate": "advisory.sign_in.forms.CodeForm",
    "authenticate_webauthn": "advisory.sign_in.passkey_forms.PasskeyForm",
    "login_webauthn": "advisory.sign_in.passkey_forms.PasskeySignInForm",
    "reauthenticate": "advisory.sign_in.forms.CodeAgainForm",
    "reauthenticate_webauthn": "advisory.sign_in.passkey_forms.PasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Advisory desk"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https

# Search also by what words mean, if the language model is installed
SEARCH_BY_MEANING = env.bool("SEARCH_BY_MEANING", default=True)

SECURITY_CONTACT = env("SECURITY_CONTACT", default="")  # of /.well-known/security.txt

# Queue: the outbox is the only retry, so Celery acknowledges early and forgets
REDIS_URL = env("REDIS_URL", default="") or embedded.redis_url(VAR_DIR)
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a long outage ends no worker
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    # Where the broker keeps account of what was taken, a worker that fails to sign for some of it
    # takes less for ever, or ends.
    "ack_emulation": False,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30
CELERY_TASK_SOFT_TIME_LIMIT = 25
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# Who is behind the site
FIRM = {
    "name": "Advisory",
    "legal_name": env("FIRM_LEGAL_NAME", default=""),
    "abn": env("FIRM_ABN", default=""),
    "agents": env("FIRM_AGENTS", default=""),
    "phone": env("FIRM_PHONE", default=""),
    "hours": env("FIRM_HOURS", default="Monday to Friday, 9:00 to 17:00 Sydney time"),
}

# Enquiries
CLAMAV_URL = env("CLAMAV_URL", default="")
ENQUIRY_MIN_FILL_SECONDS = env.int("ENQUIRY_MIN_FILL_SECONDS", default=3)
ENQUIRY_BUDGET_PER_ADDRESS = env.int("ENQUIRY_BUDGET_PER_ADDRESS", default=30)
ENQUIRY_BUDGET_PER_CONTACT = env.int("ENQUIRY_BUDGET_PER_CONTACT", default=6)

# Logs carry no personal data: ids only
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "advisory.log_lines.WithoutValues",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        name: {"level": env("LOG_LEVEL", default="INFO")}
        for name in ("advisory", "enquiries", "occupations")
    },
}
