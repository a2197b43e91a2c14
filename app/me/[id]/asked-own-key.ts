import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireKeyOwner } from '@/lib/auth/current-key-owner';
import { findOwnKey } from '@/lib/keys/own/own-keys';
import { isServiceKey } from '@/lib/keys/service-key';

export type OwnKeyPageProps = { params: Promise<{ id: string }> };

/** The key that a page is about, and what its owner may do to it. Any other key does not exist here. */
export async function askedOwnKey({ params }: OwnKeyPageProps) {
  const { owner, rule } = await requireKeyOwner();
  const { id } = await params;
  const key = z.uuid().safeParse(id).success ? await findOwnKey(owner, id) : null;
  if (!key) notFound();
  const isService = isServiceKey(key.scopes);
  return {
    ...{ owner, key, isService },
    maySwitchOff: !isService && key.active,
    mayRegenerate: !isService && key.status === 'active' && rule === 'regenerate',
  };
}
