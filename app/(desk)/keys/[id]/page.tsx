import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findKey } from '@/lib/keys/find-key';
import { findOpenHandOver } from '@/lib/keys/hand-over/find-hand-over';
import { mayChange as mayChangeKey } from '@/lib/keys/reserved-scopes';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import { findOverlap } from '@/lib/keys/use/key-use';
import type { RawParams } from '@/lib/lists/list-params';
import { UnsentNotice } from '../../unsent-notice';
import {
  deleteKeyAction,
  endHandOverAction,
  regenerateKeyAction,
  stopOldKeyAction,
  switchKeyAction,
} from '../actions';
import { deliveryChoicesFor } from '../delivery-choices';
import { KeyDesk } from '../key-desk';
import { RegenerateFields } from '../regenerate-fields';
import { HandOverPanel } from './hand-over-panel';
import { KeyHead } from './key-head';
import { keyPageLabels } from './key-page-labels';
import { KeyPageNotices } from './key-page-notices';
import { KeyPart } from './key-part';
import { keyPlace } from './key-place';
import { KeyTabs } from './key-tabs';
import { OverlapPanel } from './overlap-panel';

export const metadata: Metadata = { title: keyPageLabels.title };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function KeyPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('viewer');
  const { id } = await params;
  const key = z.uuid().safeParse(id).success ? await findKey(administrator, id) : null;
  if (!key) notFound();
  const raw = await searchParams;
  const place = keyPlace(id, raw, (await headers()).get('referer'));
  const overlap = await findOverlap(administrator, id);
  const waiting = await findOpenHandOver(administrator, id);
  const mayEdit = hasRole(administrator, 'operator');
  const can = mayEdit
    ? await deliveryChoicesFor(administrator, key.ownerId)
    : { mail: null, signOn: null };
  const mayChange = mayEdit && mayChangeKey(administrator, key);
  const mayReveal = isRevealOn() && hasRole(administrator, 'admin');
  return (
    <KeyDesk
      regenerateAction={regenerateKeyAction}
      deleteAction={deleteKeyAction}
      switchAction={switchKeyAction}
      back={place.list}
      regenerateFields={<RegenerateFields can={can} />}
    >
      <KeyHead apiKey={key} place={place} mayChange={mayChange} mayReveal={mayReveal} />
      <UnsentNotice params={raw} />
      <KeyPageNotices
        apiKey={key}
        restored={raw.restored === 'yes'}
        stopped={raw.stopped === 'yes' && !overlap}
        ended={raw.ended === 'yes' && !waiting}
        mayChange={mayChange}
        isForAdmins={mayEdit && !mayChange}
      />
      {waiting ? (
        <HandOverPanel
          keyId={id}
          handOver={waiting}
          action={endHandOverAction}
          mayEnd={mayChange}
        />
      ) : null}
      {overlap ? (
        <OverlapPanel
          keyId={id}
          overlap={overlap}
          action={mayChange ? stopOldKeyAction : undefined}
        />
      ) : null}
      <KeyTabs place={place} />
      <KeyPart
        administrator={administrator}
        apiKey={key}
        place={place}
        hasOverlap={overlap !== null}
      />
    </KeyDesk>
  );
}
