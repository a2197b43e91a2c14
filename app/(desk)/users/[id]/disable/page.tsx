import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import { refuseOffer } from '@/lib/users/administrator-rules';
import { findUser, type UserSummary } from '@/lib/users/find-user';
import { listKeysOf } from '@/lib/users/list-keys-of';
import { listServicesOf } from '@/lib/users/responsible';
import { userLabels } from '../../user-labels';
import { refusals } from '../../user-messages';
import { AdminsKeys } from '../admins-keys';
import { LeavingKeys } from '../leaving-keys';
import { RefusedQuestion } from '../refused-question';
import { disableUserAction } from './actions';
import { disableLabels as labels } from './disable-labels';
import { DisableUserForm } from './disable-user-form';

export const metadata: Metadata = { title: labels.page };

/** Asked before somebody with keys is disabled, and of those who are disabled and still have some. */
export default async function DisableUserPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  const user = z.uuid().safeParse(id).success ? await findUser(administrator, id) : null;
  if (!user) notFound();
  const back = `/users/${id}`;
  const refusal = refuseOffer(administrator, user);
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHead
        title={(user.active ? labels.disable : labels.keysOf)(user.username)}
        trail={[
          { text: userLabels.list, href: '/users' },
          { text: <bdi>{user.username}</bdi>, href: back },
        ]}
      />
      {refusal ? (
        <RefusedQuestion because={refusals[refusal]('disabled')} back={back} />
      ) : (
        <Question user={user} back={back} />
      )}
    </div>
  );
}

async function Question({ user, back }: { user: UserSummary; back: string }) {
  const administrator = await requireAdministrator('operator');
  const { id, keys, active } = user;
  const rows = await listKeysOf(administrator, id);
  const services = await listServicesOf(administrator, id);
  const { responsibleRequired } = await findKeyPolicy();
  const shown = <LeavingKeys ownerId={id} rows={rows} total={keys} />;
  if (!(await mayChangeKeysOf(administrator, id)))
    return <AdminsKeys back={back}>{shown}</AdminsKeys>;
  return (
    <>
      <p>
        {active ? labels.what : null} {keys > 0 ? labels.choose : null}
      </p>
      <DisableUserForm
        action={disableUserAction}
        id={id}
        keys={keys}
        services={services.total}
        isResponsibleRequired={responsibleRequired}
        back={back}
      >
        {shown}
      </DisableUserForm>
    </>
  );
}
