#!/bin/sh
# Lets a standby copy this server, and lets commits wait for it. The image of PostgreSQL runs this when it makes
# the database. The setting counts from the next start, so that the making itself waits for nobody.
set -e
REPLICATION_PASSWORD=$(cat /run/secrets/replication_password)
export REPLICATION_PASSWORD
psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv password REPLICATION_PASSWORD
create role replicator replication login password :'password';
alter system set synchronous_standby_names = '*';
SQL
echo 'host replication replicator samenet scram-sha-256' >> "$PGDATA/pg_hba.conf"
