import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

export const samples: SampleReplies = {
  refused: (status) => ({ success: false, code: `${status}`, message: 'not today' }),
  banned: (message) => ({ success: false, code: '20007', message }),
  order: {
    good: {
      orderId: '1000111762980',
      clientOrderId: '17',
      marketCode: 'BTC-USD-SWAP-LIN',
      status: 'PARTIALLY_FILLED',
      side: 'BUY',
      price: '25000.0',
      stopPrice: null,
      quantity: '1',
      remainQuantity: '0.4',
      matchedQuantity: '0.6',
      orderType: 'LIMIT',
      createdAt: '1715794191277',
    },
    id: 'orderId',
    amounts: ['quantity', 'remainQuantity', 'matchedQuantity'],
    status: 'status',
    list: (data) => ({ success: true, data }),
    single: (data) => ({ success: true, data }),
    noLists: [
      { success: true },
      { success: true, data: null },
      { success: true, data: {} },
      { success: true, data: 'none' },
      { success: true, data: { orders: [] } },
    ],
  },
};
