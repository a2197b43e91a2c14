/** As many as one statement or one lock of the audit should hold. */
const size = 500;

export function inBatches<Item>(items: Item[]): Item[][] {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}
