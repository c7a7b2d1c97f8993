import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { createLookAgain } from '#lib/worker/orders/look-again.ts';

const start = 1_700_000_000_000;
beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

/** What is read, and when, in milliseconds from the beginning; `fails` is asked for each. */
function world(fails: () => boolean = () => false) {
  const read: string[] = [];
  const note = (what: string) => {
    read.push(`${Date.now() - start} ${what}`);
    return Promise.resolve(!fails());
  };
  const looks = createLookAgain({ readOne: note, readAll: () => note('all') });
  const look = (...ids: readonly string[]) => {
    for (const id of ids) looks.look(id as OrderId);
  };
  return { read, look, lookAtAll: () => looks.look(), stop: () => looks.stop() };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('what is told in a moment is read together, each order once', async () => {
  const { read, look } = world();
  look('a', 'b');
  await pass(20);
  look('A');
  await pass(10_000);
  expect(read).toEqual(['50 A', '50 b']);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  { name: 'of more than eight orders', ids: 'abcdefghi'.split(''), all: false },
  { name: 'where any may be meant', ids: ['a'], all: true },
])('$name all are read', async ({ ids, all }) => {
  const { read, look, lookAtAll } = world();
  look(...ids);
  if (all) lookAtAll();
  await pass(10_000);
  expect(read).toEqual(['50 all']);
});

test('however many are told, no more are kept than are read one by one', async () => {
  const kept = vi.spyOn(Map.prototype, 'set');
  const { read, look } = world();
  for (let id = 0; id < 5000; id++) look(`${id}`);
  expect(kept.mock.calls.length).toBeLessThan(20);
  kept.mockRestore();
  await pass(10_000);
  expect(read).toEqual(['50 all']);
});

test('the next reading waits a second, however much is told', async () => {
  const { read, look } = world();
  for (let count = 0; count < 40; count++) {
    look('a');
    await pass(50);
  }
  await pass(10_000);
  expect(read).toEqual(['50 a', '1050 a', '2050 a']);
});

test('where the venue could not be asked all are read, ever later, until it can', async () => {
  let isDown = true;
  const { read, look } = world(() => isDown);
  look('a');
  await pass(200_000);
  isDown = false;
  await pass(600_000);
  expect(read).toEqual([
    '50 a',
    '2050 all',
    '6050 all',
    '14050 all',
    '30050 all',
    '62050 all',
    '122050 all',
    '182050 all',
    '242050 all',
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test('stopped nothing more is read', async () => {
  const { read, look, stop } = world();
  look('a');
  stop();
  look('b');
  await pass(10_000);
  expect(read).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
