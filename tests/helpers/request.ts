/** The request that an action answers. See `framework.ts`. */
export const request: {
  headers: Headers;
  cookies: Map<string, string>;
  sessionId: string | null;
} = {
  headers: new Headers({ origin: 'http://localhost:3000', 'x-keydesk-path': '/users' }),
  cookies: new Map(),
  sessionId: null,
};
