import 'server-only';

/** Leads to another page, which is asked for by GET. */
export const seeOther = (path: string) =>
  new Response(null, { status: 303, headers: { Location: path } });
