import 'server-only';
import { countedAtMost } from './list';
import { isShort } from './list-params';
import { type Counted, countLive } from './row-count';

/**
 * Whether names are searched for those that begin with the text, not for all that contain it: no index
 * finds one or two letters within a name. Few names are simply read through.
 */
export async function isPrefixSearch(
  text: string,
  names: Counted = 'directory_user',
): Promise<boolean> {
  return isShort(text) && (await countLive(names)) > countedAtMost;
}
