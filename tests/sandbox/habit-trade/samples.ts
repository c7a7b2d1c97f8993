import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

export const samples: SampleReplies = {
  refused: (status) => ({ code: status, message: 'not today' }),
  banned: (message) => ({ code: 418, message }),
  order: {
    good: {
      order_no: '22000000022',
      reference_id: 'test',
      symbol: '00700',
      order_side: 'buy',
      order_type: 'enhanced_limit_order',
      order_status: 'new',
      price: 423.83,
      qty: 1,
      outstand_qty: 0.4,
      execute_qty: 0.6,
      create_time: 1_746_774_142,
    },
    id: 'order_no',
    amounts: ['qty', 'outstand_qty', 'execute_qty'],
    status: 'order_status',
    list: (orders) => ({
      code: 0,
      data: { total_records: orders.length, page: 1, page_size: 100, orders },
    }),
    single: (order) => ({ code: 0, data: order }),
    noLists: [
      { code: 0 },
      { code: 0, data: null },
      { code: 0, data: [] },
      { code: 0, data: {} },
      { code: 0, data: { total_records: 0 } },
      { code: 0, data: { orders: null } },
      { code: 0, data: { total_records: 3, orders: null } },
      { code: 0, data: { total_records: 3, orders: [] } },
      { code: 0, data: { total_records: 0, orders: {} } },
    ],
  },
};
