import { filesIn, firstOf, read } from './files';

/** Names of metrics that are being added. Empty this list when they are in `lib`. */
const announced = [
  ...['keydesk_pages_total', 'keydesk_page_seconds', 'keydesk_actions_total'],
  ...['keydesk_action_seconds', 'keydesk_sign_ins_total', 'keydesk_changes_not_confirmed_total'],
  ...['keydesk_deliveries_total', 'keydesk_deliveries_queued', 'keydesk_audit_head'],
  ...['keydesk_job_last_success_timestamp_seconds', 'keydesk_job_duration_seconds'],
  ...['keydesk_job_failures_total', 'keydesk_page_pool_connections', 'keydesk_page_pool_waiting'],
  'keydesk_re_mac_failures_total',
];

/** The names of metrics as they are written in `lib`. */
const inProduct = new Set(
  filesIn('lib', /\.ts$/).flatMap((path) =>
    [...read(path).matchAll(/'(keydesk_[a-z_]+)'/g)].map(([, name]) => name ?? ''),
  ),
);
const exists = (name: string) =>
  [name, name.replace(/_(bucket|sum|count)$/, '')].some(
    (one) => inProduct.has(one) || announced.includes(one),
  );
const namesIn = (text: string) => [...new Set(text.match(/\bkeydesk_[a-z_]+/g))];

type Rule = { alert: string; expr: string; labels: { severity: string }; annotations: object };
const rules: Rule[] = firstOf('deploy/prometheus/alerts.yml').groups[0].rules;
const dashboard = firstOf('deploy/grafana/keydesk.json');
const panels: { id: number; title: string; targets?: { expr: string }[] }[] = dashboard.panels;

it('every alert asks for metrics that exist, and says what is wrong', () => {
  expect(rules.length).toBeGreaterThan(10);
  for (const { alert, expr, labels, annotations } of rules) {
    expect([alert, namesIn(expr).filter((name) => !exists(name))]).toEqual([alert, []]);
    expect(labels.severity).toMatch(/^(critical|warning)$/);
    expect(annotations).toHaveProperty('summary');
  }
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
});

it('so does every panel', () => {
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(20);
  expect(namesIn(expressions.join('\n')).filter((name) => !exists(name))).toEqual([]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

it('every metric of the product has a panel', () => {
  const shown = namesIn(read('deploy/grafana/keydesk.json')).map((name) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
  const metrics = [...inProduct].filter((name) => /keydesk_/.test(name) && isMetric(name));
  expect(metrics.filter((name) => !shown.includes(name))).toEqual([]);
});

/** Names of statements and of database objects look alike. */
const isMetric = (name: string) =>
  filesIn('lib', /metrics\.ts$/).some((path) => read(path).includes(`'${name}'`));

it('control: a metric that nobody has is found', () => {
  expect(namesIn('rate(keydesk_made_up_total[5m])').filter((name) => !exists(name))).toEqual([
    'keydesk_made_up_total',
  ]);
});
