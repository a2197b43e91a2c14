import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** layers.mjs FOLDER: sizes of an OCI image. layers.mjs FOLDER TEXT: ends with 0 if a layer holds TEXT. */
const [folder, text] = process.argv.slice(2);
const blob = (digest) => readFileSync(join(folder, 'blobs', digest.replace(':', '/')));
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const { layers } = JSON.parse(blob(index.manifests[0].digest));
const contents = layers.map(({ digest }) => ({
  packed: blob(digest),
  whole: gunzipSync(blob(digest)),
}));

if (text) process.exitCode = contents.some(({ whole }) => whole.includes(text)) ? 0 : 1;
else {
  say('Keydesk', contents.slice(1));
  say('Base of this proof', contents.slice(0, 1));
  say('Image', contents);
}

function say(name, some) {
  const megabytes = (kind) =>
    (some.reduce((sum, layer) => sum + layer[kind].length, 0) / 1e6).toFixed(0);
  process.stdout.write(`${name}: ${megabytes('whole')} MB, packed ${megabytes('packed')} MB\n`);
}
