import type { Metadata } from 'next';
import { PageHead } from '@/components/page-head';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { callsOf } from '@/lib/overview/call-chart';
import { callRangeParams } from '@/lib/overview/call-input';
import { countCalls } from '@/lib/overview/count-calls';
import { findDeskFigures } from '@/lib/overview/desk-figures';
import { findKeyLists } from '@/lib/overview/key-lists';
import { listDeadKeys } from '@/lib/overview/list-dead-keys';
import { listTopKeys } from '@/lib/overview/list-top-keys';
import { listUnreachedOwners } from '@/lib/overview/list-unreached-owners';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { CallChartFigure } from '../call-chart';
import { startListBulkAction } from './actions';
import { Attention } from './attention';
import { FigureList } from './figure-list';
import { overviewLabels as labels } from './overview-labels';
import { TopKeys } from './top-keys';

export const metadata: Metadata = { title: labels.title };

type Props = { searchParams: Promise<RawParams> };

export default async function OverviewPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('viewer');
  const { range } = callRangeParams.parse(await searchParams);
  const day = countCalls(administrator, '24h');
  const [figures, today, chart, top, dead, unreached, lists, held] = await Promise.all([
    findDeskFigures(administrator),
    day,
    range === '24h' ? day : countCalls(administrator, range),
    listTopKeys(administrator),
    listDeadKeys(administrator),
    listUnreachedOwners(administrator),
    findKeyLists(administrator),
    findHeldRun(administrator),
  ]);
  return (
    <>
      <PageHead title={labels.title}>
        <p className="text-muted">{labels.asOf(new Date().toISOString().slice(11, 16))}</p>
      </PageHead>
      <FigureList figures={figures} day={callsOf(today)} />
      <Attention
        dead={dead}
        unreached={unreached}
        lists={lists}
        held={held}
        action={startListBulkAction}
        mayChange={hasRole(administrator, 'operator')}
        isAdmin={hasRole(administrator, 'admin')}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <CallChartFigure
          chart={chart}
          href={(to) => listPath('/overview', { range: to === '24h' ? undefined : to })}
        />
        <TopKeys keys={top} />
      </div>
    </>
  );
}
