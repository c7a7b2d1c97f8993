import { closePopup, closeSidebar, runWhereHidden } from '#tests/e2e/support/firefox/own-window.ts';
import type { Chrome } from '#tests/e2e/support/firefox/chrome-scope.ts';
import type { OwnExtension } from './extension.ts';
import { HiddenPage } from './hidden-page.ts';
import type { Place } from './screen.ts';
import { until } from './until.ts';

/** How it is reached: Firefox has no debugger to ask, and nobody else is let in. */
type Reached = Pick<HiddenPage, 'run' | 'close'>;

/** The popup under the toolbar button. */
export class RealPopup {
  /** The one that is open, or is about to be. */
  static async find({ context, inChrome }: OwnExtension): Promise<RealPopup> {
    return new RealPopup(
      inChrome
        ? inFirefox(inChrome, 'popup.html', closePopup)
        : new HiddenPage(await HiddenPage.attach(context, 'popup.html')),
    );
  }

  /** The same in Firefox's sidebar. */
  static inSidebar(inChrome: Chrome): RealPopup {
    return new RealPopup(inFirefox(inChrome, 'popup.html?panel', closeSidebar));
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

  /** Where a button or a field lies on the screen, by its accessible name, as soon as it may be pressed; in Firefox. */
  place(name: string): Promise<Place> {
    return until(async () => (await this.run(buttonPlace, name)) ?? undefined, `place of ${name}`);
  }

  /** Clicks a button, by its accessible name, as soon as it is there. */
  async click(name: string): Promise<void> {
    await until(async () => (await this.run(clickButton, name)) || undefined, `button ${name}`);
  }
}

function inFirefox(
  inChrome: Chrome,
  page: 'popup.html' | 'popup.html?panel',
  close: () => void,
): Reached {
  return {
    async run(task, parameter) {
      const call = `(${String(task)})(${JSON.stringify(parameter) ?? ''})`;
      const look = async () => (await inChrome(runWhereHidden, { page, call })) ?? undefined;
      return JSON.parse(await until(look, page));
    },
    close: () => inChrome(close, undefined),
  };
}

/** In Firefox, on the screen, once it may be pressed. */
function buttonPlace(name: string): Place | null {
  const { mozInnerScreenX: left = 0, mozInnerScreenY: top = 0 } =
    document.defaultView as unknown as Record<string, number>;
  const named = document.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input');
  const button = [...named].find((each) => {
    const label = each.getAttribute('aria-label') ?? each.labels?.[0]?.innerText;
    return (label ?? each.innerText).trim() === name;
  });
  if (!button || document.querySelector('[data-fresh]')) return null;
  const { x, y, width, height } = button.getBoundingClientRect();
  return { x: left + x, y: top + y, width, height };
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
