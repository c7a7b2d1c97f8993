import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { RunCode } from './code.ts';
import { beginLife, type Life, type Surroundings } from './life.ts';
import { createMachine, type Machine, type Place } from './machine.ts';
import { createOffscreen } from './offscreen.ts';
import type { Records } from './records.ts';
import type { Sockets } from './sockets.ts';
import { startTimer, steadyNow } from './time.ts';

/** The user's, with one life of the worker after the other. */
export interface Computer {
  readonly machine: Machine;
  /** The life that is, or a new one. */
  readonly awake: () => Life;
  readonly isAsleep: () => boolean;
  readonly kill: () => void;
  /** Another version of the program, after so long; what the browser kept of the old one's in memory is gone, and perhaps its alarms. */
  readonly update: (after: number, clearsAlarms: boolean) => void;
  /** Which it is, from 1 on. */
  readonly lifeNumber: () => number;
  /** A page asks; undefined where nobody answers any more. */
  readonly ask: <T>(message: object) => Promise<Answer<T> | undefined>;
  /** The browser tells the worker of something, and wakes it. */
  readonly tell: (event: string, ...told: unknown[]) => void;
  /** What the user, or what goes wrong, does then. */
  readonly later: (act: () => unknown, after?: number) => void;
  /** Something of that is still to come. */
  readonly isBusy: () => boolean;
  /** So many of the next changes of the database fail. */
  readonly loseWrites: (count: number) => void;
}

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string } };

interface ComputerNeeds {
  /** The worker's code, and that of its offscreen document. */
  readonly start: RunCode;
  readonly runDocument: RunCode;
  readonly records: Records;
  readonly sockets: Sockets;
  readonly send: Surroundings['send'];
  readonly arrive: (place: Place) => void;
}

export function createComputer({
  start,
  runDocument,
  records,
  sockets,
  send,
  arrive,
}: ComputerNeeds): Computer {
  const { accounts, texts } = records;
  let writesToLose = 0;
  let lives = 0;
  let life: Life | undefined;
  let planned = 0;

  const machine = createMachine((name) => tell('alarms.onAlarm', { name }));
  const offscreen = createOffscreen(runDocument, machine, sockets);
  const tell = (event: string, ...told: unknown[]) => awake().tell(event, ...told);

  function awake(): Life {
    if (life && !life.isDead()) return life;
    lives += 1;
    life = beginLife(start, lives, {
      machine,
      at: arrive,
      isWriteLost: () => writesToLose > 0 && writesToLose-- > 0,
      send,
      webSocketFor: sockets.classFor,
      createDocument: offscreen.create,
      closeDocument: offscreen.close,
      shown: note,
      logged: (words) => void texts.push(words.map(String).join(' ')),
    });
    return life;
  }

  function later(act: () => unknown, after = 0): void {
    planned += 1;
    startTimer(() => {
      planned -= 1;
      void act();
    }, after);
  }

  /** Pages see this now. */
  function note(values: Readonly<Record<string, unknown>>): void {
    for (const [key, text] of Object.entries(values)) {
      if (key !== 'vault.unlocked') texts.push(String(text));
      const id = /^view\.cancellation\.(.+)$/.exec(key)?.[1];
      if (id === undefined || typeof text !== 'string') continue;
      const cancellation = { id, ...(JSON.parse(text) as object) } as Cancellation;
      const { ref } = cancellation;
      const account = accounts.find((each) => each.id === ref.accountId);
      const placed = account?.orders.find(
        (each) =>
          each.id.toLowerCase() === ref.orderId?.toLowerCase() ||
          (ref.clientOrderId !== undefined && each.clientOrderId === ref.clientOrderId),
      );
      records.shown.push({
        at: steadyNow(),
        life: lives,
        cancellation,
        order: placed && account?.bookOf(placed.id),
        endedElsewhereAt: placed && records.endedElsewhere.get(placed.id),
      });
    }
  }

  return {
    machine,
    awake,
    isAsleep: () => life?.isDead() ?? true,
    kill: () => life?.kill(),
    update(after, clearsAlarms) {
      machine.session.clear();
      if (clearsAlarms) machine.alarms.clearAll();
      life?.kill();
      machine.updates += 1;
      later(() => tell('runtime.onInstalled', { reason: 'update' }), after);
    },
    lifeNumber: () => lives,
    ask: async (message) => {
      planned += 1;
      const answer = await awake().ask(message);
      planned -= 1;
      texts.push(JSON.stringify(answer) ?? '');
      return answer as Answer<never> | undefined;
    },
    tell,
    later,
    isBusy: () => planned > 0,
    loseWrites: (count) => void (writesToLose = count),
  };
}
