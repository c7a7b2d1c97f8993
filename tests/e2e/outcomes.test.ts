import type { Fault } from '../sandbox/shared/faults.ts';
import { expect, faultsOf, test, type TestError, type TestVenue } from './support/test.ts';

/** What the user reads after one click, for everything a venue can do with it. */

interface Case {
  readonly name: string;
  readonly fault: Fault<TestError>;
  /** The state's words, and whatever else the row must say. */
  readonly says: readonly (string | RegExp)[];
  /** Requests to cancel that reach the venue. */
  readonly sendings: number;
  readonly book: 'open' | 'cancelled' | 'filled';
}

const cancelled = (name: string, fault: Fault<TestError>, sendings: number): Case => ({
  name,
  fault,
  says: [/(?<!Already )Cancelled/i],
  sendings,
  book: 'cancelled',
});

const refused = (error: TestError, ...says: (string | RegExp)[]): Case => ({
  name: `refused with ${error}`,
  fault: { kind: 'refuse', error },
  says: [/Refused:/, ...says],
  sendings: 1,
  book: 'open',
});

/** In doubt or not yet: the truth is found out, and the order is gone in the end. */
const settled: readonly Case[] = [
  cancelled('no answer, before acting', { kind: 'drop', when: 'before-acting' }, 2),
  cancelled('no answer, after acting', { kind: 'drop', when: 'after-acting' }, 1),
  cancelled('garbage, before acting', { kind: 'garbage', when: 'before-acting' }, 2),
  cancelled('garbage, after acting', { kind: 'garbage', when: 'after-acting' }, 1),
  cancelled('an HTML page, before acting', { kind: 'html', when: 'before-acting' }, 2),
  cancelled('an HTML page, after acting', { kind: 'html', when: 'after-acting' }, 1),
  cancelled('nothing, before acting', { kind: 'empty', when: 'before-acting' }, 2),
  cancelled('nothing, after acting', { kind: 'empty', when: 'after-acting' }, 1),
  cancelled('500, before acting', { kind: 'status', status: 500, when: 'before-acting' }, 2),
  cancelled('500, after acting', { kind: 'status', status: 500, when: 'after-acting' }, 1),
  cancelled('accepted, cancelled later', { kind: 'accept-then-cancel', delayMs: 300 }, 1),
  cancelled('slow', { kind: 'delay', ms: 300 }, 1),
  cancelled('429 for a second', { kind: 'rate-limit', seconds: 1 }, 2),
];

const filled: Case = {
  name: 'accepted, then filled',
  fault: { kind: 'accept-then-fill', delayMs: 100 },
  says: ['Already filled', /filled 0\.\d+ of 0\.\d+/],
  sendings: 1,
  book: 'filled',
};

const cases: Record<TestVenue, readonly Case[]> = {
  btcturk: [
    ...settled,
    filled,
    cancelled('redirected', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 2),
    cancelled('503', { kind: 'refuse', error: '503' }, 2),
    cancelled(
      'unknown, though it is open',
      { kind: 'refuse', error: 'NO_ORDER_MATCHES_YOUR_REQUEST' },
      2,
    ),
    cancelled(
      'a nonce that is invalid once',
      { kind: 'refuse', error: 'Unauthorized - Invalid Nonce' },
      2,
    ),
    refused('ORDER_COULD_NOT_BE_CANCELED', 'ORDER_COULD_NOT_BE_CANCELED', 'still open'),
    refused('ORDER_CANCEL_BLOCKED', 'ORDER_CANCEL_BLOCKED', 'maintenance'),
    refused('Unauthorized - Invalid Request', 'Invalid Request', 'secret is wrong'),
    refused('Unauthorized - Headers are missing', 'Headers are missing'),
    refused('Invalid Signature', 'Invalid Signature', 'secret is wrong'),
    refused('Invalid Public/Private key', 'Invalid Public/Private key', 'API key'),
    refused('bare-401', 'HTTP 401', 'without saying why'),
    refused('404', 'HTTP 404'),
    refused('405', 'HTTP 405'),
  ],
  ripio: [
    ...settled,
    filled,
    ...(['50000', '50001', '50002', '50003', '503'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '40400' }, 2),
    cancelled('42900', { kind: 'refuse', error: '42900' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: 'Invalid timestamp' }, 2),
    refused('40000', 'Invalid parameters', '40000'),
    refused('40090', 'Unsupported operation', '40090'),
    refused('40100', 'Not authorized'),
    refused('Invalid token', 'Invalid token', 'API key'),
    refused('Invalid signature', 'Invalid signature', 'secret is wrong'),
    refused('Blocked token', 'Blocked token'),
    refused('40300', 'Forbidden', 'right is not ticked'),
    refused('html-404', 'HTTP 404'),
  ],
};

