"""What the desk remembers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PublicationFailure(models.Model):
    """That a scheduled publication or expiry could not be carried out, and why; gone once it succeeds."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="publication_failure")
    message = models.TextField(_("reason"))
    failed_at = models.DateTimeField(_("failed at"), auto_now=True)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.message}"
