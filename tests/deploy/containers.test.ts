import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@/lib/settings/parse-settings';
import { secretNames } from '@/lib/settings/secret-files';
import { settingNames } from '@/lib/settings/settings-schema';
import { requireProgram } from '../helpers/require-program';
import { type Document, documents, filesIn, firstOf, interpolate, read } from './files';

const { version } = JSON.parse(read('package.json'));
const composeFiles = ['docker-compose.yml', 'deploy/compose-standby.yml'];
const manifests = filesIn('deploy/kubernetes', /\.yaml$/).flatMap(documents);
const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
const services = (file: string): [string, Document][] => Object.entries(firstOf(file).services);
const isOurs = ({ image }: Document) => /^keydesk:/.test(image);

/** Settings of the process of its own for verification, which is being built. */
const announced = ['ROLE'];
const isSetting = (name: string) =>
  settingNames.includes(name) ||
  secretNames.some((secret) => name === `${secret}_FILE`) ||
  announced.includes(name);

it('every file is well formed', () => {
  const files = [...composeFiles, ...filesIn('deploy', /\.(ya?ml|json)$/)];
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) expect(documents(file)).not.toContain(null);
});

describe.each(composeFiles)('%s', (file) => {
  it('runs this version, and settings that exist', () => {
    const ours = services(file).filter(([, one]) => isOurs(one));
    expect(ours).not.toEqual([]);
    for (const [, { image, environment }] of ours) {
      expect(image).toBe(`keydesk:${version}`);
      expect(Object.keys(environment).filter((name) => !isSetting(name))).toEqual([]);
    }
  });

  it('limits logs, takes capabilities away, and gives PostgreSQL memory to share', () => {
    for (const [name, one] of services(file)) {
      expect([name, one.cap_drop, one.security_opt]).toEqual([
        ...[name, ['ALL'], ['no-new-privileges:true']],
      ]);
      expect([name, one.logging?.options]).toEqual([name, { 'max-size': '10m', 'max-file': '5' }]);
      if (/^postgres:/.test(one.image)) {
        expect(one).toMatchObject({ user: 'postgres', shm_size: '256m' });
      }
      if (isOurs(one)) expect(one).toMatchObject({ read_only: true, stop_grace_period: '35s' });
      for (const port of one.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(300[01]):\1$/);
    }
  });
});

describe('the database of docker-compose.yml', () => {
  const { DATABASE_URL, MIGRATE_DATABASE_URL } = firstOf('docker-compose.yml').services.keydesk
    .environment as Record<string, string>;
  const addresses = (given: Record<string, string>) =>
    [DATABASE_URL, MIGRATE_DATABASE_URL].map((text = '') => interpolate(text, given));

  it('has two roles, or one as before, or is another one', () => {
    const owner = 'postgresql://keydesk:a@postgres:5432/keydesk';
    expect(addresses({ POSTGRES_PASSWORD: 'a' })).toEqual([owner, '']);
    expect(addresses({ POSTGRES_PASSWORD: 'a', POSTGRES_APP_PASSWORD: 'b' })).toEqual([
      'postgresql://keydesk_app:b@postgres:5432/keydesk',
      owner,
    ]);
    const own = { DATABASE_URL: 'postgresql://own', MIGRATE_DATABASE_URL: 'postgresql://owner' };
    expect(addresses({ POSTGRES_PASSWORD: 'a', ...own })).toEqual(Object.values(own));
    expect(addresses({}).join()).toContain('POSTGRES_PASSWORD is missing');
  });
});

