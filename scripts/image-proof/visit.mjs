import { ok } from 'node:assert/strict';

/** visit.mjs ADDRESS USERNAME PASSWORD: signs in like a browser without JavaScript. */
const [desk, username, password] = process.argv.slice(2);

const login = await fetch(`${desk}/login`);
const page = await login.text();
ok(login.ok, `/login answers ${login.status}`);
const style = /href="(\/_next\/static\/[^"]+\.css[^"]*)"/.exec(page)?.[1];
ok(style, '/login names no style sheet');
ok((await fetch(desk + style)).ok, 'the style sheet is not served');

const form = new FormData();
for (const [tag] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
  const name = /name="([^"]*)"/.exec(tag)?.[1];
  if (name) form.set(name, unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? ''));
}
form.set('username', username);
form.set('password', password);
const answer = await fetch(`${desk}/login`, {
  method: 'POST',
  body: form,
  headers: { origin: desk },
  redirect: 'manual',
});
const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
ok(answer.status === 303 && cookie.length > 0, `signing in answers ${answer.status}`);

const keys = await fetch(`${desk}/keys`, {
  headers: { cookie: cookie.join('; ') },
  redirect: 'manual',
});
ok(keys.status === 200, `/keys answers ${keys.status}`);
ok((await keys.text()).includes('API keys'), '/keys is not the report');

function unescaped(text) {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
