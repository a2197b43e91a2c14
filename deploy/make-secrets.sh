#!/bin/sh
# Makes deploy/secrets for compose-standby.yml, once. The folder is closed to everybody else on this machine; the
# files are open, because other users read them inside the containers.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir secrets
cd secrets
keep() { cat > "$1"; chmod 444 "$1"; }
owner=$(openssl rand -hex 32)
app=$(openssl rand -hex 32)
hosts=db1:5432,db2:5432
printf %s "$owner" | keep owner_password
printf %s "$app" | keep app_password
openssl rand -hex 32 | keep replication_password
echo "postgresql://keydesk:$owner@$hosts/keydesk" | keep migrate_database_url
echo "postgresql://keydesk_app:$app@$hosts/keydesk" | keep database_url
openssl rand -base64 48 | tr -d '\n' | keep auth_secret
echo "1:$(openssl rand -base64 32)" | keep key_pepper
openssl rand -base64 32 | keep audit_key
echo "1:$(openssl rand -base64 32)" | keep key_encryption_key
openssl rand -hex 24 | keep metrics_token
openssl rand -hex 12 | keep admin_password
echo 'Made deploy/secrets. Keep a copy apart from the backups of the database.'
