import type { Page } from '@playwright/test';

/**
 * From the navigation to the frame in which the popup's list is on the screen with all its rows, in milliseconds of
 * the page's own clock. The worker is warm and the orders are in the view, as after a refresh.
 */
export async function measurePaint(page: Page, rows: number, rounds: number): Promise<number[]> {
  await page.addInitScript((wanted) => {
    const isPainted = () =>
      wanted === 0
        ? document.body?.textContent.includes('No open orders')
        : document.querySelectorAll('[role=listitem]').length >= wanted;
    globalThis.painted = new Promise((resolve) => {
      const look = () => {
        // One frame later than the frame in whose beginning the rows were there: then they have been painted.
        if (isPainted()) requestAnimationFrame(() => resolve(performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  }, rows);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.reload();
    samples.push(await page.evaluate(() => globalThis.painted));
  }
  return samples;
}

declare global {
  var painted: Promise<number>;
}
