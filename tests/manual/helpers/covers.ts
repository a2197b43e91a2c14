/** How a block is known to be true. */
export type Cover =
  /** Runs as it stands, in this test, which reads the page. */
  | { run: string }
  /** Parsed by the language's own program in blocks.test.ts. */
  | { parsed: true }
  /** Lines that a program prints, or a picture in letters. */
  | { output: true }
  | { notRun: string };

const run = (test: string): Cover => ({ run: `tests/${test}` });
const parsed: Cover = { parsed: true };
const output: Cover = { output: true };
const notRun = (reason: string): Cover => ({ notRun: reason });

const byHand = notRun('changes the machine; the page says what was tried by hand');
const fourTimes = (cover: Cover) => Array.from({ length: 4 }, () => cover);
const restore = run('start/manual-restore.test.ts');
const otherRestores = run('start/manual-restore.slow.test.ts');
const commands = run('manual/commands.slow.test.ts');
const asking = run('manual/asking.test.ts');
const api = run('api/clients.spec.ts');
const quickStart = run('manual/quick-start.test.ts');
const proxies = run('manual/reverse-proxies.test.ts');
const provider = run('manual/provider.test.ts');
const examples = run('manual/examples.test.ts');
const gateways = run('verify/gateways.test.ts');

/** The blocks under a heading, one after another. Languages that are always parsed or run need no entry. */
export const covers: Record<string, Cover[]> = {
  'README.md § Try it § sh': [notRun('a clone; tests/start starts the product')],
  'README.md § Try it § text': [run('manual/messages.test.ts')],
  'README.md § The first verified key § sh': [asking],
  'README.md § Run it with Docker Compose § sh': [notRun('needs Docker')],
  'docs/architecture.md § Architecture § text': [output],
  'docs/audit.md § Check it § sh': [commands],
  'docs/audit.md § Archive old events § sh': [parsed],
  'docs/bare-metal.md § PostgreSQL § sh': [byHand],
  'docs/bare-metal.md § PostgreSQL § sql': [byHand],
  'docs/bare-metal.md § Keydesk § sh': [byHand, byHand, byHand],
  'docs/bare-metal.md § The service § sh': [notRun('needs systemd'), notRun('needs systemd')],
  'docs/backup.md § With compose § sh': [otherRestores],
  'docs/backup.md § With a PostgreSQL of your own § sh': [restore],
  'docs/compose.md § Start § sh': [notRun('needs Docker')],
  'docs/compose.md § The role of the desk § sh': [notRun('needs Docker')],
  'docs/kubernetes.md § Kubernetes § sh': [notRun('needs a cluster')],
  'docs/two-servers.md § Two servers of PostgreSQL and two of Keydesk § sh': [
    notRun('needs Docker'),
  ],
  'docs/two-servers.md § The standby is away § sh': [notRun('needs Docker')],
  'docs/two-servers.md § The primary is lost § sh': [
    notRun('needs Docker'),
    notRun('needs Docker'),
  ],
  'docs/wal-archive.md § Archive § sh': [byHand, byHand],
  'docs/wal-archive.md § Archive § text': [byHand],
  'docs/wal-archive.md § Go back to a moment § sh': [byHand, byHand],
  'docs/wal-archive.md § Go back to a moment § text': [byHand],
  'docs/clients.md § Node § sh': [notRun('needs a project of one’s own')],
  'docs/clients-go.md § Check keys in Go § go': [
    run('clients/snippets.test.ts'),
    notRun('a part of a program'),
  ],
  'docs/clients-python.md § Check keys in Python § python': [
    run('clients/snippets.test.ts'),
    parsed,
  ],
  'docs/commands.md § Keys § sh': [commands, commands],
  'docs/development.md § Rooms § text': [output],
  'docs/events.md § An event § json': [examples],
  'docs/events.md § On standard output § sh': [parsed],
  'docs/events.md § Fields for your log system § toml': [notRun('Debian has no Vector')],
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
  'docs/gateways-nginx.md § nginx as a gateway § nginx': [gateways],
  'docs/gateways-nginx.md § Pages of another origin § nginx': [gateways],
  'docs/gateways.md § Asking from code § sh': [asking],
  'docs/hand-over.md § Make a link § sh': [commands],
  'docs/import.md § The file § csv': [commands],
  'docs/introspection.md § Ask § sh': [asking],
  'docs/introspection.md § Spring Security § properties': [
    notRun('Spring is not among our packages'),
  ],
  'docs/introspection.md § Apache § apache': [run('verify/apache-oauth.test.ts')],
  'docs/leaks.md § Report what a scanner found § sh': [asking, notRun('Debian has no gitleaks')],
  'docs/leaks.md § GitHub secret scanning § sh': [notRun('asks GitHub')],
  'docs/leaks.md § RFC 7009: revoke by presenting § sh': [asking],
  'docs/management-api.md § First call § sh': [api, api, api],
  'docs/management-api.md § Lists § sh': [api],
  'docs/management-api.md § Change a record § sh': [api],
  'docs/management-api.md § Problems § json': [asking],
  'docs/management-api.md § For programs § text': [notRun('fetches packages')],
  'docs/my-keys.md § Who is linked § sh': [commands],
  'docs/notices.md § Receive a webhook § js': [run('notices/recipe.test.ts')],
  'docs/notices.md § Receive a webhook § python': [run('manual/receive.test.ts')],
  'docs/notices.md § What is sent § json': [examples],
  'docs/notices.md § Private addresses § sh': [parsed],
  'docs/notices.md § Mail § sh': [parsed],
  'docs/postgresql.md § Roles and database § sql': [restore, restore],
  'docs/postgresql.md § Roles and database § text': [output],
  'docs/postgresql.md § A primary and its standbys § text': [output],
  'docs/postgresql.md § Commits that wait for a standby § text': [output],
  'docs/quick-start.md § Quick start § sh': [parsed],
  'docs/quick-start.md § curl § sh': [quickStart],
  'docs/quick-start.md § Node § js': [quickStart],
  'docs/quick-start.md § Python § python': [quickStart],
  'docs/quick-start.md § Go § go': [quickStart],
  'docs/restore.md § With compose § sh': fourTimes(otherRestores),
  'docs/restore.md § With a PostgreSQL of your own § sh': fourTimes(restore),
  'docs/restore.md § Without a list § sh': [otherRestores, otherRestores],
  'docs/restore.md § With the embedded database § sh': [byHand],
  'docs/reverse-proxies.md § Caddy § caddyfile': [proxies],
  'docs/reverse-proxies.md § nginx § nginx': [proxies],
  'docs/reverse-proxies.md § HAProxy § haproxy': [proxies],
  'docs/rotate-keys.md § Rotate keys by a script § sh': [parsed],
  'docs/rotate-keys.md § Rotate keys by a script § js': [api],
  'docs/single-sign-on.md § Who somebody is § sh': [commands],
  'docs/single-sign-on.md § Try it on your machine § sh': [provider, provider],
  'docs/upgrade.md § Upgrade § sh': [notRun('needs Docker')],
};

/** Languages whose every block blocks.test.ts parses, or runs against a database. */
export const alwaysChecked = ['json', 'yaml', 'js', 'sql'];
