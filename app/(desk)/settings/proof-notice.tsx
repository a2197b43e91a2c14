import Link from 'next/link';
import type { Administrator } from '@/lib/access/administrator';
import { reauthenticationPath } from '@/lib/access/reauthentication';
import type { RawParams } from '@/lib/lists/list-params';
import { UnsentNotice } from '../unsent-notice';
import { proofLabels } from './settings-labels';

type Props = { administrator: Administrator; here: string; params?: RawParams };

/** Says that a change asks for a re-authentication, and after it that nothing was changed yet. */
export function ProofNotice({ administrator, here, params = {} }: Props) {
  if (!administrator.reauthenticated) {
    return (
      <p className="text-muted">
        {proofLabels.looking}{' '}
        <Link prefetch={false} href={reauthenticationPath(here)} className="text-accent underline">
          {proofLabels.confirm}
        </Link>
      </p>
    );
  }
  return <UnsentNotice params={params} />;
}
