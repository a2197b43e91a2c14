import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { KeyDetails } from '@/lib/keys/find-key';
import { keySettingsLabels as labels } from './key-settings-labels';

/** What the form of the settings says, to somebody who may only look. */
export function KeyLimits({ apiKey }: { apiKey: KeyDetails }) {
  const { name, scopes, expiresAt, allowedAddresses, rateLimit, rateWindow, metadata } = apiKey;
  return (
    <section aria-label={labels.title}>
      <Facts>
        <Fact term={labels.name}>{name || labels.none}</Fact>
        <Fact term={labels.scopes}>
          {scopes.length > 0 ? <code>{scopes.join(' ')}</code> : labels.none}
        </Fact>
        <Fact term={labels.metadata}>
          {metadata ? <code>{JSON.stringify(metadata)}</code> : labels.none}
        </Fact>
        <Fact term={labels.expires}>
          <Moment at={expiresAt} />
        </Fact>
        <Fact term={labels.allowedAddresses}>
          {allowedAddresses.length > 0 ? <code>{allowedAddresses.join(' ')}</code> : labels.any}
        </Fact>
        <Fact term={labels.rateLimit}>
          {rateLimit === null ? labels.noLimit : labels.rate(rateLimit, rateWindow)}
        </Fact>
      </Facts>
    </section>
  );
}
