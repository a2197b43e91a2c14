import type { DeadKey, ExpiringKey, FailedSignIns, Message } from './messages';

/** Keeps any text on one line and removes characters that change the direction of text. */
const oneLine = (text: string) =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

export type Letter = { subject: string; text: string };

/** A mail in plain text. Names appear only in the text, never in a header. */
export function letter(message: Message, home: string): Letter {
  if (message.type === 'test') return written('Test of notices', [message.data.text], home);
  if (message.type === 'account.failed_sign_ins') return failedSignIns(message.data, home);
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

function failedSignIns(data: FailedSignIns, home: string): Letter {
  const parts = [
    `${data.failures.toLocaleString('en')} sign-ins as ${oneLine(data.username)} have failed, the last one from ${oneLine(data.lastAddress)}.`,
    'If that was not you, somebody tries to guess your password. You can still sign in where you have signed in before. Set up a second factor, if you have none, and tell your admins.',
    data.link,
  ];
  return written('Failed sign-ins', parts, home, 'This goes out once a day at most.');
}

const usualEnd = 'Who gets this is set under Settings, Notices.';

function written(subject: string, parts: string[], home: string, more = usualEnd): Letter {
  const end = `Keydesk at ${home}. ${more}`;
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
