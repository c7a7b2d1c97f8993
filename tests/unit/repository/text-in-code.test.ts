import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { read } from './files.ts';
import { sources } from './imports.ts';

/** No text stands in code: what a person reads or hears is in `locales/`, and is got by `lib/words/text.ts`. */

/** Names, which are the same in every language, and keys that nobody sees. */
const names = new Set([
  'lib/domain/order-key.ts',
  'lib/domain/shown-in-menu.ts',
  'lib/domain/venue-id.ts',
]);

/** What has words in it and is read by a program alone. */
const technical = {
  attributes: new Set(['class', 'd', 'href', 'id', 'key', 'role', 'type', 'viewBox', 'points']),
  /** What is thrown, matched or looked for is never shown: what the user is told is a `UserError`. */
  calls:
    /^(?:Error|TypeError|RangeError|DOMException|RegExp|querySelector|querySelectorAll|closest|matches|expect[A-Z]\w*)$/,
  text: /^(?:Arrow(?:Up|Down|Left|Right)|Home|End|Enter|Escape|Tab|Backspace|Delete|Esc|Pullcord)$|\bvar\(--|\[role=/,
};

/** A header, a venue's word, and a reason that the browser wants and shows nobody. */
const unseen = new Set([
  'Date',
  'order not found',
  'Opens a WebSocket whose handshake needs headers that a worker cannot have set',
]);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Text that stands in the code of a file: in JSX, or in a literal that reads like words of a language. */
function textIn(file: string, code: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return undefined;
    if (isForPrograms(node)) return undefined;
    const text = textOf(node, code);
    if (text !== undefined) found.push(text);
    return Object.values(node).forEach(visit);
  };
  visit(parseSync(file, code).program.body);
  return found;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

function isForPrograms(node: Node): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TSLiteralType':
    case 'TSTemplateLiteralType':
    case 'TaggedTemplateExpression':
      return true;
    case 'JSXAttribute':
      return technical.attributes.has(nameOf(node['name']));
    case 'NewExpression':
    case 'CallExpression':
      return technical.calls.test(nameOf(node['callee']));
    default:
      return false;
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  return typeof node['name'] === 'string' ? node['name'] : nameOf(node['property']);
}

function textOf(node: Node, code: string): string | undefined {
  if (node.type === 'JSXText') {
    const text = String(node['value']).trim();
    return /\p{L}/u.test(text) ? text : undefined;
  }
  const isText = node.type === 'Literal' && typeof node['value'] === 'string';
  if (!isText && node.type !== 'TemplateLiteral') return undefined;
  const text = isText ? String(node['value']) : code.slice(node.start + 1, node.end - 1);
  return isLikeWords(text) ? text : undefined;
}

/** Two words with a space between them, or one with a capital as a name or a sentence has it. */
function isLikeWords(text: string): boolean {
  const plain = text.replaceAll(/\$\{[^}]*\}/g, '0');
  if (technical.text.test(plain) || unseen.has(plain)) return false;
  return (
    /(?:^|[\s“(])\p{L}{2,}[.,:;!?…”)]*\s+(?:\S*\s+)*?[“(]?(?:\p{L}{2,}|\d)/u.test(plain) ||
    /\d\s+\p{L}{1,}/u.test(plain) ||
    /^\s*\p{Lu}\p{Ll}+(?:[.:!?…]|$)/u.test(plain)
  );
}

test('no text stands in code', () => {
  const found = sources
    .filter((file) => /\.tsx?$/.test(file) && !names.has(file))
    .flatMap((file) => textIn(file, read(file)).map((text) => `${file}: ${text}`));
  expect(found).toEqual([]);
});

test.each([
  ['<p>Close</p>', ['Close']],
  ['<p class="two words" title="Lock now">{t("a.b")}</p>', ['Lock now']],
  ['f(`${name} could not be read`)', ['${name} could not be read']],
  ["f('no open orders')", ['no open orders']],
  ['f(`${count} s`)', ['${count} s']],
  ["f('Cancelled')", ['Cancelled']],
  ["throw new Error('a wish without a cancellation')", []],
  ["f('ArrowUp', 'bad-key', 'application/json', t('state.cancelled'))", []],
])('%s', (line, found) => {
  expect(textIn('a.tsx', line)).toEqual(found);
});
