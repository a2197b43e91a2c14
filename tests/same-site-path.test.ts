import fc from 'fast-check';
import { safeRedirect } from '@/lib/forms/safe-redirect';

describe('the path to return to', () => {
  it.each(['/keys', '/keys?username=a&page=2', '/keys/new?back=%2Fkeys'])('may be %s', (path) => {
    expect(safeRedirect(path, '/')).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    ' /keys',
    '/.//evil.example',
    '/keys/..//evil.example',
    'keys',
    '',
    undefined,
    ['/keys'],
    `/${'x'.repeat(3_000)}`,
  ])('is never %j', (path) => {
    expect(safeRedirect(path, '/keys')).toBe('/keys');
  });

  it('stays on this site for any text', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      'evil.example',
      '\t',
      '%2f',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = safeRedirect(`/${pieces.join('')}`, '/keys');
        return new URL(path, 'https://desk.example').origin === 'https://desk.example';
      }),
    );
  });
});
