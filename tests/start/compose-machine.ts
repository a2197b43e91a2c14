import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { bundled } from '../helpers/bundled';
import { product } from '../helpers/product';
import { installPackage, requireProgram } from '../helpers/require-program';
import { startDebianWithPostgres } from './debian-machine';

const services = ['postgres', 'keydesk', 'db1', 'db2', 'keydesk1', 'keydesk2', 'haproxy'];

/** A bridge between a network for each service, and a server of names for them, as Docker has both. */
const network = `
  ip link add bridge0 type bridge
  ip addr add 10.88.0.1/24 dev bridge0
  ip link set bridge0 up
  number=2
  for name in ${services.join(' ')}; do
    ip netns add $name
    ip link add v$number type veth peer name eth0 netns $name
    ip link set v$number master bridge0 up
    ip -n $name addr add 10.88.0.$number/24 dev eth0
    ip -n $name link set eth0 up
    ip -n $name link set lo up
    echo "10.88.0.$number $name" >> /etc/hosts
    number=$((number + 1))
  done
  rm -f /etc/resolv.conf
  echo 'nameserver 10.88.0.1' > /etc/resolv.conf
  systemd-run --quiet dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --listen-address=10.88.0.1`;

/** A Debian in which \`docker\` is our own, which runs the services of a file for Compose as processes. */
export async function startComposeMachine() {
  requireProgram('haproxy');
  if (!existsSync('/usr/sbin/dnsmasq')) installPackage('dnsmasq-base');
  const folders = { [resolve('.')]: '/checkout', [product()]: '/image' };
  const script = await bundled('tests/start/compose/docker.ts');
  const { machine, version } = await startDebianWithPostgres(folders);
  const docker = `/checkout/node_modules/.cache/keydesk/scripts/${basename(script)}`;
  machine.run(`systemctl stop postgresql
    mkdir -p /usr/local/lib/postgresql
    ln -s /usr/lib/postgresql/${version}/bin /usr/local/lib/postgresql/bin
    [ -x /usr/bin/node ] || ln -s ${process.execPath} /usr/bin/node
    printf '#!/bin/sh\\nexec node ${docker} "$@"\\n' > /usr/local/bin/docker
    chmod +x /usr/local/bin/docker
    ${network}`);
  return machine;
}
