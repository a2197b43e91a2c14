import { spawn } from 'node:child_process';
import { once } from 'node:events';

export const clientSecret = 'canary-secret-of-the-client-0123456789';

export type RunningProvider = { issuer: string; stop: () => Promise<void> };

/** Starts `provider.ts` as a process of its own. */
export async function startProvider(port: number, desk: string): Promise<RunningProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  const process_ = spawn(
    process.execPath,
    ['--import', 'tsx', 'tests/oidc/provider.ts', String(port), desk, clientSecret],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  process_.stderr.on('data', (text) => (errors += text));
  async function stop() {
    process_.kill('SIGTERM');
    if (process_.exitCode === null && process_.signalCode === null) await once(process_, 'exit');
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`).catch(() => null);
    if (answer?.ok) return { issuer, stop };
    if (process_.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  await stop();
  throw new Error(`The provider does not start: ${errors}`);
}

/** The settings of a desk that uses this provider. */
export const providerSettings = (issuer: string) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'keydesk',
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_LABEL: 'Example ID',
  OIDC_ROLES: 'desk-admins:admin,desk-ops:operator,desk-view:viewer',
});
