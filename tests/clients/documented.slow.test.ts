import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { type Documented, documentedNames, openProject } from './documented-app';

// Installs the package and runs each example of docs/clients.md as they stand, in a project of its own.
jest.setTimeout(60_000);
let desk: Desk;
let bob: string;
let project: Awaited<ReturnType<typeof openProject>>;
let urls: Record<Documented, string>;

beforeAll(async () => {
  [desk, project] = await Promise.all([openDesk(), openProject()]);
  bob = await desk.addUser('bob');
  const env = { KEYDESK_URL: desk.origin, KEYDESK_SERVICE_KEY: desk.service.secret };
  const started = documentedNames.map(async (name) => [name, await project.start(name, env)]);
  urls = Object.fromEntries(await Promise.all(started));
});
afterAll(async () => {
  await project.close();
  await desk.close();
});

it('the package is installed under its own name, with types', () => {
  const folder = join(project.folder, 'node_modules/@keydesk/verify');
  expect(existsSync(join(folder, 'express.d.ts'))).toBe(true);
});

describe.each(documentedNames)('the example for %s', (name) => {
  const ask = (secret?: string) =>
    fetch(`${urls[name]}/reports`, { headers: secret ? { 'x-api-key': secret } : {} });
  const statusFor = async (facts: { scopes?: string[]; networks?: string[] }) => {
    const key = await desk.addKey(bob, { scopes: ['reports:read'], ...facts });
    return (await ask(key.secret)).status;
  };

  it('greets the owner of a good key, until it is switched off', async () => {
    const { id, secret } = await desk.addKey(bob, { scopes: ['reports:read'] });
    const good = await ask(secret);
    expect([good.status, await good.json()]).toEqual([200, { hello: 'bob' }]);
    await desk.sql('update api_key set active = false where id = $1', [id]);
    expect((await ask(secret)).status).toBe(401);
    expect((await ask()).status).toBe(401);
  });

  it('needs the scope, and tells the address of the caller', async () => {
    expect(await statusFor({ scopes: ['reports:write'] })).toBe(403);
    expect(await statusFor({ networks: ['10.0.0.0/8'] })).toBe(403);
    expect(await statusFor({ networks: ['127.0.0.0/8'] })).toBe(200);
  });
});
