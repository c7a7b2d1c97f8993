import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

export const samples: SampleReplies = {
  refused: (status) => ({ code: -status, msg: 'not today' }),
  banned: (msg) => ({ code: -1003, msg }),
  order: {
    good: {
      symbol: 'LTCBTC',
      orderId: 28,
      orderListId: -1,
      clientOrderId: 'myOrder1',
      price: '0.10000000',
      origQty: '1.00000000',
      executedQty: '0.60000000',
      cummulativeQuoteQty: '0.06000000',
      status: 'PARTIALLY_FILLED',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      stopPrice: '0.00000000',
      icebergQty: '0.00000000',
      time: 1_700_000_000_000,
      updateTime: 1_700_000_000_000,
      isWorking: true,
    },
    id: 'orderId',
    amounts: ['origQty', 'executedQty'],
    status: 'status',
    list: (elements) => elements,
    single: (element) => element,
    noLists: [{}, null, { data: [] }, { orders: [] }, 'none', 0],
  },
};
