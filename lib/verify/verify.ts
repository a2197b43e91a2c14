import 'server-only';
import { verifyScope } from '@/lib/keys/scope';
import { macsUnder, secretKind } from '@/lib/keys/secret/imported-secret';
import { type Found, findAmong, type Mac } from './lookup';
import type { RateState } from './rate';
import { type Asked, type Code, type FoundKey, judge } from './verdict';
import type { Verification } from './verification';

/** What a service asks about which secret, and on whose behalf. */
export type Question = Asked & {
  /** The key that the calling service presented as its own. */
  service: string | undefined;
  /** The address of the calling service. */
  serviceAddress: string;
  /** The secret in question; null if only the caller is to be checked. */
  secret: string | null;
  /** The address to which guesses are attributed. */
  source: string;
  /** `performance.now()` at the start of the request. */
  since: number;
};

export type Outcome =
  | { kind: 'stranger' }
  | { kind: 'known'; callerId: string }
  | { kind: 'guessing'; retryAfter: number }
  | { kind: 'judged'; code: Code; key: FoundKey | null; rate: RateState | null };

const askersScopes = [verifyScope];

/**
 * The only function that verifies keys. One statement looks up both the caller's key and the key in question.
 * It is sent after the question arrived, so whatever was revoked before that is refused.
 *
 * @throws UnavailableError if the database does not answer within a second
 */
export async function verify(context: Verification, question: Question): Promise<Outcome> {
  const { service, secret, since } = question;
  const callerMacs = service === undefined ? [] : macsOf(context, service);
  if (callerMacs.length === 0) return { kind: 'stranger' };
  const keyMacs = secret === null ? [] : macsOf(context, secret);
  const found = await context.lookup.ask([...callerMacs, ...keyMacs], since);
  noteOlderPepper(context, found, callerMacs);
  noteOlderPepper(context, found, keyMacs);

  const caller = findAmong(found, callerMacs);
  const mayAsk = judge(caller, { scopes: askersScopes, ip: question.serviceAddress }) === 'VALID';
  if (!caller || !mayAsk) return { kind: 'stranger' };
  context.usage.count(caller.id, 'VALID', caller.version, question.serviceAddress);
  if (secret === null) return { kind: 'known', callerId: caller.id };

  const retryAfter = context.guesses.wait(caller.id, question.source);
  if (retryAfter > 0) return { kind: 'guessing', retryAfter };
  if (keyMacs.length === 0) return judged(context, question, 'MALFORMED');
  return judgeKey(context, question, caller.id, findAmong(found, keyMacs));
}

/**
 * The service key that a caller of the management API presents; null if it does not work from this address.
 * The caller's scopes are checked by each endpoint.
 *
 * @throws UnavailableError as {@link verify}
 */
export async function findCaller(
  context: Verification,
  { secret, address, since }: { secret: string; address: string; since: number },
): Promise<FoundKey | null> {
  const macs = macsOf(context, secret);
  if (macs.length === 0) return null;
  const found = await context.lookup.ask(macs, since);
  noteOlderPepper(context, found, macs);
  const key = findAmong(found, macs);
  if (!key || judge(key, { scopes: [], ip: address }) !== 'VALID') return null;
  context.usage.count(key.id, 'VALID', key.version, address);
  return key;
}

async function judgeKey(
  context: Verification,
  question: Question,
  callerId: string,
  key: FoundKey | undefined,
): Promise<Outcome> {
  const code = judge(key, question);
  if (!key) {
    const retryAfter = context.guesses.count(callerId, question.source);
    return retryAfter > 0 ? { kind: 'guessing', retryAfter } : judged(context, question, code);
  }
  if (code !== 'VALID' || !key.rateLimit) return judged(context, question, code, key);
  const rate = await context.rates.ask({ keyId: key.id, limit: key.rateLimit }, question.since);
  return judged(context, question, rate.allowed ? 'VALID' : 'RATE_LIMITED', key, rate);
}

/** Counts the use of a dead key, but does not show that key to the caller. */
function judged(
  context: Verification,
  { ip }: Question,
  code: Code,
  key: FoundKey | null = null,
  rate: RateState | null = null,
): Outcome {
  context.metrics.judged(code);
  context.usage.countAnswer(code);
  if (key) context.usage.count(key.id, code, key.version, ip);
  return { kind: 'judged', code, key: key?.dead ? null : key, rate };
}

/**
 * Notes a secret found under an older pepper, to be moved later without anybody waiting. Never moves to a
 * lower version: an instance that knows a new pepper but does not lead with it would undo the moves of
 * others.
 */
function noteOlderPepper(
  { peppers, pepperMigration, mayChangeKeys }: Verification,
  found: Found,
  macs: readonly Mac[],
) {
  if (!mayChangeKeys) return;
  const newest = peppers[0]?.version ?? 0;
  for (const [index, mac] of macs.entries()) {
    const isOlder = (peppers[index]?.version ?? newest) < newest;
    if (isOlder && macs[0] && found.has(mac.hex)) pepperMigration.note(mac.hex, macs[0].hex);
  }
}

/**
 * One MAC for each pepper, newest first. There are none if the text cannot be a secret: mistyped under our
 * prefix, or under any prefix too short, too long or not printable. Most calls of one turn come from one
 * service, so its MAC is computed once and forgotten after the turn.
 */
function macsOf({ peppers, prefix }: Verification, secret: string): readonly Mac[] {
  if (turnMacs.size === 0) setImmediate(() => turnMacs.clear());
  let macs = turnMacs.get(secret);
  if (!macs) {
    const kind = secretKind(secret, prefix);
    const all = kind ? macsUnder(secret, kind, peppers) : [];
    macs = all.map((bytes) => ({ bytes, hex: bytes.toString('hex') }));
    turnMacs.set(secret, macs);
  }
  return macs;
}

const turnMacs = new Map<string, readonly Mac[]>();
