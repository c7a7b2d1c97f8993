import type { Page } from '@playwright/test';
import { now } from '#tests/unit/support/view-world.ts';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import { expectFocusSeen } from '#tests/e2e/support/focus.ts';
import { expectToldWithoutColour } from '#tests/e2e/support/forced-colours.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { expectStill } from '#tests/e2e/support/reduced-motion.ts';
import { expectReflowed } from '#tests/e2e/support/reflow.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { standIn, writeWhole } from '#tests/e2e/support/stand-in.ts';
import { answers } from '#tests/e2e/support/states/answers.ts';
import { lookupId, lookupStates } from '#tests/e2e/support/states/lookup-states.ts';
import { optionsStates } from '#tests/e2e/support/states/options-states.ts';
import { popupStates } from '#tests/e2e/support/states/popup-states.ts';
import type { State } from '#tests/e2e/support/states/state.ts';
import { sayInEnglish } from '#tests/support/say.ts';
import { isWritten } from '#tests/e2e/support/written-view.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/**
 * Each page in every state, as the view has it: what axe knows; nothing that moves where no motion is wanted; windows as small as
 * zoom makes them; the user's own colours; for the main states the tree of roles and names, which is kept in `tests/fixtures/trees/`.
 * In Chromium also the focus at each stop of the keyboard.
 */

/** What is left of 1280 by 1024 pixels at 400 %. */
const small = { width: 320, height: 256 };

/**
 * Of which Firefox's tree is another: between the labels of a plot it tells no spaces, and of screen lock and storage it has its own truth.
 */
const otherInFirefox = new Set(['latency', 'accounts']);

/** `size`: as large as it usually is. */
const pages = [
  { name: 'popup', states: popupStates, size: { width: 400, height: 560 }, zoomed: [small] },
  { name: 'options', states: optionsStates, size: { width: 900, height: 800 }, zoomed: [small] },
  {
    name: 'lookup',
    states: lookupStates,
    size: { width: 440, height: 560 },
    // As it opens, at 200 %.
    zoomed: [small, { width: 220, height: 280 }],
  },
] as const;

for (const { name, states, size, zoomed } of pages) {
  test(
    `${name}: for every eye and ear`,
    { tag: '@firefox' },
    async ({ browserForAll, extension, target }) => {
      const page = await extension.open('manifest.json');
      await expect.poll(() => page.evaluate(isWritten)).toBe(true);
      await standIn(extension, now, answers);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      if (target === 'chromium') await standInGreenwich(page);
      const url = extension.url(`${name}.html`) + (name === 'lookup' ? `#${lookupId}` : '');

      await eachRow(states, async (state) => {
        await page.setViewportSize(size);
        await writeWhole(page, state.view);
        await (page.url() === url ? page.reload() : page.goto(url));
        await show(page, state);
        if (state.tree && (target === 'chromium' || !otherInFirefox.has(state.name))) {
          const tree = await page.locator('body').ariaSnapshot();
          expect(`${tree}\n`).toMatchSnapshot(`${name}-${state.name.replaceAll(' ', '-')}.txt`);
        }
        await expectStill(page);
        await expectAccessible(page);
        await expectToldWithoutColour(page, browserForAll.inChrome);
        // Firefox, driven so, shows the focus in a window in front alone.
        if (target === 'chromium') await expectFocusSeen(page);
        for (const window of [size, ...zoomed]) {
          await page.setViewportSize(window);
          await expectReflowed(page, state.brief);
        }
      });
    },
  );
}

async function show(page: Page, { act, says }: State): Promise<void> {
  await ready(page);
  await act?.(page, sayInEnglish);
  await expect(page.locator('body')).toContainText(says);
}

/** What shows the time shows that of Greenwich. */
async function standInGreenwich(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' });
}
