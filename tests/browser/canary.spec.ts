import { createHash, randomBytes } from 'node:crypto';
import { enter, expect, freshName, test } from './desk';

/** Every form in which bytes could appear in HTML, JSON or a Flight payload. */
function traces(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  const middle = bytes.subarray(3, 21);
  return [
    hex.slice(4, 28),
    hex.toUpperCase().slice(4, 28),
    bytes.toString('base64').slice(4, 24),
    bytes.toString('base64url').slice(4, 24),
    [...middle].join(','),
    [...middle].join(', '),
    middle.toString('latin1'),
    middle.toString('utf8'),
  ];
}

test('no page and no payload holds a MAC, a ciphertext, a wrapped key or a hash', async ({
  page,
  desk,
}) => {
  test.setTimeout(120_000);
  const canaries = {
    mac: randomBytes(32),
    formerMac: randomBytes(32),
    wrappedKey: randomBytes(60),
    ciphertext: randomBytes(80),
    webhookSecret: randomBytes(60),
  };
  const name = freshName('canary');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, name, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, $2, $3, 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, `${name} key`, canaries.mac],
  );
  const id = key?.id ?? '';
  await desk.query(
    'insert into former_secret (mac, key_id, pepper, version) values ($1, $2, 1, 1)',
    [canaries.formerMac, id],
  );
  await desk.query(
    `insert into sealed_secret (key_id, kek_version, wrapped_key, ciphertext) values ($1, 1, $2, $3)`,
    [id, canaries.wrappedKey, canaries.ciphertext],
  );
  await desk.query(
    `insert into audit_event (seq, actor, action, target_type, target_id, target, outcome, address)
     select coalesce(max(seq), 0) + 1, 'system', 'key.create', 'key', $1, $2, 'done', 'local'
     from audit_event`,
    [id, `${name} kd_AbCd…wXyZ`],
  );
  await desk.query(
    `insert into webhook (id, url, sealed_secret)
     values (gen_random_uuid(), 'https://hooks.example.org/' || $1, $2)`,
    [name, canaries.webhookSecret],
  );
  await enter(page, desk);
  await desk.query('update session set proved_at = now()');
  const hashes = await desk.query<{ text: string }>(
    `select password_hash as text from directory_user where password_hash is not null
     union all select encode(id_hash, 'hex') from session`,
  );
  const forbidden = new Map<string, string>();
  for (const [what, bytes] of Object.entries(canaries)) {
    for (const trace of traces(bytes)) forbidden.set(trace, what);
  }
  for (const { text } of hashes) forbidden.set(text.slice(-24), 'hash');
  const settings = await import('../helpers/settings');
  for (const [setting, value] of Object.entries(settings.testSettings)) {
    if (/PEPPER|KEY|SECRET/.test(setting)) {
      forbidden.set(value.slice(4, 30), setting);
      forbidden.set(createHash('sha256').update(value).digest('hex'), setting);
    }
  }

  const found: string[] = [];
  let named = 0;
  let payloads = 0;
  const waiting = ['/keys', `/keys?username=${name}`, `/users?username=${name}`, '/audit'];
  const seen = new Set(waiting);
  for (const path of [
    `/keys/${id}`,
    `/keys/${id}/reveal`,
    `/keys/${id}/regenerate`,
    '/settings/notices',
  ]) {
    waiting.push(path);
    seen.add(path);
  }
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
      const answer = await page.request.get(path, { headers });
      const body = await answer.body();
      const texts = [body.toString('utf8'), body.toString('latin1')];
      if (texts[0]?.includes(name)) named += 1;
      if (answer.headers()['content-type']?.startsWith('text/x-component')) payloads += 1;
      for (const [trace, what] of forbidden) {
        if (texts.some((text) => text.includes(trace))) found.push(`${what} in ${path}`);
      }
      for (const [, href] of (texts[0] ?? '').matchAll(/href="(\/[^"#]*)"/g)) {
        const next = (href ?? '').replaceAll('&amp;', '&');
        if (seen.size >= 80 || seen.has(next) || next.startsWith('/_next')) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
  }
  expect(found).toEqual([]);
  // The control: the crawl did find the record, in pages and in payloads.
  expect(named).toBeGreaterThan(8);
  expect(payloads).toBeGreaterThan(40);
  console.log(`Crawled ${seen.size} addresses, each as a page and as a payload.`);
});
