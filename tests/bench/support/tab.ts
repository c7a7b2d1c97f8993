import type { Connection, Session } from './cdp.ts';
import { run, type Run } from './session.ts';

/** A page as large as the popup. */
export interface Tab {
  readonly session: Session;
  readonly run: Run;
  goTo(url: string): Promise<void>;
  /** Moves the pointer onto the middle of an element and waits until the page has shown that. */
  hover(selector: string): Promise<void>;
  /** Presses and releases the button where the pointer is. */
  press(): Promise<void>;
  click(selector: string): Promise<void>;
  /** A key that writes, or `Backspace`. */
  type(key: string): Promise<void>;
  /** Takes the pointer out of everything. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

const mostTries = 20;
const size = { width: 400, height: 560 };

export interface TabOptions {
  /** Runs in the page before anything of its own. */
  readonly init?: string;
  /** Else it comes to the front of the others, which are hidden then. */
  readonly inOwnWindow?: boolean;
}

export async function openTab(
  connection: Connection,
  url: string,
  { init, inOwnWindow = false }: TabOptions = {},
): Promise<Tab> {
  const { targetId } = await connection.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: inOwnWindow,
  });
  const attached = { targetId, flatten: true };
  const { sessionId } = await connection.send('Target.attachToTarget', attached);
  const session = connection.session(sessionId);
  await session.send('Page.enable');
  const metrics = { ...size, deviceScaleFactor: 1, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  if (init) await session.send('Page.addScriptToEvaluateOnNewDocument', { source: init });
  await session.send('Page.navigate', { url });
  await run(session, isLoaded);

  let pointer = { x: size.width - 1, y: 1 };
  const mouse = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased') => {
    const button = type === 'mouseMoved' ? 'none' : 'left';
    const clicks = type === 'mouseMoved' ? {} : { clickCount: 1 };
    return session.send('Input.dispatchMouseEvent', { type, ...pointer, button, ...clicks });
  };
  const tab: Tab = {
    session,
    run: (task, ...parameters) => run(session, task, ...parameters),
    async goTo(address) {
      await session.send('Page.navigate', { url: address });
      await run(session, isLoaded);
    },
    async hover(selector) {
      await run(session, untilReady);
      // Rows may have moved on the way; under the pointer they stand still.
      for (let tries = 0, isThere = false; !isThere && tries < mostTries; tries++) {
        pointer = await run(session, middleOf, selector);
        await mouse('mouseMoved');
        await run(session, twoFrames);
        isThere = await run(session, isUnder, selector, pointer);
      }
    },
    async press() {
      await mouse('mousePressed');
      // A finger takes longer still: what the press sets off has ended before the click, its frames too.
      await run(session, twoFrames);
      await mouse('mouseReleased');
    },
    async click(selector) {
      await tab.hover(selector);
      await tab.press();
    },
    async type(key) {
      const down = key === 'Backspace' ? { windowsVirtualKeyCode: 8 } : { text: key };
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...down });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    async leave() {
      pointer = { x: size.width - 1, y: 1 };
      await mouse('mouseMoved');
      await run(session, twoFrames);
    },
    async close() {
      await connection.send('Target.closeTarget', { targetId });
    },
  };
  return tab;
}

function isLoaded(): Promise<void> | undefined {
  if (document.readyState === 'complete') return undefined;
  return new Promise((resolve) => {
    addEventListener('load', () => resolve(), { once: true });
  });
}

/** What has just appeared does not act yet: nobody's click is that fast. */
function untilReady(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('[data-fresh]')) setTimeout(look, 5);
      else resolve();
    };
    look();
  });
}

function middleOf(selector: string): { x: number; y: number } {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`nothing is ${selector}`);
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function isUnder(selector: string, { x, y }: { x: number; y: number }): boolean {
  return document.elementFromPoint(x, y)?.closest(selector) instanceof Element;
}

/** Until the second has been drawn: in its callback it would still be to come, and what follows would wait for it. */
function twoFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve());
        port1.start();
        port2.postMessage(undefined);
      }),
    );
  });
}
