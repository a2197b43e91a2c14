import type { RoleRefusal } from '@/lib/users/administrator-rules';
import type { BadResponsible, ResponsibleRefusal } from '@/lib/users/responsible';

const services = (count: number) =>
  count === 1 ? '1 service' : `${count.toLocaleString('en')} services`;

/** What the forms about users are told. */
export const userMessages = {
  saved: 'Saved.',
  gone: 'This user has been deleted. Nothing was changed.',
  exists: (username: string) => `User "${username}" already exists.`,
  isResponsible: (count: number) =>
    `This user is responsible for ${services(count)}, so it stays a person.`,
  needsResponsible: 'Enter a responsible person: services need one here.',
  leavesServices: (count: number) =>
    `${services(count)} would have no responsible person, and services need one here: enter who takes over.`,
  servicesChanged: (count: number) =>
    `This user is now responsible for ${services(count)}. Nothing was changed: choose again.`,
} as const;

/** What is said of somebody who cannot answer for a service. */
export const badResponsible: Record<BadResponsible, (username: string) => string> = {
  unknown: (username) => `User "${username}" is not in the database.`,
  disabled: (username) => `User "${username}" is disabled.`,
  service: (username) => `User "${username}" is a service: enter a person.`,
  oneself: () => 'Enter another user.',
};

/** What is said where an administrator must not be changed so. */
export const refusals: Record<RoleRefusal, (verb: 'disabled' | 'deleted') => string> = {
  'needs-admin': () => 'Only an admin can change or delete an administrator.',
  oneself: (verb) => `You cannot be ${verb} by yourself: another admin has to do it.`,
  'last-admin': (verb) => `The last active admin cannot be ${verb}.`,
};

/** The message at the field "Responsible". */
export const responsibleProblem = (refusal: ResponsibleRefusal) =>
  refusal.outcome === 'needs-responsible'
    ? userMessages.needsResponsible
    : badResponsible[refusal.because](refusal.username);
