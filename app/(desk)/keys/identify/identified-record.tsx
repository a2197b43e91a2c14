'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';
import type { Identified } from './actions';

type Props = { found: Identified; switchAction?: FormAction<string> };

/** Whose the key is, and the one step that stops it. */
export function IdentifiedRecord({ found: { current, key }, switchAction }: Props) {
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
      {works && switchAction ? <SwitchOff id={key.id} action={switchAction} /> : null}
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

function SwitchOff({ id, action }: { id: string; action: FormAction<string> }) {
  const [state, submit, pending] = useActionState(action, idle);
  if (state.status === 'done') return <Notice look="good">{state.data}</Notice>;
  return (
    <form action={submit}>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value="no" />
      <Button type="submit" look="danger" size="small" pending={pending}>
        Switch off now
      </Button>
    </form>
  );
}
