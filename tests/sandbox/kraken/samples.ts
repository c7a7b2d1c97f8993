import type { SampleReplies } from '#tests/sandbox/shared/for-tests.ts';

const told = (result: unknown) => ({ error: [], result });

/** A member is named by its id: what has none bears a name that no order can have. */
const members = (orders: readonly unknown[]): object =>
  Object.fromEntries(
    orders.map((order, index): [string, unknown] => {
      const { txid, ...fields } =
        typeof order === 'object' ? { ...(order as { txid?: unknown }) } : {};
      return [typeof txid === 'string' && txid !== '' ? txid : `\u202e${index}`, fields];
    }),
  );

export const samples: SampleReplies = {
  refused: () => ({ error: ['EGeneral:Permission denied'] }),
  banned: (words) => ({ error: [`EGeneral:${words}`] }),
  order: {
    good: {
      txid: 'OQCLML-BW3P3-BUCMWZ',
      userref: 0,
      cl_ord_id: '6d1b345e-2821-40e2-ad83-4ecb18a06876',
      status: 'open',
      opentm: 1_688_666_559.8974,
      descr: {
        pair: 'XBTUSD',
        type: 'buy',
        ordertype: 'limit',
        price: '30010.0',
        price2: '0',
        leverage: 'none',
        order: 'buy 1.00000000 XBTUSD @ limit 30010.0',
        close: '',
      },
      vol: '1.00000000',
      vol_exec: '0.60000000',
      stopprice: '0.00000',
      limitprice: '0.00000',
    },
    id: 'txid',
    otherIds: ['OAAAAA-AAAAA-AAAAAA', 'OZZZZZ-ZZZZZ-ZZZZZZ'],
    amounts: ['vol', 'vol_exec'],
    status: 'status',
    list: (orders) => told({ open: members(orders) }),
    single: (order) => told(members([order])),
    noLists: [told(null), told([]), told({}), told({ open: null }), told({ open: [] }), {}],
  },
};
