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
  const rows = orders.map((order) => ({ content: order.id, description: describe(order) }));
  // Firefox draws its first line before it asks what to suggest: whatever is set for it would tell of the text as it was a key ago,
  // of another id. It bears the extension's name there, and this a line of its own, which means the same as Enter. The space makes it
  // another text than the typed one, which Firefox would leave out.
  if (!isXml) return [{ content: `${text} `, description: first }, ...rows];
  browser.omnibox.setDefaultSuggestion({ description: escaped(first) });
  return rows;
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
