'use client';

import { useId } from 'react';
import { Badge } from '@/components/badge';
import { FormMessage } from '@/components/form-message';
import { Moment } from '@/components/moment';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

export type ListedSession = {
  handle: string;
  address: string;
  browser: string;
  createdAt: Date;
  lastSeenAt: Date;
  isThis: boolean;
};

type Props = {
  sessions: ListedSession[];
  endAction: FormAction<string>;
  everywhereAction: FormAction;
};

/** Where one is signed in, and how to end it. */
export function SessionTable({ sessions, endAction, everywhereAction }: Props) {
  const ended = useFormAction(endAction);
  const everywhere = useFormAction(everywhereAction);
  const tableId = useId();
  return (
    <>
      <FormMessage of={ended} />
      <div className="panel">
        <table className="report">
          <thead>
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Address</th>
              <th scope="col">Signed in</th>
              <th scope="col">Last seen</th>
              <th scope="col">Session</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.handle}>
                <th
                  scope="row"
                  id={`${tableId}-${session.handle}`}
                  data-label="Browser"
                  className="font-medium wrap-anywhere"
                >
                  <bdi>{session.browser}</bdi>
                </th>
                <td data-label="Address" className="wrap-anywhere">
                  {session.address}
                </td>
                <td data-label="Signed in">
                  <Moment at={session.createdAt} />
                </td>
                <td data-label="Last seen">
                  <Moment at={session.lastSeenAt} />
                </td>
                <td data-label="Session">
                  {session.isThis ? (
                    <span>
                      <Badge look="good">This browser</Badge>
                    </span>
                  ) : (
                    <ActionForm of={ended}>
                      <input type="hidden" name="session" value={session.handle} />
                      <SubmitButton
                        of={ended}
                        isSender={(sent) => sent.get('session') === session.handle}
                        size="small"
                        aria-describedby={`${tableId}-${session.handle}`}
                      >
                        End
                      </SubmitButton>
                    </ActionForm>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ActionForm of={everywhere}>
        <SubmitButton of={everywhere} look="danger">
          Sign out everywhere
        </SubmitButton>
      </ActionForm>
    </>
  );
}
