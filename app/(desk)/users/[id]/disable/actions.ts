'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { serviceKeysRefusal } from '@/lib/keys/reserved-scopes';
import { disableUser } from '@/lib/users/disable-user';
import { disableUserInput } from '@/lib/users/disable-user-input';
import { refusals, responsibleProblem, userMessages } from '../../user-messages';
import { disableMessages as messages } from './disable-labels';

export const disableUserAction = guardedAction(
  'operator',
  disableUserInput,
  async (administrator, input) => {
    const result = await disableUser(administrator, input);
    const { keyAction, to, responsible, services } = input;
    const typed = { keyAction, to, responsible };
    const atField = (message: string) => invalid({ to: message }, typed);
    // Either way the page shows the keys as they are by now.
    revalidatePath('/users', 'layout');
    switch (result.outcome) {
      case 'done':
        return done(messages.done(result, { to, responsible }));
      case 'unknown-user':
        return atField(messages.unknownUser(to));
      case 'disabled-user':
        return atField(messages.disabledUser(result.username));
      case 'same-user':
        return atField(messages.sameUser);
      case 'too-many-keys':
        return atField(messages.tooMany(result.username, result.most));
      case 'service-keys':
        return failed(serviceKeysRefusal, typed);
      case 'keys-changed':
        return failed(messages.keysChanged(result.keys), typed);
      case 'bad-responsible':
        return invalid({ responsible: responsibleProblem(result) }, typed);
      case 'needs-responsible':
        return invalid({ responsible: userMessages.leavesServices(services) }, typed);
      case 'services-changed':
        return failed(userMessages.servicesChanged(result.services), typed);
      case 'refused':
        return failed(refusals[result.because]('disabled'), typed);
      case 'gone':
        return failed(messages.gone, typed);
    }
  },
);
