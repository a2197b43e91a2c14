import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { mintSecret } from '@/lib/keys/secret/secret';
import { leakReportBody } from '@/lib/leaks/leak-formats';
import { parseLeakReport } from '@/lib/leaks/parse-leak-report';
import { secretsInText } from '@/lib/leaks/secrets-in-text';

const secret = mintSecret('kd');
const many = (count: number) => Array.from({ length: count }, (_, at) => `some other secret ${at}`);
const finding = (Secret: string, more = {}) => ({
  ...{ RuleID: 'keydesk-api-key', Match: `KEY=${Secret}`, Secret, File: 'app/.env', StartLine: 3 },
  ...more,
});
const sarif = (...snippets: string[]) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'a scanner', rules: [] } },
      results: snippets.map((text) => ({
        message: { text: 'A key.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'app/.env' },
              region: { startLine: 3, snippet: { text } },
            },
          },
        ],
      })),
    },
  ],
});
const parsed = (report: unknown) => {
  const result = parseLeakReport(report);
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.errors));
  return { ...result.evidence, secrets: result.secrets };
};

describe('a report of leaked secrets', () => {
  it('is read in our own format', () => {
    expect(parsed({ secrets: [` ${secret}\n`], source: 'CI', url: 'https://ci.example/' })).toEqual(
      {
        ...{ secrets: [{ secret }], source: 'CI', url: 'https://ci.example/' },
      },
    );
    expect(parsed({ secrets: [secret] })).toMatchObject({ source: 'API', url: null });
  });

  it('is read as a list of credentials', () => {
    expect(parsed({ credentials: [secret, secret] }).secrets).toEqual([{ secret }]);
  });

  it('is read from gitleaks, with the first place of each secret', () => {
    const report = [finding(secret), finding(secret, { File: 'b' }), finding('x', { Link: 'l' })];
    expect(parsed(report)).toEqual({
      ...{ source: 'gitleaks', url: null },
      secrets: [
        { secret, url: 'app/.env:3' },
        { secret: 'x', url: 'l' },
      ],
    });
  });

  it('is read from SARIF: our secrets in a line, others as the whole snippet', () => {
    const report = sarif(`KEYDESK_KEY="${secret}" # mine`, `'sk_live_of_another_program' `);
    expect(parsed(report)).toEqual({
      ...{ source: 'a scanner', url: null },
      secrets: [
        { secret, url: 'app/.env:3' },
        { secret: 'sk_live_of_another_program', url: 'app/.env:3' },
      ],
    });
    expect(parsed({ version: '2.1.0', runs: [] }).secrets).toEqual([]);
  });

  it.each([
    ['nothing', null, ''],
    ['a text', 'secrets', ''],
    ['no secrets', { secrets: [] }, '/secrets'],
    ['a number for a secret', { secrets: [1] }, '/secrets/0'],
    ['an unknown field', { secrets: ['x'], 'a/b': 1 }, '/a~1b'],
    ['an unknown field beside credentials', { credentials: ['x'], source: 'y' }, '/source'],
    ['a finding without a secret', [{ File: 'x' }], '/0/Secret'],
    ['another SARIF', { ...sarif('x'), version: '2.0.0' }, '/version'],
  ])('is refused with the place of what is wrong: %s', (_what, report, pointer) => {
    expect(parseLeakReport(report)).toMatchObject({ outcome: 'refused', errors: [{ pointer }] });
  });

  it.each([
    ['ours', (secrets: string[]) => ({ secrets })],
    ['a list', (credentials: string[]) => ({ credentials })],
    ['gitleaks', (secrets: string[]) => secrets.map((one) => finding(one))],
    ['SARIF', (secrets: string[]) => sarif(...secrets)],
  ])('has at most 1,000 secrets: %s', (_format, write) => {
    expect(parsed(write(many(1_000))).secrets).toHaveLength(1_000);
    expect(parseLeakReport(write(many(1_001)))).toMatchObject({
      errors: [{ detail: 'Report at most 1,000 secrets at once.' }],
    });
  });

  it('of any shape is parsed or refused, and no refusal repeats it', () => {
    const key = fc.constantFrom('secrets', 'credentials', 'runs', 'version', 'source', 'url');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.constant('canary'),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(key, fc.constant('Secret')), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (report) => {
        const result = parseLeakReport(report);
        if (result.outcome === 'refused') {
          expect(result.errors.length).toBeGreaterThan(0);
          expect(JSON.stringify(result.errors)).not.toContain('canary');
        } else {
          expect(leakReportBody.safeParse(report).success).toBe(true);
          expect(result.secrets.every((one) => one.secret !== '')).toBe(true);
        }
      }),
    );
  });
});

describe('secrets in a text', () => {
  const rule = /regex = '''(.*)'''/.exec(
    readFileSync('docs/leak-scanning/gitleaks.toml', 'utf8'),
  )?.[1];

  it('are found wherever the rule of docs/leak-scanning finds them, with any prefix', () => {
    const filling = fc.string({ unit: 'binary', maxLength: 60 });
    const prefix = fc.stringMatching(/^[a-z0-9]{2,12}$/);
    fc.assert(
      fc.property(filling, filling, prefix, (before, after, own) => {
        for (const one of [secret, mintSecret(own)]) {
          const text = `${before} ${one}\n${after}`;
          expect(secretsInText(text)).toContain(one);
        }
        const text = `${before}${secret}${after}`;
        for (const [found] of text.matchAll(new RegExp(rule ?? '', 'g'))) {
          expect(secretsInText(text)).toContain(found);
        }
      }),
    );
  });

  it('are found in an encoded address, and never with a wrong checksum', () => {
    expect(secretsInText(`?auth=Bearer%20${secret}&x=1`)).toEqual([secret]);
    const wrong = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    expect(secretsInText(`${wrong} ${secret}x`)).toEqual([]);
  });
});
