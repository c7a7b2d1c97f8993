import { describe, expect, test } from 'vitest';
import { venueIds } from '#lib/domain/venue-id.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';
import type { Operation } from '#tests/sandbox/shared/operation.ts';
import type { RateRule } from '#tests/sandbox/shared/rate-limits.ts';

/** The sandbox counts by the documents too, and was written apart from the adapters. */

const kinds: Partial<Record<Operation, RequestKind>> = {
  cancel: 'cancel',
  'cancel-batch': 'cancel',
  'cancel-all': 'cancel',
  order: 'read',
  'open-orders': 'list',
};

interface Counted {
  readonly kind: RequestKind;
  readonly rule: RateRule;
}

function counted(rules: readonly RateRule[]): Counted[] {
  return rules.flatMap((rule) =>
    rule.operations.flatMap((operation) => {
      const kind = kinds[operation];
      return kind === undefined ? [] : [{ kind, rule }];
    }),
  );
}

describe.each(venueIds)('%s', (id) => {
  const { rateRules, messageRules = [] } = forTests(id);
  const rules = [
    ...counted(rateRules),
    ...messageRules.map((rule): Counted => ({ kind: 'message', rule })),
  ];
  const { limits }: Venue = venues[id];

  test('keeps to whatever the sandbox counts', () => {
    const unheeded = rules.filter(
      ({ kind, rule }) => !limits.some((limit) => limit.of.includes(kind) && keeps(limit, rule)),
    );
    expect(unheeded).toEqual([]);
  });

  test('has no limit that the sandbox does not count', () => {
    const own = limits.flatMap(({ of, most, per, each }) =>
      of.map((kind) => ({ kind, most, per, each })),
    );
    const theirs = rules.map(({ kind, rule }) => ({
      kind,
      most: rule.max,
      per: rule.periodMs,
      each: rule.policy === 'ip' ? 'address' : 'account',
    }));
    for (const limit of own) expect(theirs).toContainEqual(limit);
  });
});

/** As many as the limit lets pass in the rule's time are no more than the rule allows, of account or address. */
function keeps({ most, per, each }: Limit, { max, periodMs, policy }: RateRule): boolean {
  return (
    per <= periodMs &&
    most * Math.ceil(periodMs / per) <= max &&
    (policy === 'account' || each === 'address')
  );
}

test('a list of ZTDX’s open orders names no symbol and weighs 40', () => {
  expect(venues.ztdx.listOpenOrders.request(undefined, 0).query).toBeUndefined();
  expect(venues.ztdx.limits.map(({ weights }) => weights)).toEqual([{ list: 40 }]);
});

test.each<[Record<string, string>, [per: number, used: number][]]>([
  [{ 'X-MBX-USED-WEIGHT-1M': '41' }, [[60_000, 41]]],
  [{ 'x-mbx-used-weight-10s': '3' }, [[10_000, 3]]],
  [
    { 'X-MBX-USED-WEIGHT-1H': '900', 'X-MBX-USED-WEIGHT-1D': '20000' },
    [
      [86_400_000, 20_000],
      [3_600_000, 900],
    ],
  ],
  [{ 'X-MBX-USED-WEIGHT-1M': '0' }, [[60_000, 0]]],
  [{ 'X-MBX-USED-WEIGHT': '41' }, []],
  [{ 'X-MBX-USED-WEIGHT-1W': '41' }, []],
  [{ 'X-MBX-USED-WEIGHT-1M': '' }, []],
  [{ 'X-MBX-USED-WEIGHT-1M': '41, 42' }, []],
  [{ 'X-MBX-ORDER-COUNT-1M': '41' }, []],
  [{}, []],
])('ZTDX tells by %j what is used up', (headers, expected) => {
  expect(venues.ztdx.readUsage(new Headers(headers))).toEqual(
    expected.map(([per, used]) => ({ per, used })),
  );
});
