import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

export const samples: SampleReplies = {
  refused: (status) => ({ code: -status, msg: 'not today' }),
  banned: (msg) => ({ code: -1003, msg }),
  order: {
    good: {
      orderId: '3fa42833-9508-4061-8d80-b68563dcd521',
      clientOrderId: 'test',
      symbol: 'BTCUSDT',
      side: 'BUY',
      type: 'LIMIT',
      status: 'PARTIALLY_FILLED',
      price: '70168.52',
      origQty: '1',
      executedQty: '0.6',
      reduceOnly: false,
      time: 1_700_000_000_000,
    },
    id: 'orderId',
    amounts: ['origQty', 'executedQty'],
    status: 'status',
    list: (elements) => elements,
    single: (element) => element,
    noLists: [{}, null, { data: [] }, { orders: [] }, 'none', 0],
  },
};
