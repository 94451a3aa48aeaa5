"""The database's own refusal to change who has read personal data, and that it was erased.

What they refuse: any UPDATE, DELETE and TRUNCATE (PostgreSQL) of readings and erasures, and an INSERT that replaces one
(SQLite's ``INSERT OR REPLACE`` fires no DELETE trigger, so the check stands before the INSERT). They are put back after
every migration, since SQLite rebuilds a table to alter it and drops its triggers without a word.
"""

from portal.core.triggers import TriggerSet

TABLES = ("cases_reading", "cases_erasure")
_REFUSED = "the audit of personal data is append-only"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"

_SQLITE = {
    f"{table}_no_{event.lower()}": f"BEFORE {event} ON {table} {_ABORT}"
    for table in TABLES
    for event in ("UPDATE", "DELETE")
} | {
    f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {_ABORT}"
    for table in TABLES
}

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION cases_personal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$;
"""
_POSTGRESQL = {
    f"{table}_no_{event.lower()}": (
        f"BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION cases_personal_refuse()"
    )
    for table in TABLES
    for event, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
}

#: Trigger name → what it is, per database vendor. A name begins with its table's.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet(TABLES, TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
