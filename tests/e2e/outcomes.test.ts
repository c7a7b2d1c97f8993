import { forTests, type Sandbox } from '#tests/sandbox/sandbox.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import {
  expect,
  faultsOf,
  test,
  testVenues,
  type Listed,
  type TestVenue,
} from '#tests/e2e/support/test.ts';

/** What the user reads after one click, for everything a venue can do with it. */

function quotesIn(text: string | null): string[] {
  // As they stand in JSON.
  return [...(text ?? '').matchAll(/“([^”]*)”/g)].map(([, quote]) =>
    JSON.stringify(quote).slice(1, -1),
  );
}

type Outcome = ReturnType<typeof forTests>['outcomes'][number];

interface Given {
  readonly sandbox: Sandbox;
  readonly listed: Listed;
}

const isRefusal = ({ name }: Outcome) => name.startsWith('refused with ');

async function expectOutcome(
  venue: TestVenue,
  { fault, says, sendings, book }: Outcome,
  { sandbox, listed }: Given,
): Promise<void> {
  const server = sandbox.venues[venue];
  server.faults.clear();
  const { id, row, button } = await listed(venue);
  server.requests.clear();
  faultsOf(sandbox, venue).add('cancel', fault);
  await button.click();
  for (const words of says) await expect(row).toContainText(words);
  // What stands in quotes the venue has said, letter for letter.
  const replies = server.requests.list.map(({ reply }) => reply).join('\n');
  for (const quote of quotesIn(await row.textContent())) expect(replies).toContain(quote);
  await server.book.waitFor(id, book);
  expect(server.requests.of('cancel')).toHaveLength(sendings);
}

for (const venue of testVenues) {
  const { outcomes } = forTests(venue);

  test.describe(venue, () => {
    test.use({ accounts: [venue] });

    // Each is an end of its own, and leaves nothing behind that the next could meet.
    for (const [name, rows] of [
      ['in doubt or not yet', outcomes.filter((each) => !isRefusal(each))],
      ['refused', outcomes.filter(isRefusal)],
    ] as const) {
      test(
        `${name}, for whatever reason`,
        { tag: name === 'refused' ? '@firefox' : [] },
        async ({ sandbox, listed }) => {
          await eachRow(rows, (row) => expectOutcome(venue, row, { sandbox, listed }));
        },
      );
    }
  });
}

/** Each of its own account: what one venue's row leaves, the next does not meet. */
const everywhere: Record<string, (venue: TestVenue, given: Given) => Promise<void>> = {
  'cancelled by somebody else before': async (venue, { sandbox, listed }) => {
    const { hasCoarseClock } = forTests(venue);
    const { id, row, button } = await listed(venue);
    const { book, clock } = sandbox.venues[venue];
    // Longer ago than the venue’s clock is uncertain: within that, nobody can say who was first.
    const ago = hasCoarseClock ? 10_000 : 2000;
    clock.driftBy(-ago);
    book.cancel(id);
    clock.driftBy(ago);
    await button.click();
    await expect(row).toContainText('Already cancelled');
  },
  'filled just before, partly and whole': async (venue, { sandbox, listed }) => {
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
  },
  'a clock that is 8 s off is no trouble': async (venue, { sandbox, listed }) => {
    const { hasCoarseClock } = forTests(venue);
    const server = sandbox.venues[venue];
    server.clock.driftBy(8000);
    const { id, row, button } = await listed(venue);
    // Where stamps are judged strictly the refusal leads to another look at the clock.
    if (!hasCoarseClock) server.clock.driftBy(-16_000);
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(server.book.find(id)?.status).toBe('cancelled');
  },
  'a clock that is set back after it was measured makes no "already cancelled"': async (
    venue,
    { sandbox, listed },
  ) => {
    const { row, button } = await listed(venue);
    sandbox.venues[venue].clock.driftBy(-3000);
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
  },
  'two quick clicks send one request': async (venue, { sandbox, listed }) => {
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
  },
  'a silent repetition by the browser is no "already cancelled"': async (
    venue,
    { sandbox, listed },
  ) => {
    const { repeatedCancel } = forTests(venue);
    const { row, button } = await listed(venue);
    const error = repeatedCancel;
    faultsOf(sandbox, venue).add('cancel', { kind: 'refuse', error, when: 'after-acting' });
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
  },
};

/** A sample. */
const inFirefox = new Set([
  'filled just before, partly and whole',
  'two quick clicks send one request',
]);

test.describe('on every venue', () => {
  test.use({ accounts: testVenues });

  for (const [name, tryOut] of Object.entries(everywhere)) {
    test(name, { tag: inFirefox.has(name) ? '@firefox' : [] }, async ({ sandbox, listed }) => {
      await eachRow(testVenues, (venue) => tryOut(venue, { sandbox, listed }));
    });
  }
});

test('btcturk: a stamp that is refused twice is no refusal of the cancel, if that had acted', async ({
  sandbox,
  listed,
}) => {
  const { row, button } = await listed('btcturk');
  const error = forTests('btcturk').repeatedCancel;
  const faults = faultsOf(sandbox, 'btcturk');
  faults.add('cancel', { kind: 'refuse', error, when: 'after-acting' });
  faults.add('cancel', { kind: 'refuse', error });
  await button.click();
  await expect(row).toContainText(/(?<!Already )Cancelled/);
});

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
