import { Notice } from '@/components/notice';
import { mostCounted, type OwnFailures } from '@/lib/auth/own-failures';

/** What an administrator should know of whoever tries to sign in as them. */
export function FailedSignIns({ count, lastAddress }: OwnFailures) {
  const many = `${count.toLocaleString('en')}${count === mostCounted ? ' or more' : ''}`;
  return (
    <Notice look="warn">
      {many} sign-ins in your name failed in the last 24 hours, the last one from {lastAddress}. If
      that was not you, somebody tries to guess your password.
    </Notice>
  );
}
