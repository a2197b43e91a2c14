import Link from 'next/link';
import { type Administrator, hasRole, type Role } from '@/lib/access/administrator';
import { settingsLabels, settingsPages } from './settings-labels';

export type SettingsPlace = keyof typeof settingsPages;

export const settingsPath: Record<SettingsPlace, string> = {
  account: '/settings',
  security: '/settings/security',
  sessions: '/settings/sessions',
  administrators: '/settings/administrators',
  serviceKeys: '/settings/service-keys',
  policies: '/settings/policies',
  notices: '/settings/notices',
};

const places: [SettingsPlace, Role][] = [
  ['account', 'viewer'],
  ['security', 'viewer'],
  ['sessions', 'viewer'],
  ['administrators', 'viewer'],
  ['serviceKeys', 'viewer'],
  ['policies', 'admin'],
  ['notices', 'admin'],
];

type Props = { administrator: Administrator; at: SettingsPlace; isSubPage: boolean };

/** Links to the settings that the administrator may open: beside the page, above it on narrow screens. */
export function SettingsList({ administrator, at, isSubPage }: Props) {
  return (
    <nav
      aria-label={settingsLabels.list}
      className="-mx-2 flex flex-wrap gap-x-1 lg:mx-0 lg:grid lg:gap-1"
    >
      {places
        .filter(([, role]) => hasRole(administrator, role))
        .map(([place]) => (
          <Link
            key={place}
            href={settingsPath[place]}
            prefetch={false}
            aria-current={place === at ? (isSubPage ? 'true' : 'page') : undefined}
            className="flex min-h-9 items-center rounded-md px-2 whitespace-nowrap text-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:font-semibold aria-[current]:text-ink lg:px-3"
          >
            {settingsPages[place]}
          </Link>
        ))}
    </nav>
  );
}
