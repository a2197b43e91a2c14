import { dutyPath, findSignedIn, signInPath } from '@/lib/auth/current-administrator';
import { collectLabels as labels } from './collect-labels';
import { SignInLink } from './sign-in-link';

/** For a link that is for its user alone. Signing in collects nothing. */
export async function SignInFirst({ id }: { id: string }) {
  const owes = (await findSignedIn())?.owes;
  return (
    <div className="grid gap-3">
      <p>{labels.signInIntro}</p>
      <noscript>
        <p className="text-muted">{labels.signInNoScript}</p>
      </noscript>
      <SignInLink id={id} href={owes ? dutyPath[owes] : signInPath(`/collect/${id}`)}>
        {labels.signIn}
      </SignInLink>
    </div>
  );
}
