import type { Page } from '@playwright/test';
import { now } from '#tests/unit/support/view-world.ts';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import { expectFocusSeen } from '#tests/e2e/support/focus.ts';
import { expectToldWithoutColour } from '#tests/e2e/support/forced-colours.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { expectReflowed } from '#tests/e2e/support/reflow.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { standIn, writeWhole } from '#tests/e2e/support/stand-in.ts';
import { answers } from '#tests/e2e/support/states/answers.ts';
import { optionsStates } from '#tests/e2e/support/states/options-states.ts';
import { popupStates } from '#tests/e2e/support/states/popup-states.ts';
import type { State } from '#tests/e2e/support/states/state.ts';
import { isWritten } from '#tests/e2e/support/written-view.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/**
 * Popup and options page in every state, as the view has it: what axe knows; the user's own colours; a window of 1280 by 1024
 * pixels at 400 %; and for the main states the tree of roles and names, which is kept in `tests/fixtures/trees/`.
 */

/** The pages, as large as they usually are. */
const pages = {
  popup: { url: 'popup.html', size: { width: 400, height: 560 }, states: popupStates },
  options: { url: 'options.html', size: { width: 900, height: 800 }, states: optionsStates },
} as const;

/** What is left of 1280 by 1024 at 400 %. */
const small = { width: 320, height: 256 };

const states = (['popup', 'options'] as const).flatMap((of) =>
  pages[of].states.map((state) => ({
    name: `${of}-${state.name.replaceAll(' ', '-')}`,
    state,
    of,
  })),
);

test('for every eye and ear', async ({ extension }) => {
  const page = await extension.open('manifest.json');
  await expect.poll(() => page.evaluate(isWritten)).toBe(true);
  await standIn(extension, now, answers);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // What shows the time shows that of Greenwich.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' });

  await eachRow(states, async ({ name, state, of }) => {
    const { url, size } = pages[of];
    await page.setViewportSize(size);
    await writeWhole(page, state.view);
    await page.goto(extension.url(url));
    await show(page, state);
    if (state.tree) {
      const tree = await page.locator('body').ariaSnapshot();
      expect(`${tree}\n`).toMatchSnapshot(`${name}.txt`);
    }
    await expectAccessible(page);
    await expectToldWithoutColour(page);
    await expectFocusSeen(page);
    await page.setViewportSize(small);
    await expectReflowed(page, state.brief);
  });
});

async function show(page: Page, { act, says }: State): Promise<void> {
  await ready(page);
  await act?.(page);
  await expect(page.locator('body')).toContainText(says);
}
