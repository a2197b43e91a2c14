# The checks of `prove-image`, in their own network, mounts and process ids. Uses: work, root (of the
# image), context (the files given to its build), decoy.
source "$work/config.sh"
ip link set lo up
desk=http://127.0.0.1:3000
services=http://127.0.0.1:3001
failed=0

check() {
  local sentence=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    echo "ok      $sentence"
  else
    echo "FAILED  $sentence"
    sed 's/^/        /' "$work/said" | tail -n 20
    failed=$((failed + 1))
  fi
}
not() { ! "$@"; }

## The content of the image

layers_hold() { node "$proof/layers.mjs" "$work/oci" "$1"; }
nothing_of() { test -z "$(find "$root$image_folder" -path "$1" -print -quit)"; }
holds_none_of() {
  local name
  for name in "$@"; do [[ ! -e $root$image_folder/$name ]] || { echo "$name"; return 1; }; done
}
nobody_can_change() { test -z "$(find "$root$image_folder" \( ! -user 0 -o -perm /022 \) ! -type l -print -quit)"; }
no_development_packages() { node "$proof/development-packages.mjs" package-lock.json "$root$image_folder"; }

check 'it runs as user 10001' test "$image_user" = 10001:10001
check 'its command is node itself, no shell' test "${image_command[*]}" = 'node start.mjs'
check 'it names its signal, ports and health check' \
  test "$image_signal|$image_ports|${#image_health[@]}" = 'SIGTERM|3000/tcp 3001/tcp|2'
check 'the search of the layers finds what is there' layers_hold pg_trgm
check 'the search of the build folder finds what is there' grep -q -r -F pg_trgm "$context"
check 'no secret of the folder reaches the build' not grep -r -F -l -e "$decoy" "$context"
check 'nor a layer' not layers_hold "$decoy"
check 'the environment of the image holds no setting of the desk' \
  not grep -E 'SECRET|PEPPER|AUDIT_KEY|ENCRYPTION|PASSWORD|DATABASE_URL' "$work/config.sh"
check 'no development package is in it' no_development_packages
check 'no embedded PostgreSQL is in it' nothing_of '*embedded*postgres*'
check 'no tests, documents or sources are in it' holds_none_of tests docs lib app scripts docker .env .git .data
check 'root owns everything and nobody else may write' nobody_can_change

## A PostgreSQL, and an environment like a container

source "$proof/postgres.sh"
start_postgres
echo "        (against PostgreSQL $(postgres_version))"

ro=$work/ro
mkdir "$ro"
mount --bind "$root" "$ro"
mount -o remount,bind,ro "$ro"
mount -t tmpfs -o mode=1777,size=64m tmpfs "$ro/tmp"
mount -t tmpfs -o mode=755 tmpfs "$ro/run"
mount -t tmpfs -o mode=755 tmpfs "$ro/dev"
for device in null zero random urandom; do
  touch "$ro/dev/$device"
  mount --bind "/dev/$device" "$ro/dev/$device"
done

# in_image [NAME=VALUE…] -- COMMAND…: runs it as the first process of a container with its own host name.
in_image() {
  local given=()
  while [[ $1 != -- ]]; do
    given+=("$1")
    shift
  done
  shift
  exec unshare --pid --fork --kill-child --mount-proc="$ro/proc" -- \
    env -i "${image_environment[@]}" HOSTNAME=3f2a9c1b7d5e "${given[@]}" \
    chroot "$ro" setpriv --reuid "${image_user%:*}" --regid "${image_user#*:}" --clear-groups \
    --bounding-set -all --inh-caps -all --no-new-privs -- env --chdir="$image_folder" "$@"
}

random() { head -c 32 /dev/urandom | base64 -w0; }
auth_secret=$(random) pepper=1:$(random) audit_key=$(random) password=$(random | tr -d '/+=')
first=(ADMIN_USERNAME=ada "ADMIN_PASSWORD=$password")
secrets=("AUTH_SECRET=$auth_secret" "KEY_PEPPER=$pepper" "AUDIT_KEY=$audit_key")
others=("AUTH_URL=$desk" "DATABASE_URL=$database_url")

start_desk() {
  (in_image "$@" -- "${image_command[@]}") >"$work/out" 2>"$work/err" &
  starter=$!
}
process_of() { tr -d ' ' <"/proc/$1/task/$1/children"; }
answers() { node "$proof/answers.mjs" "$1" "${2:-200}" "${3:-GET}"; }
is_up() {
  for _ in $(seq 300); do
    answers "$desk/healthz" 2>/dev/null && return
    kill -0 "$starter" 2>/dev/null || break
    sleep 0.2
  done
  cat "$work/out" "$work/err"
  return 1
}
ends_with_0() {
  local began=$SECONDS code=0
  kill -TERM "$(process_of "$starter")"
  (sleep 40 && kill -KILL "$starter") 2>/dev/null &
  wait "$starter" || code=$?
  echo "code $code after $((SECONDS - began)) s"
  test "$code" = 0
}
listens_on() { grep -q "^ *[0-9]*: $1 [0-9A-F:]* 0A" /proc/net/tcp; }
query() { (in_image -- node -e 'const {Client}=require("pg"),c=new Client(process.argv[1]);c.connect().then(()=>c.query(process.argv[2])).then(r=>{console.log(Object.values(r.rows[0]).join());return c.end()})' "$database_url" "$1"); }
holds() { test "$(query "$1")" = "$2"; }
healthy() { (in_image -- "${image_health[@]}"); }
said_nothing_of() { not grep -h -F -e "$1" "$work/out" "$work/err"; }

## It works

