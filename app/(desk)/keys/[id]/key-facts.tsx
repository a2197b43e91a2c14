import Link from 'next/link';
import { Fact } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { KeyDetails } from '@/lib/keys/find-key';
import { KeyStatusBadge } from '../key-status-badge';
import { RevealButton } from '../reveal-button';

export function KeyFacts({ apiKey, mayReveal }: { apiKey: KeyDetails; mayReveal: boolean }) {
  return (
    <section aria-label="Facts" className="panel p-4">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        <Fact term="Username">
          <Link
            prefetch={false}
            href={`/users/${apiKey.ownerId}`}
            className="text-accent underline wrap-anywhere"
          >
            <bdi>{apiKey.username}</bdi>
          </Link>
        </Fact>
        <Fact term="API Key">
          <code className="wrap-anywhere">{apiKey.hint}</code>
          {mayReveal && apiKey.revealable ? (
            <RevealButton id={apiKey.id} back={`/keys/${apiKey.id}`} />
          ) : null}
        </Fact>
        <Fact term="Status">
          <KeyStatusBadge status={apiKey.status} ownerActive={apiKey.ownerActive} />
        </Fact>
        <Fact term="Created">
          <Moment at={apiKey.createdAt} />
          {apiKey.createdBy ? <> by {apiKey.createdBy}</> : null}
        </Fact>
        <Fact term="Secret">
          No. {apiKey.secretVersion}, since <Moment at={apiKey.secretCreatedAt} />
        </Fact>
        <Fact term="Scopes">
          {apiKey.scopes.length > 0 ? (
            <code className="wrap-anywhere">{apiKey.scopes.join(' ')}</code>
          ) : (
            <span className="text-muted">none</span>
          )}
        </Fact>
        <Fact term="Revealable">{apiKey.revealable ? 'Yes, to admins' : 'No'}</Fact>
        <Fact term="Last used">
          <Moment at={apiKey.lastUsedAt} />
        </Fact>
        <Fact term="Expires">
          <Moment at={apiKey.expiresAt} />
        </Fact>
        <Fact term="Allowed from">
          {apiKey.allowedAddresses.length > 0 ? (
            <code className="wrap-anywhere">{apiKey.allowedAddresses.join(' ')}</code>
          ) : (
            <span className="text-muted">anywhere</span>
          )}
        </Fact>
        <Fact term="Rate limit">
          {apiKey.rateLimit === null ? (
            <span className="text-muted">none</span>
          ) : (
            `${apiKey.rateLimit.toLocaleString('en')} per ${windowNames[apiKey.rateWindow ?? 0] ?? `${apiKey.rateWindow} s`}`
          )}
        </Fact>
        {apiKey.metadata ? (
          <Fact term="Metadata">
            <code className="wrap-anywhere">{JSON.stringify(apiKey.metadata)}</code>
          </Fact>
        ) : null}
        <Fact term="Id">
          <code className="wrap-anywhere">{apiKey.id}</code>
        </Fact>
      </dl>
    </section>
  );
}

const windowNames: Record<number, string> = { 1: 'second', 60: 'minute', 3600: 'hour' };
