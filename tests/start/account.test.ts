import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becoming, findAccount } from '@/scripts/embedded/account';

// Only root changes to another account.
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

itAsRoot(
  'the account of PostgreSQL finds and runs programs in a folder that is closed to it',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'keydesk-closed-'));
    const program = join(folder, 'true');
    copyFileSync('/bin/true', program);
    // initdb asks in this way whether its neighbours can be run.
    const look = `require('node:fs').accessSync('${program}', require('node:fs').constants.X_OK)`;
    const run = (setpriv: string[]) => {
      execFileSync('setpriv', [...setpriv, process.execPath, '-e', look], { stdio: 'pipe' });
      execFileSync('setpriv', [...setpriv, program]);
    };
    const { setpriv = [] } = becoming(findAccount(), [program]);
    run(setpriv);
    // Control.
    expect(() => run(setpriv.filter((word) => !word.includes('securebits')))).toThrow('EACCES');
    rmSync(folder, { recursive: true });
  },
);
