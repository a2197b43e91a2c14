import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import { findUseOfOwner } from '@/lib/keys/use/use-of-many';
import type { RawParams } from '@/lib/lists/list-params';
import { refuseOffer } from '@/lib/users/administrator-rules';
import { findUser } from '@/lib/users/find-user';
import { listKeysOf } from '@/lib/users/list-keys-of';
import { listServicesOf } from '@/lib/users/responsible';
import { UseFacts } from '../../../keys/use-facts';
import { deleteUserAction } from '../../actions';
import { deleteLabels as labels } from '../../delete-labels';
import { DeleteUserForm } from '../../delete-user-form';
import { userLabels } from '../../user-labels';
import { refusals } from '../../user-messages';
import { AdminsKeys } from '../admins-keys';
import { LeavingKeys } from '../leaving-keys';
import { RefusedQuestion } from '../refused-question';

export const metadata: Metadata = { title: labels.page };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function DeleteUserPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const user = await findUser(administrator, id);
  const mayDelete = await mayChangeKeysOf(administrator, id);
  const back = safeRedirect((await searchParams).back, '/users');
  const refusal = user && refuseOffer(administrator, user);
  const services = await listServicesOf(administrator, id);
  const { responsibleRequired } = await findKeyPolicy();
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHead title={labels.question} trail={[{ text: userLabels.list, href: back }]} />
      {user && refusal ? (
        <RefusedQuestion because={refusals[refusal]('deleted')} back={back} />
      ) : user && !mayDelete ? (
        <AdminsKeys back={back}>
          <UsedKeys id={id} keys={user.keys} />
        </AdminsKeys>
      ) : user ? (
        <DeleteUserForm
          action={deleteUserAction}
          user={user}
          services={services.total}
          isResponsibleRequired={responsibleRequired}
          back={back}
        >
          <UsedKeys id={id} keys={user.keys} />
        </DeleteUserForm>
      ) : (
        <>
          <Notice look="warn">{labels.gone}</Notice>
          <div>
            <BackButton to={back}>{labels.close}</BackButton>
          </div>
        </>
      )}
    </div>
  );
}

/** Whom it would hurt if the keys went too. */
async function UsedKeys({ id, keys }: { id: string; keys: number }) {
  if (keys === 0) return null;
  const administrator = await requireAdministrator('operator');
  const [use, rows] = await Promise.all([
    // Of very many keys the sums would take seconds; those used last are named all the same.
    keys <= mostKeys ? findUseOfOwner(administrator, id) : null,
    listKeysOf(administrator, id),
  ]);
  return (
    <>
      {use ? <UseFacts use={use} /> : null}
      <LeavingKeys ownerId={id} rows={rows} total={keys} />
      <p className="text-muted">{labels.upToDate}</p>
    </>
  );
}
