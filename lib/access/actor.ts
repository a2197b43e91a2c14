import type { Administrator } from './administrator';
import type { CommandLine } from './command-line';
import { isService, type Service } from './service';

/** Who reads or changes something: an administrator in a browser, a service over HTTP, or a command. */
export type Actor = Administrator | Service | CommandLine;

/**
 * The user in whose name something is made: the administrator, or the owner of the service key. Null for a
 * command.
 */
export const personOf = (actor: Actor): string | null =>
  isService(actor) ? actor.ownerId : actor.id;
