import 'server-only';
import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 collect early, in small steps. Otherwise it would let garbage of several times the living memory pile
 * up, because the machine has memory to spare: 150 MB in place of 90 under full load. That costs processor time
 * (docs/performance.md). A limit would end the process when many keys are in use.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--semi-space-growth-factor=1');
}
