import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '@/components/notice';
import { Phrase } from '@/components/phrase';
import { findAskedAddress } from '@/lib/auth/asked-address';
import { findPendingId } from '@/lib/auth/pending-cookie';
import { findPendingSignIn } from '@/lib/auth/pending-sign-in';
import { signInMessage } from '@/lib/auth/sign-in-messages';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { signInCodeAction } from '../actions';
import { AddressNotice } from '../address-notice';
import { loginLabels } from '../login-labels';
import { LoginMain } from '../login-main';
import { CodeForm } from './code-form';

export const metadata: Metadata = { title: loginLabels.title };

export default async function CodePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const params = await searchParams;
  const message = signInMessage(params.said);
  const next = safeRedirect(params.next, '/keys');
  const again = listPath('/login', { next });
  const pendingId = await findPendingId();
  const pending = pendingId ? await findPendingSignIn(pendingId) : null;
  const asked = await findAskedAddress();
  if (!pending && !asked.isElsewhere) redirect(again);
  return (
    <LoginMain below={pending ? <CodeFor username={pending.username} /> : null}>
      <AddressNotice {...asked} />
      {message ? <Notice look="bad">{message}</Notice> : null}
      {pending ? <CodeForm action={signInCodeAction} next={next} /> : null}
      <p>
        <Link prefetch={false} href={again} className="text-accent underline">
          {loginLabels.startAgain}
        </Link>
      </p>
    </LoginMain>
  );
}

function CodeFor({ username }: { username: string }) {
  return (
    <p className="text-muted wrap-anywhere">
      <Phrase text={loginLabels.codeFor}>
        <bdi className="font-semibold text-ink">{username}</bdi>
      </Phrase>
    </p>
  );
}
