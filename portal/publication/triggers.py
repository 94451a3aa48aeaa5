"""The database's own refusal to change the log.

`install` creates the triggers that are missing, `missing` names those that are not there. They are put back after every
migration, since SQLite rebuilds a table to alter it and drops its triggers without a word. Nothing in the application
takes them away.

What they refuse: any UPDATE of the three log tables; any DELETE of rows and redactions; DELETE of a content that no
redaction covers; TRUNCATE (PostgreSQL); an INSERT that replaces a row or leaves a gap in the numbers (SQLite's ``INSERT
OR REPLACE`` fires no DELETE trigger, so the check stands before the INSERT); a redaction that does not point to a
``redact`` row of the same record.
"""

from portal.core.triggers import TriggerSet

ROW, CONTENT, REDACTION = "publication_logrow", "publication_content", "publication_redaction"
_REFUSED = "the publication log is append-only"

_SQLITE = {
    f"{table}_no_{event.lower()}": f"BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for table in (ROW, REDACTION)
    for event in ("UPDATE", "DELETE")
} | {
    f"{CONTENT}_no_update": f"BEFORE UPDATE ON {CONTENT} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    f"{CONTENT}_no_delete": (
        f"BEFORE DELETE ON {CONTENT} WHEN NOT EXISTS (SELECT 1 FROM {REDACTION} r WHERE r.seq = OLD.seq) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    ),
    f"{ROW}_in_order": (
        f"BEFORE INSERT ON {ROW} WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM {ROW}) "
        f"OR EXISTS (SELECT 1 FROM {ROW} WHERE uid = NEW.uid AND version = NEW.version) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    ),
    f"{CONTENT}_no_replace": (
        f"BEFORE INSERT ON {CONTENT} WHEN EXISTS (SELECT 1 FROM {CONTENT} WHERE seq = NEW.seq) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    ),
    f"{REDACTION}_grounded": (
        f"BEFORE INSERT ON {REDACTION} WHEN EXISTS (SELECT 1 FROM {REDACTION} WHERE seq = NEW.seq) OR NOT EXISTS ("
        f"SELECT 1 FROM {ROW} covered JOIN {ROW} ground ON ground.uid = covered.uid "
        "WHERE covered.seq = NEW.seq AND ground.seq = NEW.by_id AND ground.action = 'redact' "
        "AND covered.seq < ground.seq) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    ),
}

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION publication_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION publication_refuse_uncovered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM {REDACTION} r WHERE r.seq = OLD.seq) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE OR REPLACE FUNCTION publication_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM {ROW}) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION publication_grounded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM {ROW} covered JOIN {ROW} ground ON ground.uid = covered.uid
                 WHERE covered.seq = NEW.seq AND ground.seq = NEW.by_id AND ground.action = 'redact'
                   AND covered.seq < ground.seq) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL = (
    {
        f"{table}_no_{event.lower()}": f"BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION publication_refuse()"
        for table in (ROW, REDACTION)
        for event in ("UPDATE", "DELETE")
    }
    | {
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION publication_refuse()"
        for table in (ROW, CONTENT, REDACTION)
    }
    | {
        f"{CONTENT}_no_update": f"BEFORE UPDATE ON {CONTENT} FOR EACH ROW EXECUTE FUNCTION publication_refuse()",
        f"{CONTENT}_no_delete": (
            f"BEFORE DELETE ON {CONTENT} FOR EACH ROW EXECUTE FUNCTION publication_refuse_uncovered()"
        ),
        f"{ROW}_in_order": f"BEFORE INSERT ON {ROW} FOR EACH ROW EXECUTE FUNCTION publication_in_order()",
        f"{REDACTION}_grounded": f"BEFORE INSERT ON {REDACTION} FOR EACH ROW EXECUTE FUNCTION publication_grounded()",
    }
)

#: Trigger name → what it is, per database vendor.
TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}

_SET = TriggerSet((ROW, CONTENT, REDACTION), TRIGGERS, _POSTGRESQL_FUNCTIONS)
install = _SET.install
missing = _SET.missing
