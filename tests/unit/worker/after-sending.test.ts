import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendingTime } from '#lib/domain/sending-time.ts';
import { afterSending } from '#lib/worker/after-sending.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what must not compete with a request waits until it is out, and can be called off', () => {
  const [done, calledOff] = [vi.fn(), vi.fn()];
  afterSending(done);
  clearTimeout(afterSending(calledOff));
  vi.advanceTimersByTime(sendingTime - 1);
  expect(done).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(done).toHaveBeenCalledOnce();
  expect(calledOff).not.toHaveBeenCalled();
});
