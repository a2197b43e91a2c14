import { redirect } from 'next/navigation';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { findKeyOwner } from '@/lib/auth/current-key-owner';

export default async function HomePage() {
  const hasOwnKeysOnly = !(await findSignedIn()) && (await findKeyOwner());
  redirect(hasOwnKeysOnly ? '/me' : '/keys');
}
