import { restorableDays } from '@/lib/keys/restore-key';
import { undoMinutes } from '@/lib/keys/undo';

/** Why a deleted key stays deleted. */
export const restoreMessages = {
  over: `This key was deleted more than ${restorableDays} days ago. It cannot be restored.`,
  'not-deleted': 'This key is not deleted, or was restored meanwhile. Nothing was changed.',
  'owner-gone': 'The owner of this key was deleted. It cannot be restored.',
  'needs-admin': 'Only an admin can restore this key.',
  'undo-over': `You can undo your own deletion for ${undoMinutes} minutes. After that an admin can restore the key under “Deleted API keys”.`,
} as const;
