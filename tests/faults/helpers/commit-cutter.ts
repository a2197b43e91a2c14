import { connect, createServer, type Socket } from 'node:net';

/** Where the line is cut: before the server has heard of the COMMIT, or before we hear of its answer. */
export type Cut = 'before' | 'after';

const commit = Buffer.from('commit\0');
/** What somebody does is audited; what the process does by itself, soon after its start, is not. */
const audit = Buffer.from('insert into "audit_event"');

/**
 * A line to PostgreSQL that breaks on demand around the next COMMIT. `after` waits until the server
 * has answered, so the change is there for certain and only the news of it is lost.
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
