import type { ChildProcess } from 'node:child_process';
import { freePort } from '../../../scripts/free-port';
import { requireFile } from '../../helpers/require-program';
import { blocksOf } from '../../manual/helpers/run-block';
import { enabledBy, startApache } from './apache';
import { isRoot, startCaddy, startHaproxy, startNginx } from './programs';
import { edited, recipe, type Texts } from './recipe';

/** A gateway of the manual that Debian has. */
export type Gateway = {
  name: string;
  page: string;
  /** Of the blocks. Its configuration comes first. */
  languages: [string, ...string[]];
  /** The block about preflights belongs after this. */
  preflightAfter: RegExp;
  start(texts: Texts, port: number): Promise<ChildProcess>;
};

/** What Debian's own configuration has around a recipe for HAProxy. */
const chroot = isRoot ? 'global\n chroot /var/lib/haproxy\n user haproxy\n group haproxy\n' : '';

const apachePage = 'docs/gateways-apache.md';

export const gateways: Gateway[] = [
  {
    name: 'nginx',
    page: 'docs/gateways-nginx.md',
    languages: ['nginx'],
    preflightAfter: /location \/ \{\n/,
    start: ({ nginx = '' }, port) => startNginx(nginx, port),
  },
  {
    name: 'Caddy',
    page: 'docs/gateways-caddy.md',
    languages: ['caddyfile'],
    preflightAfter: /route \{\n/,
    start: ({ caddyfile = '' }, port) => startCaddy(caddyfile, port),
  },
  {
    name: 'HAProxy',
    page: 'docs/gateways-haproxy.md',
    languages: ['haproxy', 'lua'],
    preflightAfter: /timeout client 60s\n/,
    start: ({ haproxy = '', lua = '' }, port) => {
      // Sockets without a file belong to the whole machine, and tests run side by side.
      const text = haproxy.replace('abns@keydesk', `abns@keydesk-${port}`);
      const script = lua.replace('abns@keydesk', `abns@keydesk-${port}`);
      return startHaproxy(chroot + text, port, { '/etc/haproxy/keydesk.lua': script });
    },
  },
  {
    name: 'Apache',
    page: apachePage,
    languages: ['apache', 'lua'],
    preflightAfter: /<VirtualHost .*\n/,
    start: ({ apache = '', lua = '' }, port) => {
      requireFile('/usr/share/lua/5.3/socket.lua', 'lua-socket');
      return startApache(apache, port, enabledBy(apachePage), { '/etc/apache2/keydesk.lua': lua });
    },
  },
];

export const named = (name: string): Gateway =>
  gateways.find((gateway) => gateway.name === name) as Gateway;

type Places = { keydesk: number; backend: number; service: string };

/** Runs the recipe of a gateway. @param edit changes its blocks first */
export async function openGateway(
  { page, languages, start }: Gateway,
  { keydesk, backend, service }: Places,
  edit = (text: string) => text,
): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const texts = recipe(page, languages, {
    '127.0.0.1:3001': `127.0.0.1:${keydesk}`,
    '127.0.0.1:8080': `127.0.0.1:${backend}`,
    '127.0.0.1:8000': `127.0.0.1:${port}`,
    SERVICE_KEY: service,
  });
  return { child: await start(edited(texts, edit), port), port };
}

/** The recipe with the block about preflights where the page wants it. */
export function withPreflight({ page, languages, preflightAfter }: Gateway) {
  const [block = ''] = blocksOf(page, languages[0], 'Pages of another origin');
  if (!block) throw new Error(`${page} has no block about preflights.`);
  return (text: string) => text.replace(preflightAfter, (line) => `${line}${block}`);
}
