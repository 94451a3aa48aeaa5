"""What people call the agencies that cases are of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.codes import is_code


class Agency(models.Model):
    """The names of an agency. A code without a row is shown as it is."""

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[is_code],
        help_text=_("The agency's code as cases have it, such as consumer-office."),
        error_messages={"unique": _("This agency has an entry already.")},
    )
    name_zh_hant = models.CharField(_("name (Chinese)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_zh_hant
