import '#components/shared/style.css';
import '#components/orders/order-list.css';
import { h, render } from 'preact';
import { expect, test } from 'vitest';
import { GroupHeader } from '#components/orders/GroupHeader.tsx';
import type { AccountId } from '#lib/domain/account.ts';
import type { Group } from '#lib/page/orders/row.ts';

const now = 1_700_000_000_000;

/** Gives back how much of the label is to be seen. */
function show(label: string, width: number): number {
  const group: Group = {
    account: { id: 'a' as AccountId, venue: 'ripio', label, environment: 'sandbox' },
    reading: { orders: [], readAt: now - 5000, reading: false },
    openOrders: 12,
    rows: [],
    waiting: [],
  };
  document.body.innerHTML = `<div id="root" class="orders" style="width: ${width}px; container-type: inline-size"></div>`;
  const root = document.getElementById('root');
  if (root) render(h(GroupHeader, { group, now, order: 0 }), root);
  return seen('group-label');
}

/** How much of its words is to be seen: 1 for all of it. */
function seen(name: string): number {
  const element = document.querySelector(`.${name}`);
  return element ? element.clientWidth / element.scrollWidth : 0;
}

test.each([
  ['Main', 360],
  ['Hedges of the second desk', 360],
  ['Hedges of the second desk', 300],
  ['Hedges of the desk in São Paulo, no 2', 300],
])('“%s” is whole in %i pixels, whatever else stands there', (label, width) => {
  expect(show(label, width)).toBe(1);
});

/** What gives way, the first first. */
const inTurn = ['group-venue', 'group-count', 'badge', 'group-label'];

test('nothing gives way before what is less needed has', () => {
  const cut = Array.from({ length: 60 }, (_, step) => {
    show('Hedges of the second desk', 700 - 10 * step);
    return inTurn.map((name) => seen(name) < 1);
  });
  for (const each of cut) expect(each).toEqual(each.toSorted((a, b) => Number(b) - Number(a)));
  // And each of them does, some time.
  expect(inTurn.map((_, at) => new Set(cut.map((each) => each[at])).size)).toEqual([2, 2, 2, 2]);
});

test('a label that has no room by itself pushes nothing out of the list', () => {
  show('W'.repeat(60), 300);
  expect(document.querySelector('.group-header')?.scrollWidth).toBeLessThanOrEqual(300);
});
