/** What a form receives after its action ran. Client-safe; `values` never holds passwords or secrets. */
export type FormState<Data = null> =
  | { status: 'idle' }
  | { status: 'invalid'; fieldErrors: FieldErrors; values: FormValues }
  | { status: 'failed'; message: string; values: FormValues }
  | { status: 'done'; data: Data };

/** One message for each field, by name. */
export type FieldErrors = Record<string, string>;
/** What was typed, to be put back into the form. */
export type FormValues = Record<string, string>;

/** An action with the signature that React requires. */
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

/** The value of a field: what was typed last, or its initial value. */
export function typedValue(state: FormState<unknown>, name: string, initial = ''): string {
  return state.status === 'invalid' || state.status === 'failed'
    ? (state.values[name] ?? initial)
    : initial;
}

export function fieldError(state: FormState<unknown>, name: string): string | undefined {
  return state.status === 'invalid' ? state.fieldErrors[name] : undefined;
}
