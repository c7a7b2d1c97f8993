import type { OffscreenReport, OffscreenTask } from '#lib/protocol/offscreen.ts';
import type { HandshakeRule } from '#lib/worker/browser/handshake-rule.ts';
import type { OffscreenDocument, OffscreenLine } from '#lib/worker/browser/offscreen-document.ts';
import { createTurns } from '#lib/worker/in-turn.ts';
import type { Socket, SocketEvents, Transport } from './transport.ts';

export interface SocketsWithHeaders {
  readonly open: NonNullable<Transport['openSocketWithHeaders']>;
  /** Takes away what an earlier life of the worker may have left. */
  clearLeft(): Promise<void>;
}

interface Needs {
  readonly document: Omit<OffscreenDocument, 'take'>;
  readonly rule: HandshakeRule;
}

/** One that is not closed, or is about to be: `over`. */
interface Entry {
  readonly events: SocketEvents;
  state: 'waiting' | 'shaking-hands' | 'open' | 'over';
  /** Its handshake has come to an end, whichever. */
  readonly settled: PromiseWithResolvers<void>;
}

/** How long a handshake may take, in milliseconds: no longer is there a rule. */
const patience = 10_000;

/**
 * WebSockets with headers of their handshake, which neither a page nor a worker can set: the offscreen document opens them while
 * a rule of the browser's adds the headers. One handshake after the other, since a rule knows a WebSocket by its address alone,
 * and two accounts may have the same. The document is there as long as any of them is.
 */
export function createSocketsWithHeaders({ document, rule }: Needs): SocketsWithHeaders {
  const inTurn = createTurns();
  const entries = new Map<number, Entry>();
  let line: Promise<OffscreenLine> | undefined;
  let last = 0;

  function reach(): Promise<OffscreenLine> {
    if (line) return line;
    const own = document.open(hear, () => {
      if (line === own) lose();
    });
    line = own;
    return own;
  }

  /** The document has gone, and all that it had opened. */
  function lose(): void {
    line = undefined;
    for (const [id, { state }] of entries) if (state !== 'waiting') end(id);
  }

  function hear({ socket: id, ...report }: OffscreenReport): void {
    const entry = entries.get(id);
    if (!entry) return;
    switch (report.kind) {
      case 'open':
        if (entry.state !== 'shaking-hands') return;
        entry.state = 'open';
        entry.settled.resolve();
        entry.events.onOpen();
        break;
      case 'frame':
        if (entry.state === 'open') entry.events.onMessage(report.text);
        break;
      case 'closed':
        end(id);
    }
  }

  function end(id: number): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    entry.state = 'over';
    entry.settled.resolve();
    entry.events.onClose();
    if (entries.size > 0) return;
    line = undefined;
    void document.close();
  }

  async function shakeHands(
    id: number,
    entry: Entry,
    url: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    const isWanted = () => entry.state === 'waiting';
    if (!isWanted()) return;
    const reached = await reach();
    if (!isWanted()) return;
    try {
      await rule.set(url, headers);
      if (!isWanted()) return;
      entry.state = 'shaking-hands';
      reached.tell({ kind: 'open', socket: id, url });
      await inTime(entry.settled.promise);
    } finally {
      await rule.remove();
    }
    if (entry.state === 'shaking-hands') close(id, entry);
  }

  function tell(task: OffscreenTask): void {
    // Where the document has gone, its end is told by itself.
    void line?.then((reached) => reached.tell(task)).catch(() => undefined);
  }

  function close(id: number, entry: Entry): void {
    if (entry.state === 'over') return;
    const isTold = entry.state !== 'waiting';
    entry.state = 'over';
    if (isTold) tell({ kind: 'close', socket: id });
    // Who closes is told of it by an event of its own, as by any WebSocket. A document that says nothing is not waited for.
    setTimeout(() => end(id), isTold ? patience : 0);
  }

  function openSocket(
    url: string,
    headers: Readonly<Record<string, string>>,
    events: SocketEvents,
  ): Socket {
    const address = new URL(url).href;
    const id = ++last;
    const entry: Entry = { events, state: 'waiting', settled: Promise.withResolvers() };
    entries.set(id, entry);
    inTurn(() => shakeHands(id, entry, address, headers)).catch(() => end(id));
    return {
      isOpen: () => entry.state === 'open',
      send(text) {
        if (entry.state === 'open') tell({ kind: 'send', socket: id, text });
      },
      close: () => close(id, entry),
    };
  }

  return {
    open: openSocket,
    clearLeft: () =>
      inTurn(async () => {
        if (await rule.isSet()) await rule.remove();
        await document.closeLeft();
      }),
  };
}

/** Resolves when it does, or when a handshake has taken too long. */
async function inTime(settled: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([settled, silence]);
  clearTimeout(timer);
}
