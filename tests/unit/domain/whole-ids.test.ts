import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { findIdAt } from '#lib/domain/id-at.ts';
import { idKey } from '#lib/domain/id-shapes.ts';
import { isClear, matchIds } from '#lib/domain/match-ids.ts';
import type { ClientOrderId, Order } from '#lib/domain/order.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

/** One click cancels an order only where its id is the whole of what looks like an id in the text. */

const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
const long = '26947521557';

/** Orders by their ids; `own:` before one's own id. */
function open(...ids: readonly string[]): ReadonlyMap<AccountId, readonly Order[]> {
  const orders = ids.map((id, index) =>
    id.startsWith('own:')
      ? orderOf(`9000000${index}`, { clientOrderId: id.slice(4) as ClientOrderId })
      : orderOf(id),
  );
  return new Map([['a' as AccountId, orders]]);
}

/** What one click cancels, by the id that names it; undefined where the user is asked. */
function cancelled(text: string, ...ids: readonly string[]): string | undefined {
  const named = matchIds(text, open(...ids));
  const [found] = named.orders;
  return isClear(named) && found?.soughtId !== undefined ? idKey(found.soughtId) : undefined;
}

describe('a piece of what looks like an id cancels nothing', () => {
  const others = {
    '4733': 'own:4733',
    '1e4319cb662f': 'own:1e4319cb662f',
    '21557': 'own:21557',
    tail: '6947521557',
    head: '2694752155',
  };
  test.each<[text: string, other: string]>([
    // Of a UUID, which is not among the open orders.
    ...[
      '\u2010',
      '\u2011',
      '\u2013',
      '\u2212',
      '\u00ad',
      '·',
      '.',
      '_',
      ':',
      '/',
      '~',
      ' ',
      '\n',
    ].flatMap((hyphen): [string, string][] => [
      [uuid.replaceAll('-', hyphen), others['4733']],
      [uuid.replaceAll('-', hyphen), others['1e4319cb662f']],
      [`order ${uuid.replaceAll('-', hyphen)} please`, others['1e4319cb662f']],
    ]),
    [`x${uuid}`, others['1e4319cb662f']],
    ['7155ed34-…-1e4319cb662f', others['1e4319cb662f']],
    ['…1e4319cb662f', others['1e4319cb662f']],
    ['…4733', others['4733']],
    ['...4733', others['4733']],
    ['7155ed34-9ec4-4733-8b32-1e43\n19cb662f', 'own:19cb662f'],
    // Hyphenated beside its own hyphen.
    ['7155ed34--\n9ec4-4733-8b32-1e4319cb662f', 'own:9ec4-4733-8b32-1e4319cb662f'],
    ['7155ed34-9ec4-4733-8b32--\r\n1e4319cb662f', others['1e4319cb662f']],
    ['7155ed34-9ec4--\n-4733-8b32-1e4319cb662f', 'own:4733-8b32-1e4319cb662f'],
    ['bot---\n77-eth', 'own:77-eth'],
    // Of a long number.
    ['269475\n21557', others['21557']],
    ['269475 21557', others['21557']],
    ['269475-\n21557', others['21557']],
    ['order 269475 21557 (limit)', others['21557']],
    ['2\n6947521557', others.tail],
    ['2 6947521557', others.tail],
    ['2-6947521557', others.tail],
    ['2/6947521557', others.tail],
    ['2,6947521557', others.tail],
    ['2.6947521557', others.tail],
    ['2\ufffd6947521557', others.tail],
    ['\ufffd6947521557', others.tail],
    ['order \ufffd6947521557 (limit)', others.tail],
    ['2694752155\ufffd', others.head],
    ['2·6947521557', others.tail],
    ['2e6947521557', others.tail],
    ['Z6947521557', others.tail],
    ['①6947521557', others.tail],
    ['²6947521557', others.tail],
    ['２6947521557', others.tail],
    ['٢6947521557', others.tail],
    ['2\u200b6947521557', others.tail],
    ['2%E2%80%8B6947521557', others.tail],
    ['7155ed34-9ec4-4733-8b32-%3b319cb662f', 'own:7155ed34-9ec4-4733-8b32'],
    ['7155ed34-%3b4-4733-8b32-1e4319cb662f', 'own:4-4733-8b32-1e4319cb662f'],
    ['50%266947521557', others.tail],
    ['…6947521557', others.tail],
    ['Buy…6947521557', others.tail],
    ['Order..6947521557', others.tail],
    ['Order~6947521557', others.tail],
    ['2694752155…', others.head],
    ['2694752155...', others.head],
    ['2694752155***', others.head],
    ['2694752155\n7', others.head],
    ['2694752155_7', others.head],
    ['2694752155l', others.head],
    ['2694752155七', others.head],
    ['2694752155x7', others.head],
    ['2694752155-7', others.head],
    ['2694752155.7', others.head],
    ['2694752155⁷', others.head],
    ['grid-2694752155', others.head],
    ['26947521557269475215572694752155', others.head],
    // Of one's own id.
    ['bot-77.x9', 'own:bot-77'],
    ['bot-77/x9', 'own:bot-77'],
    ['bot-77~x9', 'own:bot-77'],
    ['my:bot-77', 'own:bot-77'],
    ['a/bot-77', 'own:bot-77'],
    ['the bot-\n77-eth order', 'own:77-eth'],
  ])('%j, while %s is open', (text, other) => {
    expect(cancelled(text, other)).toBeUndefined();
    // Nor is it, where what stands there is known, but for that one itself.
    expect(['7', long, uuid, undefined]).toContain(cancelled(text, other, long, uuid));
  });
});