start_desk "${others[@]}" "${secrets[@]}" "${first[@]}"
check 'it starts' is_up
check 'it listens on all addresses, whatever HOSTNAME says' listens_on 00000000:0BB8
check 'its own health check passes' healthy
check 'it has migrated the empty database' holds "select to_regclass('api_key') is not null" true
check 'it has made the first administrator' holds "select count(*) from directory_user where role = 'admin'" 1
check 'the administrator signs in and sees the keys' node "$proof/visit.mjs" "$desk" ada "$password"
check 'its services listen on all addresses as well' listens_on 00000000:0BB9
check 'it says that it is ready' answers "$services/readyz"
check 'it turns a service away that has no key' answers "$services/api/v1/verify" 401 POST
check 'its root is read-only, even for root' not touch "/proc/$(process_of "$starter")/root$image_folder/x"
check 'it has no capability left' \
  grep -q -P '^CapEff:\t0+$' "/proc/$(process_of "$starter")/status"
check 'it missed no place to write to' not grep -h -E 'EROFS|EACCES|EPERM' "$work/out" "$work/err"
check 'SIGTERM ends it, with 0' ends_with_0
check 'then its health check fails' not healthy
for secret in "$auth_secret" "$pepper" "$audit_key" "$password"; do
  check 'its log holds no secret' said_nothing_of "$secret"
done

mkdir "$ro/run/secrets"
for entry in "${secrets[@]}" "DATABASE_URL=$database_url"; do
  echo "${entry#*=}" >"$ro/run/secrets/${entry%%=*}"
done
start_desk "AUTH_URL=$desk" HOST=127.0.0.1 "${first[@]}" AUTH_SECRET_FILE=/run/secrets/AUTH_SECRET \
  KEY_PEPPER_FILE=/run/secrets/KEY_PEPPER AUDIT_KEY_FILE=/run/secrets/AUDIT_KEY \
  DATABASE_URL_FILE=/run/secrets/DATABASE_URL
check 'it starts again, on the same data, with its secrets in files' is_up
check 'it listens on HOST' listens_on 0100007F:0BB8
check 'it has made no second administrator' holds "select count(*) from directory_user where role = 'admin'" 1
check 'its health check follows HOST' healthy
check 'SIGTERM ends it once more, with 0' ends_with_0

## It reports errors

# refuses SENTENCE [NAME=VALUE…]: expects one matching line without any value, and a code other than 0.
refuses() {
  local sentence=$1 code=0
  shift
  (in_image "${others[@]}" "${secrets[@]}" "$@" -- timeout 30 "${image_command[@]}") >"$work/out" 2>"$work/err" || code=$?
  cat "$work/err"
  echo "code $code"
  [[ $code != 0 && $code != 124 && $(wc -l <"$work/err") == 1 ]] && grep -q -E "$sentence" "$work/err" &&
    not grep -h -E 'wr0ng' "$work/out" "$work/err"
}
check 'without DATABASE_URL it ends with one line' refuses '^DATABASE_URL is required' DATABASE_URL=
check 'a database that is not there: one line' refuses '^The database' DATABASE_URL=postgresql://wr0ng:wr0ng@127.0.0.1:1/wr0ng
check 'a wrong password of the database: one line' refuses '^The database' "DATABASE_URL=${database_url/keydesk:*@/keydesk:wr0ng@}"
check 'a short AUTH_SECRET: one line' refuses '^AUTH_SECRET must' AUTH_SECRET=wr0ng
check 'a broken KEY_PEPPER: one line' refuses '^KEY_PEPPER must' KEY_PEPPER=1:wr0ng
check 'an AUDIT_KEY that is no key: one line' refuses '^AUDIT_KEY must' AUDIT_KEY=wr0ng
check 'an AUTH_URL with a path: one line' refuses '^AUTH_URL must' AUTH_URL=https://keys.example.org/wr0ng
check 'a secret file that is not there: one line' refuses '^KEY_PEPPER_FILE must' KEY_PEPPER= KEY_PEPPER_FILE=/wr0ng
check 'a PORT that is none: one line' refuses '^PORT must' PORT=99999
check 'a HOST of another machine: one line' refuses '^HOST must' HOST=192.0.2.1
if [[ -f $root$image_folder/admin.mjs ]]; then
  lists_admins() { (in_image "${others[@]}" "${secrets[@]}" -- node admin.mjs list-admins) | grep -w ada; }
  check 'the admin command in it finds the administrator' lists_admins
  makes_key() { (in_image "${others[@]}" "${secrets[@]}" -- node admin.mjs keys create --user ada --json) | grep -E '"secret": "kd_[0-9A-Za-z]{49}"'; }
  check 'the admin command in it makes a key' makes_key
else
  echo 'absent  the admin command (scripts/admin.ts is not there)'
fi

## The same build without a container: a copy in another folder, another user, this machine's Node

copy=$work/copy
cp -a "$root$image_folder" "$copy"
cd /
start_desk_outside() {
  env -i HOST=127.0.0.1 PATH="$PATH" "${others[@]}" "${secrets[@]}" setpriv --reuid nobody --regid nogroup --clear-groups \
    --inh-caps -all --no-new-privs -- node "$copy/start.mjs" >"$work/out" 2>"$work/err" &
  starter=$!
}
process_of() { echo "$1"; }
start_desk_outside
check 'a copy outside the repository starts as an unprivileged user' is_up
check 'there, too, the administrator signs in' node "$proof/visit.mjs" "$desk" ada "$password"
check 'there, too, SIGTERM ends it with 0' ends_with_0

echo
node "$proof/layers.mjs" "$work/oci"
[[ $failed == 0 ]] && echo 'All proved.' || echo "$failed failed."
exit $((failed > 0))
