/** What an image says of itself. Its programs are those of Debian, or the build of the tests. */
type Image = {
  entrypoint: string[];
  command: string[];
  user: string;
  folder: string;
  stopSignal: NodeJS.Signals;
  environment: Record<string, string>;
  mounts: [string, string][];
  health: string[] | null;
};

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const images: Record<string, Image> = {
  postgres: {
    entrypoint: ['docker-entrypoint.sh'],
    command: ['postgres'],
    user: 'postgres',
    folder: '/',
    stopSignal: 'SIGINT',
    environment: {
      // The folder of the programs is linked there, whatever the version.
      PATH: `/usr/local/lib/postgresql/bin:${path}`,
      PGDATA: '/var/lib/postgresql/data',
    },
    mounts: [
      ['/checkout/tests/start/compose/docker-entrypoint.sh', '/usr/local/bin/docker-entrypoint.sh'],
    ],
    health: null,
  },
  keydesk: {
    entrypoint: [],
    command: ['node', 'start.mjs'],
    user: '10001',
    folder: '/app',
    stopSignal: 'SIGTERM',
    environment: { PATH: path, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    mounts: [['/image', '/app']],
    health: ['node', 'health.mjs'],
  },
  haproxy: {
    entrypoint: ['haproxy', '-W', '-db', '-f', '/usr/local/etc/haproxy/haproxy.cfg'],
    command: [],
    user: 'haproxy',
    folder: '/',
    stopSignal: 'SIGUSR1',
    environment: { PATH: path },
    mounts: [],
    health: null,
  },
};
