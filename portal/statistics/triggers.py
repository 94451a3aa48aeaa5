"""The database's own refusal to change a table.

`install` creates the triggers that are missing, `missing` names those that are not there. They are put
back after every migration, since SQLite rebuilds a table to alter it and drops its triggers without a word.
Nothing in the application takes them away.

What they refuse: any UPDATE and DELETE of tables and observations; TRUNCATE (PostgreSQL); an INSERT that
replaces a row (SQLite's ``INSERT OR REPLACE`` fires no DELETE trigger, so the check stands before the
INSERT); an observation beyond the number of rows that its table was made with.
"""

from portal.core.triggers import TriggerSet

TABLE, OBSERVATION = "statistics_table", "statistics_observation"
_REFUSED = "tables of statistics are immutable"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"

_SQLITE = {
    f"{table}_no_{event.lower()}": f"BEFORE {event} ON {table} {_ABORT}"
    for table in (TABLE, OBSERVATION)
    for event in ("UPDATE", "DELETE")
} | {
    f"{TABLE}_no_replace": (
        f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE digest = NEW.digest) {_ABORT}"
    ),
    f"{OBSERVATION}_no_addition": (
        f"BEFORE INSERT ON {OBSERVATION} WHEN EXISTS (SELECT 1 FROM {OBSERVATION} WHERE id = NEW.id) "
        f"OR EXISTS (SELECT 1 FROM {OBSERVATION} WHERE digest = NEW.digest AND ordinal = NEW.ordinal) "
        f"OR EXISTS (SELECT 1 FROM {OBSERVATION} WHERE digest = NEW.digest AND key = NEW.key) "
        f'OR NEW.ordinal >= (SELECT "rows" FROM {TABLE} WHERE digest = NEW.digest) {_ABORT}'
    ),
}

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION statistics_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION statistics_refuse_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added JOIN {TABLE} t ON t.digest = added.digest WHERE added.ordinal >= t.rows) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
"""
_POSTGRESQL = (
    {
        f"{table}_no_{event.lower()}": (f"BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION statistics_refuse()")
        for table in (TABLE, OBSERVATION)
        for event in ("UPDATE", "DELETE")
    }
    | {
        f"{table}_no_truncate": (f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION statistics_refuse()")
        for table in (TABLE, OBSERVATION)
    }
    | {
        # Once per statement: a table may have a million rows.
        f"{OBSERVATION}_no_addition": (
            f"AFTER INSERT ON {OBSERVATION} REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION statistics_refuse_addition()"
        )
    }
)

#: Trigger name → what it is, per database vendor. A name begins with its table's.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet((TABLE, OBSERVATION), TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
