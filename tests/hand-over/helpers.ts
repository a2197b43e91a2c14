import { pagePool } from '@/db/client';
import { collectKey } from '@/lib/keys/hand-over/collect-key';
import type { HandOverWish } from '@/lib/keys/hand-over/hand-over-input';
import { openSealWith, proofOf } from '@/lib/keys/hand-over/seal';
import type { Visitor } from '@/lib/keys/hand-over/visitor';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { makeKey } from '../helpers/keys';
import { otto } from '../helpers/people';

export type Link = { id: string; fragment: string; code: string | null };

export function linkOf({ link, code }: { link: string; code: string | null }): Link {
  const [, id = '', fragment = ''] = /\/collect\/([^#]+)#(.+)$/.exec(link) ?? [];
  return { id, fragment, code };
}

const plain: HandOverWish = { term: '24h', withCode: false };

/** A new key of grace that waits. */
export async function waitingKey(wish: Partial<HandOverWish> = {}, more = {}) {
  const made = await makeKey(otto, 'grace', { ...more, handOver: { ...plain, ...wish } });
  if (!made.handOver) throw new Error('The key was not handed over.');
  return { key: made.id, ...linkOf(made.handOver) };
}

/** A link to a new secret of this key. */
export async function replacementFor(id: string, version = 1, more = {}) {
  const result = await regenerateKey(otto, { id, version, handOver: plain, ...more });
  if (result.outcome !== 'handed-over') throw new Error(`Not handed over: ${result.outcome}`);
  return { ...linkOf(result.handOver), waits: result.waits };
}

export const collect = (link: Link, typed = link.code ?? '') => collectAs(null, link, typed);

/** Collects in a browser in which somebody is signed in. */
export const collectAs = (visitor: Visitor | null, { id, fragment }: Link, code = '') =>
  collectKey({ id, proof: proofOf(fragment), code, address: '203.0.113.9', visitor });

/** Collects as a browser does: the answer is still sealed. */
export async function secretOf(link: Link): Promise<string> {
  const result = await collect(link);
  if (result.outcome !== 'collected') throw new Error(`Not collected: ${result.outcome}`);
  return openSealWith(link.fragment, link.id, result.sealed) ?? '';
}

/** Moves the end of a link into the past. */
export const letExpire = (id: string) =>
  pagePool().query(`update hand_over set expires_at = now() - interval '1 second' where id = $1`, [
    id,
  ]);

export async function statusOf(key: string): Promise<{ active: boolean; version: number }> {
  const { rows } = await pagePool().query(
    'select active, secret_version as version from api_key where id = $1',
    [key],
  );
  return rows[0];
}
