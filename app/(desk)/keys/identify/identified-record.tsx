import type { ReactNode } from 'react';
import type { Identified } from '@/lib/keys/identified-key';
import { identifyLabels as labels } from './identify-labels';

/** Whose the key is, and below it what can be done where it still works. */
export function IdentifiedRecord({ found, children }: { found: Identified; children: ReactNode }) {
  const { key } = found;
  return (
    <>
      <p>
        <code>{key.hint}</code>
        {key.name ? labels.named(key.name) : null}
        {labels.of}
        <bdi className="font-semibold">{key.username}</bdi>: {describe(found)}{' '}
        {key.deleted ? null : (
          <a href={`/keys/${key.id}`} className="link">
            {labels.open}
          </a>
        )}
      </p>
      {works(found) ? children : null}
    </>
  );
}

/** Whether callers with this secret are let in, unless the owner is disabled. */
export function works({ standing, key }: Identified): boolean {
  return standing && !key.deleted && key.status === 'active';
}

function describe(found: Identified): string {
  const { deleted, status, ownerActive } = found.key;
  if (deleted) return labels.deleted;
  if (!found.current) return works(found) ? labels.inOverlap : labels.replaced;
  if (status !== 'active') return labels[status];
  return ownerActive ? labels.active : labels.ownerDisabled;
}
