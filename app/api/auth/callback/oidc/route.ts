import { answerFromProvider } from '@/lib/auth/oidc/answer';
import { oidcConfiguration } from '@/lib/auth/oidc/configuration';

/**
 * Where the provider sends browsers back to: the one address of NextAuth's that is open, for its others
 * (sign-out among them) would do half of what our own actions do.
 */
export async function GET(request: Request) {
  if (!oidcConfiguration()) return new Response(null, { status: 404 });
  return answerFromProvider(request);
}
