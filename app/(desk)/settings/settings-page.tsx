import type { ReactNode } from 'react';
import { PageHead } from '@/components/page-head';
import type { Administrator } from '@/lib/access/administrator';
import { settingsLabels, settingsPages } from './settings-labels';
import { SettingsList, type SettingsPlace, settingsPath } from './settings-list';

type Props = {
  administrator: Administrator;
  /** The entry of the list that this page is or belongs to. */
  at: SettingsPlace;
  /** The page's own title if it is below that entry, and the pages between them. */
  title?: ReactNode;
  trail?: ReadonlyArray<{ text: ReactNode; href: string }>;
  actions?: ReactNode;
  children: ReactNode;
};

/** The frame of every page of the settings: list, breadcrumbs and title. */
export function SettingsPage({ administrator, at, title, trail = [], actions, children }: Props) {
  const isSubPage = title !== undefined;
  const above = [
    { text: settingsLabels.title, href: settingsPath.account },
    ...(isSubPage ? [{ text: settingsPages[at], href: settingsPath[at] }, ...trail] : []),
  ];
  const page = (
    <div className="grid min-w-0 gap-4">
      <PageHead
        title={title ?? settingsPages[at]}
        trail={administrator.owes || (at === 'account' && !isSubPage) ? [] : above}
      >
        {actions}
      </PageHead>
      {children}
    </div>
  );
  // An administrator with a duty can open no other page.
  if (administrator.owes) return page;
  return (
    <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-[11rem_minmax(0,1fr)]">
      <SettingsList administrator={administrator} at={at} isSubPage={isSubPage} />
      {page}
    </div>
  );
}
