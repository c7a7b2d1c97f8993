import type { BrowserContext, CDPSession } from '@playwright/test';
import { until } from './until.ts';

/** A page of the extension's that is none to Playwright: it is spoken to as a debugger does. */
export class HiddenPage {
  readonly #browser: CDPSession;
  readonly #sessionId: string;
  readonly #targetId: string;
  #lastId = 0;

  /** Attaches to the one that is open, or is about to be. */
  static async attach(context: BrowserContext, name: string): Promise<Attached> {
    const browser = await context.browser()?.newBrowserCDPSession();
    if (!browser) throw new Error('no browser');
    const { targetId } = await until(async () => {
      const { targetInfos } = await browser.send('Target.getTargets');
      // One in a tab is Playwright's.
      return targetInfos.find(({ url, attached }) => url.endsWith(`/${name}`) && !attached);
    }, name);
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    return { browser, sessionId, targetId };
  }

  constructor({ browser, sessionId, targetId }: Attached) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    this.#targetId = targetId;
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId });
    await this.waitForEnd();
    await this.#browser.detach();
  }

  async waitForEnd(): Promise<void> {
    await until(async () => {
      const { targetInfos } = await this.#browser.send('Target.getTargets');
      return targetInfos.every(({ targetId }) => targetId !== this.#targetId) || undefined;
    }, 'end of the page');
  }

  /** Runs a function there; what it closes over it does not have. */
  async run<Parameter, Result>(
    task: (parameter: Parameter) => Result,
    parameter?: Parameter,
  ): Promise<Awaited<Result>> {
    const expression = `(${task.toString()})(${JSON.stringify(parameter) ?? ''})`;
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const answer = await this.#send('Runtime.evaluate', params);
    const problem = answer.result?.exceptionDetails?.text;
    if (problem !== undefined) throw new Error(problem);
    return answer.result?.result?.value as Awaited<Result>;
  }

  /** Every string and every name in its memory, as the debugger sees it. */
  async memory(): Promise<string> {
    const chunks: string[] = [];
    const stop = this.#listen((message) => {
      if (message.method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(message.params.chunk);
    });
    await this.#send('HeapProfiler.takeHeapSnapshot', {});
    stop();
    return chunks.join('');
  }

  async #send(method: string, params: object): Promise<Answer> {
    const id = ++this.#lastId;
    const answered = Promise.withResolvers<Answer>();
    const stop = this.#listen((message) => {
      if (message.id === id) answered.resolve(message);
    });
    // A page that goes before it has answered never will.
    const leave = ({ sessionId }: { sessionId: string }) => {
      if (sessionId === this.#sessionId) answered.reject(new Error('The page has gone'));
    };
    this.#browser.on('Target.detachedFromTarget', leave);
    const message = JSON.stringify({ id, method, params });
    const answer = await this.#browser
      .send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message })
      .then(() => answered.promise)
      .finally(() => {
        stop();
        this.#browser.off('Target.detachedFromTarget', leave);
      });
    if (answer.error) throw new Error(answer.error.message);
    return answer;
  }

  #listen(listener: (message: Answer & Chunk) => void): () => void {
    const listen = (event: { sessionId: string; message: string }) => {
      if (event.sessionId === this.#sessionId) listener(JSON.parse(event.message));
    };
    this.#browser.on('Target.receivedMessageFromTarget', listen);
    return () => this.#browser.off('Target.receivedMessageFromTarget', listen);
  }
}

interface Attached {
  readonly browser: CDPSession;
  readonly sessionId: string;
  readonly targetId: string;
}

interface Answer {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string };
  };
}

interface Chunk {
  readonly method?: string;
  readonly params: { readonly chunk: string };
}
