import 'server-only';

/** Seconds. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

type Times = { counts: Float64Array; sum: number };

/**
 * A histogram for each endpoint, written out for Prometheus by hand: the library takes longer for one observation than
 * the answer to a mistyped key.
 */
export class RequestTimes {
  private readonly byEndpoint = new Map<string, Times>();

  observe(endpoint: string, seconds: number): void {
    let times = this.byEndpoint.get(endpoint);
    if (!times) {
      times = { counts: new Float64Array(bounds.length + 1), sum: 0 };
      this.byEndpoint.set(endpoint, times);
    }
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
    times.counts[bucket] = (times.counts[bucket] as number) + 1;
    times.sum += seconds;
  }

  text(): string {
    const name = 'keydesk_request_seconds';
    const lines = [
      `# HELP ${name} From the head of a request on VERIFY_PORT to its answer, by endpoint.`,
      `# TYPE ${name} histogram`,
    ];
    for (const [endpoint, { counts, sum }] of this.byEndpoint) {
      let count = 0;
      for (const [index, some] of counts.entries()) {
        count += some;
        lines.push(
          `${name}_bucket{le="${bounds[index] ?? '+Inf'}",endpoint="${endpoint}"} ${count}`,
        );
      }
      lines.push(`${name}_sum{endpoint="${endpoint}"} ${sum}`);
      lines.push(`${name}_count{endpoint="${endpoint}"} ${count}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
