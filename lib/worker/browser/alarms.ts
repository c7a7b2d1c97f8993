import browser from 'webextension-polyfill';
import { afterSending } from '#lib/worker/after-sending.ts';

/** What wakes the worker when nobody else does. An alarm that is there already is left alone: re-creating it at each
 * start would put it off for ever (duckduckgo/duckduckgo-privacy-extension#1241). */
export const alarmNames = {
  autoLock: 'auto-lock',
  unfinished: 'unfinished',
  reading: 'reading',
} as const;

/** Wakes the worker when the vault's time runs out (Unix ms); null: never. */
export async function setAutoLockAlarm(when: number | null): Promise<void> {
  if (when === null) await browser.alarms.clear(alarmNames.autoLock);
  else await browser.alarms.create(alarmNames.autoLock, { when });
}

/** Wakes the worker every so many minutes to read the open orders; undefined: never. */
export async function setReadingAlarm(minutes: number | undefined): Promise<void> {
  const existing = await browser.alarms.get(alarmNames.reading);
  if (existing?.periodInMinutes === minutes) return;
  if (minutes === undefined) await browser.alarms.clear(alarmNames.reading);
  else await browser.alarms.create(alarmNames.reading, { periodInMinutes: minutes });
}

let unfinishedAlarm: Promise<void> = Promise.resolve();

/** Wakes the worker every 30 seconds (the shortest that Chrome allows) while a cancellation is unfinished. */
export function setUnfinishedAlarm(unfinished: boolean): void {
  // One after the other: a look and what follows from it must not be parted.
  unfinishedAlarm = unfinishedAlarm.then(untilSent).then(() => applyUnfinished(unfinished));
}

/** The request that the alarm is for goes out first. */
function untilSent(): Promise<void> {
  return new Promise((resolve) => {
    afterSending(resolve);
  });
}

async function applyUnfinished(unfinished: boolean): Promise<void> {
  const existing = await browser.alarms.get(alarmNames.unfinished);
  if (!unfinished && existing) await browser.alarms.clear(alarmNames.unfinished);
  if (unfinished && !existing) {
    await browser.alarms.create(alarmNames.unfinished, { periodInMinutes: 0.5 });
  }
}
