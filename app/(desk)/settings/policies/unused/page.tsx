import type { Metadata } from 'next';
import { Button } from '@/components/button';
import { dayText } from '@/components/day-text';
import { Notice } from '@/components/notice';
import { TextField } from '@/components/text-field';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { idleDays } from '@/lib/rules/idle-input';
import { idlePath } from '@/lib/rules/idle-path';
import { findIdleRule } from '@/lib/rules/idle-rule';
import { listStopDays, previewIdleRule } from '@/lib/rules/preview-idle-rule';
import { ProofNotice } from '../../proof-notice';
import { SettingsPage } from '../../settings-page';
import { allowIdleRunAction, turnOffIdleRuleAction, turnOnIdleRuleAction } from '../rule-actions';
import { idleLabels as labels } from '../rule-labels';
import { HeldKeys } from './held-keys';
import { IdlePreviewPanel } from './idle-preview';
import { RuleState } from './rule-state';

export const metadata: Metadata = { title: labels.title };

const path = idlePath;

type Props = { searchParams: Promise<RawParams> };

/** The rule for unused keys: how it stands, and what it would do with other days. */
export default async function UnusedKeysPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const params = await searchParams;
  const asked = typeof params.days === 'string' ? params.days : undefined;
  const days = asked === undefined ? undefined : idleDays.safeParse(asked);
  const rule = await findIdleRule();
  const [held, next, preview] = await Promise.all([
    findHeldRun(administrator),
    orTooSlow(listStopDays(administrator)),
    days?.success ? orTooSlow(previewIdleRule(administrator, days.data)) : null,
  ]);
  return (
    <SettingsPage administrator={administrator} at="policies" title={labels.title}>
      <div className="grid max-w-2xl gap-4">
        <Said said={params.said} isOn={rule !== null} isHeld={held !== null} />
        <p className="text-muted">{labels.intro}</p>
        <ProofNotice
          administrator={administrator}
          here={listPath(path, { days: asked })}
          params={params}
        />
        {held ? <HeldKeys held={held} action={allowIdleRunAction} /> : null}
        <RuleState
          days={rule?.days ?? null}
          since={rule ? dayText(rule.since.toISOString().slice(0, 10)) : ''}
          next={next}
          action={turnOffIdleRuleAction}
        />
        <form action={path} className="panel grid gap-4 p-4">
          <TextField
            label={labels.days}
            name="days"
            hint={labels.daysHint}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={asked ?? rule?.days.toString() ?? '90'}
            {...(days?.error && { error: days.error.issues[0]?.message ?? '' })}
          />
          <div>
            <Button type="submit">{labels.show}</Button>
          </div>
        </form>
        {preview === 'too-slow' ? <p>{labels.tooSlow}</p> : null}
        {preview && preview !== 'too-slow' ? (
          <IdlePreviewPanel
            preview={preview}
            current={rule?.days ?? null}
            action={turnOnIdleRuleAction}
          />
        ) : null}
      </div>
    </SettingsPage>
  );
}

type SaidProps = { said: RawParams[string]; isOn: boolean; isHeld: boolean };

/** What has just happened, as the address says; only where it is so. */
function Said({ said, isOn, isHeld }: SaidProps) {
  if (said === 'on' && isOn) return <Notice look="good">{labels.saidOn}</Notice>;
  if (said === 'off' && !isOn) return <Notice look="good">{labels.saidOff}</Notice>;
  if (said === 'allowed' && isOn && !isHeld) {
    return <Notice look="good">{labels.saidAllowed}</Notice>;
  }
  return null;
}
