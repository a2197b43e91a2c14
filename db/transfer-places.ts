import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { Peer } from './transfer-peer';

/** Most connections of this process for transfers, because each may be busy for minutes. */
export const mostTransfers = 4;

/** Most transfers of one administrator. */
const mostOfOne = 2;

/** Milliseconds behind the least rate after which a transfer may be ended for a waiting one. */
const mostBehind = 3_000;

/** Longest wait for a free connection, or until a slow peer can be recognized, in milliseconds. */
const longestWait = 4_000;

const glance = 100;

/** `peer` is null if nobody sends or reads, so that nothing can be slow. */
type Cursor = { peer: Peer | null; isOpen: boolean };

/** In the order of arrival. Pages and route handlers are bundled separately, but share them. */
const shared = globalThis as typeof globalThis & { keydeskTransfers?: Cursor[] };

export class TooManyTransfersError extends Error {}

/**
 * Waits until a new transfer may begin. A third transfer of the same person ends their oldest. If all
 * connections are taken, the transfer furthest behind the least rate is ended. Waiting transfers begin in the
 * order of arrival.
 *
 * @returns a function that ends the transfer's use of its connection
 * @throws TooManyTransfersError if all connections are taken by transfers that are fast enough
 * @throws TransferEndedError if the same person started two other transfers meanwhile
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
