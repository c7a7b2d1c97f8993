import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Order } from '#lib/domain/order.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const shown = vi.hoisted(() => ({ first: '' }));
vi.mock('webextension-polyfill', () => ({
  default: {
    omnibox: {
      setDefaultSuggestion: ({ description }: { description: string }) =>
        void (shown.first = description),
    },
  },
}));

beforeEach(() => {
  vi.resetModules();
  shown.first = '';
});
afterEach(() => vi.unstubAllEnvs());

const lira = accountOf('a', 'btcturk', 'Turkish lira');

function viewOf(orders: readonly Order[], label = lira.label): View {
  return {
    ...emptyView,
    vault: { state: 'unlocked' },
    accounts: [{ ...lira, label }],
    orders: { [lira.id]: { orders, readAt: now, reading: false } },
  };
}

async function suggestIn(browser: 'chrome' | 'firefox', text: string, view: View) {
  vi.stubEnv('BROWSER', browser);
  const { suggestOrders } = await import('#lib/worker/browser/address-bar.ts');
  const orders = suggestOrders(text, view);
  return { first: shown.first, orders };
}

/** The text that an XML parser would read, and its elements; throws where it is not well-formed. */
function parse(description: string): { text: string; elements: string[] } {
  const elements: string[] = [];
  const open: string[] = [];
  const text = description.replace(/<(\/?)([^<>]*)>|&#(\d+);|[<>&]/g, (all, end, name, code) => {
    if (code !== undefined) return String.fromCharCode(Number(code));
    if (name === undefined || !['match', 'dim', 'url'].includes(name))
      throw new Error(`not XML: ${all}`);
    if (end === '') open.push(name);
    else if (open.pop() !== name) throw new Error(`closes ${name}`);
    elements.push(name);
    return '';
  });
  if (open.length > 0) throw new Error(`${open.join(' ')} left open`);
  return { text, elements };
}

/** What XML 1.0 has no place for, however it is written. */
// oxlint-disable-next-line no-control-regex
const noXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

test('Chrome gets the id marked, then the details', async () => {
  const { first, orders } = await suggestIn('chrome', '', viewOf([orderOf('101')]));
  expect(orders).toEqual([
    {
      content: '101',
      description: '<match>101</match> <dim>buy 1 BTCTRY, Turkish lira (BtcTurk)</dim>',
    },
  ]);
  expect(first).toBe('Type an order id, or “all”: 1 open order');
});

test('Firefox gets plain text, and would show what is escaped', async () => {
  const { orders } = await suggestIn(
    'firefox',
    '<a>&',
    viewOf([orderOf('1<a>&', { symbol: 'A&B' })]),
  );
  expect(orders).toEqual([
    { content: '<a>& ', description: 'Choose an order below, or type its id' },
    { content: '1<a>&', description: '1<a>&: buy 1 A&B, Turkish lira (BtcTurk)' },
  ]);
});

test('Firefox’s first line, which is always a key late, tells of no id', async () => {
  const order = orderOf('101');
  for (const text of ['10', '101', 'all', '']) {
    const { first, orders } = await suggestIn('firefox', text, viewOf([order]));
    expect(first).toBe('');
    // What Enter will do stands in a line that comes with the text it is for, and does it too.
    expect(orders[0]?.content).toBe(`${text} `);
  }
  const { orders } = await suggestIn('firefox', '101', viewOf([order]));
  expect(orders[0]?.description).toBe('Cancel order 101: buy 1 BTCTRY, Turkish lira (BtcTurk)');
});

describe('what venues and users write never becomes markup', () => {
  const hostile = [
    '</match><url>evil</url><match>',
    '<dim>',
    '&lt;b&gt;',
    '&#60;b&#62;',
    ']]><![CDATA[x',
    '<!-- -->',
    '"\'',
    '&',
    '&amp',
    '<?xml?>',
  ];

  test.each(hostile)('%j as an id, a symbol and a label', async (text) => {
    const view = viewOf([orderOf(text, { symbol: text })], text);
    const [order] = (await suggestIn('chrome', '', view)).orders;
    expect(order?.content).toBe(text);
    expect(parse(order?.description ?? '')).toEqual({
      text: `${text} buy 1 ${text}, ${text} (BtcTurk)`,
      elements: ['match', 'match', 'dim', 'dim'],
    });
  });

  test.each(hostile)('%j as what is typed', async (text) => {
    const { first } = await suggestIn('chrome', text, viewOf([]));
    expect(parse(first)).toEqual({ text: `No open order fits “${text}”`, elements: [] });
  });

  test.each([
    '\0',
    '\u0008',
    '\u001f',
    '\u007f',
    '\u0085',
    '\n',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\uffff',
  ])('the character %j is a space', async (character) => {
    const view = viewOf([orderOf(`1${character}2`)], `L${character}`);
    const [order] = (await suggestIn('chrome', '', view)).orders;
    expect(order?.description).toBe('<match>1 2</match> <dim>buy 1 BTCTRY, L  (BtcTurk)</dim>');
    const { first } = await suggestIn('chrome', `a${character}b`, view);
    expect(first).toBe('No open order fits “a b”');
  });

  test('letters of all scripts stay', async () => {
    const text = 'şğı 腾讯 é 🚀';
    const [order] = (await suggestIn('chrome', '', viewOf([orderOf(text)]))).orders;
    expect(order?.description).toContain(`<match>${text}</match>`);
  });

  test('whatever is written, it is XML and reads the same', async () => {
    vi.stubEnv('BROWSER', 'chrome');
    const { suggestOrders } = await import('#lib/worker/browser/address-bar.ts');
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (id, symbol, label) => {
        const [order] = suggestOrders('', viewOf([orderOf(id, { symbol })], label));
        const { description = '' } = order ?? {};
        expect(description).not.toMatch(noXml);
        const { elements } = parse(description);
        expect(elements).toEqual(['match', 'match', 'dim', 'dim']);
        suggestOrders(label, viewOf([]));
        expect(shown.first).not.toMatch(noXml);
        expect(parse(shown.first).elements).toEqual([]);
      }),
    );
  });
});
