import { pagePool } from '@/db/client';

/** Resolves once the condition is true. Fails after 10 s, because something has gone wrong by then. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`It never came about: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves once a statement in the database of this test waits for a lock that another holds. */
export function untilLockAwaited(): Promise<void> {
  return until(async () => {
    const { rowCount } = await pagePool().query(
      `select 1 from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return Boolean(rowCount);
  });
}
