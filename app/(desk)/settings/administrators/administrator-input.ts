import { z } from 'zod';
import { lookalikeText, recordId, ticked, usernameText, yesOrNo } from '@/lib/forms/text-input';
import { administratorMessages as said } from './administrator-labels';

const roleNames = ['viewer', 'operator', 'admin'] as const;

export const addAdministratorInput = z.strictObject({
  username: usernameText,
  lookalike: lookalikeText,
  role: z.enum(roleNames, said.chooseRole),
});

export const changeRoleInput = z.strictObject({
  id: recordId,
  role: z
    .enum([...roleNames, 'none'], said.chooseRole)
    .transform((role) => (role === 'none' ? null : role)),
});

export const setActiveInput = z.strictObject({ id: recordId, active: yesOrNo });

export const handOutPasswordInput = z.strictObject({
  id: recordId,
  removeSecondFactor: ticked,
});
