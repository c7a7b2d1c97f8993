import {
  backgroundState,
  endWhenIdle,
  processOfExtensions,
} from '#tests/e2e/support/firefox/chrome-scope.ts';
import { id as firefoxId } from '#tests/e2e/support/firefox/extension.ts';
import { expect, test } from '#tests/e2e/support/firefox/test.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';
import { faultsOf, type TestVenue } from '#tests/e2e/support/test.ts';

/**
 * Ways in which Firefox's background ends that Chromium has not: with the process of all extensions, and for idleness, as the browser does
 * it.
 */

test.use({ accounts: ['btcturk', 'ripio', 'habit-trade', 'ztdx'] });

test(
  'killed with its process, or ended for idleness, between two steps of a cancel',
  { tag: '@firefox' },
  async ({ extension, listed, sandbox }) => {
    const { inChrome } = extension;
    const orders = {
      btcturk: await listed('btcturk'),
      ripio: await listed('ripio'),
      'habit-trade': await listed('habit-trade'),
      ztdx: await listed('ztdx'),
    };
    const state = () => inChrome(backgroundState, firefoxId);
    const sent = (venue: TestVenue) => sandbox.venues[venue].requests.of('cancel').length;
    /** Its pages die with it. */
    const kill = async () => {
      process.kill(await inChrome(processOfExtensions, undefined), 'SIGKILL');
      await expect.poll(state).toBe('stopped');
    };
    const reopened = async () => new PopupPage(await extension.open('popup.html'));
    /** Taken by the venue, and not proven yet. */
    const accepted = async (shown: PopupPage, venue: keyof typeof orders) => {
      const fault = { kind: 'accept-then-cancel', delayMs: 1500 } as const;
      faultsOf(sandbox, venue).add('cancel', fault);
      const { id } = orders[venue];
      await shown.cancelButton(id).click();
      await expect(shown.row(id)).toContainText('Accepted, confirming');
    };
    const expectCancelled = async (shown: PopupPage, venue: keyof typeof orders) => {
      const { id } = orders[venue];
      // A row may have left the list by then.
      const history = await shown.showHistory();
      const entries = history.getByRole('listitem').filter({ hasText: id });
      await expect(entries).toHaveCount(1);
      await expect(entries).toContainText(/(?<!Already )Cancelled/);
      expect(sandbox.venues[venue].book.find(id)?.status).toBe('cancelled');
    };

    await test.step('the process, between click and reply', async () => {
      const hold = sandbox.venues.btcturk.faults.hold('cancel', { when: 'after-acting' });
      await orders.btcturk.button.click();
      await hold.arrived;
      await kill();
      hold.release();
      await expectCancelled(await reopened(), 'btcturk');
    });

    await test.step('the process, before the venue acted', async () => {
      const { faults } = sandbox.venues.ripio;
      const shown = await reopened();
      faultsOf(sandbox, 'ripio').add('cancel', { kind: 'drop', when: 'before-acting' });
      const read = faults.hold(forTests('ripio').readsBy);
      await shown.cancelButton(orders.ripio.id).click();
      await read.arrived;
      await kill();
      read.release();
      await expectCancelled(await reopened(), 'ripio');
      expect(sent('ripio')).toBe(2);
    });

    await test.step('the process, between accepted and proof', async () => {
      await accepted(await reopened(), 'habit-trade');
      await kill();
      await expectCancelled(await reopened(), 'habit-trade');
      expect(sent('habit-trade')).toBe(1);
    });

    await test.step('for idleness, once no page of ours is open', async () => {
      await accepted(await reopened(), 'ztdx');
      for (const page of extension.context.pages()) await page.goto('about:blank');
      await inChrome(endWhenIdle, 100);
      await expect.poll(state).toBe('stopped');
      await inChrome(endWhenIdle, 30_000);
      await expectCancelled(await reopened(), 'ztdx');
      expect(sent('ztdx')).toBe(1);
    });
  },
);
