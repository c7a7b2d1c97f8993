import type { BrowserContext } from '@playwright/test';
import { HiddenPage } from './hidden-page.ts';
import { until } from './until.ts';

/** The popup under the toolbar button. */
export class RealPopup extends HiddenPage {
  /** The one that is open, or is about to be. */
  static async find(context: BrowserContext): Promise<RealPopup> {
    return new RealPopup(await HiddenPage.attach(context, 'popup.html'));
  }

  text(): Promise<string> {
    // The document may still be empty.
    return this.run(() => document.querySelector('body')?.innerText ?? '');
  }

  /** Clicks a button, by its accessible name, as soon as it is there. */
  async click(name: string): Promise<void> {
    await until(async () => (await this.run(clickButton, name)) || undefined, `button ${name}`);
  }
}

function clickButton(name: string): boolean {
  // Where it has just appeared nothing acts.
  if (document.querySelector('[data-fresh]')) return false;
  const button = [...document.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.innerText).trim() === name,
  );
  button?.click();
  return button !== undefined;
}
