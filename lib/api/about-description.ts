import { problemResponse } from './describe-problems';
import { problemKinds } from './problem-kinds';

type Json = Record<string, unknown>;

const open = { tags: ['About'], security: [] };

/** The paths that describe the API, which are open to everybody. */
export function aboutPaths(): Record<string, Json> {
  return {
    '/api/v1/openapi.json': {
      get: {
        ...open,
        operationId: 'getDescription',
        summary: 'Read this description',
        responses: {
          200: {
            description: 'This description.',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          400: problemResponse('The request is malformed.'),
        },
      },
    },
    '/api/v1/problems/{kind}': {
      get: {
        ...open,
        operationId: 'getProblemPage',
        summary: 'Read what a kind of problem means',
        parameters: [
          {
            ...{ name: 'kind', in: 'path', required: true },
            schema: { type: 'string', enum: Object.keys(problemKinds) },
          },
        ],
        responses: {
          200: {
            description: 'A text for people.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          404: problemResponse('There is no such kind of problem.'),
        },
      },
    },
  };
}
