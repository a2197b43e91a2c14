import 'server-only';
import { createHmac } from 'node:crypto';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { type Database, database, prepareConfirmation, type Queryable } from '@/db/client';
import { apiRequest } from '@/db/schema/api-request';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { canonicalJson } from '@/lib/audit/chain';
import { recordAtEnd } from '@/lib/audit/record-event';
import { derivedKey } from '@/lib/crypto/derived-key';
import type { Answer } from '@/lib/http/problem';
import { apiProblem, ProblemError } from './api-problem';
import type { Call, UnfinishedAnswer } from './endpoint';
import { openAnswer, sealAnswer } from './sealed-answer';

/** How long an answer is kept, in minutes, and how long a key stands for its request, in hours. */
export const keptMinutes = 10;
export const keptHours = 24;

/** Waits in milliseconds for the same request that is still running, and how often. */
const pause = 50;
const mostPauses = 60;

/** The record that a request made or changed, and the answer. */
export type Done = {
  answer: Answer;
  recordId?: string;
  /** What is left to do after the commit, outside the turn; a repeated request gets its answer. */
  finish?: () => Promise<Answer>;
};

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
): Promise<UnfinishedAnswer> {
  const names = namesOf(call, required);
  if (!names) {
    const { answer, finish } = await database().transaction((tx) => recordAtEnd(tx, () => run(tx)));
    return { ...answer, finish };
  }
  for (let pauses = 0; pauses < mostPauses; pauses++) {
    const confirm = await prepareConfirmation();
    const given = await againAfterDeadlock(() =>
      database().transaction((tx) => recordAtEnd(tx, () => attempt(tx, names, run))),
    );
    // The request that this one repeats may have ended unconfirmed.
    if (given?.isReplay) await confirm();
    if (given) return given.answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return apiProblem('in-progress', undefined, { headers: { 'Retry-After': '1' } });
}

/** Null while the same request is running elsewhere. No connection is held meanwhile. */
async function attempt(
  tx: Database,
  names: Names,
  run: (tx: Database) => Promise<Done>,
): Promise<{ answer: UnfinishedAnswer; isReplay: boolean } | null> {
  const { locked, before } = await lockAndFind(tx, names);
  if (before) return { answer: replay(before, names), isReplay: true };
  if (!locked) return null;
  const { answer, recordId, finish } = await run(tx);
  if (recordId !== undefined) {
    const { callerId, keyMac, requestMac } = names;
    const sealedAnswer = sealAnswer(answer, names);
    const values = { callerId, keyMac, requestMac, recordId, sealedAnswer };
    await tx
      .insert(apiRequest)
      .values(values)
      .onConflictDoUpdate({
        target: [apiRequest.callerId, apiRequest.keyMac],
        set: { ...values, createdAt: sql`now()` },
      });
  }
  if (!finish) return { answer, isReplay: false };
  const replaced = async () => {
    const finished = await finish();
    await replaceAnswer(names, finished);
    return finished;
  };
  return { answer: { ...answer, finish: replaced }, isReplay: false };
}

/** What a repeated request is told from now on. */
async function replaceAnswer(names: Names, answer: Answer): Promise<void> {
  const { callerId, keyMac } = names;
  await database()
    .update(apiRequest)
    .set({ sealedAnswer: sealAnswer(answer, names) })
    .where(
      and(
        eq(apiRequest.callerId, callerId),
        eq(apiRequest.keyMac, keyMac),
        isNotNull(apiRequest.sealedAnswer),
      ),
    );
}

type Before = {
  requestMac: Buffer;
  recordId: string;
  sealedAnswer: Buffer | null;
  /** Whether the answer may still be given. */
  kept: boolean;
};

/**
 * Tries to lock the idempotency key, and looks for the request after that, so that it sees one that was done a moment
 * ago. The two statements are sent together and so have no parameters; the id and the MAC are our own.
 */
async function lockAndFind(tx: Queryable, { callerId, keyMac }: Names) {
  const results: unknown = await tx.execute(
    sql.raw(`
      select pg_try_advisory_xact_lock(${keyMac.readBigInt64BE()}) as locked;
      select request_mac as "requestMac", record_id as "recordId", sealed_answer as "sealedAnswer",
        created_at > now() - make_interval(mins => ${keptMinutes}) as kept
      from api_request
      where caller_id = '${callerId}' and key_mac = '\\x${keyMac.toString('hex')}'
        and created_at > now() - make_interval(hours => ${keptHours})`),
  );
  type Rows<Row> = { rows: Row[] };
  const [lock, found] = results as [Rows<{ locked: boolean }>, Rows<Before>];
  return { locked: lock.rows[0]?.locked === true, before: found.rows[0] };
}

function replay({ requestMac, sealedAnswer, kept, recordId }: Before, names: Names): Answer {
  if (!requestMac.equals(names.requestMac)) throw new ProblemError('idempotency-key-reused');
  const answer = kept && sealedAnswer ? openAnswer(sealedAnswer, names) : null;
  if (!answer) throw new ProblemError('answered-before', undefined, { keyId: recordId });
  return answer;
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
