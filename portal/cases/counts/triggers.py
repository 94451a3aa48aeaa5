"""The database's own refusal to change counts that were sent.

What it refuses: UPDATE and DELETE; TRUNCATE (PostgreSQL); an INSERT that replaces a version (SQLite's ``INSERT OR
REPLACE`` fires no DELETE trigger, so the check stands before the INSERT). The triggers are put back after every
migration, since SQLite rebuilds a table to alter it and drops its triggers without a word.
"""

from portal.core.triggers import TriggerSet

TABLE = "cases_sentcounts"
_REFUSED = "counts that were sent are append-only"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
_SAME = " AND ".join(f"{column} = NEW.{column}" for column in ("kind", "period", "agency", "version"))

_SQLITE = {f"{TABLE}_no_{event.lower()}": f"BEFORE {event} ON {TABLE} {_ABORT}" for event in ("UPDATE", "DELETE")} | {
    f"{TABLE}_no_replace": (
        f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR ({_SAME})) {_ABORT}"
    )
}
_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION cases_sentcounts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$;
"""
_POSTGRESQL = {
    f"{TABLE}_no_{event.lower()}": (
        f"BEFORE {event} ON {TABLE} FOR EACH {level} EXECUTE FUNCTION cases_sentcounts_refuse()"
    )
    for event, level in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
}

#: Trigger name → what it is, per database vendor. A name begins with its table's.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet((TABLE,), TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
