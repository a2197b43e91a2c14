import { columns } from './csv-columns';

/** What is said of a file of users, and of its lines. */
export const importMessages = {
  tooLarge: 'The file is larger than 1 MB.',
  empty: 'The file is empty.',
  noUsers: 'The file has no users below its header.',
  tooMany: 'The file has more than 10,000 users.',
  noUsername: 'The header has no column "username".',
  unknownColumn: (number: number, name: string) =>
    `Unknown column "${name}" in the header (column ${number}). The first line must name the columns: ${columns.join(', ')}.`,
  active: 'active: Write yes or no.',
  kind: 'kind: Write person or service.',
  personWithResponsible: 'responsible: Only a service has a responsible person.',
  needsResponsible: 'responsible: Services need a responsible person here.',
  responsible: {
    unknown: (name: string) =>
      `responsible: User "${name}" is neither in the database nor in the file.`,
    disabled: (name: string) => `responsible: User "${name}" is disabled.`,
    service: (name: string) => `responsible: User "${name}" is a service.`,
  },
  existsAs: (username: string) => `Already exists as "${username}".`,
  duplicateOf: (line: number) => `Duplicate of line ${line}.`,
  looksLikeUser: (username: string) => `Looks like the name of user "${username}".`,
  looksLikeLine: (username: string, line: number) => `Looks like "${username}" of line ${line}.`,
} as const;
