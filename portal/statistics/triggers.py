"""The database's own refusal to change a table.

`install` creates the triggers that are missing, `missing` names those that are not there. They are put
back after every migration, since SQLite rebuilds a table to alter it and drops its triggers without a word.
Nothing in the application takes them away.

What they refuse: any UPDATE of tables and their parts; a DELETE, unless a row of erasures names the table; TRUNCATE
(PostgreSQL); an INSERT that replaces a row (SQLite's ``INSERT OR REPLACE`` fires no DELETE trigger, so the check stands
before the INSERT); a part beyond the number of parts that its table was made with.
"""

from portal.core.triggers import TriggerSet

TABLE, PART = "statistics_table", "statistics_part"
_REFUSED = "tables of statistics are immutable"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"

_ERASED = "EXISTS (SELECT 1 FROM statistics_erasure WHERE digest = OLD.digest)"

_SQLITE = (
    {f"{table}_no_update": f"BEFORE UPDATE ON {table} {_ABORT}" for table in (TABLE, PART)}
    | {f"{table}_no_delete": f"BEFORE DELETE ON {table} WHEN NOT {_ERASED} {_ABORT}" for table in (TABLE, PART)}
    | {
        f"{TABLE}_no_replace": (
            f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE digest = NEW.digest) {_ABORT}"
        ),
        f"{PART}_no_addition": (
            f"BEFORE INSERT ON {PART} WHEN EXISTS (SELECT 1 FROM {PART} WHERE id = NEW.id) "
            f"OR EXISTS (SELECT 1 FROM {PART} WHERE digest = NEW.digest AND number = NEW.number) "
            f"OR NEW.number >= (SELECT parts FROM {TABLE} WHERE digest = NEW.digest) {_ABORT}"
        ),
    }
)

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION statistics_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF {_ERASED} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION statistics_refuse_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added JOIN {TABLE} t ON t.digest = added.digest WHERE added.number >= t.parts) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
"""
_POSTGRESQL = (
    {
        f"{table}_no_{event.lower()}": (f"BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION statistics_refuse()")
        for table in (TABLE, PART)
        for event in ("UPDATE", "DELETE")
    }
    | {
        f"{table}_no_truncate": (f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION statistics_refuse()")
        for table in (TABLE, PART)
    }
    | {
        f"{PART}_no_addition": (
            f"AFTER INSERT ON {PART} REFERENCING NEW TABLE AS added "
            "FOR EACH STATEMENT EXECUTE FUNCTION statistics_refuse_addition()"
        )
    }
)

#: Trigger name → what it is, per database vendor. A name begins with its table's.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet((TABLE, PART), TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
