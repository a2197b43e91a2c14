import type { EmbeddedDatabase } from '../embedded/embedded-database';
import { type Supervised, stopSupervised } from '../supervised';

const drainTime = 30_000;

/** Everything that this start has started. Ends it in order: first the server, then its database. */
export class Running {
  database: EmbeddedDatabase | undefined;
  worker: Supervised | undefined;
  private ending: Promise<never> | undefined;
  private askedAt = 0;

  get isEnding(): boolean {
    return this.ending !== undefined;
  }

  /** Ends everything and then the process. A second call joins the first. */
  end(code: number): Promise<never> {
    this.ending ??= this.stopAll(code);
    return this.ending;
  }

  /**
   * A second request kills the server at once. npm repeats a terminal's Ctrl-C, which does not count as a
   * second.
   */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        const impatient = this.isEnding && Date.now() - this.askedAt > 1_000;
        if (impatient) this.worker?.child.kill('SIGKILL');
        if (!this.isEnding) this.askedAt = Date.now();
        this.end(0);
      });
    }
  }

  private async stopAll(code: number): Promise<never> {
    if (this.worker) await stopSupervised(this.worker, 'SIGTERM', drainTime);
    await this.database?.stop();
    process.exit(code);
  }
}
