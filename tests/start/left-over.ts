import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { becoming, findAccount } from '@/scripts/embedded/account';
import { findBinaries } from '@/scripts/embedded/binaries';

// A server that outlives its start, as a killed start leaves one if nothing ends it.
const [, , folder = '', port = ''] = process.argv;
const { folder: programs } = findBinaries(folder);
const { setpriv } = becoming(findAccount(), [folder, programs]);
const command = [
  ...(setpriv ? ['setpriv', ...setpriv, '--'] : []),
  ...[join(programs, 'postgres'), '-D', folder, '-p', port, '-k', '', '-h', '127.0.0.1'],
];
const [file = '', ...args] = command;
spawn(file, args, { detached: true, stdio: 'ignore' }).unref();
