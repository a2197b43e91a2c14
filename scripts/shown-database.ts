/** The name and address of a database, without user and password. */
export function shownDatabase(address: string): string {
  if (!URL.canParse(address)) return 'the database in DATABASE_URL';
  const { pathname, host, hostname, port, searchParams } = new URL(address);
  const name = decodeURIComponent(pathname.slice(1)) || 'of the default name';
  const place = searchParams.get('host') ?? (port || !hostname ? host : `${hostname}:5432`);
  return `the database ${name} at ${place || 'localhost'}`;
}
