import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Identified } from './actions';

/** Whose the key is, and below it what can be done where it still works. */
export function IdentifiedRecord({ found, children }: { found: Identified; children: ReactNode }) {
  const { current, key } = found;
  const works = current && !key.deleted && key.status === 'active';
  return (
    <>
      <p>
        <code>{key.hint}</code>
        {key.name ? <> (“{key.name}”)</> : null} of{' '}
        <bdi className="font-semibold">{key.username}</bdi>: {describe(current, key)}{' '}
        {key.deleted ? null : (
          <Link prefetch={false} href={`/keys/${key.id}`} className="text-accent underline">
            Open the record
          </Link>
        )}
      </p>
      {works ? children : null}
    </>
  );
}

function describe(current: boolean, { deleted, status, ownerActive }: Identified['key']): string {
  if (deleted) return 'the key was deleted.';
  if (!current) return 'this secret was replaced; the key has another one now.';
  if (status === 'inactive') return 'the key is switched off.';
  if (status === 'expired') return 'the key has expired.';
  return ownerActive ? 'the key is active.' : 'the key is active, but its owner is disabled.';
}
