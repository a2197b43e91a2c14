/** What `npm run admin -- keys` says of itself. */
export const keysUsage = `npm run admin -- keys <command>

  keys list [--user <username>] [--search <text>] [--status active|inactive|expired|expiring]
            [--limit <n>] [--json]
      Lists keys, newest first: of one user, or with a part of the name, the visible ends of the
      secret, or the id. --limit is 50 unless set.
  keys create --user <username> [--name <text>] [--scopes "<scope> <scope>"] [--expires <when>]
            [--addresses "<network> <network>"] [--rate <calls>/<seconds>] [--inactive] [--json]
            [--hand-over [--term 1h|24h|7d] [--code|--sign-on] [--mail]]
      Makes a key and prints its secret, this once. --expires is a day or time such as
      2027-01-31 or 2027-01-31T12:00:00Z, a number of days such as 90d, or never.
      With --hand-over it prints a link in place of the secret, for the user to open once; --term
      is 24h unless set, --code adds six digits, with --sign-on only its user gets it, signed in,
      --mail sends the link to the user, and prints it only if that fails. It needs AUTH_URL and
      AUTH_SECRET, and --sign-on also the OIDC settings, as the desk has them.
  keys regenerate <id> [--overlap now|15m|1h|24h|7d] [--json]
            [--hand-over [--term 1h|24h|7d] [--code|--sign-on] [--mail]]
      Gives a key a new secret and prints it, this once. The old one goes on working for the
      overlap: now, unless set.
  keys deactivate <id>... [--json]
      Switches keys off.
  keys delete <id>... [--confirm <username>] [--json]
      Deletes keys. A key that was used in the last 24 hours needs the username of its owner.

  Exit codes: 0 done, 1 refused or failed, 2 wrong usage. With --json, stdout is one JSON document.`;
