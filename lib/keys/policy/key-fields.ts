import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Actor } from '@/lib/access/actor';
import { recordEvent } from '@/lib/audit/record-event';
import { type KeyLimits, keyTarget } from '../find-key';
import type { ChangeKeyInput } from '../key-input';
import type { KeySummary } from '../key-summary';
import { type ExpiryVerdict, judgeExpiry } from './expiry';
import { findKeyPolicy } from './key-policy';

export type LockedKey = KeySummary & KeyLimits;

export type Fields = KeyLimits & { name: string; scopes: string[]; expiresAt: Date | null };

/** Programs name a moment, and forms a minute. */
export type ExactExpiry = { exact?: boolean };

/** An unchanged expiry date is not checked again, because it may be past or older than the policy. */
export async function wantedExpiry(
  tx: Queryable,
  key: LockedKey,
  { expires, lifetime, exact = false }: ChangeKeyInput & ExactExpiry,
): Promise<ExpiryVerdict> {
  const before = key.expiresAt;
  if (isKept(before, { expires, lifetime, exact })) return { outcome: 'fine', expiresAt: before };
  return judgeExpiry(tx, { expires: expires ?? null, lifetime }, await findKeyPolicy(tx));
}

type Asked = Pick<ChangeKeyInput, 'expires' | 'lifetime'> & Required<ExactExpiry>;

function isKept(before: Date | null, { expires, lifetime, exact }: Asked): boolean {
  // The form rounds to minutes, so a time in the same minute counts as unchanged.
  const step = exact ? 1 : 60_000;
  const rounded = (moment: Date | null) => moment && Math.floor(moment.getTime() / step);
  if (lifetime === 'never') return before === null;
  if (lifetime === 'date' && !expires) return false;
  if (lifetime !== undefined && lifetime !== 'date') return false;
  return expires === undefined || rounded(expires) === rounded(before);
}

/** The key with the new values. Fields that were not sent keep their values. */
export function wantedFields(
  key: LockedKey,
  input: ChangeKeyInput,
  expiresAt: Date | null,
): Fields {
  const { name, scopes, allowedAddresses, metadata } = input;
  const rateLimit = input.rateLimit === undefined ? key.rateLimit : input.rateLimit;
  const rateWindow = rateLimit === null ? null : (input.rateWindow ?? key.rateWindow ?? 60);
  return {
    name,
    scopes: scopes ?? key.scopes,
    expiresAt,
    allowedAddresses: allowedAddresses ?? key.allowedAddresses,
    rateLimit,
    rateWindow,
    metadata: metadata === undefined ? key.metadata : metadata,
  };
}

/** The names of the fields that differ. */
export function changedFields(key: LockedKey, wanted: Fields): (keyof Fields)[] {
  const names = Object.keys(wanted) as (keyof Fields)[];
  return names.filter((name) => shown(key[name]) !== shown(wanted[name]));
}

/** Saves the differing fields with an event that lists them. Without differences it does nothing. */
export async function applyFields(
  tx: Queryable,
  actor: Actor,
  key: LockedKey,
  wanted: Fields,
): Promise<void> {
  const changed = changedFields(key, wanted);
  if (changed.length === 0) return;
  await tx.update(apiKey).set(wanted).where(eq(apiKey.id, key.id));
  const details = Object.fromEntries(
    changed.map((name) => [name, { from: shown(key[name]), to: shown(wanted[name]) }]),
  );
  await recordEvent(tx, actor, 'key.update', keyTarget(key), { details });
}

/** The value as the audit shows it: lists separated by blanks, moments in UTC. */
function shown(value: Fields[keyof Fields]): string | number | null {
  if (Array.isArray(value)) return value.join(' ');
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
