import 'server-only';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { settings } from '@/lib/settings/settings';

/** The pepper for new secrets: the first and newest in `KEY_PEPPER`. */
export function currentPepper(): KeyVersion {
  const [newest] = settings().KEY_PEPPER;
  if (!newest) throw new Error('KEY_PEPPER holds no version.');
  return newest;
}
