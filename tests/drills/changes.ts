import { type PlainBrowser, switchOf } from '../helpers/plain-browser';
import type { Known } from './callers';
import type { FilledKey } from './filled';

/** Keys whose change was acknowledged. From then on verification must say so. */
export type Changes = { acknowledged: Known[]; unknown: number; stop: () => Promise<void> };

type Switch = (key: FilledKey) => Promise<boolean>;

/**
 * Switches keys off, one after the other, until it is stopped or none is left. A change whose answer is lost
 * is neither acknowledged nor tried again, as nobody can say what became of it.
 *
 * @param acknowledged gets each key as soon as its change is confirmed
 */
export function keepSwitching(
  keys: FilledKey[],
  acknowledged: Known[],
  switchOff: Switch,
): Changes {
  let isOpen = true;
  const changes: Changes = {
    acknowledged: [],
    unknown: 0,
    async stop() {
      isOpen = false;
      await running;
    },
  };
  async function run() {
    for (let key = keys.shift(); isOpen && key; key = keys.shift()) {
      const isDone = await switchOff(key).catch(() => false);
      if (isDone) {
        const off = { secret: key.secret, code: 'INACTIVE' };
        acknowledged.push(off);
        changes.acknowledged.push(off);
      } else changes.unknown += 1;
      // A person or script that pauses, so that the keys last.
      await new Promise((resolve) => setTimeout(resolve, isDone ? 50 : 250));
    }
  }
  const running = run();
  return changes;
}

/** By the management API, as a service. */
export function byApi(origin: () => string, service: string): Switch {
  return async ({ id }) => {
    const url = `${origin()}/api/v1/keys/${id}`;
    const signal = AbortSignal.timeout(15_000);
    const headers = {
      authorization: `Bearer ${service}`,
      'idempotency-key': `"${id}"`,
    };
    const key = await fetch(url, { headers, signal });
    await key.arrayBuffer();
    const match = { ...headers, 'if-match': key.headers.get('etag') ?? '' };
    const off = await fetch(`${url}/deactivate`, { method: 'POST', headers: match, signal });
    await off.arrayBuffer();
    return off.status === 200;
  };
}

/** By the switch in the report, as an administrator whose browser has no JavaScript. */
export function byForm(browser: PlainBrowser): Switch {
  return async (key) => (await postSwitch(browser, key)).includes('was switched off');
}

/** @returns the page that answers */
export async function postSwitch(browser: PlainBrowser, { id, owner }: FilledKey): Promise<string> {
  const report = `/keys?owner=${owner}`;
  const list = await browser.get(report);
  return (await browser.post(report, switchOf(list, id))).text;
}
