import { createI18n } from '@wxt-dev/i18n';
import type { GeneratedI18nStructure } from '#i18n';

/** The one place where words are got: from `locales/`, in the language of the browser. */

/** A message's name, such as `state.cancelled`. */
export type Key = Exclude<keyof GeneratedI18nStructure, `@@${string}`>;

/** What stands in braces in it; of several messages, in any of them. */
type Names<K extends Key> = K extends Key
  ? GeneratedI18nStructure[K] extends { namedSubstitutions: readonly (infer N extends string)[] }
    ? N
    : never
  : never;

type Values<N extends string, V = string | number> = [N] extends [never]
  ? []
  : [values: Readonly<Record<N, V>>];

/** Those of which there are several forms by number. */
type Counted = {
  [K in Key]: GeneratedI18nStructure[K] extends { plural: true } ? K : never;
}[Key];

/** Those that need nothing to be put in. */
export type PlainKey = {
  [K in Exclude<Key, Counted>]: [Names<K>] extends [never] ? K : never;
}[Exclude<Key, Counted>];

/** Those that need an id to be put in, and nothing else. */
export type IdKey = {
  [K in Exclude<Key, Counted>]: [Names<K>] extends ['id'] ? K : never;
}[Exclude<Key, Counted>];

/** Numbers are written as the language writes them; text, such as an id or a venue's decimal, is left as it is. */
export function t<K extends Exclude<Key, Counted>>(key: K, ...[values]: Values<Names<K>>): string {
  return filled(messageOf(key), values);
}

/** The form for so many, in which they are `{count}`. */
export function tCount<K extends Counted>(
  key: K,
  count: number,
  ...[values]: Values<Exclude<Names<K>, 'count'>>
): string {
  return filled(formFor(messageOf(key), count), { ...values, count });
}

/** For what is more than text, such as a link: the message in its parts, in the order of the language. */
export function tParts<K extends Exclude<Key, Counted>, P>(
  key: K,
  values: Readonly<Record<Names<K>, P | string | number>>,
): (P | string)[] {
  const named: Readonly<Record<string, P | string | number>> = values;
  return messageOf(key)
    .split(placeholder)
    .map((part, at) => (at % 2 === 0 ? part : written(named[part] ?? '')))
    .filter((part) => part !== '');
}

/** A code's own part of a key: no key has a hyphen. */
export function keyPart<C extends string>(code: C): Underscored<C> {
  return code.replaceAll('-', '_') as Underscored<C>;
}

type Underscored<C extends string> = C extends `${infer A}-${infer B}`
  ? `${A}_${Underscored<B>}`
  : C;

/** Of what language the words are, and how numbers and dates are written with them. */
export function locale(): string {
  return (known ??= localeFor(messageOf('language'), read('@@ui_locale').replaceAll('_', '-')));
}
let known: string | undefined;

/** The browser's own, as far as it is of the words' language: an Argentine's, say. English is written with the day first. */
export function localeFor(words: string, ofBrowser: string): string {
  const [language] = words.split('-');
  return language !== 'en' && ofBrowser.split('-')[0] === language ? ofBrowser : words;
}

/** A whole number as the language writes it: up to four digits are parted nowhere, and in English no more are. */
export function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 10_000
    ? String(value)
    : (whole ??= new Intl.NumberFormat(locale(), { useGrouping: grouping() })).format(value);
}
let whole: Intl.NumberFormat | undefined;

/** With one place after the point, or the comma. */
export function tenthsText(value: number): string {
  return (tenths ??= new Intl.NumberFormat(locale(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    useGrouping: grouping(),
  })).format(value);
}
let tenths: Intl.NumberFormat | undefined;

const grouping = () => (locale().startsWith('en') ? false : 'min2');

const { t: read } = createI18n();
const messages = new Map<string, string>();

/** The browser is asked once for each: a long list says the same many times. */
function messageOf(key: Key): string {
  const got = messages.get(key) ?? read(key);
  messages.set(key, got);
  return got;
}

/** Which form that is, is the catalogue's: one for all; one for 1 and one for others; or 0, 1 and others. */
function formFor(message: string, count: number): string {
  const forms = message.split(' | ');
  const at = forms.length === 3 ? Math.min(count, 2) : forms.length === 2 && count !== 1 ? 1 : 0;
  return forms[at] ?? message;
}

const placeholder = /\{(\w+)\}/;

function filled(message: string, values: Readonly<Record<string, string | number>> = {}): string {
  return message.replaceAll(/\{(\w+)\}/g, (placeholder: string, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? numberText(value) : (value ?? placeholder);
  });
}

function written<P>(value: P | string | number): P | string {
  return typeof value === 'number' ? numberText(value) : value;
}
