import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

const told = (data: unknown) => ({ error_code: null, message: null, data });

export const samples: SampleReplies = {
  refused: (status) => ({ error_code: status * 100, message: 'not today', data: null }),
  banned: (message) => ({ error_code: 42900, message, data: null }),
  order: {
    good: {
      id: '7155ED34-9EC4-4733-8B32-1E4319CB662F',
      external_id: 'test',
      pair: 'BTC_BRL',
      side: 'buy',
      type: 'limit',
      status: 'executed_partially',
      price: 70_168.52,
      requested_amount: 1,
      executed_amount: 0.6,
      remaining_amount: 0.4,
      create_date: '2023-11-14T22:13:20.000Z',
    },
    id: 'id',
    amounts: ['requested_amount', 'executed_amount', 'remaining_amount'],
    status: 'status',
    list: (orders) => told({ orders, pagination: null, nc: null, pc: null }),
    single: told,
    noLists: [told(null), told([]), told({}), told({ orders: null }), told({ orders: {} }), {}],
  },
};
