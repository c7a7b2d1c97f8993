import { closePopup, runInPopup } from '#tests/e2e/support/firefox/own-window.ts';
import type { OwnExtension } from './extension.ts';
import { HiddenPage } from './hidden-page.ts';
import { until } from './until.ts';

/** How it is reached: Firefox has no debugger to ask, and nobody else is let in. */
type Reached = Pick<HiddenPage, 'run' | 'close'>;

/** The popup under the toolbar button. */
export class RealPopup {
  /** The one that is open, or is about to be. */
  static async find({ context, inChrome }: OwnExtension): Promise<RealPopup> {
    return new RealPopup(
      inChrome
        ? inFirefox(inChrome)
        : new HiddenPage(await HiddenPage.attach(context, 'popup.html')),
    );
  }

  readonly #page: Reached;
  readonly run: Reached['run'];
  constructor(page: Reached) {
    this.#page = page;
    this.run = page.run.bind(page);
  }

  close(): Promise<void> {
    return this.#page.close();
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

function inFirefox(inChrome: NonNullable<OwnExtension['inChrome']>): Reached {
  return {
    async run(task, parameter) {
      const call = `(${String(task)})(${JSON.stringify(parameter) ?? ''})`;
      const look = async () => (await inChrome(runInPopup, call)) ?? undefined;
      return JSON.parse(await until(look, 'popup'));
    },
    close: () => inChrome(closePopup, undefined),
  };
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