for (const [venue, rows] of Object.entries(cases) as [TestVenue, readonly Case[]][]) {
  for (const { name, fault, says, sendings, book } of rows) {
    test(`${venue}: ${name}`, async ({ sandbox, listed }) => {
      const server = sandbox.venues[venue];
      const { id, row, button } = await listed(venue);
      faultsOf(sandbox, venue).add('cancel', fault);
      await button.click();
      for (const words of says) await expect(row).toContainText(words);
      await server.book.waitFor(id, book);
      expect(server.requests.of('cancel')).toHaveLength(sendings);
    });
  }

  test(`${venue}: cancelled by somebody else just before`, async ({ sandbox, listed }) => {
    const { id, row, button } = await listed(venue);
    sandbox.venues[venue].book.cancel(id);
    await button.click();
    await expect(row).toContainText('Already cancelled');
  });

  test(`${venue}: filled just before, partly and whole`, async ({ sandbox, listed }) => {
    const { book } = sandbox.venues[venue];
    const whole = await listed(venue, { quantity: '0.3' });
    const part = await listed(venue, { quantity: '0.4' });
    book.fill(whole.id);
    book.fill(part.id, '0.15');
    await whole.button.click();
    await part.button.click();
    await expect(whole.row).toContainText('Already filled');
    await expect(whole.row).toContainText('filled 0.3 of 0.3');
    await expect(part.row).toContainText(/(?<!Already )Cancelled/);
    await expect(part.row).toContainText('filled 0.15 of 0.4');
  });

  test(`${venue}: a clock that is 8 s off is set right by itself`, async ({ sandbox, listed }) => {
    const server = sandbox.venues[venue];
    server.clock.driftBy(8000);
    const { id, row, button } = await listed(venue);
    server.clock.driftBy(-16_000);
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(server.book.find(id)?.status).toBe('cancelled');
  });

  test(`${venue}: two quick clicks send one request`, async ({ sandbox, listed }) => {
    const server = sandbox.venues[venue];
    const { row, button } = await listed(venue);
    const hold = server.faults.hold('cancel');
    await button.evaluate((element: HTMLButtonElement) => {
      element.click();
      element.click();
    });
    await hold.arrived;
    await expect(row).toContainText('Cancelling');
    hold.release();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(server.requests.of('cancel')).toHaveLength(1);
  });

  test(`${venue}: a silent repetition by the browser is no "already cancelled"`, async ({
    sandbox,
    listed,
  }) => {
    const { row, button } = await listed(venue);
    // What the second of two equal requests is told, when the first has acted and its answer was lost.
    const error = venue === 'ripio' ? '40020' : 'Unauthorized - Invalid Nonce';
    faultsOf(sandbox, venue).add('cancel', { kind: 'refuse', error, when: 'after-acting' });
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
  });
}

test('ripio: a time that stays invalid is refused with the clock as its reason', async ({
  sandbox,
  listed,
}) => {
  const { row, button } = await listed('ripio');
  const fault = { kind: 'refuse', error: 'Invalid timestamp' } as const;
  sandbox.venues.ripio.faults.add('cancel', fault, { times: 2 });
  await button.click();
  await expect(row).toContainText('Refused: Invalid timestamp');
  await expect(row).toContainText('clock');
});
