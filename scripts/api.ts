/**
 * `npm run api` makes what is derived from the endpoints of the API: the description in `docs/openapi.json`, the
 * pages `docs/api-reference.md` and `docs/api`, and the types of the client in the tests. The types are made by a
 * program that is not among our packages, because it requires an older TypeScript; npx fetches it if the description
 * has changed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { descriptionText, digestLine, paths, referenceTexts } from './api/derived';

const typeMaker = ['openapi-typescript@7.13.0', 'typescript@5.9.3'];

const description = descriptionText();
writeFileSync(paths.description, description);
rmSync('docs/api', { recursive: true, force: true });
mkdirSync('docs/api');
for (const [path, text] of Object.entries(referenceTexts())) writeFileSync(path, text);
if (!readFileSync(paths.types, 'utf8').startsWith(digestLine(description))) makeTypes();

function makeTypes() {
  const packages = typeMaker.flatMap((name) => ['-p', name]);
  const made = execFileSync(
    'npx',
    ['--yes', ...packages, 'openapi-typescript', paths.description, '--default-non-nullable=false'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  writeFileSync(paths.types, `${digestLine(description)}\n${made}`);
  console.log(`Made ${paths.types}.`);
}
