import { z } from 'zod';
import { labelText, lookalikeText, recordId, ticked, usernameText } from '@/lib/forms/text-input';
import { newPolicy } from '@/lib/keys/policy/policy-input';
import { type ServiceScope, serviceScopes } from '@/lib/keys/scope';

const rights = Object.fromEntries(serviceScopes.map((scope) => [scope, ticked])) as Record<
  ServiceScope,
  typeof ticked
>;

export const serviceKeyInput = z.strictObject({
  requestId: recordId,
  user: usernameText,
  name: labelText('name', 100).default(''),
  ...rights,
  expires: newPolicy.expires,
  lifetime: newPolicy.lifetime,
  addUser: z.string().max(2_000).default(''),
  afterAdding: z.literal('close').default('close'),
  lookalike: lookalikeText,
});
