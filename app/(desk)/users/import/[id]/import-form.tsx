'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { ImportProgress } from '@/components/import-progress';
import { Notice } from '@/components/notice';
import { type FormAction, idle } from '@/lib/form-state';

type Props = { action: FormAction; id: string; users: number; errors: number };

export function ImportForm({ action, id, users, errors }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {pending ? (
        <ImportProgress from={`/users/import/${id}/progress`} total={users} things="users" />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {errors === 0 ? (
          <form action={submit} className="contents">
            <input type="hidden" name="id" value={id} />
            <Button type="submit" look="primary" pending={pending}>
              Import {users.toLocaleString('en')} {users === 1 ? 'user' : 'users'}
            </Button>
          </form>
        ) : null}
        <Link prefetch={false} href="/users/import" className={buttonClass()}>
          Check another file
        </Link>
        <Link prefetch={false} href="/users" className={buttonClass('quiet')}>
          Cancel
        </Link>
      </div>
    </>
  );
}
