import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { venueIds } from '#lib/domain/venue-id.ts';
import { rateLimited } from '#lib/venues/failure.ts';
import { toldWait } from '#lib/venues/told-wait.ts';
import { socket } from '#lib/venues/ox-fun/socket.ts';
import { venues } from '#lib/venues/venues.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';

const now = 1_764_062_040_000;
const reply: WireReply = { status: 429, text: '', receivedAt: now };

test.each<[string, number | undefined]>([
  [
    'Way too much request weight used; IP banned until 1764062047113. Please use the websocket',
    7113,
  ],
  ['IP banned until 1764062047', 7000],
  ['banned until 1764062047113000 (µs)', 7113],
  ['banned until: 2025-11-25T09:14:07.113Z', 7113],
  ['Blocked until 2025-11-25 09:14:07', 7000],
  ['Blocked until 2025-11-25 09:14:07 UTC', 7000],
  ['Blocked until 2025-11-25T12:14:07+03:00', 7000],
  ['Blocked until 2025-11-25 12:14:07 +0300', 7000],
  ['Blocked until Tue, 25 Nov 2025 09:14:07 GMT', 7000],
  ['Quota exceeded. Maximum allowed: 120 per 1m. [Please try again in 7 second(s).]', 7000],
  ['Please try again in 7 seconds', 7000],
  ['try again in 1.5 s', 1500],
  ['Please wait 250ms before the next request', 250],
  ['You are banned for 2 minutes', 120_000],
  ['Please try again in 1 minute and 5 seconds', 65_000],
  ['try again in 1m 5s', 65_000],
  ['try again in a minute', 60_000],
  ['retry after 3', 3000],
  ['Retry-After: 3', 3000],
  // No wait is told.
  ['Too many requests; current limit is 2400 per minute.', undefined],
  ['Too many requests; current limit of IP(1.2.3.4) is 2400 requests per minute.', undefined],
  ['Please wait. The limit is 10 requests in 1 second', undefined],
  ['TOO_MANY_REQUESTS', undefined],
  ['', undefined],
  // Long over: whoever says so says nothing of how long to wait.
  ['IP banned until 1764062030000', undefined],
  ['retry after 1764062030', undefined],
  // Over while the reply was under way.
  ['IP banned until 1764062039990', 0],
])('%j: %s ms', (words, expected) => {
  expect(toldWait(reply, words)).toBe(expected);
});

test.each<[Partial<WireReply>, string, number | undefined]>([
  [{ retryAfter: 3 }, '', 3000],
  [{ retryAfter: 0 }, '', 0],
  [{ retryAt: now + 4000 }, '', 4000],
  [{ retryAt: now - 86_400_000 }, '', undefined],
  // The header is rounded to whole seconds; the words are exact.
  [{ retryAfter: 8 }, 'banned until 1764062047113', 7113],
  [{ retryAfter: 7 }, 'banned until 1764062047113', 7113],
  // They mean different things: the longer of the two.
  [{ retryAfter: 120 }, 'banned until 1764062047113', 120_000],
  [{ retryAfter: 1 }, 'banned until 1764062047113', 7113],
])('header %o and words %j: %s ms', (header, words, expected) => {
  expect(toldWait({ ...reply, ...header }, words)).toBe(expected);
});

test('a moment tells nothing where the venue’s time is not known', () => {
  expect(toldWait({ status: 429, text: '', retryAt: now }, 'until 1764062047113')).toBeUndefined();
});

test('a wait of days is cut at one day', () => {
  expect(rateLimited({ ...reply, retryAfter: 1e9 }, { limit: 1000 }, {}, undefined)).toMatchObject({
    retryAfter: 86_400_000,
  });
});

const order = { orderId: '26947521557' as OrderId, symbol: 'BTCUSDT' };

describe.each(venueIds)('%s', (id) => {
  const { banned } = forTests(id).samples;
  const read = (wire: Partial<WireReply>): unknown =>
    venues[id].cancel.read({ ...reply, ...wire }, order);

  test.each<[number, string, number]>([
    [418, 'Way too much request weight used; IP banned until 1764062047113.', 7113],
    [429, 'Way too much request weight used; IP banned until 1764062047113.', 7113],
    [403, 'Way too much request weight used; IP banned until 1764062047113.', 7113],
    [429, 'Too many requests. Please try again in 7 seconds.', 7000],
    [400, 'Too many requests. Please try again in 7 seconds.', 7000],
  ])('%i %j waits %i ms', (status, message, expected) => {
    expect(read({ status, text: JSON.stringify(banned(message)) })).toMatchObject({
      kind: 'rate-limited',
      retryAfter: expected,
    });
  });

  test('a date in the header is a moment by the venue’s clock', () => {
    expect(read({ retryAt: now + 4000 })).toMatchObject({ retryAfter: 4000 });
  });

  test('a text that is no JSON is read too, a page is not', () => {
    expect(read({ text: 'Slow down, try again in 7 s' })).toMatchObject({ retryAfter: 7000 });
    const page = read({ text: '<html>try again in 7 s</html>' });
    expect(page).toMatchObject({ kind: 'rate-limited' });
    expect(page).not.toMatchObject({ retryAfter: 7000 });
  });

  test('a ban without a moment is waited out for a minute at least', () => {
    expect(read({ status: 418 })).toMatchObject({
      kind: 'rate-limited',
      retryAfter: ['binance', 'ztdx'].includes(id) ? 120_000 : 60_000,
    });
  });

  test('an error inside stays unknown, whatever its words are', () => {
    const text = JSON.stringify(banned('Too many requests. Please try again in 7 seconds.'));
    expect(read({ status: 503, text })).toMatchObject({ kind: 'unknown' });
  });
});

test('BtcTurk tells the wait in details', () => {
  const text = JSON.stringify({
    message: 'TOO_MANY_REQUESTS',
    success: false,
    code: 429,
    details: 'Quota exceeded. Maximum allowed: 120 per 1m. [Please try again in 7 second(s).]',
  });
  expect(venues.btcturk.cancel.read({ ...reply, text }, order)).toMatchObject({ retryAfter: 7000 });
});

test('on OX.FUN’s WebSocket a moment is told by the venue’s clock too', () => {
  const text = JSON.stringify({
    event: 'cancelorder',
    submitted: false,
    tag: 'c1',
    code: '20007',
    message: 'Too fast; banned until 1764062047113',
    data: { orderId: '1', marketCode: 'BTC-USD-SWAP-LIN' },
  });
  expect(socket.read(text, now)).toMatchObject({
    kind: 'reply',
    reply: { kind: 'rate-limited', retryAfter: 7113 },
  });
});
