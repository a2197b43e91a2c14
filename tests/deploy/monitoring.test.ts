import { filesIn, firstOf, read } from './files';

/** The names of metrics as they are written in `lib`. */
const inProduct = new Set(
  filesIn('lib', /\.ts$/).flatMap((path) =>
    [...read(path).matchAll(/'(keydesk_[a-z_]+)'/g)].map(([, name]) => name ?? ''),
  ),
);
const exists = (name: string) =>
  inProduct.has(name) || inProduct.has(name.replace(/_(bucket|sum|count)$/, ''));
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
