import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { findSignedIn } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/list-params';
import { sameSitePath } from '@/lib/same-site-path';
import { signInAction } from './actions';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

export default async function LoginPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const next = sameSitePath((await searchParams).next, '/keys');
  if (await findSignedIn()) redirect(next);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">Keydesk</p>
        <h1 className="text-xl font-semibold">Sign in</h1>
      </header>
      <SignInForm action={signInAction} next={next} />
    </main>
  );
}
