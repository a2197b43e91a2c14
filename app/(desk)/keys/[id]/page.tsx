import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { Button } from '@/components/button';
import { Moment } from '@/components/moment';
import { Notice } from '@/components/notice';
import { TitledSection } from '@/components/titled-section';
import { hasRole } from '@/lib/access/administrator';
import { auditActions } from '@/lib/audit/audit-actions';
import { listEventsOf } from '@/lib/audit/audit-search';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findKey } from '@/lib/keys/find-key';
import { policyOf } from '@/lib/keys/policy/policy-values';
import { mayChange as mayChangeKey, serviceKeyNotice } from '@/lib/keys/reserved-scopes';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import { findKeyUse, findOverlap } from '@/lib/keys/use/key-use';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { countCalls } from '@/lib/overview/count-calls';
import { CallChartFigure } from '../../call-chart';
import {
  changeKeyAction,
  deleteKeyAction,
  regenerateKeyAction,
  stopOldKeyAction,
  switchKeyAction,
} from '../actions';
import { AskButton } from '../ask-button';
import { askedOf } from '../asked-of';
import { KeyDesk } from '../key-desk';
import { KeyImpact } from '../key-impact';
import { switchFormId } from '../report-forms';
import { KeyFacts } from './key-facts';
import { KeySettingsForm } from './key-settings-form';
import { OverlapPanel } from './overlap-panel';

export const metadata: Metadata = { title: 'API key' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function KeyPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('viewer');
  const { id } = await params;
  const key = z.uuid().safeParse(id).success ? await findKey(administrator, id) : null;
  if (!key) notFound();
  const events = await listEventsOf(administrator, id);
  const asked = askedOf(key);
  const use = await findKeyUse(administrator, id);
  const overlap = await findOverlap(administrator, id);
  const told = await searchParams;
  const restored = told.restored === 'yes' && !key.active;
  const stopped = told.stopped === 'yes' && !overlap && key.secretVersion > 1;
  const day = await countCalls(administrator, '24h', id);
  const month = await countCalls(administrator, '30d', id);
  const here = `/keys/${id}`;
  const mayEdit = hasRole(administrator, 'operator');
  const mayChange = mayEdit && mayChangeKey(administrator, key);
  return (
    <KeyDesk
      regenerateAction={regenerateKeyAction}
      deleteAction={deleteKeyAction}
      switchAction={switchKeyAction}
      back="/keys"
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 id={`owner-${id}`} className="text-xl font-semibold wrap-anywhere">
          API key of <bdi>{key.username}</bdi>
        </h1>
        {mayChange ? (
          <div className="flex gap-2">
            <AskButton question="regenerate" asked={asked} back={here} text="Edit" />
            <AskButton question="delete" asked={asked} back="/keys" text="Delete" look="danger" />
          </div>
        ) : null}
      </div>
      {restored ? (
        <Notice look="good">
          This API key is back, and switched off.{' '}
          {mayChange ? (
            <Button type="submit" size="small" form={switchFormId(true)} name="id" value={id}>
              Switch on
            </Button>
          ) : null}
        </Notice>
      ) : null}
      {stopped ? (
        <Notice look="good">The old key has stopped. Only the newest one works.</Notice>
      ) : null}
      {mayEdit && !mayChange ? <Notice look="warn">{serviceKeyNotice}</Notice> : null}
      {overlap ? (
        <OverlapPanel keyId={id} overlap={overlap} action={stopOldKeyAction} mayStop={mayChange} />
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <KeyFacts apiKey={key} mayReveal={isRevealOn() && hasRole(administrator, 'admin')} />
        {mayEdit ? (
          <KeySettingsForm action={changeKeyAction} apiKey={key} policy={policyOf(key)} />
        ) : null}
      </div>
      {use ? (
        <TitledSection id="use" title="Use">
          <KeyImpact keyId={id} use={use} />
        </TitledSection>
      ) : null}
      <section
        aria-label="Usage"
        className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2"
      >
        <CallChartFigure chart={day} id="day" />
        <CallChartFigure chart={month} id="month" />
      </section>
      <TitledSection id="history" title="History">
        <ol className="divide-y divide-line panel">
          {events.map((event) => (
            <li key={event.seq} className="flex flex-wrap gap-x-4 px-3 py-2">
              <Moment at={event.at} />
              <span className="font-medium">{auditActions[event.action]}</span>
              <span className="text-muted">by {event.actor}</span>
            </li>
          ))}
        </ol>
        <p>
          <Link
            href={listPath('/audit', { target: key.username })}
            className="text-accent underline"
          >
            All events of this user’s keys
          </Link>
        </p>
      </TitledSection>
    </KeyDesk>
  );
}
