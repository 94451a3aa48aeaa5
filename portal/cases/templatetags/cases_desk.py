"""What templates of the desk need: ``{% load cases_desk %}``."""

from django import template

from portal.cases import agencies
from portal.cases.desk import wording

register = template.Library()


@register.filter
def called(code: str, names: agencies.Names) -> str:
    """What an agency is called in the reader's language: ``{{ case.agency|called:agency_names }}``."""
    return agencies.named(code, names or {}, wording.language())
