import { messagesOf } from '#locales/catalogue.ts';
import english from '#locales/en.json' with { type: 'json' };

/** Wherever the product's own code runs outside a browser, this stands in for the browser's own reader of messages. */
const messages = new Map([...messagesOf(english), ['@@ui_locale', 'en_US'] as const]);

Object.assign(globalThis, {
  chrome: { i18n: { getMessage: (key: string) => messages.get(key) ?? '' } },
});
