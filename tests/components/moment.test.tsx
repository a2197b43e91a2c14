import { render } from '@testing-library/react';
import fc from 'fast-check';
import { Moment } from '@/components/moment';
import { momentText } from '@/components/moment-text';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-11-30T12:00:00Z');
const said = (away: number, brief?: boolean) => momentText(new Date(now + away), now, brief);

describe('a moment in words', () => {
  it.each([
    [0, 'just now'],
    [-59_999, 'just now'],
    [-minute, '1 min ago'],
    [-12 * minute, '12 min ago'],
    [-hour, '1 hour ago'],
    [-23 * hour, '23 hours ago'],
    [-day, '1 day ago'],
    [-3.9 * day, '3 days ago'],
    [-30 * day, '30 days ago'],
    [-30 * day - 1, '31 Oct 2026'],
    [5 * minute, 'in 5 min'],
    [59.6 * minute, 'in 1 hour'],
    [23.6 * hour, 'in 1 day'],
    [11 * day, 'in 11 days'],
    [30 * day - 1_000, 'in 30 days'],
    [30 * day + 1_000, '30 Dec 2026'],
  ])('says %d ms from now as "%s"', (away, text) => expect(said(away)).toBe(text));

  it('says nothing finer than a day where that is enough', () => {
    expect(said(-3 * hour, true)).toBe('today');
    expect(said(3 * hour, true)).toBe('today');
    expect(said(-2 * day, true)).toBe('2 days ago');
  });

  it('is relative up to a month, on the right side of now, and a date beyond', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400 * day, max: 400 * day }), (away) => {
        const text = said(away);
        if (Math.abs(away) > 30 * day) return /^\d{1,2} [A-Z][a-z]{2} 202[5-8]$/.test(text);
        if (text === 'just now') return Math.abs(away) < minute;
        return (away > 0 ? /^in \d+ [a-z]+$/ : /^\d+ [a-z]+ ago$/).test(text);
      }),
    );
  });

  it('never says that something was longer ago than it was', () => {
    const units: Record<string, number> = { min: minute, hour, day };
    fc.assert(
      fc.property(fc.integer({ min: minute, max: 30 * day }), (span) => {
        const [, count, unit = ''] = /^(\d+) (min|hour|day)s? ago$/.exec(said(-span)) ?? [];
        return Number(count) * units[unit]! <= span;
      }),
    );
  });
});

it('has the exact time and its zone on hover and for machines', () => {
  const at = new Date('2026-11-29T08:51:22.123Z');
  const { container, rerender } = render(<Moment at={at} now={now} />);
  const time = container.querySelector('time');
  expect(time).toHaveTextContent('1 day ago');
  expect(time).toHaveAttribute('title', '29 Nov 2026, 08:51:22 UTC');
  expect(time).toHaveAttribute('dateTime', '2026-11-29T08:51:22.123Z');
  rerender(<Moment at={at} exact />);
  expect(container).toHaveTextContent(/^29 Nov 2026, 08:51:22$/);
  rerender(<Moment at={null} />);
  expect(container).toHaveTextContent('never');
});
