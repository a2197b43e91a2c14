/** Why a block is not run. A new reason needs a place here. */
export const reasons = {
  program: 'Debian has no such program',
  packages: 'needs packages that are not among ours',
  fetches: 'fetches packages, as the tests have done already',
} as const;
export type Reason = keyof typeof reasons;

/** How a block is known to be true. Each test reads the page. */
export type Cover =
  /** Runs as it stands. */
  | { run: string }
  /** Taken by the program that it is for, or by the schema of its format. */
  | { checked: string }
  /** Shows what something prints or answers, and is compared with that. */
  | { compared: string }
  /** A picture in letters. */
  | { picture: true }
  | { notRun: Reason };

const run = (test: string): Cover => ({ run: `tests/${test}` });
const checked = (test: string): Cover => ({ checked: `tests/${test}` });
const compared = (test: string): Cover => ({ compared: `tests/${test}` });
const picture: Cover = { picture: true };
const notRun = (reason: Reason): Cover => ({ notRun: reason });

const bareMetal = run('start/bare-metal.slow.spec.ts');
const compose = run('start/compose.slow.spec.ts');
const twoServers = run('start/two-servers.slow.spec.ts');
const archive = run('start/wal-archive.slow.test.ts');
const tryIt = run('start/try-it.slow.spec.ts');
const restore = run('start/manual-restore.test.ts');
const otherRestores = run('start/manual-restore.slow.test.ts');
const commands = run('manual/commands.slow.test.ts');
const asking = run('manual/asking.test.ts');
const api = run('api/clients.spec.ts');
const quickStart = run('manual/quick-start.test.ts');
const proxies = run('manual/reverse-proxies.test.ts');
const provider = run('manual/provider.test.ts');
const examples = compared('manual/examples.test.ts');
const gateways = run('verify/gateways.test.ts');
const manifests = checked('deploy/kubernetes-examples.test.ts');
const leaked = run('manual/leaked.test.ts');
const settings = run('manual/settings-blocks.test.ts');
const documented = run('clients/documented.slow.test.ts');

const fill = (cover: Cover, count: number) => Array.from({ length: count }, () => cover);

