"""What can go wrong, told in a sentence."""


class Problem(Exception):
    """What stands in the way, for whoever ran the command."""
