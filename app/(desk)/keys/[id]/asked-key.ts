import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { findKey } from '@/lib/keys/find-key';
import { findKeyUse } from '@/lib/keys/use/key-use';
import type { RawParams } from '@/lib/lists/list-params';
import { askedOf } from '../asked-of';

export type KeyPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<RawParams>;
};

/** What the pages that stand in for a dialog need: the key, or null where it is gone, and the way back. */
export async function askedKey({ params, searchParams }: KeyPageProps) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const key = await findKey(administrator, id);
  const back = safeRedirect((await searchParams).back, '/keys');
  const use = key && (await findKeyUse(administrator, id));
  const asked = key && { ...askedOf(key), ...(use && { use }) };
  return { administrator, key, asked, back };
}
