import { type Administrator, hasRole } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import type { KeyDetails } from '@/lib/keys/find-key';
import { policyOf } from '@/lib/keys/policy/policy-values';
import { findKeyUse } from '@/lib/keys/use/key-use';
import { countCalls } from '@/lib/overview/count-calls';
import { findStopDay } from '@/lib/rules/find-stop-day';
import { changeKeyAction } from '../actions';
import { KeyHistory } from './key-history';
import { KeyLimits } from './key-limits';
import { KeyOverview } from './key-overview';
import type { KeyPlace } from './key-place';
import { KeySettingsForm } from './key-settings-form';

type Props = {
  administrator: Administrator;
  apiKey: KeyDetails;
  place: KeyPlace;
  hasOverlap: boolean;
};

/** The part of the page that its address names; only what it shows is asked for. */
export async function KeyPart({ administrator, apiKey, place, hasOverlap }: Props) {
  const { id, name } = apiKey;
  if (place.tab === 'settings') {
    if (!hasRole(administrator, 'operator')) return <KeyLimits apiKey={apiKey} />;
    return (
      <KeySettingsForm
        action={changeKeyAction}
        apiKey={{ id, name }}
        policy={policyOf(apiKey)}
        back={place.path({})}
      />
    );
  }
  if (place.tab === 'history') {
    const events = await listEventsOf(administrator, id);
    return <KeyHistory ownerId={apiKey.ownerId} events={events} />;
  }
  const [use, chart, stopDay] = await Promise.all([
    findKeyUse(administrator, id),
    countCalls(administrator, place.range, id),
    findStopDay(administrator, id),
  ]);
  if (!use) return null;
  return (
    <KeyOverview
      apiKey={apiKey}
      use={use}
      chart={chart}
      href={(range) => place.path({ range })}
      stopDay={stopDay}
      hasOverlap={hasOverlap}
    />
  );
}
