import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLane, type Leave } from '#lib/worker/lanes/lane.ts';
import type { Holds } from '#lib/domain/waiting.ts';

/** How far a venue's word to wait is believed, and what stands above it. */

const start = 1_700_000_000_000;
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const day = 86_400_000;

function told(retryAfter: number, longestWait?: number) {
  const held: Holds[] = [];
  const lane = createLane([], undefined, (holds) => held.push(holds), longestWait);
  const asked: number[] = [];
  const answers: Leave[] = [];
  async function note() {
    answers.push(await lane.enter('list', () => true));
    asked.push(Date.now() - start);
  }
  lane.onDoubt(() => {
    void note();
  });
  lane.holdBack('cancel', retryAfter, start);
  const gone: number[] = [];
  void lane.enter('cancel').then(() => gone.push(Date.now() - start));
  return { lane, asked, answers, gone, held };
}

describe('the venue’s word to wait is doubted where it is longer than it ever is', () => {
  test('as told, where it is no longer than that', async () => {
    const { asked, gone } = told(300_000);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toEqual([]);
    expect(gone).toEqual([300_000]);
  });

  test('after that one reading a minute asks whether it still means it', async () => {
    const { asked, gone } = told(day);
    await vi.advanceTimersByTimeAsync(500_000);
    expect(asked).toEqual([300_000, 360_000, 420_000, 480_000]);
    expect(gone).toEqual([]);
  });

  test('sooner where its documents know of no wait so long', async () => {
    const { asked } = told(day, 60_000);
    await vi.advanceTimersByTimeAsync(130_000);
    expect(asked).toEqual([60_000, 120_000]);
  });

  test('answered, all that waits goes at once', async () => {
    const { answers, gone, held } = told(day);
    await vi.advanceTimersByTimeAsync(310_000);
    answers[0]?.(true, true);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual([310_000]);
    expect(held.at(-1)).toEqual({ cancels: 0, reads: 0 });
  });

  test('told to wait once more, it goes on waiting', async () => {
    const { lane, answers, gone } = told(day);
    await vi.advanceTimersByTimeAsync(310_000);
    lane.holdBack('read', day, Date.now());
    answers[0]?.(true, false);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(gone).toEqual([]);
  });

  test('an answer to what was sent before it asked to wait lifts nothing', async () => {
    const lane = createLane();
    const leave = await lane.enter('read');
    lane.holdBack('cancel', 8000, start);
    leave(true, true);
    expect(lane.told('cancel', start)).toBe(8000);
  });
});

describe('the user has the last word', () => {
  test('what is forced goes at once, the others wait on', async () => {
    const lane = createLane();
    lane.holdBack('cancel', 60_000, start);
    const gone: string[] = [];
    let isForced = false;
    void lane.enter('cancel').then(() => gone.push('other'));
    void lane
      .enter('cancel', undefined, { isForced: () => isForced })
      .then(() => gone.push('forced'));
    await vi.advanceTimersByTimeAsync(100);
    expect(gone).toEqual([]);
    isForced = true;
    lane.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual(['forced']);
  });

  test('answered in spite of the word to wait, all goes', async () => {
    const lane = createLane();
    lane.holdBack('cancel', 60_000, start);
    const gone: string[] = [];
    void lane.enter('cancel').then(() => gone.push('other'));
    const leave = await lane.enter('cancel', undefined, { isForced: () => true });
    leave(true, true);
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual(['other']);
  });
});

test('stopped, a lane lets nothing go any more, and asks nothing', async () => {
  const { lane, asked, gone } = told(86_400_000);
  lane.stop();
  await vi.advanceTimersByTimeAsync(700_000);
  expect(asked).toEqual([]);
  expect(gone).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
