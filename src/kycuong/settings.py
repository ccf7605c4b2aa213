"""Settings: one file, names with the prefix KYCUONG_, typed readers; what is law lies in core, what an authority decides in tables."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

PACKAGE = Path(__file__).resolve().parent


def text(name: str, default: str = "") -> str:
    """Return the setting KYCUONG_<name>, read from the file named by KYCUONG_<name>_FILE when that is given."""
    path = os.environ.get(f"KYCUONG_{name}_FILE")
    if path:
        return Path(path).read_text("utf-8").strip()
    return os.environ.get(f"KYCUONG_{name}", default)


def flag(name: str, default: bool = False) -> bool:
    """Return the setting KYCUONG_<name> as true or false; 1, true, yes, on are true."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the setting KYCUONG_<name> as a whole number."""
    return int(text(name, str(default)))


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-32768;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    ),
}


def database(url: str) -> dict[str, object]:
    """Return Django's database entry for `sqlite:///path` or `postgresql://user@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": 600}
    if parts.scheme not in {"postgres", "postgresql"}:
        message = "KYCUONG_DATABASE must begin with sqlite:/// or postgresql://"
        raise ValueError(message)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or text("DATABASE_PASSWORD"),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": "-c jit=off"},  # compiling a statement takes longer than any page's statement runs
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


HOME = Path(text("HOME", "var"))
# What the library of charts finds out about the fonts of a machine takes seconds, and a service has no home of its own that
# stays: it is kept beside the data, unless it is told a place or knows one.
if not any(Path(os.environ.get("HOME", "/"), ".cache", "matplotlib").glob("fontlist*")):
    os.environ.setdefault("MPLCONFIGDIR", str(HOME / "matplotlib"))
DEMO = flag("DEMO")
DEMO_SIGN_INS = (
    "vanthu", "theodoi", "chutich", "chanhvp", "gd.snv", "tp.cchc", "cv.cchc", "gd.sxd", "gd.stc", "ct.xa1", "kiemtoan", "quantri",
)  # fmt: skip
DEMO_PASSWORD = text("DEMO_PASSWORD", "ky-cuong-2026")
DEBUG = flag("DEBUG")
PROVINCE_NAME = text("PROVINCE_NAME", "UBND tỉnh")
SECRET_KEY = text("SECRET_KEY", "insecure-demo-key-of-no-value-outside-a-demo")
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in text("TRUSTED_ORIGINS").split(",") if origin]
SECRET_KEY_FALLBACKS = [key for key in text("OLD_SECRET_KEYS").split(",") if key]
SECURE = flag("SECURE")  # behind TLS: cookies and HSTS follow

DATABASES = {"default": database(text("DATABASE", f"sqlite:///{HOME / 'kycuong.sqlite3'}"))}
PREPARED = flag("PREPARED", True)  # PostgreSQL keeps the plans of what is asked at every page
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_DIR = Path(text("FILES_DIR", str(HOME / "files")))
EXPORTS_DIR = Path(text("EXPORTS_DIR", str(HOME / "exports")))  # complete exports wait here for a week
SEAL_KEY_FILE = Path(text("SEAL_KEY_FILE", str(HOME / "keys" / "seal.pem")))
SITE_URL = text("SITE_URL", "http://localhost:8000").rstrip("/")
SMTP_HOST = text("SMTP_HOST")
SMTP_PORT = number("SMTP_PORT", 587)
SMTP_USER = text("SMTP_USER")
SMTP_PASSWORD = text("SMTP_PASSWORD")
SMTP_SECURITY = text("SMTP_SECURITY", "starttls").strip().lower()
SMTP_FROM = text("SMTP_FROM", "kycuong@localhost")
MAIL_DOMAINS = tuple(domain.strip().lower() for domain in text("MAIL_DOMAINS").split(",") if domain.strip())
SENDS_MAIL = bool(SMTP_HOST) and not DEMO  # made-up people get no mail
UPLOAD_LIMIT_MB = number("UPLOAD_LIMIT_MB", 20)
BATCH_LIMIT_MB = max(UPLOAD_LIMIT_MB, number("BATCH_LIMIT_MB", 60))  # of one request: several files, an archive
HOOK_NETWORKS = text("HOOK_NETWORKS")  # beside public addresses by https, whither events may be sent: 10.20.0.0/16
API_CALLS_A_MINUTE = number("API_CALLS_A_MINUTE", 600)  # of one token, over all workers
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = (
    (BATCH_LIMIT_MB + 1) * 1024 * 1024
)  # a paper stays in memory: a secret one is never written
FILE_UPLOAD_HANDLERS = ["kycuong.web.uploads.BoundedMemoryHandler"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "csp",
    "kycuong",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kycuong.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its app asks for it
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kycuong.web.middleware.PolicyMiddleware",
    "kycuong.web.middleware.ActorMiddleware",
    "kycuong.web.middleware.FirstStepsMiddleware",
    "kycuong.web.middleware.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "kycuong.urls"
WSGI_APPLICATION = "kycuong.wsgi.application"
LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("kycuong.web.folding.Loader", LOADERS)])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kycuong.web.context.page",
            ],
            "builtins": ["kycuong.web.tags", "kycuong.web.kept_tags"],
            "libraries": {"i18n": "kycuong.web.kept_tags"},
        },
    },
]

AUTH_USER_MODEL = "kycuong.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "kycuong.web.sessions.Keeper",  # who goes on with a session
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "full_name", "folded")},
    },
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_duties"
LOGOUT_REDIRECT_URL = "sign_in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "errors/429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "kycuong.web.sessions.address"
AXES_VERBOSE = False
SESSION_ENGINE = "kycuong.services.session_store"
SESSION_IDLE_MINUTES = number("SESSION_IDLE_MINUTES", 120)
SESSION_COOKIE_AGE = number("SESSION_HOURS", 12) * 3600  # the end of a session, however much it is used
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"  # the browser refuses it from elsewhere
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SECOND_FACTOR = text("SECOND_FACTOR", "none" if DEMO else "policy").strip().lower()
PASSWORDS = text("PASSWORDS", "all").strip().lower()  # who may sign in with one: all, or administrators only
OIDC_ISSUER = text("OIDC_ISSUER").strip()
OIDC_NAME = text("OIDC_NAME", "tài khoản dùng chung của tỉnh")
OIDC_CLIENT_ID = text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = text("OIDC_CLIENT_SECRET")
OIDC_SCOPES = text("OIDC_SCOPES", "openid profile email").split()
OIDC_MATCH = text("OIDC_MATCH", "login").strip().lower()
OIDC_CLAIM = text("OIDC_CLAIM", "preferred_username")
OIDC_SECOND_FACTOR = text("OIDC_SECOND_FACTOR", "provider").strip().lower()
OIDC_SIGN_OUT = flag("OIDC_SIGN_OUT", True)
#: Origins to which a form of ours may lead: the provider's; browsers ask also about what the answer redirects to.
OIDC_ORIGINS = [
    f"{parts.scheme}://{parts.netloc}"
    for parts in (urlsplit(one.strip()) for one in (OIDC_ISSUER, *text("OIDC_ORIGINS").split(",")))
    if parts.netloc
]
ACCOUNT_LOGIN_METHODS = {
    "username"
}  # of allauth only the parts of the provider are used: none of its pages has an address
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
PROXIES = number("PROXIES", 0)  # reverse proxies of ours in front, each of which notes whence a request came
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "kycuong.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if not DEBUG and (STATIC_ROOT / "staticfiles.json").exists()
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "kycuong.logs.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": text("LOG_FORMAT", "line")}},
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "WARNING")},
}
#: Our tags stand in the place of Django's i18n on purpose: web/kept_tags.py.
SILENCED_SYSTEM_CHECKS: list[str] = ["templates.W003"]
