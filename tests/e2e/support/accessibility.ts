import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No fault of accessibility that axe knows, in the light; and in the dark none of colours: nothing else hangs on that. */
export async function expectAccessible(
  page: Page,
  look: (colorScheme: 'light' | 'dark') => Promise<void> = async () => {},
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await look(colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // How to find what is right is not worked out: that takes longest.
    axe.options({ resultTypes: ['violations'] });
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(found, `in the ${colorScheme}`).toEqual([]);
  }
}
