import { named } from './helpers/gateways';
import { openScene, variable } from './helpers/scene';
import type { Behaviour } from './helpers/servers';

// Takes the lines that protect out of the recipes, one at a time, and attacks.
jest.setTimeout(90_000);

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const good = () => `X-API-Key: ${scene.key.secret}`;

const without = (guard: string | RegExp) => (text: string) => text.replace(guard, '');

/** Runs an edited recipe and sends a good key and one more header. */
async function attack(
  name: string,
  edit: (text: string) => string,
  line: string,
  instead: Behaviour | null = null,
) {
  let edits = 0;
  const counted = (text: string) => {
    const after = edit(text);
    edits += after === text ? 0 : 1;
    return after;
  };
  const port = await scene.open(named(name), counted);
  expect(edits).toBe(1);
  scene.front.behave(instead);
  return scene.send(port, [good(), line]);
}

const odd: { name: string; header: string; edit: (text: string) => string }[] = [
  {
    name: 'nginx',
    header: 'X_Auth_User',
    edit: (text) => text.replace(/listen .*;/, '$& underscores_in_headers on;'),
  },
  {
    name: 'nginx',
    header: 'X.Auth.User',
    edit: (text) => text.replace(/listen .*;/, '$& ignore_invalid_headers off;'),
  },
  { name: 'Caddy', header: 'X_Auth_User', edit: without('request_header -*_*') },
  { name: 'Caddy', header: 'X.Auth.User', edit: without('request_header -*.*') },
  { name: 'HAProxy', header: 'X_Auth_User', edit: without(/http-request del-header \[.*/) },
  { name: 'Apache', header: 'X_Auth_User', edit: without(/if name:find\(.*/) },
];

test.each(odd)('$name that keeps $header tells the service of a second user', async (one) => {
  const { service } = await attack(one.name, one.edit, `${one.header}: root`);
  expect(variable(service[0], 'X_AUTH_USER').sort()).toEqual(['bob', 'root']);
});

test('nginx without the lines that replace X-Auth-* passes on forged headers', async () => {
  const edit = (text: string) => text.replaceAll(/^\s*proxy_set_header X-Auth-.*$/gm, '');
  const { service } = await attack('nginx', edit, 'X-Auth-User: root');
  expect(variable(service[0], 'X_AUTH_USER')).toEqual(['root']);
});

test('Caddy without the line that asks for it sends cookies to Keydesk', async () => {
  const { asked } = await attack('Caddy', without('header_up -Cookie'), 'Cookie: session=s');
  expect(asked[0]?.headers.cookie).toBe('session=s');
});

test.each([
  ['Caddy', without('respond @drops 400')],
  ['Apache', without(/if \(r\.headers_in\['Connection'\].*/)],
])('%s without a look at Connection drops what it has set itself', async (name, edit) => {
  const { service } = await attack(name, edit, 'Connection: close, X-Auth-User');
  expect([service.length, variable(service[0], 'X_AUTH_USER')]).toEqual([1, []]);
});

test('HAProxy without a look at Connection lets the next proxy drop what it has set', async () => {
  const edit = without(/http-request deny deny_status 400 .*/);
  const { service } = await attack('HAProxy', edit, 'Connection: close, X-Auth-User');
  expect(variable(service[0], 'CONNECTION').join()).toContain('X-Auth-User');
});

test.each([
  ['HAProxy', without(/http-request deny deny_status 503 .*/)],
  ['Apache', without(" or not answer['x-auth-user']")],
])('%s without its last condition forwards what a stranger allowed', async (name, edit) => {
  // The script for HAProxy fails at the missing headers, and HAProxy goes on.
  const stranger: Behaviour = (_, response) => response.end();
  const { service } = await attack(name, edit, 'X-Other: a', stranger);
  expect([service.length, variable(service[0], 'X_AUTH_USER')]).toEqual([1, []]);
});

test('Apache that follows redirects is let through by another server', async () => {
  const edit = without('redirect = false,');
  const redirect: Behaviour = ({ url }, response) => {
    if (url === '/allow') response.writeHead(200, { 'X-Auth-User': 'root' });
    else response.writeHead(302, { Location: '/allow' });
    response.end();
  };
  const { service } = await attack('Apache', edit, 'X-Other: a', redirect);
  expect(variable(service[0], 'X_AUTH_USER')).toEqual(['root']);
});

test('nginx answers a `return` in a protected location without the gate, so no recipe has one', async () => {
  const open = (text: string) =>
    text.replace('auth_request /_keydesk;', 'auth_request /_keydesk; return 200 open;');
  const port = await scene.open(named('nginx'), open);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('open');
});
