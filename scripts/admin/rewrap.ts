import { systemActor } from '@/lib/audit/record-event';
import { countByKek, rewrapSecrets } from '@/lib/keys/secret/rewrap-secrets';
import { Sentence } from '../sentence';
import { readKeyVersions } from './key-versions';
import { withDatabase } from './with-database';

const number = (count: number) => count.toLocaleString('en');

/**
 * Moves all sealed secrets to the newest key-encryption key, and prints how many use each version afterwards.
 */
export async function rewrapAll(): Promise<void> {
  await withDatabase(async () => {
    const keks = readKeyVersions('KEY_ENCRYPTION_KEY');
    const [newest] = keks;
    const done = await rewrapSecrets(systemActor, keks, ({ moved }) =>
      console.error(`${number(moved)} rewrapped so far`),
    );
    console.log(`${number(done.moved)} sealed secrets were rewrapped.`);
    const left = await countByKek();
    for (const { version, secrets } of left) {
      console.log(`Version ${version}${note(version)}: ${number(secrets)}`);
    }
    if (done.damaged > 0) {
      throw new Sentence(
        `${number(done.damaged)} cannot be opened: damaged or in the wrong place.`,
      );
    }
    if (done.missing > 0) {
      throw new Sentence('KEY_ENCRYPTION_KEY lacks a version that is in use: add it and repeat.');
    }

    function note(version: number): string {
      if (version === newest.version) return ' (newest)';
      return keks.some((kek) => kek.version === version) ? '' : ' (not in KEY_ENCRYPTION_KEY)';
    }
  });
}
