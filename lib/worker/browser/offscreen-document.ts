import browser from 'webextension-polyfill';
import {
  offscreenPage,
  type OffscreenReport,
  type OffscreenTask,
} from '#lib/protocol/offscreen.ts';
import { createTurns } from '#lib/worker/in-turn.ts';

/** A page of the extension's that nobody sees: what it can do that a worker cannot is open a WebSocket to which rules apply. */
export interface OffscreenDocument {
  /** Resolves once it listens. The one that is there, whoever has opened it, goes. */
  open(onReport: (report: OffscreenReport) => void, onEnd: () => void): Promise<OffscreenLine>;
  close(): Promise<void>;
  /** Closes what another life of the worker may have left. */
  closeLeft(): Promise<void>;
  /** The line of one that says it is there. Hung up where none is waited for. */
  take(line: OffscreenLine): void;
}

/** The line that the document has opened to the worker. */
export interface OffscreenLine {
  tell(task: OffscreenTask): void;
  /** `onEnd`: the document has gone. */
  follow(onReport: (report: OffscreenReport) => void, onEnd: () => void): void;
  /** By which the document goes. */
  hangUp(): void;
}

/** What is used of Chrome's API. */
interface Offscreen {
  createDocument(document: {
    url: string;
    reasons: string[];
    justification: string;
  }): Promise<void>;
  closeDocument(): Promise<void>;
}

/** How long it may take to come, in milliseconds. */
const patience = 10_000;

/** Undefined where the browser has no such documents. */
export function findOffscreenDocument(): OffscreenDocument | undefined {
  const { offscreen }: typeof browser & { offscreen?: Offscreen } = browser;
  return offscreen && createOffscreenDocument(offscreen);
}

function createOffscreenDocument(offscreen: Offscreen): OffscreenDocument {
  const inTurn = createTurns();
  let isOwn = false;
  let takeNext: ((line: OffscreenLine) => void) | undefined;

  /** It rejects where there is none. */
  const close = () => offscreen.closeDocument().catch(() => undefined);

  async function open(
    onReport: (report: OffscreenReport) => void,
    onEnd: () => void,
  ): Promise<OffscreenLine> {
    isOwn = true;
    await close();
    const { promise, resolve, reject } = Promise.withResolvers<OffscreenLine>();
    const timer = setTimeout(() => reject(new Error('The offscreen document is silent')), patience);
    takeNext = (line) => {
      takeNext = undefined;
      line.follow(onReport, onEnd);
      resolve(line);
    };
    try {
      const created = offscreen.createDocument({
        url: offscreenPage,
        // None of Chrome's reasons is a WebSocket. This is the nearest: a connection that a worker cannot have.
        reasons: ['WEB_RTC'],
        justification:
          'Opens a WebSocket whose handshake needs headers that a worker cannot have set',
      });
      const [line] = await Promise.all([promise, created]);
      return line;
    } catch (error) {
      await close();
      throw error;
    } finally {
      clearTimeout(timer);
      takeNext = undefined;
    }
  }

  return {
    open: (onReport, onEnd) => inTurn(() => open(onReport, onEnd)),
    close: () => inTurn(close),
    closeLeft: () => inTurn(() => (isOwn ? Promise.resolve() : close())),
    take(line) {
      if (takeNext) takeNext(line);
      else line.hangUp();
    },
  };
}
