import 'server-only';
import { countedAtMost } from './list';
import { isShort } from './list-params';
import { countLive } from './row-count';

/**
 * Whether to search only for usernames that begin with the text. No index finds one or two letters inside a
 * name. A small table is read completely instead, for names that contain the text.
 */
export async function isPrefixSearch(text: string): Promise<boolean> {
  return isShort(text) && (await countLive('directory_user')) > countedAtMost;
}
