"""What is written to citizens again and again."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases import placeholders
from portal.cases.models.officers import kind_choices
from portal.core.codes import is_code


class ReplyTemplate(models.Model):
    """A text for citizens in both languages, with places that are filled in from the case (`placeholders`).

    It is offered for the cases of ``kind`` at ``agency``; empty: at all agencies.
    """

    kind = models.CharField(_("kind of case"), max_length=40, choices=kind_choices)
    agency = models.CharField(
        _("agency"),
        max_length=40,
        blank=True,
        validators=[is_code],
        help_text=_("The code of the agency that uses it; empty: all."),
    )
    title = models.CharField(_("title"), max_length=100, help_text=_("By which officers choose it."))
    body_zh_hant = models.TextField(_("text (Chinese)"), max_length=2000, help_text=placeholders.HELP)
    body_en = models.TextField(_("text (English)"), max_length=2000, help_text=placeholders.HELP)

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse places that nothing is known to fill."""
        wrong = {}
        for name in ("body_zh_hant", "body_en"):
            unknown = placeholders.unknown(getattr(self, name) or "")
            if unknown:
                message = _("There is no placeholder %(unknown)s. These can be used: %(known)s.")
                known = placeholders.shown(placeholders.PLACEHOLDERS)
                params = {"unknown": placeholders.shown(unknown), "known": known}
                wrong[name] = ValidationError(message, code="placeholder", params=params)
        if wrong:
            raise ValidationError(wrong)
