import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { KeyDetails } from '@/lib/keys/find-key';
import { serviceKeyNotice } from '@/lib/keys/reserved-scopes';
import { switchFormId } from '../report-forms';
import { keyPageLabels as labels } from './key-page-labels';

type Props = {
  apiKey: KeyDetails;
  /** What the address says has just happened; it is said only where the key agrees. */
  restored: boolean;
  stopped: boolean;
  ended: boolean;
  mayChange: boolean;
  isForAdmins: boolean;
};

export function KeyPageNotices({
  apiKey,
  restored,
  stopped,
  ended,
  mayChange,
  isForAdmins,
}: Props) {
  return (
    <>
      {restored && !apiKey.active ? (
        <Notice look="good">
          {labels.restored}{' '}
          {mayChange ? (
            <Button
              type="submit"
              size="small"
              form={switchFormId(true)}
              name="id"
              value={apiKey.id}
            >
              {labels.switchOn}
            </Button>
          ) : null}
        </Notice>
      ) : null}
      {stopped && apiKey.secretVersion > 1 ? <Notice look="good">{labels.stopped}</Notice> : null}
      {ended ? <Notice look="good">{labels.handOverEnded}</Notice> : null}
      {isForAdmins ? <Notice look="warn">{serviceKeyNotice}</Notice> : null}
    </>
  );
}
