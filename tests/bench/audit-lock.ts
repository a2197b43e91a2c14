import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { closeDatabase, database } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { directoryUser } from '@/db/schema/directory-user';
import { createKey } from '@/lib/keys/create-key';
import { keyRequest } from '../helpers/keys';
import { useSettings } from '../helpers/settings';

// What 10 administrators who make keys at the same moment wait: each event takes the lock of the chain.
const rounds = 200;
const parallel = 10;
const server = process.env.TEST_DATABASE_URL ?? '';
const url = new URL(server);
url.pathname = `/keydesk_audit_lock_${process.pid}`;
await onServer(`create database ${url.pathname.slice(1)}`);
useSettings({ DATABASE_URL: url.href });
await migrateDatabase();
const role = 'operator' as const;
const otto = { id: v7(), username: 'otto', role, address: '192.0.2.1', provedRecently: false };
await database()
  .insert(directoryUser)
  .values([otto, { id: v7(), username: 'grace' }]);
const times: number[] = [];
const began = performance.now();
for (let round = 0; round < rounds; round += 1) {
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      const since = performance.now();
      await createKey(otto, keyRequest('grace'));
      times.push(performance.now() - since);
    }),
  );
}
const seconds = (performance.now() - began) / 1_000;
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
console.log(
  `${parallel} at once, ${rounds} times: ${Math.round(times.length / seconds)}/s, ` +
    `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`,
);
await closeDatabase();
await onServer(`drop database ${url.pathname.slice(1)}`);

async function onServer(statement: string) {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
