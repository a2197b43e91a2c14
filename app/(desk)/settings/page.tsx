import type { Metadata } from 'next';
import { Fact, Facts } from '@/components/fact';
import { type Administrator, hasRole, type Role } from '@/lib/auth/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listAdministrators } from '@/lib/auth/list-administrators';
import { settings } from '@/lib/env';
import { version } from '@/lib/version';
import { AdministratorTable } from './administrator-table';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const administrator = await requireAdministrator('viewer');
  const administrators = await listAdministrators(administrator);
  return (
    <>
      <h1 className="text-xl font-semibold">Settings</h1>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Group id="account" title="Your account">
          <Account administrator={administrator} />
        </Group>
        {hasRole(administrator, 'admin') ? (
          <Group id="installation" title="Installation">
            <Installation />
          </Group>
        ) : null}
      </div>
      <Group id="administrators" title="Administrators">
        <AdministratorTable administrators={administrators} />
        <p className="text-muted">
          Administrators and their passwords are made on the server:{' '}
          <code>npm run admin -- create-admin ada</code>
        </p>
      </Group>
    </>
  );
}

const mayDo: Record<Role, string> = {
  viewer: 'sees keys, users and the audit',
  operator: 'sees everything, changes keys and users',
  admin: 'changes keys, users and administrators',
};

function Account({ administrator }: { administrator: Administrator }) {
  const { username, role } = administrator;
  return (
    <Facts>
      <Fact term="Signed in as">
        <bdi className="font-semibold">{username}</bdi>
      </Fact>
      <Fact term="Role">
        {role}: {mayDo[role]}
      </Fact>
    </Facts>
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

function Group({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
