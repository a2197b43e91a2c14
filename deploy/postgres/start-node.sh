#!/bin/sh
# Starts one of two servers of PostgreSQL: the primary, or where PRIMARY names the other, its standby. Refuses
# what would make two primaries of them.
set -eu
stop() { echo "$1" >&2; exit 1; }

PGPASSWORD=$(cat /run/secrets/replication_password)
export PGPASSWORD
other="host=$OTHER port=${OTHER_PORT:-5432} user=replicator application_name=$NODE connect_timeout=3"

if [ "$NODE" = "$PRIMARY" ]; then
  # A connection for replication, because it needs no right in any database.
  recovering=$(psql "$other replication=database dbname=${POSTGRES_DB:-keydesk}" --no-psqlrc -At \
    -c 'select pg_is_in_recovery()' 2>/dev/null || true)
  [ "$recovering" != f ] || stop "$OTHER is a primary already: set PRIMARY=$OTHER, and remove the data of $NODE."
  [ ! -f "$PGDATA/standby.signal" ] || [ "$recovering" = '' ] ||
    stop "$NODE is a standby: promote it, or set PRIMARY=$OTHER."
elif [ ! -s "$PGDATA/PG_VERSION" ]; then
  until pg_basebackup --dbname="$other" --pgdata="$PGDATA" --write-recovery-conf --checkpoint=fast; do
    echo "Waiting for $OTHER." >&2
    sleep 2
  done
elif [ ! -f "$PGDATA/standby.signal" ]; then
  stop "$NODE was a primary: remove its data, so that it becomes a copy of $OTHER."
fi
unset PGPASSWORD
exec docker-entrypoint.sh "$@"
