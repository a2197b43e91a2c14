import { Notice } from './notice';

/** In place of a list whose question took PostgreSQL too long. */
export function SlowSearch({ advice }: { advice: string }) {
  return (
    <Notice look="warn">
      This took longer than five seconds and was stopped, so that it does not hold up others.{' '}
      {advice}
    </Notice>
  );
}
