import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/button';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { securityLabels } from './security-labels';

export const metadata: Metadata = { title: settingsPages.security };

export default async function SecurityPage() {
  const administrator = await requireAdministrator('viewer');
  const [factor, ways] = await Promise.all([
    findSecondFactor(administrator.id),
    findSignInWays(administrator.id),
  ]);
  const provider = ways.provider ?? securityLabels.aProvider;
  const off = ways.password ? securityLabels.factorOff : securityLabels.factorOffAtProvider;
  return (
    <SettingsPage administrator={administrator} at="security">
      <div className="grid max-w-3xl gap-4">
        <Way
          id="password"
          title={securityLabels.password}
          text={ways.password ? securityLabels.passwordSet : securityLabels.noPassword(provider)}
        >
          {ways.password ? (
            <Onward href="/settings/password">{securityLabels.changePassword}</Onward>
          ) : null}
        </Way>
        <Way
          id="second-factor"
          title={securityLabels.secondFactor}
          text={factor ? securityLabels.factorOn(factor.recoveryCodes) : off}
        >
          <Onward href="/settings/second-factor">
            {factor ? securityLabels.manage : securityLabels.setUp}
          </Onward>
        </Way>
      </div>
    </SettingsPage>
  );
}

type WayProps = { id: string; title: string; text: string; children: ReactNode };

function Way({ id, title, text, children }: WayProps) {
  return (
    <TitledSection id={id} title={title}>
      <div className="panel flex flex-wrap items-center justify-between gap-3 p-4">
        <p>{text}</p>
        {children}
      </div>
    </TitledSection>
  );
}

function Onward({ href, children }: { href: string; children: string }) {
  return (
    <Link prefetch={false} href={href} className={buttonClass()}>
      {children}
    </Link>
  );
}
