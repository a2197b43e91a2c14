/** The columns of a file of users. */
export const columns = [
  'username',
  'display_name',
  'email',
  'active',
  'kind',
  'responsible',
] as const;
export type Column = (typeof columns)[number];
