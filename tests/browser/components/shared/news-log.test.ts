import '#components/shared/style.css';
import { h, render } from 'preact';
import { expect, test } from 'vitest';
import { NewsLog } from '#components/shared/NewsLog.tsx';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    id: from + index,
    words: `Order ${from + index}: Cancelled`,
  }));

function show(from: number, to: number): void {
  render(h(NewsLog, { lines: lines(from, to) }), document.body);
}

test('the log is there before anything is told, and what comes is added, each line once and in order', async () => {
  show(1, 0);
  const log = document.querySelector('[role=log]');
  // A region that only comes with its words is not told of.
  expect(log?.checkVisibility({ visibilityProperty: true })).toBe(true);
  const heard: (string | null)[] = [];
  const observer = new MutationObserver((changes) => {
    for (const { type, addedNodes } of changes) {
      expect(type).toBe('childList');
      heard.push(...Array.from(addedNodes, (node) => node.textContent));
    }
  });
  if (log) observer.observe(log, { subtree: true, childList: true, characterData: true });
  show(1, 1);
  show(1, 20);
  // Older lines go.
  show(11, 30);
  await Promise.resolve();
  expect(heard).toEqual(lines(1, 30).map(({ words }) => words));
});
