import { createHash } from 'node:crypto';
import { openApi } from '@/lib/api/openapi';
import { reference } from './reference';

/** What `npm run api` makes from the endpoints. */
export const paths = {
  description: 'docs/openapi.json',
  types: 'tests/api/helpers/api-types.d.ts',
};

const example = 'https://keydesk.example.org';

/** The description as an installation at an example's address serves it. */
export const descriptionText = () => `${JSON.stringify(openApi(example), null, 2)}\n`;

/** The pages of the reference, by their paths. */
export const referenceTexts = () => reference(openApi(example));

/** The head of the types, which names the description that they were made from. */
export const digestLine = (description: string) =>
  `// Made by "npm run api" from the description with SHA-256 ${createHash('sha256').update(description).digest('hex')}.`;
