/**
 * A signed-in user who may do no more than the policy lets owners do with their own keys, whatever their role.
 * Not an administrator, and the types keep the two apart. `lib/keys/own` has all that takes one.
 */
export type KeyOwner = { kind: 'key-owner'; id: string; username: string; address: string };
