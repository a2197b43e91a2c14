import {
  type Answer,
  exchange,
  type Fields,
  multipart,
  type PlainBrowser,
} from '../../helpers/plain-browser';

export type Way = 'fetch' | 'form';

type Call = {
  origin: string;
  page: string;
  id: string;
  fields: Fields;
  way: Way;
  browser?: PlainBrowser;
  headers: Record<string, string>;
};

/** Calls an action by its id like a page: from a script with a header, or from a form without JavaScript. */
export async function callAction(call: Call): Promise<Answer> {
  const { headers, body } = await multipart(encoded(call));
  return exchange(call.origin, call.page, {
    method: 'POST',
    headers: {
      ...headers,
      ...(call.way === 'fetch' ? { 'next-action': call.id, accept: 'text/x-component' } : {}),
      ...call.browser?.cookieHeader(),
      ...call.headers,
    },
    body,
  });
}

function encoded({ way, id, fields }: Call): Fields | [string, string | File][] {
  if (way === 'fetch') {
    const named = Object.entries(fields).map(([name, value]) => [`_1_${name}`, value] as const);
    // The arguments come last: the previous state, and the form, whose fields have its number.
    return [
      ...named.map(([name, value]): [string, string | File] => [name, value]),
      ['0', '[{"status":"idle"},"$K1"]'],
    ];
  }
  return {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id, bound: '$@1' }),
    '$ACTION_1:1': '[{"status":"idle"}]',
    $ACTION_KEY: 'k0123456789abcdef0123456789abcdef',
    ...fields,
  };
}
