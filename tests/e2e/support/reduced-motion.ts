import { expect, type Page } from '@playwright/test';

/** Nothing turns, glides or grows where the user wants no motion: what changes by itself is how bright it is, and its colour. */
export async function expectStill(page: Page): Promise<void> {
  expect(await page.evaluate(motions), 'what moves').toEqual([]);
}

/** Runs in the page. */
function motions(): string[] {
  const found: string[] = [];
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) found.push('motion is wanted');
  const ofTheFrame = /^(offset|computedOffset|easing|composite)$/;
  const withoutMotion = /^(opacity|pointerEvents|color|background.*|boxShadow)$/;
  for (const { effect } of document.getAnimations()) {
    if (!(effect instanceof KeyframeEffect)) continue;
    const changed = new Set(effect.getKeyframes().flatMap(Object.keys));
    const moving = [...changed].filter(
      (each) => !ofTheFrame.test(each) && !withoutMotion.test(each),
    );
    const of = `${effect.target?.className}${effect.pseudoElement ?? ''}`;
    if (moving.length > 0) found.push(`${of} moves: ${moving.join(', ')}`);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const part of ['', '::before', '::after']) {
      const { transitionDuration } = getComputedStyle(element, part);
      if (/[1-9]/.test(transitionDuration)) {
        found.push(`${element.tagName}.${element.className}${part} glides: ${transitionDuration}`);
      }
    }
  }
  return found;
}
