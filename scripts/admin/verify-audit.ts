import { parseAnchor, writeAnchor } from '@/lib/audit/chain';
import { type ChainFault, verifyChain } from '@/lib/audit/verify-chain';
import { Sentence } from '../sentence';
import { withAnyDatabase } from './with-database';

/** Prints whether the audit is unchanged, or else the first bad event. */
export async function verifyAudit(anchorText: string | undefined): Promise<void> {
  const anchor = anchorText === undefined ? null : parseAnchor(anchorText);
  if (anchorText !== undefined && !anchor) {
    throw new Sentence('--anchor takes <number>:<64 hexadecimal digits>, as the log prints it.');
  }
  const { events, unsealed, head, fault } = await withAnyDatabase(() => verifyChain(anchor));
  if (unsealed > 0) {
    console.log(`${count(unsealed)} are older than the chain and cannot be checked.`);
  }
  if (fault) throw new Sentence(describe(fault));
  if (events === 0) throw new Sentence('There are no events: nothing was verified.');
  console.log(`${count(events)}, all unchanged since they were written.`);
  console.log(`Head: ${writeAnchor(head)}`);
}

const count = (events: number) =>
  events === 1 ? '1 event' : `${events.toLocaleString('en')} events`;

function describe(fault: ChainFault): string {
  switch (fault.kind) {
    case 'altered':
      return `Event ${fault.seq} is bad: it was changed, moved or added by someone without the key.`;
    case 'unsealed':
      return `Event ${fault.seq} is bad: it has no seal.`;
    case 'missing':
      return `${range(fault)} missing: the chain has a gap.`;
    case 'cut':
      return `${range(fault)} missing: the anchor counts more events than there are.`;
    case 'not-the-anchor':
      return `Event ${fault.seq} is bad: it is not the one that the anchor names.`;
  }
}

const range = ({ seq, through }: { seq: number; through: number }) =>
  seq === through ? `Event ${seq} is` : `Events ${seq} to ${through} are`;
