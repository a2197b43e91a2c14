import { Badge } from '@/components/badge';
import { FormMessage } from '@/components/form-message';
import { Moment } from '@/components/moment';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { OwnSession } from '@/lib/auth/own-session';
import type { FormAction } from '@/lib/forms/form-state';
import { browserName } from './browser-name';
import { sessionLabels } from './session-labels';

type Props = { sessions: OwnSession[]; action: FormAction<string> };

/** The administrator's sessions in one form. Each button names the session that it ends. */
export function SessionTable({ sessions, action }: Props) {
  return (
    <FormScope action={action}>
      <FormMessage />
      <ActionForm className="panel">
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{sessionLabels.browser}</th>
              <th scope="col">{sessionLabels.address}</th>
              <th scope="col">{sessionLabels.signedIn}</th>
              <th scope="col">{sessionLabels.lastSeen}</th>
              <th scope="col">{sessionLabels.session}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow key={session.handle} session={session} />
            ))}
          </tbody>
        </table>
      </ActionForm>
    </FormScope>
  );
}

function SessionRow({ session }: { session: OwnSession }) {
  const { handle, userAgent, address, createdAt, lastSeenAt, isThis } = session;
  return (
    <tr>
      <th
        scope="row"
        id={`session-${handle}`}
        data-label={sessionLabels.browser}
        className="font-medium wrap-anywhere"
      >
        <bdi>{browserName(userAgent)}</bdi>
      </th>
      <td data-label={sessionLabels.address} className="wrap-anywhere">
        {address}
      </td>
      <td data-label={sessionLabels.signedIn}>
        <Moment at={createdAt} />
      </td>
      <td data-label={sessionLabels.lastSeen}>
        <Moment at={lastSeenAt} />
      </td>
      <td data-label={sessionLabels.session}>
        <div>
          {isThis ? (
            <Badge look="good">{sessionLabels.thisOne}</Badge>
          ) : (
            <SubmitButton
              name="session"
              value={handle}
              size="small"
              aria-describedby={`session-${handle}`}
            >
              {sessionLabels.end}
            </SubmitButton>
          )}
        </div>
      </td>
    </tr>
  );
}
