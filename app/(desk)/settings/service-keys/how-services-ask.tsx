import { CommandBox } from '@/components/command-box';
import { Fact, Facts } from '@/components/fact';
import { TitledSection } from '@/components/titled-section';
import type { VerifyAddresses } from '@/lib/settings/verify-address';
import { askingCommand } from '../../keys/verify-command';
import { addressLabels } from './service-keys-labels';

/** Where the verification API is, and a command that asks it. */
export function HowServicesAsk({ addresses }: { addresses: VerifyAddresses }) {
  const { withPages, alone, alonePort, management } = addresses;
  return (
    <TitledSection id="address" title={addressLabels.title}>
      <Facts>
        <Fact term={addressLabels.address}>
          <code>{withPages}</code>
        </Fact>
        {alone || alonePort ? (
          <Fact term={addressLabels.alone}>
            {alone ? <code>{alone}</code> : addressLabels.port(alonePort)}
          </Fact>
        ) : null}
        <Fact term={addressLabels.management}>
          <code>{management}</code>
          {' · '}
          <a href="/api/v1/openapi.json" className="text-accent underline">
            {addressLabels.description}
          </a>
        </Fact>
      </Facts>
      <p>{addressLabels.command}</p>
      <CommandBox
        copy={addressLabels.copy}
        command={askingCommand(
          alone ?? withPages,
          addressLabels.askServiceKey,
          addressLabels.askKey,
        )}
      />
    </TitledSection>
  );
}
