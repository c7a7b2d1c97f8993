import type { BrowserContext, CDPSession } from '@playwright/test';
import { until } from './until.ts';

/** The popup under the toolbar button. It is no page to Playwright, so it is spoken to as a debugger does. */
export class RealPopup {
  readonly #browser: CDPSession;
  readonly #sessionId: string;
  readonly #targetId: string;
  #lastId = 0;

  /** The one that is open, or is about to be. */
  static async find(context: BrowserContext): Promise<RealPopup> {
    const browser = await context.browser()?.newBrowserCDPSession();
    if (!browser) throw new Error('no browser');
    const target = await until(async () => {
      const { targetInfos } = await browser.send('Target.getTargets');
      // A popup in a tab is Playwright's.
      return targetInfos.find(({ url, attached }) => url.endsWith('/popup.html') && !attached);
    }, 'popup');
    const { targetId } = target;
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    return new RealPopup(browser, sessionId, targetId);
  }

  private constructor(browser: CDPSession, sessionId: string, targetId: string) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    this.#targetId = targetId;
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId });
    await until(async () => {
      const { targetInfos } = await this.#browser.send('Target.getTargets');
      return targetInfos.every(({ targetId }) => targetId !== this.#targetId) || undefined;
    }, 'end of the popup');
    await this.#browser.detach();
  }

  text(): Promise<string> {
    // The document may still be empty.
    return this.run(() => document.querySelector('body')?.innerText ?? '');
  }

  /** Clicks a button, by its accessible name, as soon as it is there. */
  async click(name: string): Promise<void> {
    await until(async () => (await this.run(clickButton, name)) || undefined, `button ${name}`);
  }

  /** Runs a function there; what it closes over it does not have. */
  async run<Parameter, Result>(
    task: (parameter: Parameter) => Result,
    parameter?: Parameter,
  ): Promise<Awaited<Result>> {
    const id = ++this.#lastId;
    const answered = this.#answer(id);
    const expression = `(${task.toString()})(${JSON.stringify(parameter) ?? ''})`;
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params });
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message });
    return (await answered) as Awaited<Result>;
  }

  #answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const listen = (event: { sessionId: string; message: string }) => {
        if (event.sessionId !== this.#sessionId) return;
        const answer = JSON.parse(event.message) as Answer;
        if (answer.id !== id) return;
        this.#browser.off('Target.receivedMessageFromTarget', listen);
        const problem = answer.error?.message ?? answer.result?.exceptionDetails?.text;
        if (problem !== undefined) reject(new Error(problem));
        else resolve(answer.result?.result.value);
      };
      this.#browser.on('Target.receivedMessageFromTarget', listen);
    });
  }
}

interface Answer {
  readonly id: number;
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly result: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string };
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
