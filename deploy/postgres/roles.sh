#!/bin/sh
# Makes the role of the desk, which owns no table and therefore cannot rewrite the audit. The image of PostgreSQL
# runs this when it makes the database. Run again, it only sets the password. It never exits, because the image
# reads it into its own shell where the file is not executable.
set -e
if [ -n "${APP_PASSWORD_FILE:-}" ]; then
  POSTGRES_APP_PASSWORD=$(cat "$APP_PASSWORD_FILE")
  export POSTGRES_APP_PASSWORD
fi
if [ -n "${POSTGRES_APP_PASSWORD:-}" ]; then
  psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv password POSTGRES_APP_PASSWORD
select 'create role keydesk_app login'
  where not exists (select from pg_roles where rolname = 'keydesk_app') \gexec
alter role keydesk_app password :'password';
SQL
fi
