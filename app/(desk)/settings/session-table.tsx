'use client';

import { useActionState, useId } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Moment } from '@/components/moment';
import { Told } from '@/components/told';
import { type FormAction, idle } from '@/lib/form-state';

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
  const [state, end, ending] = useActionState(endAction, idle);
  const [, endAll, leaving] = useActionState(everywhereAction, idle);
  const tableId = useId();
  return (
    <>
      <Told state={state} />
      <div className="rounded-lg border border-line bg-surface">
        <table className="report">
          <thead className="border-b border-line text-muted">
            <tr>
              <th scope="col">Browser</th>
              <th scope="col">Address</th>
              <th scope="col">Signed in</th>
              <th scope="col">Last seen</th>
              <th scope="col">Session</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
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
                    <form action={end}>
                      <input type="hidden" name="session" value={session.handle} />
                      <Button
                        type="submit"
                        size="small"
                        pending={ending}
                        aria-describedby={`${tableId}-${session.handle}`}
                      >
                        End
                      </Button>
                    </form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <form action={endAll}>
        <Button type="submit" look="danger" pending={leaving}>
          Sign out everywhere
        </Button>
      </form>
    </>
  );
}
