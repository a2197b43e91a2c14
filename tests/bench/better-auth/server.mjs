/**
 * better-auth's API-key plugin behind the same door as Keydesk's listener: `verifyApiKey` has no
 * route of its own, so a bare node:http server calls it. Rate limit off, as the keys of the bench
 * have none.
 */
import { createServer } from 'node:http';
import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const auth = betterAuth({
  database: pool,
  secret: 'a secret of more than 32 characters, for the bench',
  baseURL: 'http://127.0.0.1',
  logger: { disabled: true },
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  // It takes keys of its own length only; these are as long as those of Keydesk.
  plugins: [apiKey({ rateLimit: { enabled: false }, defaultKeyLength: 52 })],
});
await (await getMigrations(auth.options)).runMigrations();

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { key } = JSON.parse(Buffer.concat(chunks).toString());
  const { valid } = await auth.api.verifyApiKey({ body: { key } });
  const body = JSON.stringify({ valid, code: valid ? 'VALID' : 'NOT_FOUND' });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
  response.writeHead(valid ? 200 : 404, headers).end(body);
});
process.on('disconnect', () => process.exit(0));
process.on('message', async () => process.send(await makeSample()));
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send('listening'));

/** One key made by the plugin itself, of which the others are copies. Kept from an earlier run. */
async function makeSample() {
  const { rowCount } = await pool.query(`select 1 from apikey where name = 'bench'`);
  if (rowCount > 0) return 'ready';
  const { user } = await auth.api.signUpEmail({
    body: { email: 'bench@example.com', name: 'bench', password: 'a long enough password' },
  });
  await auth.api.createApiKey({ body: { name: 'bench', userId: user.id } });
  return 'ready';
}
