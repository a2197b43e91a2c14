import { lastPart, type Schema } from './type-text';

export type Content = Record<string, { schema: Schema }>;
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
};
export type Response = { description: string; content?: Content };
export type Responses = Record<string, Response>;
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Response | { $ref: string }>;
};

/** The OpenAPI description, as far as the reference reads it. */
export type Description = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Responses };
};

/** An operation with where it is. */
export type Placed = { path: string; method: string; operation: Operation };

export const operationsOf = ({ paths }: Description): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** A shared response stands once among the components. */
export function resolved(response: Response | { $ref: string }, shared: Responses): Response {
  if (!('$ref' in response)) return response;
  const found = shared[lastPart(response.$ref)];
  if (!found) throw new Error(`${response.$ref} leads nowhere.`);
  return found;
}
