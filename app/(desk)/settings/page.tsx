import type { Metadata } from 'next';
import Link from 'next/link';
import { browserName } from '@/app/(desk)/settings/browser-name';
import { buttonClass } from '@/components/button';
import { Fact, Facts } from '@/components/fact';
import { TitledSection } from '@/components/titled-section';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listAdministrators } from '@/lib/auth/list-administrators';
import { findOwnFailures } from '@/lib/auth/own-failures';
import { listOwnSessions } from '@/lib/auth/own-session';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { Account } from './account';
import { endSessionAction, signOutEverywhereAction } from './actions';
import { AdministratorTable } from './administrator-table';
import { FailedSignIns } from './failed-sign-ins';
import { SessionTable } from './session-table';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const administrator = await requireAdministrator('viewer');
  const administrators = await listAdministrators(administrator);
  const sessions = await listOwnSessions(administrator);
  const failures = await findOwnFailures(administrator);
  const isAdmin = hasRole(administrator, 'admin');
  return (
    <>
      <h1>Settings</h1>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TitledSection id="account" title="Your account">
          <Account administrator={administrator} />
        </TitledSection>
        {isAdmin ? (
          <TitledSection id="installation" title="Installation">
            <Installation />
            <div className="flex flex-wrap gap-2">
              <Link prefetch={false} href="/settings/policies" className={buttonClass()}>
                Policies
              </Link>
              <Link prefetch={false} href="/settings/notices" className={buttonClass()}>
                Notices
              </Link>
            </div>
          </TitledSection>
        ) : null}
      </div>
      <TitledSection id="sessions" title="Where you are signed in">
        {failures ? <FailedSignIns {...failures} /> : null}
        <SessionTable
          sessions={sessions.map(({ userAgent, ...session }) => ({
            ...session,
            browser: browserName(userAgent),
          }))}
          endAction={endSessionAction}
          everywhereAction={signOutEverywhereAction}
        />
      </TitledSection>
      <TitledSection id="administrators" title="Administrators">
        <AdministratorTable administrators={administrators} mayChange={isAdmin} />
        {isAdmin ? (
          <div>
            <Link prefetch={false} href="/settings/administrators/new" className={buttonClass()}>
              Add administrator
            </Link>
          </div>
        ) : null}
      </TitledSection>
    </>
  );
}

function Installation() {
  const { AUTH_URL, KEY_PREFIX } = settings();
  return (
    <Facts>
      <Fact term="Version">{version}</Fact>
      <Fact term="Public address">
        <code>{AUTH_URL}</code>
      </Fact>
      <Fact term="Key prefix">
        <code>{KEY_PREFIX}_</code>
      </Fact>
    </Facts>
  );
}
