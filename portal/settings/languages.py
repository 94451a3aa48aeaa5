"""Languages and time: Chinese is the default and required language, English the second."""

from portal.core.languages import name_in_language
from portal.settings.env import BASE_DIR
from portal.settings.themes import THEME_DIRS

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "中文（正體）"), ("en", "English")]
# A room brings its own catalogue; a theme, which is no application, is named here. So is what Wagtail and Django say
# to editors in our words: a path named here wins over every application, in the admin's JavaScript too.
LOCALE_PATHS = [
    *(directory / "locale" for directory in THEME_DIRS if (directory / "locale").is_dir()),
    BASE_DIR / "cms" / "library_locale",
]
USE_I18N = True

TIME_ZONE = "Asia/Taipei"
USE_TZ = True

# Page trees per language are not used: both languages live in one record.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hant"
MODELTRANSLATION_LANGUAGES = ("zh-hant", "en")
# What is required at all is required in Chinese.
MODELTRANSLATION_REQUIRED_LANGUAGES = ("zh-hant",)
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = name_in_language
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField",)
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hant",)
