import type { DeadKey, ExpiringKey, Message } from './messages';

/** Whatever it is, it stays on its line and turns no text around. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

export type Letter = { subject: string; text: string };

/** A mail in plain text. Names stand in the text alone, never in a header. */
export function letter(message: Message, home: string): Letter {
  if (message.type === 'test') return written('Test of notices', [message.data.text], home);
  const { keys, total } = message.data;
  const count = total === 1 ? '1 API key' : `${total.toLocaleString('en')} API keys`;
  const more = total - keys.length;
  const rest = more > 0 ? [`And ${more.toLocaleString('en')} more: ${home}/overview`] : [];
  if (message.type === 'key.expiring') {
    const subject = `${count} ${total === 1 ? 'expires' : 'expire'} soon`;
    const begin = 'These API keys stop working when they expire:';
    return written(subject, [begin, ...message.data.keys.map(expiring), ...rest], home);
  }
  const subject = `Dead keys in use: ${count}`;
  const begin = 'Callers still come with these deleted keys and replaced secrets, and are refused:';
  return written(subject, [begin, ...message.data.keys.map(dead), ...rest], home);
}

function written(subject: string, parts: string[], home: string): Letter {
  const end = `Keydesk at ${home}. Who gets this is set under Settings, Notices.`;
  return { subject: `Keydesk: ${subject}`, text: `${[...parts, end].join('\n\n')}\n` };
}

const titled = ({ username, name, hint }: ExpiringKey | DeadKey) =>
  [oneLine(username), oneLine(name), hint].filter(Boolean).join(' · ');

function expiring(key: ExpiringKey): string {
  const { daysLeft, expiresAt, link } = key;
  const left = ['today', 'tomorrow'][daysLeft] ?? `in ${daysLeft} days`;
  return `${titled(key)}\n  expires ${left}, ${minute(expiresAt)}\n  ${link}`;
}

function dead(key: DeadKey): string {
  const { secret, calls, lastAddress, lastTriedAt, link } = key;
  const what = secret === 'deleted' ? 'deleted key' : 'replaced secret';
  const from = lastAddress ? `, lately from ${oneLine(lastAddress)}` : '';
  const times = calls === 1 ? '1 call' : `${calls.toLocaleString('en')} calls`;
  return `${titled(key)}\n  ${what}, ${times}${from}, in the hour from ${minute(lastTriedAt)}\n  ${link}`;
}

const minute = (moment: string) => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
