import { randomUUID } from 'node:crypto';
import { macOf, query } from './checker';
import { mintSecretLike } from './secret-like';

/** How many of these secrets of each key a caller could use now, according to the verify endpoint. */
export async function liveSecrets(
  databaseUrl: string,
  verifyUrl: string,
  secrets: string[],
): Promise<Map<string, number>> {
  const service = mintSecretLike();
  await query(
    databaseUrl,
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select $1, id, '{keydesk:verify}', $2, 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from directory_user where username = 'owner-0'`,
    [randomUUID(), macOf(service)],
  );
  const live = new Map<string, number>();
  for (const key of secrets) {
    const response = await fetch(`${verifyUrl}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    const { valid, keyId } = (await response.json()) as { valid: boolean; keyId?: string };
    if (valid && keyId) live.set(keyId, (live.get(keyId) ?? 0) + 1);
  }
  return live;
}