describe('a short id, and one’s own of digits alone, must stand alone', () => {
  test.each<[id: string, text: string, isCancelled: boolean]>([
    ['own:4733', '4733', true],
    ['own:4733', ' "#4733," ', true],
    ['own:4733', 'order 4733 please', false],
    ['own:4733', 'order:4733', false],
    ['own:bot-7', 'bot-7', true],
    ['own:bot-7', 'see bot-7', false],
    ['own:bot-77', 'see bot-77', true],
    ['own:987654321012', '987654321012', true],
    ['own:987654321012', 'order 987654321012', false],
    ['123456', '123456', true],
    ['123456', 'order 123456', false],
    ['26947521557', 'order 26947521557', true],
    ['own:269475', '269,475', true],
    ['own:1234567', '1,234,567', true],
    ['own:1234567', '1234\n567', true],
  ])('%s in %j', (id, text, isCancelled) => {
    expect(cancelled(text, id)).toBe(isCancelled ? id.replace('own:', '') : undefined);
  });

  test('by another of its ids it is beyond doubt', () => {
    const order = orderOf(long, { clientOrderId: '4733' as ClientOrderId });
    const orders = new Map([['a' as AccountId, [order]]]);
    expect(isClear(matchIds(`4733 ${long}`, orders))).toBe(true);
    expect(isClear(matchIds(`4733 BTC`, orders))).toBe(false);
  });
});

describe('what the window is told', () => {
  test.each<[text: string, ids: string[], doubtful: string[], orders: string[], unknown: string[]]>(
    [
      [`2·6947521557`, ['6947521557'], ['2·6947521557'], ['6947521557 piece'], []],
      ['2 6947521557', ['6947521557'], ['2 6947521557'], ['6947521557 piece'], ['26947521557']],
      ['order 123456', ['123456'], [], ['123456 short'], []],
      // Both may be meant.
      [
        '1000 111762980',
        ['1000111762980', '111762980'],
        ['1000 111762980'],
        ['1000111762980 piece', '111762980 piece'],
        [],
      ],
      // What is not understood stands beside what is.
      [`${long} ${uuid.replaceAll('-', '·')}`, [long], [uuid.replaceAll('-', '·')], [long], []],
      [`${long} 2694x7521y558`, [long], ['2694x7521y558'], [long], []],
      [`${long} 26947…1558`, [long], ['26947…1558'], [long], []],
      [`${long} and 7155ed34…`, [long], ['7155ed34'], [long], []],
      ['abc26947521101def and more', [], ['abc26947521101def'], [], []],
      // A word by itself is an id as a whole.
      ['abc26947521101def', [], [], [], ['abc26947521101def']],
    ],
  )('%j', (text, ids, doubtful, orders, unknown) => {
    const named = matchIds(text, open(...ids));
    expect(named.doubtful.map((each) => each.text)).toEqual(doubtful);
    expect(
      named.orders.map(({ order, doubt }) => [order.id, doubt].filter(Boolean).join(' ')),
    ).toEqual(orders);
    expect(named.unknown).toEqual(unknown);
  });
});

