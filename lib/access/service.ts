/** A service that calls the management API with its service key. Its rights are the scopes of that key. */
export type Service = {
  kind: 'service';
  /** The id of the service key. */
  id: string;
  /** The user who owns the service key. */
  ownerId: string;
  /** How the audit names the service: the owner, and the hint of the key. */
  username: string;
  address: string;
  scopes: readonly string[];
  /** The most that a service may do with keys and users. Only its scopes say what it may do. */
  role: 'operator';
};

export function isService<Who extends object>(actor: Who | Service): actor is Service {
  return 'kind' in actor && actor.kind === 'service';
}
