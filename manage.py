#!/usr/bin/env python3
"""The command line of the portal. Without PORTAL_ENV it acts in development; the web entry point does not."""

import os
import sys


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("PORTAL_ENV", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
