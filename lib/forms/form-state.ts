/** What a form is told after its action ran. Client-safe; passwords and secrets are never `values`. */
export type FormState<Data = null> =
  | { status: 'idle' }
  | { status: 'invalid'; fieldErrors: FieldErrors; values: FormValues }
  | { status: 'failed'; message: string; values: FormValues }
  | { status: 'done'; data: Data };

/** One message a field, by field name. */
export type FieldErrors = Record<string, string>;
/** What was typed, to be put back into the form. */
export type FormValues = Record<string, string>;

/** An action as forms see it: the shape that React wants of it. */
export type FormAction<Data = null> = (
  previous: unknown,
  form: FormData,
) => Promise<FormState<Data>>;

export const idle = { status: 'idle' } as const;

export function done<Data>(data: Data): FormState<Data> {
  return { status: 'done', data };
}

export function failed(message: string, values: FormValues = {}): FormState<never> {
  return { status: 'failed', message, values };
}

export function invalid(fieldErrors: FieldErrors, values: FormValues): FormState<never> {
  return { status: 'invalid', fieldErrors, values };
}

/** What a field should show: what was typed last, or what it began with. */
export function typedValue(state: FormState<unknown>, name: string, initial = ''): string {
  return state.status === 'invalid' || state.status === 'failed'
    ? (state.values[name] ?? initial)
    : initial;
}

export function fieldError(state: FormState<unknown>, name: string): string | undefined {
  return state.status === 'invalid' ? state.fieldErrors[name] : undefined;
}
