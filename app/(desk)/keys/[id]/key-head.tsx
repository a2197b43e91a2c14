import { CopyButton } from '@/components/copy-button';
import { Moment } from '@/components/moment';
import { PageHead } from '@/components/page-head';
import type { KeyDetails } from '@/lib/keys/find-key';
import { AskButton } from '../ask-button';
import { askedOf } from '../asked-of';
import { KeyStatusBadge } from '../key-status-badge';
import { RevealButton } from '../reveal-button';
import { StatusSwitch } from '../status-switch';
import { keyPageLabels as labels } from './key-page-labels';
import type { KeyPlace } from './key-place';

type Props = { apiKey: KeyDetails; place: KeyPlace; mayChange: boolean; mayReveal: boolean };

/** Which key this is, whose, and what one may do to it. */
export function KeyHead({ apiKey, place, mayChange, mayReveal }: Props) {
  const { id, username, name, hint, active, status, ownerActive } = apiKey;
  const asked = askedOf(apiKey);
  return (
    <div className="grid gap-1">
      <PageHead
        id={`owner-${id}`}
        title={
          <>
            <bdi>{name || hint}</bdi>{' '}
            <span className="font-normal text-muted">
              {labels.ofOwner} <bdi>{username}</bdi>
            </span>
          </>
        }
        trail={[
          { text: labels.list, href: place.list },
          { text: <bdi>{username}</bdi>, href: `/users/${apiKey.ownerId}` },
        ]}
      >
        {mayChange && status !== 'waiting' ? (
          <StatusSwitch asked={asked} active={active} back={place.here} />
        ) : null}
        <KeyStatusBadge status={status} ownerActive={ownerActive} />
        {mayChange ? (
          <>
            <AskButton
              question="regenerate"
              asked={asked}
              back={place.here}
              text={labels.regenerate}
            />
            <AskButton
              question="delete"
              asked={asked}
              back={place.list}
              text={labels.delete}
              look="danger"
            />
          </>
        ) : null}
      </PageHead>
      <KeyIdentity apiKey={apiKey} back={place.here} mayReveal={mayReveal} />
    </div>
  );
}

/** What tells this key from others, in one line. */
function KeyIdentity({
  apiKey,
  back,
  mayReveal,
}: {
  apiKey: KeyDetails;
  back: string;
  mayReveal: boolean;
}) {
  const { id, name, hint, revealable, createdAt, createdBy } = apiKey;
  return (
    <div className="flex flex-wrap items-center gap-x-4 text-muted">
      {name ? <code className="whitespace-nowrap">{hint}</code> : null}
      {revealable && mayReveal ? <RevealButton id={id} back={back} /> : null}
      {revealable && !mayReveal ? <span>{labels.revealable}</span> : null}
      <span>
        {labels.created} <Moment at={createdAt} brief />
        {createdBy ? (
          <>
            {' '}
            <bdi>{labels.createdBy(createdBy)}</bdi>
          </>
        ) : null}
      </span>
      {apiKey.secretVersion > 1 ? (
        <span>
          {labels.secret(apiKey.secretVersion)} <Moment at={apiKey.secretCreatedAt} brief />
        </span>
      ) : null}
      <span className="inline-flex flex-wrap items-center gap-x-2 [&_button]:min-w-0">
        {labels.id} <code className="wrap-anywhere">{id}</code>
        <CopyButton text={id} label={labels.copyId} look="quiet" />
      </span>
    </div>
  );
}
