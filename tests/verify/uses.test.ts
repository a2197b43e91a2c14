import fc from 'fast-check';
import { chain, countUse, type KeyUse, mostSources, type Use } from '@/lib/verify/uses';

const calls = fc.array(
  fc.record({
    slot: fc.integer({ min: 1, max: 3 }),
    version: fc.integer({ min: 1, max: 2 }),
    address: fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((last) => `192.0.2.${last}`),
      fc.constantFrom('', 'unknown', null),
    ),
    lastSeen: fc.integer({ min: 1, max: 50 }),
    calls: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 200 },
);
const countAll = (seen: Omit<Use, 'next'>[], room: (kept: number) => number) => {
  const key: KeyUse = { writtenAt: 0, first: null };
  let kept = 0;
  for (const one of seen) kept += countUse(key, room(kept), one);
  return { kept, uses: [...chain(key.first)] };
};
const sumBySecret = (uses: Omit<Use, 'next'>[]) => {
  const sums: Record<string, number> = {};
  for (const { slot, version, calls } of uses) {
    sums[`${slot} ${version}`] = (sums[`${slot} ${version}`] ?? 0) + calls;
  }
  return sums;
};
const addressesOf = (uses: Use[], version: number) =>
  new Set(
    uses
      .filter((use) => use.version === version && use.address !== null)
      .map(({ address }) => address),
  );

test('no call is lost, and the number of kept uses is right', () => {
  fc.assert(
    fc.property(calls, fc.nat(30), (seen, memory) => {
      const { kept, uses } = countAll(seen, (used) => memory - used);
      expect(kept).toBe(uses.length);
      expect(sumBySecret(uses)).toEqual(sumBySecret(seen));
      for (const version of [1, 2]) {
        expect(addressesOf(uses, version).size).toBeLessThanOrEqual(mostSources);
      }
    }),
  );
});

test('without free memory, each secret keeps only its latest address', () => {
  const { uses } = countAll(
    [1, 2, 3].map((last) => ({
      ...{ slot: 1, version: 1, calls: 1 },
      ...{ address: `192.0.2.${last}`, lastSeen: last },
    })),
    () => 0,
  );
  expect(uses).toMatchObject([
    { address: '192.0.2.3', calls: 1 },
    { address: null, calls: 2 },
  ]);
});

test('a thousand addresses of one key take no more memory than a few', () => {
  const seen = Array.from({ length: 1_000 }, (_, n) => ({
    ...{ slot: 1, version: 1, calls: 1 },
    ...{ address: `10.0.${n >> 8}.${n & 255}`, lastSeen: n },
  }));
  expect(countAll(seen, () => 1_000).kept).toBe(mostSources + 1);
});
