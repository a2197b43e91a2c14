import type { ReactNode } from 'react';
import { loginLabels } from './login-labels';

/** The frame of the sign-in pages. */
export function LoginMain({ below, children }: { below?: ReactNode; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">{loginLabels.product}</p>
        <h1>{loginLabels.title}</h1>
        {below}
      </header>
      {children}
    </main>
  );
}
