/** Where an admin sets up the rule for unused keys. Client-safe. */
export const idlePath = '/settings/policies/unused';
