import 'server-only';
import { githubFeedback, githubReport } from '@/lib/leaks/github-report';
import { problemResponse } from './describe-problems';
import type { SchemaCollection } from './schemas';

type Json = Record<string, unknown>;

const header = (name: string, description: string): Json => ({
  ...{ name, description, in: 'header', required: true },
  schema: { type: 'string' },
});

/** The path for GitHub secret scanning, which authenticates by its signature. */
export function githubPaths(schemas: SchemaCollection): Record<string, Json> {
  const content = (schema: Json) => ({ 'application/json': { schema } });
  return {
    '/api/v1/leaks/github': {
      post: {
        operationId: 'reportLeaksFromGithub',
        summary: 'Take a signed report of GitHub secret scanning',
        tags: ['Leaks'],
        security: [],
        parameters: [
          header('Github-Public-Key-Identifier', 'One of the keys in `GITHUB_SCANNING_KEYS`.'),
          header('Github-Public-Key-Signature', 'ECDSA over P-256 with SHA-256, DER in base64.'),
        ],
        requestBody: { required: true, content: content(schemas.add(githubReport, 'input')) },
        responses: {
          200: {
            description: 'Whether each match is a secret of this installation.',
            content: content(schemas.add(githubFeedback, 'output')),
          },
          400: problemResponse('The body is no list of matches.'),
          401: problemResponse('The signature is missing or wrong.'),
          404: problemResponse('`GITHUB_SCANNING_KEYS` is not set.'),
          413: problemResponse('The body has more than 1 MB.'),
          503: problemResponse('The report cannot be taken now.'),
        },
      },
    },
  };
}