it('what make-secrets.sh makes is what Keydesk takes', () => {
  requireProgram('openssl');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-deploy-'));
  cpSync('deploy/make-secrets.sh', join(folder, 'make-secrets.sh'));
  execFileSync('sh', [join(folder, 'make-secrets.sh')], { stdio: 'ignore' });
  const { environment, secrets } = firstOf('deploy/compose-standby.yml').services.keydesk1;
  const given = Object.entries<string>(environment).map(([name, text]) => [
    name,
    interpolate(text, { AUTH_URL: 'https://keys.example.org' }).replace(
      '/run/secrets',
      join(folder, 'secrets'),
    ),
  ]);
  const files = given.filter(([name]) => name?.endsWith('_FILE'));
  expect(files.map(([, path = '']) => path.split('/').pop())).toEqual(secrets);
  const settings = parseSettings(Object.fromEntries(given));
  expect(settings).toMatchObject({ REQUIRE_STANDBY: true, TRUSTED_PROXIES: 1 });
  expect(settings.DATABASE_URL).toMatch(
    /^postgresql:\/\/keydesk_app:\w{64}@db1:5432,db2:5432\/keydesk$/,
  );
  // Nobody else on the machine can enter.
  expect(() =>
    execFileSync('sh', [join(folder, 'make-secrets.sh')], { stdio: 'ignore' }),
  ).toThrow();
  rmSync(folder, { recursive: true });
});

it('HAProxy asks the servers that there are, at their ports', () => {
  const text = read('deploy/haproxy/haproxy.cfg');
  const names = services('deploy/compose-standby.yml').flatMap(([name, one]) =>
    isOurs(one) ? [name] : [],
  );
  for (const [backend, port] of [
    ['pages', 3000],
    ['verification', 3001],
  ]) {
    const block = text.split(`\nbackend ${backend}\n`)[1]?.split('\n\n')[0] ?? '';
    const servers = [...block.matchAll(/server (\w+) (\w+):(\d+)/g)].map(([, ...one]) => one);
    expect(servers).toEqual(names.map((name) => [name, name, `${port}`]));
    expect(block).toContain('httpchk GET /readyz');
  }
});

it('systemd waits as long as Keydesk takes to end', () => {
  const unit = read('deploy/systemd/keydesk.service');
  expect(unit).toMatch(/^TimeoutStopSec=35$/m);
  expect(unit).toMatch(/^DynamicUser=yes$/m);
  expect(unit).toMatch(/^ProtectSystem=strict$/m);
});

describe('Kubernetes', () => {
  const containerOf = ({ spec }: Document) => spec.template.spec.containers[0];
  const named = (name: string) =>
    deployments.find(({ metadata }) => metadata.name === `keydesk-${name}`);
  const ports = { pages: 3000, verify: 3001 };

  it.each(Object.entries(ports))('%s: no right that it does not need', (name, port) => {
    const { spec } = named(name).spec.template;
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 35,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001 },
    });
    expect(containerOf(named(name))).toMatchObject({
      image: `keydesk:${version}`,
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
      ports: [{ containerPort: port }],
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
    });
    const ofKind = (kind: string) =>
      manifests.find((one) => one.kind === kind && one.metadata.name === `keydesk-${name}`);
    const labels = named(name).spec.template.metadata.labels;
    expect(ofKind('Service').spec).toMatchObject({ selector: labels, ports: [{ port }] });
    expect(ofKind('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
    expect(ofKind('PodDisruptionBudget').spec.minAvailable).toBeLessThan(named(name).spec.replicas);
    const policy = ofKind('NetworkPolicy').spec;
    expect(policy.podSelector.matchLabels).toEqual(labels);
    expect(policy.ingress.flatMap((rule: Document) => rule.ports)).toEqual([
      { protocol: 'TCP', port },
    ]);
  });

  it('names settings that exist, and only the pages know what signs, seals and migrates', () => {
    const { data } = manifests.find(({ kind }) => kind === 'ConfigMap');
    const given = (name: string): string[] =>
      containerOf(named(name)).env.map((one: Document) => one.name);
    const all = [...Object.keys(data), ...given('pages'), ...given('verify')];
    expect(all.filter((name) => !isSetting(name))).toEqual([]);
    expect(given('verify')).toEqual(['ROLE', 'DATABASE_URL', 'KEY_PEPPER', 'METRICS_TOKEN']);
    expect(Object.keys(data).filter((name) => secretNames.some((one) => one === name))).toEqual([]);
  });

  it('tags the image with this version', () => {
    const { images, resources } = firstOf('deploy/kubernetes/kustomization.yaml');
    expect(images[0].newTag).toBe(version);
    const files = filesIn('deploy/kubernetes', /\.yaml$/).map((path) => path.split('/').pop());
    expect(['kustomization.yaml', ...resources].sort()).toEqual(files);
  });
});
