import type { Page } from '@playwright/test';
import { expect, faultsOf, test } from '#tests/e2e/support/test.ts';

/** A wish that nobody was there to carry on is not sent by itself: the user is asked. */

test.use({ accounts: ['ripio'] });

/** The machine has slept for so long: the clock leaps, timers go on where they stood. */
async function sleep(page: Page, milliseconds: number): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate((leap) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + leap;
  }, milliseconds);
}

for (const word of ['Cancel it', 'Leave it open'] as const) {
  test(`asleep while it waited to be sent: “${word}”`, async ({ sandbox, listed, popup }) => {
    const { id, row, button } = await listed('ripio');
    const { book, limits, requests } = sandbox.venues.ripio;
    faultsOf(sandbox, 'ripio').add('cancel', { kind: 'rate-limit', seconds: 3 });
    await button.click();
    await expect(row).toContainText('Waiting: Ripio Trade asks for');
    await sleep(popup.page, 120_000);
    await expect(row).toContainText('Still open: asked too long ago');
    const note = popup.page.getByRole('alert').filter({ hasText: '1 cancel was not finished' });
    await expect(note).toBeVisible();
    expect(requests.of('cancel')).toHaveLength(1);
    expect(book.find(id)?.status).toBe('open');

    limits.reset();
    await note.getByRole('button', { name: word }).click();
    await expect(note).toBeHidden();
    if (word === 'Cancel it') {
      await expect(row).toContainText('Cancelled');
      expect(book.find(id)?.status).toBe('cancelled');
    } else {
      await expect(row).not.toContainText('asked too long ago');
      expect(requests.of('cancel')).toHaveLength(1);
    }
  });
}
