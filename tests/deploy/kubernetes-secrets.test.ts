import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, parseVerifySettings } from '@/lib/settings/parse-settings';
import { debianTool } from '../helpers/debian-tool';
import { requireProgram } from '../helpers/require-program';
import { writeProgram } from '../helpers/stand-ins';
import { blocksOf, filledIn, runShell } from '../manual/helpers/run-block';
import { type Document, documentsIn } from './files';

// Runs the block of docs/kubernetes.md that makes the secrets with the real kubectl, which sends them nowhere, and
// starts Keydesk's settings with what the manifests take from them.
jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'keydesk-kubernetes-'));
let secrets: Record<string, Record<string, string>>;
let manifests: Document[];

beforeAll(async () => {
  requireProgram('openssl');
  const kubectl = debianTool('kubectl', 'kubernetes-client');
  writeProgram(folder, 'kubectl', `echo ---; exec ${kubectl} "$@" --dry-run=client -o yaml`);
  const [block = ''] = blocksOf('docs/kubernetes.md', 'sh');
  const env = { PATH: `${folder}:${process.env.PATH}`, KUBECONFIG: join(folder, 'none') };
  const made = documentsIn(await runShell(filledIn(block, { ':…@': ':secret@' }), env));
  secrets = Object.fromEntries(
    made.filter(({ kind }) => kind === 'Secret').map(({ metadata, data }) => [metadata.name, data]),
  );
  const words = ['kustomize', 'deploy/kubernetes'];
  manifests = documentsIn(execFileSync(kubectl, words, { encoding: 'utf8' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const named = (kind: string, name: string): Document =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name);

/** The environment that the container gets, and the names of required secrets that nobody made. */
function environmentOf(name: string, made = secrets) {
  const [container] = named('Deployment', name).spec.template.spec.containers;
  const given: Record<string, string> = container.envFrom
    ? { ...named('ConfigMap', 'keydesk').data }
    : {};
  const missing: string[] = [];
  for (const { name: setting, value, valueFrom } of container.env) {
    const { name: secret, key, optional } = valueFrom?.secretKeyRef ?? {};
    const kept = made[secret]?.[key];
    if (value) given[setting] = value;
    else if (kept) given[setting] = Buffer.from(kept, 'base64').toString();
    else if (!optional) missing.push(setting);
  }
  return { given, missing };
}

it('the pages get all that they need, and take it', () => {
  const { given, missing } = environmentOf('keydesk-pages');
  expect(missing).toEqual([]);
  expect(parseSettings(given)).toMatchObject({ ROLE: 'pages', ADMIN_USERNAME: 'admin' });
  expect(Object.keys(secrets['keydesk-pages'] ?? {}).filter((name) => !(name in given))).toEqual(
    [],
  );
});

it('so do the processes that verify, with the same pepper and token of metrics', () => {
  const { given, missing } = environmentOf('keydesk-verify');
  expect(missing).toEqual([]);
  expect(parseVerifySettings(given).DATABASE_URL).toContain('//keydesk_verify:secret@');
  const { KEY_PEPPER, METRICS_TOKEN = 'missing' } = environmentOf('keydesk-pages').given;
  expect(given).toMatchObject({ KEY_PEPPER, METRICS_TOKEN });
});

it('control: a secret without the pepper is found', () => {
  const { KEY_PEPPER: _left, ...rest } = secrets['keydesk-pages'] ?? {};
  const { missing } = environmentOf('keydesk-pages', { ...secrets, 'keydesk-pages': rest });
  expect(missing).toEqual(['KEY_PEPPER']);
});
