"""What happens to cases of every kind, besides the transitions that each declares: the types of these events."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The types of the events that every kind has, besides its transitions.
RECEIVED, ASSIGNED, AMENDED, ABSORBED, REOPENED = "received", "assigned", "amended", "absorbed", "reopened"
#: The type of the event that brings a file; its data say which one, and nothing of the case.
ATTACHED = "attached"
#: The type of the event that merges a case into another, and the state that it has then; such cases are not counted.
MERGED = "merged"
#: Events that change nothing of the case: an internal note, and another secret to track it with.
NOTED, SECRET_GIVEN = "noted", "secret-given"
#: The type of the event by which a change to the office calendar moves the last day of a case; its data are about that
#: (`portal.cases.moved_deadlines`), and say nothing of the case itself.
DEADLINE_MOVED = "deadline-moved"
#: What these events are called.
STEPS: Mapping[str, Promise] = {
    RECEIVED: _("Received"),
    ASSIGNED: _("Assigned"),
    AMENDED: _("Amended"),
    MERGED: _("Merged"),
    ABSORBED: _("Another case merged into it"),
    REOPENED: _("Reopened"),
    NOTED: _("Internal note"),
    SECRET_GIVEN: _("New secret given to the citizen"),
    DEADLINE_MOVED: _("Last day moved by the office calendar"),
    ATTACHED: _("File added"),
}
