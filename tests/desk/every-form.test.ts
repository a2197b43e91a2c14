import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every screen with its source. */
const screens = ['app', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') || name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') })),
);

describe('a form that does not reach the server', () => {
  it('is reported by the only function that sends forms', () => {
    const others = screens.filter(({ text }) => text.includes('useActionState'));
    expect(others.map(({ path }) => path)).toEqual(['components/posting/use-form-action.ts']);
  });

  it('keeps its entries: every form that posts to an action is an ActionForm', () => {
    const plain = screens.filter(({ text }) =>
      [...text.matchAll(/<form\b[^>]*?\saction=\{(.*?)\}/gs)].some(
        ([, action]) => !/^(path|url\.pathname|submit)$/.test(action ?? ''),
      ),
    );
    expect(plain.map(({ path }) => path)).toEqual([]);
    const submitters = screens.filter(({ text }) => /action=\{submit\}/.test(text));
    expect(submitters.map(({ path }) => path)).toEqual(['components/posting/action-form.tsx']);
  });

  it('says so at its button', () => {
    const posting = screens.filter(
      ({ path, text }) =>
        /useFormAction\(|<FormScope/.test(text) && !path.startsWith('components/posting/'),
    );
    const silent = posting.filter(
      ({ text }) => !/SubmitButton|SaveButton|SendNotice|of=\{/.test(text),
    );
    expect(posting.length).toBeGreaterThan(25);
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});
