# A substitute for the base image: Debian's smallest system, with Node in the same place.
make_base() {
  local target=$1 log
  log=$(mktemp)
  debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$target" >"$log" 2>&1 ||
    { tail "$log"; exit 1; }
  rm -rf "$log" "$target"/var/cache/apt/* "$target"/var/lib/apt/lists/*
  local npm
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  mkdir -p "$target/usr/local/lib/node_modules" "$target/usr/local/etc"
  cp -a "$npm" "$target/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$target/usr/local/bin/npm"
  trust_as_here "$target"
  # Last, because it marks the base as complete.
  cp "$(readlink -f "$(command -v node)")" "$target/usr/local/bin/node"
}

# If a proxy has a certificate authority of its own, npm in the base must trust it too.
trust_as_here() {
  [[ -n ${NODE_EXTRA_CA_CERTS:-} ]] || return 0
  local bundle=/usr/local/etc/extra-authorities.pem
  { node -p "require('node:tls').rootCertificates.join('\n')"; cat "$NODE_EXTRA_CA_CERTS"; } >"$1$bundle"
  echo "cafile=$bundle" >"$1/usr/local/etc/npmrc"
}
