import { serversOf, serversProblem } from '@/db/servers';

/** The name and addresses of a database, without user and password. */
export function shownDatabase(address: string): string {
  const listed = serversProblem(address) ? [address] : serversOf(address);
  // Without a host, as with sockets, URL would refuse the user.
  const servers = listed.map((server) => server.replace('@/', '@localhost/'));
  if (!servers.every((server) => URL.canParse(server))) return 'the database in DATABASE_URL';
  const urls = servers.map((server) => new URL(server));
  const name = decodeURIComponent(urls[0]?.pathname.slice(1) ?? '') || 'of the default name';
  return `the database ${name} at ${urls.map(placeOf).join(', ')}`;
}

function placeOf({ host, hostname, port, searchParams }: URL): string {
  const given = searchParams.get('host');
  const givenPort = searchParams.get('port');
  if (given) return givenPort && !given.startsWith('/') ? `${given}:${givenPort}` : given;
  return (port || !hostname ? host : `${hostname}:5432`) || 'localhost';
}
