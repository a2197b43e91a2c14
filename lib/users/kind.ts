import 'server-only';
import type { Queryable } from '@/db/client';
import type { kinds } from '@/db/schema/directory-user';
import { findUsernameOf } from './find-user';
import type { Locked, LockedUser } from './lock-user';
import { type ResponsibleRefusal, refuseResponsible } from './responsible';

export type Kind = (typeof kinds)[number];

/** What a user becomes, and who answers for them. */
export type WantedKind = { kind: Kind; responsibleId: string | null };

type Asked = { kind?: Kind | undefined; responsible?: string | undefined };

type KindRefusal = ResponsibleRefusal | { outcome: 'is-responsible'; services: number };

/**
 * The kind and the responsible person that a locked user would get, or why not. What is not given stays; a
 * person has nobody who answers for them.
 */
export async function judgeKind(
  tx: Queryable,
  { user, responsible: named }: Locked,
  { kind = user.kind, responsible: text }: Asked,
  services: number,
): Promise<WantedKind | KindRefusal> {
  if (kind === 'person') return { kind, responsibleId: null };
  if (services > 0) return { outcome: 'is-responsible', services };
  const isKept = user.kind === kind && (text === undefined || (text === '' && !user.responsibleId));
  if (isKept) return { kind, responsibleId: user.responsibleId };
  const refusal = await refuseResponsible(tx, text ?? '', named, user.id);
  return refusal ?? { kind, responsibleId: named?.id ?? null };
}

/** What of it differs, from what to what, with the names of persons. */
export async function kindChanges(tx: Queryable, user: LockedUser, wanted: WantedKind) {
  const nameOf = async (id: string | null) =>
    id ? ((await findUsernameOf(tx, id)) ?? null) : null;
  const { responsibleId } = wanted;
  return {
    ...(wanted.kind === user.kind ? {} : { kind: { from: user.kind, to: wanted.kind } }),
    ...(responsibleId === user.responsibleId
      ? {}
      : {
          responsible: { from: await nameOf(user.responsibleId), to: await nameOf(responsibleId) },
        }),
  };
}
