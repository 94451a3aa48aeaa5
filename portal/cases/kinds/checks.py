"""A check of Django's that the declarations of kinds are consistent."""


def register() -> None:
    """Register the check with Django."""
