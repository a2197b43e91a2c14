import { parseArgs } from 'node:util';
import { databaseProblem } from '@/db/database-problem';
import { SettingsError } from '@/lib/settings/parse-settings';
import { runAfterRestore } from './admin/after-restore';
import { archiveAudit } from './admin/archive-audit';
import { createAdmin } from './admin/create-admin';
import { endSessions } from './admin/end-sessions';
import { importKeysFrom } from './admin/import-keys';
import { importUsersFrom } from './admin/import-users';
import { runKeys } from './admin/keys/keys';
import { linkOidc } from './admin/link-oidc';
import { listAdmins } from './admin/list-admins';
import { listTwinNames } from './admin/list-twins';
import { reportPeppers } from './admin/peppers';
import { resetAdminPassword } from './admin/reset-password';
import { printRevocations } from './admin/revocations';
import { rewrapAll } from './admin/rewrap';
import { unlinkOidc } from './admin/unlink-oidc';
import { usage } from './admin/usage';
import { verifyAudit } from './admin/verify-audit';
import { codeOf, Sentence, UsageError } from './sentence';

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(argv: string[]): Promise<void> {
  if (argv[0] === 'keys') return runKeys(argv.slice(1));
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      anchor: { type: 'string' },
      since: { type: 'string' },
      revocations: { type: 'string' },
      accept: { type: 'string' },
      json: { type: 'boolean', default: false },
      archive: { type: 'string', multiple: true },
      before: { type: 'string' },
      to: { type: 'string' },
      anyway: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'remove-second-factor': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, subject, ...rest] = positionals;
  const [link] = command === 'link-oidc' ? rest.splice(0, 1) : [];
  if (values.help || command === undefined) return console.log(usage);
  if (rest.length > 0) throw new Sentence(`Unexpected argument "${rest[0]}".\n\n${usage}`);
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
    case 'unlink-oidc':
      return unlinkOidc(named('a username'));
    case 'import-keys':
      return importKeysFrom(named('a file'), values['dry-run']);
    case 'list-twins':
      return listTwinNames();
    case 'list-admins':
      return listAdmins();
    case 'end-sessions':
      return endSessions();
    case 'audit':
      if (subject === 'verify')
        return verifyAudit({ anchor: values.anchor, archive: values.archive });
      if (subject === 'archive') return archiveAudit({ before: values.before, to: values.to });
      throw new Sentence(`"audit" needs "verify" or "archive".\n\n${usage}`);
    case 'revocations':
      return printRevocations(values.since);
    case 'after-restore':
      return runAfterRestore(values);
    case 'rewrap':
      return rewrapAll();
    case 'peppers':
      return reportPeppers();
    default:
      throw new Sentence(`Unknown command "${command}".\n\n${usage}`);
  }
}

function explain(error: unknown): string {
  if (error instanceof Sentence || error instanceof SettingsError) return error.message;
  const code = codeOf(error) ?? codeOf((error as Error | null)?.cause);
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${(error as Error).message}\n\n${usage}`;
  return (
    databaseProblem(error) ?? `Something went wrong (${code ?? (error as Error | null)?.name}).`
  );
}
