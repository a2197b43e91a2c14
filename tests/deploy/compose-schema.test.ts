import { blocksOf, blocksUnder } from '../manual/helpers/run-block';
import { faultsOf, merged } from './compose-schema';
import { type Document, documentsIn, interpolate, read } from './files';

// Holds all that is written for Compose against the schema of its specification.
const given = {
  ...{ AUTH_URL: 'https://keys.example.org', AUTH_SECRET: 's', KEY_PEPPER: '1:p', AUDIT_KEY: 'a' },
  ...{ POSTGRES_PASSWORD: 'p' },
};
const parsed = (text: string): Document => documentsIn(interpolate(text, given))[0];
const whole = () => parsed(read('docker-compose.yml'));

it.each(['docker-compose.yml', 'deploy/compose-standby.yml'])('%s is one of Compose', (file) => {
  expect(faultsOf(parsed(read(file)))).toEqual([]);
});

describe('in the manual', () => {
  it('"Secrets as files" fits into docker-compose.yml', () => {
    const [block = ''] = blocksUnder('Secrets as files', 'yaml');
    const document = merged(whole(), parsed(block));
    expect(faultsOf(document)).toEqual([]);
    expect(document.services.keydesk.environment).toHaveProperty('AUTH_SECRET_FILE');
    expect(document.services.keydesk.image).toMatch(/^keydesk:/);
  });

  it('the service of docs/verification-apart.md fits beside those of docker-compose.yml', () => {
    const [block = ''] = blocksOf('docs/verification-apart.md', 'yaml');
    const part = parsed(block);
    const document = merged(whole(), { services: part });
    expect(faultsOf(document)).toEqual([]);
    expect(part.verify.image).toBe(whole().services.keydesk.image);
    expect(part.verify.environment).toMatchObject({ ROLE: 'verify', KEY_PEPPER: '1:p' });
    expect(whole().services.keydesk.ports).toContain(part.verify.ports[0]);
  });
});

describe('control: it is refused', () => {
  const keydesk = (part: Document) => faultsOf(merged(whole(), { services: { keydesk: part } }));

  it.each([
    ['a misspelled key', { enviroment: {} }, 'must NOT have additional properties enviroment'],
    ['a value of another kind', { read_only: [] }, 'must be boolean,string'],
    ['a secret that nothing declares', { secrets: ['none'] }, 'names none, which is not there'],
    [
      'a service that is not there',
      { depends_on: { none: { condition: 'service_healthy' } } },
      'none',
    ],
  ])('%s', (_what, part, fault) => {
    expect(keydesk(part).join('\n')).toContain(fault);
  });

  it('a key beside the services', () => {
    expect(faultsOf({ ...whole(), servces: {} }).join()).toContain('servces');
  });
});
