/** Results of deliveries. They never contain text of the receiver. */
export const deliveryMessages = {
  hostNotFound: 'Host name not found.',
  notPublic: (address: string) =>
    `Its address ${address} is private or special, and WEBHOOK_ALLOW_PRIVATE does not allow it.`,
  plainHttp: 'Plain http is only for addresses in WEBHOOK_ALLOW_PRIVATE: use https.',
  webhookDeleted: 'The webhook was deleted.',
  webhookOff: 'The webhook was switched off.',
  secretLost: 'AUTH_SECRET was changed: make a new signing secret.',
  slow: (seconds: number) => `No answer within ${seconds} seconds.`,
  redirect: (status: number) => `It answered ${status}: redirects are not followed.`,
  status: (status: number) => `It answered ${status}.`,
  refused: 'The connection was refused: nothing is listening there.',
  tls: (word: string) => `Its TLS certificate is not trusted (${word}).`,
  broken: (word: string) => `The connection failed (${word}).`,
  noReason: 'no reason given',
  notRecipient: 'No longer a recipient.',
  notTried: 'It was not sent.',
} as const;

/** The same for mail. */
export const mailMessages = {
  off: 'SMTP_URL is not set.',
  slow: 'The mail server did not answer in time.',
  brokenTls: 'The connection broke off. The certificate of the mail server may not be trusted.',
  login: 'The mail server refused the username or password in SMTP_URL.',
  noTls: 'The mail server offers no TLS that can be trusted.',
  hostNotFound: 'The host name of the mail server was not found.',
  refused: (status: number) => `The mail server refused the mail (${status}).`,
} as const;
