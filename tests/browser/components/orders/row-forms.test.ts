import '#components/shared/style.css';
import { h, render } from 'preact';
import { expect, test, vi } from 'vitest';
import { OrderList, type OrderListProps } from '#components/orders/OrderList.tsx';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import { rowForms, type RowForm } from '#lib/page/orders/chunks.ts';
import type { Row } from '#lib/page/orders/row.ts';

const accountId = 'a' as AccountId;

function rowOf(at: number): Row {
  const order: Order = {
    id: `id-${at}` as OrderId,
    clientOrderId: `mine-${at}` as ClientOrderId,
    symbol: at % 2 ? 'BTC_BRL' : 'SHIB1000000USDTPERP',
    side: at % 2 ? 'buy' : 'sell',
    type: 'limit',
    price: '0.00001234' as Decimal,
    quantity: '12345.678' as Decimal,
    remaining: '12345.678' as Decimal,
    protective: at % 3 === 0,
    ...(at % 5 === 0 && { unknownStatus: 'ODD' }),
    createdAt: 0,
  };
  return { key: order.id, kind: 'open', ref: { accountId, orderId: order.id }, order };
}

const nothing = (): undefined => undefined;
const props: Omit<OrderListProps, 'form' | 'groups' | 'all'> = {
  holds: {},
  now: 60_000,
  lights: undefined,
  frozen: false,
  onPointer: nothing,
  isAsked: () => false,
  canSelect: () => true,
  selected: new Set(),
  selecting: { toggle: nothing, extendTo: nothing, selectAll: nothing, clear: () => false },
  failureOf: nothing,
  onCancel: nothing,
  onSendNow: nothing,
  onLeave: nothing,
  entryRef: { current: undefined },
};

/** A list of 20, in so much room as the popup leaves it. */
async function show(form: RowForm): Promise<HTMLElement[]> {
  document.body.innerHTML = `<main style="width: 400px; container-type: inline-size; --end: 22px">
    <div id="root" class="scroll" style="height: 425px; overflow: hidden auto"></div></main>`;
  const rows = Array.from({ length: 20 }, (_, at) => rowOf(at));
  const account = { id: accountId, venue: 'ripio', label: 'Main', environment: 'live' } as const;
  const groups = [{ account, openOrders: 20, rows, waiting: [] }];
  const root = document.getElementById('root');
  if (root) render(h(OrderList, { form, groups, all: groups, ...props }), root);
  await vi.waitFor(() => expect(rowsThere()).toHaveLength(20));
  return rowsThere();
}

function rowsThere(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[role=listitem]')];
}

function inSight(rows: readonly HTMLElement[]): number {
  const bottom = document.getElementById('root')?.getBoundingClientRect().bottom ?? 0;
  return rows.filter((row) => row.getBoundingClientRect().bottom <= bottom).length;
}

/** What a screen reader says of each row: text that is not rendered is not said. */
async function told(form: RowForm): Promise<string[][]> {
  return (await show(form)).map((row) =>
    [...row.querySelectorAll<HTMLElement>('*')]
      .flatMap((each) =>
        each.checkVisibility()
          ? [
              each.getAttribute('aria-label') ?? '',
              each.childElementCount === 0 ? each.textContent : '',
            ]
          : [],
      )
      .filter((words) => words !== ''),
  );
}

const forms = Object.keys(rowForms) as RowForm[];

test.each(forms)('%s: what the code says of a usual row’s height is what it is', async (form) => {
  for (const row of await show(form)) {
    if (form === 'full' && row.querySelector('.mark')) continue;
    expect(row.offsetHeight).toBe(rowForms[form].height);
  }
});

test('full: a row with more to say than a line holds has another, and cuts no symbol', async () => {
  for (const row of await show('full')) {
    const symbol = row.querySelector('.symbol');
    expect(symbol?.clientWidth).toBeGreaterThan(0);
    expect(symbol?.clientWidth).toBe(symbol?.scrollWidth);
  }
});

test('in the compact form twelve orders are in sight, and more', async () => {
  expect(inSight(await show('full'))).toBeLessThan(7);
  const count = inSight(await show('compact'));
  expect(count).toBeGreaterThanOrEqual(12);
  // All of these come with the first frame.
  expect(count).toBeLessThan(rowForms.compact.firstScreen);
});

test.each(forms)(
  '%s: every button has room for a finger, and none reaches into another',
  async (form) => {
    const boxes = (await show(form)).map((row) =>
      row.querySelector('.cancel')?.getBoundingClientRect(),
    );
    for (const [at, box] of boxes.entries()) {
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
      const above = boxes[at - 1]?.bottom ?? 0;
      expect((box?.top ?? 0) - above).toBeGreaterThanOrEqual(2);
    }
  },
);

test('a screen reader is told the same in both', async () => {
  const compact = await told('compact');
  expect(compact).toEqual(await told('full'));
  expect(compact[3]).toContain('id-3');
});

test('in the compact form numbers give way to the state and are never covered by it', async () => {
  const [row] = await show('compact');
  const status = row?.querySelector('.row-status');
  if (status) status.textContent = 'Accepted, confirming';
  const right = row?.querySelector('.row-numbers')?.getBoundingClientRect().right ?? Infinity;
  expect(right).toBeLessThanOrEqual(status?.getBoundingClientRect().left ?? 0);
});
