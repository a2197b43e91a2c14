import { closeDatabase } from '@/db/client';
import { answerPageMetrics } from '@/lib/server/answer-page-metrics';
import { useTestDatabase } from '../helpers/database';
import { useSettings } from '../helpers/settings';

useTestDatabase();
afterAll(closeDatabase);
afterEach(() => {
  delete process.env.ROLE;
  delete process.env.METRICS_TOKEN;
});

const token = 'a-token-of-enough-characters';
const statusWith = async (authorization: string | null) =>
  (await answerPageMetrics(authorization)).status;

it('answers on the port of pages where no listener does, to who sends the token', async () => {
  useSettings({ ROLE: 'pages', METRICS_TOKEN: token });
  expect(await statusWith(null)).toBe(401);
  expect(await statusWith('Bearer wrong')).toBe(401);
  const answer = await answerPageMetrics(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/^keydesk_audit_head 0$/m);
});

it.each([
  ['without a token', { ROLE: 'pages' }],
  ['where the listener answers', { METRICS_TOKEN: token }],
])('is not there %s', async (_, settings) => {
  useSettings(settings);
  expect(await statusWith(`Bearer ${token}`)).toBe(404);
});
