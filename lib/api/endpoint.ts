import 'server-only';
import type { z } from 'zod';
import type { Right } from '@/lib/access/rights';
import type { Service } from '@/lib/access/service';
import type { Answer } from '@/lib/http/problem';
import type { ProblemKind } from './problem-kinds';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A request to an endpoint after everything about it has been checked. */
export type Call<Query = unknown, Body = unknown> = {
  service: Service;
  /** The `{id}` of the path; empty if there is none. */
  id: string;
  query: Query;
  body: Body;
  headers: Headers;
  url: URL;
  /** Identifies the request for `Idempotency-Key`: method and path. */
  target: string;
};

/** What an endpoint answers if all goes well. */
export type Success = {
  status: 200 | 201 | 202 | 204;
  description: string;
  /** Undefined for an answer without a body. */
  schema?: z.ZodType;
  mediaType?: string;
  headers?: Record<string, string>;
};

export type Endpoint<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> = {
  method: Method;
  /** The path below `/api/v1`, such as `/keys/{id}`. */
  path: string;
  operation: string;
  summary: string;
  /** The scope that the service key must have. */
  scope: Right['scope'];
  query?: Query;
  body?: Body;
  /** What the description says of the body, unless the schema says it. */
  described?: z.ZodType;
  /** Longest body in bytes, unless it is 64 KB. */
  longestBody?: number;
  /** The media type of the body, unless it is `application/json`. */
  mediaType?: string;
  /** Whether a request without a body counts as an empty object. */
  bodyOptional?: boolean;
  /** Request headers with their meaning. Required ones end with `!`. */
  headers?: Record<string, string>;
  success: Success;
  /** Problems besides those that every endpoint may answer with. */
  problems: ProblemKind[];
  run(call: Call<z.output<Query>, z.output<Body>>): Promise<UnfinishedAnswer>;
};

/** An answer, or with `finish` the one of a request that has committed and still does something slow. */
export type UnfinishedAnswer = Answer & { finish?: (() => Promise<Answer>) | undefined };

/** Types the call of an endpoint by its schemas. */
export function defineEndpoint<Query extends z.ZodType, Body extends z.ZodType>(
  endpoint: Endpoint<Query, Body>,
): Endpoint {
  return endpoint as unknown as Endpoint;
}
