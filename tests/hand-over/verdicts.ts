import { settings } from '@/lib/settings/settings';
import { closeVerification, openVerification, type Verification } from '@/lib/verify/verification';
import { verify } from '@/lib/verify/verify';
import { makeKey } from '../helpers/keys';
import { ada } from '../helpers/people';

let context: Verification;
let service: string | undefined;

/** Call it after `useTestDatabase`. The service key is made with the first question. */
export function useVerification(): void {
  beforeAll(() => {
    const connectionString = process.env.DATABASE_URL ?? '';
    context = openVerification({ connectionString, peppers: settings().KEY_PEPPER });
  });
  afterAll(() => closeVerification(context));
}

/** What verification answers about this secret. */
export async function verdictOf(secret: string): Promise<string> {
  service ??= (await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] })).secret;
  const outcome = await verify(context, {
    ...{ service, serviceAddress: '192.0.2.1', secret, scopes: [], ip: null },
    ...{ source: '192.0.2.1', since: performance.now() },
  });
  return outcome.kind === 'judged' ? outcome.code : outcome.kind;
}
