import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findFirstSteps } from '@/lib/overview/first-steps';
import { FirstSteps } from './first-steps';

/** In place of a report that has no keys at all. */
export async function EmptyDesk({ back }: { back: string }) {
  const administrator = await requireAdministrator('viewer');
  const steps = await findFirstSteps(administrator);
  return <FirstSteps steps={steps} role={administrator.role} back={back} />;
}
