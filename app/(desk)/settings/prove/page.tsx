import type { Metadata } from 'next';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findSecondFactor } from '@/lib/auth/second-factor/second-factor-of';
import type { RawParams } from '@/lib/list-params';
import { sameSitePath } from '@/lib/same-site-path';
import { proveAction } from '../actions';
import { ProveForm } from './prove-form';

export const metadata: Metadata = { title: 'Confirm it is you' };

export default async function ProvePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer', ['second-factor']);
  const factor = await findSecondFactor(administrator.id);
  return (
    <div className="grid max-w-xl gap-4">
      <h1 className="text-xl font-semibold">Confirm it is you</h1>
      <p>
        What comes next matters, and you signed in a while ago. Your answer counts for five minutes.
      </p>
      <ProveForm
        action={proveAction}
        hasSecondFactor={factor !== null}
        next={sameSitePath((await searchParams).next, '/settings')}
      />
    </div>
  );
}
