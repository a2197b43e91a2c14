import type { Metadata } from 'next';
import { Fact, Facts } from '@/components/fact';
import { TitledSection } from '@/components/titled-section';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { roleSentence } from './administrators/role-labels';
import { accountLabels, settingsPages } from './settings-labels';
import { SettingsPage } from './settings-page';

export const metadata: Metadata = { title: settingsPages.account };

export default async function AccountPage() {
  const administrator = await requireAdministrator('viewer');
  const ways = await findSignInWays(administrator.id);
  return (
    <SettingsPage administrator={administrator} at="account">
      <div className="grid max-w-3xl gap-4">
        <TitledSection id="you" title={accountLabels.you}>
          <Facts>
            <Fact term={accountLabels.signedInAs}>
              <bdi className="font-semibold">{administrator.username}</bdi>
            </Fact>
            <Fact term={accountLabels.role}>{roleSentence(administrator.role)}</Fact>
            {ways.provider ? <Fact term={accountLabels.signsInWith}>{ways.provider}</Fact> : null}
          </Facts>
        </TitledSection>
        {hasRole(administrator, 'admin') ? (
          <TitledSection id="installation" title={accountLabels.installation}>
            <Installation />
          </TitledSection>
        ) : null}
      </div>
    </SettingsPage>
  );
}

function Installation() {
  const { AUTH_URL, KEY_PREFIX } = settings();
  return (
    <Facts>
      <Fact term={accountLabels.version}>{version}</Fact>
      <Fact term={accountLabels.address}>
        <code>{AUTH_URL}</code>
      </Fact>
      <Fact term={accountLabels.keyPrefix}>
        <code>{KEY_PREFIX}_</code>
      </Fact>
    </Facts>
  );
}
