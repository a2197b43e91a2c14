import { undoMinutes } from '@/lib/keys/undo';

/** What the forms of one key are told after they were sent. */
export const keyMessages = {
  gone: 'This key has been deleted. Nothing was changed.',
  waiting:
    'This key waits to be collected, which switches it on. To switch it on yourself, end the hand-over on its page.',
  alreadyDeleted: 'This record had already been deleted.',
  undoIsOver: `A switch can be undone for ${undoMinutes} minutes. Nothing was changed.`,
  changedMeanwhile: 'Another administrator changed this key meanwhile. Nothing was changed.',
  typeUsername: (username: string) =>
    `Type the username "${username}": this key was used in the last 24 hours.`,
  saved: 'Saved.',
} as const;
