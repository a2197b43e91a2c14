import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { PageHead } from '@/components/page-head';
import { findOwnKeyUse } from '@/lib/keys/own/own-keys';
import { readOverlap } from '@/lib/keys/use/key-use';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { callRangeParams } from '@/lib/overview/call-input';
import { readCalls } from '@/lib/overview/count-calls';
import { readStopDay } from '@/lib/rules/find-stop-day';
import { KeyOverview } from '../../(desk)/keys/[id]/key-overview';
import { OverlapPanel } from '../../(desk)/keys/[id]/overlap-panel';
import { KeyStatusBadge } from '../../(desk)/keys/key-status-badge';
import { meLabels as labels } from '../me-labels';
import { askedOwnKey, type OwnKeyPageProps } from './asked-own-key';
import { OwnKeyFacts } from './own-key-facts';
import { OwnKeyNotice } from './own-key-notice';

export const metadata: Metadata = { title: labels.page };

type Props = OwnKeyPageProps & { searchParams: Promise<RawParams> };

export default async function MyKeyPage({ searchParams, ...props }: Props) {
  const { owner, key, isService, maySwitchOff, mayRegenerate } = await askedOwnKey(props);
  const { id, name, hint, status, ownerActive } = key;
  const { range } = callRangeParams.parse(await searchParams);
  const [use, overlap, chart, stopDay] = await Promise.all([
    findOwnKeyUse(owner, id),
    readOverlap(id),
    readCalls(range, id),
    readStopDay(id),
  ]);
  const path = (to: string) => listPath(`/me/${id}`, { range: to === '24h' ? undefined : to });
  return (
    <>
      <PageHead
        title={<bdi>{name || hint}</bdi>}
        trail={[{ text: labels.title, href: '/me' }]}
        beside={<KeyStatusBadge status={status} ownerActive={ownerActive} />}
      >
        {mayRegenerate ? (
          <BackButton to={`/me/${id}/regenerate`}>{labels.regenerate}</BackButton>
        ) : null}
        {maySwitchOff ? (
          <BackButton to={`/me/${id}/deactivate`} look="danger">
            {labels.switchOff}
          </BackButton>
        ) : null}
      </PageHead>
      <OwnKeyNotice status={status} isService={isService} mayRegenerate={mayRegenerate} />
      {overlap ? <OverlapPanel keyId={id} overlap={overlap} /> : null}
      {use ? (
        <KeyOverview
          apiKey={key}
          use={use}
          chart={chart}
          href={path}
          stopDay={stopDay}
          hasOverlap={overlap !== null}
        />
      ) : null}
      <OwnKeyFacts apiKey={key} />
    </>
  );
}
