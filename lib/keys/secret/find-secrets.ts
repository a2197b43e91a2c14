import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey, formerSecret } from '@/db/schema/api-key';
import { settings } from '@/lib/settings/settings';
import { macsUnder, secretKind } from './imported-secret';

/** Which secret of which key a text is. */
export type FoundSecret = {
  keyId: string;
  version: number;
  /** False for a replaced secret. */
  current: boolean;
  /** Whether it is the current one or in its overlap. The key itself may be off, expired or deleted. */
  standing: boolean;
};

/**
 * Finds which of these texts are secrets of live or deleted keys, with one query for all of them. Only MACs
 * leave this function, and texts that cannot be secrets are not looked up.
 */
export async function findSecrets(
  tx: Queryable,
  texts: Iterable<string>,
): Promise<Map<string, FoundSecret>> {
  const secrets = secretsByMac(texts);
  if (secrets.size === 0) return new Map();
  const macs = sql.param([...secrets.keys()].map((mac) => Buffer.from(mac, 'hex')));
  const { rows } = await tx.execute<FoundSecret & { mac: string }>(sql`
    select encode(k.secret_mac, 'hex') as mac, k.id as "keyId", k.secret_version as version,
      true as current, true as standing
    from ${apiKey} k where k.secret_mac = any(${macs}::bytea[])
    union all
    select encode(f.mac, 'hex'), f.key_id, f.version, false, coalesce(f.stops_at > now(), false)
    from ${formerSecret} f where f.mac = any(${macs}::bytea[])`);
  const found = new Map<string, FoundSecret>();
  for (const { mac, ...secret } of rows) {
    const text = secrets.get(mac);
    if (text !== undefined) found.set(text, secret);
  }
  return found;
}

/** Each possible secret under its MAC for each pepper. */
function secretsByMac(texts: Iterable<string>): Map<string, string> {
  const { KEY_PREFIX, KEY_PEPPER } = settings();
  const secrets = new Map<string, string>();
  for (const text of texts) {
    const kind = secretKind(text, KEY_PREFIX);
    if (!kind) continue;
    for (const mac of macsUnder(text, kind, KEY_PEPPER)) secrets.set(mac.toString('hex'), text);
  }
  return secrets;
}
