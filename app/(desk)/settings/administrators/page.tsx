import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listAdministrators } from '@/lib/auth/list-administrators';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { administratorLabels } from './administrator-labels';
import { AdministratorTable } from './administrator-table';
import { RoleList } from './role-list';

export const metadata: Metadata = { title: settingsPages.administrators };

export default async function AdministratorsPage() {
  const administrator = await requireAdministrator('viewer');
  const administrators = await listAdministrators(administrator);
  const isAdmin = hasRole(administrator, 'admin');
  return (
    <SettingsPage
      administrator={administrator}
      at="administrators"
      actions={
        isAdmin ? (
          <Link
            prefetch={false}
            href="/settings/administrators/new"
            className={buttonClass('primary')}
          >
            {administratorLabels.add}
          </Link>
        ) : null
      }
    >
      <AdministratorTable administrators={administrators} mayChange={isAdmin} />
      <RoleList />
    </SettingsPage>
  );
}
