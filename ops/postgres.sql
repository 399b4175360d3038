-- Three roles, and what each may do: psql -f ops/postgres.sql, once, as who administers the server.
-- Then a password for each: \password instap_owner, and so on.
--   instap_owner   changes tables: the migration and a restore
--   instap_app     reads and writes rows: gateway, action server, commands
--   instap_engine  the engine's own store, of which it makes the tables itself
CREATE ROLE instap_owner LOGIN;
CREATE ROLE instap_app LOGIN;
CREATE ROLE instap_engine LOGIN;
CREATE DATABASE instap OWNER instap_owner;
CREATE DATABASE instap_tracker OWNER instap_engine;
REVOKE ALL ON DATABASE instap, instap_tracker FROM PUBLIC;
GRANT CONNECT ON DATABASE instap TO instap_app;

\connect instap
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO instap_owner;
GRANT USAGE ON SCHEMA public TO instap_app;
ALTER DEFAULT PRIVILEGES FOR ROLE instap_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO instap_app;
ALTER DEFAULT PRIVILEGES FOR ROLE instap_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO instap_app;  -- a copy reads where they are
