"""What some texts must be: a telephone number, an e-mail address, a business's tax identification number."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from portal.cases.kinds.fields import Rule

_TAX_ID_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_is_email = EmailValidator()


def is_tax_id(text: str) -> bool:
    """Whether eight digits are a 統一編號 (Ministry of Finance's checksum of 2023).

    Each digit is multiplied by its weight and the digits of the products are added; the sum is divisible by 5. A 7 in
    the seventh place makes 28, whose digits make 10 and may be taken as 1 or 0, so the sum may also be one short.
    """
    total = sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(text, _TAX_ID_WEIGHTS, strict=True))
    return total % 5 == 0 or (text[6] == "7" and (total + 1) % 5 == 0)


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    try:
        _is_email(text)
    except ValidationError:
        return False
    return True


TAX_ID = Rule("tax-id", "^[0-9]{8}$", _("Enter the eight digits of a valid tax identification number."), is_tax_id)
EMAIL = Rule("email", r"^[^\s@]+@[^\s@]+$", _("Enter a valid e-mail address."), is_email, found_by="email")
PHONE = Rule(
    "phone",
    r"^[+(]?[0-9][0-9 ()#\-]{5,28}[0-9]$",
    _("Enter a telephone number with digits, such as 07-1234567 or 0912-345-678."),
    found_by="phone",
)
