'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react';
import { findWholeKey } from '@/lib/forms/whole-key';

/** What the address says of each field; what is not set is empty. */
export type FieldValues = Record<string, string | undefined>;

/** Nobody types more slowly than this within a word, in milliseconds. */
const pause = 200;

/**
 * The list follows what is typed. The address is replaced, so that Back leaves the list instead of
 * stepping through letters. Of several answers under way the router drops all but the last. What
 * somebody types is theirs: fields change by themselves only where a link led to another search.
 */
export function useInstantSearch(path: string, values: FieldValues) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const here = useSearchParams().toString();
  const asked = useRef(here);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const composing = useRef(false);
  const [searching, startSearch] = useTransition();
  const [heldKey, holdKey] = useState('');

  function cancel() {
    clearTimeout(timer.current);
    timer.current = undefined;
  }
  function search() {
    cancel();
    if (!form.current) return;
    const key = wholeKeyIn(form.current);
    holdKey(key);
    if (key) return;
    asked.current = queryOf(form.current);
    const address = asked.current ? `${path}?${asked.current}` : path;
    startSearch(() => router.replace(address, { scroll: false }));
  }
  function searchForNew() {
    cancel();
    if (form.current && (heldKey || !asksFor(form.current, asked.current))) search();
  }
  function searchSoon() {
    cancel();
    timer.current = setTimeout(searchForNew, pause);
  }
  const later = useRef(searchSoon);
  later.current = searchSoon;

  useEffect(() => {
    // Typed before the page came alive.
    if (form.current && texts(form.current).some((field) => field.value !== field.defaultValue))
      later.current();
    return () => clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    const isTyping = timer.current !== undefined || composing.current;
    if (!form.current || searching || isTyping || here === asked.current) return;
    asked.current = here;
    fill(form.current, values);
  }, [here, values, searching]);

  return {
    searching,
    /** A whole key in one of the fields, which is not searched for; else empty. */
    heldKey,
    /** Empties the fields, for a link that leads to the whole list. */
    clear() {
      cancel();
      asked.current = '';
      holdKey('');
      if (form.current) fill(form.current, {});
    },
    formProps: {
      ref: form,
      onSubmit(event: FormEvent) {
        event.preventDefault();
        search();
      },
      onChange({ target }: FormEvent) {
        if (target instanceof HTMLSelectElement) search();
        else if (!composing.current) searchSoon();
      },
      /** Before a click elsewhere leads on: a search that came after it would take its place. */
      onBlur() {
        if (timer.current !== undefined) searchForNew();
      },
      onCompositionStart() {
        composing.current = true;
        cancel();
      },
      onCompositionEnd() {
        composing.current = false;
        searchSoon();
      },
    },
  };
}

type Field = HTMLInputElement | HTMLSelectElement;

const fields = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) &&
      element.name !== '',
  );

const texts = (form: HTMLFormElement) =>
  fields(form).filter(
    (field): field is HTMLInputElement =>
      field instanceof HTMLInputElement && /^(text|search)$/.test(field.type),
  );

/** The whole key that somebody has put into a field, or nothing. */
const wholeKeyIn = (form: HTMLFormElement) =>
  texts(form)
    .map(({ value }) => findWholeKey(value))
    .find((key) => key !== null) ?? '';

function queryOf(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const { name, value } of fields(form)) {
    if (value.trim() !== '') query.set(name, value.trim());
  }
  return query.toString();
}

/** Whether this query already says what the fields say. */
function asksFor(form: HTMLFormElement, query: string): boolean {
  const params = new URLSearchParams(query);
  return fields(form).every(({ name, value }) => value.trim() === (params.get(name) ?? '').trim());
}

function fill(form: HTMLFormElement, values: FieldValues) {
  for (const field of fields(form)) {
    if (field.type !== 'hidden') field.value = values[field.name] ?? '';
  }
}
