import { parseArgs } from 'node:util';
import { databaseProblem } from '@/db/database-problem';
import { SettingsError } from '@/lib/settings/parse-settings';
import { createAdmin } from './admin/create-admin';
import { endSessions } from './admin/end-sessions';
import { importKeysFrom } from './admin/import-keys';
import { importUsersFrom } from './admin/import-users';
import { linkOidc } from './admin/link-oidc';
import { listAdmins } from './admin/list-admins';
import { listTwinNames } from './admin/list-twins';
import { reportPeppers } from './admin/peppers';
import { resetAdminPassword } from './admin/reset-password';
import { rewrapAll } from './admin/rewrap';
import { verifyAudit } from './admin/verify-audit';
import { codeOf, Sentence } from './sentence';

const usage = `npm run admin -- <command>

  create-admin <username> [--role admin|operator|viewer] [--anyway]
      Makes an administrator, or gives a user of the directory a role. The password is
      ADMIN_PASSWORD (at least 15 characters) or, without it, generated and printed once.
      --anyway takes a name that looks like another user's.
  reset-password <username> [--remove-second-factor]
      Prints a new password, once, and signs the administrator out everywhere. Where phone and
      recovery codes are lost, or AUTH_SECRET has changed, also removes the second factor.
  import-users <file.csv> [--dry-run] [--anyway]
      Adds the users of a CSV file: all, or none where a line is wrong. --anyway adds those whose
      names look like another user's, too.
  link-oidc <username> <subject>
      Lets a user of the directory sign in with the provider of OIDC_ISSUER. The audit shows the
      subject where the provider's user of that name was refused.
  import-keys <file.csv> [--dry-run]
      Makes keys of the lines of a CSV file, with the secrets that they have: of all, or of none
      where one is wrong. See docs/import.md.
  list-twins
      Lists users whose names nobody can tell apart, one group a line: the first of each is the one
      that the name finds. Rename or delete the others.
  list-admins
      Lists the administrators.
  end-sessions
      Signs everybody out at once. Passwords, second factors and webhooks stay as they are.
  audit verify [--anchor <number>:<seal>]
      Reads all audit events and names the first that is not as it was written. With the head
      that an older log or an older run printed, it also finds that the end was cut off.
  rewrap
      Moves sealed secrets to the newest version of KEY_ENCRYPTION_KEY, and says how many are left
      on each. It may be stopped at any moment and begun again.
  peppers
      Says how many keys are on each version of KEY_PEPPER.`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function run(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      anchor: { type: 'string' },
      anyway: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'remove-second-factor': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, subject, ...rest] = positionals;
  const [link] = command === 'link-oidc' ? rest.splice(0, 1) : [];
  if (values.help || command === undefined) return console.log(usage);
  if (rest.length > 0) throw new Sentence(`"${rest[0]}" is one word too many.\n\n${usage}`);
  const named = (what: string) => {
    if (subject === undefined) throw new Sentence(`${command} needs ${what}.\n\n${usage}`);
    return subject;
  };
  switch (command) {
    case 'create-admin':
      return createAdmin(named('a username'), values.role ?? 'admin', values.anyway);
    case 'reset-password':
      return resetAdminPassword(named('a username'), values['remove-second-factor']);
    case 'import-users':
      return importUsersFrom(named('a file'), values);
    case 'link-oidc':
      if (link === undefined) throw new Sentence(`link-oidc needs a subject.\n\n${usage}`);
      return linkOidc(named('a username'), link);
    case 'import-keys':
      return importKeysFrom(named('a file'), values['dry-run']);
    case 'list-twins':
      return listTwinNames();
    case 'list-admins':
      return listAdmins();
    case 'end-sessions':
      return endSessions();
    case 'audit':
      if (subject === 'verify') return verifyAudit(values.anchor);
      throw new Sentence(`audit needs "verify".\n\n${usage}`);
    case 'rewrap':
      return rewrapAll();
    case 'peppers':
      return reportPeppers();
    default:
      throw new Sentence(`There is no command "${command}".\n\n${usage}`);
  }
}

function explain(error: unknown): string {
  if (error instanceof Sentence || error instanceof SettingsError) return error.message;
  const code = codeOf(error) ?? codeOf((error as Error | null)?.cause);
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${(error as Error).message}\n\n${usage}`;
  return databaseProblem(error) ?? `This did not work (${code ?? (error as Error | null)?.name}).`;
}
