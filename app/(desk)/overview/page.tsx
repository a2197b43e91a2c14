import type { Metadata } from 'next';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { countCalls } from '@/lib/overview/count-calls';
import type { KeyListName } from '@/lib/overview/key-list-input';
import { findKeyList } from '@/lib/overview/key-lists';
import { listDeadKeys } from '@/lib/overview/list-dead-keys';
import { listTopKeys } from '@/lib/overview/list-top-keys';
import { CallChartFigure } from '../call-chart';
import { startListBulkAction } from './actions';
import { DeadKeys } from './dead-keys';
import { KeyListSection } from './key-list-section';
import { TopKeys } from './top-keys';

export const metadata: Metadata = { title: 'Overview' };

const shown: KeyListName[] = ['expiring', 'ownerless', 'unused', 'never-used', 'violating'];

export default async function OverviewPage() {
  const administrator = await requireAdministrator('viewer');
  const [day, month, top, dead, ...lists] = await Promise.all([
    countCalls(administrator, '24h'),
    countCalls(administrator, '30d'),
    listTopKeys(administrator),
    listDeadKeys(administrator),
    ...shown.map((name) => findKeyList(administrator, name)),
  ]);
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <h1>Overview</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <CallChartFigure chart={day} id="day" />
        <CallChartFigure chart={month} id="month" />
      </div>
      <DeadKeys keys={dead} />
      {shown.map((name, index) => {
        const list = lists[index];
        return list ? (
          <KeyListSection
            key={name}
            name={name}
            list={list}
            action={startListBulkAction}
            mayChange={mayChange}
          />
        ) : null;
      })}
      <TopKeys keys={top} />
    </>
  );
}