const someId = fc.oneof(
  fc
    .bigInt({ min: 100_000_000n, max: 99_999_999_999_999_999_999n })
    .map(String)
    // The same number twice is one id.
    .filter((id) => !/^(.+)\1$/.test(id)),
  fc.uuid(),
);
const sign = fc.constantFrom(
  '-',
  '\u2011',
  '·',
  '.',
  ',',
  ':',
  '/',
  '_',
  '~',
  '+',
  '*',
  '%',
  '\\',
  '\ufffd',
  '…',
  '²',
  '①',
  'O',
  'l',
  'x',
  '七',

  ' ',
  '\n',
  '\r\n',
  '-\n',
  '\u00a0',
  '\u200b',
  '\u00ad',
  '\u202e',
  '２',
  '٢',
  '%20',
  '\\n',
  '&shy;',
);
const inFront = fc.constantFrom('', 'order ', 'Order: ', '(', '"', 'cancel my ', '#', 'BTC/TRY	');
const behind = fc.constantFrom(
  '',
  ' order',
  ')',
  '"',
  '.',
  ' limit, buy',
  ',',
  '	0.5	4,150,000.00',
);

const unseen = new Set([
  '\u200b',
  '\u00ad',
  '\u202e',
  '&shy;',
  ' ',
  '\n',
  '\r\n',
  '-\n',
  '\u00a0',
  '%20',
  '\\n',
]);

/** An id with one sign too many, or another one in the place of one of its own. */
const mutilated = fc
  .record({ id: someId, sign, at: fc.nat({ max: 40 }), replaces: fc.boolean() })
  .map(({ id, sign: odd, at, replaces }) => {
    const place = 1 + (at % (id.length - 2));
    // What cannot be seen, or breaks a line, replaces nothing: another id would stand there.
    const end = replaces && !unseen.has(odd) ? place + 1 : place;
    return { id, text: id.slice(0, place) + odd + id.slice(end) };
  });

test('whatever other orders are open, none is cancelled for a mutilated id of another', () => {
  const around = fc.record({ before: inFront, after: behind });
  const pieces = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      mutilated,
      around,
      pieces,
      fc.boolean(),
      fc.boolean(),
      ({ id, text }, { before, after }, cuts, isKnown, isOwn) => {
        // The orders that come nearest to it: whose ids are pieces of what stands there, or of the id.
        const others = cuts
          .flatMap(([a, b]) =>
            [id, text].map((from) => from.slice(Math.min(a, b), Math.max(a, b) + 1)),
          )
          .concat(text.match(/[\p{L}\p{N}]+/gu) ?? [], id.match(/[^-]+/g) ?? [])
          .filter((other) => other.length > 0 && other.length < id.length && other !== text.trim())
          .map((other) => (isOwn ? `own:${other}` : other));
        const named = cancelled(`${before}${text}${after}`, ...others, ...(isKnown ? [id] : []));
        expect([id, undefined]).toContain(named);
      },
    ),
    { numRuns: 1000 },
  );
});

test('an id is cancelled at once, whatever stands around it, where it is the whole', () => {
  const before = fc.constantFrom(
    '',
    ' ',
    '#',
    'Order ',
    'id: ',
    '"',
    '(',
    'orderId=',
    '\t',
    'see /orders/',
    'BTC/TRY ',
  );
  const after = fc.constantFrom(
    '',
    ' ',
    '.',
    ', ',
    '"',
    ')',
    '&x=1',
    '\tBTC/TRY\t0.5\t4,150,000.00',
    ' BTCTRY 0.5',
    '!',
  );
  fc.assert(
    fc.property(someId, before, after, (id, first, last) => {
      expect(cancelled(`${first}${id}${last}`, id, '123456789')).toBe(id);
    }),
  );
});

describe('the pointer tells of the whole', () => {
  test.each<[before: string, after: string, id: string | undefined]>([
    ['7155ED34·9EC4·47', '33·8B32·1E4319CB662F', '7155ED34·9EC4·4733·8B32·1E4319CB662F'],
    [
      '7155ED34\u20119EC4\u201147',
      '33\u20118B32\u20111E4319CB662F',
      '7155ED34-9EC4-4733-8B32-1E4319CB662F',
    ],
    ['269475\n21', '557', '269475 21557'],
    ['269', '475\n21557', '269475 21557'],
    ['２69475', '21557', '26947521557'],
    ['2e69475', '21557', '2e6947521557'],
    ['bot-7', '7/x9', 'bot-77/x9'],
    ['7155ed', '34…', '7155ed34…'],
    ['2.69', '475E+10', '2.69475E+10'],
    ['25/11', '/2026', undefined],
    ['2026-11-25T14', ':05:09Z', undefined],
    ['26947521557,0', '.5,4150000', undefined],
    ['26947', '521557,0.5,4150000', '26947521557'],
    ['BTCTRY26947', '521557Buy', 'BTCTRY26947521557Buy'],
  ])('%j | %j', (before, after, id) => {
    expect(findIdAt(before, after)).toBe(id);
  });
});
