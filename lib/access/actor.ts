import type { Administrator } from './administrator';
import { isService, type Service } from './service';

/** Who reads or changes something: an administrator in a browser, or a service over HTTP. */
export type Actor = Administrator | Service;

/** The user in whose name something is made: the administrator, or the owner of the service key. */
export const personOf = (actor: Actor): string => (isService(actor) ? actor.ownerId : actor.id);
