"""The database's own refusal to change the events of cases.

`install` creates the triggers that are missing, `missing` names those that are not there. They are put back after every
migration, since SQLite rebuilds a table to alter it and drops its triggers without a word. Nothing in the application
takes them away.

What they refuse: any UPDATE and DELETE of events; TRUNCATE (PostgreSQL); an INSERT that replaces an event or leaves a
gap in the numbers of all events or of the case's (SQLite's ``INSERT OR REPLACE`` fires no DELETE trigger, so the check
stands before the INSERT).
"""

from portal.core.triggers import TriggerSet

EVENT = "cases_caseevent"
_REFUSED = "the events of cases are append-only"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
_NEXT = (
    f"NEW.seq {{differs}} (SELECT COALESCE(MAX(seq), 0) + 1 FROM {EVENT}) "
    f"OR NEW.number {{differs}} (SELECT COALESCE(MAX(number), 0) + 1 FROM {EVENT} WHERE case_id = NEW.case_id)"
)

_SQLITE = {f"{EVENT}_no_{event.lower()}": f"BEFORE {event} ON {EVENT} {_ABORT}" for event in ("UPDATE", "DELETE")} | {
    f"{EVENT}_in_order": f"BEFORE INSERT ON {EVENT} WHEN {_NEXT.format(differs='IS NOT')} {_ABORT}"
}

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION cases_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {_NEXT.format(differs="IS DISTINCT FROM")} THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL = {
    f"{EVENT}_no_{event.lower()}": f"BEFORE {event} ON {EVENT} FOR EACH ROW EXECUTE FUNCTION cases_refuse()"
    for event in ("UPDATE", "DELETE")
} | {
    f"{EVENT}_no_truncate": f"BEFORE TRUNCATE ON {EVENT} FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse()",
    f"{EVENT}_in_order": f"BEFORE INSERT ON {EVENT} FOR EACH ROW EXECUTE FUNCTION cases_in_order()",
}

#: Trigger name → what it is, per database vendor.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet((EVENT,), TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
