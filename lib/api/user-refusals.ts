import 'server-only';
import { serviceKeysRefusal } from '@/lib/keys/reserved-scopes';
import { ProblemError } from './api-problem';
import { keyRefusal } from './key-refusals';
import { refuseValues } from './read-checked';

type Refusal = {
  outcome: string;
  username?: string;
  keys?: number;
  most?: number;
  because?: string;
  services?: number;
};

/** Why somebody cannot answer for a service. */
const badResponsible: Record<string, string> = {
  unknown: 'This user is not in the database.',
  disabled: 'This user is disabled.',
  service: 'This user is a service. Name a person.',
  oneself: 'Name another user.',
};

const administrators = 'Services cannot change users with a role.';

/** The problem for a function of `lib/users` that changed nothing, by its outcome. */
export function userRefusal(refusal: Refusal): ProblemError {
  const { outcome, username, keys, because = '', services = 0 } = refusal;
  switch (outcome) {
    case 'gone':
      return new ProblemError('not-found', 'There is no such user.');
    case 'refused':
      return new ProblemError('forbidden', administrators);
    case 'service-keys':
      return new ProblemError('forbidden', serviceKeysRefusal);
    case 'exists':
      return new ProblemError('conflict', `There is a user "${username}" already.`, {
        errors: [{ pointer: '/username', detail: 'This name is taken.' }],
      });
    case 'lookalike':
      return new ProblemError(
        'conflict',
        `The name looks like that of "${username}". Send it as "lookalike" to go on all the same.`,
        { lookalike: username },
      );
    case 'has-keys':
      return new ProblemError(
        'conflict',
        keys === undefined
          ? 'The user has keys. POST /users/{id}/disable says what becomes of them.'
          : `The user has ${keys} keys. Send ?keys=${keys} to delete them as well.`,
        keys === undefined ? {} : { keys },
      );
    case 'keys-changed':
      return new ProblemError('conflict', 'Keys of the user came or went meanwhile. Try again.');
    case 'has-services':
      return new ProblemError(
        'conflict',
        'The user is responsible for services. POST /users/{id}/disable says who takes over.',
        { services },
      );
    case 'is-responsible':
      return refuseValues([
        { pointer: '/kind', detail: `The user is responsible for ${services} services.` },
      ]);
    case 'services-changed':
      return new ProblemError('conflict', 'Services came or went meanwhile. Try again.');
    case 'needs-responsible':
      return refuseValues([
        {
          pointer: '/responsible',
          detail: 'The policy demands a responsible person for services.',
        },
      ]);
    case 'bad-responsible':
      return refuseValues([
        { pointer: '/responsible', detail: badResponsible[because] ?? 'Name another user.' },
      ]);
    case 'unknown-user':
      return refuseValues([{ pointer: '/to', detail: 'This user is not in the database.' }]);
    case 'same-user':
      return refuseValues([{ pointer: '/to', detail: 'Name another user.' }]);
    case 'disabled-user':
      return refuseValues([{ pointer: '/to', detail: `User "${username}" is disabled.` }]);
    default:
      return keyRefusal(refusal);
  }
}
