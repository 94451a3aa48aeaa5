"""What fields that take a resource can be given, and what the codes in them are called."""

from portal.cases.kinds.fields import Field
from portal.core.languages import text
from portal.resources.selectors import name_of, names, offered


def labelled(field: Field, language: str) -> list[tuple[str, str]]:
    """The codes that a field takes, with names in a language: what can be reserved now."""
    return [(resource.code, str(text(name_of(resource), language))) for resource in offered(field.takes)]


def label(code: str, language: str) -> str:
    """What the resource of a code is called; the code where there is none any more."""
    name = names([code]).get(code)
    return str(text(name, language)) if name else code
