-- Grants for the role that serves (DATABASE_URL of the web process and of `manage.py follow`).
-- Run as the owner, after each migration and each restore:
--   psql --set=role=portal_serving --file=deploy/serving_role.sql portal
-- The role owns nothing, so that it can neither alter a table nor drop the triggers of the append-only ones. On the log
-- it may read and append, and so it may with the tables of statistics, the events of cases and the audit of personal data.
-- Redaction deletes contents and erases tables, and is run by the owner: manage.py publication redact.
\set ON_ERROR_STOP on
BEGIN;
GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"role";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"role";
REVOKE UPDATE, DELETE ON publication_logrow, publication_content, publication_redaction FROM :"role";
REVOKE UPDATE, DELETE ON statistics_table, statistics_part FROM :"role";
REVOKE UPDATE, DELETE ON cases_caseevent, cases_sentcounts FROM :"role";
REVOKE INSERT, UPDATE ON statistics_erasure FROM :"role";
REVOKE UPDATE, DELETE ON cases_reading, cases_erasure FROM :"role";
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM :"role";
COMMIT;
