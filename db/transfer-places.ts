import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { Peer } from './transfer-peer';

/** Connections for transfers at most, of this process: each may be busy for minutes. */
export const mostTransfers = 4;

/** Transfers of one administrator at most. */
const mostOfOne = 2;

/** Milliseconds behind the least rate at which a peer gives way to somebody who has no place. */
const mostBehind = 3_000;

/** How long one waits for a peer to be judged, or for a place to come free, in milliseconds. */
const longestWait = 4_000;

const glance = 100;

/** `peer`: null where nobody sends or reads, and so nobody can be slow. */
type Cursor = { peer: Peer | null; isOpen: boolean };

/** In the order in which they came. The bundles of pages and of route handlers share them. */
const shared = globalThis as typeof globalThis & { keydeskTransfers?: Cursor[] };

export class TooManyTransfersError extends Error {}

/**
 * Takes a place among the transfers under way. A third of the same person ends their oldest; where all
 * places are taken, whoever is slowest below the least rate gives way. Who came first is served first.
 *
 * @returns how to leave it
 * @throws TooManyTransfersError where all places are taken by others who are fast enough
 * @throws TransferEndedError where the same person started two others meanwhile
 */
export async function takePlace(peer: Peer | null): Promise<() => void> {
  shared.keydeskTransfers ??= [];
  const places = shared.keydeskTransfers;
  endOldestOf(peer?.person ?? null, places);
  const place: Cursor = { peer, isOpen: false };
  const leave = () => {
    const index = places.indexOf(place);
    if (index >= 0) places.splice(index, 1);
  };
  places.push(place);
  peer?.signal.addEventListener('abort', leave, { once: true });
  try {
    await untilOpen(place, places);
  } catch (error) {
    leave();
    throw error;
  }
  return leave;
}

async function untilOpen(place: Cursor, places: Cursor[]): Promise<void> {
  const deadline = performance.now() + longestWait;
  while (!mayOpen(place, places)) {
    const canChange = places.some(({ peer, isOpen }) => isOpen && peer);
    if (!canChange || performance.now() > deadline) throw new TooManyTransfersError();
    await delay(glance);
    place.peer?.signal.throwIfAborted();
  }
  place.isOpen = true;
}

function mayOpen(place: Cursor, places: Cursor[]): boolean {
  if (places.find(({ isOpen }) => !isOpen) !== place) return false;
  const open = places.filter(({ isOpen }) => isOpen);
  if (open.length < mostTransfers) return true;
  const [slowest] = open
    .flatMap(({ peer }) => (peer && peer.behind >= mostBehind ? [peer] : []))
    .sort((one, other) => other.behind - one.behind);
  slowest?.end('place-wanted');
  return slowest !== undefined;
}

function endOldestOf(person: string | null, places: Cursor[]): void {
  if (person === null) return;
  const own = places.flatMap(({ peer }) => (peer?.person === person ? [peer] : []));
  for (const peer of own.slice(0, Math.max(0, own.length - mostOfOne + 1))) peer.end('another');
}
