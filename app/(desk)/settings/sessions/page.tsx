import type { Metadata } from 'next';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findOwnFailures } from '@/lib/auth/own-failures';
import { listOwnSessions } from '@/lib/auth/own-session';
import { endSessionAction, signOutEverywhereAction } from '../actions';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { FailedSignIns } from './failed-sign-ins';
import { sessionLabels } from './session-labels';
import { SessionTable } from './session-table';
import { SignOutEverywhere } from './sign-out-everywhere';

export const metadata: Metadata = { title: settingsPages.sessions };

export default async function SessionsPage() {
  const administrator = await requireAdministrator('viewer');
  const sessions = await listOwnSessions(administrator);
  const failures = await findOwnFailures(administrator);
  return (
    <SettingsPage administrator={administrator} at="sessions">
      {failures ? <FailedSignIns {...failures} /> : null}
      <p className="text-muted">{sessionLabels.intro}</p>
      <SessionTable sessions={sessions} action={endSessionAction} />
      <SignOutEverywhere action={signOutEverywhereAction} />
    </SettingsPage>
  );
}
