"""How often a sender has asked for something of this room."""

from portal.core.allowances import AbstractAllowance


class Allowance(AbstractAllowance):
    """What citizens' forms and looks at a case are limited by; counted by `portal.core.allowances.take`, erased after
    two days.
    """
