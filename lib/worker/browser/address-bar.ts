import browser from 'webextension-polyfill';
import { suggest, type Suggestion } from './suggestions.ts';
import type { View } from '#lib/protocol/view.ts';

/** What the address bar shows behind the keyword `pull`. Chrome reads descriptions as XML, Firefox as plain text. */
const isXml = import.meta.env.BROWSER !== 'firefox';

export function suggestOrders(
  text: string,
  view: View,
): { content: string; description: string }[] {
  const { first, orders } = suggest(text, view);
  browser.omnibox.setDefaultSuggestion({ description: isXml ? escaped(first) : first });
  return orders.map((order) => ({ content: order.id, description: describe(order) }));
}

function describe({ id, details }: Suggestion): string {
  if (!isXml) return `${id}: ${details}`;
  return `<match>${escaped(id)}</match> <dim>${escaped(details)}</dim>`;
}

/** What venues and users have written is text, whatever it looks like; XML has no control characters, and none shall turn the line around. */
function escaped(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu, ' ');
  return plain.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
