import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianTool } from '../helpers/debian-tool';
import { blocksOf } from '../manual/helpers/run-block';
import { documentsIn } from './files';

// Gives the manifests of docs/gateways-kubernetes.md to kubectl. What they say of Keydesk is held by gateways.test.ts.
jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'keydesk-kustomize-'));
let kubectl = '';
beforeAll(() => {
  kubectl = debianTool('kubectl', 'kubernetes-client');
});
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = blocksOf('docs/gateways-kubernetes.md', 'yaml').map((code) => ({
  code,
  first: /^kind: (.*)$/m.exec(code)?.[1],
}));

function kustomize(code: string) {
  writeFileSync(join(folder, 'manifests.yaml'), code);
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [manifests.yaml]\n');
  return spawnSync(kubectl, ['kustomize', folder], { encoding: 'utf8' });
}

it.each(blocks)('the manifests from $first on are taken, each of them', ({ code }) => {
  const { status, stdout } = kustomize(code);
  expect(status).toBe(0);
  expect(documentsIn(stdout)).toHaveLength(documentsIn(code).length);
  // Control.
  expect(kustomize(code.replace('kind:', 'knd:')).status).not.toBe(0);
});
