"""The database's own refusal to let two reservations of one resource overlap, on SQLite.

PostgreSQL has an exclusion constraint for it, which SQLite has not; there a trigger looks for a reservation that a new
or changed one would meet. Transactions that write are one after another on SQLite, so none can slip in between. Moments
are stored as texts in UTC of one form, which sort as the moments do.
"""

from portal.core.triggers import TriggerSet

TABLE = "resources_reservation"
_REFUSED = "the resource is reserved for a part of this period already"
_MEETS = (
    f"EXISTS (SELECT 1 FROM {TABLE} WHERE resource_id = NEW.resource_id{{besides}} "
    "AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at)"
)
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"

#: Trigger name → what it is, per database vendor.
TRIGGERS = {
    "sqlite": {
        f"{TABLE}_alone": f"BEFORE INSERT ON {TABLE} WHEN {_MEETS.format(besides='')} {_ABORT}",
        f"{TABLE}_stays_alone": (
            f"BEFORE UPDATE ON {TABLE} WHEN {_MEETS.format(besides=' AND id <> OLD.id')} {_ABORT}"
        ),
    },
    "postgresql": {},
}

_SET = TriggerSet((TABLE,), TRIGGERS, "")
install = _SET.install
missing = _SET.missing
