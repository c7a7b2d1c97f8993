import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messagesOf } from '#locales/catalogue.ts';
import type { Key } from '#lib/words/text.ts';

/** What the product says, for tests that ask the catalogue. `count` chooses the form. */
export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Of a language, by the name of its file. */
export function sayIn(language: string): Say {
  const file = join(import.meta.dirname, `../../locales/${language}.json`);
  const messages = new Map(messagesOf(JSON.parse(readFileSync(file, 'utf8'))));
  return (key, values = {}) => {
    const message = messages.get(key.replaceAll('.', '_'));
    if (message === undefined) throw new Error(`${language} has no ${key}`);
    const forms = message.split(' | ');
    const form = (values['count'] === 1 ? forms.at(-2) : undefined) ?? forms.at(-1) ?? '';
    return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}

export const sayInEnglish: Say = sayIn('en');
