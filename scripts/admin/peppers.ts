import { countByPepper, listKeysNotOn } from '@/lib/keys/secret/count-peppers';
import { Sentence } from '../sentence';
import { readKeyVersions } from './key-versions';
import { withDatabase } from './with-database';

const mostShown = 20;
const number = (count: number) => count.toLocaleString('en');

/** Prints how many keys use each version of the pepper, and which keys prevent its removal. */
export async function reportPeppers(): Promise<void> {
  await withDatabase(async () => {
    const peppers = readKeyVersions('KEY_PEPPER');
    const [newest] = peppers;
    const uses = await countByPepper();
    const known = new Set(peppers.map(({ version }) => version));
    const versions = new Set([...known, ...uses.map(({ version }) => version)]);
    for (const version of [...versions].sort((one, other) => one - other)) {
      const { live, dead } = uses.find((use) => use.version === version) ?? { live: 0, dead: 0 };
      const counts = `${number(live)} live keys, ${number(dead)} former secrets`;
      const isKnown = known.has(version);
      console.log(`Version ${version}: ${counts}${note({ live, isKnown, version })}`);
    }
    await listLeft(newest.version);
    const lost = uses.filter(({ version, live }) => live > 0 && !known.has(version));
    if (lost.length > 0) {
      throw new Sentence('KEY_PEPPER lacks a version that live keys need: they are refused.');
    }

    function note({ live, isKnown, version }: { live: number; isKnown: boolean; version: number }) {
      if (version === newest.version) return ' (newest)';
      if (!isKnown) return ' (not in KEY_PEPPER)';
      return live === 0 ? ' (may be removed from KEY_PEPPER)' : '';
    }
  });
}

async function listLeft(newest: number) {
  const left = await listKeysNotOn(newest, mostShown);
  if (left.length === 0) return;
  console.log('\nNot moved yet; each moves when it is next used, or when it is regenerated:');
  for (const { username, hint, pepper, lastUsedAt } of left) {
    const used = lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : 'never used';
    console.log([username, hint, `version ${pepper}`, used].join('\t'));
  }
  if (left.length === mostShown) console.log(`The first ${mostShown} are shown.`);
}
