import 'server-only';
import { countedAtMost } from './list';
import { isShort } from './list-params';
import { countLive } from './row-count';

/**
 * Whether usernames are searched for those that begin with the text, not for all that contain it: no
 * index finds one or two letters within a name. Few names are simply read through.
 */
export async function isPrefixSearch(text: string): Promise<boolean> {
  return isShort(text) && (await countLive('directory_user')) > countedAtMost;
}
