import type { Extension } from '../e2e/support/extension.ts';

/**
 * From the navigation to the frame in which so many of the popup's rows are on the screen, in milliseconds of
 * the page's own clock. The worker is warm and the orders are in the view, as after a refresh.
 */
export async function measurePaint(
  extension: Extension,
  rows: number,
  rounds: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // A page of its own each time: leaving an old one would count as part of the navigation.
    const page = await extension.context.newPage();
    await page.setViewportSize({ width: 400, height: 560 });
    await page.addInitScript(notePaint, rows);
    await page.goto(extension.url('popup.html'));
    samples.push(await page.evaluate(() => globalThis.painted));
    await page.close();
  }
  return samples;
}

/** Runs in the page before anything of its own. */
function notePaint(wanted: number): void {
  const isThere = () =>
    wanted === 0
      ? document.body?.textContent.includes('No open orders')
      : document.querySelectorAll('[role=listitem]').length >= wanted;
  globalThis.painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      // The frame that shows them, and then the first task after it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve(performance.now()));
        port1.start();
        port2.postMessage(undefined);
      });
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

declare global {
  var painted: Promise<number>;
}
