"""Who works on which cases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.kinds import KINDS
from portal.core.codes import is_code


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of case with their labels."""
    return [(kind.name, str(kind.label)) for kind in KINDS.values()]


class Officer(models.Model):
    """That somebody may see the cases of one kind at one agency. Without such a row nobody sees any, not even a
    superuser.

    Reading personal data needs ``may_read_personal`` and a second factor; taking steps needs ``may_decide``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_rights", verbose_name=_("officer")
    )
    kind = models.CharField(_("kind of case"), max_length=40, choices=kind_choices)
    agency = models.CharField(
        _("agency"),
        max_length=40,
        validators=[is_code],
        help_text=_("The agency's code as cases have it, such as consumer-office."),
    )
    may_decide = models.BooleanField(
        _("may take steps"),
        default=False,
        help_text=_("Receive, forward, assign, amend, close, reopen and merge cases."),
    )
    may_read_personal = models.BooleanField(
        _("may read personal data"),
        default=False,
        help_text=_("Only after signing in with a second factor. Every reading is kept on record."),
    )

    class Meta:
        verbose_name = _("officer of cases")
        verbose_name_plural = _("officers of cases")
        ordering = ["agency", "kind", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "agency"],
                name="cases_officer_once",
                violation_error_message=_("This officer has an entry for this kind and agency already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}, {self.agency}"
