import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Fact, Facts } from '@/components/fact';
import type { Administrator } from '@/lib/access/administrator';
import { findSignInWays } from '@/lib/auth/sign-in-ways';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { mayDo } from './administrators/role-options';

export async function Account({ administrator }: { administrator: Administrator }) {
  const { id, username, role } = administrator;
  const [factor, ways] = await Promise.all([findSecondFactor(id), findSignInWays(id)]);
  return (
    <>
      <Facts>
        <Fact term="Signed in as">
          <bdi className="font-semibold">{username}</bdi>
        </Fact>
        <Fact term="Role">
          {role}: {mayDo[role]}
        </Fact>
        <Fact term="Second factor">
          {factor ? `Set up, ${factor.recoveryCodes} recovery codes left` : 'None'}
        </Fact>
        {ways.provider ? <Fact term="Signs in with">{ways.provider}</Fact> : null}
      </Facts>
      <div className="flex flex-wrap gap-2">
        {ways.password ? (
          <Link prefetch={false} href="/settings/password" className={buttonClass()}>
            Change password
          </Link>
        ) : null}
        <Link prefetch={false} href="/settings/second-factor" className={buttonClass()}>
          {factor ? 'Second factor' : 'Set up a second factor'}
        </Link>
      </div>
    </>
  );
}