/** The blocks under a heading, one after another. Languages that are always parsed or run need no entry. */
export const covers: Record<string, Cover[]> = {
  'README.md § Try it § sh': [tryIt],
  'README.md § Try it § text': [compared('manual/messages.test.ts')],
  'README.md § The first verified key § sh': [asking],
  'README.md § Run it with Docker Compose § sh': [compose],
  'docs/architecture.md § Architecture § text': [picture],
  'docs/audit.md § Check it § sh': [commands],
  'docs/audit.md § Archive old events § sh': [commands],
  'docs/bare-metal.md § PostgreSQL § sh': [bareMetal],
  'docs/bare-metal.md § PostgreSQL § sql': [bareMetal],
  'docs/bare-metal.md § Keydesk § sh': [bareMetal, bareMetal, bareMetal],
  'docs/bare-metal.md § The service § sh': [bareMetal, bareMetal],
  'docs/backup.md § With compose § sh': [otherRestores],
  'docs/backup.md § With a PostgreSQL of your own § sh': [restore],
  'docs/backup.md § Every night § sh': [run('start/nightly-backup.slow.test.ts')],
  'docs/compose.md § Start § sh': [compose],
  'docs/compose.md § The role of the desk § sh': [compose],
  'docs/compose.md § Secrets as files § yaml': [checked('deploy/compose-schema.test.ts')],
  'docs/kubernetes.md § Kubernetes § sh': [run('deploy/kubernetes-secrets.test.ts')],
  'docs/two-servers.md § Two servers of PostgreSQL and two of Keydesk § sh': [twoServers],
  'docs/two-servers.md § The standby is away § sh': [twoServers],
  'docs/two-servers.md § The primary is lost § sh': [twoServers, twoServers],
  'docs/verification-apart.md § Set it up § yaml': [checked('deploy/compose-schema.test.ts')],
  'docs/wal-archive.md § Archive § sh': [archive, archive],
  'docs/wal-archive.md § Archive § text': [archive],
  'docs/wal-archive.md § Go back to a moment § sh': [archive, archive],
  'docs/wal-archive.md § Go back to a moment § text': [archive],
  'docs/clients.md § Node § sh': [documented],
  'docs/clients.md § Node § js': [
    ...fill(documented, 4),
    ...fill(run('clients/middleware.slow.test.ts'), 2),
  ],
  'docs/clients-go.md § Check keys in Go § go': [
    run('clients/snippets.slow.test.ts'),
    run('clients/snippets.slow.test.ts'),
  ],
  'docs/clients-python.md § Check keys in Python § python': [
    run('clients/snippets.slow.test.ts'),
    run('clients/snippets.slow.test.ts'),
  ],
  'docs/commands.md § Keys § sh': [commands, commands],
  'docs/development.md § Rooms § text': [compared('manual/rooms.test.ts')],
  'docs/events.md § An event § json': [examples],
  'docs/events.md § On standard output § sh': [settings],
  'docs/events.md § Fields for your log system § toml': [notRun('program')],
  'docs/gateways-apache.md § Apache as a gateway § sh': [gateways],
  'docs/gateways-apache.md § The script § lua': [gateways],
  'docs/gateways-apache.md § The site § apache': [gateways],
  'docs/gateways-apache.md § The site § lua': [run('verify/gateway-attacks.test.ts')],
  'docs/gateways-apache.md § Pages of another origin § apache': [gateways],
  'docs/gateways-caddy.md § Caddy as a gateway § caddyfile': [gateways],
  'docs/gateways-caddy.md § Pages of another origin § caddyfile': [gateways],
  'docs/gateways-haproxy.md § The script § lua': [gateways],
  'docs/gateways-haproxy.md § The configuration § haproxy': [gateways],
  'docs/gateways-haproxy.md § Pages of another origin § haproxy': [gateways],
  'docs/gateways-kubernetes.md § Gateway API, with Envoy Gateway § yaml': [manifests],
  'docs/gateways-kubernetes.md § Traefik § yaml': [manifests],
  'docs/gateways-kubernetes.md § ingress-nginx § yaml': [manifests],
  'docs/gateways-nginx.md § nginx as a gateway § nginx': [gateways],
  'docs/gateways-nginx.md § Pages of another origin § nginx': [gateways],
  'docs/gateways-untested.md § Envoy § yaml': [notRun('program')],
  'docs/gateways-untested.md § Traefik § yaml': [notRun('program')],
  'docs/gateways.md § Asking from code § sh': [asking],
  'docs/hand-over.md § Make a link § sh': [commands],
  'docs/import.md § The file § csv': [commands],
  'docs/introspection.md § Ask § sh': [asking],
  'docs/introspection.md § Spring Security § properties': [notRun('packages')],
  'docs/introspection.md § Apache § apache': [run('verify/apache-oauth.test.ts')],
  'docs/leaks.md § Report what a scanner found § sh': [asking, asking],
  'docs/leaks.md § GitHub secret scanning § sh': [compared('manual/leaked.test.ts')],
  'docs/leaks.md § RFC 7009: revoke by presenting § sh': [asking],
  'docs/leaks.md § RFC 7009: revoke by presenting § js': [leaked],
  'docs/management-api.md § First call § sh': [api, api, api],
  'docs/management-api.md § Lists § sh': [api],
  'docs/management-api.md § Change a record § sh': [api],
  'docs/management-api.md § Problems § json': [compared('manual/asking.test.ts')],
  'docs/management-api.md § For programs § text': [notRun('fetches')],
  'docs/monitoring.md § Monitor § yaml': [checked('deploy/promtool.test.ts')],
  'docs/my-keys.md § Who is linked § sh': [commands],
  'docs/notices.md § Receive a webhook § js': [run('notices/recipe.test.ts')],
  'docs/notices.md § Receive a webhook § python': [run('manual/receive.test.ts')],
  'docs/notices.md § What is sent § json': [examples],
  'docs/notices.md § Private addresses § sh': [settings],
  'docs/notices.md § Mail § sh': [settings],
  'docs/postgresql.md § Roles and database § sql': [restore, restore],
  'docs/postgresql.md § Roles and database § text': [settings],
  'docs/postgresql.md § A primary and its standbys § text': [settings],
  'docs/postgresql.md § Commits that wait for a standby § text': [
    checked('start/wal-archive.slow.test.ts'),
  ],
  'docs/quick-start.md § Quick start § sh': [quickStart],
  'docs/quick-start.md § curl § sh': [quickStart],
  'docs/quick-start.md § Node § js': [quickStart],
  'docs/quick-start.md § Python § python': [quickStart],
  'docs/quick-start.md § Go § go': [quickStart],
  'docs/restore.md § With compose § sh': fill(otherRestores, 4),
  'docs/restore.md § With a PostgreSQL of your own § sh': fill(restore, 4),
  'docs/restore.md § Without a list § sh': [otherRestores, otherRestores],
  'docs/restore.md § With the embedded database § sh': [tryIt],
  'docs/reverse-proxies.md § Caddy § caddyfile': [proxies],
  'docs/reverse-proxies.md § nginx § nginx': [proxies],
  'docs/reverse-proxies.md § HAProxy § haproxy': [proxies],
  'docs/reverse-proxies.md § Traefik § yaml': [notRun('program')],
  'docs/rotate-keys.md § Rotate keys by a script § sh': [api],
  'docs/rotate-keys.md § Rotate keys by a script § js': [api],
  'docs/single-sign-on.md § Who somebody is § sh': [commands],
  'docs/single-sign-on.md § Try it on your machine § sh': [provider, provider],
  'docs/upgrade.md § Upgrade § sh': [compose, tryIt],
};

/** Queries without an entry run in blocks.test.ts. */
export const alwaysRun = ['sql'];
