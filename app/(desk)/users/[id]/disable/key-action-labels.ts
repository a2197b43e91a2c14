import type { KeyAction } from '@/lib/users/disable-user-input';

export const keyActions: Record<KeyAction, { label: string; hint: string }> = {
  keep: {
    label: 'Keep them',
    hint: 'Refused while their owner is disabled; they work again when the owner does.',
  },
  deactivate: {
    label: 'Switch them off',
    hint: 'Refused, and still off when the owner comes back.',
  },
  transfer: {
    label: 'Hand them to another user',
    hint: 'Their secrets go on working, in the name of the new owner.',
  },
  delete: {
    label: 'Delete them',
    hint: 'Refused for good; an admin can restore them for 30 days.',
  },
};

export const countKeys = (keys: number) =>
  keys === 1 ? '1 key' : `${keys.toLocaleString('en')} keys`;

type Done = { username: string; keys: number; keyAction: KeyAction; unsealed: number };

/** What has become of the user and the keys, in words. */
export function whatHappened({ username, keys, keyAction, unsealed }: Done, to: string): string {
  const disabled = `User ${username} is disabled.`;
  if (keys === 0) return disabled;
  const [were, their] = [keys === 1 ? 'was' : 'were', `Their ${countKeys(keys)}`];
  const lost = unsealed > 0 ? ` ${countKeys(unsealed)} of them cannot be revealed any more.` : '';
  const told: Record<KeyAction, string> = {
    keep: `${their} ${keys === 1 ? 'stays as it is' : 'stay as they are'}, refused for now.`,
    deactivate: `${their} ${were} switched off.`,
    transfer: `${their} ${were} handed to ${to}.${lost}`,
    delete: `${their} ${were} deleted. Callers are refused from now on.`,
  };
  return `${disabled} ${told[keyAction]}`;
}
