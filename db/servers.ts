import 'server-only';
import { DatabaseUnfitError } from './database-unfit';

/** What precedes the hosts, the hosts with their ports, and what follows them. */
const form = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s;

/** The attributes of libpq that mean a server in which changes are possible. */
const accepted = ['', 'read-write', 'primary'];

/**
 * The addresses of the single servers in an address that may list several hosts, as libpq does: either
 * `h1:5432,h2:5433` or `?host=h1,h2&port=5432,5433`.
 *
 * @throws DatabaseUnfitError as {@link serversProblem} says
 */
export function serversOf(address: string): string[] {
  const problem = serversProblem(address);
  if (problem) throw new DatabaseUnfitError(`The address of the database ${problem}`);
  const [, before = '', places = '', after = ''] = form.exec(address) ?? [];
  const hosts = parametersOf(address).get('host')?.split(',') ?? [];
  if (hosts.length > 1) return hosts.map((host, at) => withHost(address, host, at));
  return places.includes(',')
    ? places.split(',').map((place) => before + place + after)
    : [address];
}

/** What is wrong with the list of hosts, for a message that begins with the name of the setting. */
export function serversProblem(address: string): string | undefined {
  const [, , places = ''] = form.exec(address) ?? [];
  const parameters = parametersOf(address);
  if (!accepted.includes(parameters.get('target_session_attrs') ?? '')) {
    return 'may have no other target_session_attrs than read-write and primary.';
  }
  const hosts = (parameters.get('host') ?? places).split(',');
  if (hosts.length > 1 && hosts.includes('')) return 'has an empty name in its list of hosts.';
  const named = parameters.get('port')?.split(',') ?? [];
  if (named.length > 1 && named.length !== hosts.length) {
    return 'must have one port for all hosts, or one for each.';
  }
  const ports = [...named, ...places.split(',').map((place) => /:([^:\]]*)$/.exec(place)?.[1])];
  return ports.every(isPort) ? undefined : 'must have ports of 1 to 65535.';
}

const isPort = (text = '') =>
  text === '' || (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535);

function withHost(address: string, host: string, at: number): string {
  const parameters = parametersOf(address);
  const ports = parameters.get('port')?.split(',') ?? [];
  const port = ports[at] ?? ports[0];
  parameters.set('host', host);
  if (port) parameters.set('port', port);
  return `${address.slice(0, address.indexOf('?'))}?${parameters}`;
}

function parametersOf(address: string): URLSearchParams {
  const mark = address.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : address.slice(mark + 1));
}
