"""Codes by which agencies, rooms and vehicles are named in addresses and values."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

#: A code, as a whole.
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: The same for JSON Schema (ECMA 262).
CODE_PATTERN = f"^{CODE.pattern}$"
is_code = RegexValidator(rf"^{CODE.pattern}\Z", _("Enter small letters, digits and hyphens, at most 40."))
