import type { KeyAction } from '@/lib/users/disable-user-input';

const count = (keys: number) => (keys === 1 ? '1 key' : `${keys.toLocaleString('en')} keys`);

/** What may happen to the keys; each is right for somebody. */
export const keyActions: Record<KeyAction, { label: string; hint: string }> = {
  keep: {
    label: 'Keep them',
    hint: 'They are refused while their owner is disabled, and work again when the owner is enabled.',
  },
  deactivate: {
    label: 'Switch them off',
    hint: 'They stay off when the owner is enabled again.',
  },
  transfer: {
    label: 'Transfer to another user',
    hint: 'The secrets keep working under the new owner.',
  },
  delete: {
    label: 'Delete them',
    hint: 'They stop working for good. An admin can restore them for 30 days.',
  },
};

/** Texts of the question before a user is disabled. */
export const disableLabels = {
  page: 'Disable user',
  disable: (username: string) => `Disable ${username}?`,
  keysOf: (username: string) => `What happens to the keys of ${username}?`,
  what: 'Disabling signs this user out and stops their keys.',
  choose: 'Choose what happens to the keys.',
  group: 'What happens to their keys?',
  newOwner: 'New owner',
  newOwnerHint: 'Username of the new owner',
  ok: 'OK',
  cancel: 'Cancel',
  close: 'Close',
} as const;

type Done = {
  username: string;
  keys: number;
  keyAction: KeyAction;
  unsealed: number;
  services: number;
};
type Named = { to: string; responsible: string };

/** What the form is told. */
export const disableMessages = {
  unknownUser: (text: string) => `User "${text}" is not in the database.`,
  disabledUser: (username: string) => `User "${username}" is disabled.`,
  sameUser: 'Enter another user than the one who leaves.',
  tooMany: (username: string, most: number) =>
    `User "${username}" may have at most ${count(most)}.`,
  keysChanged: (keys: number) =>
    `This user now has ${count(keys)}. Nothing was changed: choose again.`,
  gone: 'This user has been deleted. Nothing was changed.',
  done: whatHappened,
} as const;

/** What has become of the user and the keys. */
function whatHappened(done: Done, { to, responsible }: Named): string {
  const { username, keys, keyAction, unsealed } = done;
  const disabled = `User ${username} is disabled.${servicesNow(done, responsible)}`;
  if (keys === 0) return disabled;
  const [were, their] = [keys === 1 ? 'was' : 'were', `Their ${count(keys)}`];
  const lost = unsealed > 0 ? ` ${count(unsealed)} of them can no longer be revealed.` : '';
  const told: Record<KeyAction, string> = {
    keep: `${their} ${were} kept and ${keys === 1 ? 'is' : 'are'} refused for now.`,
    deactivate: `${their} ${were} switched off.`,
    transfer: `${their} ${were} transferred to ${to}.${lost}`,
    delete: `${their} ${were} deleted. Callers are now refused.`,
  };
  return `${disabled} ${told[keyAction]}`;
}

function servicesNow({ services }: Done, responsible: string): string {
  if (services === 0) return '';
  const their =
    services === 1 ? 'Their service' : `Their ${services.toLocaleString('en')} services`;
  if (responsible === '') {
    return ` ${their} ${services === 1 ? 'has' : 'have'} no responsible person now.`;
  }
  return ` ${responsible} is responsible for ${services === 1 ? 'their service' : `their ${services.toLocaleString('en')} services`} now.`;
}
