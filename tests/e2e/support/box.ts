import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';

/** Where a part stands, in CSS pixels; waits until it stands somewhere, as a row that is being drawn anew does not. */
export async function boxOf(part: Locator) {
  let box: Awaited<ReturnType<Locator['boundingBox']>> = null;
  await expect(async () => {
    box = await part.boundingBox();
    expect(box).not.toBeNull();
  }).toPass();
  if (!box) throw new Error('it stands nowhere');
  return box as { x: number; y: number; width: number; height: number };
}
