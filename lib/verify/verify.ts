import 'server-only';
import { verifyScope } from '@/lib/keys/scope';
import { macsUnder, secretKind } from '@/lib/keys/secret/imported-secret';
import { type Found, findAmong, type Mac } from './lookup';
import type { RateState } from './rate';
import { type Asked, type Code, type FoundKey, judge } from './verdict';
import type { Verification } from './verification';

/** Who asks, about which secret, for whom. */
export type Question = Asked & {
  /** What the calling service presented as its own key. */
  service: string | undefined;
  /** Where the calling service is. */
  serviceAddress: string;
  /** The secret in question; null where only the caller is to be checked. */
  secret: string | null;
  /** Where guesses come from. */
  source: string;
  /** `performance.now()` at the start of the request. */
  since: number;
};

export type Outcome =
  | { kind: 'stranger' }
  | { kind: 'known' }
  | { kind: 'guessing'; retryAfter: number }
  | { kind: 'judged'; code: Code; key: FoundKey | null; rate: RateState | null };

const askersScopes = [verifyScope];

/**
 * The one way in which keys are verified. The caller's key and the key in question are looked up by
 * the same statement, sent after the question came: what was revoked before it is refused.
 *
 * @throws UnavailableError where the database cannot be asked within a second
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
  if (secret === null) return { kind: 'known' };

  const retryAfter = context.guesses.wait(caller.id, question.source);
  if (retryAfter > 0) return { kind: 'guessing', retryAfter };
  if (keyMacs.length === 0) return judged(context, question, 'MALFORMED');
  return judgeKey(context, question, caller.id, findAmong(found, keyMacs));
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

/** A dead key counts for its former self, and is not shown to the caller. */
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
 * A secret that was found under an older pepper moves to the first, but not while anybody waits. Never
 * to a lower number: an instance that knows a new pepper, but does not lead with it yet, would undo
 * what the others do.
 */
function noteOlderPepper(
  { peppers, pepperMigration }: Verification,
  found: Found,
  macs: readonly Mac[],
) {
  const newest = peppers[0]?.version ?? 0;
  for (const [index, mac] of macs.entries()) {
    const isOlder = (peppers[index]?.version ?? newest) < newest;
    if (isOlder && macs[0] && found.has(mac.hex)) pepperMigration.note(mac.hex, macs[0].hex);
  }
}

/**
 * One MAC for each pepper, newest first; none where the text can be no secret: mistyped under our
 * prefix, or too short, too long or not printable under any. Calls of one turn mostly come from one
 * service, whose MAC is computed once for them; after the turn it is forgotten.
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
