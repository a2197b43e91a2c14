import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../sentence';

/** Runs while no other process holds the lock file. Ignores the lock of a process that has died. */
export async function exclusively<Result>(
  lock: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    while (!take(own, lock)) await delay(200);
    return await run().finally(() => rmSync(lock, { force: true }));
  } finally {
    rmSync(own, { force: true });
  }
}

/** Creating a link is atomic, so nobody reads a lock without its owner's process id. */
function take(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (!isHeld(lock)) rmSync(lock, { force: true });
  return false;
}

function isHeld(lock: string): boolean {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
