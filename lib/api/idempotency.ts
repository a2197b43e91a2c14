import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Database, database, type Queryable } from '@/db/client';
import { apiRequest } from '@/db/schema/api-request';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { canonicalJson } from '@/lib/audit/chain';
import { recordAtEnd } from '@/lib/audit/record-event';
import { decrypt, encrypt } from '@/lib/crypto/aes-gcm';
import { derivedKey } from '@/lib/crypto/derived-key';
import type { Answer } from '@/lib/http/problem';
import { apiProblem, ProblemError } from './api-problem';
import type { Call } from './endpoint';

/** How long an answer is kept, in minutes, and how long a key stands for its request, in hours. */
export const keptMinutes = 10;
export const keptHours = 24;

/** Waits in milliseconds for the same request that is still running, and how often. */
const pause = 50;
const mostPauses = 60;

/** The record that a request made or changed, and the answer. */
export type Done = { answer: Answer; recordId?: string };

type Names = { callerId: string; keyMac: Buffer; requestMac: Buffer; key: string };

/**
 * Does a request once for each `Idempotency-Key`, as in draft-ietf-httpapi-idempotency-key-header-07. The
 * record of the request is written in the transaction of the change, so that neither exists without the other.
 * Without the header, which is allowed unless `required`, it just runs.
 *
 * @throws ProblemError without the key, for a key of another request, or if the answer is no longer kept
 */
export async function once(
  call: Call,
  run: (tx: Database) => Promise<Done>,
  { required = true } = {},
): Promise<Answer> {
  const names = namesOf(call, required);
  if (!names) return (await database().transaction((tx) => recordAtEnd(tx, () => run(tx)))).answer;
  for (let pauses = 0; pauses < mostPauses; pauses++) {
    const answer = await againAfterDeadlock(() =>
      database().transaction((tx) => recordAtEnd(tx, () => attempt(tx, names, run))),
    );
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return apiProblem('in-progress', undefined, { headers: { 'Retry-After': '1' } });
}

/** Null while the same request is running elsewhere. No connection is held meanwhile. */
async function attempt(
  tx: Database,
  names: Names,
  run: (tx: Database) => Promise<Done>,
): Promise<Answer | null> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${names.keyMac.readBigInt64BE()}::bigint) as locked`,
  );
  // After the lock, so that it sees a request that was done a moment ago. Requests that were done need no lock.
  const before = await findBefore(tx, names);
  if (before) return replay(before, names);
  if (!rows[0]?.locked) return null;
  const { answer, recordId } = await run(tx);
  if (recordId !== undefined) {
    const { callerId, keyMac, requestMac } = names;
    const sealedAnswer = seal(answer, names);
    const values = { callerId, keyMac, requestMac, recordId, sealedAnswer };
    await tx
      .insert(apiRequest)
      .values(values)
      .onConflictDoUpdate({
        target: [apiRequest.callerId, apiRequest.keyMac],
        set: { ...values, createdAt: sql`now()` },
      });
  }
  return answer;
}

async function findBefore(tx: Queryable, { callerId, keyMac }: Names) {
  const [row] = await tx
    .select({
      requestMac: apiRequest.requestMac,
      recordId: apiRequest.recordId,
      sealedAnswer: apiRequest.sealedAnswer,
      kept: sql<boolean>`${apiRequest.createdAt} > now() - make_interval(mins => ${keptMinutes})`,
    })
    .from(apiRequest)
    .where(
      and(
        eq(apiRequest.callerId, callerId),
        eq(apiRequest.keyMac, keyMac),
        sql`${apiRequest.createdAt} > now() - make_interval(hours => ${keptHours})`,
      ),
    );
  return row;
}

type Before = NonNullable<Awaited<ReturnType<typeof findBefore>>>;

function replay({ requestMac, sealedAnswer, kept, recordId }: Before, names: Names): Answer {
  if (!requestMac.equals(names.requestMac)) throw new ProblemError('idempotency-key-reused');
  const answer = kept && sealedAnswer ? open(sealedAnswer, names) : null;
  if (!answer) throw new ProblemError('answered-before', undefined, { keyId: recordId });
  return answer;
}

/**
 * Whoever reads the database has neither the idempotency key nor AUTH_SECRET, and needs both to open an
 * answer. The second protects idempotency keys that could be guessed.
 */
function sealingKey({ key, callerId }: Names): Buffer {
  const info = `keydesk 1 answer to ${callerId}`;
  return Buffer.from(hkdfSync('sha256', key, derivedKey('idempotency'), info, 32));
}

const seal = (answer: Answer, names: Names) =>
  encrypt(Buffer.from(JSON.stringify(answer)), sealingKey(names), names.callerId);

function open(sealed: Buffer, names: Names): Answer | null {
  const bytes = decrypt(sealed, sealingKey(names), names.callerId);
  return bytes && (JSON.parse(bytes.toString()) as Answer);
}

/** A structured string (RFC 9651, 3.3.3), or plain text as many clients send it. */
function namesOf({ headers, service, target, body }: Call, required: boolean): Names | null {
  const text = headers.get('idempotency-key')?.trim();
  if (text === undefined || text === '') {
    if (required) throw new ProblemError('idempotency-key-missing');
    return null;
  }
  const string = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text)?.[1];
  // Two headers arrive as one list, in which either key could be the one that was meant.
  const isList = string === undefined && text.startsWith('"');
  const key = string === undefined ? text : string.replace(/\\(["\\])/g, '$1');
  if (isList || !/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new ProblemError('malformed', 'Idempotency-Key has 1 to 255 printable ASCII characters.');
  }
  const mac = (...parts: string[]) =>
    createHmac('sha256', derivedKey('idempotency')).update(JSON.stringify(parts)).digest();
  const condition = headers.get('if-match') ?? '';
  return {
    key,
    callerId: service.id,
    keyMac: mac('key', service.id, key),
    requestMac: mac(
      'request',
      target,
      condition,
      canonicalJson(JSON.parse(JSON.stringify(body ?? null))),
    ),
  };
}
