import 'server-only';
import { lookup } from 'node:dns/promises';

export type Address = { address: string; family: number };
/** Finds the addresses of a name. Tests pass another one. */
export type Resolve = (host: string) => Promise<Address[]>;

/**
 * Looks up a few names at a time, and each only once however many callers ask for it. The system's look-up
 * knows its hosts file and search list, but blocks one of the four threads that also hash passwords. Names
 * whose servers do not answer must not block all four.
 */
export function lookUpInTurn(ask: Resolve, atOnce: number): Resolve {
  const asked = new Map<string, Promise<Address[]>>();
  const waiting: (() => void)[] = [];
  let free = atOnce;

  async function take(host: string): Promise<Address[]> {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await ask(host);
    } finally {
      asked.delete(host);
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  return (host) => {
    const known = asked.get(host);
    if (known) return known;
    const found = take(host);
    asked.set(host, found);
    return found;
  };
}

export const findAddresses = lookUpInTurn((host) => lookup(host, { all: true }), 2);
