import { ArchiveFormatError, readArchive } from '@/lib/audit/archive-file';
import { parseAnchor, writeAnchor } from '@/lib/audit/chain';
import { type ChainFault, verifyChain } from '@/lib/audit/verify-chain';
import { Sentence } from '../sentence';
import { withAnyDatabase } from './with-database';

type Asked = { anchor: string | undefined; archive: string[] | undefined };

/** Prints whether the audit is unchanged, or else the first bad event. Archives are read before the table. */
export async function verifyAudit({ anchor: anchorText, archive = [] }: Asked): Promise<void> {
  const anchor = anchorText === undefined ? null : parseAnchor(anchorText);
  if (anchorText !== undefined && !anchor) {
    throw new Sentence('--anchor takes <number>:<64 hexadecimal digits>, as the log prints it.');
  }
  const { events, unsealed, archived, head, fault } = await withAnyDatabase(async () => {
    const archives = await Promise.all(archive.map(openArchive));
    return verifyChain({ anchor, archives }).catch(explainFormat);
  });
  if (archived > 0) {
    console.log(`Events through ${archived.toLocaleString('en')} are archived and were not read.`);
  }
  if (unsealed > 0) {
    console.log(`${count(unsealed)} are older than the chain and cannot be checked.`);
  }
  if (fault) throw new Sentence(describeFault(fault));
  if (events === 0) throw new Sentence('There are no events: nothing was verified.');
  console.log(`${count(events)}, all unchanged since they were written.`);
  console.log(`Head: ${writeAnchor(head)}`);
}

const count = (events: number) =>
  events === 1 ? '1 event' : `${events.toLocaleString('en')} events`;

const openArchive = (path: string) =>
  readArchive(path).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'ENOENT') return explainFormat(error);
    throw new Sentence(`There is no file ${path}.`);
  });

function explainFormat(error: unknown): never {
  if (!(error instanceof ArchiveFormatError)) throw error;
  throw new Sentence('--archive takes a whole file that `audit archive` has written.');
}

/** What is wrong, in one sentence. */
export function describeFault(fault: ChainFault): string {
  switch (fault.kind) {
    case 'altered':
      return `Event ${fault.seq} is bad: it was changed, moved or added by someone without the key.`;
    case 'unsealed':
      return `Event ${fault.seq} is bad: it has no seal.`;
    case 'missing':
      return `${range(fault)} missing: the chain has a gap.`;
    case 'cut':
      return `${range(fault)} missing: the anchor counts more events than there are.`;
    case 'archived':
      return `Event ${fault.seq} is archived: add --archive <file> for every archive since then.`;
    case 'not-the-anchor':
      return `Event ${fault.seq} is bad: it is not the one that the anchor names.`;
  }
}

const range = ({ seq, through }: { seq: number; through: number }) =>
  seq === through ? `Event ${seq} is` : `Events ${seq} to ${through} are`;
