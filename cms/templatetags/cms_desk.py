"""What the desk's templates need."""

from django import template
from django.utils.translation import get_language

from portal.core.languages import CHINESE, tag
from portal.publication.codelists import LISTS

register = template.Library()


@register.simple_tag
def translation_state(state: str) -> str:
    """The name of a translation's state in the editor's language."""
    return LISTS["*.translation"][state][tag(get_language() or CHINESE)]
