import type { IncomingMessage, Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Place } from '#tests/faults/machine.ts';
import type { AccountRecord, RequestRecord } from '#tests/faults/records.ts';
import { bendVenue, type Reachable } from '#tests/faults/wire.ts';
import { isFault, type BrowserFault, type BrowserFaultKind } from './schedule.ts';

export interface WayNeeds {
  readonly venue: Reachable;
  /** Whether the venue's stream gets through. */
  readonly pushes: boolean;
  readonly account: () => AccountRecord | undefined;
  readonly requests: RequestRecord[];
  readonly now: () => number;
  readonly lifeNumber: () => number;
  /** Something comes to this place: what goes wrong with it. */
  readonly arrive: (place: Place) => readonly BrowserFault[];
}

/** How long a push is held back, or a reply for a push: far longer than either takes by itself. */
export const pushGap = 400;

/** What a worker waits for a reply on a WebSocket. */
const patience = 5000;

interface RelayNeeds extends WayNeeds {
  readonly note: (text: string, isCancel: boolean, isSigned: boolean) => RequestRecord;
}

/** One client's WebSocket, with the venue's behind it. */
interface Pair {
  readonly near: WebSocket;
  readonly away: WebSocket;
  /** Cancels on it, by their tags, and what their replies meet. */
  readonly asked: Map<
    string,
    { readonly record: RequestRecord; readonly faults: readonly BrowserFault[] }
  >;
}

/** Every WebSocket goes through here, text by text. */
export function relaySockets(
  server: Server,
  { account, arrive, note, now, pushes, venue }: RelayNeeds,
) {
  const acceptor = new WebSocketServer({ noServer: true });
  const open = new Set<Pair>();
  let isLate = false;
  let isTwice = false;

  server.on('upgrade', (incoming, socket, head) => {
    const url = venue.url.replace('http', 'ws') + (incoming.url ?? '/');
    const headers = ownHeaders(incoming);
    const text = ['GET', url, JSON.stringify(headers)].join('\n');
    note(text, false, text.includes(account()?.key ?? text));
    const away = new WebSocket(url, { headers });
    socket.on('error', () => away.terminate());
    away.on('error', () => socket.destroy());
    away.on('unexpected-response', (_, { statusCode = 503 }) => {
      socket.end(`HTTP/1.1 ${statusCode} Refused\r\nconnection: close\r\n\r\n`);
    });
    away.on('open', () =>
      acceptor.handleUpgrade(incoming, socket, head, (near) =>
        join({ near, away, asked: new Map() }),
      ),
    );
  });

  function join(pair: Pair): void {
    const { near, away } = pair;
    open.add(pair);
    const end = () => {
      open.delete(pair);
      for (const { record } of pair.asked.values()) record.endedAt ??= now();
      near.terminate();
      away.terminate();
    };
    for (const side of [near, away]) {
      side.on('close', end);
      side.on('error', end);
    }
    near.on('message', (frame: Buffer) => sendOn(pair, frame.toString()));
    away.on('message', (frame: Buffer) => bringBack(pair, frame.toString()));
  }

  function sendOn(pair: Pair, text: string): void {
    const { near, away, asked } = pair;
    const go = () => {
      if (away.readyState === away.OPEN) away.send(text);
    };
    if (!/"op":\s*"cancelorders?"/.test(text)) return go();
    const record = note(text, true, true);
    setTimeout(() => (record.endedAt ??= now()), patience);
    const faults = arrive('cancel');
    asked.set(tagIn(text) ?? '', { record, faults });
    for (const fault of faults) {
      bend(fault.kind);
      if (isFault(fault)) bendVenue(venue.faults, fault);
    }
    const met = metIn(faults);
    if (met('request lost')) return;
    if (met('429', '500', '502', '503', '504') && !faults.some(({ acts }) => acts)) {
      return near.terminate();
    }
    const late = faults.find(({ kind }) => kind === 'request late');
    setTimeout(go, late?.by ?? 0);
    if (met('request repeated')) go();
  }

  function bringBack(pair: Pair, text: string): void {
    const { near, asked } = pair;
    const tell = (told: string, after = 0) =>
      void setTimeout(() => near.readyState === near.OPEN && near.send(told), after);
    const cancel = asked.get(tagIn(text) ?? 'none');
    if (!cancel) {
      const isPush = account()?.orders.some(({ id }) => text.includes(id));
      if (!isPush) return tell(text);
      if (!pushes) return;
      tell(text, isLate ? pushGap : 0);
      if (isTwice) tell(text, isLate ? pushGap : 0);
      return;
    }
    const { record, faults } = cancel;
    const met = metIn(faults);
    if (met('reply lost', 'push instead of the reply')) return;
    if (met('429', '500', '502', '503', '504')) return near.terminate();
    arrive('cancel-reply');
    const late = faults.find(({ kind }) => kind === 'reply late');
    const after = late?.by ?? (met('push before the reply') ? pushGap : 0);
    setTimeout(() => (record.endedAt ??= now()), after);
    tell(spoilt(text, faults), after);
    if (met('reply repeated')) tell(text, after);
  }

  /** What is told from now on by the stream. */
  function bend(kind: BrowserFaultKind): void {
    if (kind === 'push after the reply') isLate = true;
    if (kind === 'push twice') isTwice = true;
  }

  const cut = () => {
    for (const { near } of open) near.terminate();
  };
  return { bend, cut, stop: cut };
}

const metIn =
  (faults: readonly BrowserFault[]) =>
  (...kinds: BrowserFaultKind[]) =>
    faults.some(({ kind }) => kinds.includes(kind));

const tagIn = (text: string) => /"tag":\s*"?([^",}]+)/.exec(text)?.[1];

function spoilt(text: string, faults: readonly BrowserFault[]): string {
  const met = metIn(faults);
  if (met('HTML')) return '<!DOCTYPE html><title>Just a moment...</title>';
  if (met('empty')) return '';
  if (met('truncated JSON')) return text.slice(0, text.length / 2);
  if (met('status contradicts the body')) {
    return text.replace(
      /"submitted":\s*(true|false)/,
      (_, was) => `"submitted":${was === 'false'}`,
    );
  }
  return text;
}

/** The client's, but for those that every connection has of its own. */
function ownHeaders({ headers }: IncomingMessage): Record<string, string> {
  const others = Object.entries(headers).filter(
    ([name]) => !/^(?:host|connection|upgrade|sec-websocket-.*)$/.test(name),
  );
  return Object.fromEntries(others.map(([name, value]) => [name, String(value)]));
}
