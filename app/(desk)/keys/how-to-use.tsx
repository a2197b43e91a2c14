import Link from 'next/link';
import { CommandBox } from '@/components/command-box';
import { usageLabels } from './issued-labels';
import type { KeyUsage } from './issued-secret';
import { serviceKeyVariable, verifyCommand } from './verify-command';

type Props = { secret: string; usage: KeyUsage; open?: boolean | undefined };

/** How a service asks about the key that is shown; a service key asks about itself. */
export function HowToUse({ secret, usage, open }: Props) {
  return (
    <details open={open}>
      <summary className="min-h-8 font-medium text-accent">{usageLabels.title}</summary>
      <div className="grid gap-2 pt-1">
        <p className="text-muted">
          {usage.mayAsk ? usageLabels.serviceCall : usageLabels.call}{' '}
          {usage.mayAsk ? null : (
            <Link prefetch={false} href="/settings/service-keys" className="text-accent underline">
              {usageLabels.serviceKeys}
            </Link>
          )}
        </p>
        <CommandBox
          copy={usageLabels.copy}
          command={verifyCommand(usage.address, usage.mayAsk ? secret : serviceKeyVariable, secret)}
        />
      </div>
    </details>
  );
}
