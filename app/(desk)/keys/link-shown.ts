import 'server-only';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import type { IssuedSecret, LinkFacts } from './issued-secret';

/** A link in place of the secret, on its only way to the browser. */
export function linkShown(
  { link, code, until }: BegunHandOver,
  { isReplacement }: Pick<LinkFacts, 'isReplacement'>,
): Pick<IssuedSecret, 'secret' | 'link'> {
  return { secret: link, link: { code, until: until.toISOString(), isReplacement } };
}
