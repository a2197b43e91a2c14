import { Notice } from '@/components/notice';
import { unsent } from '@/lib/access/reauthentication';
import type { RawParams } from '@/lib/lists/list-params';
import { shellLabels } from './shell-labels';

/** Says after a re-authentication that the change that asked for it was not made yet. */
export function UnsentNotice({ params }: { params: RawParams }) {
  return params[unsent] ? <Notice look="warn">{shellLabels.unsent}</Notice> : null;
}
