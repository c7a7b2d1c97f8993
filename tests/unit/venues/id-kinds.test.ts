import { describe, expect, test } from 'vitest';
import type { IdKind } from '#lib/domain/order.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import { idKindsOf } from '#lib/venues/id-kinds.ts';
import { venues } from '#lib/venues/venues.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';

/** Short names in the table: order id, client order id. */
const kinds: Record<string, readonly IdKind[]> = {
  '': [],
  o: ['order-id'],
  c: ['client-order-id'],
  oc: ['order-id', 'client-order-id'],
};
const uuid = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

const columns: readonly VenueId[] = ['btcturk', 'habit-trade', 'ox-fun', 'ripio', 'ztdx'];

describe('what an id of a text can be at each venue', () => {
  test.each<[id: string, ...at: [string, string, string, string, string]]>([
    // The venues' own samples.
    ['61912740', 'o', 'o', 'c', '', 'o'],
    ['26947521557', 'o', 'o', 'c', '', 'o'],
    ['22000000022', 'o', 'o', 'c', '', 'o'],
    ['1000111762980', 'o', 'o', 'oc', '', 'o'],
    ['304384250571714215', 'o', 'o', 'oc', '', 'o'],
    ['3330802124194931673', 'o', 'o', 'oc', '', 'o'],
    ['9223372036854775807', 'o', 'o', 'oc', '', 'o'],
    ['2254222045', 'o', 'o', 'c', '', 'o'],
    [uuid, '', 'c', '', 'oc', 'oc'],
    [uuid.toLowerCase(), '', 'c', '', 'oc', 'oc'],
    // Client order ids.
    ['advanced', '', 'c', '', 'c', 'c'],
    ['my-ref-1', '', 'c', '', 'c', 'c'],
    ['testOrder2', '', 'c', '', 'c', 'c'],
    ['grid:eth/01', '', 'c', '', 'c', 'c'],
    ['bot.7_x', '', 'c', '', 'c', 'c'],
    ['7', '', '', 'c', '', ''],
    ['007', '', '', 'c', '', ''],
    // Where the forms end.
    ['12345', '', '', 'c', '', ''],
    ['123456', 'o', '', 'c', '', 'o'],
    ['1234567', 'o', '', 'c', '', 'o'],
    ['12345678', 'o', 'o', 'c', '', 'o'],
    ['12345678901', 'o', 'o', 'c', '', 'o'],
    ['123456789012', 'o', 'o', 'oc', '', 'o'],
    ['a'.repeat(36), '', 'c', '', 'c', 'c'],
    ['a'.repeat(37), '', 'c', '', '', ''],
    ['a'.repeat(64), '', 'c', '', '', ''],
    ['a'.repeat(65), '', '', '', '', ''],
    // No id at all.
    ['', '', '', '', '', ''],
    ['-12345678', '', '', '', '', ''],
    ['12345678.5', '', '', '', '', ''],
    ['１２３４５６７８', '', '', '', '', ''],
    ['12345678\n', '', '', '', '', ''],
    ['12345678?x=1', '', '', '', 'c', ''],
    ['a\nb', '', '', '', '', ''],
    ['a b', '', '', '', 'c', ''],
    [`${uuid}0`, '', 'c', '', '', ''],
  ])('%j', (id, ...at) => {
    const told = columns.map((venue) => idKindsOf(venue, id));
    expect(told).toEqual(at.map((word) => kinds[word]));
  });
});

describe('every id of the sandbox’s orders has its venue’s form', () => {
  test.each(venueIds)('%s', (venue: VenueId) => {
    const ids = forTests(venue).seeds.map(({ id }) => id ?? '');
    expect(ids.length).toBeGreaterThan(9);
    for (const id of ids) expect(idKindsOf(venue, id)[0]).toBe('order-id');
  });

  /** Client ids of the open orders alone are known to BtcTurk: it is not asked for closed ones by them. */
  test.each(venueIds.filter((venue) => venues[venue].takesClientOrderId))(
    'client ids of %s',
    (venue) => {
      const ids = forTests(venue).seeds.flatMap(({ clientOrderId }) => clientOrderId ?? []);
      expect(ids.length).toBeGreaterThan(1);
      for (const id of ids) expect(idKindsOf(venue, id)).toContain('client-order-id');
    },
  );

  test('no venue is asked by a kind of id that it does not take', () => {
    for (const venue of venueIds.filter((each) => !venues[each].takesClientOrderId)) {
      for (const id of ['advanced', '7', '26947521557', uuid]) {
        expect(idKindsOf(venue, id)).not.toContain('client-order-id');
      }
    }
  });
});

test.each<[string, string]>([
  ['4', 'o'],
  ['12345', 'o'],
  ['9223372036854775807', 'o'],
  ['0', ''],
  ['007', ''],
  ['12345678901234567890', ''],
])('on Binance, whose testnet has short ids, %s', (id, expected) => {
  expect(idKindsOf('binance', id)).toEqual(kinds[expected]);
});
