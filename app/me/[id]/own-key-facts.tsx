import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { KeyDetails } from '@/lib/keys/find-key';
import { keySettingsLabels } from '../../(desk)/keys/[id]/key-settings-labels';
import { meLabels as labels } from '../me-labels';

/** What the key may do. Its metadata may be notes about its owner, and are not shown. */
export function OwnKeyFacts({ apiKey }: { apiKey: KeyDetails }) {
  const { hint, createdAt, secretCreatedAt, scopes, allowedAddresses } = apiKey;
  return (
    <section aria-label={labels.facts}>
      <Facts>
        <Fact term={labels.columns.key}>
          <code>{hint}</code>
        </Fact>
        <Fact term={labels.created}>
          <Moment at={createdAt} brief />
        </Fact>
        <Fact term={labels.secret}>
          <Moment at={secretCreatedAt} brief />
        </Fact>
        <Fact term={labels.scopes}>
          {scopes.length > 0 ? <code>{scopes.join(' ')}</code> : labels.noScopes}
        </Fact>
        <Fact term={labels.allowedAddresses}>
          {allowedAddresses.length > 0 ? <code>{allowedAddresses.join(' ')}</code> : labels.any}
        </Fact>
        <Fact term={labels.rateLimit}>
          {apiKey.rateLimit === null
            ? labels.noLimit
            : keySettingsLabels.rate(apiKey.rateLimit, apiKey.rateWindow)}
        </Fact>
      </Facts>
    </section>
  );
}
