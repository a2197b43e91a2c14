import { connect, createServer, type Socket } from 'node:net';

/** Where the connection is cut: before the server receives the COMMIT, or before we receive its answer. */
export type Cut = 'before' | 'after';

const commit = Buffer.from('commit\0');
/** Actions of people are audited. Background work soon after the start is not. */
const audit = Buffer.from('insert into "audit_event"');

/**
 * A connection to PostgreSQL that breaks on demand at the next COMMIT. `after` waits until the server has
 * answered, so the change is certainly saved and only the answer is lost.
 */
export async function openCommitCutter(databaseUrl: string) {
  const target = new URL(databaseUrl);
  let armed: Cut | undefined;
  let cuts = 0;
  const server = createServer((client) =>
    join(client, connect(Number(target.port), target.hostname)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function join(client: Socket, database: Socket) {
    let waiting = false;
    let isAudited = false;
    const cut = () => {
      cuts += 1;
      client.destroy();
      database.destroy();
    };
    client.on('data', (sent) => {
      isAudited ||= sent.includes(audit);
      if (sent.includes(commit)) {
        const where = isAudited ? armed : undefined;
        isAudited = false;
        if (where) armed = undefined;
        if (where === 'before') return cut();
        waiting = where === 'after';
      }
      database.write(sent);
    });
    database.on('data', (told) => (waiting ? cut() : client.write(told)));
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  }

  const url = new URL(databaseUrl);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    arm: (where: Cut) => {
      armed = where;
    },
    cuts: () => cuts,
    close: () => server.close(),
  };
}
