import { listTwins } from '@/lib/users/list-twins';
import { withDatabase } from './with-database';

const mostShown = 1_000;

/** Lists users who share a name, from the time before that was forbidden. */
export async function listTwinNames(): Promise<void> {
  const rows = await withDatabase(() => listTwins({ role: 'admin' }, mostShown));
  if (rows.length === 0) console.log('No two users have names that look the same.');
  for (const { found, others } of rows) {
    console.log([found, ...others].map((name) => JSON.stringify(name)).join('\t'));
  }
  if (rows.length === mostShown) console.log(`The first ${mostShown} are shown.`);
}
