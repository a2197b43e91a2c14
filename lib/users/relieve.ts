import 'server-only';
import type { Queryable } from '@/db/client';
import { findByUsername } from './find-user';
import type { Locked } from './lock-user';
import { countServices, type ResponsibleRefusal, refuseResponsible } from './responsible';

/** What was decided about the services of a person who leaves. */
export type Relief = {
  /** How many services the administrator decided about; not given: whatever their number is. */
  services?: number | undefined;
  /** The username of whoever takes over; empty for nobody. */
  responsible?: string | undefined;
};

export type ReliefRefusal =
  | ResponsibleRefusal
  /** Not the services that the administrator decided about: some came or went meanwhile. */
  | { outcome: 'services-changed'; services: number };

/** The id of whoever takes over, to be locked; undefined for nobody or an unknown name. */
export async function findSuccessor(
  tx: Queryable,
  { responsible = '' }: Relief,
): Promise<string | undefined> {
  return responsible === '' ? undefined : (await findByUsername(tx, responsible))?.id;
}

/** Why a locked person cannot be relieved of their services in this way; otherwise how many there are. */
export async function judgeRelief(
  tx: Queryable,
  { user, responsible: successor }: Locked,
  { services: agreed, responsible = '' }: Relief,
): Promise<ReliefRefusal | number> {
  const services = await countServices(tx, user.id);
  if (agreed !== undefined && agreed !== services) return { outcome: 'services-changed', services };
  if (services === 0) return 0;
  return (await refuseResponsible(tx, responsible, successor, user.id)) ?? services;
}
