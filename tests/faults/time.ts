/**
 * Virtual time: a timer is due as soon as nothing else is to be done, so that an hour costs nothing. What takes real time (a
 * cipher, a step of the database) is waited for first, and comes in the order in which it was asked for: one seed is one run.
 */

interface Timer {
  at: number;
  readonly order: number;
  readonly every: number | undefined;
  /** Its machine does not sleep. */
  readonly isAwake: boolean;
  readonly act: () => void;
}

const real = { Date, setImmediate };

/** When every run begins, Unix ms. */
const epoch = Date.UTC(2026, 0, 15, 9);

const timers = new Map<number, Timer>();
const waiting: { settled: Promise<void>; deliver: () => void }[] = [];
let elapsed = 0;
let slept = 0;
let order = 0;
let immediates = 0;

/** Milliseconds since the run began, without sleep: what timers go by. */
export const steadyNow = (): number => elapsed;

/** The time that everybody's clock would show if it were right. */
export const trueNow = (): number => Math.floor(epoch + elapsed + slept);

/** All that was to happen does not any more, and it is the beginning again. */
export function resetTime(): void {
  timers.clear();
  waiting.length = 0;
  elapsed = 0;
  slept = 0;
}

/** The world goes on, and what the venues do in it; no timer of the sleeping machine does. */
export function sleepFor(milliseconds: number): void {
  slept += milliseconds;
  for (const timer of timers.values()) {
    if (timer.isAwake) timer.at = Math.max(elapsed, timer.at - milliseconds);
  }
}

export function startTimer(
  act: () => void,
  milliseconds = 0,
  every?: number,
  isAwake = false,
): number {
  order += 1;
  timers.set(order, { at: elapsed + Math.max(0, milliseconds), order, every, isAwake, act });
  return order;
}

export function stopTimer(id: number | undefined): void {
  if (id !== undefined) timers.delete(id);
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void startTimer(resolve, milliseconds));
}

/** The same promise, kept in the order of all that were asked for. */
export function inOrder<T>(asked: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const entry = { settled: Promise.resolve(), deliver: () => {} };
  entry.settled = asked.then(
    (value) => void (entry.deliver = () => resolve(value)),
    (error: unknown) => void (entry.deliver = () => reject(error)),
  );
  waiting.push(entry);
  return promise;
}

/** Lets time pass. */
export async function pass(milliseconds: number): Promise<void> {
  const end = elapsed + milliseconds;
  for (;;) {
    await settle();
    const next = firstTimer();
    if (!next || next.at > end) break;
    elapsed = Math.max(elapsed, next.at);
    if (next.every === undefined) timers.delete(next.order);
    else next.at = elapsed + next.every;
    next.act();
  }
  elapsed = end;
}

/** What is waited for, while time passes. */
export async function driven<T>(asked: Promise<T>): Promise<T> {
  const state = { isDone: false };
  void asked.then(
    () => void (state.isDone = true),
    () => void (state.isDone = true),
  );
  for (let tries = 0; !state.isDone; tries++) {
    if (tries > 5000) throw new Error('A page was never answered');
    await pass(10);
  }
  return asked;
}

/** Who has a turn so often and is at nothing else waits by asking over and over: for what only time brings. */
const mostTurns = 1000;

/** Until nothing is under way but what waits for a timer. */
async function settle(): Promise<void> {
  let turns = 0;
  for (let quiet = 0; quiet < 2; quiet++) {
    await new Promise((resolve) => real.setImmediate(resolve));
    turns = immediates > 0 ? turns + 1 : 0;
    if (immediates > 0 && turns < mostTurns) quiet = -1;
    const next = immediates > 0 && turns < mostTurns ? undefined : waiting.shift();
    if (!next) continue;
    quiet = -1;
    turns = 0;
    await next.settled;
    next.deliver();
  }
}

function firstTimer(): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer;
  return first;
}

/** A clock's `Date`, which shows what `now` says. */
export function dateBy(now: () => number): DateConstructor {
  return new Proxy(real.Date, {
    construct: (target, given: unknown[], self) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], self) as Date,
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

/** The venues, and the database, go by it too. */
export function installTime(): void {
  Object.assign(globalThis, {
    setTimeout: start,
    clearTimeout: stop,
    setInterval: (act: () => void, every = 0) => handleOf(startTimer(act, every, every, true)),
    clearInterval: stop,
    Date: dateBy(trueNow),
    setImmediate(act: () => void) {
      immediates += 1;
      return real.setImmediate(() => {
        immediates -= 1;
        act();
      });
    },
  });
  performance.now = () => elapsed + slept;
}

function start(act: (...given: unknown[]) => void, after?: number, ...given: unknown[]) {
  return handleOf(startTimer(() => act(...given), after, undefined, true));
}

function stop(handle: ReturnType<typeof handleOf> | undefined): void {
  stopTimer(handle?.id);
}

function handleOf(id: number) {
  const handle = { id, ref: () => handle, unref: () => handle };
  return handle;
}
