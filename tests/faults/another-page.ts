import type { Machine } from './machine.ts';
import { startTimer } from './time.ts';

/** What else of the extension may have the database open. */

/** A page of the next version: whoever uses it as it was is told to let it go. */
export function takeOver({ factory, updates }: Machine): void {
  const opening = factory.open('pullcord', versionNow(updates) + 1);
  opening.addEventListener('success', () => opening.result.close());
}

/** As it is, for so long, and hears nothing of a later version that wants it. */
export function hold({ factory, updates }: Machine, milliseconds: number): void {
  const opening = factory.open('pullcord', versionNow(updates));
  opening.addEventListener('success', () => {
    startTimer(() => opening.result.close(), milliseconds);
  });
}

/** That of the code, and what each update has added. */
const versionNow = (updates: number): number => 3 + updates;
