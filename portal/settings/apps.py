"""Applications, middleware, templates: what is installed and in which order."""

INSTALLED_APPS = [
    # cms overrides Wagtail's publish_scheduled, and a room's templates win over a library's.
    "cms",
    "portal.publication",
    "portal.statistics",
    "portal.opendata",
    "search",
    "portal.rendering",
    "portal.site",
    "portal.subscriptions",
    "portal.resources",
    "portal.cases",
    "portal.services",
    "portal.api",
    "portal.core",
    # modeltranslation patches the admin and must be loaded before it and before Wagtail.
    "modeltranslation",
    "wagtail_headless_preview",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
]

# No LocaleMiddleware: an address means one language, whatever a cookie or header says.
MIDDLEWARE = [
    "portal.core.middleware.RequestMiddleware",
    # Outside of what stores and packs pages: what it adds is in none of them.
    "portal.core.synthetic.SyntheticMiddleware",
    # Before what answers by itself: static files and redirects are told no less.
    "portal.core.policies.IsolationMiddleware",
    "portal.core.policies.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.accounts.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.core.accounts.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.core.accounts.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Themes have an engine of their own (portal.rendering.theme).
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
