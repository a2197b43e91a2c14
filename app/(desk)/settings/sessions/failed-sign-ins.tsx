import { Notice } from '@/components/notice';
import { mostCounted, type OwnFailures } from '@/lib/auth/own-failures';
import { sessionLabels } from './session-labels';

/** Tells an administrator about failed sign-ins with their username. */
export function FailedSignIns({ count, lastAddress }: OwnFailures) {
  const number = count.toLocaleString('en');
  const many = count === mostCounted ? sessionLabels.orMore(number) : number;
  return <Notice look="warn">{sessionLabels.failures(many, lastAddress)}</Notice>;
}
