import { letterTexts as texts } from './letter-texts';

export type Letter = { subject: string; text: string };

/** Keeps any text on one line and removes characters that change the direction of text. */
export const oneLine = (text: string) =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

export function written(
  subject: string,
  parts: string[],
  home: string,
  more: string = texts.usualEnd,
): Letter {
  const text = [...parts, texts.end(home, more)].join('\n\n');
  return { subject: texts.subject(subject), text: `${text}\n` };
}

export const minute = (moment: string) => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
