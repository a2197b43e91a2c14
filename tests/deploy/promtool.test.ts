import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksUnder, filledIn } from '../manual/helpers/run-block';
import { promtool } from '../metrics/promtool';

// Asks the tool of Prometheus about what is written for it.
jest.setTimeout(60_000);
let program = '';
const folder = mkdtempSync(join(tmpdir(), 'keydesk-prometheus-'));
beforeAll(() => {
  program = promtool();
});
afterAll(() => rmSync(folder, { recursive: true }));

function ask(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

function check(config: string) {
  writeFileSync(join(folder, 'prometheus.yml'), config);
  return ask('check', 'config', join(folder, 'prometheus.yml'));
}

it('the configuration under "Monitor" is taken, and asks for the metrics with the token', () => {
  const [block = ''] = blocksUnder('Monitor', 'yaml');
  const config = filledIn(block, { '<METRICS_TOKEN>': 'a token of sixteen characters' });
  expect(check(config)).toMatchObject({ status: 0 });
  // Control.
  const misspelled = check(config.replace('static_configs', 'static_config'));
  expect([misspelled.status, misspelled.said]).toEqual([
    1,
    expect.stringContaining('static_config'),
  ]);
});

it('the alerts are rules, and fire when their tests say so', () => {
  expect(ask('check', 'rules', 'deploy/prometheus/alerts.yml')).toMatchObject({ status: 0 });
  expect(ask('test', 'rules', 'deploy/prometheus/alerts.test.yml')).toMatchObject({ status: 0 });
});
