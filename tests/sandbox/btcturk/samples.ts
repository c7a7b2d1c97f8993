import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

const ok = (data: unknown) => ({ data, success: true, message: 'SUCCESS', code: 0 });

export const samples: SampleReplies = {
  refused: (status) => ({ success: false, message: 'NOT_TODAY', code: status }),
  banned: (message) => ({ success: false, message, code: 429 }),
  order: {
    good: {
      id: 61_912_740,
      price: '42600.0',
      amount: '1',
      quantity: '1',
      stopPrice: '0.0',
      pairSymbol: 'BTCTRY',
      type: 'buy',
      method: 'limit',
      orderClientId: 'test',
      time: 0,
      updateTime: 1_700_000_000_000,
      status: 'Partial',
      leftAmount: '0.4',
    },
    id: 'id',
    amounts: ['amount', 'quantity', 'leftAmount'],
    status: 'status',
    list: (elements) => ok({ asks: [], bids: elements }),
    single: ok,
    noLists: [
      ok({}),
      ok([]),
      ok(null),
      ok({ asks: [] }),
      ok({ bids: [] }),
      ok({ asks: null, bids: [] }),
      ok({ asks: {}, bids: {} }),
      ok('none'),
      { success: true, code: 0 },
    ],
  },
};
