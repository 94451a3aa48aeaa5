"""Languages and time: Chinese is the default and required language, English the second."""

from django.utils.translation import gettext_lazy as _

from portal.settings.env import BASE_DIR

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True

TIME_ZONE = "Asia/Taipei"
USE_TZ = True

# Page trees per language are not used: both languages live in one record.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hant", "中文（正體）"), ("en", "English")]

MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hant"
MODELTRANSLATION_LANGUAGES = ("zh-hant", "en")
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField",)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hant",)
