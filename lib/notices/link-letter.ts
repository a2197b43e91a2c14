import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import { type Letter, minute, oneLine, written } from './letter';
import { linkTexts as texts } from './link-texts';

/** Mail programs make links of such names, and only one link is to be opened here. */
const couldBeLink = (name: string) => /\w\.\w|:\/\//.test(name);

/** The mail that brings a link. It never holds the code, which is told by another way. */
export function linkLetter(begun: BegunHandOver, home: string): Letter {
  const { link, code, onlyFor, until, username, name } = begun;
  const titled = [username, couldBeLink(name) ? '' : name].map(oneLine).filter(Boolean).join(' · ');
  const parts = [
    texts.begin,
    titled,
    onlyFor ? texts.openSignedIn(oneLine(onlyFor.username), onlyFor.where) : texts.open,
    link,
    texts.until(minute(until.toISOString())),
    ...(code === null ? [] : [texts.code]),
    texts.advice,
  ];
  return written(texts.subject, parts, home, texts.end);
}
