import 'server-only';
import { type Database, database, type Queryable } from '@/db/client';
import { againAfterDeadlock } from '@/lib/access/change-as';
import type { AuditActor } from '@/lib/audit/record-event';
import { findSecrets } from '@/lib/keys/secret/find-secrets';
import { endLeaked, type LeakPolicy } from './end-leaked';
import { type Evidence, type LeakedSecret, mostLeaked } from './leaked-secret';
import { indexSecrets, toldSource, toldUrl } from './told-evidence';

type Options = {
  /** Used in place of the policy of the installation. */
  policy?: LeakPolicy;
  /** Runs after the keys are locked, and refuses by an error. */
  check?: (tx: Queryable) => Promise<unknown>;
  within?: Database;
};

/** How many different secrets of the report belong to keys of this installation. */
export type LeakAnswer = { known: number; unknown: number };

/**
 * Takes a report of leaked secrets. Keys whose secrets still work are switched off, unless the policy only
 * tells. Reporters need no right here, because whoever presents a secret may end it: service keys are switched
 * off like others. Nothing is kept of secrets that are not ours.
 */
export async function reportLeak(
  reporter: AuditActor,
  leaked: readonly LeakedSecret[],
  evidence: Evidence,
  options: Options = {},
): Promise<LeakAnswer> {
  const different = new Set(leaked.map(({ secret }) => secret)).size;
  const { size: known } = await reportOurs(reporter, leaked, evidence, options);
  return { known, unknown: different - known };
}

/**
 * The same.
 *
 * @returns the secrets that are ours
 */
export async function reportOurs(
  reporter: AuditActor,
  leaked: readonly LeakedSecret[],
  { source, url }: Evidence,
  { policy, check, within = database() }: Options = {},
): Promise<ReadonlySet<string>> {
  // The first place of a secret that was found in several.
  const places = new Map<string, string | null>();
  for (const one of leaked) {
    if (!places.has(one.secret)) places.set(one.secret, one.url ?? url);
  }
  if (places.size > mostLeaked)
    throw new RangeError(`A report holds at most ${mostLeaked} secrets.`);
  const ours = new Set((await findSecrets(within, places.keys())).keys());
  if (ours.size === 0) return ours;
  const secrets = indexSecrets(places.keys());
  const report = {
    source: toldSource(source, secrets),
    urls: new Map([...ours].map((one) => [one, toldUrl(places.get(one), secrets)])),
    policy,
    check,
  };
  await againAfterDeadlock(() => within.transaction((tx) => endLeaked(tx, reporter, report)));
  return ours;
}
