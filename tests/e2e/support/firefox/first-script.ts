import type { Disposable } from '@playwright/test';
import type { Chrome } from './chrome-scope.ts';

declare global {
  /** Where Firefox's own scripts run. */
  const Cu: {
    Sandbox(principal: Window, options: object): object;
    evalInSandbox(script: string, sandbox: object): void;
  };
}

/** Has a script run in each page of the extension before those of the page: WebDriver runs none there. */
export async function addFirstScript(
  inChrome: Chrome,
  origin: string,
  script: (given: never) => void,
  given: unknown,
): Promise<Disposable> {
  // By `with` each name is that of the page, not of the place where the script runs.
  const call = `with (window) (${String(script)})(${JSON.stringify(given) ?? ''})`;
  const inFrames = `(${String(runInPagesOf)})(${JSON.stringify(origin)}, ${JSON.stringify(call)})`;
  const url = `data:,${encodeURIComponent(inFrames)}`;
  await inChrome(addToTabs, url);
  const dispose = () => inChrome(takeFromNewTabs, url);
  return { dispose, [Symbol.asyncDispose]: dispose };
}

/* What follows runs in Firefox's own window. */

function addToTabs(url: string): void {
  Services.mm.loadFrameScript(url, true);
}

function takeFromNewTabs(url: string): void {
  Services.mm.removeDelayedFrameScript(url);
}

/* What follows runs beside the pages of a tab. */

function runInPagesOf(origin: string, call: string): void {
  const isNew = 'DOMDocElementInserted';
  addEventListener(
    isNew,
    ({ target }) => {
      const window = (target as Document).defaultView;
      if (window?.origin !== origin) return;
      const options = { sandboxPrototype: window, wantXrays: false };
      Cu.evalInSandbox(call, Cu.Sandbox(window, options));
    },
    true,
  );
}
