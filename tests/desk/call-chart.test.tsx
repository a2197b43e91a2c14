import { render, screen, within } from '@testing-library/react';
import { CallChartFigure } from '@/app/(desk)/call-chart';
import type { CallChart, CallSpan } from '@/lib/overview/call-chart';

const href = (span: CallSpan) => `/overview?range=${span}`;
const hour = 3_600_000;

/** A day of which the last two hours, and one before them, had calls. */
function day(): CallChart {
  const first = Date.parse('2026-11-29T09:00:00Z');
  const steps = Array.from({ length: 24 }, (_, n) => ({
    at: new Date(first + n * hour),
    codes: {} as Record<string, number>,
  }));
  const set = (n: number, codes: Record<string, number>) => {
    const step = steps[n];
    if (step) step.codes = codes;
  };
  set(5, { VALID: 59, EXPIRED: 1, RATE_LIMITED: 1 });
  set(22, { VALID: 1_000_000, EXPIRED: 1 });
  set(23, { VALID: 500_000, NOT_FOUND: 1 });
  return { span: '24h', steps };
}

const draw = (chart: CallChart) => render(<CallChartFigure chart={chart} href={href} />).container;

it('tells each bar on hover, and of the last one that it still grows', () => {
  const titles = [...draw(day()).querySelectorAll('svg[role=img] title')].map(
    ({ textContent }) => textContent,
  );
  expect(titles).toHaveLength(24);
  expect(titles[0]).toBe('09:00–10:00: 0 calls');
  expect(titles[5]).toBe('14:00–15:00: 61 calls, 2 refused');
  expect(titles[23]).toBe('08:00–09:00: 500,001 calls, 1 refused, so far');
});

it('shows few refused calls among many, apart from the others and within the drawing', () => {
  const [, valid, refused] = [...(draw(day()).querySelectorAll('g')[22]?.children ?? [])].filter(
    ({ tagName }) => tagName === 'rect',
  );
  const edge = (bar: Element | undefined, name: string) => Number(bar?.getAttribute(name));
  expect(edge(refused, 'height')).toBeGreaterThanOrEqual(2);
  expect(edge(refused, 'y')).toBeGreaterThanOrEqual(0);
  expect(edge(refused, 'y') + edge(refused, 'height')).toBeLessThan(edge(valid, 'y'));
});

it('hatches what is under way, and nothing else', () => {
  const striped = [...draw(day()).querySelectorAll('g rect')].filter((bar) =>
    bar.getAttribute('fill')?.startsWith('url('),
  );
  expect(striped).toHaveLength(2);
});

it('says its scale, its outcomes by code, and all of it as a table', () => {
  const container = draw(day());
  expect(screen.getByText('peak 1,000,001/hour')).toBeVisible();
  expect(screen.getByText('EXPIRED 2 · NOT_FOUND 1 · RATE_LIMITED 1')).toBeVisible();
  const rows = container.querySelectorAll('tbody tr');
  expect([...rows].map(({ firstChild }) => firstChild?.textContent)).toEqual([
    '08:00–09:00',
    '07:00–08:00',
    '14:00–15:00',
  ]);
  expect(container.querySelector('tfoot')).toHaveTextContent('All1,500,059211');
});

it('leads to the other spans, and says which one this is', () => {
  draw(day());
  const spans = within(screen.getByRole('navigation', { name: 'Range' })).getAllByRole('link');
  expect(spans.map((link) => link.textContent)).toEqual(['24 h', '7 d', '30 d']);
  expect(spans[0]).toHaveAttribute('aria-current', 'true');
  expect(spans[1]).toHaveAttribute('href', '/overview?range=7d');
});

it('draws nothing where there were no calls', () => {
  const steps = day().steps.map((step) => ({ ...step, codes: {} }));
  const container = draw({ span: '24h', steps });
  expect(screen.getByText('No calls.')).toBeVisible();
  expect(container.querySelector('svg')).toBeNull();
});
