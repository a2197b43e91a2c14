import type { ReactNode } from 'react';
import type { Identified } from './actions';
import { identifyLabels as labels } from './identify-labels';

/** Whose the key is, and below it what can be done where it still works. */
export function IdentifiedRecord({ found, children }: { found: Identified; children: ReactNode }) {
  const { current, key } = found;
  const works = current && !key.deleted && key.status === 'active';
  return (
    <>
      <p>
        <code>{key.hint}</code>
        {key.name ? labels.named(key.name) : null}
        {labels.of}
        <bdi className="font-semibold">{key.username}</bdi>: {describe(current, key)}{' '}
        {key.deleted ? null : (
          <a href={`/keys/${key.id}`} className="link">
            {labels.open}
          </a>
        )}
      </p>
      {works ? children : null}
    </>
  );
}

function describe(current: boolean, { deleted, status, ownerActive }: Identified['key']): string {
  if (deleted) return labels.deleted;
  if (!current) return labels.replaced;
  if (status !== 'active') return labels[status];
  return ownerActive ? labels.active : labels.ownerDisabled;
}
