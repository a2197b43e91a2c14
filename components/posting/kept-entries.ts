/** What was typed into one form, and of which form it is. */
type Entries = { form: string; fields: [name: string, value: string, checked: boolean | null][] };
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const storeName = 'keydesk typed';

/** The event that tells a field that its value was put back. */
export const restored = 'restored';

/** Milliseconds after which entries are not put back. Confirming an identity takes less. */
const keptFor = 10 * 60_000;

type Kept = { path: string; at: number; entries: Entries[] };

/** Keeps what is typed on this page for the next time it is shown, in this tab alone. */
export function keepEntries(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-action-form]')];
  const entries = forms.map((form) => ({ form: identityOf(form), fields: typedInto(form) }));
  store({ path: location.pathname, at: Date.now(), entries });
}

/** Puts back what was kept for this form, once. */
export function restoreEntries(form: HTMLFormElement): void {
  const kept = findKept();
  if (!kept) return;
  const identity = identityOf(form);
  const own = kept.entries.findIndex((entries) => entries.form === identity);
  if (own < 0) return;
  const [entries] = kept.entries.splice(own, 1);
  store(kept);
  for (const [name, value, checked] of entries?.fields ?? []) putBack(form, name, value, checked);
}

function store(kept: Kept) {
  try {
    if (kept.entries.length === 0) sessionStorage.removeItem(storeName);
    else sessionStorage.setItem(storeName, JSON.stringify(kept));
  } catch {
    // A browser that stores nothing: the page is loaded without them.
  }
}

function findKept(): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storeName) ?? 'null') as Kept | null;
    if (kept?.path !== location.pathname) return null;
    return Date.now() - kept.at < keptFor ? kept : null;
  } catch {
    return null;
  }
}

const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== '' &&
      !element.name.startsWith('$ACTION'),
  );

/** The number of a submission: sent again under another, it would make a second record. */
const isSubmission = ({ dataset }: Field) => dataset.submission !== undefined;

/** Its fields, and the record that it is about. */
function identityOf(form: HTMLFormElement): string {
  const about = fieldsOf(form)
    .filter((field) => field.type === 'hidden' && !isSubmission(field) && field.name === 'id')
    .map(({ value }) => value);
  return [...new Set(fieldsOf(form).map(({ name }) => name)), ...about].join(' ');
}

const mayBeKept = (field: Field) =>
  isSubmission(field) ||
  (!/^(hidden|password|file)$/.test(field.type) && !/password|secret|code/i.test(field.name));

const checkable = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type);

const typedInto = (form: HTMLFormElement): Entries['fields'] =>
  fieldsOf(form)
    .filter(mayBeKept)
    .map((field) => [field.name, field.value, checkable(field) ? field.checked : null]);

function putBack(form: HTMLFormElement, name: string, value: string, checked: boolean | null) {
  for (const field of fieldsOf(form)) {
    if (field.name !== name || !mayBeKept(field)) continue;
    if (!checkable(field)) {
      if (field.value !== value) show(field);
      field.value = value;
      field.dispatchEvent(new Event(restored));
    } else if (field.value === value) {
      if (field.checked !== checked) show(field);
      field.checked = checked === true;
    }
  }
}

/** Nothing is put back out of sight. */
function show(field: Field) {
  const folded = field.closest('details');
  if (folded) folded.open = true;
}
