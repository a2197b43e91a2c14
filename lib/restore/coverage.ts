/** Numbers of events from `first` to `last`. */
export type Range = { first: number; last: number };

/** Which events a file tells of. It stays small: the lines of a log follow each other. */
export class Coverage {
  private ranges: Range[] = [];

  add(first: number, last = first): void {
    const own = this.ranges.at(-1);
    if (own && first >= own.first && first <= own.last + 1) own.last = Math.max(own.last, last);
    else if (first <= last) this.ranges.push({ first, last });
    // Lines of several instances may be mixed.
    if (this.ranges.length > 10_000) this.ranges = merged(this.ranges);
  }

  get range(): Range | null {
    if (this.ranges.length === 0) return null;
    return {
      first: this.ranges.reduce(
        (least, { first }) => Math.min(least, first),
        Number.POSITIVE_INFINITY,
      ),
      last: this.ranges.reduce((most, { last }) => Math.max(most, last), 0),
    };
  }

  /** The first events after `head` that the file does not tell of, although it tells of later ones. */
  gapAfter(head: number): Range | null {
    let known = head;
    for (const { first, last } of merged(this.ranges)) {
      if (first > known + 1) return { first: known + 1, last: first - 1 };
      known = Math.max(known, last);
    }
    return null;
  }
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((one, other) => one.first - other.first)) {
    const own = result.at(-1);
    if (own && range.first <= own.last + 1) own.last = Math.max(own.last, range.last);
    else result.push({ ...range });
  }
  return result;
}
