import 'server-only';
import { lookup } from 'node:dns/promises';

export type Address = { address: string; family: number };
/** Finds the addresses of a name. Tests pass another one. */
export type Resolve = (host: string) => Promise<Address[]>;

/**
 * Looks up names a few at a time, and each once however many ask for it. The system's own look-up, which
 * knows its hosts file and its search list, holds one of the four threads that passwords are hashed in
 * as well: names whose servers do not answer must not take them all.
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
