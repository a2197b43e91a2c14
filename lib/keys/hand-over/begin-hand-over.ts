import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { handOver } from '@/db/schema/hand-over';
import { type Actor, personOf } from '@/lib/access/actor';
import { type AuditTarget, recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { signOnLabel } from '@/lib/settings/sign-on-label';
import type { OverlapChoice } from '../overlap-choices';
import type { StoredSecret } from '../secret/secret';
import { type Collector, readCollector } from './collector';
import { endHandOvers } from './end-hand-overs';
import type { HandOverWish } from './hand-over-input';
import { linkTerms } from './link-terms';
import { type MailRecipient, readMailRecipient } from './mail-recipient';
import { codeMac, mintCode, mintFragment, proofHash, proofOf, sealSecretFor } from './seal';
import { signOnMessages } from './sign-on-messages';
import { proofDetails } from './visitor';

/** What the administrator is shown, this once. The link opens the seal, and is stored nowhere. */
export type BegunHandOver = {
  link: string;
  code: string | null;
  /** Who alone gets it, signed in; null if the link, and the code if there is one, are enough. */
  onlyFor: Collector | null;
  until: Date;
  version: number;
  /** To whom it is to be mailed, after the commit and by whoever begun it; null if it is to be shown. */
  mailTo: MailRecipient | null;
  /** Of the key, for the mail. */
  username: string;
  name: string;
};

type Handed = {
  keyId: string;
  owner: { id: string; username: string };
  name: string;
  secret: string;
  secretVersion: number;
  /** Whether a new key is switched on when it is collected. */
  activates?: boolean;
  /** What replaces the secret of the key when it is collected; absent if the key has the secret already. */
  replacement?: { stored: StoredSecret; overlap: OverlapChoice };
};

/** Seals the secret of a locked key for whoever gets the link. An earlier hand-over of the key ends. */
export async function beginHandOver(
  tx: Queryable,
  by: Actor,
  { keyId, owner, name, secret, secretVersion, activates = false, replacement }: Handed,
  { term, withCode, signOn = false, mail = false }: HandOverWish,
): Promise<BegunHandOver> {
  await endHandOvers(tx, [keyId]);
  const id = randomUUID();
  const fragment = mintFragment();
  const code = withCode && !signOn ? mintCode() : null;
  const hours = linkTerms.find(({ value }) => value === term)?.hours ?? 24;
  const [row] = await tx
    .insert(handOver)
    .values({
      id,
      keyId,
      madeBy: personOf(by),
      replaces: replacement !== undefined,
      activates,
      secretVersion,
      proofHash: proofHash(proofOf(fragment)),
      signOn,
      codeMac: code === null ? (signOn ? randomBytes(32) : null) : codeMac(id, code),
      sealedSecret: sealSecretFor(fragment, id, secret),
      ...replacement?.stored,
      overlap: replacement?.overlap ?? null,
      expiresAt: sql`now() + make_interval(hours => ${hours})`,
    })
    .returning({ until: handOver.expiresAt });
  if (!row) throw new Error('The hand-over was not stored.');
  return {
    link: `${settings().AUTH_URL}/collect/${id}#${fragment}`,
    code,
    onlyFor: signOn ? await findOnlyFor(tx, owner) : null,
    until: row.until,
    version: secretVersion,
    mailTo: mail ? await readMailRecipient(tx, owner.id) : null,
    ...{ username: owner.username, name },
  };
}

/** Somebody may turn the policy off at this moment. The link is for the same person then. */
async function findOnlyFor(tx: Queryable, { id, username }: Handed['owner']): Promise<Collector> {
  const found = await readCollector(tx, id);
  return found ?? { username, where: signOnLabel() ?? signOnMessages.here };
}

export function recordHandOver(
  tx: Queryable,
  by: Actor,
  target: AuditTarget,
  { until, code, onlyFor, version, mailTo }: BegunHandOver,
): Promise<void> {
  const details = {
    until: until.toISOString(),
    withCode: code !== null,
    version,
    ...proofDetails({ signOn: onlyFor !== null }),
    ...(mailTo && { mailTo: mailTo.address }),
  };
  return recordEvent(tx, by, 'key.hand-over', target, { details });
}

/**
 * Whether a key that is switched off still has the secret of a hand-over that nobody collected, and if so,
 * whether it was to be switched on then. Null if somebody has its secret.
 */
export async function findUncollected(
  tx: Queryable,
  key: { id: string; active: boolean; secretVersion: number },
): Promise<{ activates: boolean } | null> {
  if (key.active) return null;
  const [last] = await tx
    .select({ state: handOver.state, activates: handOver.activates })
    .from(handOver)
    .where(
      and(
        eq(handOver.keyId, key.id),
        eq(handOver.replaces, false),
        eq(handOver.secretVersion, key.secretVersion),
      ),
    )
    .orderBy(desc(handOver.createdAt))
    .limit(1);
  return last && last.state !== 'collected' ? { activates: last.activates } : null;
}
